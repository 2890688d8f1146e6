import csv
import dataclasses
import io

import pytest
from chromium import asked_for

from newsvoices import save_explorer

pytest.importorskip("selenium", reason="selenium is not installed")

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

PAYLOADS = (
    "<img src=x onerror=\"document.title='run'\">",
    "</script><script>document.title='run'</script>",
    '"><svg onload="document.title=\'run\'">',
    "javascript:document.title='run'",
    "=1+1\u2028'`${document.title='run'}`",
)


@pytest.fixture
def page(browser, tmp_path):
    """Opens a page of tables, with a choice in its address, and gives the browser."""

    def open_page(tables, chosen=""):
        file = save_explorer(tables, tmp_path / "explore.html")
        browser.get("about:blank")
        browser.get_log("performance")
        browser.get(f"{file.as_uri()}#{chosen}")
        WebDriverWait(browser, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".nv-count"))
        return browser

    return open_page


def all_of(browser, selector):
    return [node.text for node in browser.find_elements(By.CSS_SELECTOR, selector)]


def click(browser, selector, words):
    nodes = browser.find_elements(By.CSS_SELECTOR, selector)
    next(node for node in nodes if words in node.text).click()


def chosen(browser):
    return "".join(all_of(browser, ".nv-text .nv-chosen-content"))


def count(browser):
    return browser.find_element(By.CSS_SELECTOR, ".nv-count").text


def test_from_a_number_to_its_sentence(page, corpus):
    browser = page(corpus)
    assert count(browser) == "3 of 3 quotes, in 3 of 3 articles"
    click(browser, ".nv-value", "Edda Marlow")
    assert count(browser) == "2 of 3 quotes, in 2 of 3 articles"
    assert all_of(browser, "[aria-label='Reporting verb'] .nv-value") == ["said\n1", "warned\n1"]
    assert all_of(browser, ".nv-row-text") == ["No one is safe,", "winter was near"]
    click(browser, ".nv-row", "winter")
    assert chosen(browser) == "winter was near"
    assert "“warned” goes with “Edda Marlow”" in browser.find_element(By.CSS_SELECTOR, ".nv-why").text
    assert "actor=Edda+Marlow" in browser.current_url


def test_an_address_opens_with_its_choice_and_back_goes_back(page, corpus):
    browser = page(corpus, "table=mentions&actor=Edda+Marlow&kind=pronoun")
    assert count(browser) == "1 of 7 mentions, in 1 of 3 articles"
    assert all_of(browser, ".nv-row-text b") == ["She"]
    click(browser, ".nv-chip", "pronoun")
    assert count(browser) == "4 of 7 mentions, in 3 of 3 articles"
    browser.back()
    WebDriverWait(browser, 5).until(lambda b: count(b).startswith("1 of 7"))


def test_a_name_leads_to_its_mentions_and_a_speaker_to_their_quotes(page, corpus):
    browser = page(corpus, "row=2")
    click(browser, ".nv-text .nv-speaker", "Goran Vasht")
    assert count(browser) == "1 of 3 quotes, in 1 of 3 articles"
    click(browser, ".nv-text .nv-name", "Marlow")
    assert count(browser) == "4 of 7 mentions, in 3 of 3 articles"
    assert all_of(browser, ".nv-text .nv-chosen") == ["Marlow"]


def test_marks_stand_at_the_offsets_of_python_behind_an_emoji(page, corpus):
    browser = page(corpus, "actor=Goran+Vasht")
    assert chosen(browser) == "Go,"
    assert all_of(browser, ".nv-text .nv-speaker") == ["Goran Vasht"]
    assert all_of(browser, ".nv-text .nv-cue") == ["told"]


def test_days_and_words_filter(page, corpus):
    browser = page(corpus, "from=2024-03-10&to=2024-03-25")
    assert all_of(browser, ".nv-row-text") == ["winter was near"]
    browser = page(corpus, "search=SAFE+marlow")
    assert all_of(browser, ".nv-row-text") == ["No one is safe,"]


def test_days_can_be_dragged_over(page, corpus):
    browser = page(corpus)
    days = browser.find_element(By.CSS_SELECTOR, ".nv-days")
    right = days.size["width"] // 2 - 2
    drag = ActionChains(browser).move_to_element_with_offset(days, right // 2, 10).click_and_hold()
    drag.move_to_element_with_offset(days, right, 10).release().perform()
    assert all_of(browser, ".nv-row-text") == ["Go,"]
    assert "to=2024-03-31" in browser.current_url


def test_another_table_keeps_what_means_the_same_there(page, corpus):
    browser = page(corpus, "actor=Edda+Marlow&kind=direct&sort=__proto__&row=x")
    assert count(browser) == "1 of 3 quotes, in 1 of 3 articles"
    click(browser, ".nv-tabs button", "mentions")
    assert count(browser) == "4 of 7 mentions, in 3 of 3 articles"


def test_of_a_long_list_only_what_is_in_view_is_drawn(page, corpus):
    many = corpus.quotes.loc[corpus.quotes.index.repeat(2000)].reset_index(drop=True)
    browser = page(dataclasses.replace(corpus, quotes=many))
    rows = browser.find_element(By.CSS_SELECTOR, ".nv-rows")
    assert len(all_of(browser, "[role=option]")) < 40
    rows.send_keys(Keys.END)
    last = browser.find_element(By.CSS_SELECTOR, "[role=option][aria-selected=true]")
    assert last.get_attribute("aria-posinset") == last.get_attribute("aria-setsize") == "6000"
    assert last.find_element(By.CSS_SELECTOR, ".nv-row-text").text == chosen(browser) == "Go,"
    place, row = rows.rect, last.rect
    assert row["y"] + row["height"] <= place["y"] + place["height"] + 1


def test_relations_show_both_ends_in_their_sentence(page, corpus):
    browser = page(corpus, "table=relations")
    assert all_of(browser, ".nv-row-text") == ["Goran Vasht met Marlow."]
    assert all_of(browser, ".nv-chosen-source, .nv-chosen-target") == ["Goran Vasht", "Marlow."]


def test_by_keyboard_alone(page, corpus):
    browser = page(corpus)
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("/")
    browser.switch_to.active_element.send_keys("o", Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("role") == "listbox"
    browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    option = browser.find_element(By.CSS_SELECTOR, "[role=option][aria-selected=true]")
    assert option.get_attribute("id") == browser.switch_to.active_element.get_attribute(
        "aria-activedescendant"
    )
    assert chosen(browser) == option.find_element(By.CSS_SELECTOR, ".nv-row-text").text
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    browser.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    assert "nv-text" in browser.switch_to.active_element.find_element(By.XPATH, "..").get_attribute("class")
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert browser.switch_to.active_element.get_attribute("role") == "listbox"


def test_groups_and_order(page, corpus):
    browser = page(corpus, "group=actor&sort=date&down=1")
    assert all_of(browser, ".nv-group") == ["Edda Marlow 2 quotes", "Goran Vasht 1 quotes"]
    assert all_of(browser, ".nv-row-text") == ["winter was near", "No one is safe,", "Go,"]
    click(browser, ".nv-group", "Goran")
    assert count(browser) == "1 of 3 quotes, in 1 of 3 articles"


def test_the_file_it_saves_has_the_rows_and_their_offsets(page, corpus):
    browser = page(corpus, "actor=Goran+Vasht")
    click(browser, ".nv-bar button", "CSV")
    saved = browser.downloads / "quotes.csv"
    WebDriverWait(browser, 10).until(lambda _: saved.exists() and saved.stat().st_size)
    [row] = csv.DictReader(io.StringIO(saved.read_text("utf-8")))
    quote = corpus.quotes.iloc[2]
    assert {name: row[name] for name in corpus.quotes} == {name: str(quote[name]) for name in corpus.quotes}
    assert (row["outlet"], row["date"]) == ("Tresk Wire", "2024-03-31")


def payload_corpus(corpus):
    words = " ".join(PAYLOADS)
    everywhere = {
        "title": words,
        "outlet": PAYLOADS[0],
        "byline": PAYLOADS[1],
        "url": PAYLOADS[3],
        "place": PAYLOADS[2],
    }
    articles = corpus.articles.assign(text=words, article_id=PAYLOADS[1], **everywhere).iloc[:1]
    rows = {"article_id": PAYLOADS[1], "text": words, "start": 0, "end": len(words), "actor": PAYLOADS[0]}
    said = {
        "spans": f"0-{len(words)}",
        "speaker": PAYLOADS[2],
        "cue": PAYLOADS[1],
        "kind": PAYLOADS[0],
        "role": PAYLOADS[2],
    }
    return dataclasses.replace(
        corpus,
        articles=articles,
        quotes=corpus.quotes.assign(**rows, **said, how=PAYLOADS[1], speaker_type=PAYLOADS[0]),
        mentions=corpus.mentions.assign(**rows, label=PAYLOADS[2], kind=PAYLOADS[0]),
        relations=corpus.relations.assign(**(rows | {"source": PAYLOADS[0]}), relation=PAYLOADS[1]).drop(
            columns="actor"
        ),
    )


@pytest.mark.parametrize("table", ["quotes", "mentions", "relations"])
def test_what_an_article_says_is_never_run(page, corpus, table):
    browser = page(payload_corpus(corpus), f"table={table}&group=outlet&actor={PAYLOADS[0]}&search=<img>")
    click(browser, ".nv-bar button", "quotes")
    click(browser, ".nv-link", "clear all")
    for row in browser.find_elements(By.CSS_SELECTOR, ".nv-row")[:1]:
        row.click()
    assert browser.title == "newsvoices explorer"
    assert browser.find_elements(By.CSS_SELECTOR, "img, svg, iframe, a[href^=javascript]") == []
    assert browser.find_element(By.CSS_SELECTOR, ".nv-text").get_attribute("textContent") == " ".join(
        PAYLOADS
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_can_be_read(page, corpus, browser, contrast, theme):
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    )
    page(corpus)
    selectors = (".nv-count", ".nv-row-head", ".nv-row-text", ".nv-why", ".nv-article-head p", ".nv-keys")
    selectors += (
        ".nv-chosen-content",
        ".nv-chosen-speaker",
        ".nv-chosen-cue",
        "[aria-pressed=true]",
        ".nv-n",
    )
    selectors += (".nv-text .nv-direct", ".nv-text .nv-speaker", ".nv-value[aria-pressed]", ".nv-link")
    contrasts = {selector: contrast(browser, selector) for selector in selectors}
    assert {selector: ratio for selector, ratio in contrasts.items() if ratio < 4.5} == {}
    dark = browser.execute_script("return getComputedStyle(document.querySelector('.nv')).backgroundColor")
    assert (dark == "rgb(255, 255, 255)") == (theme == "light")


def test_nothing_is_asked_of_a_network(page, corpus):
    browser = page(corpus)
    click(browser, ".nv-value", "Edda Marlow")
    click(browser, ".nv-row", "winter")
    assert [url.split(":")[0] for url in asked_for(browser)] == ["file"]
    assert [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_a_page_of_some_articles_says_so(corpus, browser, tmp_path):
    whole = save_explorer(corpus, tmp_path / "whole.html").stat().st_size
    with pytest.warns(UserWarning, match="holds 1 of 3"):
        file = save_explorer(corpus, tmp_path / "page.html", most=whole - 1, actor="Goran Vasht")
    browser.get(file.as_uri())
    WebDriverWait(browser, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".nv-count"))
    assert all_of(browser, ".nv-note")[0].startswith(
        "This page holds 1 of 3 articles, those of the rows chosen"
    )
    assert count(browser) == "1 of 1 quotes, in 1 of 1 articles"
