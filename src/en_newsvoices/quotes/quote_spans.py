"""What of a text is a quote's content: pieces fitted to the quotation marks, without what is not said."""

import re
from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from ..text.quotation_marks import Quoted, quoted

EDGE = ' \t\r\n"“”„«»‹›`,;:—–\u200b\u200e\u200f\ufeff'
COMMENT = re.compile(
    r"\W{1,2}((,|\s[–—-])\s(an?|which|words|using)\b|\s[–—-]\s(his|her|its|their)\b"
    r"|\s(which|that)\b.*\b(coined|defined?|describes?|explain(s|ed)?|means?|meant|refers)\b)",
    re.S,
)
NEXT = re.compile(r"(?<=[.!?…])\W{1,2}\s+(?=[A-Z])")  # from a closing mark to a new sentence

Piece = tuple[int, int]


class Page:
    """A Doc with its quotation marks looked up once: `marks` in order, and whether a character is inside any."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, doc.text
        self.marks = quoted(self.text)
        self.starts = [mark.start for mark in self.marks]
        self.inside = bytearray(len(self.text) + 1)
        for mark in self.marks:
            self.inside[mark.start : mark.end] = b"\1" * (mark.end - mark.start)

    def between(self, start: int, end: int) -> list[int]:
        """Numbers of the marks that have a character in text[start:end]."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_left(self.starts, end)
        return [i for i in range(first, last) if self.marks[i].end > start]


def belongs(mark: Quoted, pieces: list[Piece]) -> bool:
    """Whether half of a quotation is content, or a piece of content runs into it."""
    common = sum(max(0, min(mark.end, end) - max(mark.start, start)) for start, end in pieces)
    return 2 * common > mark.end - mark.start or any(
        start < mark.start < end < mark.end for start, end in pieces
    )


def fitted(page: Page, pieces: list[Piece], inside: list[int]) -> list[Piece]:
    """Pieces that end where a quotation does when they all but do, without what is not said at their edges."""
    out = []
    for start, end in pieces:
        for mark in (page.marks[number] for number in inside):
            if mark.start < end and start < mark.end:
                start, end = min(start, mark.start), max(end, mark.end)
        out.append(trimmed(page, start, end))
    joined: list[Piece] = []
    for start, end in sorted(piece for piece in out if piece[0] < piece[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return _without_comment(page, [part for piece in joined for part in _split(page, piece)])


def _split(page: Page, piece: Piece) -> list[Piece]:
    """A piece that is nothing but quotations is cut into them."""
    inside = [page.marks[number] for number in page.between(*piece)]
    outside = (page.text[i] for i in range(*piece) if not page.inside[i])
    if len(inside) > 1 and not any(letter.isalnum() for letter in outside):
        return [(max(mark.start, piece[0]), min(mark.end, piece[1])) for mark in inside]
    return [piece]


def trimmed(page: Page, start: int, end: int) -> Piece:
    """A piece without marks, commas, "that" and a full stop at its edges, where they are not quoted themselves."""
    text, inside = page.text, page.inside
    while start < end and (text[start] in EDGE or (text.startswith("that ", start) and not inside[start])):
        start += 5 if text.startswith("that ", start) else 1
    while start < end and text[end - 1] in EDGE and not inside[end - 1]:
        end -= 1
    if text[start:end].endswith(".") and not inside[end - 1] and not re.search(r"\b\w\.$", text[start:end]):
        end -= 1
    return start, max(start, end)


def _without_comment(page: Page, pieces: list[Piece]) -> list[Piece]:
    """Content that ends where its last quotation does, if only the reporter goes on: “…”, a sentence that …; “….” She …."""
    if pieces:
        start, end = pieces[-1]
        last = [page.marks[number] for number in page.between(start, end)][-1:]
        if last and any(after.match(page.text, last[0].end, end) for after in (COMMENT, NEXT)):
            return [*pieces[:-1], (start, last[0].end)]
    return pieces


def heard(page: Page, pieces: list[Piece], cue: int) -> list[Piece]:
    """The pieces as far as the quotation goes in which the cue stands: what its speaker says cannot lie beyond."""
    for mark in (page.marks[number] for number in page.between(cue, cue + 1)):
        if mark.closed or page.text.startswith("\n", mark.end):
            return [(start, min(end, mark.end)) for start, end in pieces if start < mark.end] or pieces
    return pieces


def parted(page: Page, pieces: list[Piece]) -> list[list[Piece]]:
    """Content that goes over into a quotation after a colon is two quotes: She denied it: “I was at home.”."""
    for number in page.between(pieces[0][0], pieces[-1][1]) if pieces else []:
        mark = page.marks[number]
        first = next(((s, e) for s, e in pieces if s < mark.start < e), None)
        if (
            first
            and re.search(r"\w\s*:\s*\W$", page.text[first[0] : mark.start])
            and page.text[mark.start].isupper()
        ):
            before = [piece for piece in pieces if piece < first]
            after = [piece for piece in pieces if piece > first]
            head, tail = trimmed(page, first[0], mark.start), (mark.start, first[1])
            return [[*before, head], [tail, *after]]
    return [pieces] if pieces else []
