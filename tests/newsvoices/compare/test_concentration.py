import math

import numpy as np
import pytest

from newsvoices import LossWarning, concentration
from newsvoices.compare.concentration import _measures


def two_outlets(small, quotes):
    """Outlets A and B with four articles each, and `quotes` by article number: a list of actors."""
    articles = [(str(i), "A" if i < 4 else "B", "2024-03-01", "x") for i in range(8)]
    rows = [
        {"article_id": str(article), "text": "one two three", "actor": actor, "speaker_type": "person"}
        for article, actors in quotes.items()
        for actor in actors
    ]
    return small(articles, quotes=rows)


def test_measures_of_concentration_against_closed_forms():
    equal, one, pair = _measures(np.array([[5, 5, 5, 5], [8, 0, 0, 0], [3, 1, 0, 0]]))
    assert equal == pytest.approx([0, 4, 75])
    assert one == pytest.approx([0, 1, 100])
    entropy = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25))
    assert pair == pytest.approx([0.25, math.exp(entropy), 100])  # Gini of x and 1 - x: x - 1/2
    straight = np.arange(1, 11)  # Gini of 1 … n: (n - 1) / 3n
    assert _measures(straight[None, :])[0, 0] == pytest.approx(9 / 30)


def test_concentration_counts_who_is_unnamed_and_holds_its_estimates(gold_tables):
    table = concentration(gold_tables, samples=200)
    assert ((table["low"] <= table["estimate"]) & (table["estimate"] <= table["high"])).all()
    lantern = table[table["outlet"] == "Daily Lantern"].set_index("measure")
    said = gold_tables.quotes[gold_tables.quotes["article_id"].str.startswith("lantern")]
    unnamed = said["speaker_type"].str.startswith("unnamed")
    assert lantern.loc["unnamed", "estimate"] == pytest.approx(100 * unnamed.mean())
    assert lantern.loc["unnamed", "quotes"] == len(said)
    assert lantern.loc["Gini", "actors"] == said.loc[said["actor"] != "", "actor"].nunique()


def test_an_outlet_that_quotes_nobody_is_left_out_of_concentration(small):
    tables = two_outlets(small, {0: ["Maren"], 1: ["Rudek", "Maren"], 4: ["Rudek"]})
    with pytest.warns(LossWarning, match="fewer than two articles of B"):
        table = concentration(tables, samples=50)
    assert set(table["outlet"]) == {"A"}
    assert np.isfinite(table.select_dtypes("number").to_numpy()).all()


def test_concentration_of_an_outlet_by_hand(small):
    quoted = {0: ["Maren", "Maren"], 1: ["Maren", "Rudek", ""], 4: ["Rudek"], 5: ["Maren"]}
    table = concentration(two_outlets(small, quoted), samples=50).set_index(["outlet", "measure"])
    entropy = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25))
    estimates = table.loc["A", "estimate"]
    assert estimates.tolist() == pytest.approx([0.25, math.exp(entropy), 100, 0])
    assert table.loc[("A", "Gini"), ["actors", "quotes", "articles"]].tolist() == [2, 4, 4]
    assert table.loc[("A", "unnamed"), "quotes"] == 5
    assert table.loc[("B", "Gini"), "estimate"] == 0
