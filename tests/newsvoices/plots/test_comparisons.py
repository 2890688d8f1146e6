from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from newsvoices import by_period, keyness, shares, terms
from newsvoices.plots import comparisons as compare_plots


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_intervals_draw_every_whisker_and_name_every_outlet(gold_tables):
    table = shares(gold_tables, what="kind", samples=100)
    ax = compare_plots.intervals(table, title="Kinds (n = 36 articles)", xlabel="%")
    whiskers = [s for c in ax.collections if hasattr(c, "get_segments") for s in c.get_segments()]
    drawn = {(round(s[0][0], 6), round(s[1][0], 6)) for s in whiskers}
    assert drawn == set(zip(table["low"].round(6), table["high"].round(6), strict=True))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == sorted(table["outlet"].unique())


def test_places_are_spread_in_order_and_no_further_than_needed():
    places = compare_plots._spread([5.0, 0.0, 0.1, 9.0], 1.0, floor=0)
    assert (np.diff(np.sort(places)) >= 1 - 1e-9).all()
    assert places[[0, 3]].tolist() == [5, 9]
    assert places[1] < places[2]
    assert compare_plots._spread([0.0, 0.0], 1.0).tolist() == [-0.5, 0.5]


def test_a_slope_writes_both_shares(gold_tables):
    pair = gold_tables.articles["outlet"].isin(["Daily Lantern", "The Halden Courier"])
    tables = replace(gold_tables, articles=gold_tables.articles[pair])
    table = shares(tables, what="kind", samples=100)
    ax = compare_plots.slope(table, left="Daily Lantern", right="The Halden Courier", title="", ylabel="%")
    written = {text.get_text() for text in ax.texts}
    assert {"direct  46", "direct  38"} <= written


def test_keywords_label_the_best_terms_of_each_outlet(gold_tables):
    table = keyness(terms(gold_tables.articles), articles=gold_tables.articles)
    ax = compare_plots.keywords(table, title="Words", top=3)
    panels = ax.figure.axes
    assert [panel.get_title(loc="left") for panel in panels] == sorted(table["outlet"].unique())
    best = table[table["outlet"] == "The Halden Courier"].head(3)
    assert [text.get_text() for text in panels[2].texts] == [
        f"{r.term} ({r.articles})" for r in best.itertuples()
    ]


def test_a_gap_in_time_is_no_point(gold_tables):
    table = by_period(gold_tables.quotes, articles=gold_tables.articles)
    ax = compare_plots.periods(table, title="", ylabel="quotes")
    line = ax.lines[0].get_ydata()
    assert np.isfinite(line).sum() == 12
    assert len(line) == 26  # 4 to 29 March
    assert len(ax.patches) == 14


def test_an_empty_table_says_so():
    empty = pd.DataFrame({"outlet": [], "value": [], "period": []})
    for ax in (
        compare_plots.intervals(empty, title="T", xlabel=""),
        compare_plots.keywords(empty, title="T"),
        compare_plots.periods(empty, title="T", ylabel=""),
    ):
        assert ax.texts[0].get_text().startswith("nothing to show")
