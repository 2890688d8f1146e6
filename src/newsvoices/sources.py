"""What kind of source a speaker is."""

import re
from typing import TypeVar

from spacy.tokens import Span, Token

from .clauses import SUBJECT
from .lexicon import column
from .roles import is_person_noun

UNNAMED = "“"  # how the chain of somebody unnamed begins
REASON = re.compile(
    r"\b(on|under) (the )?condition of anonymity( because [^,.;\n]+)?|\b(not|un|n[’']t) ?authori[sz]ed to (speak|comment|talk|discuss|brief)[^,.;\n]*"
    r"|\b(declin|refus|ask)ed (not )?to be (named|identified|quoted by name)[^,.;\n]*|\bspeaking anonymously[^,.;\n]*"
    r"|\b(can|could|may|must|would|do|does|did)( ?not|n[’']t) (wish to |want to )?be (named|identified)[^,.;\n]*|\b(not to be|without being) (named|identified)\b[^,.;\n]*"
    r"|\bfor fear of [^,.;\n]+",
    re.IGNORECASE,
)
Mentioned = TypeVar("Mentioned")
PERSONAL = {"he", "she", "him", "her", "his", "i", "me", "my", "who", "himself", "herself"}
ENTITY_TYPES = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
    "MISC": "document", "WORK_OF_ART": "document", "LAW": "document",
}  # fmt: skip


def speaker_type(speaker: Span, mention: Span | None = None) -> str:
    """person, organisation, place, document, unnamed person or unnamed group.

    The mention that the speaker is decides (see speaker_mention), then the name in it by its entity, common
    nouns by lexicon/sources.csv, other nouns by their number.
    Limitation: "they" counts as a group even where it means a company, and "it" as an organisation where nothing
    before it tells better (see antecedent).
    """
    head, types = speaker.root, column("sources", "lemma", "type")
    if mention is not None and mention.label_ == "PERSON":
        return "unnamed person" if mention.id_.startswith(UNNAMED) else "person"
    if head.lower_ in PERSONAL:
        return "person"
    if head.lower_ == "it":
        return "organisation"
    if (name := _name(speaker, head)) is not None:
        return ENTITY_TYPES.get(name.label_, "organisation")
    if (known := types.get(head.lemma_.lower()) or types.get(head.lower_)) is not None:
        return known
    return (
        "unnamed group"
        if head.tag_ in ("NNS", "NNPS") or head.lower_ in ("these", "those")
        else "unnamed person"
    )


def antecedent(speaker: Span) -> Span:
    """The speaker, or what "it" means: the subject of a clause that "it" is part of, or of the sentence before.

    Only one thing that is no person is meant; in a run of "it said" it is what the first of them means.
    """
    doc, word = speaker.doc, speaker.root
    while word.lower_ == "it" and doc.has_annotation("DEP"):
        verbs, sent = set(word.head.ancestors), word.sent
        subjects = [t for t in doc[sent.start : word.i] if t.dep_ in SUBJECT and t.head in verbs]
        if not subjects and sent.start:
            before = doc[sent.start - 1].sent
            subjects = [t for t in before if t.dep_ in SUBJECT and t.head == before.root]
        if not subjects:
            return speaker
        word = subjects[-1]
    one = (
        word != speaker.root
        and word.tag_ in ("NN", "NNP")
        and word.ent_type_ != "PERSON"
        and not is_person_noun(word)
    )
    return doc[word.left_edge.i : word.right_edge.i + 1] if one else speaker


TITLE = {"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM"}  # what a title before a name is made of


def speaker_mention(speaker: Span, at: dict[int, Mentioned]) -> Mentioned | None:
    """What `at` holds for the token that says who a noun phrase is: of the name in it, its head, or of "who" its antecedent."""
    head = speaker.root
    if (name := _name(speaker, head)) is not None and name.start in at:
        return at[name.start]
    if head.lower_ in ("who", "that") and head.head.dep_ in ("acl:relcl", "relcl"):
        head = head.head.head
    return at.get(head.i)


def anonymity(speaker: Span) -> str:
    """Why somebody is not named, in the words of the paragraph that the speaker stands in; "" where it does not say."""
    text = speaker.doc.text
    start = text.rfind("\n", 0, speaker.start_char) + 1
    end = text.find("\n", speaker.end_char)
    reason = REASON.search(text, start, end if end >= 0 else len(text))
    return reason[0] if reason else ""


def _name(speaker: Span, head: Token) -> Span | None:
    """The entity that names the speaker: the person at the end of a title, the one its head is in, or one apposed to it."""
    ents = [ent for ent in _entities(speaker) if ent.label_ in ENTITY_TYPES]
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


def _entities(span: Span) -> list[Span]:
    """The entities within a span; Span.ents would look through all of the Doc's each time."""
    starts = [token.i for token in span if token.ent_iob_ == "B"]
    ends = [next((t.i for t in span.doc[i + 1 : span.end] if t.ent_iob_ != "I"), span.end) for i in starts]
    return [Span(span.doc, i, j, label=span.doc[i].ent_type) for i, j in zip(starts, ends, strict=True)]
