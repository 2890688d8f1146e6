"""Figures of counts; each function draws on one Axes and returns it."""

import itertools

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from .style import (
    COLOURS,
    GREY,
    MOST,
    PALE,
    axes,
    colour_and_marker,
    empty_figure,
    legend,
    omitted_note,
    styled,
    time_axis,
    wrap_text,
)


@styled
def dots(table: pd.DataFrame, *, title: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """One line of dots per row of `table`, one colour and marker per column; the first row on top.

    Of more than eight columns the first eight are drawn, and the axis says so.
    """
    if table.empty:
        return empty_figure(title, "Nothing to show: there is nothing to count.", ax)
    ax = axes(ax, title=title, height=1.4 + 0.36 * len(table))
    shown, rows = table.iloc[:, :MOST], np.arange(len(table))[::-1]
    ax.hlines(rows, 0, shown.max(axis=1), color=PALE, linewidth=1, zorder=0)
    entries = []
    for number, column in enumerate(shown):
        colour, marker = colour_and_marker(number)
        apart = 0.6 / shown.shape[1] * ((shown.shape[1] - 1) / 2 - number)
        ax.scatter(shown[column], rows + apart, color=colour, marker=marker, s=42, clip_on=False, zorder=3)
        entries.append((str(column), {"color": colour, "marker": marker}))
    ax.set_yticks(rows, [wrap_text(name, 30) for name in table.index])
    ax.set_xlabel(xlabel + omitted_note(table.shape[1], "column", which=""))
    values = np.nan_to_num(shown.to_numpy(float))
    ax.set_xlim(min(0, 1.05 * values.min()), None)
    if not (values % 1).any():  # no half articles
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    if table.shape[1] > 1:
        legend(ax, entries)
    return ax


@styled
def timeline(table: pd.DataFrame, *, title: str, ax: Axes | None = None) -> Axes:
    """One row per column of `table` over the dates of its index; a dot's area is the count, no dot is none."""
    dates = pd.to_datetime(pd.Index(table.index), format="ISO8601") if len(table) else pd.DatetimeIndex([])
    if table.empty or not (most := int(table.to_numpy().max())):
        return empty_figure(title, "Nothing to show: no article has a date.", ax)
    ax = axes(ax, title=title, height=1.5 + 0.38 * table.shape[1])
    rows = range(table.shape[1])[::-1]
    area = 160 / most
    for row, column, colour in zip(rows, table.columns, itertools.cycle(COLOURS), strict=False):
        ax.axhline(row, color=PALE, linewidth=1, zorder=0)
        look = {"color": colour, "linewidth": 0, "clip_on": False, "zorder": 3}
        ax.scatter(dates, [row] * len(dates), s=area * table[column], **look)
    ax.set_yticks(rows, [wrap_text(name, 30) for name in table.columns])
    ax.set_ylim(-0.7, table.shape[1] - 0.3)
    time_axis(ax, dates)
    look = {"marker": "o", "color": GREY, "markeredgewidth": 0}
    sizes = sorted({1, (1 + most) // 2, most})
    legend(ax, [(str(n), look | {"markersize": (area * n) ** 0.5}) for n in sizes], title="count")
    return ax
