from dataclasses import replace

import pytest

pytest.importorskip("anywidget", reason="anywidget is not installed")
pytest.importorskip("selenium", reason="selenium is not installed")

from selenium.webdriver.common.keys import Keys

from newsvoices import check, draw_sample, read_checks
from newsvoices.checks.apply import apply_checks
from newsvoices.evaluate import match_quotes
from newsvoices.schema import spans_cell, spans_of

SAME = ["spans", "kind", "speaker", "speaker_start", "speaker_type", "actor"]


@pytest.fixture
def view(three_quotes, tmp_path):
    """Opens the view on the article of conftest."""

    def opened(tables=three_quotes, n=1, **how):
        sample = draw_sample(tables, n=n, seed=1)
        return check(tables, sample, folder=tmp_path / "checks", **({"coder": "Edda"} | how))

    return opened


def at(tables, words, nth=0):
    text, start = tables.articles["text"][0], -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def signs(page):
    return "".join(page.all(".nv-sign"))


def chosen(page):
    return page.all(".nv-quote[aria-selected=true] .nv-row-text")


def test_an_article_of_the_sample_is_checked_with_fewer_keys_than_it_has_right_quotes(
    view, shown, machine, gold_tables, tmp_path
):
    page = shown(view(machine, n=12))
    article_id = page.view._session.ids[0]
    ours, gold = (t.quotes[t.quotes["article_id"] == article_id] for t in (machine, gold_tables))
    pairs = match_quotes(ours, gold)
    wrong = [(found, right) for found, right in pairs.itertuples(index=False)
             if ours.loc[found, "speaker"] != gold.loc[right, "speaker"]]  # fmt: skip
    missed = gold.index.difference(pairs["gold"])
    assert len(wrong) >= 1 and len(missed) >= 1
    for found, right in wrong:
        while chosen(page) != [ours.loc[found, "text"]]:
            page.press(Keys.ARROW_DOWN)
        say_who(page, gold.loc[right])
    for row in missed:
        spans = spans_of(gold.loc[row, "spans"])
        page.drag(*spans[0])
        page.press("a", Keys.ESCAPE)
        for span in spans[1:]:
            page.drag(*span)
            page.press("e")
        say_who(page, gold.loc[row])
    before = page.keys
    page.press("d")
    assert page.keys - before == 1 <= len(ours) - len(wrong)
    assert page.all(".nv-number") == ["Article 2 of 12"]
    assert page.all(".nv-count") == ["11 left"]
    found = apply_checks(machine, tmp_path / "checks").quotes
    found = found[found["article_id"] == article_id].set_index("text")
    assert found["speaker"].to_dict() == gold.set_index("text")["speaker"].to_dict()
    assert sorted(found["checked"]) == sorted(
        ["added"] * len(missed) + ["corrected"] * len(wrong) + ["right"] * (len(ours) - len(wrong))
    )


def say_who(page, gold):
    """Selects the words of the speaker, if there are any, and says that they are."""
    if gold["speaker"]:
        page.drag(int(gold["speaker_start"]), int(gold["speaker_end"]))
        page.press("s")
    elif not page.all(".nv-quote[aria-selected=true] .nv-row-head")[0].startswith("nobody named"):
        page.press("s", *"nobody", Keys.ENTER)


def test_right_is_one_key_and_leads_to_the_next(view, shown, three_quotes):
    page = shown(view())
    assert (signs(page), chosen(page)) == ("???", ["The bridge is safe,"])
    page.press("r")
    assert (signs(page), chosen(page)) == ("✓??", ["Goran Vasht had lied"])
    page.press("x", "r")
    assert signs(page) == "✓✗✓"
    page.press("d")
    assert page.all(".nv-count") == ["all are checked"]


def test_a_speaker_is_chosen_by_digit_typed_or_taken_from_the_text(view, shown, three_quotes, tmp_path):
    page = shown(view())
    page.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, "s")
    assert page.all(".nv-choices .nv-name-of")[:3] == ["A driver", "Goran Vasht", "Ilse Maren"]
    page.press("1")
    assert page.all(".nv-quote[aria-selected=true] .nv-row-head") == ["A driver · unnamed person · direct"]
    page.press("s", *"<i>Petra", Keys.ENTER)
    assert page.all(".nv-quote[aria-selected=true] .nv-row-head") == ["<i>Petra · person · direct"]
    page.drag(*at(three_quotes, "Maren", 1))
    page.press("s")
    page.press("t", "2")
    assert page.all(".nv-quote[aria-selected=true] .nv-row-head") == [
        "Ilse Maren “Maren” · organisation · direct"
    ]
    facts = read_checks(tmp_path / "checks").query("about == 'quote'")
    assert facts[["speaker", "speaker_type"]].to_numpy().tolist() == [["Maren", "organisation"]]


def test_a_missed_quote_is_selected_and_then_its_speaker(view, shown, three_quotes, tmp_path):
    page = shown(view())
    page.drag(*at(three_quotes, "the road was gone"))
    page.press("a", "1", "u", "u", "u")
    assert page.all(".nv-told") == [
        "nothing was done since this was opened; what was said before can be changed"
    ]
    page.drag(*at(three_quotes, "the road was gone"))
    page.press("a", "1")
    row = apply_checks(three_quotes, tmp_path / "checks").quotes.set_index("text").loc["the road was gone"]
    assert row[["checked", "speaker", "spans"]].tolist() == [
        "added",
        "A driver",
        spans_cell([at(three_quotes, "the road was gone")]),
    ]


def test_who_somebody_is_is_said_of_the_name_or_of_one_quote(view, shown, three_quotes):
    page = shown(view())
    page.drag(*at(three_quotes, "Vasht", 1))
    page.press("w", *"Gustav Vasht", Keys.ENTER)
    assert page.all(".nv-row-head") == [
        "Ilse Maren · person · direct",
        "Ilse Maren “She” · person · indirect",
        "Gustav Vasht “Vasht” · person · direct",
    ]
    page.press(Keys.ARROW_DOWN, "w", *"Petra Lunde", Keys.ENTER)
    assert page.all(".nv-row-head")[1] == "Petra Lunde “She” · person · indirect"


def test_one_goes_on_where_one_stopped(view, shown):
    page = shown(view())
    page.press("r", "x")
    page = shown(view())
    assert (signs(page), chosen(page)) == ("✓✗?", ["Lies,"])
    page.press(Keys.ARROW_UP, Keys.BACKSPACE)
    assert signs(page) == "✓??"


def test_who_checks_blind_sees_the_text_alone(view, shown, three_quotes):
    page = shown(view())
    page.press("d")
    page = shown(view(coder="Goran", blind=True))
    assert page.all(".nv-quote") == page.all(".nv-text [data-piece]") == []
    page.drag(*at(three_quotes, "The bridge is safe"))
    page.press("a", "1")
    assert page.all(".nv-quote") == ["+\nIlse Maren · person · direct\nThe bridge is safe,"]


def test_keys_pressed_before_an_answer_wait_for_it(view, shown):
    page = shown(view())
    for key in "rxr":
        page.browser.switch_to.active_element.send_keys(key)
    assert signs(page) == "???"
    page.answer()
    assert signs(page) == "✓✗✓"


def test_what_cannot_be_written_is_told_and_not_shown_as_done(view, shown, tmp_path):
    page = shown(view())
    page.press("r")
    file = tmp_path / "checks" / "Edda.csv"
    file.unlink()
    file.mkdir()
    page.press("x")
    assert signs(page) == "✓??"
    assert "Is a directory" in page.all(".nv-told.nv-wrong")[0]


PAYLOAD = "<img src=x onerror=\"document.title='run'\"></script><script>document.title='run'</script>"


def test_what_an_article_says_is_never_run(view, shown, three_quotes):
    articles = three_quotes.articles.assign(title=PAYLOAD, outlet=PAYLOAD, byline=PAYLOAD)
    mentions = three_quotes.mentions.assign(actor=PAYLOAD, text=PAYLOAD)
    quotes = three_quotes.quotes.assign(actor=PAYLOAD, speaker=PAYLOAD, role=PAYLOAD, how=PAYLOAD)
    page = shown(view(replace(three_quotes, articles=articles, mentions=mentions, quotes=quotes)))
    page.press("r", "s", Keys.ESCAPE, "w", *"<img>", Keys.ENTER)
    assert page.browser.title == ""
    assert page.browser.find_elements(page.css, "#el :is(img, script, iframe)") == []
    assert page.all(".nv-article h2") == [PAYLOAD]


@pytest.mark.parametrize("light", [True, False])
def test_both_themes_can_be_read(view, shown, contrast, light, three_quotes):
    page = shown(view(), light=light)
    page.press("r", "x", Keys.ARROW_UP, "e", "s")
    selectors = [
        ".nv-count",
        ".nv-hint",
        ".nv-sign",
        ".nv-row-head",
        ".nv-row-text",
        ".nv-wrong",
        ".nv-foot kbd",
    ]
    selectors += [".nv-quote-no-quote .nv-row-text", ".nv-said-right", ".nv-said-no-quote", ".nv-choices li"]
    selectors += [".nv-choice-note", ".nv-foot button", ".nv-keys", ".nv-said-nothing"]
    ratios = {selector: contrast(page.browser, selector) for selector in selectors}
    assert {selector: ratio for selector, ratio in ratios.items() if ratio < 4.5} == {}


def test_where_no_widget_runs_a_sentence_says_how_many_are_checked(view, three_quotes):
    data, _ = view(coder="Edda")._repr_mimebundle_()
    assert data["text/plain"] == "1 articles to check by Edda: 0 checked"
    one = view(coder="Edda")
    one.on_message({"article": 0, "do": "done"})
    assert "<p>1 articles to check by Edda: 1 checked." in one._repr_mimebundle_()[0]["text/html"]


def test_a_sample_of_no_article_is_told(view, shown, three_quotes):
    nowhere = replace(three_quotes, articles=three_quotes.articles.assign(outlet=""))
    with pytest.warns(match="1 of 1 articles have no outlet"):
        nothing = view(nowhere)
    assert nothing._repr_mimebundle_()[0]["text/plain"] == "no article to check"
