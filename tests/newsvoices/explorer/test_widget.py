import base64
import json

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("anywidget", reason="anywidget is not installed")
pytest.importorskip("selenium", reason="selenium is not installed")

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from newsvoices import article_view, explore
from newsvoices.explorer.page import module


def test_selected_are_the_rows_asked_for(corpus):
    view = explore(corpus, kind=["direct", "mixed"], outlet="Tresk Wire")
    pd.testing.assert_frame_equal(view.selected, corpus.quotes.iloc[[2]])
    pd.testing.assert_frame_equal(explore(corpus, table="relations", sign=1).selected, corpus.relations)
    with pytest.raises(ValueError, match="mentions cannot be chosen by cue"):
        explore(corpus, table="mentions", cue="said")


def test_where_no_widget_runs_a_sentence_and_a_link_stand(corpus):
    data, _ = explore(corpus, actor="Edda Marlow", kind="<b>")._repr_mimebundle_()
    assert data["text/plain"] == "0 quotes of actor Edda Marlow, kind <b> in 0 articles"
    assert 'href="explore.html#table=quotes&amp;actor=Edda+Marlow&amp;kind=%3Cb%3E"' in data["text/html"]
    assert "<b>" not in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_an_article_is_viewed_with_rows_of_its_own_only(corpus):
    with pytest.raises(ValueError, match="rows of 3 articles"):
        article_view("", corpus.quotes)


# A page in which a stand-in for the kernel's model calls the module as anywidget does.
STAND_IN = """<!doctype html><meta charset="utf-8"><body><div id="el"></div><script type="module">
%s
const state = %s, bytes = Uint8Array.from(atob(state._tables), (letter) => letter.charCodeAt(0));
state._tables = new DataView(bytes.buffer);
const model = { get: (name) => state[name], set: (name, value) => (state[name] = value), save_changes: () => (window.saved = [state._shown, [...new Uint32Array(state._rows.buffer)]]) };
render({ model, el: document.getElementById("el") });
</script>"""


@pytest.fixture
def shown(browser, tmp_path):
    """Shows a widget in the browser; what it tells Python is put into it by hand."""

    def show(view):
        state = {"_tables": base64.b64encode(view._tables).decode()}
        state |= {name: getattr(view, name) for name in ("_start", "_view", "_shown")}
        file = tmp_path / "widget.html"
        file.write_text(STAND_IN % (module(), json.dumps(state)), encoding="utf-8")
        browser.get(file.as_uri())
        WebDriverWait(browser, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".nv-text [data-piece]"))
        return browser

    return show


def told(browser, view):
    view._shown, rows = browser.execute_script("return window.saved")
    view._rows = np.array(rows, dtype="<u4").tobytes()
    return view.selected


def test_what_is_chosen_in_the_browser_comes_back(corpus, shown):
    view = explore(corpus)
    browser = shown(view)
    next(b for b in browser.find_elements(By.CSS_SELECTOR, ".nv-value") if "Goran Vasht" in b.text).click()
    pd.testing.assert_frame_equal(told(browser, view), corpus.quotes.iloc[[2]])
    next(b for b in browser.find_elements(By.CSS_SELECTOR, ".nv-bar button") if "Back" in b.text).click()
    assert len(told(browser, view)) == 3


def test_a_quote_chosen_in_an_article_comes_back_with_its_reason(corpus, shown):
    rows = corpus.quotes[corpus.quotes["article_id"] == "courier/2"]
    view = article_view(corpus.articles["text"][1], rows)
    browser = shown(view)
    assert len(view.selected) == 0
    browser.find_element(By.CSS_SELECTOR, ".nv-text mark").click()
    pd.testing.assert_frame_equal(told(browser, view), rows)
    assert "“warned” goes with “Edda Marlow”" in browser.find_element(By.CSS_SELECTOR, ".nv-why").text
