"""Transcripts: interviews, hearings and debates whose lines begin with who speaks."""

import re
from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from spacy.tokens import Doc, Span

from ..lexicon import column, words
from .quote_spans import MarkedText, Piece, Quote, trim

CAPITAL = r"[^\W\d_a-z][\w.’'-]*"
CAPITALS = r"[A-Z][A-Z’'-]+"
LABEL = re.compile(
    r"[ \t]*[*_#]{0,4}[ \t]*(?P<time>[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?[\])]?[ \t]*[-–—]?[ \t]*)?"
    rf"(?P<label>[QA](?=[.:])|(?P<name>SPEAKER[_ ]\d+|(?:The )?{CAPITAL}(?:[ \t]+(?:{CAPITAL}|\d+|of|for|the|and)){{0,6}})"
    r"(?:,[ \t][\w. ’'/-]{2,40})?(?P<brackets>(?:[ \t]*\([^()\n]{1,30}\)){0,2})(?=[ \t]*:)"
    rf"|(?P<hearing>(?:(?:Mr|Mrs|Ms|Dr|Senator|The)\.? )?{CAPITALS}(?: {CAPITALS}){{0,2}})(?=\.))"
    r"(?:\.|[ \t]*:)[*_]{0,2}[ \t]+(?=\S)"
)
BRACKETED = re.compile(rf"\s*\(({CAPITAL}(?: {CAPITAL})+)\)")
SHARE = 0.5  # of the paragraphs from the first turn on that begin with a label, at least
DIRECTION = re.compile(r"\s*(\([^()]*\)|\[[^\[\]]*\])\s*$")  # (APPLAUSE)
SAME = 0.7  # of a turn


class Turn(NamedTuple):
    """One speaker's turn: who speaks, as a Span of the Doc or None, the label and where it begins, and the pieces said."""

    speaker: Span | None
    label: str
    begin: int
    pieces: list[Piece]


def turns(page: MarkedText) -> list[Turn]:
    """The turns of a text that has the form of a transcript; none for any other.

    It has where at least half of the paragraphs from the first label on begin with one ("MARTIN:", "Q:",
    "[00:01:12] Vera Kohl:", "PAT MOSS, ANCHOR:", "SEN. ORR (D-N.M.):", "Mr. CARR."), and labels recur, or bear times or brackets.
    A paragraph without a label goes on with the turn before.

    Limitation: labels on a line of their own are not read.
    """
    paragraphs = [match.span() for match in re.finditer(r"[^\n]*\w[^\n]*", page.text)]
    labels = {start: match for start, end in paragraphs if (match := _label(page, start, end))}
    begun = [(start, end) for start, end in paragraphs if labels and start >= min(labels)]
    named = Counter(_name(match).split()[-1].lower() for match in labels.values())
    formal = all(match["time"] or match["brackets"] for match in labels.values())
    recurs = max(named.values(), default=0) > 1 or {"q", "a"} <= set(named)
    if len(labels) < 2 or not (formal or recurs) or len(labels) < SHARE * len(begun):
        return []
    found: list[Turn] = []
    for start, end in begun:
        match = labels.get(start)
        if match is not None:
            found.append(Turn(_speaker(page, match), match["label"], start, []))
        piece = trim(page, match.end() if match else start, end)
        if page.text[piece[1] : piece[1] + 1] == ".":  # a turn is whole sentences
            piece = piece[0], piece[1] + 1
        if piece[0] < piece[1] and not DIRECTION.match(page.text[slice(*piece)]):
            found[-1].pieces.append(piece)
    return [turn for turn in found if turn.pieces]


def _label(page: MarkedText, start: int, end: int) -> re.Match | None:
    match = LABEL.match(page.text, start, end)
    if match is None or match["label"].lower() in words("label of no speaker"):
        return None
    is_headline = (
        start < 200 and not page.text[:start].strip() and page.text[start:end].rstrip()[-1].isalnum()
    )
    return None if is_headline else match


def _name(match: re.Match) -> str:
    return match["name"] or match["hearing"] or match["label"]


def _speaker(page: MarkedText, match: re.Match) -> Span | None:
    """The name in a label; of "The Minister for Roads (Bo Carr)" that in brackets; of Q and A nobody."""
    if match["label"] in ("Q", "A"):
        return None
    start, end = match.span("name" if match["name"] else "hearing")
    inner = BRACKETED.match(page.text, end)
    if inner and _name(match).startswith("The "):
        start, end = inner.span(1)
    return page.doc.char_span(start, end, alignment_mode="expand")


def turn_quotes(page: MarkedText, found: list[Quote], said: list[Turn]) -> tuple[list[Quote], list[Quote]]:
    """The turns as quotes, and what is left of the quotes `found` otherwise: those within a turn, by a cue of its own."""
    answers = _interviewee(page, said)
    made = []
    for turn in said:
        voice = answers if turn.label == "A" else None
        numbers = page.between(turn.pieces[0][0], turn.pieces[-1][1])
        made.append(
            Quote(
                turn.pieces,
                None,
                turn.speaker,
                "turn of a transcript",
                marked=numbers,
                voice=voice,
                turn=True,
            )
        )
    return made, [quote for quote in found if _is_apart(quote, said)]


def _interviewee(page: MarkedText, said: list[Turn]) -> Span | None:
    """The one person that the text names before the first turn."""
    before = page.doc.char_span(0, said[0].begin or 1, alignment_mode="expand") if said else ()
    people = [ent for ent in before.ents if ent.label_ == "PERSON"] if said and said[0].begin else []
    return people[0] if len({ent[-1].lower_ for ent in people}) == 1 else None


def _is_apart(quote: Quote, said: list[Turn]) -> bool:
    """Whether a quote stands before the first turn, or is part of one together with its cue and speaker."""
    start, end = min(quote.pieces)[0], max(quote.pieces, key=lambda piece: piece[1])[1]
    if end <= said[0].begin:
        return True
    turn = said[max(bisect_right(said, start, key=lambda one: one.begin) - 1, 0)]
    first, last = turn.pieces[0][0], turn.pieces[-1][1]
    spans = [span for span in (quote.cue, quote.speaker) if span is not None]
    inside = all(first <= span.start_char and span.end_char <= last for span in spans)
    return bool(spans) and inside and first <= start and end <= last and end - start < SAME * (last - first)


def name_speakers(doc: Doc, said: list[Turn]) -> None:
    """Sets the names in the labels as `doc.ents`: of the type that the article has for them elsewhere, else persons."""
    labels = {token.i for turn in said if turn.speaker is not None for token in turn.speaker}
    elsewhere = [ent for ent in reversed(doc.ents) if ent.start not in labels]
    known = {ent[-1].lower_: ent.label_ for ent in elsewhere}
    spans: dict[int, Span] = {}
    for turn in said:
        speaker = turn.speaker
        if speaker is None or words("unnamed speaker") & {
            token.lower_.partition("_")[0] for token in speaker
        }:
            continue
        titles = {**column("titles", "title", "gender"), **column("persons", "lemma", "gender")}
        start = next((t.i for t in speaker if t.lower_.rstrip(".") not in {"", *titles}), speaker.end - 1)
        label = known.get(speaker[-1].lower_, "PERSON")
        spans[start] = Span(doc, start, speaker.end, label=label)
    taken = {token.i for span in spans.values() for token in span}
    kept = [ent for ent in doc.ents if not taken & set(range(ent.start, ent.end))]
    doc.ents = [*kept, *spans.values()]
