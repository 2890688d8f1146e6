import io

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text

from newsvoices import plots
from newsvoices.plots.style import COLOURS, colour_and_marker, wrap_text

NAMES = [r"$\frac{}$", "$x^{$", "_Courier", "Bread cost $5"]
MONEY = "Bread cost $5 in May and $6 in June"
SHARES = pd.DataFrame(
    [
        {"outlet": outlet, "value": value, "share": 9.0, "low": 1.0, "high": 20.0, "difference_low": -1.0,
         "difference_high": 1.0, "articles": 4, "term": value, "z": 2.0, "rest_articles": 1}
        for outlet in NAMES for value in NAMES
    ]
)  # fmt: skip
DAYS = pd.DataFrame({"period": "2024-03-01", "outlet": NAMES, "articles": 1, "with": 1, "n": 2})
COUNTS = pd.DataFrame(1, index=NAMES, columns=NAMES)
DRAWINGS = {
    "dots": lambda: plots.dots(COUNTS, title=MONEY, xlabel=MONEY),
    "timeline": lambda: plots.timeline(COUNTS.set_axis(["2024-03-01"] * 4), title=MONEY),
    "intervals": lambda: plots.intervals(SHARES, title=MONEY, xlabel=MONEY),
    "dumbbell": lambda: plots.dumbbell(SHARES, left=NAMES[0], right=NAMES[2], title=MONEY, xlabel=MONEY),
    "keywords": lambda: plots.keywords(SHARES, title=MONEY),
    "periods": lambda: plots.periods(DAYS, title=MONEY, ylabel=MONEY),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_text_is_drawn_as_it_stands_and_never_mathematics(name):
    figure = DRAWINGS[name]().figure
    figure.savefig(io.BytesIO(), format="svg")
    texts = [text for text in figure.findobj(Text) if "$" in text.get_text()]
    written = {" ".join(text.get_text().split()) for text in figure.findobj(Text)}
    assert texts and not any(text.get_parse_math() for text in texts)
    assert MONEY in written
    for outlet in NAMES[:1] + NAMES[2:3]:
        assert any(outlet in text for text in written)


def test_a_name_that_begins_with_an_underscore_stands_in_the_legend():
    legend = DRAWINGS["intervals"]().get_legend()
    assert [text.get_text() for text in legend.get_texts()] == sorted(NAMES)


def test_no_two_outlets_look_alike():
    assert len({colour_and_marker(number) for number in range(len(COLOURS) ** 2)}) == 49


def test_long_names_are_wrapped_and_cut_and_cannot_break_a_line():
    assert wrap_text("a\nb\x07c", 9) == "a b c"
    assert wrap_text("word " * 40, 20).count("\n") == 2
    assert wrap_text("word " * 40, 20).endswith("…")


def test_n_and_its_unit_stay_together_in_a_title():
    title = "Which words of reporting does each of the outlets like best of all (n = 615 quotes)"
    ax = plots.dots(COUNTS, title=title, xlabel="")
    assert ax.get_title(loc="left").splitlines()[-1].endswith("(n = 615 quotes)")
    assert " ".join(ax.get_title(loc="left").split()) == title


def test_a_style_of_ones_own_is_left_as_it_was():
    before = dict(plt.rcParams)
    DRAWINGS["dots"]()
    assert dict(plt.rcParams) == before
