"""Which rows are asked for: values of columns, as arguments, as rows and as the part of an address after #."""

from collections.abc import Mapping
from urllib.parse import quote_plus, urlencode

import numpy as np

from ..schema import Tables
from .columns import ROWS, article_numbers

Values = str | int | list[str] | list[int]

COLUMNS = {
    "quotes": ("outlet", "actor", "kind", "speaker_type", "cue", "article_id"),
    "mentions": ("outlet", "actor", "label", "kind", "article_id"),
    "relations": ("outlet", "source", "target", "relation", "sign", "article_id"),
}
"""The columns of each table that rows can be chosen by; explorer.js shows the same."""


def chosen_values(table: str, chosen: Mapping[str, Values]) -> dict[str, list[str]]:
    """The values asked for, as text, by column.

    Raises:
        ValueError: no such table, or a column that its rows cannot be chosen by.
    """
    if table not in ROWS:
        raise ValueError(f"no table {table}; choose one of {', '.join(ROWS)}")
    if unknown := sorted(set(chosen) - set(COLUMNS[table])):
        raise ValueError(
            f"{table} cannot be chosen by {', '.join(unknown)}; its columns are {', '.join(COLUMNS[table])}"
        )
    return {
        column: [str(value) for value in (values if isinstance(values, list) else [values])]
        for column, values in chosen.items()
    }


def is_chosen(tables: Tables, *, table: str, chosen: Mapping[str, Values]) -> np.ndarray:
    """For each row of a table whether it has one of the values asked for in every column asked for."""
    wanted = chosen_values(table, chosen)
    rows, articles = getattr(tables, table), tables.articles
    kept = np.ones(len(rows), dtype=bool)
    for column, values in wanted.items():
        cells = rows[column] if column in rows else articles[column].iloc[article_numbers(rows, articles)]
        kept &= cells.astype("str").isin(values).to_numpy()
    return kept


def fragment(table: str, chosen: Mapping[str, Values]) -> str:
    """What stands after # in the address of an explorer's page that opens with these rows.

    >>> fragment("quotes", {"actor": "Ilse Maren", "kind": ["direct", "mixed"]})
    'table=quotes&actor=Ilse+Maren&kind=direct&kind=mixed'
    """
    return urlencode({"table": table, **chosen_values(table, chosen)}, doseq=True, quote_via=quote_plus)
