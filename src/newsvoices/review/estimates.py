"""Shares that are corrected for what a check of some articles found."""

from pathlib import Path

import numpy as np
import pandas as pd

from ..losses import NothingToCompare, empty_where_nothing_to_compare
from ..schema import Tables
from ..statistics.counts import PARTS, per_article
from ..statistics.intervals import difference_interval
from .checked_articles import by_coder, located_checks, sampled_and_checked
from .difference_estimator import corrected_share

WAYS = ("naive", "alone", "corrected")


@empty_where_nothing_to_compare(
    {
        "value": "str",
        **{f"{way}{end}": "float64" for way in WAYS for end in ("", "_low", "_high")},
        **dict.fromkeys(("trust", "error_of_check", "error_of_corpus"), "float64"),
        **dict.fromkeys(("checked", "articles"), "int64"),
    }
)
def corrected_shares(
    tables: Tables,
    *,
    checks: str | Path | pd.DataFrame,
    what: str,
    by: str = "outlet",
    top: int = 12,
    fewest: int = 8,
    samples: int = 1000,
    seed: int = 20240328,
) -> pd.DataFrame:
    """One row per value and outlet: its share as the pipeline finds it, as checked, and corrected.

    Args:
        tables: as analyse gives them, without checks=.
        checks: what read_checks gives, or a path that it reads.
        what: as in `shares`. "mentioned" takes the articles of which names were checked, too.
        by: the column of articles whose values are compared.
        top: number of values, the most frequent first.
        fewest: articles that must be checked of each outlet. With four, the intervals still hold the truth but
            are some 40 points wide.
        samples: bootstrap samples.
        seed: of these.

    Returns:
        The column named by `by`; value; naive, alone (from the checked articles only) and corrected, per cent,
        each with its 95 % interval in …_low and …_high; trust: the weight of the pipeline's counts, from 0 to 1;
        error_of_check, error_of_corpus: the standard errors in points that shrink with articles checked, and with
        articles; checked, articles. See difference_estimator.corrected_share for the method (Egami, Hinck, Stewart & Wei
        2023; Angelopoulos, Duchi & Zrnic 2023). Where two coders differ, each counts half; agreement says how far.

    Raises:
        ValueError: an unknown `what` or `by`; tables that are corrected already; articles that were drawn from another
            corpus than it is now.

    With fewer checked than `fewest`, or none that were drawn at random, the frame is empty, and a warning says why.

    Limitation: what every coder misses stays unknown. See benchmarks/results/review.json for how often the
    intervals hold the truth.
    """
    if what not in PARTS or by not in tables.articles:
        raise ValueError(
            f"what={what!r}, by={by!r}: what can be {', '.join(map(repr, PARTS))}; by, a column of articles"
        )
    facts = located_checks(tables, checks)
    if what == "mentioned":
        facts = facts[(facts["about"] != "article") | (facts["answer"] == "checked with names")]
    checked = sampled_and_checked(tables, facts)
    groups = tables.articles.set_index("article_id")[by].astype("str").fillna("").sort_index()
    groups = groups[groups != ""]
    checked = checked[checked.index.isin(groups.index)]
    n = groups[checked.index].value_counts().reindex(sorted(groups.unique()), fill_value=0)
    if (n < fewest).any():
        few = ", ".join(f"{name}: {number}" for name, number in n[n < fewest].items())
        raise NothingToCompare(
            f"too few articles checked for an interval ({few}): check {fewest} of each {by}, or say fewest=, and have wide intervals"
        )
    machine, truth, values = _counts(tables, facts, groups, checked, what=what, top=top)
    rng = np.random.default_rng(seed)
    rows = []
    for value, name in ((value, name) for value in range(len(values)) for name in n.index):
        here, own = groups.to_numpy() == name, groups[checked.index].to_numpy() == name
        at = np.flatnonzero(np.isin(groups.index[here], checked.index))
        counts = machine[here][:, [value, -1]], truth[own][:, [value, -1]]
        row = {by: name, "value": values[value]}
        row |= _three_ways(*counts, at=at, weight=checked["weight"].to_numpy()[own], samples=samples, rng=rng)
        rows.append(row | {"checked": int(own.sum()), "articles": int(here.sum())})
    return pd.DataFrame(rows)


def _counts(
    tables: Tables, facts: pd.DataFrame, groups: pd.Series, checked: pd.DataFrame, *, what: str, top: int
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Articles × (values, total) of the pipeline and of those checked, the mean of their coders; and the values."""
    whole = what == "mentioned"
    views = [(ids, PARTS[what](view)) for _, ids, view in by_coder(tables, facts)]
    seen = pd.concat(
        [PARTS[what](tables), *(rows[rows["article_id"].isin(checked.index)] for _, rows in views)]
    )
    values = per_article(seen, groups, top=top, whole=whole)[2]
    machine = np.column_stack(
        per_article(PARTS[what](tables), groups, top=top, whole=whole, values=values)[:2]
    )
    total, coders = np.zeros((len(checked), machine.shape[1])), np.zeros(len(checked))
    for ids, rows in views:
        own = np.column_stack(per_article(rows, checked["weight"], top=top, whole=whole, values=values)[:2])
        own_articles = checked.index.isin(ids)
        total[own_articles] += own[own_articles]
        coders += own_articles
    return machine, total / coders[:, None], values


def _three_ways(
    machine: np.ndarray,
    truth: np.ndarray,
    *,
    at: np.ndarray,
    weight: np.ndarray,
    samples: int,
    rng: np.random.Generator,
) -> dict[str, float]:
    everything = np.arange(len(machine))
    found = {
        "naive": corrected_share(machine, machine, checked=everything, tuning=0, samples=samples, rng=rng),
        "alone": corrected_share(
            machine, truth, checked=at, weight=weight, tuning=0, samples=samples, rng=rng
        ),
        "corrected": corrected_share(machine, truth, checked=at, weight=weight, samples=samples, rng=rng),
    }
    row = {}
    for way, (share, low, high, *_) in found.items():
        row |= {way: 100 * share, f"{way}_low": 100 * low, f"{way}_high": 100 * high}
    errors = {name: 100 * getattr(found["corrected"], name) for name in ("error_of_check", "error_of_corpus")}
    return row | {"trust": found["corrected"].tuning} | errors


def share_differences(shares: pd.DataFrame) -> pd.DataFrame:
    """One row per value and pair of outlets: the difference of their shares, in points, in each of the three ways.

    Args:
        shares: from corrected_shares.

    Returns:
        value, one, other; naive, alone and corrected with …_low and …_high, from the intervals of the shares
        (square and add; Zou & Donner 2008). An interval without 0 is a finding.

    Limitation: of many pairs, one in twenty has such an interval by chance.
    """
    by = shares.columns[0]
    rows = []
    for value, own in shares.groupby("value", sort=False):
        outlets = own.to_dict("records")
        for number, one in enumerate(outlets):
            for other in outlets[number + 1 :]:
                row = {"value": value, "one": one[by], "other": other[by]}
                for way in WAYS:
                    names = (way, f"{way}_low", f"{way}_high")
                    ends = difference_interval(
                        *(tuple(side[name] for name in names) for side in (one, other))
                    )
                    row |= dict(zip(names, ends, strict=True))
                rows.append(row)
    return pd.DataFrame(
        rows,
        columns=["value", "one", "other", *(f"{way}{end}" for way in WAYS for end in ("", "_low", "_high"))],
    )
