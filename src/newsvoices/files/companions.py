"""Files beside the articles that speak about them: metadata.csv and outlets.csv."""

import csv
from collections.abc import Mapping
from pathlib import PurePosixPath

from .fields import Fields
from .metadata.aliases import column_name, column_of
from .sources.source import Source
from .sources.text import Unreadable, decode
from .tables.columns import has_text
from .tables.delimited import delimiter_of

_NAMES_A_FILE = set("filename file_name file path document doc_id article_id id name source_file".split())


def outlets_table(sources: list[Source]) -> tuple[list[Source], dict[str, str]]:
    """The other sources, and which spelling stands for which outlet, as a file outlets.csv says."""
    same: dict[str, str] = {}
    rest = []
    for source in sources:
        if source.name.rpartition("/")[2].lower() != "outlets.csv" or source.kind != "table":
            rest.append(source)
            continue
        rows = _rows(source.read())
        spelling = next((name for name in rows.fieldnames if name != "outlet"), None)
        if spelling is None or "outlet" not in rows.fieldnames:
            source.skip("outlets.csv needs the columns spelling and outlet")
            continue
        pairs = ((row[spelling], row["outlet"]) for row in rows)
        same |= {other.strip(): outlet.strip() for other, outlet in pairs if other and outlet}
    return rest, same


def metadata_tables(sources: list[Source]) -> tuple[list[Source], dict[str, Fields]]:
    """The other sources, and the fields that tables without a text give to files by their names."""
    by_name = {own: source.name for source in sources if source.kind != "table" for own in _names(source)}
    fields: dict[str, Fields] = {}
    rest = []
    for source in sources:
        found = _fields_of_files(source, by_name) if source.kind == "table" and by_name else {}
        if not found:
            rest.append(source)
        fields |= found
    return rest, fields


def _names(source: Source) -> list[str]:
    """What a table may call a file: its path, its name, each also without the suffix."""
    path = PurePosixPath(source.unpacked or source.name)
    return [source.name, str(path), path.name, str(path.with_suffix("")), path.stem]


def _fields_of_files(source: Source, by_name: Mapping[str, str]) -> dict[str, Fields]:
    """The fields by file; none if the table has texts of its own, or names no files."""
    try:
        header = _rows(source.head().partition(b"\n")[0]).fieldnames
        if has_text(header):
            return {}
        rows = list(_rows(source.read()))
    except (OSError, Unreadable, csv.Error):
        return {}
    keys = [name for name in header if column_name(name) in _NAMES_A_FILE]
    files = {key: [_file(row[key], by_name) for row in rows] for key in keys}
    key = max(keys, key=lambda key: len(list(filter(None, files[key]))), default=None)
    if key is None or not any(files[key]):
        return {}
    named = list(zip(files[key], rows, strict=True))
    if lost := [row for file, row in named if not file]:
        source.note(f"{len(lost)} of {len(rows)} rows name no file, such as {str(lost[0][key])[:60]!r}")
    columns = {name: column for name in header if name != key and (column := column_of(name))}
    return {file: {columns[c]: row[c].strip() for c in columns if row[c]} for file, row in named if file}


def _file(value: str | None, by_name: Mapping[str, str]) -> str | None:
    value = (value or "").strip().removeprefix("./")
    return by_name.get(value) or by_name.get(value.rpartition("/")[2])


def _rows(data: bytes) -> csv.DictReader:
    lines = decode(data)[0].splitlines()
    rows = csv.DictReader(lines, delimiter=delimiter_of(lines[0] if lines else ""))
    rows.fieldnames = [name.strip() for name in rows.fieldnames or ()]
    return rows
