"""One style for every figure: fonts, colours, legends, time axes, and what a figure says that has nothing to show."""

import functools
import re
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter, date2num
from matplotlib.font_manager import get_font_names
from matplotlib.lines import Line2D
from matplotlib.text import Text

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#000000")  # Okabe & Ito 2008
MARKERS = "osD^vPX"
GREY, PALE = "#777777", "#dddddd"
WIDTH = 7.0  # inches
MOST = 8  # outlets told apart by colour in one figure; more than that cannot be

# for names that the first font has no letters for, where one of these is installed
_OTHER_SCRIPTS = {
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Arial Unicode MS",
    "Microsoft YaHei",
    "PingFang SC",
}
STYLE = {
    "font.family": ["DejaVu Sans", *sorted(_OTHER_SCRIPTS.intersection(get_font_names()))],
    "font.size": 11,
    "axes.titlesize": 13,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelsize": 11,
    "axes.labelcolor": "#333333",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "legend.fontsize": 10,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    "text.parse_math": False,
}


def styled(draw: Callable[..., Axes]) -> Callable[..., Axes]:
    """A drawing function in the kit's style, whose text is drawn as it stands: “$5” is never mathematics."""

    @functools.wraps(draw)
    def drawn(*args: object, **options: object) -> Axes:
        with plt.rc_context(STYLE), no_font_warnings():
            ax = draw(*args, **options)
        without_mathtext(ax)
        return ax

    return drawn


@contextmanager
def no_font_warnings() -> Iterator[None]:
    """A letter that no font has is a box in the picture, which is to be seen, and no warning a letter beside it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        yield


def axes(ax: Axes | None, *, title: str, height: float, width: float = WIDTH) -> Axes:
    """The Axes given, or new ones, with a title that is wrapped to fit."""
    if ax is None:
        _, ax = plt.subplots(figsize=(width, height))
    without_mathtext(ax)
    ax.set_title(wrap_text(title, max(30, int(9 * width) - 5)))
    return ax


def without_mathtext(ax: Axes) -> None:
    """No text of the figure is taken for mathematics."""
    for text in ax.figure.findobj(Text):
        text.set_parse_math(False)


def empty_figure(title: str, sentence: str, ax: Axes | None = None) -> Axes:
    """A figure that says in a sentence why there is nothing to show."""
    ax = axes(ax, title=title, height=1.6)
    ax.text(0.5, 0.5, wrap_text(sentence, 68, lines=7), ha="center", va="center", transform=ax.transAxes)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return ax


def reason_for_empty(table: pd.DataFrame, reason: str) -> str:
    """What a figure of an empty frame says: the frame's own reason (attrs["reason"]), or the one given."""
    return table.attrs.get("reason", f"Nothing to show: {reason}.")


def wrap_text(text: object, width: int, *, lines: int = 3) -> str:
    """The text in at most so many `lines` of `width` characters; brackets at its end, such as n and its unit, stay whole.

    >>> wrap_text("The Morast Courier (n = 3)", 12).splitlines()
    ['The Morast', 'Courier', '(n = 3)']
    """
    printed = "".join(letter if letter.isprintable() else " " for letter in str(text))
    whole = re.sub(r"\([^()]*\)$", lambda last: last[0].replace(" ", "\xa0"), " ".join(printed.split()))
    return textwrap.fill(whole, width, max_lines=lines, placeholder=" …").replace("\xa0", " ")


def colour_and_marker(number: int) -> tuple[str, str]:
    """A colour and a marker; no two numbers below seven times seven have the same."""
    n = len(COLOURS)
    return COLOURS[number % n], MARKERS[(number + number // n) % n]


def groups(table: pd.DataFrame, by: str) -> Iterator[tuple[str, pd.DataFrame, str, str]]:
    """The rows of each value of column `by`, with a colour and a marker of its own, in the order of the names.

    Of more than can be told apart, those with most articles; `omitted_note` says so.
    """
    size = table.groupby(by)["articles"].sum() if "articles" in table else table.groupby(by).size()
    order = size.rename("size").reset_index().sort_values(["size", by], ascending=[False, True])
    for number, name in enumerate(sorted(order[by].head(MOST))):
        yield name, table[table[by] == name], *colour_and_marker(number)


def omitted_note(n: int, what: str, *, which: str = ", those with fewest articles") -> str:
    """A line for the axis label that says how many groups are left out of a figure; empty where none is."""
    return f"\nnot drawn: {n - MOST} of {n} {what}s{which}" if n > MOST else ""


def legend(ax: Axes, entries: Sequence[tuple[str, dict[str, object]]], *, title: str = "") -> None:
    """A legend right of the Axes: each name with its look, in the words of Line2D, by default a marker without a line."""
    handles = [Line2D([], [], **{"linestyle": "", "markersize": 7} | look) for _, look in entries]
    place = {"loc": "upper left", "bbox_to_anchor": (1, 1), "borderaxespad": 0.2}
    look = {"alignment": "left", "labelspacing": 0.8, "title": title, "title_fontsize": 10}
    box = ax.legend(handles, ["x"] * len(handles), **place, **look)
    for text, (name, _) in zip(box.get_texts(), entries, strict=True):
        text.set_text(wrap_text(name, 22))  # matplotlib would leave out a name that begins with “_”


def time_axis(ax: Axes, dates: pd.Series | pd.DatetimeIndex) -> None:
    """A time axis over these dates, one or many, however far apart."""
    first, last = date2num(dates.min().to_pydatetime()), date2num(dates.max().to_pydatetime())
    margin = max(0.03 * (last - first), 0.7)
    low, high = (date2num(pd.Timestamp(day).to_pydatetime()) for day in ("0001-01-01", "9999-12-31"))
    ax.set_xlim(max(first - margin, low), min(last + margin, high))
    if first == last:
        ax.set_xticks([first], [dates.min().strftime("%Y-%m-%d")])
    else:
        ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))
