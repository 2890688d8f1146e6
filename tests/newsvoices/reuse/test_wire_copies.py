import pandas as pd
import pytest

from newsvoices import wire_copies, without_copies


def test_the_planted_wire_copies_are_found_and_no_others(gold_tables, planted):
    wires = planted[planted["kind"] == "wire_copy"].set_index(["item", "form"])["article_id"]
    found = wire_copies(gold_tables.articles)
    assert dict(zip(found["copy"], found["original"], strict=True)) == {
        wires[item, "copy"]: wires[item, "original"] for item in ("E05-wire", "E09-wire")
    }
    assert (found["copied"] > 95).all()
    assert "Agencies" not in " ".join(found["cut"])
    assert found.loc[found["copy_outlet"] == "The Halden Courier", "added"].item().endswith("From agencies")


def articles(*texts, dates=None):
    dates = dates or pd.date_range("2024-03-01", periods=len(texts)).strftime("%Y-%m-%d")
    rows = {"article_id": [f"a{i}" for i in range(len(texts))], "text": texts, "date": dates}
    return pd.DataFrame(rows).assign(outlet="A").astype("str")


LONG = " ".join(f"word{i}" for i in range(120))


def test_a_quarter_of_a_report_in_another_order_is_a_copy():
    words = LONG.split()
    moved = " ".join(words[60:75] + words[10:25])
    (row,) = wire_copies(articles(LONG, moved)).to_dict("records")
    assert (row["original"], row["copy"], row["copied"], row["kept"]) == ("a0", "a1", 100, 25)
    assert row["cut"].startswith("word0 word1")


def test_of_one_day_the_longer_is_the_original_and_undated_articles_come_last():
    short = LONG[:600]
    assert wire_copies(articles(short, LONG, dates=["2024-03-01"] * 2))["copy"].tolist() == ["a0"]
    assert wire_copies(articles(LONG, short, dates=["", "2024-03-01"]))["copy"].tolist() == ["a0"]


def test_without_copies_leaves_the_original_and_takes_a_frame(gold_tables):
    found = wire_copies(gold_tables.articles)
    once, same = without_copies(gold_tables), without_copies(gold_tables, found)
    assert len(gold_tables.articles) - len(once.articles) == 2
    assert not once.quotes["article_id"].isin(found["copy"]).any()
    assert once.mentions["article_id"].isin(found["original"]).any()
    pd.testing.assert_frame_equal(once.quotes, same.quotes)
    counted = once.mentions["actor"].value_counts()
    assert (once.actors.set_index("actor")["n_mentions"].loc[counted.index] == counted).all()


@pytest.mark.parametrize("n", range(5, 26))
def test_identical_briefs_are_copies_however_short(n):
    briefs = [" ".join(f"word{brief}x{at}" for at in range(n)) for brief in range(40)]
    found = wire_copies(articles(*briefs, *briefs))
    assert set(zip(found["original"], found["copy"], strict=True)) == {
        (f"a{i}", f"a{i + 40}") for i in range(40)
    }


def test_a_brief_with_one_word_changed_is_a_copy():
    words = [f"word{i}" for i in range(20)]
    edited = [" ".join([*words[:at], "other", *words[at + 1 :]]) for at in range(20)]
    assert len(wire_copies(articles(" ".join(words), *edited)).query("original == 'a0'")) == 20


def test_dates_are_compared_as_days_or_refused():
    own = articles(LONG, LONG, dates=["25/01/2024", "05/02/2024"])
    with pytest.raises(ValueError, match=r"YYYY-MM-DD, such as 2024-01-25, .* '25/01/2024' \(a0\)"):
        wire_copies(own)
    days = own.assign(date=pd.to_datetime(own["date"], dayfirst=True))
    assert wire_copies(days)["original"].tolist() == ["a0"]


def test_few_or_empty_texts_are_no_copies_and_no_error():
    assert wire_copies(articles("", "", "One two.", "One two.")).empty
    assert wire_copies(articles()).empty
    with pytest.raises(ValueError, match="share is 0"):
        wire_copies(articles(LONG), share=0)


def test_a_notice_in_every_article_makes_no_copies():
    notice = " ".join(f"notice{i}" for i in range(30))
    texts = [" ".join(f"text{i}x{j}" for j in range(100)) + " " + notice for i in range(120)]
    dates = ["2024-03-01"] * len(texts)
    assert wire_copies(articles(*texts, dates=dates)).empty
