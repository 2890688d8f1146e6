"""The articles that were drawn and checked, with their weights, and the tables as each coder would have them."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ..check_files.read import read_checks
from ..checks.apply import apply_checks
from ..checks.places import located
from ..losses import LossWarning, NothingToCompare, first_of, warn
from ..schema import Tables


def located_checks(tables: Tables, checks: str | Path | pd.DataFrame) -> pd.DataFrame:
    """What people said of these articles, placed in their texts; warns of what cannot be.

    Raises:
        ValueError: checks have been applied to the tables, so that the pipeline's error no longer shows.
    """
    if "checked" in tables.quotes:
        raise ValueError("these tables have been corrected: give those of analyse without checks=")
    facts, problems = located(checks if isinstance(checks, pd.DataFrame) else read_checks(checks), tables)
    if problems:
        said = [f"{item['article_id']}: {item['problem']}" for item in problems]
        warn(f"checks that are left out: {len(said)} ({first_of(said)})")
    return facts


def sampled_and_checked(tables: Tables, facts: pd.DataFrame) -> pd.DataFrame:
    """One row per article that was drawn at random and checked as a whole: its weight, by article_id.

    Weights make up for drawn articles that have not been checked yet, which a warning counts.

    Raises:
        ValueError: there is none, or articles have come to a stratum after the draw.
    """
    drawn = (
        facts[facts["about"] == "drawn"].drop_duplicates("article_id", keep="last").set_index("article_id")
    )
    for stratum, of in drawn.groupby("stratum")["of"].max().items():
        column, _, value = stratum.partition(": ")
        now = int((tables.articles[column].astype("str") == value).sum()) if column in tables.articles else of
        if now != of:
            raise ValueError(
                f"the articles to check were drawn from {of:.0f} of {stratum}, which has {now} now: draw a sample "
                "again; what was checked stays"
            )
    done = set(facts.loc[facts["about"] == "article", "article_id"])
    checked = drawn[drawn.index.isin(done)]
    chosen = len(done - set(checked.index))
    if checked.empty:
        raise NothingToCompare(
            f"no article was drawn at random and checked as a whole ({chosen} were checked without being drawn): "
            "see draw_sample"
        )
    if chosen:
        warn(f"left out: {chosen} checked articles that were not drawn at random")
    if waiting := len(drawn) - len(checked):
        said = f"{waiting} of {len(drawn)} articles drawn are not checked yet"
        warn(f"{said}; the estimates hold if chance decides which")
    part = checked["stratum"].map(checked["stratum"].value_counts() / drawn["stratum"].value_counts())
    return pd.DataFrame({"weight": 1 / (checked["probability"] * part)}).sort_index()


def by_coder(tables: Tables, facts: pd.DataFrame) -> Iterator[tuple[str, list[str], Tables]]:
    """Each coder, the articles this one checked as a whole, and the tables with this one's corrections alone."""
    for coder, own in facts.groupby("coder"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LossWarning)  # located_checks has told
            corrected = apply_checks(tables, own)
        yield coder, own.loc[own["about"] == "article", "article_id"].tolist(), corrected
