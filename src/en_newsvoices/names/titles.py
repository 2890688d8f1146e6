"""Titles and offices before a name: "US Defence Secretary", "Sgt."."""

from functools import cache
from itertools import pairwise

from spacy.tokens import Span, Token

from ..lexicon import column, words
from ..syntax import SUBJECT

TIMES = ("obl", "obl:tmod", "obl:npmod", "npadvmod")  # "night" of "last night Mr Rudek said"
COURTESY = frozenset({"mr", "mrs", "ms", "miss", "mx"})


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
        if doc[i].lower_ == "of" and any(map(is_role_noun, doc[i + 1 : name.start])):
            start = i + 1
    end = name.start
    start = _office_begins(doc[start:end])
    for further in (_whole_word, _behind_another, _behind_mood, _office_apart):
        start = further(doc[start:end]) if start < end else start
    while end - start > 1 and (is_courtesy(doc[end - 1]) or doc[end - 1].text == ","):
        end -= 1  # the head of the mission, Mr
    span = doc[start:end]
    is_plural = bool(span) and span[-1].tag_ in ("NNS", "NNPS")  # the entrepreneurs Ada Holt and …
    return span if any(map(is_role_noun, span)) and not is_plural else None


def _whole_word(office: Span) -> int:
    """Where the first word of an office begins that hyphens part: Anti-dam Minister."""
    doc, start = office.doc, office.start
    while start > 1 and doc[start - 1].text == "-" and not doc[start - 2].whitespace_:
        start -= 2
    return start


def _behind_another(office: Span) -> int:
    """Where a title begins that stands right behind somebody else's: the attorney President Maren picked."""
    for before, token in pairwise(office):
        if before.is_lower and is_role_noun(before) and token.is_title and token.lower_ in words("office"):
            return token.i
    return office.start


def _behind_mood(office: Span) -> int:
    """Where an office begins behind what its bearer is for the moment: an irritated President."""
    doc, start = office.doc, office.start
    article = start
    while article and doc[article - 1].tag_ == "RB":
        article -= 1
    if doc[max(article - 1, 0) : article].text not in ("a", "an", "A", "An"):
        return start
    first = next((token.i for token in office if not token.is_lower), start)
    before = doc[start:first]
    is_mood = all(token.tag_ in ("JJ", "VBN", "VBG", "RB") for token in before)
    return first if is_mood and not {"former", "retired"} & {token.lower_ for token in before} else start


def _office_apart(office: Span) -> int:
    """Where an office begins that stands before a "Mr" as a phrase of its own: the President of the Republic Mr Maren."""
    doc, start = office.doc, office.start
    before = doc[start - 1 : start] if is_courtesy(office[0]) and not office[0].is_sent_start else ()
    for noun in [before[0], *before[0].ancestors] if before else ():
        is_clause = any(child.dep_ == "cop" or child.dep_ in SUBJECT for child in noun.children)
        if is_office(noun) and noun.right_edge.i == start - 1 and not is_clause:
            phrase = doc[noun.left_edge.i : start]
            return next(token.i for token in phrase if token.pos_ not in ("ADP", "DET"))
    return start


def _office_begins(office: Span) -> int:
    """Where an office begins of which the end is given: House Ways and Means Chairman, President of the Republic."""
    doc, start = office.doc, office.start
    if not office:
        return start
    inside = next((i for i in (start - 1, start) if i >= 0 and doc[i].ent_type_ == "ORG"), None)
    if inside is not None and not any(is_role_noun(token) for token in office if token.ent_type_ == "ORG"):
        while doc[inside].ent_iob_ == "I":
            inside -= 1
        start = inside
    while start < office.start and doc[start].pos_ == "DET":
        start += 1
    first = start - 1 if start and doc[start - 1].pos_ == "DET" else start
    nouns = {token.lower_.rstrip(".") for token in office if is_role_noun(token)}
    is_rank = bool(nouns) and nouns <= short_titles()
    if is_rank and first > 1 and doc[first - 1].lower_ == "of" and is_office(doc[first - 2]):
        return first - 2  # Chief of Defence Forces Gen.
    return start


@cache
def short_titles() -> frozenset[str]:
    """Titles that stand before names only: abbreviations of ranks and offices, and "Mr"."""
    return COURTESY - {"miss"} | {title for title, full in column("titles", "title", "full").items() if full}


def is_courtesy(token: Token) -> bool:
    """Mr, Mrs and the like, which say nothing of an office."""
    return token.lower_.rstrip(".") in COURTESY


def is_role_noun(token: Token) -> bool:
    """A noun that says what somebody is, not whose: no "ally" or "counterpart"."""
    return is_person_noun(token) and token.lower_ not in words("counterpart")


def _joins(token: Token, name: Span) -> bool:
    if token.text == "." and token.i and is_role_noun(token.nbor(-1)):  # Sgt. Kit Dawlish, parted
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


def is_office(token: Token) -> bool:
    """Whether a noun says what one person is: no "contenders"."""
    return is_role_noun(token) and token.tag_ not in ("NNS", "NNPS")
