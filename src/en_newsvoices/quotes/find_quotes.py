"""The quotes component: who said what, each with its content, cue and speaker as spans of the untouched text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from .attributed import attributed_quotes
from .embedded_reports import inner_quotations, introduced_by, report_around
from .joint_statements import speakers_of
from .quote_spans import MarkedText, Piece, Quote, trim, with_both_marks, without_edges
from .transcripts import name_speakers, turn_quotes, turns
from .unattributed import headline_quotes, unattributed_quotes

SAME = 0.7  # of the characters of two stretches; more, and they are one quotation


@Language.component(
    "newsvoices_quotes",
    requires=["doc.spans", "doc.ents", "token.dep", "token.tag"],
    assigns=["doc._.quotes", "doc.ents"],
)
def quotes(doc: Doc) -> Doc:
    """Sets `doc._.quotes`: the attributions of the Doc joined with its quotation marks, in the order of the text.

    A piece that is a quotation stands without its marks; one that holds other words too has them in pairs. A joint
    statement has a quote for each of its speakers, with the same spans. Of a transcript each turn is a quote, and the
    names in the labels become entities. Refusals to say something are no quotes.

    Limitation: what stands outside quotation marks is found by a learned model; see the scorecard.
    """
    page = MarkedText(doc)
    found = [one for quote in find_quotes(page) for one in speakers_of(quote)]
    found.sort(key=lambda quote: (sorted(quote.pieces), quote.how))
    doc._.quotes = [
        {
            "spans": (pieces := sorted(with_both_marks(page, piece) for piece in set(quote.pieces))),
            "kind": "direct" if quote.turn else _kind(page, pieces),
            "cue": _offsets(quote.cue),
            "speaker": _offsets(quote.speaker),
            "how": quote.how,
            "voice": _offsets(quote.source()),
        }
        for quote in found
    ]
    return doc


def _offsets(span: Span | None) -> Piece | None:
    return None if span is None else (span.start_char, span.end_char)


def _kind(page: MarkedText, pieces: list[Piece]) -> str:
    letters = [page.inside[i] for start, end in pieces for i in range(start, end) if page.text[i].isalnum()]
    return "indirect" if not any(letters) else "direct" if all(letters) else "mixed"


def find_quotes(page: MarkedText) -> list[Quote]:
    """Turns of a transcript, attributions joined with the quotation marks, and quotations with nobody to speak them."""
    found, unspoken = attributed_quotes(page)
    said = turns(page)
    if said:
        name_speakers(page.doc, said)
        spoken, found = turn_quotes(page, found, said)
        unspoken |= {number for quote in spoken for number in quote.marked}
    else:
        spoken = []
    owner = {mark: quote for quote in found for mark in quote.marked}
    more = unattributed_quotes(page, owner, unspoken, found)
    found = [quote for quote in (*found, *more) if quote.pieces]
    return [*spoken, *found, *_embedded(page, owner, found), *headline_quotes(page, owner, found)]


def _embedded(page: MarkedText, owner: dict[int, Quote], found: list[Quote]) -> Iterator[Quote]:
    """What those who are quoted say that somebody said, wants or thinks.

    In marks of its own, as in “He asked me, ‘Which four?’ on the way”, or with words in marks, as in Two officials
    said she wants a “clean pair of hands”; not what is a quote already.
    """
    known = sorted({piece for quote in found for piece in quote.pieces})

    def is_new(start: int, end: int, within: Piece | None = None) -> bool:
        reach = end - (end - start) / SAME  # no piece that is alike begins before it
        near = known[bisect_left(known, (reach, 0)) : bisect_left(known, (end, 0))]
        return start < end and all(piece == within or _overlap((start, end), piece) < SAME for piece in near)

    for number in owner:
        for inner in inner_quotations(page.text, page.quotations[number]):
            if is_new(inner.start, inner.end) and (said := introduced_by(page.doc, inner)):
                yield Quote([(inner.start, inner.end)], *said, how="in marks within a quote")
    for quote in found:
        pieces, seen = sorted(quote.pieces), set()
        for quotation in (page.quotations[number] for number in quote.marked):
            start, end = pieces[max(bisect_right(pieces, (quotation.start, len(page.text))) - 1, 0)]
            if start < quotation.start - 1 and quotation.end <= end:
                report = report_around(page.doc, quotation, start, end)
                piece = trim(page, *report[0]) if report else (0, 0)
                if piece not in seen and is_new(*piece, within=(start, end)):
                    seen.add(piece)
                    yield Quote([piece], report[1], without_edges(report[2]), "verb within a quote")


def _overlap(one: Piece, other: Piece) -> float:
    return (min(one[1], other[1]) - max(one[0], other[0])) / (max(one[1], other[1]) - min(one[0], other[0]))
