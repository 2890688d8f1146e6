import matplotlib.pyplot as plt
import pandas as pd
import pytest

from newsvoices import plots


def test_dots_show_every_value_in_the_order_of_the_rows():
    table = pd.DataFrame({"mentions": [5, 3], "articles": [2, 3]}, index=["Maren", "Rudek"])
    ax = plots.dots(table, title="Names (n = 8)", xlabel="count")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Maren", "Rudek"]
    heights = ax.get_yticks()
    assert heights[0] > heights[1]
    drawn = [c.get_offsets()[:, 0].tolist() for c in ax.collections if len(c.get_offsets()) == 2]
    assert drawn[-2:] == [[5, 3], [2, 3]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["mentions", "articles"]
    assert ax.get_title(loc="left") == "Names (n = 8)"


def test_more_columns_than_can_be_told_apart_are_counted():
    ax = plots.dots(pd.DataFrame([range(40)], index=["x"]), title="", xlabel="n")
    assert len(ax.get_legend().get_texts()) == 8
    assert ax.get_xlabel() == "n\nnot drawn: 32 of 40 columns"


def test_a_timeline_has_no_dot_where_there_is_nothing_and_a_legend_of_sizes():
    table = pd.DataFrame({"Lantern": [1, 0, 4]}, index=["2024-03-04", "2024-03-05", "2024-03-06"])
    ax = plots.timeline(table, title="Articles a day (n = 5)")
    sizes = ax.collections[-1].get_sizes()
    assert sizes[1] == 0
    assert sizes[2] == 4 * sizes[0]
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["1", "2", "4"]
    assert [round(h.get_markersize() ** 2 / sizes[0], 3) for h in legend.legend_handles] == [1, 2, 4]


@pytest.mark.parametrize(
    "dates", [["2024-03-04"], ["1812-03-04", "2024-03-04"], ["0001-01-01", "9999-12-31"]]
)
def test_a_timeline_shows_its_dates_and_no_others(dates):
    ax = plots.timeline(pd.DataFrame({"Lantern": 1}, index=dates), title="")
    ax.figure.canvas.draw()
    first, last = ax.get_xlim()
    days = ax.collections[-1].get_offsets()[:, 0]
    assert first <= days.min() and days.max() <= last
    assert last - first <= 1.1 * (days.max() - days.min()) + 2


def test_nothing_is_said_in_a_sentence():
    empty = pd.DataFrame({"Lantern": []})
    assert plots.timeline(empty, title="T").texts[0].get_text() == "Nothing to show: no article has a date."
    assert plots.dots(empty, title="T", xlabel="").texts[0].get_text().startswith("Nothing to show")


def test_a_figure_can_be_drawn_into():
    _, ax = plt.subplots()
    assert plots.dots(pd.DataFrame({"n": [1]}, index=["x"]), title="", xlabel="", ax=ax) is ax


def test_of_whole_things_there_are_no_halves():
    def ticks(table: pd.DataFrame) -> set[float]:
        return set(plots.dots(table, title="", xlabel="articles").get_xticks() % 1)

    assert ticks(pd.DataFrame({"n": [1, 2]}, index=["Post", "Echo"])) == {0}
    assert ticks(pd.DataFrame({"share": [0.5, 0.25]}, index=["Post", "Echo"])) != {0}
