"""Intervals and tests over articles: what one article says together is drawn together, never row by row."""

import math
from collections.abc import Iterator
from statistics import NormalDist

import numpy as np

LEVEL = 0.95
CELLS = 4_000_000  # drawn at a time: bounds memory


def bootstrap_counts(n: int, *, samples: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """How often each of n articles is drawn, as matrices of samples × n, a few samples at a time."""
    step = max(1, CELLS // max(n, 1))
    for done in range(0, samples, step):
        yield rng.multinomial(n, np.full(n, 1 / n), size=min(step, samples - done)).astype(float)


def resampled_sums(values: np.ndarray, *, samples: int, rng: np.random.Generator) -> np.ndarray:
    """Sums over articles (the first axis of `values`) in each bootstrap sample (the first axis of the result)."""
    flat = values.reshape(len(values), -1)
    sums = [weights @ flat for weights in bootstrap_counts(len(values), samples=samples, rng=rng)]
    return np.concatenate(sums).reshape(samples, *values.shape[1:])


def permuted_differences(
    counts: np.ndarray, of: np.ndarray, starts: np.ndarray, *, samples: int, rng: np.random.Generator
) -> np.ndarray:
    """What a permutation test compares with: differences between groups once articles are shuffled between them.

    Args:
        counts: articles × values, those of a group in a row.
        of: of how many they are, an article each.
        starts: group g begins at article starts[g].
        samples: number of shuffles.
        rng: draws them.

    Returns:
        samples × groups × values: each group's share less that of all the others together.
    """
    both = np.column_stack([counts, of])
    total, found = both.sum(axis=0), []
    for _ in range(samples):
        own = np.add.reduceat(both[rng.permutation(len(both))], starts, axis=0)
        rest = total - own
        with np.errstate(divide="ignore", invalid="ignore"):
            found.append(own[:, :-1] / own[:, -1:] - rest[:, :-1] / rest[:, -1:])
    return np.stack(found)


def bootstrap_interval(
    estimate: float, replicates: np.ndarray, jackknife: np.ndarray, *, n: int, method: str
) -> tuple[float, float]:
    """The 95 % interval from bootstrap replicates.

    Args:
        estimate: the statistic of all articles.
        replicates: the statistic of each bootstrap sample; those without a value (nan) are passed over.
        jackknife: the statistic with each article left out once; only "bca" reads it.
        n: number of articles; of two groups, that of the smaller one.
        method: "percentile" or "bca" (bias-corrected and accelerated; Efron 1987).

    With few articles the bootstrap is too narrow, so the quantiles are taken further out, as Student's t
    does for a mean (Hesterberg 2015).
    """
    replicates, jackknife = replicates[~np.isnan(replicates)], jackknife[~np.isnan(jackknife)]
    if not len(replicates):
        return estimate, estimate
    normal = NormalDist()
    outer = student_t((1 + LEVEL) / 2, n - 1) * math.sqrt(n / (n - 1))
    levels = [normal.cdf(-outer), normal.cdf(outer)]
    if method == "bca":
        below = np.mean(replicates < estimate) + np.mean(replicates == estimate) / 2
        bias = normal.inv_cdf(min(max(below, 1e-4), 1 - 1e-4))
        influence = jackknife.mean() - jackknife if len(jackknife) else np.zeros(1)
        scale = (influence**2).sum() ** 1.5
        skew = (influence**3).sum() / (6 * scale) if scale > 0 else 0.0
        levels = [normal.cdf(bias + (bias + z) / max(1 - skew * (bias + z), 0.1)) for z in (-outer, outer)]
    low, high = (float(q) for q in np.quantile(replicates, levels))
    return low, high


def moments(counts: np.ndarray, of: np.ndarray) -> np.ndarray:
    """What share_interval needs summed: articles × values × (x, m, xx, xm, mm), m being of how many x is."""
    of = np.broadcast_to(of[:, None], counts.shape)
    return np.stack([counts, of, counts**2, counts * of, of**2], axis=-1)


def share_interval(
    parts: np.ndarray, drawn: np.ndarray, *, method: str = "t", rows_per_draw: float | None = None
) -> tuple[float, float, float]:
    """A share Σx / Σm with its 95 % interval: share, low, high.

    Args:
        parts: the moments of one value, a row per article.
        drawn: their sums, a row per bootstrap sample.
        method: "percentile", "bca", or "t": the bootstrap-t (Efron & Tibshirani 1993, ch. 12) with the
            linearised error of a ratio, and neither end closer than that of the t interval of the logit.
            Of the three it alone holds what it promises for rare values and few articles; see
            benchmarks/compare.py.
        rows_per_draw: how many rows are worth one independent draw (the design effect), where this part cannot
            tell; as many as there are in an article by default, which is the safe side.

    Where every article is one yes or no, nothing clusters, and "t" gives the score interval (Wilson 1927).
    At none and at all no bootstrap can tell; there the exact binomial bound stands in (Clopper & Pearson
    1934) for as many draws as the rows are worth.
    """
    n, (count, total) = len(parts), parts.sum(axis=0)[:2]
    share = count / total
    bound = ((1 - LEVEL) / 2) ** (max(rows_per_draw or total / n, 1.0) / total)
    if count <= 0 or count >= total:
        return (share, 0.0, 1 - bound) if count <= 0 else (share, bound, 1.0)
    if method == "t" and (parts[:, 1] == 1).all() and (parts[:, 2] == parts[:, 0]).all():
        low, high = _wilson(share, n)
    elif method == "t":
        low, high = _studentised(share, parts.sum(axis=0), drawn, n=n)
    else:
        low, high = bootstrap_interval(
            share, _ratio(drawn), _ratio(parts.sum(axis=0) - parts), n=n, method=method
        )
    return share, max(low, 0.0), min(high, 1.0)


def design_effect(parts: np.ndarray) -> float:
    """How many rows are worth one independent draw, by how a value clusters in articles (Kish 1965)."""
    sums = parts.sum(axis=0)
    share = sums[0] / sums[1]
    if not 0 < share < 1:
        return sums[1] / len(parts)
    return float(_error(sums[None, :], len(parts))[0] ** 2 * sums[1] / (share * (1 - share)))


def _wilson(share: float, n: int) -> tuple[float, float]:
    z = NormalDist().inv_cdf((1 + LEVEL) / 2) ** 2 / n
    middle, width = share + z / 2, math.sqrt(z * (share * (1 - share) + z / 4))
    return (middle - width) / (1 + z), (middle + width) / (1 + z)


def _studentised(share: float, total: np.ndarray, drawn: np.ndarray, *, n: int) -> tuple[float, float]:
    error = float(_error(total[None, :], n)[0])
    margin = student_t((1 + LEVEL) / 2, n - 1) * error / (share * (1 - share))
    logit = math.log(share / (1 - share))
    wald = [1 / (1 + math.exp(-max(min(logit + side * margin, 700), -700))) for side in (-1, 1)]
    with np.errstate(divide="ignore", invalid="ignore"):
        t_values = (_ratio(drawn) - share) / _error(drawn, n)
    t_values = t_values[np.isfinite(t_values)]
    low, high = np.quantile(t_values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if len(t_values) else (0.0, 0.0)
    return min(share - float(high) * error, wald[0]), max(share - float(low) * error, wald[1])


def _error(sums: np.ndarray, n: int) -> np.ndarray:
    """The linearised standard error of each row's ratio, articles being the units."""
    x, m, xx, xm, mm = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        share = x / m
        return np.sqrt(np.maximum(n / (n - 1) * (xx - 2 * share * xm + share**2 * mm), 0)) / m


def _ratio(sums: np.ndarray) -> np.ndarray:
    """First column over second; nan where a sample drew only articles with nothing in them."""
    return np.divide(sums[:, 0], sums[:, 1], out=np.full(len(sums), np.nan), where=sums[:, 1] > 0)


def difference_interval(
    one: tuple[float, float, float], two: tuple[float, float, float]
) -> tuple[float, float, float]:
    """The difference of two shares, its interval from theirs (square and add; Zou & Donner 2008)."""
    (share, low, high), (other, other_low, other_high) = one, two
    down, up = math.hypot(share - low, other_high - other), math.hypot(high - share, other - other_low)
    return share - other, share - other - down, share - other + up


def student_t(level: float, degrees: int) -> float:
    """The quantile of Student's t; from 3 degrees on an expansion (Cornish & Fisher), right to 1 %.

    >>> round(student_t(0.975, 11), 2), round(student_t(0.975, 2), 2)
    (2.2, 4.3)
    """
    if degrees == 1:
        return math.tan(math.pi * (level - 0.5))
    if degrees == 2:
        return (2 * level - 1) / math.sqrt(2 * level * (1 - level))
    z, v = NormalDist().inv_cdf(level), degrees
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """p-values adjusted for being many: the expected share of false finds at each (Benjamini & Hochberg 1995).

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    p = np.asarray(p, dtype=float)
    order = np.argsort(-p, kind="stable")
    steps = p[order] * len(p) / np.arange(len(p), 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.minimum.accumulate(steps), 1)
    return adjusted
