"""Joint statements: what several persons said together is a quote of each."""

from dataclasses import replace

from spacy.tokens import Span, Token

from ..people.mentions import entities_in
from .quote_spans import Quote

AND = {"and", "&", "with"}
TITLE = {"DET", "ADJ", "NOUN", "PROPN", "NUM"}  # what may stand before a name


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
    people = [ent for ent in entities_in(source) if ent.label_ == "PERSON"]
    if len(people) < 2 or people[-1].end != source.end:
        return []
    named = {token.i for ent in people for token in ent}
    between = [token for token in source if token.i not in named]
    last = source.doc[people[-2].end : people[-1].start]
    joined = AND & {token.lower_ for token in last}
    return people if joined and all(_joins(token) for token in between) else []


def _joins(token: Token) -> bool:
    """Whether a word stands between names side by side: a comma, an "and", a title."""
    return token.lower_ in AND or token.text in ",." or token.pos_ in TITLE or token.tag_ == "PRP$"
