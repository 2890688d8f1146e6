"""Who published each article: the values of a column, those without one left out."""

import pandas as pd

from ..losses import warn


def publishers(articles: pd.DataFrame, *, by: str = "outlet") -> pd.Series:
    """The outlet, or other value of column `by`, of each article that has one, by article_id; warns of the others.

    Raises:
        ValueError: no such column.
    """
    if by not in articles:
        raise ValueError(f"articles have no column {by!r}; they have {', '.join(map(str, articles.columns))}")
    names = articles.set_index("article_id")[by].astype("str").fillna("")
    named = names[names.str.strip() != ""]
    if len(named) < len(names):
        warn(f"left out: {len(names) - len(named)} of {len(names)} articles have no {by}", stacklevel=4)
    return named
