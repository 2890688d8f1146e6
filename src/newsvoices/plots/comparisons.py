"""Figures of comparisons; each shows how sure it is, draws on one Axes and returns it."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .style import (
    COLOURS,
    GREY,
    PALE,
    WIDTH,
    axes,
    empty_figure,
    groups,
    legend,
    omitted_note,
    reason_for_empty,
    styled,
    time_axis,
    wrap_text,
)


@styled
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

    Where an interval goes below zero, a line marks it. Of more than eight values of `by`, the eight with most
    articles are drawn, and the axis says so.
    """
    if table.empty:
        return empty_figure(title, reason_for_empty(table, "the table is empty"), ax)
    names, parts = list(dict.fromkeys(table[rows])), list(groups(table, by))
    ax = axes(ax, title=title, height=1.3 + len(names) * max(0.42, 0.17 * len(parts) + 0.12))
    at = {name: -number for number, name in enumerate(names)}
    for number, (_, own, colour, marker) in enumerate(parts):
        y = own[rows].map(at) + (0.76 / len(parts)) * ((len(parts) - 1) / 2 - number)
        ax.hlines(y, own[low], own[high], color=colour, linewidth=1.8)
        ax.scatter(own[estimate], y, color=colour, marker=marker, s=36, zorder=3, clip_on=False)
    for line in range(1, len(names)):
        ax.axhline(0.5 - line, color=PALE, linewidth=1, zorder=0)
    if (table[low] < 0).any():
        ax.axvline(0, color=GREY, linewidth=1, zorder=0)
    else:
        ax.set_xlim(0, None)
    ax.set_yticks(list(at.values()), [wrap_text(name, 24) for name in at])
    ax.set(xlabel=xlabel + omitted_note(table[by].nunique(), by), ylim=(0.5 - len(names), 0.5))
    legend(ax, [(name, {"color": colour, "marker": marker}) for name, _, colour, marker in parts])
    return ax


@styled
def dumbbell(
    table: pd.DataFrame,
    *,
    left: str,
    right: str,
    title: str,
    xlabel: str,
    by: str = "outlet",
    ax: Axes | None = None,
) -> Axes:
    """Two outlets' shares of the same values: a line per value, an outlet's dot with its whisker at either end.

    Args:
        table: what `shares` gave for these two outlets alone.
        left: one outlet, drawn in blue.
        right: the other, drawn in orange.
        title: the figure's question, with n and its unit.
        xlabel: what the shares are of.
        by: the column with the outlets' names.
        ax: where to draw.

    The bar between the two is dark where the interval of their difference leaves out zero, and pale elsewhere.
    """
    parts = [table[table[by] == name].set_index("value") for name in (left, right)]
    if parts[0].empty or parts[1].empty:
        return empty_figure(title, reason_for_empty(table, f"{left} and {right} have nothing to compare"), ax)
    values = list(parts[0].index)
    ax = axes(ax, title=title, height=1.6 + 0.5 * len(values))
    y = np.arange(len(values))[::-1]
    one, two = (part.loc[values] for part in parts)
    sure = ((one["difference_low"] > 0) | (one["difference_high"] < 0)).to_numpy()
    bars = [("clear difference", sure, "#333333"), ("no clear difference", ~sure, PALE)]
    for _, these, colour in bars:
        ax.hlines(y[these], one["share"][these], two["share"][these], color=colour, linewidth=4, zorder=1)
    entries = []
    ends = ((one, left, COLOURS[0], "o", 0.13), (two, right, COLOURS[5], "s", -0.13))
    for part, name, colour, marker, aside in ends:
        ax.hlines(y + aside, part["low"], part["high"], color=colour, linewidth=1.2, alpha=0.7, zorder=2)
        ax.scatter(part["share"], y, color=colour, marker=marker, s=60, zorder=3, clip_on=False)
        entries.append((f"{name} (n = {part['articles'].iloc[0]})", {"color": colour, "marker": marker}))
    entries += [(name, {"color": colour, "linewidth": 4, "linestyle": "-"}) for name, _, colour in bars]
    legend(ax, entries, title="n: articles")
    ax.set_yticks(y, [wrap_text(value, 30) for value in values])
    ax.set(xlabel=xlabel, xlim=(0, None), ylim=(-0.6, len(values) - 0.4))
    return ax


@styled
def keywords(table: pd.DataFrame, *, title: str, by: str = "outlet", top: int = 8) -> Axes:
    """One panel per outlet: its `top` terms by how much it prefers them (z).

    `table` is what keyness gave. Beside each dot stands in how many of its articles the outlet has the term, and in
    how many all the others have it. Of more than eight outlets, the eight with most articles are drawn.
    """
    if (table["z"] <= 0).all():
        return empty_figure(title, reason_for_empty(table, "no term stands in enough articles"))
    preferred = table[table["z"] > 0]
    parts = [
        (name, preferred[preferred[by] == name].nlargest(top, "z", keep="first"), colour)
        for name, _, colour, _ in groups(table, by)
    ]
    heights = [max(len(own), 1) + 1.5 for _, own, _ in parts]
    height, ratios = 0.9 + 0.27 * sum(heights), {"height_ratios": heights}
    figure, panels = plt.subplots(
        len(parts), 1, figsize=(WIDTH, height), sharex=True, gridspec_kw=ratios, squeeze=False
    )
    panels, beside = panels[:, 0], {"textcoords": "offset points", "va": "center", "fontsize": 9}
    for ax, (name, own, colour) in zip(panels, parts, strict=True):
        y = np.arange(len(own))[::-1]
        ax.hlines(y, 0, own["z"], color=PALE, linewidth=1.5, zorder=0)
        ax.scatter(own["z"], y, color=colour, s=44)
        for place, row in zip(y, own.itertuples(), strict=True):
            note = f"{row.articles} articles, {row.rest_articles} elsewhere"
            ax.annotate(note, (row.z, place), (9, 0), color="#555555", **beside)
        ax.set_yticks(y, [wrap_text(term, 24) for term in own["term"]])
        ax.set_ylim(-0.7, max(len(own), 1) - 0.3)
        ax.set_title(wrap_text(name, 58), fontsize=11, color=colour)
    panels[0].set_xlim(0, 1.5 * max(preferred["z"].max(), 0.1))
    panels[-1].set_xlabel("z: how much more than all the others" + omitted_note(table[by].nunique(), by))
    figure.suptitle(wrap_text(title, 64), x=0.01, ha="left", fontsize=13)
    return panels[0]


@styled
def periods(
    table: pd.DataFrame, *, title: str, ylabel: str, column: str = "n", by: str = "outlet", every: str = "day"
) -> Axes:
    """One panel per outlet over time; where it printed nothing the line breaks and the ground is hatched.

    `table` is what by_period gave for `every`; a zero is a dot on the line, a gap is none. Of more than eight outlets,
    the eight with most articles are drawn.
    """
    if table.empty:
        return empty_figure(title, reason_for_empty(table, "no article has a date"))
    parts, dates = list(groups(table, by)), pd.to_datetime(table["period"], format="ISO8601")
    size = (WIDTH, 1.0 + 1.25 * len(parts))
    figure, panels = plt.subplots(len(parts), 1, figsize=size, sharex=True, sharey=True, squeeze=False)
    step, top = pd.Timedelta(days=1 if every == "day" else 7), max(table[column].max(), 1)
    hatched = {"facecolor": "#f4f4f4", "edgecolor": PALE, "hatch": "////", "linewidth": 0}
    for ax, (name, own, colour, marker) in zip(panels[:, 0], parts, strict=True):
        line = pd.Series(own[column].to_numpy(float), index=dates[own.index]).sort_index()
        for one, two in itertools.pairwise([dates.min() - step, *line.index, dates.max() + step]):
            if two - one > step:
                line[one + step] = np.nan
                ax.axvspan(one + step / 2, two - step / 2, **hatched)
        line = line.sort_index()
        ax.plot(line.index, line, color=colour, marker=marker, markersize=5, linewidth=1.5)
        n = own["articles"].sum()
        ax.set_title(wrap_text(f"{name} (n = {n} article{'' if n == 1 else 's'})", 58), fontsize=11)
        ax.set_ylim(-0.06 * top, 1.15 * top)
        ax.yaxis.get_major_locator().set_params(integer=True)
    time_axis(panels[-1, 0], dates)
    figure.supylabel(wrap_text(ylabel, 40), fontsize=11)
    figure.suptitle(wrap_text(title, 64), x=0.01, ha="left", fontsize=13)
    panels[-1, 0].set_xlabel(omitted_note(table[by].nunique(), by).strip())
    return panels[0, 0]
