import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsvoices import wire_copies, without_copies
from newsvoices.reuse.text_overlap import in_common, overlapping, prints, words_of


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
    dates = dates or [f"2024-03-{day:02}" for day in range(1, len(texts) + 1)]
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


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=12, max_size=40), st.integers(0, 20))
def test_any_twelve_words_in_common_share_a_fingerprint(words, at):
    text = [f"x{i}" for i in range(30)]
    other = text[:at] + words[:12] + text[at:]
    both = set(prints(other, size=5, window=8)) & set(prints(words, size=5, window=8))
    assert both


def test_a_common_fingerprint_links_all_without_pairing_all():
    pairs = overlapping([np.array([7], np.uint64)] * 300, least=np.ones(300))
    assert len(pairs) < 300 * 51
    assert {j for _, j in pairs.tolist()} == set(range(1, 300))


def test_words_in_common_need_a_run():
    a, b = words_of("The guns were silent all night."), words_of("All night the guns roared.")
    assert [mask.sum() for mask in in_common(a, b, size=2)] == [4, 4]
    assert [mask.sum() for mask in in_common(a, b, size=3)] == [0, 0]
