"""A reader per file format: the fields of each article, and a report of what is lost on the way."""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..losses import Report
from .metadata import ALIASES, column_name, iso_date, split_front_matter

Fields = dict[str, str]

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


class Unreadable(ValueError):
    """A file or line that holds no text."""


def decode(data: bytes) -> tuple[str, bool]:
    r"""The text with line ends as \n, and whether its encoding is a guess.

    UTF-8 first (UTF-16 where its mark says so), then Windows-1252: detectors take that for Windows-1250.

    Raises:
        Unreadable: the bytes are no text ("binary") or fit neither encoding.

    >>> decode("“Café”".encode("cp1252"))
    ('“Café”', True)
    """
    try:
        text, guessed = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig"), False
    except UnicodeDecodeError:
        text, guessed = data.decode("cp1252", errors="replace"), True
    if "\0" in text or (guessed and _CONTROL_CHARACTER.search(text)):
        raise Unreadable("binary")
    if guessed and "\ufffd" in text:
        raise Unreadable("unreadable: neither UTF-8 nor Windows-1252")
    return _line_feeds(text), guessed


def read_text(file: Path, *, name: str, columns: Mapping[str, str], report: Report) -> Iterator[Fields]:
    """One article per .txt file; a front-matter block is its metadata and not part of its text."""
    text, guessed = decode(file.read_bytes())
    if guessed:
        report.note(name, "not UTF-8: read as Windows-1252")
    fields, text = split_front_matter(text)
    yield {"date": iso_date(file.stem), **fields, "text": text}


def read_json_lines(file: Path, *, name: str, columns: Mapping[str, str], report: Report) -> Iterator[Fields]:
    """One article per line of a .jsonl file; a line that cannot be used is reported by its number."""
    rows, failures = [], []
    for number, line in enumerate(_lines(file.read_bytes(), name=name, report=report), start=1):
        if line.strip():
            try:
                rows.append((number, _json_object(line)))
            except (ValueError, RecursionError) as error:
                failures.append(f"line {number}: {error}")
    if failures and not rows:
        raise ValueError(f"no line is a JSON object ({failures[0]})")
    for failure in failures:
        report.skip(name, failure)
    yield from _articles(rows, name=name, columns=columns, report=report)


def read_csv(file: Path, *, name: str, columns: Mapping[str, str], report: Report) -> Iterator[Fields]:
    """One article per row of a .csv file, whose first row names the columns; the delimiter is , ; | or tab.

    The csv module reads it: strictly, by line, and without guessing types, so that 007 stays 007.
    """
    text = "\n".join(_lines(file.read_bytes(), name=name, report=report))
    rows, header = [], []
    for first, last, cells in _csv_rows(text):
        if isinstance(cells, csv.Error):
            report.skip(name, f"lines {first} to {last}: {cells}")
        elif not header:
            header = cells
        elif len(cells) != len(header):
            report.skip(name, f"line {first}: {len(cells)} cells where the header has {len(header)}")
        else:
            rows.append((first, dict(zip(header, cells, strict=True))))
    if header and not rows:
        _choose(header, columns)
    yield from _articles(rows, name=name, columns=columns, report=report)


READERS = {".txt": read_text, ".jsonl": read_json_lines, ".csv": read_csv}


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(data: bytes, *, name: str, report: Report) -> list[str]:
    """The lines, each decoded on its own: one in another encoding does not garble the others."""
    if data.startswith(_UTF_16):
        return decode(data)[0].split("\n")
    decoded = [decode(line.removesuffix(b"\r")) for line in data.split(b"\n")]
    if n_guessed := sum(guessed for _, guessed in decoded):
        report.note(name, f"not UTF-8: read as Windows-1252 ({n_guessed} of {len(decoded)} lines)")
    return [line for line, _ in decoded]


def _json_object(line: str) -> dict[str, object]:
    item = json.loads(line)
    if not isinstance(item, dict):
        raise ValueError(f"a {type(item).__name__} where an object is expected")
    return item


def _csv_rows(text: str) -> Iterator[tuple[int, int, list[str] | csv.Error]]:
    """First line, last line and cells of every row; the error in place of the cells of a broken one."""
    delimiter = max(",;\t|", key=text.partition("\n")[0].count)
    limit = csv.field_size_limit(len(text) + 1)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        while True:
            first = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                cells = error
            if cells:
                yield first, reader.line_num, cells
    finally:
        csv.field_size_limit(limit)


def _articles(
    rows: list[tuple[int, dict]], *, name: str, columns: Mapping[str, str], report: Report
) -> Iterator[Fields]:
    if not rows:
        report.skip(name, "empty")
        return
    chosen = _choose(dict.fromkeys(key for _, row in rows for key in row), columns)
    for number, row in rows:
        text = row.get(chosen["text"])
        if not isinstance(text, str):
            found = "missing" if text is None else f"a {type(text).__name__}"
            report.skip(name, f"line {number}: text ({chosen['text']}) is {found}")
            continue
        values = {column: _as_text(row.get(key)) for column, key in chosen.items()}
        yield {**values, "text": _line_feeds(text), "line": str(number)}


def _choose(found: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Which of a file's columns holds which of ours: as the caller says, else by the names others use."""
    found = list(found)
    absent = sorted(set(columns.values()) - set(found))
    if absent:
        raise ValueError(f"no column {', '.join(absent)}; found are {', '.join(found)}")
    free = {column_name(name): name for name in reversed(found) if name not in columns.values()}
    chosen = dict(columns)
    for column, aliases in ALIASES.items():
        if alias := next((alias for alias in aliases if alias in free), None):
            chosen.setdefault(column, free[alias])
    if "text" not in chosen:
        raise ValueError(
            f"no column of text: found are {', '.join(found)}; accepted are {', '.join(ALIASES['text'])}, "
            "or name yours with columns={'text': …}"
        )
    return chosen


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return ", ".join(map(_as_text, value))
    return json.dumps(value, ensure_ascii=False)
