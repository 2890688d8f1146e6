"""JSON: one article, an array of them, an envelope around them, or one to a line."""

import json
import re
from collections.abc import Iterator, Mapping

from ..fields import Fields
from ..newswire import ninjs
from ..sources.source import Source
from ..sources.text import Unreadable, decode
from .columns import articles, has_text

_BLANK = re.compile(r"[\s,]*")
_TOO_DEEP = "nested too deeply"
_MARK_OR_BLANK = b"\xef\xbb\xbf \t\r\n"


def read_json(source: Source, columns: Mapping[str, str]) -> Iterator[Fields]:
    """One article per object: of the file itself, of an array, of the largest list in an envelope, or of lines.

    Raises:
        ValueError: nothing in it is an object, or no object has a text.
    """
    if source.head(1 << 12).lstrip(_MARK_OR_BLANK).startswith(b"["):
        what, items = "item", enumerate(_of_array(source), start=1)
    elif _is_one_object(source):
        what, items = "item", enumerate(_records(_loaded(source)), start=1)
    else:
        what, items = "line", _of_lines(source)
    yield from articles(_objects(items, source, what), source, columns, what=what)


def _objects(items: Iterator[tuple[int, object]], source: Source, what: str) -> Iterator[tuple[int, Mapping]]:
    """The items that are objects; each of the others costs a line of the report.

    Raises:
        ValueError: none is an object.
    """
    failures, found = [], False
    for number, item in items:
        if isinstance(item, Mapping):
            found = True
        else:
            problem = f"a {type(item).__name__} where an object is expected"
            failures.append(f"{what} {number}: {item if isinstance(item, ValueError) else problem}")
        if found:  # until then the file may be no JSON at all
            while failures:
                source.skip(failures.pop(0))
        if isinstance(item, Mapping):
            yield number, item
    if failures:
        raise ValueError(f"no {what} is a JSON object ({failures[0]})")


def _of_lines(source: Source) -> Iterator[tuple[int, object]]:
    """What each line holds; the error of one that is no JSON."""
    for number, line in source.lines():
        if isinstance(line, Unreadable):
            yield number, line
        elif line.strip():
            yield number, _parsed(line, number, source)


def _parsed(line: str, number: int, source: Source) -> object:
    twice: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(items)
        if len(found) < len(items):
            keys = [key for key, _ in items]
            twice.extend(key for key in found if keys.count(key) > 1)
        return found

    try:
        item = json.loads(line, object_pairs_hook=pairs)
    except RecursionError:
        return ValueError(_TOO_DEEP)
    except ValueError as error:
        return ValueError(str(error)[:200])
    if twice:
        source.note(f"line {number}: {twice[0][:60]} is given twice; the last is read")
    return item


def _is_one_object(source: Source) -> bool:
    """Whether the file is a single object: its first line does not hold a whole one, or is all there is."""
    with source.open() as stream:
        pieces = iter(lambda: stream.readline(1 << 24), b"")
        lines = (line for line in pieces if line.strip(_MARK_OR_BLANK))
        first, more = next(lines, b""), next(lines, None) is not None
    if not first.lstrip(_MARK_OR_BLANK).startswith(b"{"):
        return False
    try:
        json.loads(decode(first)[0])
    except (ValueError, RecursionError):
        opened, closed = (sum(map(first.count, brackets)) for brackets in ((b"{", b"["), (b"}", b"]")))
        return more and opened > closed
    return not more


def _loaded(source: Source) -> Mapping:
    try:
        return json.loads(source.text())
    except RecursionError as error:
        raise ValueError(f"JSON that is {_TOO_DEEP}") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error}") from error


def _records(item: Mapping) -> list[Mapping]:
    """The articles in an object: itself if it has a text, else the list in it with most of them."""
    if _has_text(item):
        by_column = all(isinstance(cells, Mapping) for cells in item.values())
        return [item] if not by_column else list(_rows_of_columns(item))
    best = max(
        _lists(item, depth=4), key=lambda found: (sum(map(_has_text, found[:50])), len(found)), default=[]
    )
    return best or [item]


def _rows_of_columns(item: Mapping[str, Mapping]) -> Iterator[Mapping]:
    """The rows of a table that is written column by column, as pandas does."""
    for key in next(iter(item.values())):
        yield {name: cells.get(key) for name, cells in item.items()}


def _lists(value: object, depth: int) -> Iterator[list[Mapping]]:
    """The lists of objects in ``value``, and objects of objects as such, with their keys for ids."""
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        yield value
    elif isinstance(value, Mapping) and value and depth:
        if all(isinstance(item, Mapping) for item in value.values()):
            yield [{"article_id": key, **item} for key, item in value.items()]
        for inner in value.values():
            yield from _lists(inner, depth - 1)


def _has_text(item: Mapping) -> bool:
    fields = item.get("fields")
    return ninjs.is_item(item) or has_text([*item, *(fields if isinstance(fields, Mapping) else ())])


def _of_array(source: Source) -> Iterator[object]:
    """The items of an array; of one that is an envelope, those within it.

    Raises:
        Unreadable: it breaks off.
    """
    text, decode_at = source.text(), json.JSONDecoder().raw_decode
    at, number = text.index("[") + 1, 0
    while not text.startswith("]", at := _BLANK.match(text, at).end()):
        try:
            item, at = decode_at(text, at)
        except RecursionError as error:
            raise ValueError(f"JSON that is {_TOO_DEEP}") from error
        except json.JSONDecodeError as error:
            raise Unreadable(f"no JSON behind item {number}: {error.msg}") from error
        number += 1
        is_envelope = isinstance(item, Mapping) and "articles" in item and not _has_text(item)
        yield from _records(item) if is_envelope else [item]
