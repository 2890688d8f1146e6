"""A frame as a table to read: in a notebook or on a page, in the light and the dark theme."""

import re
from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
import pandas as pd
from IPython.display import HTML

from ...schema import TABLES, spans_of

NO_MATHS = "mathjax_ignore tex2jax_ignore"  # “$5 in May and $6 in June” is no formula
MOST_COLUMNS, LONG = 7, 60
CELL = "vertical-align:top;text-align:"
RULE = "border:0;border-bottom:1px solid rgba(128,128,128,.35)"

_COLUMNS = [column for columns in TABLES.values() for column in columns]
_MEANINGS = {name: meaning for name, _, meaning in _COLUMNS if [c.name for c in _COLUMNS].count(name) == 1}


class Table(HTML):
    """HTML that has a table's plain text beside it, for a terminal and for whoever compares notebooks."""

    def __init__(self, data: str, *, plain: str) -> None:
        super().__init__(data)
        self.plain = plain

    def __repr__(self) -> str:
        return self.plain


def table(
    frame: pd.DataFrame,
    *,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    index: bool = False,
    digits: int | Mapping[str, int] = 1,
    bold: Mapping[str, str] | None = None,
    most: int = 25,
    empty: str = "Nothing to show.",
) -> Table:
    """The frame as an HTML table with headings in words, whole sentences and aligned, rounded numbers.

    Args:
        frame: any frame; it is not changed.
        columns: which columns to show, at most seven; a mapping gives their headings. All by default.
        index: whether the index is a column too, as after groupby or crosstab.
        digits: decimals of numbers that are not whole; a mapping gives them by column.
        bold: which column's text has which column's marks (offsets in the form of spans) set in bold; what `evidence`
            gives, by default. A column of marks is not shown itself.
        most: rows shown; below the table stands how many more there are.
        empty: the sentence that stands in place of a table without rows; a frame that knows why it is empty
            (attrs["reason"]) says so itself.

    Returns:
        HTML to display, everything in it escaped, no script, no theme's colours. Its plain text is the same table.

    Raises:
        ValueError: more than seven columns.
        KeyError: a column that is not there.
    """
    frame = frame.reset_index() if index else frame
    if isinstance(frame.columns, pd.MultiIndex):
        frame = frame.set_axis([": ".join(map(str, filter(None, name))) for name in frame.columns], axis=1)
    bold = bold or {"sentence": "marks"}
    marks = {text: at for text, at in bold.items() if {text, at} <= {*frame.columns}}
    everything = [name for name in frame.columns if name not in marks.values()]
    names = everything if columns is None else list(columns)
    if len(names) > MOST_COLUMNS:
        raise ValueError(
            f"a table has at most {MOST_COLUMNS} columns, this one {len(names)}; choose with columns=: "
            f"{', '.join(map(str, names))}"
        )
    given = columns if isinstance(columns, Mapping) else {}
    headings = [given.get(name, _heading(name)) for name in names]
    if frame.empty:
        empty = frame.attrs.get("reason", empty)
        return Table(f'<div class="{NO_MATHS}"><p>{escape(empty)}</p></div>', plain=empty)
    shown = frame.head(most)
    digits = digits if isinstance(digits, Mapping) else dict.fromkeys(names, digits)
    texts = {name: _cells(shown[name], digits.get(name, 1)) for name in names}
    head, cells = "", []
    for name, heading in zip(names, headings, strict=True):
        side = "right" if _is_number(shown[name]) else "left"
        head += f'<th scope="col" style="{CELL}{side}"{_title(name)}>{escape(heading)}</th>'
        at = shown[marks[name]] if name in marks else [""] * len(shown)
        cells.append([_cell(text, side, places) for text, places in zip(texts[name], at, strict=True)])
    body = "".join(f'<tr style="{RULE}">{"".join(row)}</tr>' for row in zip(*cells, strict=True))
    more = f"and {len(frame) - most:,} more rows" if len(frame) > most else ""
    page = (
        f'<div class="{NO_MATHS}" style="overflow-x:auto"><table style="border-collapse:collapse;margin:0">'
        f'<thead><tr style="{RULE}">{head}</tr></thead><tbody>{body}</tbody></table>'
        f"{more and f'<p>{more}</p>'}</div>"
    )
    plain = pd.DataFrame(dict(enumerate(texts.values())))
    plain = plain.to_string(index=False, header=headings, max_colwidth=LONG)
    return Table(page, plain=f"{plain}\n{more}".rstrip())


def _heading(name: object) -> str:
    """A column's name in words; what has capitals or marks, such as an outlet's name, is left as it stands.

    >>> [_heading(name) for name in ("n_words_quoted", "tokens a sentence", "f1", "z", "de Volkskrant")]
    ['Words quoted', 'Tokens a sentence', 'F1', 'z', 'de Volkskrant']
    """
    if not re.fullmatch("[a-z][a-z0-9_ ]+|n_[a-z_]+", str(name)):
        return str(name)
    words = str(name).removeprefix("n_").replace("_", " ")
    return words[:1].upper() + words[1:]


def _title(name: object) -> str:
    return f' title="{escape(_MEANINGS[name], quote=True)}"' if name in _MEANINGS else ""


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _cells(column: pd.Series, digits: int) -> list[str]:
    if _is_number(column):
        whole = all(float(value).is_integer() for value in column.dropna())
        return ["–" if pd.isna(value) else _number(value, 0 if whole else digits) for value in column]
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    return [_text(value) for value in column]


def _text(value: object) -> str:
    if pd.api.types.is_list_like(value):
        return ", ".join(map(str, value))
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    return "" if pd.isna(value) else str(value)


def _number(value: float, digits: int) -> str:
    """Rounded, with commas from 10,000 on, so that a year has none; what is not nought does not become it.

    >>> [_number(value, 3) for value in (0.0004, -0.0004, 0.25, 12000)]
    ['<0.001', '>-0.001', '0.250', '12,000.000']
    """
    rounded = round(float(value), digits)
    if value and not rounded:
        return f"{'<' if value > 0 else '>-'}{10**-digits:.{digits}f}"
    return f"{rounded:,.{digits}f}" if abs(rounded) >= 10_000 else f"{rounded:.{digits}f}"


def _cell(text: str, side: str, marks: str) -> str:
    parts, done = [], 0
    for start, end in sorted(spans_of(marks)):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            parts += [escape(text[done:start]), f"<b>{escape(text[start:end])}</b>"]
            done = end
    parts.append(escape(text[done:]))
    look = ";font-variant-numeric:tabular-nums;white-space:nowrap" if side == "right" else ""
    look += ";min-width:22em;max-width:46em;white-space:normal" if len(text) > LONG else ""
    look += ";white-space:nowrap" if side == "left" and len(text) <= 20 else ""
    return f'<td style="{CELL}{side}{look}">{"".join(parts)}</td>'
