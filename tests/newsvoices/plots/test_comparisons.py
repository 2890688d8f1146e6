from dataclasses import replace

import numpy as np
import pandas as pd

from newsvoices import by_period, keyness, plots, shares, terms


def test_intervals_draw_every_whisker_and_name_every_outlet(gold_tables):
    table = shares(gold_tables, what="kind", samples=100)
    ax = plots.intervals(table, title="Kinds (n = 36 articles)", xlabel="%")
    whiskers = [s for c in ax.collections if hasattr(c, "get_segments") for s in c.get_segments()]
    drawn = {(round(s[0][0], 6), round(s[1][0], 6)) for s in whiskers}
    assert drawn == set(zip(table["low"].round(6), table["high"].round(6), strict=True))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == sorted(table["outlet"].unique())


def test_a_dumbbell_has_both_outlets_and_says_which_differ(gold_tables):
    pair = gold_tables.articles["outlet"].isin(["Daily Lantern", "The Halden Courier"])
    table = shares(replace(gold_tables, articles=gold_tables.articles[pair]), what="kind", samples=100)
    ax = plots.dumbbell(table, left="Daily Lantern", right="The Halden Courier", title="", xlabel="%")
    values = [label.get_text() for label in ax.get_yticklabels()]
    lantern = table[table["outlet"] == "Daily Lantern"].set_index("value").loc[values]
    assert any(
        np.allclose(c.get_offsets()[:, 0], lantern["share"])
        for c in ax.collections
        if len(c.get_offsets()) == 3
    )
    sure = (lantern["difference_low"] > 0) | (lantern["difference_high"] < 0)
    assert len(ax.collections[0].get_segments()) == sure.sum()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "Daily Lantern (n = 12)", "The Halden Courier\n(n = 12)", "clear difference", "no clear difference"
    ]  # fmt: skip


def test_keywords_are_the_best_terms_of_each_outlet_with_their_articles(gold_tables):
    table = keyness(terms(gold_tables.articles), articles=gold_tables.articles)
    panels = plots.keywords(table, title="Words", top=3).figure.axes
    assert [panel.get_title(loc="left") for panel in panels] == sorted(table["outlet"].unique())
    best = table[table["outlet"] == "The Halden Courier"].head(3)
    assert [label.get_text() for label in panels[2].get_yticklabels()] == best["term"].tolist()
    assert [text.get_text() for text in panels[2].texts] == [
        f"{r.articles} articles, {r.rest_articles} elsewhere" for r in best.itertuples()
    ]


def test_a_gap_in_time_is_no_point(gold_tables):
    table = by_period(gold_tables.quotes, articles=gold_tables.articles)
    ax = plots.periods(table, title="", ylabel="quotes")
    _, line = ax.lines[0].get_data()
    known = table[table["outlet"] == "Daily Lantern"]
    assert line[np.isfinite(line)].tolist() == known["n"].tolist()
    dates = pd.to_datetime(known["period"]).to_numpy()
    hatched = [(p.get_x(), p.get_x() + p.get_width()) for p in ax.patches]
    inside = [
        any(a < day < b for a, b in hatched)
        for day in (dates - np.datetime64("1970-01-01")) / np.timedelta64(1, "D")
    ]
    assert not any(inside)
    assert round(sum(b - a for a, b in hatched)) == 26 - 12  # 4 to 29 March


def test_centuries_between_two_dates_are_one_gap():
    rows = [("1812-02-03", "A"), ("2024-01-01", "A"), ("2024-01-02", "B")]
    table = pd.DataFrame(rows, columns=["period", "outlet"]).assign(articles=1, n=1)
    ax = plots.periods(table, title="", ylabel="quotes")
    ax.figure.canvas.draw()
    assert len(ax.patches) == 2
    assert ax.get_title(loc="left") == "A (n = 2 articles)"


def test_forty_outlets_are_eight_and_a_count():
    outlets = [f"Outlet {number}" for number in range(40)]
    table = pd.DataFrame({"period": "2024-03-01", "outlet": outlets, "articles": range(40), "n": 1})
    panels = plots.periods(table, title="", ylabel="quotes").figure.axes
    assert [panel.get_title(loc="left").split(" (")[0] for panel in panels] == outlets[32:]
    assert panels[-1].get_xlabel() == "not drawn: 32 of 40 outlets, those with fewest articles"


def test_nothing_to_show_is_said_in_a_sentence():
    empty = pd.DataFrame({"outlet": [], "value": [], "period": [], "z": []})
    for ax in (
        plots.intervals(empty, title="T", xlabel=""),
        plots.dumbbell(empty, left="A", right="B", title="T", xlabel=""),
        plots.keywords(empty, title="T"),
        plots.periods(empty, title="T", ylabel=""),
    ):
        assert ax.texts[0].get_text().startswith("Nothing to show: ")
        assert ax.get_title(loc="left") == "T"


def test_an_empty_frame_that_knows_why_says_so():
    empty = pd.DataFrame({"outlet": [], "value": []})
    empty.attrs["reason"] = "There is one outlet only."
    assert plots.intervals(empty, title="T", xlabel="").texts[0].get_text() == "There is one outlet only."
