"""Every figure of the kit; each function draws on one Axes and returns it."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")  # Okabe & Ito 2008
MARKERS = "osD^vPX"


def _axes(ax: Axes | None, height: float = 4.0) -> Axes:
    if ax is None:
        _, ax = plt.subplots(figsize=(7.0, height), layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def dots(table: pd.DataFrame, *, title: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """One line of dots per row of `table`, one colour and marker per column; the first row on top."""
    ax = _axes(ax, 1.4 + 0.3 * len(table))
    rows = np.arange(len(table))[::-1]
    ax.hlines(rows, 0, table.max(axis=1), color="#dddddd", linewidth=1, zorder=0)
    for number, (column, colour, marker) in enumerate(zip(table.columns, COLOURS, MARKERS, strict=False)):
        apart = 0.22 * ((table.shape[1] - 1) / 2 - number)
        ax.scatter(table[column], rows + apart, color=colour, marker=marker, label=str(column), s=30)
    ax.set_yticks(rows, [str(name) for name in table.index])
    ax.set(title=title, xlabel=xlabel, xlim=(0, None))
    if table.shape[1] > 1:
        ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    return ax


def timeline(table: pd.DataFrame, *, title: str, ax: Axes | None = None) -> Axes:
    """One row per column of `table` over the dates of its index; a dot's area is the count, no dot is none."""
    ax = _axes(ax, 1.6 + 0.35 * table.shape[1])
    dates = pd.to_datetime(pd.Index(table.index))
    rows = range(table.shape[1])[::-1]
    ax.hlines(rows, dates.min(), dates.max(), color="#eeeeee", linewidth=1, zorder=0)
    for row, column, colour in zip(rows, table.columns, itertools.cycle(COLOURS), strict=False):
        ax.scatter(dates, [row] * len(dates), s=45 * table[column], color=colour)
    ax.set_yticks(rows, [str(name) for name in table.columns])
    ax.set(title=title, ylim=(-0.7, table.shape[1] - 0.3))
    ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))
    return ax
