"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods) and database files (.parquet, .feather, .sqlite)."""

import io
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from ...extras import needs
from ...losses import Report
from ..sources.source import Source, check_size
from ..sources.text import Unreadable
from .columns import articles, as_text, choose, listed

Fields = dict[str, str]


def read_sheets(source: Source, *, columns: Mapping[str, str], report: Report) -> Iterator[Fields]:
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
        raise Unreadable(f"unreadable: no spreadsheet ({str(error)[:80]})") from error
    failures = []
    for sheet in book.sheet_names:
        header, rows = _sheet(book, sheet)
        try:
            choose(header, columns)
        except ValueError as error:
            failures.append((sheet, header, error))
            continue
        yield from articles(rows, name=source.name, columns=columns, report=report, what=_row_of(book, sheet))
    if len(failures) == len(book.sheet_names):
        raise failures[0][2] if failures else ValueError("a spreadsheet without sheets")
    for sheet, header, _ in failures:
        if header:
            report.skip(source.name, f"sheet {sheet}: no column of text; found are {listed(header)}")


def _row_of(book: object, sheet: str) -> str:
    return "row" if len(book.sheet_names) == 1 else f"sheet {sheet}, row"


def _sheet(book: object, name: str) -> tuple[list[str], Iterator[tuple[int, dict]]]:
    """The header and the rows with their numbers, as a spreadsheet counts them; empty ones are passed over."""
    lines = enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1)
    for _, cells in lines:
        if any(as_text(cell) for cell in cells):
            header = [as_text(cell) for cell in cells]
            rows = ((i, dict(zip(header, row, strict=False))) for i, row in lines if any(map(as_text, row)))
            return header, ((i, {key: _cell(value) for key, value in row.items()}) for i, row in rows)
    return [], iter(())


def _cell(value: object) -> object:
    return value if value != "" else None


def read_columnar(source: Source, *, columns: Mapping[str, str], report: Report) -> Iterator[Fields]:
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
        yield from articles(
            enumerate(rows, start=1), name=source.name, columns=columns, report=report, what="row"
        )
    except (pyarrow.ArrowException, OSError) as error:
        if isinstance(error, ValueError) and not isinstance(error, pyarrow.ArrowException):
            raise
        raise Unreadable(f"unreadable: cut off or damaged ({str(error)[:80]})") from error


def read_sqlite(source: Source, *, columns: Mapping[str, str], report: Report) -> Iterator[Fields]:
    """One article per row of every table of an SQLite file that has a column of text.

    Raises:
        ValueError: no table has one.
    """
    if source.path is None:
        raise Unreadable("an SQLite file inside an archive is not read: unpack it")
    connection = sqlite3.connect(f"{source.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    found = []
    try:
        tables = [name for (name,) in _names(connection)]
        for table in tables:
            rows = connection.execute(f'SELECT * FROM "{table.replace(chr(34), chr(34) * 2)}"')
            header = [column[0] for column in rows.description]
            found.append(f"{table} ({listed(header)})")
            try:
                choose(header, columns)
            except ValueError:
                continue
            found.clear()
            yield from articles(_numbered(rows), name=source.name, columns=columns, report=report, what="row")
            return
    except sqlite3.Error as error:
        raise Unreadable(f"unreadable: {str(error)[:80]}") from error
    finally:
        connection.close()
    raise ValueError(f"no table with a column of text: found are {listed(found)}")


def _names(connection: sqlite3.Connection) -> list[tuple[str]]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
    return [tuple(row) for row in rows]


def _numbered(rows: Iterable[sqlite3.Row]) -> Iterator[tuple[int, dict]]:
    return ((number, dict(row)) for number, row in enumerate(rows, start=1))
