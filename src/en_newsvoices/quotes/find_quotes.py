"""Who said what: quotes with their content, cue and speaker, each a span of the untouched text."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from ..annotations import ATTRIBUTIONS
from ..syntax import is_verb
from .embedded_reports import held, inner_marks, introduced
from .quote_spans import Page, Piece, belongs, fitted, heard, parted, trimmed

SPEECH_WORDS = 4  # fewer quoted words that nobody is said to use are scare quotes
SAME = 0.7  # of the characters of two stretches; more, and they are one quotation
TITLE = 16  # tokens at most of what stands in capitals before a headline's colon
THAT = re.compile(r"(?<=\w )that\b")
ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s*$|^\s*$|\n\s*$")


@dataclass
class Quote:
    """One quote in the making.

    Pieces of content, cue and speaker as Spans of the Doc, how it was found, the quote whose speaker it
    continues, and the numbers of the quotations in it.
    """

    pieces: list[Piece]
    cue: Span | None = None
    speaker: Span | None = None
    how: str = ""
    continues: "Quote | None" = None
    marked: list[int] = field(default_factory=list)

    @property
    def voice(self) -> "Quote":
        """The quote that names the speaker of this one."""
        return self.continues.voice if self.continues else self


@Language.component(
    "newsvoices_quotes", requires=["doc.spans", "token.dep", "token.tag"], assigns=["doc._.quotes"]
)
def quotes(doc: Doc) -> Doc:
    """Sets `doc._.quotes`: the attributions of the Doc joined with its quotation marks, in the order of the text.

    Limitation: what stands outside quotation marks is found by a learned model; see the scorecard.
    """
    page = Page(doc)
    found = sorted(find_quotes(page), key=lambda quote: (sorted(quote.pieces), quote.how))
    doc._.quotes = [
        {
            "spans": (pieces := sorted(set(quote.pieces))),
            "kind": _kind(page, pieces),
            "cue": _offsets(quote.cue),
            "speaker": _offsets(quote.speaker),
            "how": quote.how,
            "voice": _offsets(quote.voice.speaker),
        }
        for quote in found
    ]
    return doc


def _offsets(span: Span | None) -> Piece | None:
    return None if span is None else (span.start_char, span.end_char)


def find_quotes(page: Page) -> list[Quote]:
    """Attributions joined with the quotation marks of the text, in no particular order."""
    found = _attributed(page)
    owner = {mark: quote for quote in found for mark in quote.marked}
    for number in range(len(page.marks)):
        if number in owner:
            continue
        quote, new = _unattributed(page, number, owner.get(number - 1))
        if quote is not None:
            owner[number] = quote
            found += [quote] if new else []
    return [*found, *_within(page, owner, found), *_headline(page, owner, found)]


def _within(page: Page, owner: dict[int, Quote], found: list[Quote]) -> Iterator[Quote]:
    """What those who are quoted say that somebody said, wants or thinks.

    In marks of its own, as in “He asked me, ‘Which four?’ on the way”, or with words in marks, as in Two officials
    said she wants a “clean pair of hands”; not what is a quote already.
    """
    known = sorted({piece for quote in found for piece in quote.pieces})

    def is_new(start: int, end: int, within: Piece | None = None) -> bool:
        reach = end - (end - start) / SAME  # no piece that is alike begins before it
        near = known[bisect_left(known, (reach, 0)) : bisect_left(known, (end, 0))]
        return start < end and all(piece == within or _alike((start, end), piece) < SAME for piece in near)

    for number in owner:
        for mark in inner_marks(page.text, page.marks[number]):
            if is_new(mark.start, mark.end) and (said := introduced(page.doc, mark)):
                yield Quote([(mark.start, mark.end)], *said, how="in marks within a quote")
    for quote in found:
        pieces, seen = sorted(quote.pieces), set()
        for mark in (page.marks[number] for number in quote.marked):
            start, end = pieces[max(bisect_right(pieces, (mark.start, len(page.text))) - 1, 0)]
            if start < mark.start - 1 and mark.end <= end and (said := held(page.doc, mark, start, end)):
                content, verb, speaker = said
                piece = trimmed(page, *content)
                if piece not in seen and is_new(*piece, within=(start, end)):
                    seen.add(piece)
                    yield Quote([piece], verb, _speaker(speaker), "verb within a quote")


def _headline(page: Page, owner: dict[int, Quote], found: list[Quote]) -> Iterator[Quote]:
    """Quotations in the first line whose words a quote of the article has."""
    words = [_words(" ".join(page.text[start:end] for start, end in quote.pieces)) for quote in found]
    for number in page.between(0, _title_end(page)):
        mark = page.marks[number]
        own = _words(page.text[mark.start : mark.end])
        if number not in owner and own.count(" ") > 2 and any(own in other for other in words):
            yield Quote([(mark.start, mark.end)], how="headline, words of a quote", marked=[number])


def _title_end(page: Page) -> int:
    """Where the first line ends; 0 where it is the only one, or a paragraph, which ends with a full stop."""
    first = re.match(r"\s*[^\n]+(?=\n)", page.text)
    return first.end() if first and not first[0].rstrip(" \"”’'").endswith(".") else 0


def _words(text: str) -> str:
    return " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])


def _alike(one: Piece, other: Piece) -> float:
    return (min(one[1], other[1]) - max(one[0], other[0])) / (max(one[1], other[1]) - min(one[0], other[0]))


def _attributed(page: Page) -> list[Quote]:
    """Quotes of the attribution component, their content fitted to the marks."""
    parts: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for span in page.doc.spans.get(ATTRIBUTIONS, []):
        parts[span.id_][span.label_].append(span)
    found, title_end = [], _title_end(page)
    for part in parts.values():
        pieces = [(span.start_char, span.end_char) for span in part["content"]]
        cue, source = part["cue"][:1], part["source"][:1]
        pieces = heard(page, pieces, cue[0].start_char) if cue else pieces
        near = page.between(min(p[0] for p in pieces), max(p[1] for p in pieces)) if pieces else []
        inside = [number for number in near if belongs(page.marks[number], pieces)]
        if cue and source and _is_label(source[0], cue[0]):
            continue
        if not source and near and pieces[0][0] < title_end:
            continue  # in a headline's marks are words of the article, or nobody's
        how = " + ".join(["content", *(["cue"] if cue else []), *(["source"] if source else [])])
        speaker = _speaker(source[0]) if source else None
        for some, verb in _coordinated(page, fitted(page, pieces, inside), cue[0] if cue else None):
            for own in parted(page, some):
                marked = [number for number in inside if belongs(page.marks[number], own)]
                found.append(Quote(own, verb, speaker, how, marked=marked))
    return found


def _coordinated(
    page: Page, pieces: list[Piece], cue: Span | None
) -> Iterator[tuple[list[Piece], Span | None]]:
    """The content of each of several cues of one speaker: It says that both sides … and provides that observers …."""
    for start, end in pieces if cue else ():
        for match in THAT.finditer(page.text, start, end):
            that = page.doc.char_span(*match.span(), alignment_mode="expand")[0]
            verb = page.doc[max(that.i - 1, 0)]
            if start <= verb.idx and not page.inside[verb.idx] and _is_another(verb, cue):
                first = verb.left_edge.idx
                before = [trimmed(page, s, min(e, first)) for s, e in pieces if s < first]
                after = [trimmed(page, max(s, that.idx), e) for s, e in pieces if e > that.idx]
                yield [piece for piece in before if piece[0] < piece[1]], cue
                yield from _coordinated(
                    page, [p for p in after if p[0] < p[1]], page.doc[verb.i : verb.i + 1]
                )
                return
    yield pieces, cue


def _is_another(verb: Token, cue: Span) -> bool:
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
    before = doc[: cue.end].text.strip() if cue.start < TITLE else ""
    return is_place and cue.text == ":" or before.isupper() and "\n" not in before


def _unattributed(page: Page, number: int, previous: Quote | None) -> tuple[Quote | None, bool]:
    """The quote that a quotation belongs to which no attribution covers, and whether it is a new one.

    `previous` is the quote of the quotation before it. (None, False) for scare quotes and titles.
    """
    text, mark = page.text, page.marks[number]
    piece = (mark.start, mark.end)
    before = page.marks[number - 1] if previous else mark
    gap = text[before.end : mark.start]
    same_line = previous and "\n" not in gap
    interrupted = same_line and previous.cue and before.end <= previous.cue.start_char < mark.start
    paragraphs = previous and not before.closed and "\n" in gap and not re.search(r"\w", gap)
    if (interrupted and _ends_sentence(gap)) or paragraphs:
        previous.pieces.append(piece)
        previous.marked.append(number)
        return previous, False
    words = text[mark.start : mark.end]
    if len(re.findall(r"\w+", words)) < SPEECH_WORDS or _is_title(words):
        return None, False
    line = text[text.rfind("\n", 0, mark.start) + 1 : mark.start]
    if previous and _ends_sentence(line) and gap.count("\n") <= 2:
        return Quote(
            [piece], how="floating, continues previous speaker", continues=previous, marked=[number]
        ), True
    return Quote([piece], how="in marks, no cue", marked=[number]), True


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


def _kind(page: Page, pieces: list[Piece]) -> str:
    letters = [page.inside[i] for start, end in pieces for i in range(start, end) if page.text[i].isalnum()]
    return "indirect" if not any(letters) else "direct" if all(letters) else "mixed"
