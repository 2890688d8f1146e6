import matplotlib.pyplot as plt
import pandas as pd
import pytest

from newsvoices import plots


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_dots_show_every_value_in_the_order_of_the_rows():
    table = pd.DataFrame({"mentions": [5, 3], "articles": [2, 3]}, index=["Maren", "Rudek"])
    ax = plots.dots(table, title="Names (n = 8)", xlabel="count")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Maren", "Rudek"]
    heights = ax.get_yticks()
    assert heights[0] > heights[1]
    drawn = {c.get_label(): c.get_offsets()[:, 0].tolist() for c in ax.collections if c.get_label() in table}
    assert drawn == {"mentions": [5, 3], "articles": [2, 3]}
    assert ax.get_title() == "Names (n = 8)"


def test_a_timeline_has_no_dot_where_there_is_nothing():
    table = pd.DataFrame({"Lantern": [1, 0, 4]}, index=["2024-03-04", "2024-03-05", "2024-03-06"])
    ax = plots.timeline(table, title="Articles a day (n = 5)")
    assert ax.collections[-1].get_sizes().tolist() == [45, 0, 180]


def test_a_figure_can_be_drawn_into():
    _, ax = plt.subplots()
    assert plots.dots(pd.DataFrame({"n": [1]}, index=["x"]), title="", xlabel="", ax=ax) is ax
