"""What people said of the articles, put into the tables; and what of it cannot be."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from ..actors.resolve import actors_table
from ..check_files.read import read_checks
from ..losses import first_of, warn
from ..schema import Tables
from .actors import with_actors
from .places import located
from .quotes import with_quotes
from .relations import speaks_about


def apply_checks(tables: Tables, checks: str | Path | pd.DataFrame) -> Tables:
    """The tables with what people found: quotes corrected, taken out and added; actors put right everywhere.

    Quotes and mentions get a column `checked`: right, corrected, added or coders disagree; empty where nobody
    said anything. Where coders disagree the pipeline's row stays as it is.

    Args:
        tables: as analyse gives them.
        checks: what read_checks gives, or a path that it reads.

    Returns:
        New tables. What does not fit (the text has changed, its words do not stand there) and where coders
        disagree is counted in a warning and listed in ``articles.attrs["checks"]``: article_id, line, problem.

    Limitation: of relations, "speaks about" follows a corrected quote; all others, only their actors' names.
    """
    facts = checks if isinstance(checks, pd.DataFrame) else read_checks(checks)
    facts, problems = located(facts, tables)
    named = with_actors(tables, facts[facts["about"] == "mention"], problems)
    quotes, changes = with_quotes(named, facts, problems)
    articles = tables.articles.copy()
    articles.attrs = {**tables.articles.attrs, "checks": problems}
    if problems:
        said = [f"{item['article_id']}: {item['problem']}" for item in problems]
        warn(f"checks that are not applied: {len(said)} ({first_of(said)})")
    return replace(
        named,
        articles=articles,
        quotes=quotes,
        actors=actors_table(named.mentions, quotes),
        relations=speaks_about(named, changes),
    )
