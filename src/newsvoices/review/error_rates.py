"""How often the pipeline is right, by the articles that people checked."""

from pathlib import Path

import numpy as np
import pandas as pd

from ..evaluate import match_quotes
from ..losses import empty_where_nothing_to_compare
from ..schema import Tables
from .checked_articles import by_coder, located_checks, sampled_and_checked
from .difference_estimator import corrected_share

KINDS = ("all", "direct", "mixed", "indirect")
MEASURES = ("recall", "precision", "right speaker", "right type")


@empty_where_nothing_to_compare(
    {
        **dict.fromkeys(("kind", "measure"), "str"),
        **dict.fromkeys(("share", "low", "high", "of"), "float64"),
        "articles": "int64",
    }
)
def error_rates(
    tables: Tables,
    *,
    checks: str | Path | pd.DataFrame,
    by: str = "outlet",
    samples: int = 1000,
    seed: int = 20240328,
) -> pd.DataFrame:
    """One row per outlet, kind of quote and measure: how often the pipeline is right, with a 95 % interval.

    Args:
        tables: as analyse gives them, without checks=.
        checks: what read_checks gives, or a path that it reads.
        by: the column of articles whose values are told apart; "all" stands for all of them.
        samples: bootstrap samples.
        seed: of these.

    Returns:
        The column named by `by`; kind: direct, mixed, indirect (the person's word, for precision the
        pipeline's) or all; measure: recall, precision, and of the quotes found right speaker (the words overlap,
        or neither has one) and right type; share, low, high in per cent, articles being the units; of: quotes
        (where two coders checked an article, the mean of both); articles.

    Raises:
        ValueError: the tables are corrected already. Where no article was drawn at random and checked, the frame is
            empty, and a warning says so.

    Limitation: a quote is found when it shares half of its characters; finer faults of its bounds do not show.
    """
    facts = located_checks(tables, checks)
    checked = sampled_and_checked(tables, facts)
    groups = tables.articles.set_index("article_id")[by].astype("str").fillna("")[checked.index].to_numpy()
    counts = _per_article(tables, facts, checked.index)
    rng, rows = np.random.default_rng(seed), []
    for name in [*np.unique(groups), "all"]:
        own = (groups == name) | (name == "all")
        for (kind, measure), pair in counts.items():
            if own.sum() > 1 and pair[own, 1].sum() > 0:
                found = corrected_share(
                    pair[own], pair[own], checked=np.arange(own.sum()), weight=checked["weight"].to_numpy()[own],
                    tuning=0, samples=samples, rng=rng,
                )  # fmt: skip
                row = {by: name, "kind": kind, "measure": measure}
                row |= {end: 100 * value for end, value in zip(("share", "low", "high"), found, strict=False)}
                rows.append(row | {"of": pair[own, 1].sum(), "articles": int(own.sum())})
    return pd.DataFrame(rows, columns=[by, "kind", "measure", "share", "low", "high", "of", "articles"])


def _per_article(tables: Tables, facts: pd.DataFrame, ids: pd.Index) -> dict[tuple[str, str], np.ndarray]:
    """For each kind and measure, articles × (right, of how many), the mean of the article's coders."""
    counts = {(kind, measure): np.zeros((len(ids), 2)) for kind in KINDS for measure in MEASURES}
    coders = np.zeros(len(ids))
    for _, done, view in by_coder(tables, facts):
        here = ids.intersection(done)
        coders += ids.isin(here)
        for key, rows in _compared(tables.quotes, view.quotes, here).items():
            for column, row in enumerate(rows):
                counts[key][:, column] += row["article_id"].value_counts().reindex(ids, fill_value=0)
    return {key: pair / coders[:, None] for key, pair in counts.items()}


def _compared(
    machine: pd.DataFrame, truth: pd.DataFrame, ids: pd.Index
) -> dict[tuple[str, str], tuple[pd.DataFrame, pd.DataFrame]]:
    """For each kind and measure the rows that are right and those that they are of."""
    machine, truth = (rows[rows["article_id"].isin(ids)] for rows in (machine, truth))
    pairs = match_quotes(machine, truth)
    ours, theirs = (
        rows.loc[pairs[side]].reset_index(drop=True) for rows, side in ((machine, "found"), (truth, "gold"))
    )
    overlap = (ours["speaker_start"] < theirs["speaker_end"]) & (
        theirs["speaker_start"] < ours["speaker_end"]
    )
    speaker = overlap.fillna(False).astype(bool) | ((ours["speaker"] == "") & (theirs["speaker"] == ""))
    same_type = ours["speaker_type"] == theirs["speaker_type"]
    measures = {
        "recall": (theirs, truth),
        "precision": (ours, machine),
        "right speaker": (theirs[speaker], theirs),
        "right type": (theirs[same_type], theirs),
    }
    return {
        (kind, measure): tuple(rows if kind == "all" else rows[rows["kind"] == kind] for rows in pair)
        for kind in KINDS
        for measure, pair in measures.items()
    }
