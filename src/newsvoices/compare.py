"""Outlets side by side: shares and concentration, with intervals over articles."""

import math
from collections.abc import Callable

import numpy as np
import pandas as pd

from .analysis import Tables
from .copies import without_copies
from .groups import outlets_of, warn
from .resampling import (
    LEVEL,
    benjamini_hochberg,
    chance,
    design_effect,
    difference_interval,
    moments,
    resampled_sums,
    share_interval,
    student_t,
)

SEED = 20240328

_PARTS: dict[str, Callable[[Tables], pd.DataFrame]] = {
    "mentioned": lambda t: (
        t.mentions[t.mentions["kind"] != "role"]
        .assign(value=t.mentions["actor"])
        .drop_duplicates(["article_id", "value"])
    ),
    "quoted": lambda t: t.quotes.assign(value=t.quotes["actor"]),
    "words": lambda t: t.quotes.assign(value=t.quotes["actor"], n=t.quotes["text"].str.split().str.len()),
    "speaker type": lambda t: t.quotes.assign(value=t.quotes["speaker_type"]),
    "kind": lambda t: t.quotes.assign(value=t.quotes["kind"]),
    "cue": lambda t: t.quotes.assign(value=t.quotes["cue"].str.lower())[t.quotes["cue"].str.contains(r"\w")],
}


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
            (words in them), "speaker type", "kind" (direct, mixed, indirect) or "cue" (reporting verbs).
        by: the column of articles whose values are compared.
        copies: "each" wire copy counts, or "once"; or what wire_copies gave.
        top: number of values, the most frequent first.
        method: "t" (bootstrap-t), "bca" or "percentile"; see resampling.share_interval.
        samples: bootstrap samples, and as many shuffles for p.
        seed: of both.

    Returns:
        The column named by `by`; value; share, low, high: per cent and its 95 % interval; difference,
        difference_low, difference_high: points above the share in all other outlets together; ratio to it,
        half a count added to both; count, of; articles: the outlet's, also those with nothing to count;
        p, q: a difference as large when articles are shuffled between outlets, and corrected for the number
        of rows (Benjamini & Hochberg 1995).

    Raises:
        ValueError: fewer than two outlets with two articles, or an unknown `what` or `method`.

    Intervals draw articles, not rows, from each outlet (cluster bootstrap; Davison & Hinkley 1997, 3.8).
    Limitation: of values of a few per cent in thirty articles an outlet 93 intervals in 100 hold the truth,
    not 95; see benchmarks/results/compare.json.
    """
    if what not in _PARTS or method not in ("t", "bca", "percentile"):
        raise ValueError(
            f"what={what!r}, method={method!r}: what can be {', '.join(map(repr, _PARTS))}; method 't', 'bca' or "
            f"'percentile'"
        )
    n, tables = len(tables.articles), without_copies(tables, copies)
    groups = outlets_of(tables.articles, by=by, without=n - len(tables.articles))
    counts, of, values = _per_article(_PARTS[what](tables), groups, top=top, whole=what == "mentioned")
    names, codes = np.unique(groups.to_numpy(dtype=object), return_inverse=True)
    full = np.bincount(codes, of) > 0
    if full.sum() < 2 or not values:
        there = ", ".join(names[full]) if values and full.any() else "no outlet"
        raise ValueError(f"fewer than two outlets have anything to count for what={what!r}: {there}")
    if not full.all():
        warn(f"left out: nothing to count for what={what!r} in {', '.join(names[~full])}")
        counts, of, codes = counts[full[codes]], of[full[codes]], (np.cumsum(full) - 1)[codes[full[codes]]]
        names = names[full]
    table = _table(counts, of, codes, method=method, samples=samples, seed=seed, shuffles=samples)
    table.insert(0, "value", np.repeat(values, len(names)))
    table.insert(0, by, np.tile(names, len(values)))
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy()))


def _per_article(
    rows: pd.DataFrame, groups: pd.Series, *, top: int, whole: bool
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Articles × values, the total of each article, and the values; an article with nothing has zeros."""
    rows = rows[rows["article_id"].isin(groups.index)]
    rows = rows.assign(n=rows.get("n", 1))
    of = rows.groupby("article_id")["n"].sum().reindex(groups.index, fill_value=0).to_numpy(float)
    named = rows[rows["value"] != ""]
    most = (
        named.groupby("value")["n"].sum().reset_index().sort_values(["n", "value"], ascending=[False, True])
    )
    values = most["value"].head(top).tolist()
    counts = named.pivot_table(index="article_id", columns="value", values="n", aggfunc="sum", fill_value=0)
    counts = counts.reindex(index=groups.index, columns=values, fill_value=0).to_numpy(float)
    return counts, np.ones(len(of)) if whole else of, values


def _table(
    counts: np.ndarray,
    of: np.ndarray,
    codes: np.ndarray,
    *,
    method: str,
    samples: int,
    shuffles: int,
    seed: int,
) -> pd.DataFrame:
    """One row per value and group, without their names; see shares."""
    rng = np.random.default_rng(seed)
    order, starts = np.argsort(codes, kind="stable"), np.searchsorted(np.sort(codes), np.unique(codes))
    counts, of = counts[order], of[order]
    parts = np.split(moments(counts, of), starts[1:])
    drawn = np.stack([resampled_sums(part, samples=samples, rng=rng) for part in parts])
    apart = chance(counts, of, starts, samples=shuffles, rng=rng)
    alike = [
        design_effect(np.concatenate([part[:, value] for part in parts])) for value in range(counts.shape[1])
    ]
    rows = []
    for value, group in np.ndindex(counts.shape[1], len(parts)):
        part = parts[group][:, value]
        others = np.concatenate([other[:, value] for g, other in enumerate(parts) if g != group])
        own = share_interval(part, drawn[group, :, value], method=method, alike=alike[value])
        elsewhere = np.delete(drawn[:, :, value], group, 0).sum(axis=0)
        rest = share_interval(others, elsewhere, method=method, alike=alike[value])
        difference = difference_interval(own, rest)
        (x, m), (y, n) = part.sum(axis=0)[:2], others.sum(axis=0)[:2]
        names = ("share", "low", "high", "difference", "difference_low", "difference_high")
        row = {name: 100 * number for name, number in zip(names, own + difference, strict=True)}
        row |= {"ratio": (x + 0.5) / (m + 1) / ((y + 0.5) / (n + 1))}
        less = np.abs(apart[:, group, value]) < abs(difference[0]) - 1e-12
        row |= {
            "count": int(x),
            "of": int(m),
            "articles": len(part),
            "p": (1 + (~less).sum()) / (1 + shuffles),
        }
        rows.append(row)
    return pd.DataFrame(rows)


def concentration(
    tables: Tables,
    *,
    by: str = "outlet",
    copies: str | pd.DataFrame = "each",
    samples: int = 2000,
    seed: int = SEED,
) -> pd.DataFrame:
    """One row per outlet and measure: how few sources share its quotes, with a 95 % interval over articles.

    Measures: "Gini" of quotes over the actors quoted at least once (0: all alike); "effective sources", the
    number of equally quoted actors with the same Shannon entropy (its exponential; Hill 1973); "top three",
    per cent of the quotes with an actor that the three most quoted speak; "unnamed", per cent of all quotes
    whose speaker is an unnamed person or group.

    Args:
        tables: as analyse gives them.
        by: the column of articles whose values are compared.
        copies: "each" wire copy counts, or "once"; or what wire_copies gave.
        samples: bootstrap samples for "unnamed".
        seed: of these.

    Returns:
        The column named by `by`; measure, estimate, low, high; actors and quotes that it is reckoned from;
        articles of the outlet. An outlet with quotes of actors in fewer than two articles is left out with a
        warning.

    Raises:
        ValueError: fewer than two outlets with two articles.

    More quotes show more sources, so the first three are biased in small samples. Their intervals leave out
    an article at a time (the jackknife; Zahl 1977), and hold the estimate as well as the one corrected for
    that bias. Limitation: for Gini this is not enough below some 100 articles an outlet (see the benchmark);
    compare outlets of like size.
    """
    n, tables = len(tables.articles), without_copies(tables, copies)
    groups = outlets_of(tables.articles, by=by, without=n - len(tables.articles))
    rng = np.random.default_rng(seed)
    rows, silent = [], []
    for name in sorted(groups.unique()):
        ids = pd.Index(groups.index[groups == name]).sort_values()
        said = tables.quotes[tables.quotes["article_id"].isin(ids)]
        named = said[said["actor"] != ""]
        if named["article_id"].nunique() < 2:
            silent.append(name)
            continue
        article, (actor, actors) = ids.get_indexer(named["article_id"]), pd.factorize(named["actor"])
        size = {"actors": len(actors), "quotes": len(named), "articles": len(ids)}
        for measure, interval in zip(_MEASURES, _jackknifed(article, actor, n=len(ids)), strict=True):
            rows.append({by: name, "measure": measure} | dict(zip(_ENDS, interval, strict=True)) | size)
        unnamed = said["speaker_type"].isin(["unnamed person", "unnamed group"])
        x, m = (
            np.bincount(ids.get_indexer(said["article_id"]), w, len(ids)) for w in (unnamed, unnamed | True)
        )
        part = moments(x[:, None], m)[:, 0]
        interval = share_interval(part, resampled_sums(part, samples=samples, rng=rng))
        row = {by: name, "measure": "unnamed"} | {
            end: 100 * n for end, n in zip(_ENDS, interval, strict=True)
        }
        rows.append(row | size | {"quotes": len(said)})
    if silent:
        warn(f"left out: quotes of actors in fewer than two articles of {', '.join(silent)}")
    table = pd.DataFrame(rows, columns=[by, "measure", *_ENDS, "actors", "quotes", "articles"])
    order = table["measure"].map([*_MEASURES, "unnamed"].index)
    return table.iloc[np.lexsort((table[by].to_numpy(str), order))].reset_index(drop=True)


_ENDS = ("estimate", "low", "high")
_MEASURES = {"Gini": (0.0, 1.0), "effective sources": (1.0, math.inf), "top three": (0.0, 100.0)}
_BLOCKS = 200  # articles are left out one at a time, or, of more articles, in as many blocks


def _measures(counts: np.ndarray) -> np.ndarray:
    """Gini, effective number and top-three per cent of each row of counts."""
    counts = -np.sort(-counts, axis=1)
    shares, present = counts / counts.sum(axis=1, keepdims=True), (counts > 0).sum(axis=1)
    gini = (present + 1 - 2 * shares @ np.arange(1, counts.shape[1] + 1)) / present
    entropy = -(shares * np.log(np.where(shares > 0, shares, 1))).sum(axis=1)
    return np.column_stack([gini, np.exp(entropy), 100 * shares[:, :3].sum(axis=1)])


def _jackknifed(article: np.ndarray, actor: np.ndarray, *, n: int) -> list[tuple[float, float, float]]:
    """Estimate, low and high of each measure; the effective number is reckoned as its logarithm, the entropy."""
    blocks = min(n, _BLOCKS)
    counts = np.zeros((blocks, actor.max() + 1))
    np.add.at(counts, (article % blocks, actor), 1)
    estimates = _measures(counts.sum(axis=0, keepdims=True))[0]
    found = []
    for column, (measure, limits) in enumerate(_MEASURES.items()):
        there, back = (np.log, np.exp) if measure == "effective sources" else (np.asarray, np.asarray)
        whole, less = there(estimates[column]), there(_measures(counts.sum(axis=0) - counts)[:, column])
        corrected = blocks * whole - (blocks - 1) * less.mean()
        error = math.sqrt((blocks - 1) / blocks * ((less - less.mean()) ** 2).sum())
        reach = student_t((1 + LEVEL) / 2, blocks - 1) * error
        ends = back(min(whole, corrected) - reach), back(max(whole, corrected) + reach)
        found.append((estimates[column], *(min(max(float(end), limits[0]), limits[1]) for end in ends)))
    return found
