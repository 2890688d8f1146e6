"""JSON: one article, an array of them, an envelope around them, or one to a line."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import BinaryIO

from ...losses import Report
from ..newswire import ninjs
from ..sources.source import Source
from ..sources.text import Unreadable, decode, lines, marked_encoding
from .columns import articles, choose

Fields = dict[str, str]
_BLANK = re.compile(r"[\s,]*")


def read_json(source: Source, *, columns: Mapping[str, str], report: Report) -> Iterator[Fields]:
    """One article per object: of the file itself, of an array, of the largest list in an envelope, or of lines.

    Raises:
        ValueError: nothing in it is an object, or no object has a text.
    """
    head = source.head(1 << 12)
    if marked_encoding(head) != "utf-16" and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        rows = _of_array(source, report)
        yield from articles(
            enumerate(rows, start=1), name=source.name, columns=columns, report=report, what="item"
        )
        return
    if _is_one_object(source):
        item = _loaded(source, report)
        rows = _records(item) if isinstance(item, Mapping) else []
        yield from articles(
            enumerate(rows, start=1), name=source.name, columns=columns, report=report, what="item"
        )
        return
    yield from _of_lines(source, columns=columns, report=report)


def _of_lines(source: Source, *, columns: Mapping[str, str], report: Report) -> Iterator[Fields]:
    failures: list[str] = []
    with source.open() as stream:
        rows = _line_rows(stream, source, failures, report)
        first = list(islice(rows, 1))
        if failures and not first:
            raise ValueError(f"no line is a JSON object ({failures[0][:200]})")
        for failure in failures:
            report.skip(source.name, failure)
        failures.clear()
        yield from articles(
            chain(first, _reporting(rows, failures, source.name, report)),
            name=source.name,
            columns=columns,
            report=report,
        )


def _line_rows(
    stream: object, source: Source, failures: list[str], report: Report
) -> Iterator[tuple[int, dict]]:
    for number, line in lines(stream, name=source.name, report=report):
        if isinstance(line, Unreadable):
            failures.append(f"line {number}: {line}")
        elif line.strip():
            try:
                yield number, _object(line, f"line {number}", source.name, report)
            except (ValueError, RecursionError) as error:
                said = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
                failures.append(f"line {number}: {said}")


def _reporting(rows: Iterator, failures: list[str], name: str, report: Report) -> Iterator:
    """The rows; what failed before each is reported in its turn."""
    for row in rows:
        for failure in failures:
            report.skip(name, failure)
        failures.clear()
        yield row
    for failure in failures:
        report.skip(name, failure)


def _object(line: str, where: str, name: str, report: Report) -> dict[str, object]:
    twice: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(items)
        if len(found) < len(items):
            keys = [key for key, _ in items]
            twice.extend(key for key in found if keys.count(key) > 1)
        return found

    item = json.loads(line, object_pairs_hook=pairs)
    if not isinstance(item, dict):
        raise ValueError(f"a {type(item).__name__} where an object is expected")
    if twice:
        report.note(name, f"{where}: {twice[0][:60]} is given twice; the last is read")
    return item


def _is_one_object(source: Source) -> bool:
    """Whether the file is a single object: its first line does not hold a whole one, or is all there is."""
    with source.open() as stream:
        line = stream.readline(1 << 24)
        while line and not line.strip(b"\xef\xbb\xbf \t\r\n"):
            line = stream.readline(1 << 24)
        rest = stream.read(1 << 16)
        while rest and not rest.strip():
            rest = stream.read(1 << 16)
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        json.loads(decode(line)[0])
    except (ValueError, RecursionError):
        return bool(rest) and _opens(line)
    return not rest


def _opens(line: bytes) -> bool:
    """Whether a line begins an object that goes on below: {, or {"key": [ …."""
    text = line.decode("utf-8", "replace").strip().lstrip("\ufeff")
    return text.count("{") + text.count("[") > text.count("}") + text.count("]")


def _loaded(source: Source, report: Report) -> object:
    text, guessed = decode(source.read())
    if guessed:
        report.note(source.name, "not UTF-8: read as Windows-1252")
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("JSON that is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error}") from error


def _records(item: Mapping, depth: int = 3) -> list[Mapping]:
    """The articles in an object: the object itself if it has a text, else the list in it with most of them."""
    if _has_text(item):
        return [item]
    lists = [found for value in item.values() for found in _lists(value, depth)]
    best = max(lists, key=lambda found: (sum(map(_has_text, found[:50])), len(found)), default=[])
    return best or [item]


def _lists(value: object, depth: int) -> Iterator[list[Mapping]]:
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        yield value
    elif isinstance(value, Mapping) and value and all(isinstance(item, Mapping) for item in value.values()):
        yield list(value.values())
        if depth:
            for inner in value.values():
                yield from _lists(inner, depth - 1)
    elif isinstance(value, Mapping) and depth:
        for inner in value.values():
            yield from _lists(inner, depth - 1)


def _has_text(item: Mapping) -> bool:
    if ninjs.is_item(item):
        return True
    try:
        choose([*item, *(item.get("fields") or {})] if isinstance(item.get("fields"), Mapping) else item, {})
    except ValueError:
        return False
    return True


def _of_array(source: Source, report: Report) -> Iterator[Mapping]:
    """The objects of an array, one at a time; what is none is named.

    Raises:
        ValueError: the array holds no object.
        Unreadable: it breaks off.
    """
    failures: list[str] = []
    any_object = False
    for number, item in enumerate(_items(source), start=1):
        if not isinstance(item, Mapping):
            failures.append(f"item {number}: a {type(item).__name__} where an object is expected")
            continue
        any_object = True
        yield from _records(item) if not _has_text(item) and "articles" in item else [item]
    if failures and not any_object:
        raise ValueError(f"no item is a JSON object ({failures[0]})")
    for failure in failures:
        report.skip(source.name, failure)


def _items(source: Source) -> Iterator[object]:
    decode_at = json.JSONDecoder().raw_decode
    with source.open() as stream:
        pieces = _decoded(stream)
        buffer, at, number = next(pieces, ""), 1, 0
        while True:
            at = _BLANK.match(buffer, at).end()
            if buffer.startswith("]", at):
                return
            try:
                item, at = decode_at(buffer, at)
            except RecursionError as error:
                raise ValueError("JSON that is nested too deeply") from error
            except json.JSONDecodeError as error:
                buffer, at = buffer[at:], 0
                more = "".join(islice(pieces, 1 + (len(buffer) >> 20)))
                if not more:
                    raise Unreadable(f"no JSON behind item {number}: {error.msg}") from error
                buffer += more
                continue
            number += 1
            yield item


def _decoded(stream: BinaryIO) -> Iterator[str]:
    """The text in pieces of a megabyte, without what stands before the first bracket; else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="strict")
    started = False
    while chunk := stream.read(1 << 20):
        try:
            piece = decoder.decode(chunk)
        except UnicodeDecodeError:
            piece = chunk.decode("cp1252", "replace")
            decoder.reset()
        yield piece if started else piece.lstrip()
        started = True
