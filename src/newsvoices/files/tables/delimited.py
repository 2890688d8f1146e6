"""CSV and TSV, row by row: a broken row costs itself, not those behind it."""

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import islice

from ...losses import Report
from ..sources.source import Source
from ..sources.text import Unreadable, lines
from .columns import articles, choose

Fields = dict[str, str]
_LONGEST_ROW = 10_000
_LONGEST_CELL = 1 << 28


def read_delimited(
    source: Source, *, columns: Mapping[str, str], report: Report, delimiter: str = ""
) -> Iterator[Fields]:
    """One article per row of a .csv or .tsv file, whose first row names the columns.

    The delimiter is , ; | or tab, whichever the header has most of (or the one that a first line ``sep=;``
    names). No types are guessed, so that 007 stays 007.
    """
    with source.open() as stream:
        pending = _Lines(lines(stream, name=source.name, report=report))
        delimiter = delimiter or _declared(pending)
        header, cells_of = _header(pending, delimiter)
        if not header:
            report.skip(source.name, "empty")
            return
        rows = _rows(pending, header, cells_of, name=source.name, report=report)
        first = list(islice(rows, 1))
        if not first:
            choose(header, columns)
        yield from articles(_chain(first, rows), name=source.name, columns=columns, report=report)


def _chain(first: list, rest: Iterator) -> Iterator:
    yield from first
    yield from rest


class _Lines:
    """Lines with their numbers, some of which can be given back."""

    def __init__(self, numbered: Iterator[tuple[int, str | Unreadable]]) -> None:
        self.numbered, self.returned = numbered, deque()
        self.taken: list[tuple[int, str | Unreadable]] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        entry = self.returned.popleft() if self.returned else next(self.numbered)
        self.taken.append(entry)
        if isinstance(entry[1], Unreadable):
            raise entry[1]
        if len(self.taken) > _LONGEST_ROW:
            raise csv.Error(f"a cell goes on for more than {_LONGEST_ROW} lines")
        return entry[1] + "\n"

    def peek(self) -> str:
        if not self.returned:
            entry = next(self.numbered, None)
            if entry is None:
                return ""
            self.returned.append(entry)
        return self.returned[0][1] if isinstance(self.returned[0][1], str) else ""

    def give_back(self, keep: int) -> None:
        """Returns the lines taken since the last row, but for the first few."""
        self.returned.extendleft(reversed(self.taken[keep:]))
        self.taken = self.taken[:keep]


def _declared(pending: _Lines) -> str:
    line = pending.peek()
    if line.lower().startswith("sep=") and len(line.strip()) == 5:
        pending.returned.popleft()
        return line[4]
    return max(",;\t|", key=line.count)


def _header(pending: _Lines, delimiter: str) -> tuple[list[str], object]:
    def cells_of(source: object, **how: object) -> Iterator[list[str]]:
        return csv.reader(source, delimiter=delimiter, strict=True, **how)

    for cells in _each(pending, cells_of):
        if isinstance(cells, list) and cells:
            return _unique([cell.strip() for cell in cells]), cells_of
    return [], cells_of


def _unique(header: list[str]) -> list[str]:
    """The header; a name that stands twice gets a blank behind it, so that both columns stay."""
    seen: set[str] = set()
    names = []
    for name in header:
        while name in seen:
            name += " "
        seen.add(name)
        names.append(name)
    return names


def _each(pending: _Lines, cells_of: object) -> Iterator[list[str] | csv.Error | Unreadable]:
    """The cells of each row, or what is wrong with it; the lines it took are in ``pending.taken``."""
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        while True:
            pending.taken = []
            try:
                yield next(cells_of(pending))
            except StopIteration:
                return
            except (csv.Error, Unreadable) as error:
                yield error
    finally:
        csv.field_size_limit(limit)


def _rows(
    pending: _Lines, header: list[str], cells_of: object, *, name: str, report: Report
) -> Iterator[tuple[int, dict[str, str]]]:
    """Number of the first line, and the cells by column; rows that do not fit are named, one line each."""
    for cells in _each(pending, cells_of):
        first = pending.taken[0][0] if pending.taken else 0
        if isinstance(cells, list) and len(cells) == len(header):
            yield first, dict(zip(header, cells, strict=True))
        elif isinstance(cells, Unreadable):
            if not pending.taken or pending.taken[-1][1] is not cells:
                raise cells  # of the file, not of a line
            report.skip(name, f"line {pending.taken[-1][0]}: {cells}")
            pending.give_back(len(pending.taken))
        elif cells:
            n_lines = len(pending.taken)
            pending.give_back(1)
            if escaped := _escaped(pending.taken[0][1], cells_of, len(header)):
                yield first, dict(zip(header, escaped, strict=True))
                continue
            reason = (
                f"{len(cells)} cells where the header has {len(header)}"
                if isinstance(cells, list)
                else _reason(cells, n_lines)
            )
            report.skip(name, f"line {first}: {reason}")


def _reason(error: csv.Error, n_lines: int) -> str:
    if n_lines > 1 or "unexpected end" in str(error):
        return "a quotation mark is opened and not closed"
    return str(error)


def _escaped(line: str, cells_of: object, n_cells: int) -> list[str] | None:
    r"""The cells of a line that writes a quotation mark as \"; None if it does not."""
    if '\\"' not in line:
        return None
    try:
        cells = next(cells_of([line], escapechar="\\", doublequote=False))
    except csv.Error:
        return None
    return cells if len(cells) == n_cells else None
