"""Files beside the articles that speak about them: metadata.csv and outlets.csv."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from ..losses import Report
from .metadata.aliases import aliases, column_name
from .sources.source import Source
from .sources.text import Unreadable, decode
from .tables.columns import choose

Fields = dict[str, str]
Found = list[tuple[Source, str]]

_NAMES_A_FILE = (
    "filename",
    "file_name",
    "file",
    "path",
    "document",
    "doc_id",
    "article_id",
    "id",
    "name",
    "source_file",
)


def outlets_table(sources: Found, report: Report) -> tuple[Found, dict[str, str]]:
    """The other sources, and which spelling stands for which outlet, as a file outlets.csv says."""
    same: dict[str, str] = {}
    rest = []
    for source, kind in sources:
        if source.name.rpartition("/")[2].lower() != "outlets.csv" or kind != "table":
            rest.append((source, kind))
            continue
        header, rows = _table(source)
        if len(header) < 2 or "outlet" not in header:
            report.skip(source.name, "outlets.csv needs the columns spelling and outlet")
            continue
        spelling = next(name for name in header if name != "outlet")
        same |= {
            row[spelling].strip(): row["outlet"].strip()
            for row in rows
            if row.get(spelling) and row.get("outlet")
        }
    return rest, same


def metadata_tables(sources: Found, report: Report) -> tuple[Found, dict[str, Fields]]:
    """The other sources, and the fields that tables without a text give to files by their names."""
    by_name = {name: source.name for source, kind in sources if kind != "table" for name in _names(source)}
    fields: dict[str, Fields] = {}
    rest = []
    for source, kind in sources:
        found = _fields_of_files(source, by_name, report) if kind == "table" and by_name else None
        if found is None:
            rest.append((source, kind))
        else:
            fields |= found
    return rest, fields


def _names(source: Source) -> list[str]:
    """What a table may call a file: its path, its name, each also without the suffix."""
    path = PurePosixPath(source.unpacked or source.name)
    return [source.name, str(path), path.name, str(path.with_suffix("")), path.stem]


def _fields_of_files(source: Source, by_name: Mapping[str, str], report: Report) -> dict[str, Fields] | None:
    """The fields by file; None if the table has texts of its own, or names no files."""
    try:
        header = _cells(decode(source.head().partition(b"\n")[0])[0])
        choose(header, {})
    except ValueError as error:
        if isinstance(error, Unreadable):
            return None
    except (OSError, csv.Error):
        return None
    else:
        return None
    try:
        header, rows = _table(source)
    except (OSError, Unreadable, csv.Error):
        return None
    keys = [name for name in header if column_name(name) in _NAMES_A_FILE]
    key = max(
        keys, key=lambda key: sum(_file(row.get(key), by_name) is not None for row in rows), default=None
    )
    named = [(_file(row.get(key), by_name), row) for row in rows] if key else []
    if not any(name for name, _ in named):
        return None
    if lost := [row for name, row in named if name is None]:
        report.note(
            source.name,
            f"{len(lost)} of {len(rows)} rows name no file, such as {str(lost[0].get(key))[:60]!r}",
        )
    columns = {name: _column(name) for name in header if name != key and _column(name)}
    return {name: {columns[c]: row[c].strip() for c in columns if row.get(c)} for name, row in named if name}


def _file(value: str | None, by_name: Mapping[str, str]) -> str | None:
    value = (value or "").strip().removeprefix("./")
    return by_name.get(value) or by_name.get(value.rpartition("/")[2])


def _column(name: str) -> str:
    plain = column_name(name)
    return next(
        (column for column, names in aliases().items() if plain in names and column not in ("text", "lead")),
        "",
    )


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=max(",;\t|", key=line.count)), [])


def _table(source: Source) -> tuple[list[str], Sequence[dict[str, str]]]:
    lines = decode(source.read())[0].splitlines()
    header = [name.strip() for name in _cells(lines[0] if lines else "")]
    delimiter = max(",;\t|", key=(lines or [""])[0].count)
    rows = csv.reader(lines[1:], delimiter=delimiter)
    return header, [dict(zip(header, row, strict=False)) for row in rows if row]
