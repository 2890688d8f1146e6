"""What kind of source a speaker is."""

from spacy.tokens import Span

from ..annotations import UNNAMED
from ..lexicon import column
from ..people.mentions import ENTITY_TYPES, name_in
from ..people.roles import is_person_noun
from ..syntax import SUBJECT

PERSONAL = {"he", "she", "him", "her", "his", "i", "me", "my", "who", "himself", "herself"}


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
    if (name := name_in(speaker, head)) is not None:
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
