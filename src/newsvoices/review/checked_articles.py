"""The articles that were drawn and checked, with their weights, and the tables as each coder would have them."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ..checks.apply import apply_checks
from ..checks.ledger import hash_of
from ..checks.read import read_checks
from ..losses import LossWarning, warn
from ..schema import Tables


def machine_tables(tables: Tables) -> Tables:
    """The tables, if they are the pipeline's own.

    Raises:
        ValueError: checks have been applied to them, so that the error no longer shows.
    """
    if "checked" in tables.quotes:
        raise ValueError("these tables have been corrected: give those of analyse without checks=")
    return tables


def facts_of(checks: str | Path | pd.DataFrame) -> pd.DataFrame:
    """What read_checks gives, from a path or as it is."""
    return checks if isinstance(checks, pd.DataFrame) else read_checks(checks)


def drawn_and_checked(tables: Tables, facts: pd.DataFrame) -> pd.DataFrame:
    """One row per article that was drawn at random and checked as a whole: article_id, stratum, weight, coders.

    coders are the names of those who checked it, joined by "; ". Weights make up for drawn articles that have
    not been checked yet, which a warning counts.

    Raises:
        ValueError: none was, or articles have come to a stratum after the draw.
    """
    ids = tables.articles.assign(text_hash=tables.articles["text"].map(hash_of))
    done = (
        facts[facts["about"] == "article"]
        .groupby("text_hash")["coder"]
        .agg(lambda names: "; ".join(sorted(set(names))))
    )
    drawn = facts[facts["about"] == "drawn"].drop_duplicates("text_hash", keep="last")
    drawn = drawn[["text_hash", "stratum", "probability", "of"]].merge(
        ids[["article_id", "text_hash"]], on="text_hash"
    )
    for stratum, of in drawn.groupby("stratum")["of"].max().items():
        column, _, value = stratum.partition(": ")
        if column in ids and (now := int((ids[column].astype("str") == value).sum())) != of:
            raise ValueError(
                f"the articles to check were drawn from {of:.0f} of {stratum}, which has {now} now: draw a sample again; what was checked stays"
            )
    drawn["coders"] = drawn["text_hash"].map(done).fillna("").astype("str")
    checked = drawn[drawn["coders"] != ""]
    chosen = len(set(done.index) & set(ids["text_hash"]) - set(checked["text_hash"]))
    if checked.empty:
        raise ValueError(
            f"no article was drawn at random and checked as a whole ({chosen} were checked without being drawn): see draw_sample"
        )
    if chosen:
        warn(f"left out: {chosen} checked articles that were not drawn at random")
    if waiting := len(drawn) - len(checked):
        warn(
            f"{waiting} of {len(drawn)} articles drawn are not checked yet; the estimates hold if chance decided which"
        )
    share = drawn["stratum"].map(checked["stratum"].value_counts() / drawn["stratum"].value_counts())
    return checked.assign(weight=1 / (checked["probability"] * share[checked.index]))[
        ["article_id", "stratum", "weight", "coders"]
    ]


def by_coder(tables: Tables, facts: pd.DataFrame) -> Iterator[tuple[str, list[str], Tables]]:
    """Each coder, the articles this one checked as a whole, and the tables with this one's corrections alone."""
    ids = tables.articles.assign(text_hash=tables.articles["text"].map(hash_of))
    for coder, own in facts.groupby("coder"):
        done = own.loc[own["about"] == "article", "text_hash"]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LossWarning)  # apply_checks on all of them has told
            yield (
                coder,
                ids.loc[ids["text_hash"].isin(done), "article_id"].tolist(),
                apply_checks(tables, own),
            )
