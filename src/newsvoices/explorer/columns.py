"""Tables as one compressed piece of JSON, column by column: what the widget and the page read."""

import json
import zlib
from collections.abc import Iterator

import pandas as pd

from ..schema import TABLES, Tables, spans_of

ROWS = ("quotes", "mentions", "relations")
"""The tables whose rows can be shown; each row stands in an article."""

_PART = 500  # values encoded at a time, so that a corpus is never in memory twice


def compressed_json(tables: Tables, *, note: str = "") -> bytes:
    """The tables without actors, as JSON compressed with zlib.

    A column is a list, or where values recur {"values": […], "codes": […]}; a row's article is its number. The text
    of a row is left out where it is what the article has at its offsets. Beside the result no more is held in
    memory than a part of one column.

    Args:
        tables: rows may only speak of articles that are among `articles`.
        note: a sentence that is shown above the rows.

    Raises:
        ValueError: a row speaks of an article that is not there.
    """
    packer = zlib.compressobj(6)
    parts = [packer.compress(piece.encode(errors="replace")) for piece in _json(tables, note)]
    return b"".join([*parts, packer.flush()])


def _json(tables: Tables, note: str) -> Iterator[str]:
    articles = tables.articles
    yield f'{{"note":{json.dumps(note)}'
    yield from _table(
        "articles", {c.name: articles[c.name] for c in TABLES["articles"] if c.name in articles}
    )
    for table in ROWS:
        rows = getattr(tables, table)
        columns = {column.name: rows[column.name] for column in TABLES[table] if column.name in rows}
        numbers = article_numbers(rows, articles)
        del columns["article_id"]
        if _is_in_article(rows, articles):
            del columns["text"]
        yield from _table(table, {"article": numbers, **columns})
    yield "}"


def article_numbers(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """For each row the position of its article.

    Raises:
        ValueError: a row speaks of an article that is not there.
    """
    numbers = pd.Index(articles["article_id"]).get_indexer(rows["article_id"])
    if (numbers < 0).any():
        raise ValueError(
            f"{(numbers < 0).sum()} of {len(rows)} rows speak of an article that is not in articles"
        )
    return pd.Series(numbers)


def _is_in_article(rows: pd.DataFrame, articles: pd.DataFrame) -> bool:
    """Whether each row's text is what its article has at its offsets."""
    text_of = articles.set_index("article_id")["text"]
    for start in range(0, len(rows), _PART):
        part = rows.iloc[start : start + _PART]
        texts = text_of.loc[part["article_id"].unique()].to_dict()
        if "spans" in part:
            places = [spans_of(spans) for spans in part["spans"]]
        else:
            places = [[place] for place in zip(part["start"], part["end"], strict=True)]
        for article, spans, text in zip(part["article_id"], places, part["text"], strict=True):
            if text != " ".join(texts[article][first:last] for first, last in spans):
                return False
    return True


def _table(name: str, columns: dict[str, pd.Series]) -> Iterator[str]:
    yield f',"{name}":{{'
    for number, (column, values) in enumerate(columns.items()):
        yield f"{',' if number else ''}{json.dumps(column)}:"
        yield from _column(values)
    yield "}"


def _column(values: pd.Series) -> Iterator[str]:
    if pd.api.types.is_numeric_dtype(values):
        yield from _list(values)
        return
    values = values.astype("str").fillna("")
    if values.head(_PART).nunique() > min(len(values), _PART) / 2:
        yield from _list(values)
        return
    codes, known = pd.factorize(values)
    yield '{"values":'
    yield from _list(pd.Series(known))
    yield ',"codes":'
    yield from _list(pd.Series(codes))
    yield "}"


def _list(values: pd.Series) -> Iterator[str]:
    """A JSON list, in pieces; what is missing is null."""
    yield "["
    for start in range(0, len(values), _PART):
        part = [None if pd.isna(value) else value for value in values.iloc[start : start + _PART].tolist()]
        yield ("," if start else "") + json.dumps(part, ensure_ascii=False, separators=(",", ":"))[1:-1]
    yield "]"
