"""Articles of one's own making, in the columns that the kit works with."""

import re

import pandas as pd

from ..losses import warn
from ..schema import TABLES
from .metadata.dates import iso_dates
from .tokens import n_tokens

HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""A lone surrogate, which no file can hold."""


def with_article_columns(articles: pd.DataFrame) -> pd.DataFrame:
    """Articles of your own making, with the columns that read_articles would have given them.

    Dates become days by the same rules as those of a file: 2024-03-04 with or without a time, 4 March 2024,
    15/01/2018 where the column shows its order. What cannot be read is empty, and a warning counts it.

    Args:
        articles: one row per article, with the columns article_id and text at least.

    Raises:
        ValueError: no column article_id or text, a name that two articles have, or an article without text.
    """
    if missing := [name for name in ("article_id", "text") if name not in articles]:
        found = ", ".join(map(str, articles.columns))[:300] or "none"
        raise ValueError(f"articles have no column {' and '.join(missing)}; their columns: {found}")
    texts = [column.name for column in TABLES["articles"] if column.dtype == "str"]
    given = [name for name in texts if name in articles]
    for name in given:
        half = articles[name].map(lambda cell: isinstance(cell, str) and bool(HALF_CHARACTER.search(cell)))
        if half.any():
            number = 1 + int(half.to_numpy().argmax())
            raise ValueError(f"{name} of article {number} holds half a character (a lone surrogate)")
    if not (has_text := articles["text"].map(lambda text: isinstance(text, str))).all():
        raise ValueError(f"article {articles.loc[~has_text, 'article_id'].iloc[0]!r} has no text")
    values = {name: articles[name].astype("str").fillna("") if name in given else "" for name in texts}
    if (twice := values["article_id"].duplicated()).any():
        name = values["article_id"][twice].iloc[0]
        raise ValueError(f"an article_id names one article; {name!r} names several")
    if "date" in articles:
        values["date"] = _days(articles["date"])
    if "n_tokens" not in articles:
        values["n_tokens"] = n_tokens(articles["text"])
    return articles.assign(**values)


def _days(dates: pd.Series) -> pd.Series:
    given = ["" if pd.isna(value) else str(value) for value in dates]
    days, problem = iso_dates(given)
    unread = [value for value, day in zip(given, days, strict=True) if value.strip() and not day]
    if unread:
        warn(problem or f"dates not understood: {len(unread)} of {len(given)}, such as {unread[0][:60]!r}")
    return pd.Series(days, index=dates.index, dtype="str")
