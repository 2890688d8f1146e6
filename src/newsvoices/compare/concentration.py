"""How few sources an outlet's quotes come from, with intervals over articles."""

import math

import numpy as np
import pandas as pd

from ..losses import empty_where_nothing_to_compare, warn
from ..reuse.wire_copies import without_copies
from ..schema import Tables
from ..statistics.intervals import LEVEL, moments, resampled_sums, share_interval, student_t
from .grouping import SEED, outlets_of

ENDS = ("estimate", "low", "high")
MEASURES = {"Gini": (0.0, 1.0), "effective sources": (1.0, math.inf), "top three": (0.0, 100.0)}
BLOCKS = 200  # articles are left out one at a time, or, of more articles, in as many blocks


@empty_where_nothing_to_compare(
    {
        "measure": "str",
        **dict.fromkeys(ENDS, "float64"),
        **dict.fromkeys(("actors", "quotes", "articles"), "int64"),
    }
)
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
        warning; no rows where that is all of them.

    With fewer than two outlets of two articles the frame is empty, with a warning.

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
        for measure, interval in zip(MEASURES, _jackknifed(article, actor, n=len(ids)), strict=True):
            rows.append({by: name, "measure": measure} | dict(zip(ENDS, interval, strict=True)) | size)
        unnamed = said["speaker_type"].isin(["unnamed person", "unnamed group"])
        x, m = (
            np.bincount(ids.get_indexer(said["article_id"]), w, len(ids)) for w in (unnamed, unnamed | True)
        )
        part = moments(x[:, None], m)[:, 0]
        interval = share_interval(part, resampled_sums(part, samples=samples, rng=rng))
        row = {by: name, "measure": "unnamed"} | {end: 100 * n for end, n in zip(ENDS, interval, strict=True)}
        rows.append(row | size | {"quotes": len(said)})
    if silent:
        warn(f"left out: quotes of actors in fewer than two articles of {', '.join(silent)}")
    table = pd.DataFrame(rows, columns=[by, "measure", *ENDS, "actors", "quotes", "articles"])
    order = table["measure"].map([*MEASURES, "unnamed"].index)
    return table.iloc[np.lexsort((table[by].to_numpy(str), order))].reset_index(drop=True)


def _measures(counts: np.ndarray) -> np.ndarray:
    """Gini, effective number and top-three per cent of each row of counts."""
    counts = -np.sort(-counts, axis=1)
    shares, present = counts / counts.sum(axis=1, keepdims=True), (counts > 0).sum(axis=1)
    gini = (present + 1 - 2 * shares @ np.arange(1, counts.shape[1] + 1)) / present
    entropy = -(shares * np.log(np.where(shares > 0, shares, 1))).sum(axis=1)
    return np.column_stack([gini, np.exp(entropy), 100 * shares[:, :3].sum(axis=1)])


def _jackknifed(article: np.ndarray, actor: np.ndarray, *, n: int) -> list[tuple[float, float, float]]:
    """Estimate, low and high of each measure; the effective number is reckoned as its logarithm, the entropy."""
    blocks = min(n, BLOCKS)
    counts = np.zeros((blocks, actor.max() + 1))
    np.add.at(counts, (article % blocks, actor), 1)
    estimates = _measures(counts.sum(axis=0, keepdims=True))[0]
    found = []
    for column, (measure, limits) in enumerate(MEASURES.items()):
        transform, inverse = (np.log, np.exp) if measure == "effective sources" else (np.asarray, np.asarray)
        whole, left_out = (
            transform(estimates[column]),
            transform(_measures(counts.sum(axis=0) - counts)[:, column]),
        )
        corrected = blocks * whole - (blocks - 1) * left_out.mean()
        error = math.sqrt((blocks - 1) / blocks * ((left_out - left_out.mean()) ** 2).sum())
        margin = student_t((1 + LEVEL) / 2, blocks - 1) * error
        ends = inverse(min(whole, corrected) - margin), inverse(max(whole, corrected) + margin)
        found.append((estimates[column], *(min(max(float(end), limits[0]), limits[1]) for end in ends)))
    return found
