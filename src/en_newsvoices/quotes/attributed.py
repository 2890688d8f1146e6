"""Quotes from attributions: their content fitted to the quotation marks, each quotation with one speaker."""

import re
from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Span, Token

from ..annotations import ATTRIBUTIONS
from ..lexicon import words
from ..syntax import PASSIVE, is_noun, is_verb
from ..text.quotation_marks import Quotation
from .not_said import is_not_said
from .quote_spans import (
    MarkedText,
    Piece,
    Quote,
    fit_to_marks,
    is_content,
    split_at_colon,
    trim,
    up_to_closing_mark,
    without_edges,
)

LABEL = 16  # words at most before a colon: of what stands in capitals in a headline, or names a speaker
THAT = re.compile(r"(?<=\w )that\b")
ENDS = re.compile(r"[.!?…\n]")


def attributed_quotes(page: MarkedText) -> tuple[list[Quote], set[int]]:
    """Quotes of the attribution component, and the numbers of the quotations that an attribution says nobody spoke."""
    parts: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for span in page.doc.spans.get(ATTRIBUTIONS, []):
        parts[span.id_][span.label_].append(span)
    found, unspoken, headline = [], set(), title_end(page)
    for part in parts.values():
        pieces = [(span.start_char, span.end_char) for span in part["content"]]
        cue = part["cue"][:1]
        source = [span for span in part["source"][:1] if span.text.lower() not in ("the", "a", "an")]
        if cue:
            pieces = up_to_closing_mark(page, pieces, cue[0].start_char)
            pieces = _without_narration(page, pieces, cue[0])
        near = page.between(min(p[0] for p in pieces), max(p[1] for p in pieces)) if pieces else []
        inside = [number for number in near if is_content(page.quotations[number], pieces)]
        if cue and source and _is_label(source[0], cue[0]):
            continue
        if not source and near and pieces[0][0] < headline:
            continue  # in a headline's marks are words of the article, or nobody's
        if cue and is_not_said(page, cue[0], source[0] if source else None, pieces):
            unspoken.update(inside)
            continue
        speaker = _whole(without_edges(source[0])) if source else None
        if inside and (named := _before_colon(page, inside[0])) is not None:
            speaker, cue = named, [one for one in cue if one.start >= named.end]
        if speaker is not None and cue and _is_spoken_of(cue[0], speaker):
            speaker = None
        how = " + ".join(["content", *(["cue"] if cue else []), *(["source"] if speaker is not None else [])])
        for some, verb in _coordinated(page, fit_to_marks(page, pieces, inside), cue[0] if cue else None):
            for own in split_at_colon(page, some):
                marked = [number for number in inside if is_content(page.quotations[number], own)]
                found.append(Quote(own, verb, speaker, how, marked=marked))
    return _one_speaker_each(page, found), unspoken


def _without_narration(page: MarkedText, pieces: list[Piece], cue: Span) -> list[Piece]:
    """The pieces without what the reporter goes on to tell when a quotation has been said: “It held,” she said of the dam."""
    said = any(end <= cue.start_char and _ends_quotation(page, end) for _, end in pieces)
    stop = ENDS.search(page.text, cue.end_char)
    end = stop.start() if stop else len(page.text)
    return [
        piece
        for piece in pieces
        if not (said and cue.end_char <= piece[0] < end and not any(page.inside[slice(*piece)]))
    ]


def _ends_quotation(page: MarkedText, end: int) -> bool:
    """Whether a piece ends with a closing mark or right before it."""
    return any(end in (page.quotations[n].end, page.quotations[n].after) for n in page.between(end - 2, end))


def _before_colon(page: MarkedText, number: int) -> Span | None:
    """Whom a paragraph names with no verb before a colon and a quotation: “Her neighbour Hanno Breck:” before “No.”, say."""
    end, doc = page.quotations[number].before, page.doc
    if not page.text[max(end - 2, 0) : end].rstrip().endswith(":"):
        return None
    begin = page.text.rfind("\n", 0, end) + 1
    before = page.text[begin:end].rstrip()
    if len(before.split()) > LABEL:
        return None
    span = doc.char_span(begin, begin + len(before) - 1, alignment_mode="contract")
    if span is None or any(map(is_verb, span)) or not any(token.ent_type_ == "PERSON" for token in span):
        return None
    return span


def _whole(speaker: Span) -> Span:
    """A speaker that is no more than an age with the name before it: welder Tam Orrell, 44."""
    name = speaker.root.head
    if not all(token.like_num for token in speaker) or name.i >= speaker.start or not is_noun(name):
        return speaker
    return speaker.doc[name.left_edge.i : speaker.end]


def _is_spoken_of(cue: Span, source: Span) -> bool:
    """Whether others say it of the source, or to it: Edda Marlow is said to have left; the court was told that …."""
    verb = source.root.head
    if verb not in cue or source.root.dep_ not in PASSIVE:
        return False
    if verb.lemma_.lower() in words("addressed verb"):
        return not any(is_verb(token) for token in cue if token.i > verb.i)  # is expected to say
    return verb.lemma_.lower() in words("hearsay verb") and any(
        child.dep_ == "xcomp" for child in verb.children
    )


def title_end(page: MarkedText) -> int:
    """Where the first line ends; 0 where it is the only one, or a paragraph, which ends with a full stop."""
    first = re.match(r"\s*[^\n]+(?=\n)", page.text)
    return first.end() if first and not first[0].rstrip(" \"”’'").endswith(".") else 0


def _one_speaker_each(page: MarkedText, found: list[Quote]) -> list[Quote]:
    """Of several quotes that share a quotation, only the one keeps it whose cue stands nearest.

    What one says that another says is both of theirs.
    """
    claims = defaultdict(list)
    for quote in found:
        for number in quote.marked:
            claims[number].append(quote)
    for number, several in claims.items():
        quotation = page.quotations[number]
        nearest = min(several, key=lambda quote: distance(page, quotation, quote))
        for quote in several:
            if quote is nearest or _reports(page, quote, nearest) or _reports(page, nearest, quote):
                continue
            without(page, quote, number)
    return [quote for quote in found if quote.pieces]


def without(page: MarkedText, quote: Quote, number: int) -> None:
    """Takes a quotation away from the pieces of a quote."""
    quotation = page.quotations[number]
    quote.marked.remove(number)
    left = []
    for start, end in quote.pieces:
        for first, last in ((start, min(end, quotation.before)), (max(start, quotation.after), end)):
            if first < last and page.inside[start]:  # what stands between quotations is not said
                first = next((page.quotations[n].start for n in page.between(first, last)), last)
            if first < last and re.search(r"\w", page.text[first:last]):
                left.append((first, last))
    quote.pieces = fit_to_marks(page, left, quote.marked)


def distance(page: MarkedText, quotation: Quotation, quote: Quote) -> tuple[int, int]:
    """Ends of sentences and characters between a quotation and the cue of a quote."""
    if quote.cue is None:
        return len(page.text), 0
    first, last = quote.cue.start_char, quote.cue.end_char
    between = (
        page.text[quotation.end : first] if first >= quotation.end else page.text[last : quotation.start]
    )
    tail = between.rstrip(" \"“„«‘'`") if last <= quotation.start else between
    return len(ENDS.findall(tail)), len(between)


def _reports(page: MarkedText, quote: Quote, other: Quote) -> bool:
    """Whether the other quote's cue is among the words of this one, and not between its quotations."""
    return other.cue is not None and any(
        start <= (at := other.cue.start_char) < end
        and (page.inside[at] or not (page.inside[start] and page.inside[end - 1]))
        for start, end in quote.pieces
    )


def _coordinated(
    page: MarkedText, pieces: list[Piece], cue: Span | None
) -> Iterator[tuple[list[Piece], Span | None]]:
    """The content of each of several cues of one speaker: It says that both sides … and provides that observers …."""
    for start, end in pieces if cue else ():
        for match in THAT.finditer(page.text, start, end):
            that = page.doc.char_span(*match.span(), alignment_mode="expand")[0]
            verb = page.doc[max(that.i - 1, 0)]
            if start <= verb.idx and not page.inside[verb.idx] and _is_coordinated(verb, cue):
                first = verb.left_edge.idx
                before = [trim(page, s, min(e, first)) for s, e in pieces if s < first]
                after = [trim(page, max(s, that.idx), e) for s, e in pieces if e > that.idx]
                yield [piece for piece in before if piece[0] < piece[1]], cue
                yield from _coordinated(
                    page, [p for p in after if p[0] < p[1]], page.doc[verb.i : verb.i + 1]
                )
                return
    yield pieces, cue


def _is_coordinated(verb: Token, cue: Span) -> bool:
    """Whether a verb is coordinated with the cue: by the parse, or in form with the cue and not with its head."""
    if verb.dep_ != "conj" or not is_verb(verb):
        return False
    return verb.head in cue or verb.head.tag_ != verb.tag_ == cue.root.tag_


def _is_label(source: Span, cue: Span) -> bool:
    """Whether a line begins with a place and a colon, which say where the report was written, or the title in capitals."""
    if not cue.text.endswith(":") or source.start > cue.start:
        return False
    doc, start = source.doc, source.start
    begins = start == 0 or "\n" in doc[start - 1].text
    is_place = begins and cue.start == source.end and source[-1].ent_type_ in ("LOC", "GPE")
    before = doc[: cue.end].text.strip() if cue.start < LABEL else ""
    return is_place and cue.text == ":" or before.isupper() and "\n" not in before
