"""A bare surname of somebody named in full is that person, whatever the recogniser says of it."""

import re
from itertools import groupby
from operator import itemgetter

from spacy.tokens import Doc, Span, Token

from ..lexicon import words
from .same_name import split_generation, without_particle
from .titles import is_person_noun

PLACES = ("GPE", "LOC", "FAC")


def with_surnames(doc: Doc, ents: list[Span], *, skipped: set[int]) -> list[Span]:
    """The entities, with bare surnames of persons made persons, and those added that the recogniser passed over.

    A surname stays a place where the article says "in" or "to" it. `skipped` are tokens that are nobody's names.
    Limitation: a place named like somebody in the article, with no such preposition anywhere, becomes that person.
    """
    full = {_surname(ent) for ent in ents if ent.label_ == "PERSON" and " " in ent.text.strip()} - {""}
    full |= set(map(without_particle, full))
    places = {ent.text for ent in ents if ent.label_ in PLACES and _is_location(ent)}
    bare = {surname for surname in full - places if len(surname) > 1}
    out = [
        Span(doc, ent.start, ent.end, label="PERSON")
        if ent.text in bare and ent.label_ not in ("PERSON", "NORP")
        else ent
        for ent in ents
    ]
    taken = skipped | {i for ent in ents for i in range(ent.start, ent.end)}
    for match in _any_of(bare).finditer(doc.text) if bare else ():
        span = doc.char_span(*match.span())
        if span is None or _is_location(span) or not taken.isdisjoint(range(span.start, span.end)):
            continue
        if _stands_alone(span):
            out.append(Span(doc, span.start, span.end, label="PERSON"))
    return sorted(out, key=lambda ent: ent.start)


def _any_of(names: set[str]) -> re.Pattern:
    """Any of the names as a whole word; grouped by first letter, since a pattern tries what stands side by side in turn."""

    def form(text: str) -> str:
        return re.sub("['’]", "['’]", re.escape(text))

    groups = (
        f"{form(letter)}(?:{'|'.join(form(name[1:]) for name in alike)})"
        for letter, alike in groupby(sorted(names), key=itemgetter(0))
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])")


def _surname(name: Span) -> str:
    """The last word of a name, if it can be told from a common word."""
    core, _ = split_generation(tuple(name.text.split()))
    return core[-1].strip(',()[]"“”') if len(core) > 1 and not core[-1].islower() else ""


def _is_location(ent: Span) -> bool:
    before = ent.doc[ent.start - 1 : ent.start]
    return bool(before) and before[0].lower_ in words("place preposition")


def _stands_alone(span: Span) -> bool:
    """Whether a word is no part of a longer name, nor a common word at the start of a sentence."""
    doc, first = span.doc, span[0]
    before, after = doc[max(span.start - 1, 0) : span.start], doc[span.end : span.end + 1]
    tagged = all(token.tag_.startswith("NNP") for token in span if token.is_alpha)
    if first.is_sent_start and not tagged:
        return False
    beside = [token for token in before if not is_person_noun(token)] + list(after)
    if before and before[0].lower_ in ("the", "a", "an") or after and after[0].like_num:  # May 4
        return False
    return not any(map(_is_name_word, beside))


def _is_name_word(token: Token) -> bool:
    return token.is_title and token.tag_.startswith("NNP")
