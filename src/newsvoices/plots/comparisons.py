"""Figures of comparisons; each shows how sure it is. Like plots, they draw on one Axes and return it."""

import textwrap
from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter

from .counts import COLOURS, MARKERS

GREY = "#777777"


def _axes(ax: Axes | None, height: float, width: float = 7.0) -> Axes:
    if ax is None:
        _, ax = plt.subplots(figsize=(width, height), layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def _nothing(title: str) -> Axes:
    ax = _axes(None, 1.5)
    ax.text(0.5, 0.5, "nothing to show: the table is empty", ha="center", va="center", transform=ax.transAxes)
    ax.set(title=title, xticks=[], yticks=[])
    return ax


def _spread(places: Sequence[float], least: float, floor: float = -np.inf) -> np.ndarray:
    """The places, moved as little as may be so that neighbours are `least` apart and none is below `floor`."""
    order = np.argsort(places, kind="stable")
    steps = np.asarray(places, float)[order] - least * np.arange(len(places))
    blocks: list[list[float]] = []  # steps that must not fall are pooled where they do
    for step in steps:
        blocks.append([step])
        while len(blocks) > 1 and np.mean(blocks[-2]) > np.mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    pooled = np.concatenate([[np.mean(block)] * len(block) for block in blocks])
    out = np.empty(len(places))
    out[order] = np.maximum(pooled, floor) + least * np.arange(len(places))
    return out


def _groups(table: pd.DataFrame, by: str):
    """Each group's rows with a colour and a marker of its own, in the order of the names."""
    for number, name in enumerate(sorted(table[by].unique())):
        yield name, table[table[by] == name], COLOURS[number % 7], MARKERS[number % 7]


def intervals(
    table: pd.DataFrame,
    *,
    title: str,
    xlabel: str,
    by: str = "outlet",
    rows: str = "value",
    estimate: str = "share",
    low: str = "low",
    high: str = "high",
    ax: Axes | None = None,
) -> Axes:
    """Dots with whiskers: one line per value of column `rows`, one colour and marker per value of `by`.

    A negative interval end is drawn too; where any is, a line marks none.
    """
    if table.empty:
        return _nothing(title)
    names = list(dict.fromkeys(table[rows]))
    groups = table[by].nunique()
    ax = _axes(ax, 1.3 + len(names) * max(0.35, 0.16 * groups + 0.08))
    at = {name: -number for number, name in enumerate(names)}
    for number, (group, own, colour, marker) in enumerate(_groups(table, by)):
        y = own[rows].map(at) + (0.7 / groups) * ((groups - 1) / 2 - number)
        ax.hlines(y, own[low], own[high], color=colour, linewidth=1.5)
        ax.scatter(own[estimate], y, color=colour, marker=marker, s=28, label=group, zorder=3)
    for line in range(1, len(names)):
        ax.axhline(0.5 - line, color="#eeeeee", linewidth=1, zorder=0)
    if (table[low] < 0).any():
        ax.axvline(0, color=GREY, linewidth=1, zorder=0)
    else:
        ax.set_xlim(0, None)
    ax.set_yticks(list(at.values()), ["\n".join(textwrap.wrap(str(name), 24)) for name in at])
    ax.set(title=title, xlabel=xlabel, ylim=(0.5 - len(names), 0.5))
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    return ax


def slope(
    table: pd.DataFrame,
    *,
    left: str,
    right: str,
    title: str,
    ylabel: str,
    by: str = "outlet",
    ax: Axes | None = None,
) -> Axes:
    """Two outlets' shares of the same values, joined by lines, with whiskers at both ends.

    `table` is what shares gave for these two outlets alone. A line is strong where the interval of their
    difference leaves out none.
    """
    ax = _axes(ax, 5.2)
    ends = [table[table[by] == name].set_index("value") for name in (left, right)]
    values = list(ends[0].index)
    shift = 0.02 * (np.arange(len(values)) - (len(values) - 1) / 2) / max(len(values) / 4, 1)
    for value, aside in zip(values, shift, strict=True):
        one, two = ends[0].loc[value], ends[1].loc[value]
        sure = one["difference_low"] > 0 or one["difference_high"] < 0
        colour = GREY if not sure else COLOURS[0] if one["share"] > two["share"] else COLOURS[5]
        ax.plot([aside, 1 + aside], [one["share"], two["share"]], color=colour, linewidth=2.5 if sure else 1)
        for x, end in ((aside, one), (1 + aside, two)):
            ax.vlines(x, end["low"], end["high"], color=colour, linewidth=1, alpha=0.6)
            ax.scatter(x, end["share"], color=colour, s=25, zorder=3)
    top = max(end["high"].max() for end in ends)
    for x, end, side in ((-0.06, ends[0], "right"), (1.06, ends[1], "left")):
        places = _spread(end["share"], top * 0.045, floor=0)
        for value, place in zip(end.index, places, strict=True):
            ax.text(x, place, f"{value}  {end.loc[value, 'share']:.0f}", ha=side, va="center", fontsize=9)
    ax.set_xticks(
        [0, 1],
        [
            f"{name}\n(n = {end['articles'].iloc[0]} articles)"
            for name, end in zip((left, right), ends, strict=True)
        ],
    )
    ax.set(title=title, ylabel=ylabel, xlim=(-0.6, 1.6), ylim=(min(0, top * -0.03), top * 1.05))
    return ax


def keywords(table: pd.DataFrame, *, title: str, by: str = "outlet", top: int = 8) -> Axes:
    """One panel per outlet: each term by how often it occurs and by how much the outlet prefers it.

    `table` is what keyness gave. Right of each panel stand its `top` terms, tied to their dots, with the
    number of its articles that have them. A dot's area grows with that number.
    """
    if table.empty:
        return _nothing(title)
    names = sorted(table[by].unique())
    _, axes = plt.subplots(
        len(names), 1, figsize=(7.0, 0.4 + 2.5 * len(names)), sharex=True, layout="constrained"
    )
    axes = np.atleast_1d(axes)
    reach = 1.08 * table["z"].abs().max()
    right = np.log10((table["n"] + table["rest_n"]).max())
    for ax, (name, own, colour, _) in zip(axes, _groups(table, by), strict=True):
        ax.spines[["top", "right"]].set_visible(False)
        x = np.log10(own["n"] + own["rest_n"])
        ax.scatter(x, own["z"], s=4 + 3 * own["articles"], color="#bbbbbb", linewidth=0)
        best = own.nlargest(top, "z", keep="first")
        ax.scatter(x[best.index], best["z"], s=4 + 3 * best["articles"], color=colour, linewidth=0)
        places = _spread(best["z"], 2.15 * reach / 14)
        places += min(0, reach - places.max())
        for place, row, start in zip(places, best.itertuples(), x[best.index], strict=True):
            ax.plot([start, right + 0.12, right + 0.2], [row.z, place, place], color=colour, linewidth=0.5)
            ax.text(right + 0.23, place, f"{row.term} ({row.articles})", va="center", fontsize=8.5)
        ax.axhline(0, color=GREY, linewidth=0.8, zorder=0)
        ax.set(ylim=(-reach, reach), xlim=(None, right + 0.95), ylabel="z")
        ax.set_title(name, loc="left", fontsize=10)
    ticks = [n for n in (1, 3, 10, 30, 100, 300, 1000, 10_000, 100_000) if np.log10(n) <= right]
    axes[-1].set_xticks(np.log10(ticks), [f"{n:,}" for n in ticks])
    axes[-1].set_xlabel("times in the corpus")
    axes[0].figure.suptitle(title)
    return axes[0]


def periods(
    table: pd.DataFrame, *, title: str, ylabel: str, column: str = "n", by: str = "outlet", every: str = "day"
) -> Axes:
    """One panel per outlet over time; where it printed nothing the line breaks and the ground is hatched.

    `table` is what by_period gave for `every`; a zero is a dot on the line, a gap is none.
    """
    if table.empty:
        return _nothing(title)
    names = sorted(table[by].unique())
    _, axes = plt.subplots(
        len(names), 1, figsize=(7.0, 0.8 + 1.25 * len(names)), sharex=True, sharey=True, layout="constrained"
    )
    axes = np.atleast_1d(axes)
    days = 1 if every == "day" else 7
    dates = pd.to_datetime(table["period"])
    whole = pd.date_range(dates.min(), dates.max(), freq=f"{days}D")
    half = pd.Timedelta(days=days / 2)
    for ax, (name, own, colour, marker) in zip(axes, _groups(table, by), strict=True):
        line = own.set_index(pd.to_datetime(own["period"]))[column].reindex(whole)
        ax.plot(whole, line, color=colour, marker=marker, markersize=4, linewidth=1.2)
        for day in line.index[line.isna()]:
            ax.axvspan(
                day - half, day + half, facecolor="#f4f4f4", edgecolor="#dddddd", hatch="////", linewidth=0
            )
        ax.spines[["top", "right"]].set_visible(False)
        ax.set_title(f"{name} (n = {own['articles'].sum()} articles)", loc="left", fontsize=10)
        ax.set_ylim(0, 1.1 * max(table[column].max(), 1))
    axes[-1].xaxis.set_major_formatter(ConciseDateFormatter(axes[-1].xaxis.get_major_locator()))
    axes[0].figure.supylabel(ylabel, fontsize=10)
    axes[0].figure.suptitle(title)
    return axes[0]
