"""Which mention a noun phrase is: the name in it, its head, or what a relative pronoun stands for."""

from typing import TypeVar

from spacy.tokens import Span, Token

from ..lexicon import words
from ..names.titles import is_person_noun

Mentioned = TypeVar("Mentioned")
ENTITY_TYPES = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
    "MISC": "document", "WORK_OF_ART": "document", "LAW": "document",
}  # fmt: skip


def speaker_mention(speaker: Span, at: dict[int, Mentioned]) -> Mentioned | None:
    """What `at` holds for the token that says who a noun phrase is: of the name in it, its head, or of "who" its antecedent."""
    head = speaker.root
    if (name := name_in(speaker, head)) is not None and name.start in at:
        return at[name.start]
    if head.lower_ in ("who", "that") and head.head.dep_ in ("acl:relcl", "relcl"):
        head = head.head.head
    return at.get(head.i)


def name_in(speaker: Span, head: Token) -> Span | None:
    """The entity that names the speaker: a person between title and age or "MP", the one its head is in, or one apposed."""
    ents = [ent for ent in entities_in(speaker) if ent.label_ in ENTITY_TYPES]
    persons = [ent for ent in ents if ent.label_ == "PERSON"]
    last = persons[-1] if persons else None
    if (
        last is not None
        and _is_title(speaker.doc[speaker.start : last.start])
        and _adds_nothing(speaker, last)
    ):
        return last
    if len(persons) == 1 and _is_named_last(speaker, head, last):
        return last
    own = next((ent for ent in ents if ent.start <= head.i < ent.end), None)
    apposed = (ent for ent in persons if ent.start > head.i and _beside(ent.root, head))
    return own or next(apposed, None)


def _is_named_last(speaker: Span, head: Token, name: Span) -> bool:
    """Whether a description ends in a comma and its bearer's name: "the head of Works and Roads, Brigadier Owen Tarrant"."""
    comma = next((token.i for token in reversed(speaker.doc[head.i : name.start]) if token.text == ","), None)
    if comma is None or not (is_person_noun(head) or head.lower_ in words("one of several")):
        return False
    if comma - 1 != head.i and is_person_noun(speaker.doc[comma - 1]):
        return False  # a spokesman for the mayor, Ada Holt
    return _is_title(speaker.doc[comma + 1 : name.start]) and _adds_nothing(speaker, name)


def _is_title(before: Span) -> bool:
    """Whether words before a name are of the kind that titles are made of: "fuming councillor", "Sgt."."""
    kinds = ("DET", "ADJ", "ADV", "NOUN", "PROPN", "PART", "NUM")
    return all(t.pos_ in kinds or t.tag_ in ("VBG", "VBN", "HYPH") or t.text in "().-" for t in before)


def _adds_nothing(speaker: Span, name: Span) -> bool:
    """Whether behind the name stand brackets, an age or capitals only: "(58)", ", 58", "KC MP"."""
    after = speaker.doc[name.end : speaker.end]
    if not after or after[0].text in "([":
        return True
    return all(t.is_upper or t.is_punct or t.like_num for t in after)


def _beside(name: Token, head: Token) -> bool:
    """Whether a name is apposed to a noun, if need be by way of a title: "its head, Brigadier Owen Tarrant"."""
    while name != head and name.dep_ in ("appos", "flat", "compound"):
        name = name.head
    return name == head


def entities_in(span: Span) -> list[Span]:
    """The entities within a span; Span.ents would look through all of the Doc's each time."""
    starts = [token.i for token in span if token.ent_iob_ == "B"]
    ends = [next((t.i for t in span.doc[i + 1 : span.end] if t.ent_iob_ != "I"), span.end) for i in starts]
    return [Span(span.doc, i, j, label=span.doc[i].ent_type) for i, j in zip(starts, ends, strict=True)]
