"""What an article says a person is: titles, appositions, and descriptions such as "the French minister"."""

import re
from functools import cache

from spacy.tokens import Span, Token
from spacy.util import filter_spans

from ..lexicon import column, words
from ..syntax import SUBJECT

TIMES = ("obl", "obl:tmod", "obl:npmod", "npadvmod")  # "night" of "last night Mr Rudek said"
LONGEST = 10  # tokens of a role
COURTESY = frozenset({"mr", "mrs", "ms", "miss", "mx"})
DETERMINERS = {"the", "a", "an", "its", "their", "his", "her"}


def is_person_noun(token: Token) -> bool:
    """Whether a word says what a person is: those of lexicon/persons.csv and titles.csv."""
    persons = column("persons", "lemma", "gender")
    return token.pos_ in ("NOUN", "PROPN", "ADJ") and (
        token.lower_ in persons
        or token.lemma_.lower() in persons
        or token.lower_.rpartition("-")[2] in persons
        or token.lower_.rstrip(".") in column("titles", "title", "gender")
    )


def noun_gender(token: Token) -> str:
    """m, f, or "" for a noun or title that both may bear."""
    word = token.lower_.rstrip(".")
    return column("titles", "title", "gender").get(word) or column("persons", "lemma", "gender").get(word, "")


def title_before(name: Span) -> Span | None:
    """The words of a name's noun phrase before it that say what the person is: "US Defence Secretary"."""
    doc, start = name.doc, name.start
    if start and doc[start - 1].lower_ == "of":  # the brother of Edda Marlow
        return None
    while start > 0 and _joins(doc[start - 1], name):
        start -= 1
    while start < name.start and (doc[start].pos_ in ("ADP", "DET", "PUNCT", "PRON") or doc[start].is_quote):
        start += 1
    for i in range(start, name.start):
        if doc[i].lower_ == "of" and any(map(_is_role_noun, doc[i + 1 : name.start])):
            start = i + 1
    end, start = name.start, _behind_mood(doc[_office_begins(doc[start : name.start]) : name.start])
    while end - start > 1 and is_courtesy(doc[end - 1]):  # the head of the mission Mr
        end -= 1
    span = doc[start:end]
    is_plural = bool(span) and span[-1].tag_ in ("NNS", "NNPS")  # the entrepreneurs Ada Holt and …
    return span if any(map(_is_role_noun, span)) and not is_plural else None


def _behind_mood(office: Span) -> int:
    """Where an office begins behind what its bearer is for the moment: an irritated President."""
    doc = office.doc
    start = article = office.start
    while article and doc[article - 1].tag_ == "RB":
        article -= 1
    if doc[max(article - 1, 0) : article].text not in ("a", "an", "A", "An"):
        return start
    first = next((token.i for token in office if not token.is_lower), start)
    before = doc[start:first]
    is_mood = all(token.tag_ in ("JJ", "VBN", "VBG", "RB") for token in before)
    return first if is_mood and not {"former", "retired"} & {token.lower_ for token in before} else start


def _office_begins(office: Span) -> int:
    """Where an office begins of which the end is given: House Ways and Means Chairman, President of the Republic."""
    doc, start = office.doc, office.start
    if not office:
        return start
    inside = next((i for i in (start - 1, start) if i >= 0 and doc[i].ent_type_ == "ORG"), None)
    if inside is not None and not any(_is_role_noun(token) for token in office if token.ent_type_ == "ORG"):
        while doc[inside].ent_iob_ == "I":
            inside -= 1
        start = inside
    while start < office.start and doc[start].pos_ == "DET":
        start += 1
    first = start - 1 if start and doc[start - 1].pos_ == "DET" else start
    nouns = {token.lower_.rstrip(".") for token in office if _is_role_noun(token)}
    is_rank = bool(nouns) and nouns <= short_titles()
    if is_rank and first > 1 and doc[first - 1].lower_ == "of" and _is_office(doc[first - 2]):
        return first - 2  # Chief of Defence Forces Gen.
    return start


@cache
def short_titles() -> frozenset[str]:
    """Titles that stand before names only: abbreviations of ranks and offices, and "Mr"."""
    return COURTESY - {"miss"} | {title for title, full in column("titles", "title", "full").items() if full}


def is_courtesy(token: Token) -> bool:
    """Mr, Mrs and the like, which say nothing of an office."""
    return token.lower_.rstrip(".") in COURTESY


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


def _is_role_noun(token: Token) -> bool:
    """A noun that says what somebody is, not whose: no "ally" or "counterpart"."""
    return is_person_noun(token) and token.lower_ not in words("counterpart")


def _joins(token: Token, name: Span) -> bool:
    if token.text == "." and token.i and _is_role_noun(token.nbor(-1)):  # Sgt. Kit Dawlish, parted
        return True
    if token.is_space or token.is_punct or token.pos_ not in ("NOUN", "PROPN", "ADJ", "ADP", "PART", "NUM"):
        return False
    if token.pos_ == "ADP":
        return token.lower_ == "of" and token.i > 0 and is_person_noun(token.doc[token.i - 1])
    if token.i + 1 == name.start and is_person_noun(token):
        return True
    beside = token.head == name.root.head and token.dep_ not in TIMES
    above = token.is_ancestor(name.root) and name.root.dep_ not in SUBJECT  # the bill President Rudek signed
    return token.ent_type_ != "PERSON" and (name.root.is_ancestor(token) or above or beside)


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
        _phrase(token) for token in apposed if _is_office(token) and not _is_title_of_another(token, name)
    ]
    head = root.head
    if root.dep_ == "appos" and _is_office(head) and 0 < name.start - head.i <= LONGEST:
        found.append(None if _is_title_of_another(head, name) else _phrase(head))
    if root.dep_ in SUBJECT and _is_office(head) and any(child.dep_ == "cop" for child in head.children):
        found.append(_phrase(head))
    if any(child.dep_ == "cop" for child in root.children):  # the commander is Goran Vasht
        found += [_phrase(child) for child in root.children if child.dep_ in SUBJECT and _is_office(child)]
    return filter_spans(span for span in found if span is not None)


def _is_office(token: Token) -> bool:
    """Whether a noun says what one person is: no "contenders"."""
    return _is_role_noun(token) and token.tag_ not in ("NNS", "NNPS")


def _is_title_of_another(noun: Token, name: Span) -> bool:
    """Whether a noun stands right before another person's name: "Goran Vasht, Kell's envoy Ada Holt and …"."""
    doc, after = noun.doc, noun.i + 1
    while after < len(doc) and _is_role_noun(doc[after]):
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
    for token in head.subtree:
        if token.i < head.i and token.dep_ in ("amod", "compound", "nmod:poss", "poss", "nummod", "nmod"):
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
