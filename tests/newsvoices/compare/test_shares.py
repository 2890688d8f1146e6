import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from newsvoices import LossWarning, concentration, shares


def two_outlets(small, quotes):
    """Outlets A and B with four articles each, and `quotes` by article number: a list of actors."""
    articles = [(str(i), "A" if i < 4 else "B", "2024-03-01", "x") for i in range(8)]
    rows = [
        {"article_id": str(article), "text": "one two three", "actor": actor, "speaker_type": "person"}
        for article, actors in quotes.items()
        for actor in actors
    ]
    return small(articles, quotes=rows)


def test_a_share_is_of_all_quotes_and_articles_without_quotes_are_kept(small):
    tables = two_outlets(small, {0: ["Maren", "Maren", ""], 1: ["Rudek"], 4: ["Rudek"] * 4, 5: ["Maren"]})
    table = shares(tables, what="quoted", samples=200).set_index(["value", "outlet"])
    assert table.loc[("Maren", "A"), ["share", "count", "of", "articles"]].tolist() == [50, 2, 4, 4]
    assert table.loc[("Maren", "A"), "difference"] == pytest.approx(50 - 20)
    assert table.loc[("Maren", "A"), "ratio"] == pytest.approx((2.5 / 5) / (1.5 / 6))
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()


def test_mentioned_counts_an_article_once(small):
    articles = [(str(i), "AB"[i % 2], "2024-03-01", "x") for i in range(4)]
    mentions = [{"article_id": "0", "actor": "Maren"}] * 5 + [{"article_id": "1", "actor": "Rudek"}]
    table = shares(small(articles, mentions=mentions), what="mentioned", samples=100)
    maren = table[table["value"] == "Maren"].set_index("outlet")
    assert maren["share"].tolist() == [50, 0]
    assert maren["count"].tolist() == [1, 0]


def test_no_cell_is_missing_or_infinite_even_where_an_outlet_has_none_or_all(small):
    tables = two_outlets(small, {0: ["Maren"], 1: ["Maren"], 4: ["Rudek"]})
    for what in ("quoted", "words", "speaker type", "kind"):
        for method in ("t", "bca", "percentile"):
            table = shares(tables, what=what, method=method, samples=50)
            assert np.isfinite(table.select_dtypes("number").to_numpy()).all()
    maren = shares(tables, what="quoted", samples=50).iloc[0]
    assert (maren["share"], maren["high"]) == (100, 100)
    assert 0 < maren["low"] < 50  # two quotes prove little


def test_the_same_seed_gives_the_same_table_whatever_the_order_of_rows(gold_tables):
    again = replace(
        gold_tables,
        articles=gold_tables.articles.iloc[::-1],
        mentions=gold_tables.mentions.sample(frac=1, random_state=1),
        quotes=gold_tables.quotes.sample(frac=1, random_state=1),
    )
    one, two = (shares(tables, what="kind", samples=100) for tables in (gold_tables, again))
    pd.testing.assert_frame_equal(one, two)


def test_wire_copies_can_count_once(gold_tables):
    each, once = (shares(gold_tables, what="kind", copies=copies, samples=50) for copies in ("each", "once"))
    articles = [table.groupby("outlet")["articles"].first().tolist() for table in (each, once)]
    assert articles == [[12, 12, 12], [11, 12, 11]]
    with pytest.raises(ValueError, match="copies is 'none'; it can be 'each', 'once' or the frame"):
        shares(gold_tables, what="kind", copies="none")


def test_a_difference_that_is_written_into_the_sample_is_found(gold_tables):
    table = shares(gold_tables, what="kind").set_index(["value", "outlet"])
    lantern = table.loc[("direct", "Daily Lantern")]
    assert lantern["difference_low"] > 5
    assert lantern["q"] < 0.01


def test_an_outlet_with_nothing_to_count_is_told(small):
    tables = two_outlets(small, {0: ["Maren"]})
    with pytest.warns(LossWarning, match="'outlet' with something to count; with something: A"):
        assert shares(tables, what="quoted").empty
    with pytest.warns(LossWarning, match="with something: none"):
        assert shares(tables, what="mentioned").empty
    with pytest.raises(ValueError, match="what='verbs'"):
        shares(tables, what="verbs")
    articles = [(str(i), "ABC"[i % 3], "", "x") for i in range(6)]
    said = [{"article_id": str(i), "text": "x", "actor": "Maren"} for i in (0, 1, 4)]
    with pytest.warns(LossWarning, match="left out: nothing to count for what='quoted' in C"):
        table = shares(small(articles, quotes=said), what="quoted", samples=50)
    assert table[["outlet", "count"]].to_numpy().tolist() == [["A", 1], ["B", 2]]


def test_the_sample_gives_no_warning(gold_tables):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shares(gold_tables, what="cue", samples=50)
        concentration(gold_tables, samples=50)
