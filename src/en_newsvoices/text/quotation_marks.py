"""Quotation marks: which stretches of a text stand between them."""

import re
from typing import NamedTuple

OPENING, CLOSING = "“„«‘‹", "”»›"
MARK = re.compile(r"``|''|[“”„«»‹›‘’\"']")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
BEFORE_OPENING = re.compile(rf"(^|[\s(\[{{—–\-/“‘\"'«„:{INVISIBLE}])$")
AFTER_CLOSING = re.compile(rf"[\s)\]}}—–\-/.,;:!?…”’\"'»{INVISIBLE}]|$")


class Quoted(NamedTuple):
    """One stretch between marks: `text[start:end]`; `closed` is False where the paragraph ends first."""

    start: int
    end: int
    mark: str
    closed: bool


def quoted(text: str) -> list[Quoted]:
    """Find what stands between quotation marks, outermost marks only, in the order of the text.

    Knows “typographic”, "straight", ``TeX'', «guillemet» and single marks; tells an apostrophe from a
    mark by its neighbours. A quotation ends with its paragraph (a line end) at the latest, because in
    print each paragraph of a long quotation opens with a mark of its own.

    Limitation: a plural possessive inside single marks (‘the ministers’ talks’) is recognised only
    where another closing mark follows in the paragraph.
    """
    found = []
    for line in re.finditer(r"[^\n]+", text):
        found += _line(text, line.start(), line.end())
    return found


def _line(text: str, start: int, end: int) -> list[Quoted]:
    found, opened = [], None
    marks = [(m.start(), m.end(), m[0]) for m in MARK.finditer(text, start, end)]
    for number, (at, after, mark) in enumerate(marks):
        before, behind = text[max(start, at - 1) : at], text[after : min(end, after + 1)]
        if opened is None:
            if _opens(mark, before, behind) and (
                _family(mark) != "'" or _single_closes(text, marks[number + 1 :], end)
            ):
                opened = (after, _family(mark))
        elif _family(mark) == opened[1] and _closes(mark, before, behind):
            if mark in "’'" and opened[1] == "'" and _possessive(text, at, after, end, marks[number + 1 :]):
                continue
            found.append(Quoted(opened[0], at, opened[1], True))
            opened = None
        elif _family(mark) == opened[1] == '"' and mark in "“``" and at > opened[0]:
            found.append(Quoted(opened[0], at, opened[1], False))
            opened = (after, '"')
    if opened and opened[1] != "'":
        found.append(Quoted(opened[0], end, opened[1], False))
    return [q for q in (_trimmed(text, q) for q in found) if q.start < q.end]


def _family(mark: str) -> str:
    return "'" if mark in ("‘", "’", "'", "‹", "›") else "«" if mark in "«»" else '"'


def _opens(mark: str, before: str, behind: str) -> bool:
    if mark in CLOSING or mark in ("’", "''") and before.strip():
        return False
    if mark in ("“", "„", "«", "``"):
        return True
    return bool(BEFORE_OPENING.search(before)) and bool(behind.strip()) and not AFTER_CLOSING.match(behind)


def _closes(mark: str, before: str, behind: str) -> bool:
    if mark in OPENING or mark == "``":
        return False
    if mark in ("”", "»", "''"):
        return True
    if mark == '"':
        return bool(before.strip()) or not behind.strip()
    return bool(before.strip()) and bool(AFTER_CLOSING.match(behind))


def _single_closes(text: str, later: list[tuple[int, int, str]], end: int) -> bool:
    return any(
        mark in "’'›" and _closes(mark, text[at - 1 : at], text[after : min(end, after + 1)])
        for at, after, mark in later
    )


def _possessive(text: str, at: int, after: int, end: int, later: list[tuple[int, int, str]]) -> bool:
    """ministers’ talks …’: an apostrophe after s and before a word, with a closing mark to come."""
    follows = re.match(r"\s+\w", text[after:end])
    return text[at - 1] in "sS" and bool(follows) and _single_closes(text, later, end)


def _trimmed(text: str, quote: Quoted) -> Quoted:
    inside = text[quote.start : quote.end]
    start = quote.start + len(inside) - len(inside.lstrip())
    return quote._replace(start=start, end=max(start, quote.start + len(inside.rstrip())))
