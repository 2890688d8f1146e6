"""Every figure of the kit; each function draws on one Axes and returns it."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")  # Okabe & Ito 2008
GREY = "#666666"


def _axes(ax: Axes | None, height: float = 4.0) -> Axes:
    if ax is None:
        _, ax = plt.subplots(figsize=(7.0, height), layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def dots(table: pd.DataFrame, *, title: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """One line of dots per row of `table`, one colour and marker per column; the first row on top."""
    ax = _axes(ax, 1.4 + 0.3 * len(table))
    rows = range(len(table))[::-1]
    ax.hlines(rows, 0, table.max(axis=1), color="#dddddd", linewidth=1, zorder=0)
    for column, colour, marker in zip(table.columns, COLOURS, "osD^vPX", strict=False):
        ax.scatter(table[column], rows, color=colour, marker=marker, label=str(column), s=36)
    ax.set_yticks(rows, [str(name) for name in table.index])
    ax.set(title=title, xlabel=xlabel, xlim=(0, None))
    if table.shape[1] > 1:
        ax.legend(frameon=False, loc="lower right")
    return ax


def timeline(table: pd.DataFrame, *, title: str, ylabel: str, ax: Axes | None = None) -> Axes:
    """One line per column over the dates of the index; a day without a value is a gap."""
    ax = _axes(ax)
    dates = pd.to_datetime(table.index)
    for column, colour, marker in zip(table.columns, COLOURS, "osD^vPX", strict=False):
        ax.plot(dates, table[column], color=colour, marker=marker, label=str(column), linewidth=1.5)
    ax.set(title=title, ylabel=ylabel, ylim=(0, None))
    ax.xaxis.set_major_formatter("{x}") if not len(dates) else ax.figure.autofmt_xdate()
    ax.legend(frameon=False)
    return ax
