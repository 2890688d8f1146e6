"""Bytes to text: what encodings are tried, and lines one at a time."""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_LONGEST_LINE = 1 << 28


class Unreadable(ValueError):
    """A file, line or article that holds no text, or none that can be trusted."""


def decode(data: bytes) -> tuple[str, bool]:
    r"""The text with line ends as \n, and whether its encoding is a guess.

    UTF-8 first (UTF-16 where its mark or its zeros say so), then Windows-1252: detectors take that for
    Windows-1250.

    Raises:
        Unreadable: the bytes are no text ("binary") or fit neither encoding.

    >>> decode("“Café”".encode("cp1252"))
    ('“Café”', True)
    """
    guessed = False
    try:
        text = data.decode(marked_encoding(data) or "utf-8")
    except UnicodeDecodeError:
        text, guessed = data.decode("cp1252", errors="replace"), True
    if "\0" in text:
        text, guessed = _without_mark(data), False
        if _CONTROL_CHARACTER.search(text):
            raise Unreadable("binary")
    if guessed and _CONTROL_CHARACTER.search(text):
        raise Unreadable("binary")
    if guessed and "\ufffd" in text:
        raise Unreadable("unreadable: neither UTF-8 nor Windows-1252")
    return line_feeds(text), guessed


def marked_encoding(data: bytes) -> str | None:
    """The encoding that the bytes' first two or three name (a byte order mark)."""
    return next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)


def line_feeds(text: str) -> str:
    r"""The text with \n for every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lines(stream: BinaryIO, note: Callable[[str], None]) -> Iterator[tuple[int, str | Unreadable]]:
    """Number and text of each line, decoded on its own: one in another encoding does not garble the others.

    A line that is no text is an Unreadable in the text's place. At the end ``note`` is told how many lines were
    taken for Windows-1252.
    """
    head = stream.peek(1 << 12)
    if marked_encoding(head) == "utf-16" or _looks_like_utf_16(head):
        yield from enumerate(decode(stream.read())[0].split("\n"), start=1)
        return
    number = n_guessed = n_lines = 0
    while data := stream.readline(_LONGEST_LINE + 1):
        if len(data) > _LONGEST_LINE:
            raise Unreadable(f"a line is longer than {_LONGEST_LINE >> 20} million characters")
        n_lines += 1
        try:
            text, guessed = decode(data.removesuffix(b"\n").removesuffix(b"\r"))
        except Unreadable as error:
            number += 1
            yield number, error
            continue
        n_guessed += guessed
        for line in text.split("\n"):
            number += 1
            yield number, line
    if n_guessed:
        note(f"not UTF-8: read as Windows-1252 ({n_guessed} of {n_lines} lines)")


def _looks_like_utf_16(data: bytes) -> bool:
    even, odd = data[: 1 << 12 : 2].count(0), data[1 : 1 << 12 : 2].count(0)
    n_pairs = len(data[: 1 << 12]) // 2
    return n_pairs >= 4 and max(even, odd) > 0.6 * n_pairs and min(even, odd) < 0.05 * n_pairs


def _without_mark(data: bytes) -> str:
    """UTF-16 that lost its byte order mark.

    Raises:
        Unreadable: it is not.
    """
    if not _looks_like_utf_16(data) or len(data) % 2:
        raise Unreadable("binary")
    little = data[1::2].count(0) > data[::2].count(0)
    text = data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    if "\0" in text:
        raise Unreadable("binary")
    return text
