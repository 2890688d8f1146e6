"""Days of publication, read from a table's own column and never compared as text."""

import pandas as pd

from ..losses import first_of


def publication_days(articles: pd.DataFrame) -> pd.Series:
    """The day of each article, by article_id; NaT where the cell is empty.

    Raises:
        ValueError: a cell that is neither empty nor a day written YYYY-MM-DD; names the first few.

    >>> publication_days(pd.DataFrame({"article_id": ["a"], "date": ["2024-01-25"]}))["a"].day
    25
    """
    cells = articles.set_index("article_id")["date"]
    texts = cells.astype("str").fillna("").str.strip()
    days = pd.to_datetime(texts.where(texts != ""), format="%Y-%m-%d", errors="coerce")
    if len(unread := texts[(texts != "") & (days.isna() | (texts.str.len() != 10))]):
        cases = first_of(f"{text!r:.40} ({name})" for name, text in unread.items())
        raise ValueError(
            f"dates are written YYYY-MM-DD, such as 2024-01-25, or left empty; articles.date has {cases}"
        )
    return days
