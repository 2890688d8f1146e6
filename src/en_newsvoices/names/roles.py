"""What an article says a person is: titles, appositions, and descriptions such as "the French minister"."""

import re
from functools import cache

from spacy.tokens import Span, Token
from spacy.util import filter_spans

from ..lexicon import column, words
from ..syntax import SUBJECT
from .titles import is_courtesy, is_office, is_person_noun, is_role_noun, title_before

LONGEST = 10  # tokens of a role
BEFORE_NOUN = ("amod", "compound", "nmod:poss", "poss", "nummod", "nmod")
DETERMINERS = {"the", "a", "an", "its", "their", "his", "her"}


def is_first_lady(role: Span) -> bool:
    """Whether a role is a president's wife's or husband's."""
    return bool(re.search("first (?:lady|gentleman)", role.text.lower()))


def tells(role: Span) -> bool:
    """Whether a role tells more of somebody than their gender and age, as "Mr" and "proud man" do not."""
    return (
        is_first_lady(role)
        or role.root.lemma_.lower() not in words("anybody")
        and not all(token.is_punct or is_courtesy(token) for token in role)
    )


def is_kinship(role: Span, name: Span) -> bool:
    """Whether a role says whose relative somebody is: "his son Beau", "Tarrant's wife, Ada"; not "Ada, mother of two"."""
    if not any(token.lower_ in words("kinship") for token in role):
        return False
    before = role.doc[max(role.start - 1, 0) : role.end]
    return role.end == name.start or any(token.tag_ in ("PRP$", "POS") for token in before)


def roles_of(name: Span) -> list[Span]:
    """Roles that the sentence gives a person: titles before the name, appositions, "X is the leader of Y"."""
    found = [title_before(name)]
    root = name.root
    apposed = [token for token in root.children if token.dep_ == "appos" and token.i >= name.end]
    if not apposed and (noun := _between_commas(name)) is not None:
        apposed = [noun]
    found += [
        _phrase(token) for token in apposed if is_office(token) and not _is_title_of_another(token, name)
    ]
    head = root.head
    if root.dep_ == "appos" and is_office(head) and 0 < name.start - head.i <= LONGEST:
        found.append(None if _is_title_of_another(head, name) else _phrase(head))
    is_so = any(child.dep_ == "cop" for child in head.children) and not any(
        child.lower_ in ("not", "n't", "n’t", "never") for child in head.children
    )
    if root.dep_ in SUBJECT and is_office(head) and is_so:
        found.append(_phrase(head))
    if any(child.dep_ == "cop" for child in root.children):  # the commander is Goran Vasht
        found += [_phrase(child) for child in root.children if child.dep_ in SUBJECT and is_office(child)]
    return filter_spans(span for span in found if span is not None)


def _is_title_of_another(noun: Token, name: Span) -> bool:
    """Whether a noun stands right before another person's name: "Goran Vasht, Kell's envoy Ada Holt and …"."""
    doc, after = noun.doc, noun.i + 1
    while after < len(doc) and is_role_noun(doc[after]):
        after += 1
    of_person = after < len(doc) and doc[after].ent_type_ == "PERSON"
    return of_person and not name.start <= after < name.end


def _between_commas(name: Span) -> Token | None:
    """The noun of "Edda Marlow, the Defence Minister," by its form, where the parse hangs it elsewhere; no list of persons."""
    doc, end = name.doc, name.end
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in DETERMINERS:
        return None
    last = end + 1
    while (
        last + 1 < len(doc) and doc[last + 1].pos_ in ("ADJ", "NOUN", "PROPN") and doc[last + 1].text != ","
    ):
        last += 1
    after = doc[last + 1 : last + 3]
    closed = len(after) == 2 and after[0].text == "," and after[1].lower_ not in ("and", "or")
    return doc[last] if closed and not doc[last].ent_type_ else None


def _phrase(head: Token) -> Span:
    """A noun with what stands before it and the "of …" behind it."""
    start, end = head.i, head.i + 1
    verb = max((child.i for child in head.children if child.dep_ == "cop" and child.i < start), default=-1)
    for token in head.subtree:
        if verb < token.i < head.i and token.dep_ in BEFORE_NOUN:
            start = min(start, token.left_edge.i if token.head == head else start)
    for child in head.children:
        if child.i > head.i and child.dep_ in ("nmod", "prep") and child.right_edge.i - start < LONGEST:
            link = child.left_edge.lower_ if child.dep_ == "nmod" else child.lower_
            end = child.right_edge.i + 1 if link in ("of", "for", "to") else end
    while start < head.i and (
        head.doc[start].is_punct
        or head.doc[start].is_space
        or head.doc[start].pos_ == "DET"
        or head.doc[start].lower_ in ("whose", "its", "their")
    ):
        start += 1
    return head.doc[start:end] if end - start <= LONGEST else head.doc[head.i : head.i + 1]


def role_nouns(role: Span) -> set[str]:
    """The person nouns of a role, as lemmas and titles in full: what "the …" may call this person."""
    full = column("titles", "title", "full")
    nouns = [token for token in role if is_person_noun(token)]
    return {full.get(t.lower_.rstrip("."), "") or t.lemma_.lower() for t in nouns}


def modifiers(noun: Token) -> set[str]:
    """Words that narrow a description down: "French" of "the French minister"; of its place both name and adjective."""
    kept = ("compound", "nmod:poss", "poss", "nmod", "flat")
    words = {child.lower_ for child in noun.children if child.dep_ in kept and child.pos_ != "PRON"}
    words |= {child.lower_ for child in noun.children if child.dep_ == "amod" and child.lower_ in demonyms()}
    return {_place(word) for word in words}


def role_words(role: Span) -> set[str]:
    """The words of a role, of a place both name and adjective as one."""
    return {_place(token.lower_) for token in role}


def _place(word: str) -> str:
    """France for French, French's and the like, as the same word."""
    return demonyms().get(word, word).lower()


@cache
def demonyms() -> dict[str, str]:
    """Place by demonym in small letters (lexicon/places.csv)."""
    return {
        d.lower(): place
        for names, place in column("places", "demonyms", "place").items()
        for d in names.split(";")
        if d
    }
