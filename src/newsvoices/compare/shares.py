"""Outlets side by side: shares, with intervals over articles."""

import numpy as np
import pandas as pd

from ..losses import NothingToCompare, empty_where_nothing_to_compare, warn
from ..reuse.wire_copies import without_copies
from ..schema import Tables
from ..statistics.counts import PARTS, per_article
from ..statistics.intervals import (
    benjamini_hochberg,
    design_effect,
    difference_interval,
    moments,
    permuted_differences,
    resampled_sums,
    share_interval,
)
from .grouping import SEED, outlets_of

_IN_PER_CENT = ("share", "low", "high", "difference", "difference_low", "difference_high")


@empty_where_nothing_to_compare(
    {
        "value": "str",
        **dict.fromkeys((*_IN_PER_CENT, "ratio"), "float64"),
        **dict.fromkeys(("count", "of", "articles"), "int64"),
        **dict.fromkeys(("p", "q"), "float64"),
    }
)
def shares(
    tables: Tables,
    *,
    what: str,
    by: str = "outlet",
    copies: str | pd.DataFrame = "each",
    top: int = 12,
    method: str = "t",
    samples: int = 2000,
    seed: int = SEED,
) -> pd.DataFrame:
    """One row per value and outlet: its share of what the outlet prints, and how that differs from the rest.

    Args:
        tables: as analyse gives them.
        what: "mentioned" (articles that mention an actor), "quoted" (quotes that an actor speaks), "words"
            (words in them), "speaker type", "unnamed" (persons and groups), "kind" (direct, mixed, indirect), "verb"
            (reporting verbs as in a dictionary), "verb family" or "cue" (all its words).
        by: the column of articles whose values are compared.
        copies: "each" wire copy counts, or "once"; or what wire_copies gave.
        top: number of values, the most frequent first.
        method: "t" (bootstrap-t), "bca" or "percentile"; see intervals.share_interval.
        samples: bootstrap samples, and as many shuffles for p.
        seed: of both.

    Returns:
        The column named by `by`; value; share, low, high: per cent and its 95 % interval; difference,
        difference_low, difference_high: points above the share in all other outlets together; ratio to it,
        half a count added to both; count, of; articles: the outlet's, also those with nothing to count;
        p: of a permutation test that shuffles articles between outlets; q: p corrected for the number of rows
        (Benjamini & Hochberg 1995).

    Raises:
        ValueError: an unknown `what`, `method` or column.

    With fewer than two outlets of two articles, or with anything to count, the frame is empty, with a warning.
    Intervals draw articles, not rows, from each outlet (cluster bootstrap; Davison & Hinkley 1997, 3.8).
    Limitation: of values of a few per cent in thirty articles an outlet 93 intervals in 100 hold the truth,
    not 95; see benchmarks/results/compare.json.
    """
    if what not in PARTS or method not in ("t", "bca", "percentile"):
        raise ValueError(
            f"what={what!r}, method={method!r}: what can be {', '.join(map(repr, PARTS))}; method 't', 'bca' or "
            f"'percentile'"
        )
    n, tables = len(tables.articles), without_copies(tables, copies)
    groups = outlets_of(tables.articles, by=by, without=n - len(tables.articles))
    counts, of, values = per_article(PARTS[what](tables), groups, top=top, whole=what == "mentioned")
    names, codes = np.unique(groups.to_numpy(dtype=object), return_inverse=True)
    full = np.bincount(codes, of) > 0
    if full.sum() < 2 or not values:
        there = ", ".join(names[full]) if values and full.any() else "none"
        raise NothingToCompare(
            f"A comparison of what={what!r} needs two values of {by!r} with something to count; with something: {there}."
        )
    if not full.all():
        warn(f"left out: nothing to count for what={what!r} in {', '.join(names[~full])}")
        counts, of, codes = counts[full[codes]], of[full[codes]], (np.cumsum(full) - 1)[codes[full[codes]]]
        names = names[full]
    table = _table(counts, of, codes, method=method, samples=samples, seed=seed)
    table.insert(0, "value", np.repeat(values, len(names)))
    table.insert(0, by, np.tile(names, len(values)))
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy()))


def _table(
    counts: np.ndarray, of: np.ndarray, codes: np.ndarray, *, method: str, samples: int, seed: int
) -> pd.DataFrame:
    """One row per value and group, without their names; see shares."""
    rng = np.random.default_rng(seed)
    order, starts = np.argsort(codes, kind="stable"), np.searchsorted(np.sort(codes), np.unique(codes))
    counts, of = counts[order], of[order]
    parts = np.split(moments(counts, of), starts[1:])
    drawn = np.stack([resampled_sums(part, samples=samples, rng=rng) for part in parts])
    permuted = permuted_differences(counts, of, starts, samples=samples, rng=rng)
    effects = [
        design_effect(np.concatenate([part[:, value] for part in parts])) for value in range(counts.shape[1])
    ]
    rows = []
    for value, group in np.ndindex(counts.shape[1], len(parts)):
        part = parts[group][:, value]
        others = np.concatenate([other[:, value] for g, other in enumerate(parts) if g != group])
        own = share_interval(part, drawn[group, :, value], method=method, rows_per_draw=effects[value])
        elsewhere = np.delete(drawn[:, :, value], group, 0).sum(axis=0)
        rest = share_interval(others, elsewhere, method=method, rows_per_draw=effects[value])
        difference = difference_interval(own, rest)
        (x, m), (y, n) = part.sum(axis=0)[:2], others.sum(axis=0)[:2]
        row = {name: 100 * number for name, number in zip(_IN_PER_CENT, own + difference, strict=True)}
        row |= {"ratio": (x + 0.5) / (m + 1) / ((y + 0.5) / (n + 1))}
        smaller = np.abs(permuted[:, group, value]) < abs(difference[0]) - 1e-12
        p_value = (1 + (~smaller).sum()) / (1 + samples)
        rows.append(row | {"count": int(x), "of": int(m), "articles": len(part), "p": p_value})
    return pd.DataFrame(rows)
