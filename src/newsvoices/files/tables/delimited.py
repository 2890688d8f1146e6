"""CSV and TSV, row by row: a broken row costs itself, not those behind it."""

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import chain

from ..fields import Fields
from ..sources.source import Source
from ..sources.text import Unreadable
from .columns import articles, choose

_LONGEST_ROW = 10_000
_LONGEST_CELL = 1 << 28


def read_delimited(source: Source, columns: Mapping[str, str]) -> Iterator[Fields]:
    """One article per row of a .csv or .tsv file, whose first row names the columns.

    The delimiter is , ; | or tab, whichever the header has most of (or the one that a first line ``sep=;``
    names). No types are guessed, so that 007 stays 007.
    """
    numbered = source.lines()
    first = next(numbered, (1, ""))
    line = first[1] if isinstance(first[1], str) else ""
    declared = line.lower().startswith("sep=") and len(line.strip()) == 5
    delimiter = line[4] if declared else delimiter_of(line)
    lines = _Lines(numbered if declared else chain([first], numbered))
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        header = next((cells for cells in lines.rows(delimiter) if isinstance(cells, list) and cells), [])
        if header:
            header = _unique([cell.strip() for cell in header])
            choose(header, columns)
        yield from articles(_records(lines, header, delimiter, source), source, columns, what="line")
    finally:
        csv.field_size_limit(limit)


def delimiter_of(line: str) -> str:
    """The character that parts the cells of a header."""
    return max(",;\t|", key=line.count)


class _Lines:
    """A file's lines, of which those behind the first one of a row can be given back."""

    def __init__(self, numbered: Iterator[tuple[int, str | Unreadable]]) -> None:
        self.numbered, self.returned = numbered, deque()
        self.taken: list[tuple[int, str | Unreadable]] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        number, line = self.returned.popleft() if self.returned else next(self.numbered)
        self.taken.append((number, line))
        if isinstance(line, Unreadable):
            raise csv.Error(str(line))
        if len(self.taken) > _LONGEST_ROW:
            raise csv.Error(f"a cell goes on for more than {_LONGEST_ROW} lines")
        return line + "\n"

    def rows(self, delimiter: str) -> Iterator[list[str] | csv.Error]:
        """The cells of each row, or what is wrong with it; the lines it took are in ``taken``."""
        while True:
            self.taken = []
            try:
                yield next(csv.reader(self, delimiter=delimiter, strict=True))
            except StopIteration:
                return
            except csv.Error as error:
                yield error

    def give_back_all_but_one(self) -> None:
        """Returns the lines that the last row took, but for its first."""
        self.returned.extendleft(reversed(self.taken[1:]))


def _unique(header: list[str]) -> list[str]:
    """The header; a name that stands twice gets a blank behind it, so that both columns stay."""
    names: dict[str, None] = {}
    for name in header:
        while name in names:
            name += " "
        names[name] = None
    return list(names)


def _records(
    lines: _Lines, header: list[str], delimiter: str, source: Source
) -> Iterator[tuple[int, dict[str, str]]]:
    """Number of the first line, and the cells by column; rows that do not fit are named, one line each."""
    for cells in lines.rows(delimiter):
        number, line = lines.taken[0]
        if isinstance(cells, list) and len(cells) == len(header):
            yield number, dict(zip(header, cells, strict=True))
        elif cells:
            lines.give_back_all_but_one()
            if escaped := _escaped(str(line), delimiter, len(header)):
                yield number, dict(zip(header, escaped, strict=True))
            elif isinstance(cells, list):
                source.skip(f"line {number}: {len(cells)} cells where the header has {len(header)}")
            elif len(lines.taken) > 1 or "unexpected end" in str(cells):
                source.skip(f"line {number}: a quotation mark is opened and not closed")
            else:
                source.skip(f"line {number}: {cells}")


def _escaped(line: str, delimiter: str, n_cells: int) -> list[str] | None:
    r"""The cells of a line that writes a quotation mark as \"; None if it does not."""
    if '\\"' not in line:
        return None
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True, escapechar="\\", doublequote=False))
    except csv.Error:
        return None
    return cells if len(cells) == n_cells else None
