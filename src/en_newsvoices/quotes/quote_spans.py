"""Quotes in the making: pieces of text fitted to the quotation marks, without what is not said."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from ..text.datelines import datelines
from ..text.line_ends import unwrapped
from ..text.quotation_marks import Quotation, quoted

EDGE = ' \t\r\n"“”„«»‹›`,;:—–\u200b\u200e\u200f\ufeff'
COMMENT = re.compile(
    r"\W{1,2}((,|\s[–—-])\s(an?|which|words|using)\b|\s[–—-]\s(his|her|its|their)\b"
    r"|\s(which|that)\b.*\b(coined|defined?|describes?|explain(s|ed)?|means?|meant|refers)\b)",
    re.S,
)
NEXT_SENTENCE = re.compile(r"(?<=[.!?…])\W{1,2}\s+(?=[A-Z])")  # after a closing mark

Piece = tuple[int, int]


@dataclass
class Quote:
    """One quote in the making.

    Pieces of content, cue and speaker as Spans of the Doc, how it was found, the quote whose speaker it continues,
    the numbers of the quotations in it, whom the speaker's words name if not themselves (one of several, or somebody
    named elsewhere), and whether it is a turn of a transcript.
    """

    pieces: list[Piece]
    cue: Span | None = None
    speaker: Span | None = None
    how: str = ""
    continues: "Quote | None" = None
    marked: list[int] = field(default_factory=list)
    voice: Span | None = None
    turn: bool = False

    def source(self) -> Span | None:
        """The words that name the speaker, here or in the quote that this one continues."""
        return self.continues.source() if self.continues else self.voice or self.speaker


class MarkedText:
    """A Doc's text with its quotations in order, and whether a character is inside any.

    `text` has a blank for each line end that it reads on over; offsets are the same.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, unwrapped(doc.text)
        self.quotations = quoted(self.text)
        self.starts = [quotation.start for quotation in self.quotations]
        self.datelines = datelines(self.text)
        self.inside = bytearray(len(self.text) + 1)
        for quotation in self.quotations:
            self.inside[quotation.start : quotation.end] = b"\1" * (quotation.end - quotation.start)

    def between(self, start: int, end: int) -> list[int]:
        """Numbers of the quotations that have a character in text[start:end]."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_left(self.starts, end)
        return [i for i in range(first, last) if self.quotations[i].end > start]

    def after_dateline(self, at: int) -> int:
        """Where the dateline ends that a character stands in; the character itself where it is in none."""
        number = bisect_right(self.datelines, (at, len(self.text))) - 1
        return max(at, self.datelines[number][1]) if number >= 0 else at


def is_content(quotation: Quotation, pieces: list[Piece]) -> bool:
    """Whether half of a quotation is content, or a piece of content runs into it."""
    common = sum(max(0, min(quotation.end, end) - max(quotation.start, start)) for start, end in pieces)
    return 2 * common > quotation.end - quotation.start or any(
        start < quotation.start < end < quotation.end for start, end in pieces
    )


def fit_to_marks(page: MarkedText, pieces: list[Piece], numbers: list[int]) -> list[Piece]:
    """Pieces that end where a quotation does when they all but do, without what is not said at their edges."""
    out = []
    for start, end in pieces:
        for quotation in (page.quotations[number] for number in numbers):
            if quotation.start < end and start < quotation.end:
                start, end = min(start, quotation.start), max(end, quotation.end)
        out.append(trim(page, start, end))
    joined: list[Piece] = []
    for start, end in sorted(piece for piece in out if piece[0] < piece[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return _without_comment(page, [part for piece in joined for part in _split(page, piece)])


def _split(page: MarkedText, piece: Piece) -> list[Piece]:
    """A piece that is nothing but quotations is cut into them."""
    inside = [page.quotations[number] for number in page.between(*piece)]
    outside = (page.text[i] for i in range(*piece) if not page.inside[i])
    if inside and not any(letter.isalnum() for letter in outside):
        return [(max(one.start, piece[0]), min(one.end, piece[1])) for one in inside]
    return [piece]


def trim(page: MarkedText, start: int, end: int) -> Piece:
    """A piece without a dateline, and without marks, commas, "that" and a full stop at its edges that are not quoted.

    Not without the "that" of "that option" or "that was wrong".
    """
    text, inside = page.text, page.inside
    start = min(page.after_dateline(start), end)
    while start < end and (text[start] in EDGE or (_is_conjunction(page, start) and not inside[start])):
        start += 1 if text[start] in EDGE else 5
    while start < end and text[end - 1] in EDGE and not inside[end - 1]:
        end -= 1
    if text[start:end].endswith(".") and not inside[end - 1] and not re.search(r"\b\w\.$", text[start:end]):
        end -= 1
    return start, max(start, end)


def _is_conjunction(page: MarkedText, at: int) -> bool:
    """Whether a "that" begins here that says no more than that what follows is said."""
    word = page.doc.char_span(at, at + 4) if page.text.startswith("that ", at) else None
    return word is not None and word[0].tag_ != "DT"


def with_both_marks(page: MarkedText, piece: Piece) -> Piece:
    """A piece that holds other words beside a quotation, with both of its marks; one that is a quotation with none.

    >>> import spacy
    >>> with_both_marks(MarkedText(spacy.blank("en")("She called it “a joke”.")), (11, 21))
    (11, 22)
    """
    start, end = piece
    near = [page.quotations[number] for number in page.between(start, end)]
    if len(near) == 1 and near[0].start <= start and end <= near[0].end:
        if piece == near[0][:2]:
            return piece
        around = near[0]
        near = [one.moved(around.start) for one in quoted(page.text[around.start : around.end])]
        near = [one for one in near if one.start < end and start < one.end]
    for quotation in near:
        if quotation.end <= end < quotation.after and start < quotation.start:
            end = quotation.after
        if quotation.before < start <= quotation.start and quotation.end < end:
            start = quotation.before
    return start, end


def _without_comment(page: MarkedText, pieces: list[Piece]) -> list[Piece]:
    """Content that ends where its last quotation does, if only the reporter goes on: “…”, a sentence that …; “….” She …."""
    if pieces:
        start, end = pieces[-1]
        last = [page.quotations[number] for number in page.between(start, end)][-1:]
        if last and any(after.match(page.text, last[0].end, end) for after in (COMMENT, NEXT_SENTENCE)):
            return [*pieces[:-1], (start, last[0].end)]
    return pieces


def up_to_closing_mark(page: MarkedText, pieces: list[Piece], cue: int) -> list[Piece]:
    """The pieces as far as the quotation goes in which the cue stands: what its speaker says cannot lie beyond."""
    for quotation in (page.quotations[number] for number in page.between(cue, cue + 1)):
        if quotation.closed or page.text.startswith("\n", quotation.end):
            return [
                (start, min(end, quotation.end)) for start, end in pieces if start < quotation.end
            ] or pieces
    return pieces


def split_at_colon(page: MarkedText, pieces: list[Piece]) -> list[list[Piece]]:
    """Content that goes over into a quotation after a colon is two quotes: She denied it: “I was at home.”."""
    for number in page.between(pieces[0][0], pieces[-1][1]) if pieces else []:
        quotation = page.quotations[number]
        first = next(((s, e) for s, e in pieces if s < quotation.start < e), None)
        if (
            first
            and re.search(r"\w\s*:\s*\W$", page.text[first[0] : quotation.start])
            and page.text[quotation.start].isupper()
        ):
            before = [piece for piece in pieces if piece < first]
            after = [piece for piece in pieces if piece > first]
            head, tail = trim(page, first[0], quotation.start), (quotation.start, first[1])
            return [[*before, head], [tail, *after]]
    return [pieces] if pieces else []


def without_edges(span: Span) -> Span:
    """A source without marks and commas at its edges, its brackets and marks in pairs or left out."""
    doc, start, end = span.doc, span.start, span.end

    def is_edge(token) -> bool:
        return token.is_punct or token.is_space

    while end - start > 1 and is_edge(doc[start]):
        start += 1
    last = end
    while end - start > 1 and is_edge(doc[end - 1]):
        end -= 1
    for opening, closing in ("()", "[]", "“”"):
        count = [t.text for t in doc[start:end]]
        if count.count(opening) > count.count(closing):
            reach = [t.i for t in doc[end : max(last, end + 8)] if t.text == closing]
            if reach and "\n" not in doc[end : reach[0] + 1].text:
                end = reach[0] + 1
            else:
                end = start + max(i for i, text in enumerate(count) if text == opening)
        elif count.count(closing) > count.count(opening):
            end = start + count.index(closing)
    while end - start > 1 and doc[end - 1].text in ",;:":
        end -= 1
    return doc[start:end] if start < end else span
