"""What kind of source a speaker is."""

import re

from spacy.tokens import Span, Token

from ..annotations import UNNAMED
from ..lexicon import column, words
from ..names.titles import is_person_noun
from ..people.mentions import ENTITY_TYPES, name_in
from ..syntax import RELATIVE, RELATIVE_PRONOUNS, SUBJECT, is_noun, prepositional_objects

AGENT = ("ist", "er", "or", "ee", "eer", "ian", "man", "woman", "person")
PERSONAL = {"you", "he", "she", "him", "her", "his", "i", "me", "my", "himself", "herself"}
ANAPHORS = {"it": ("NN", "NNP"), "they": ("NNS", "NNPS")}


def speaker_type(speaker: Span, mention: Span | None = None) -> str:
    """person, organisation, place, document, unnamed person or unnamed group.

    The mention that the speaker is decides (see speaker_mention): somebody whom the article names, or tells by an
    office alone ("the president"), is a person. Then the name in it by its entity, common nouns by
    lexicon/sources.csv, other nouns by their number; what is neither person nor group is a document.
    Limitation: "it" counts as an organisation, and "they" as a group, where nothing before tells better (see
    antecedent).
    """
    head, types = speaker.root, column("sources", "lemma", "type")
    if mention is not None and mention.label_ == "PERSON":
        return (
            "unnamed person" if mention.id_.startswith(UNNAMED) and not _is_office(mention.id_) else "person"
        )
    if head.lower_ in PERSONAL:
        return "person"
    if head.lower_ in ("it", "its"):
        return "organisation"
    if (name := name_in(speaker, head)) is not None:
        return ENTITY_TYPES.get(name.label_, "organisation")
    if _is_several(head):
        return "unnamed group"
    noun = _counted(head) if head.lower_ in words("one of several") else head
    if noun is None or noun != head and noun.tag_ == "PRP":
        return "unnamed person"
    known = types.get(noun.lemma_.lower()) or types.get(noun.lower_, "")
    if known not in ("", "unnamed person") and not _is_figure(noun):
        return known
    if is_plural(head):
        return "unnamed group"
    if known or is_person(noun):
        return "unnamed person"
    return "person" if noun.tag_ == "NNP" else "document"  # a name that no recogniser found


def _is_office(chain: str) -> bool:
    """Whether somebody without a name is told by an office that one person holds: “the president”."""
    described = re.match(rf"{UNNAMED}the (?:.* )?([\w-]+)”", chain, re.IGNORECASE)
    return described is not None and described[1].lower() in words("office")


def is_person(noun: Token) -> bool:
    """Whether a noun means a person: by the lists, by "who" behind it, or by its form (a sapper, the lobbyist)."""
    if is_person_noun(noun) or any(
        token.lower_ == "who" for child in noun.children for token in child.children
    ):
        return True
    return _is_figure(noun) or (
        noun.lemma_.lower().endswith(AGENT) and noun.lemma_.lower() not in words("thing like an agent")
    )


def _is_figure(noun: Token) -> bool:
    """Whether it is a senior figure, and not the figure below."""
    return noun.lower_ == "figure" and any(child.dep_ in ("amod", "compound") for child in noun.children)


def is_plural(noun: Token) -> bool:
    """Whether a noun or pronoun means several; one that begins a sentence may be tagged as a name ("Bosses")."""
    if noun.tag_ in ("NNS", "NNPS") or noun.lower_ in ("these", "those"):
        return True
    singular = {noun.lower_.removesuffix("s"), noun.lower_.removesuffix("es")} - {noun.lower_}
    return noun.tag_ == "NNP" and not singular.isdisjoint(column("persons", "lemma", "gender"))


def _is_several(head: Token) -> bool:
    """Whether a number or a word of quantity stands for several persons: two of her advisers, a group of lawmakers."""
    if head.tag_ == "CD":
        return head.lower_ not in words("one of several")
    counted = _counted(head)
    return head.lower_ in words("collective noun") and counted is not None and is_plural(counted)


def _counted(head: Token) -> Token | None:
    """What a quantity is of: two of her advisers."""
    return next(iter(prepositional_objects(head, ("of",))), None)


def antecedent(speaker: Span) -> Span:
    """The speaker, or what its pronoun means: of "who" the noun before it, of "it" and "they" a subject before.

    The latter is the subject of a clause that the pronoun is part of, or of the sentence before; only what is no person is
    meant, by "it" one thing, by "they" several. In a run of "it said" it is what the first of them means.
    """
    doc, word = speaker.doc, speaker.root
    if not doc.has_annotation("DEP"):
        return speaker
    if word.lower_ in RELATIVE_PRONOUNS:
        return _relative_antecedent(word) or speaker
    while word.lower_ in ANAPHORS and (subject := _subject_before(word)) is not None:
        word = subject
    if word == speaker.root or word.tag_ not in ANAPHORS[speaker.root.lower_] or is_person_noun(word):
        return speaker
    return doc[word.left_edge.i : word.right_edge.i + 1]


def _relative_antecedent(pronoun: Token) -> Span | None:
    """The noun phrase that "who" stands for: by the parse, else what stands right before it and its comma."""
    doc = pronoun.doc
    clause = next((token for token in (pronoun, *pronoun.ancestors) if token.dep_ in RELATIVE), None)
    noun = clause.head if clause is not None else doc[max(pronoun.i - 1, 0)]
    if noun.text == "," and noun.i:
        noun = noun.nbor(-1)
    while noun.dep_ in ("flat", "compound", "appos") and noun.head.i < noun.i:
        noun = noun.head
    if pronoun.lower_ in ("who", "whom"):  # a director of Relief Watch, who
        persons = (
            token for token in (noun, *noun.ancestors) if token.ent_type_ == "PERSON" or is_person_noun(token)
        )
        noun = next(persons, noun)
        if (member := _one_of_them(noun)) is not None:
            return doc[member.left_edge.i : member.right_edge.i + 1]
    if noun.i >= pronoun.i or not is_noun(noun):
        return None
    end = pronoun.i - 1 if pronoun.i and doc[pronoun.i - 1].text == "," else pronoun.i
    return doc[min(noun.left_edge.i, end - 1) : end]


def _one_of_them(several: Token) -> Token | None:
    """Who is said to be one of several: Marlow, of "Marlow was one of the few senators who …"."""
    one = next((token for token in several.ancestors if token.lower_ == "one"), None)
    if one is None or one.i > several.i or not any(child.dep_ == "cop" for child in one.children):
        return None
    return next((child for child in one.children if child.dep_ in SUBJECT), None)


def _subject_before(word: Token) -> Token | None:
    doc, verbs, sent = word.doc, set(word.head.ancestors), word.sent
    found = [t for t in doc[sent.start : word.i] if t.dep_ in SUBJECT and t.head in verbs]
    if not found and sent.start:
        before = doc[sent.start - 1].sent
        found = [t for t in before if t.dep_ in SUBJECT and t.head == before.root]
    return found[-1] if found else None
