"""Which mention a noun phrase is: the name in it, its head, or what a relative pronoun stands for."""

from typing import TypeVar

from spacy.tokens import Span, Token

Mentioned = TypeVar("Mentioned")
ENTITY_TYPES = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
    "MISC": "document", "WORK_OF_ART": "document", "LAW": "document",
}  # fmt: skip
TITLE = {"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM"}  # what a title before a name is made of


def speaker_mention(speaker: Span, at: dict[int, Mentioned]) -> Mentioned | None:
    """What `at` holds for the token that says who a noun phrase is: of the name in it, its head, or of "who" its antecedent."""
    head = speaker.root
    if (name := name_in(speaker, head)) is not None and name.start in at:
        return at[name.start]
    if head.lower_ in ("who", "that") and head.head.dep_ in ("acl:relcl", "relcl"):
        head = head.head.head
    return at.get(head.i)


def name_in(speaker: Span, head: Token) -> Span | None:
    """The entity that names the speaker: the person at the end of a title, the one its head is in, or one apposed to it."""
    ents = [ent for ent in entities_in(speaker) if ent.label_ in ENTITY_TYPES]
    last = ents[-1] if ents and ents[-1].label_ == "PERSON" and ents[-1].end == speaker.end else None
    if last is not None and all(t.pos_ in TITLE or t.text in "()" for t in speaker[: -len(last)]):
        return last
    own = next((ent for ent in ents if ent.start <= head.i < ent.end), None)
    apposed = (
        ent for ent in ents if ent.label_ == "PERSON" and ent.start > head.i and _beside(ent.root, head)
    )
    return own or next(apposed, None)


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
