"""Which outlet, or other value of a column, each article belongs to."""

import pandas as pd

from ..losses import NothingToCompare, first_of, warn


def outlets_named(articles: pd.DataFrame, *, by: str = "outlet", least: int = 1) -> pd.Series:
    """The value of column `by` of each article that has one, by article_id.

    Warns of articles that have none, and of names that differ only in case or spaces, which are kept apart.

    Raises:
        ValueError: no such column.
        NothingToCompare: fewer than `least` values.
    """
    if by not in articles:
        raise ValueError(f"articles have no column {by!r}; they have {', '.join(map(str, articles.columns))}")
    names = articles.set_index("article_id")[by].astype("str").fillna("").sort_index()
    named = names[names.str.strip() != ""]
    values = pd.Series(named.unique(), dtype="str")
    alike = values.groupby([" ".join(name.casefold().split()) for name in values])
    if same := [", ".join(map(repr, sorted(own))) for _, own in alike if len(own) > 1]:
        warn(f"kept apart: {by} names that differ only in case or spaces: {'; '.join(same)}")
    if none := len(names) - len(named):
        warn(f"left out: {none} of {len(names)} articles have no {by}")
    if len(values) < least:
        found = first_of(sorted(values)) or "none"
        raise NothingToCompare(f"This takes at least two values of {by!r}; the articles have: {found}.")
    return named
