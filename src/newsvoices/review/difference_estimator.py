"""A share in all articles, from what the machine finds in each of them and a person found in some."""

import math
from typing import NamedTuple

import numpy as np

from ..statistics.intervals import LEVEL, bootstrap_counts, student_t

_MANY = 500  # articles checked: their sums are normal, and no bootstrap is needed
_FITS = 3  # the share that the tuning is reckoned with is the one before; it no longer moves after three


class Estimate(NamedTuple):
    """A share with its 95 % interval; tuning is how far the machine is trusted, from 0 to 1.

    The two standard errors are those that would be left if everything else were known: the one shrinks with the
    articles checked, the other with the articles of the corpus.
    """

    share: float
    low: float
    high: float
    tuning: float
    error_of_check: float
    error_of_corpus: float


class _Fit(NamedTuple):
    """One entry per bootstrap sample; variances: of the check, of the corpus."""

    share: np.ndarray
    tuning: np.ndarray
    check: np.ndarray
    corpus: np.ndarray

    @property
    def error(self) -> np.ndarray:
        return np.sqrt(self.check + self.corpus)


def corrected_share(
    machine: np.ndarray,
    truth: np.ndarray,
    *,
    checked: np.ndarray,
    rng: np.random.Generator,
    weight: np.ndarray | None = None,
    tuning: float | None = None,
    samples: int = 1000,
) -> Estimate:
    """The share Σx / Σm of one outlet, articles being the units.

    The difference estimator of a ratio: what the machine finds in all articles, times λ, and what the person
    found beyond that in those checked, weighted up. λ makes the variance least (power tuning; Angelopoulos,
    Duchi & Zrnic 2023): 1 for a perfect machine, 0 for one that tells nothing. The variance is linearised; the
    interval is the wider, at each end, of the t interval of the logit and the bootstrap-t over articles. It
    speaks of the outlet, of which these articles are a sample, as the intervals of `shares` do.

    Args:
        machine: x and m of every article, as found by the pipeline.
        truth: x and m of those checked, as found by a person.
        checked: which these are.
        rng: for the bootstrap.
        weight: of each of them, one over its probability; all alike by default.
        tuning: λ, if it is not to be estimated; 0 gives the estimate from the checked articles alone.
        samples: of the bootstrap; none are drawn where five hundred are checked.

    Limitation: shares of a few per cent, with ten articles checked, have an interval that is wide rather than right.
    """
    total, n = len(machine), len(checked)
    if truth[:, 1].sum() == 0:
        return Estimate(math.nan, 0.0, 1.0, 0.0, math.nan, math.nan)
    weight = np.ones(n) if weight is None else weight
    tuning = 0.0 if n == total else tuning  # all are checked: nothing is left for the machine to tell
    own, rest = _sums(machine[checked], truth, weight), np.delete(machine, checked, axis=0)
    size = {"n": n, "total": total, "spread": np.cov(machine.T), "tuning": tuning}
    fit = _Fit(*(float(value[0]) for value in _fitted(own.sum(axis=0)[None], rest.sum(axis=0), **size)))
    samples = samples if n <= _MANY else 1
    drawn = np.concatenate([times @ own for times in bootstrap_counts(n, samples=samples, rng=rng)])
    others = rest.sum(axis=0) + np.zeros((samples, 2))
    if len(rest) > 1:  # so many that their sums are normal
        others += rng.multivariate_normal(np.zeros(2), len(rest) * np.cov(rest.T), samples, method="svd")
    return _interval(fit, _fitted(drawn, others, **size), n=n, total=total, estimated=tuning is None)


def _sums(machine: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """What _fitted needs summed over checked articles: weighted first and second moments, and the machine's counts."""
    row = np.column_stack([np.ones(len(truth)), truth, machine])
    products = (weight**2)[:, None, None] * row[:, :, None] * row[:, None, :]
    return np.column_stack([weight[:, None] * row, products.reshape(len(row), 25), machine])


def _fitted(
    sums: np.ndarray, rest: np.ndarray, *, n: int, total: int, spread: np.ndarray, tuning: float | None
) -> _Fit:
    """Share, error and tuning from sums, a row per bootstrap sample."""
    means, products = sums[:, 1:5] / sums[:, :1], sums[:, 5:30].reshape(-1, 5, 5)
    scale = n**2 / (n - 1) / sums[:, 0] ** 2
    whole = (sums[:, 30:] + rest) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        share = means[:, 0] / means[:, 1]
        for _ in range(_FITS):
            residual, predicted = _directions(means, share)
            ours, others = ((products @ side[:, :, None])[:, :, 0] for side in (residual, predicted))
            own, both, theirs = (
                scale * (one * two).sum(axis=1)
                for one, two in ((residual, ours), (residual, others), (predicted, others))
            )
            known = theirs > 1e-12
            power = np.full(len(sums), tuning, float) if tuning is not None else np.clip(both / theirs, 0, 1)
            power = np.where(known, power, 0.0)
            estimate = means[:, :2] + power[:, None] * (whole - means[:, 2:])
            share = estimate[:, 0] / estimate[:, 1]
        free = np.where(
            (power > 0) & (tuning is None), (n - 1) / max(n - 2, 1), 1.0
        )  # λ costs a degree of freedom
        check = free * (own - 2 * power * both + power**2 * theirs) / n
        everywhere = spread[0, 0] - 2 * share * spread[0, 1] + share**2 * spread[1, 1]
        corpus = (2 * power * (both - power * theirs) + power**2 * everywhere) / total
        check = np.maximum(check, 0)
        corpus = np.maximum(corpus, -check)
        return _Fit(share, power, check / estimate[:, 1] ** 2, corpus / estimate[:, 1] ** 2)


def _directions(means: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """X − share·m of truth and of the machine, about their means, as weights of (1, x, m, machine's x, its m)."""
    zero, one = np.zeros_like(share), np.ones_like(share)
    truth = [share * means[:, 1] - means[:, 0], one, -share, zero, zero]
    machine = [share * means[:, 3] - means[:, 2], zero, zero, one, -share]
    return np.stack(truth, axis=1), np.stack(machine, axis=1)


def _interval(fit: _Fit, drawn: _Fit, *, n: int, total: int, estimated: bool) -> Estimate:
    share, error = fit.share, float(fit.error)
    parts = (fit.tuning, math.sqrt(fit.check), math.sqrt(max(fit.corpus, 0)))
    if not 0 < share < 1 and error < 1e-12:  # none or all: the exact bound, an article being one draw
        edge = 1 - ((1 - LEVEL) / 2) ** (1 / n)
        return Estimate(share, *((0.0, edge) if share <= 0 else (1 - edge, 1.0)), *parts)
    degrees = n - 1 - (estimated and fit.tuning > 0)
    if error > 0:  # Satterthwaite 1946
        degrees = error**4 / (fit.check**2 / max(degrees, 1) + fit.corpus**2 / (total - 1))
    reach = student_t((1 + LEVEL) / 2, max(int(degrees), 1)) * error
    low, high = share - reach, share + reach
    if 0 < share < 1:
        logit, reach = math.log(share / (1 - share)), reach / (share * (1 - share))
        low, high = (1 / (1 + math.exp(-min(max(logit + side * reach, -700), 700))) for side in (-1, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        away = (drawn.share - share) / drawn.error
    away = away[np.isfinite(away)]
    if len(away) > 1:
        first, last = np.quantile(away, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        low, high = min(low, share - float(last) * error), max(high, share - float(first) * error)
    share = min(max(share, 0.0), 1.0)
    return Estimate(share, max(low, 0.0), min(high, 1.0), *parts)
