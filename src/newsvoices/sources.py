"""What kind of source a speaker is."""

import csv
from functools import cache
from importlib.resources import files

from spacy.tokens import Span, Token

PERSONAL = {"he", "she", "him", "her", "his", "i", "me", "my", "who", "himself", "herself"}
ENTITY_TYPES = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
    "MISC": "document", "WORK_OF_ART": "document", "LAW": "document",
}  # fmt: skip


@cache
def _types() -> dict[str, str]:
    with (files("newsvoices") / "lexicon" / "sources.csv").open(encoding="utf-8") as file:
        return {row["lemma"]: row["type"] for row in csv.DictReader(file)}


def speaker_type(speaker: Span) -> str:
    """person, organisation, place, document, unnamed person or unnamed group, by the speaker's head word.

    Names decide by their entity, common nouns by lexicon/sources.csv, other nouns by their number.
    Limitation: "they" counts as a group even where it means a company.
    """
    head = speaker.root
    if head.lower_ in PERSONAL:
        return "person"
    if (name := _name(speaker, head)) is not None:
        return ENTITY_TYPES.get(name.label_, "organisation")
    if (known := _types().get(head.lemma_.lower()) or _types().get(head.lower_)) is not None:
        return known
    return (
        "unnamed group"
        if head.tag_ in ("NNS", "NNPS") or head.lower_ in ("these", "those")
        else "unnamed person"
    )


def speaker_actor(speaker: Span) -> str:
    """The name in the speaker's noun phrase that says who it is; "" for a pronoun or a description."""
    name = _name(speaker, speaker.root)
    return "" if name is None else name.text


def _name(speaker: Span, head: Token) -> Span | None:
    """The entity that names the speaker: the one its head is in, or a person's name apposed to it."""
    ents = [ent for ent in _entities(speaker) if ent.label_ in ENTITY_TYPES]
    own = next((ent for ent in ents if ent.start <= head.i < ent.end), None)
    apposed = (
        ent
        for ent in ents
        if ent.label_ == "PERSON"
        and any(t.head == head and t.dep_ in ("appos", "flat", "compound") for t in ent)
    )
    return own or next(apposed, None)


def _entities(span: Span) -> list[Span]:
    """The entities within a span; Span.ents would look through all of the Doc's each time."""
    starts = [token.i for token in span if token.ent_iob_ == "B"]
    ends = [next((t.i for t in span.doc[i + 1 : span.end] if t.ent_iob_ != "I"), span.end) for i in starts]
    return [Span(span.doc, i, j, label=span.doc[i].ent_type) for i, j in zip(starts, ends, strict=True)]
