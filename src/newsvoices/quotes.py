"""Who said what: quotes with their content, cue and speaker, each a span of the untouched text."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd
from spacy.tokens import Doc, Span

from .attribution import GROUP
from .marks import Quoted, quoted
from .schema import frame
from .sources import speaker_actor, speaker_type

EDGE = ' \t\r\n"“”„«»‹›`,;:—–\u200b\u200e\u200f\ufeff'
SPEECH_WORDS = 4  # fewer quoted words that nobody is said to use are scare quotes
ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s*$|^\s*$|\n\s*$")

Piece = tuple[int, int]


@dataclass
class Quote:
    """One quote in the making: pieces of content, cue and speaker as Spans of the Doc, and how it was found."""

    pieces: list[Piece]
    cue: Span | None = None
    speaker: Span | None = None
    how: str = ""
    continues: "Quote | None" = None
    marked: list[Quoted] = field(default_factory=list)

    @property
    def voice(self) -> "Quote":
        """The quote that names the speaker of this one."""
        return self.continues.voice if self.continues else self


def quotes(docs: Doc | Iterable[Doc]) -> pd.DataFrame:
    """One row per quote: direct, mixed or indirect speech and thought, with its cue and its speaker.

    Args:
        docs: Docs with attributions and entities, as a pipeline from `load_pipeline` makes them.
            `doc.user_data["article_id"]` becomes article_id (else the Doc's number).

    Returns:
        quotes' columns, in the order of the text. Where nobody is named, speaker is "" and speaker_type
        "none", unless the quote continues another one's speaker; `how` says so.

    Limitation: what stands outside quotation marks is found by a learned model; see the scorecard.
    """
    docs = [docs] if isinstance(docs, Doc) else docs
    rows = []
    for number, doc in enumerate(docs):
        found = sorted((q for q in find_quotes(doc) if q.pieces), key=lambda q: (q.pieces[0], q.pieces[-1]))
        article_id = str(doc.user_data.get("article_id", number))
        rows += [
            {"article_id": article_id, "quote_id": f"{article_id}#{i}", **_row(doc, q)}
            for i, q in enumerate(found, 1)
        ]
    return frame("quotes", rows)


def find_quotes(doc: Doc) -> list[Quote]:
    """Attributions joined with the quotation marks of the text, in no particular order."""
    marks = quoted(doc.text)
    found = _attributed(doc, marks)
    claimed = {id(mark) for quote in found for mark in quote.marked}
    for mark in marks:
        if id(mark) not in claimed and (quote := _unattributed(doc.text, mark, marks, found)):
            found.append(quote)
    return found


def _attributed(doc: Doc, marks: list[Quoted]) -> list[Quote]:
    """Quotes of the attribution component, their content fitted to the marks."""
    parts: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for span in doc.spans.get(GROUP, []):
        parts[span.id_][span.label_].append(span)
    found = []
    for part in parts.values():
        pieces = [(span.start_char, span.end_char) for span in part["content"]]
        inside = [mark for mark in marks if _covered(mark, pieces) > 0.5]
        cue, source = part["cue"][:1], part["source"][:1]
        quote = Quote(
            _fitted(doc.text, pieces, inside, marks),
            cue[0] if cue else None,
            _speaker(source[0]) if source else None,
            "content + cue + source" if source and cue else "content + cue" if cue else "content + source",
            marked=inside,
        )
        if quote.pieces:
            found.append(quote)
    return found


def _covered(mark: Quoted, pieces: list[Piece]) -> float:
    common = sum(max(0, min(mark.end, end) - max(mark.start, start)) for start, end in pieces)
    return common / (mark.end - mark.start)


def _fitted(text: str, pieces: list[Piece], inside: list[Quoted], marks: list[Quoted]) -> list[Piece]:
    """Pieces that end where a quotation does when they all but do, without marks and commas at their edges."""
    out = []
    for start, end in pieces:
        for mark in inside:
            if mark.start < end and start < mark.end:
                start = min(start, mark.start) if start < mark.end else start
                end = max(end, mark.end)
        out.append(_trimmed(text, start, end, marks))
    joined: list[Piece] = []
    for start, end in sorted(piece for piece in out if piece[0] < piece[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [part for piece in joined for part in _split(text, piece, marks)]


def _split(text: str, piece: Piece, marks: list[Quoted]) -> list[Piece]:
    """A piece that is nothing but quotations is cut into them."""
    inside = [mark for mark in marks if piece[0] <= mark.start and mark.end <= piece[1]]
    rest = text[piece[0] : piece[1]]
    for mark in reversed(inside):
        rest = rest[: mark.start - piece[0]] + rest[mark.end - piece[0] :]
    if len(inside) > 1 and not re.search(r"\w", rest):
        return [(mark.start, mark.end) for mark in inside]
    return [piece]


def _trimmed(text: str, start: int, end: int, marks: list[Quoted]) -> Piece:
    while start < end and (
        text[start] in EDGE or text.startswith("that ", start) and not _within(start, marks)
    ):
        start += 5 if text.startswith("that ", start) else 1
    while start < end and text[end - 1] in EDGE and not _within(end - 1, marks):
        end -= 1
    if (
        text[start:end].endswith(".")
        and not _within(end - 1, marks)
        and not re.search(r"\b\w\.$", text[start:end])
    ):
        end -= 1
    return start, end


def _within(at: int, marks: list[Quoted]) -> bool:
    return any(mark.start <= at < mark.end for mark in marks)


def _unattributed(text: str, mark: Quoted, marks: list[Quoted], found: list[Quote]) -> Quote | None:
    """What a quotation is that no attribution covers: part of another quote, a floating quote, or no quote."""
    piece = (mark.start, mark.end)
    before = max((m for m in marks if m.end < mark.start), key=lambda m: m.end, default=None)
    previous = next((q for q in found if before in q.marked), None) if before else None
    gap = text[before.end : mark.start] if before else ""
    if (
        previous
        and "\n" not in gap
        and previous.cue
        and before.end <= previous.cue.start_char < mark.start
        and _ends_sentence(gap)
    ):
        previous.pieces.append(piece)
        previous.marked.append(mark)
        return None
    if previous and not before.closed and "\n" in gap and not re.search(r"\w", gap):
        previous.pieces.append(piece)
        previous.marked.append(mark)
        return None
    line = text[text.rfind("\n", 0, mark.start) + 1 : mark.start]
    speech = len(re.findall(r"\w+", text[mark.start : mark.end])) >= SPEECH_WORDS
    if not speech or _is_title(text[mark.start : mark.end]):
        return None
    if previous and _ends_sentence(line) and gap.count("\n") <= 2:
        return Quote([piece], how="floating, continues previous speaker", continues=previous, marked=[mark])
    return Quote([piece], how="in marks, no cue", marked=[mark])


def _ends_sentence(text: str) -> bool:
    return bool(ENDS_SENTENCE.search(text.rstrip("\"“„«‘'` ")))


def _is_title(text: str) -> bool:
    words = [word for word in re.findall(r"\w+", text) if len(word) > 3]
    return text[-1:].isalnum() and bool(words) and all(word[0].isupper() or word.isdigit() for word in words)


def _speaker(span: Span) -> Span:
    """The source without marks and commas at its edges."""
    start, end = span.start, span.end
    while end - start > 1 and (span.doc[end - 1].is_punct or span.doc[end - 1].is_space):
        end -= 1
    while end - start > 1 and (span.doc[start].is_punct or span.doc[start].is_space):
        start += 1
    return span.doc[start:end]


def _kind(text: str, pieces: list[Piece], marks: list[Quoted]) -> str:
    letters = [i for start, end in pieces for i in range(start, end) if text[i].isalnum()]
    inside = sum(_within(i, marks) for i in letters)
    return "indirect" if not inside else "direct" if inside == len(letters) else "mixed"


def _row(doc: Doc, quote: Quote) -> dict[str, object]:
    pieces = sorted(set(quote.pieces))
    voice = quote.voice.speaker
    row = {
        "kind": _kind(doc.text, pieces, quoted(doc.text[: pieces[-1][1] + 2])),
        "text": " ".join(doc.text[start:end] for start, end in pieces),
        "start": pieces[0][0],
        "end": pieces[-1][1],
        "spans": ";".join(f"{start}-{end}" for start, end in pieces),
        "speaker_type": speaker_type(voice) if voice is not None else "none",
        "actor": speaker_actor(voice) if voice is not None else "",
        "how": quote.how,
    }
    for name, span in (("cue", quote.cue), ("speaker", quote.speaker)):
        if span is not None:
            row |= {name: span.text, f"{name}_start": span.start_char, f"{name}_end": span.end_char}
    return row
