"""Joint statements: what several persons said together is a quote of each."""

import re
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span

from ..lexicon import column
from .quote_spans import Quote

BETWEEN = re.compile(r"\s*(,|and|&|, and|together with|along with)\s*", re.IGNORECASE)


def speakers_of(quote: Quote) -> list[Quote]:
    """The quote once for each person that its source names side by side, "Ana Ruiz and Ben Holt"; else the quote alone.

    All have the source's words for their speaker; whom each is said by, its voice tells.

    Limitation: persons by name only; "the mayor and her deputy" is one source.
    """
    people = _named_side_by_side(quote.speaker) if quote.speaker is not None else []
    if len(people) < 2:
        return [quote]
    return [replace(quote, voice=person, how=f"{quote.how}, joint statement") for person in people]


def _named_side_by_side(source: Span) -> list[Span]:
    doc, titles = source.doc, column("titles", "title", "gender")
    people = [ent for ent in source.ents if ent.label_ == "PERSON"]
    if len(people) < 2 or people[-1].end != source.end:
        return []
    lead = doc[source.start : people[0].start]
    gaps = [doc[one.end : other.start] for one, other in pairwise(people)]
    if any(token.lower_.rstrip(".") not in titles for token in lead):
        return []
    joined = all(
        BETWEEN.fullmatch("".join(t.text_with_ws for t in gap if t.lower_.rstrip(".") not in titles))
        for gap in gaps
    )
    return people if joined else []
