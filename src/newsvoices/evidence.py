"""From a row of any table back to the sentence that it comes from."""

import re

import pandas as pd

BREAK = re.compile(r"\n|(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")


def evidence(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per row of `rows`: article_id, outlet, date, and the sentence or sentences it stands in.

    Args:
        rows: rows of mentions, quotes or relations, with article_id, start and end.
        articles: the articles they come from.

    Raises:
        KeyError: a row speaks of an article that is not in `articles`.

    Limitation: a sentence ends at a line end, or at . ! or ? before a capital, so also after "Gen."
    """
    known = articles.set_index("article_id")
    found = known.loc[rows["article_id"], ["outlet", "date"]].reset_index()
    found["sentence"] = [
        sentence_at(known.loc[row.article_id, "text"], row.start, row.end) for row in rows.itertuples()
    ]
    return found


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around text[start:end].

    >>> sentence_at("He left. Maren stayed, he said. It rained.", 9, 14)
    'Maren stayed, he said.'
    """
    begin = max((m.end() for m in BREAK.finditer(text, 0, start + 1) if m.end() <= start), default=0)
    after = BREAK.search(text, max(end - 1, 0))
    return text[begin : after.start() if after else len(text)].strip()
