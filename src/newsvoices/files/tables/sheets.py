"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods) and database files (.parquet, .feather, .sqlite)."""

import io
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping

from ...extras import needs
from ..fields import Fields
from ..sources.source import Source, check_size
from ..sources.text import Unreadable
from .columns import articles, as_text, choose, has_text, names_in_a_row


def read_sheets(source: Source, columns: Mapping[str, str]) -> Iterator[Fields]:
    """One article per row of every sheet that has a column of text; the others are named.

    Raises:
        ValueError: no sheet has one.
    """
    needs("python_calamine", extra="files")
    import python_calamine

    data = source.read()
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                check_size(archive.infolist())
        except zipfile.BadZipFile as error:
            raise Unreadable("unreadable: cut off or damaged") from error
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise Unreadable("protected by a password: save it without") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise Unreadable(
            f"unreadable: no spreadsheet ({str(error)[:80]}): open it and save it as .csv"
        ) from error
    failures = []
    for sheet in book.sheet_names:
        header, rows = _sheet(book, sheet)
        try:
            choose(header, columns)
        except ValueError as error:
            failures.append((sheet, header, error))
            continue
        what = "row" if len(book.sheet_names) == 1 else f"sheet {sheet}, row"
        yield from articles(rows, source, columns, what=what)
    if len(failures) == len(book.sheet_names):
        raise failures[0][2] if failures else ValueError("a spreadsheet without sheets")
    for sheet, header, _ in failures:
        if header:
            source.skip(f"sheet {sheet}: no column of text; found are {names_in_a_row(header)}")


def _sheet(book: object, name: str) -> tuple[list[str], Iterator[tuple[int, dict]]]:
    """The header and the rows with their numbers, as a spreadsheet counts them; empty ones are passed over."""
    lines = enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1)
    header = next((cells for _, line in lines if any(cells := [as_text(cell) for cell in line])), [])
    rows = (
        (number, dict(zip(header, line, strict=False))) for number, line in lines if any(map(as_text, line))
    )
    return header, (
        (number, {key: None if cell == "" else cell for key, cell in row.items()}) for number, row in rows
    )


def read_columnar(source: Source, columns: Mapping[str, str]) -> Iterator[Fields]:
    """One article per row of a .parquet or .feather file, a batch at a time.

    Raises:
        ValueError: no column of text.
    """
    import pyarrow
    from pyarrow import feather, parquet

    data = source.path or pyarrow.BufferReader(source.read())
    try:
        if source.head(4) == b"PAR1":
            file = parquet.ParquetFile(data)
            names, batches = file.schema_arrow.names, lambda wanted: file.iter_batches(1000, columns=wanted)
        else:
            table = feather.read_table(data)
            names, batches = table.column_names, lambda wanted: table.select(wanted).to_batches(1000)
        chosen = choose(names, columns)
        wanted = list(dict.fromkeys(name for originals in chosen.values() for name in originals))
        rows = (row for batch in batches(wanted) for row in batch.to_pylist())
        yield from articles(enumerate(rows, start=1), source, columns)
    except (pyarrow.ArrowException, OSError) as error:
        raise Unreadable(f"unreadable: cut off or damaged ({str(error)[:80]})") from error


def read_sqlite(source: Source, columns: Mapping[str, str]) -> Iterator[Fields]:
    """One article per row of the first table of an SQLite file, by name, that has a column of text.

    Raises:
        ValueError: no table has one.
    """
    if source.path is None:
        raise Unreadable("an SQLite file inside an archive is not read: unpack it")
    connection = sqlite3.connect(f"{source.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    found = []
    try:
        tables = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
        for (table,) in connection.execute(tables).fetchall():
            rows = connection.execute(f'SELECT * FROM "{table.replace(chr(34), chr(34) * 2)}"')
            header = [column[0] for column in rows.description]
            if not has_text(header, columns):
                found.append(f"{table} ({names_in_a_row(header)})")
                continue
            records = (dict(zip(header, row, strict=True)) for row in rows)
            yield from articles(enumerate(records, start=1), source, columns)
            return
    except sqlite3.Error as error:
        raise Unreadable(f"unreadable: {str(error)[:80]}") from error
    finally:
        connection.close()
    raise ValueError(f"no table with a column of text: found are {names_in_a_row(found)}")
