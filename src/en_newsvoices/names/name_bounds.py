"""Where a name begins and ends: without titles, possessives, offices and what else the recogniser took for part of it."""

import re

from spacy.tokens import Doc, Span, Token

from ..lexicon import column, words
from .roles import demonyms
from .same_name import HYPHENS, canonical, listed_label
from .titles import is_person_noun

NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "MISC", "EVENT", "WORK_OF_ART", "LAW")
MEMBERS = ("Reps", "Sens")  # Ohio Reps. Ada Holt and Bo Carr
PARTY = re.compile(r"[DRI]-[A-Z][\w.]*( [A-Z]\w+)?")  # of a member of Congress: D-N.M.


def trimmed(ent: Span) -> Span | None:
    """The name alone; None where there is none: a word in small letters, a single letter, a day of the week, a handle."""
    start, end, doc = ent.start, ent.end, ent.doc
    while start < end and (doc[start].is_space or doc[start].is_quote):
        start += 1
    while start < end and (
        doc[end - 1].is_space or doc[end - 1].text in ("'s", "’s", "‘s", "'", "’", ",", "-", '"', "”")
    ):
        end -= 1
    label = ent.label_
    end = next((i for i in range(start + 1, end) if doc[i].tag_ == "VBZ" and doc[i].text[0] in "'’"), end)
    if label in ("PERSON", "LOC") and (storm := _storm(doc, start, end)) is not None:
        return storm
    if label in NAMES and label != "NORP":
        while start + 1 < end and doc[start].is_lower and not _is_part_in_small_letters(doc[start]):
            start += 1
        while end - 1 > start and doc[end - 1].tag_ in ("IN", "DT", "CC", "TO"):
            end -= 1
        small = all(word.is_lower for word in doc[start + 1 : end])
        if doc[start].is_punct and start + 1 < end:  # anti-IS coalition
            start += 1
            end = next((i for i in range(start + 1, end) if doc[i].is_lower), end)
        elif start + 1 < end and small and doc[start].lower_ in demonyms():  # Swiss resort of
            end, label = start + 1, "NORP"
    if label != "PERSON" and end - start > 1 and doc[end - 1].text.rstrip(".") in MEMBERS:
        end -= 1
        label = listed_label(canonical(doc[start:end].text)) or "LOC"
    if label == "LOC" and canonical(doc[start:end].text) == doc[start:end].text:
        end = next((i for i in range(start + 1, end) if doc[i].text == ","), end)  # Cambridge, Mass.
    if label != "PERSON" and (of := _person_of(doc[start:end])):
        end, label = of, "PERSON"
    if label == "ORG" and _is_their_reporter(doc[start:end]):
        label = "PERSON"
    if label == "ORG" and _is_portfolio(doc[start:end]):
        end, label = start + 1, "LOC"
    elif label == "ORG":
        end = _before_office(doc, start, _before_whose(doc, start, end))
    if label != "PERSON":
        start, end = _without_participle(doc, start, end)
    if end - start > 1 and (member := _party_member(doc[start:end])) is not None:
        return member
    if (
        end < len(doc)
        and doc[end].text == ")"
        and "(" in doc[start:end].text
        and ")" not in doc[start:end].text
    ):
        end += 1
    if label in NAMES and start < end and _is_no_name(doc[start:end]):
        return None
    if ent.label_ == "PERSON":
        return _person(doc, start, end)
    return Span(doc, start, end, label=label) if start < end else None


def _storm(doc: Doc, start: int, end: int) -> Span | None:
    """A storm that is taken for a person or place: Hurricane Ada."""
    if doc[start - 1 : start].text in words("storm"):
        start -= 1
    is_storm = end - start > 1 and doc[start].text in words("storm")
    return Span(doc, start, end, label="MISC") if is_storm else None


def _is_no_name(name: Span) -> bool:
    text = name.text
    if PARTY.fullmatch(text) or text.startswith("@") or len(text) == 1 and text.isascii():
        return True
    return text.islower() or all(token.text in words("day or month") for token in name)


def _before_office(doc: Doc, start: int, end: int) -> int:
    """Where the name of an organisation ends before an office of its: House Majority, before Leader."""
    office = doc[end : end + 1]
    while (
        end - start > 1
        and office
        and is_person_noun(office[0])
        and doc[end - 1].lower_ in words("part of an office")
    ):
        end -= 1
    return end


def _before_whose(doc: Doc, start: int, end: int) -> int:
    """Where the name of an organisation ends before whose it is: Office of the Budget, before "for President-elect"."""
    for i in range(start + 1, end - 1):
        if doc[i].lower_ in ("of", "for") and doc[i + 1].is_title and doc[i + 1].lower_ in words("office"):
            rest = [token.lower_ for token in doc[i + 2 : end]]
            return i if all(HYPHENS.fullmatch(word) or word == "elect" for word in rest) else end
    return end


def _without_participle(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The bounds without a word that a hyphen makes of a name: GOP-leaning, Republican-controlled Senate."""

    def is_made(i: int) -> bool:
        return (
            HYPHENS.fullmatch(doc[i - 1].text) is not None
            and doc[i].tag_ in ("VBN", "VBG")
            and doc[i].is_lower
        )

    if end - start > 3 and is_made(start + 2) and doc[start + 3].is_title:
        start += 3
    if end - start > 2 and is_made(end - 1):
        end -= 2
    return start, end


def _party_member(name: Span) -> Span | None:
    """The party of a member who is taken with where they are elected: Republican of Utah, Florida Democrat."""
    first, last, members = name[0], name[-1], words("party or faith")
    if f"{first}s" in members and name[1].lower_ == "of":
        return Span(name.doc, name.start, name.start + 1, label="NORP")
    if f"{last}s" in members and name[-2].lower_ not in words("part of a party"):
        return Span(name.doc, name.end - 1, name.end, label="NORP")
    return None


def _person_of(name: Span) -> int:
    """Where the name ends of a person that is taken with their organisation: Ada Holt of Relief Watch; 0 where there is none."""
    of = next((token.i for token in name if token.lower_ == "of"), 0)
    words_before = [token.lower_ for token in name.doc[name.start : of]]
    if len(words_before) < 2 or words_before[0] not in column("first_names", "name", "gender"):
        return 0
    places = words("building") | words("building or surname") | words("kind of place")
    kinds = column("sources", "lemma", "type").keys() | places
    return 0 if kinds & set(words_before) else of


def _is_their_reporter(name: Span) -> bool:
    """Whether it is a first name and another word behind the possessive of an organisation: Kell Radio's Jo Marsh."""
    doc, start = name.doc, name.start
    owned = start > 1 and doc[start - 1].tag_ == "POS" and doc[start - 2].ent_type_ == "ORG"
    return owned and len(name) == 2 and _is_first_name(name[0])


def _is_particle(token: Token) -> bool:
    return token.text in words("particle")


def _is_part_in_small_letters(token: Token) -> bool:
    """Whether a name may begin so: von Rudek, sub-Saharan Africa."""
    return _is_particle(token) or token.text in ("sub", "trans") and _is_before_hyphen(token)


def _is_before_hyphen(token: Token) -> bool:
    following = token.doc[token.i + 1 : token.i + 2].text
    return bool(following.strip() and HYPHENS.fullmatch(following))


def _person(doc: Doc, start: int, end: int) -> Span | None:
    """A person's name without titles, epithets, post-nominals ("KC MP") and what follows it; a building is none."""
    while doc[end : end + 1].text in ("\u00a0", "\u202f") and doc[end + 1 : end + 2].text.istitle():
        end += 2  # a blank that holds first and last name together
    joined = doc[end + 1 : end + 2] if _is_before_hyphen(doc[end - 1]) else ()
    if joined and joined[0].tag_ == "NNP" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        end += 2  # Kim Jong-un
    end = next((i for i in range(start + 1, end) if doc[i].text in ("(", "[", "@")), end)
    end = next((i for i in range(start + 2, end) if doc[i].lower_ in ("of", ",")), end)
    end = next(
        (i for i in range(start + 1, end) if PARTY.match("".join(token.text for token in doc[i:end]))), end
    )
    start = max([start, *(i + 1 for i in range(start, end) if _is_title(doc[i], end))])
    if end - start > 2 and doc[start].lower_ in demonyms() and not _is_first_name(doc[start]):
        start += 1  # Thai Suda Maren
    while end - 1 > start and (
        doc[end - 1].text.replace(".", "") in words("honour")
        or (doc[end - 1].is_lower and not _is_particle(doc[end - 1]) and "-" not in doc[start:end].text)
    ):
        end -= 1
    while start < end and (
        doc[start].lower_.rstrip("'’") in words("epithet") or doc[start].text in ("'", "’", ".")
    ):
        start += 1
    if start == end or doc[start:end].text.replace(".", "") in words("honour"):
        return None
    if (building := _building(doc, start, end)) is not None:
        return building
    return Span(doc, start, end, label="PERSON")


def _building(doc: Doc, start: int, end: int) -> Span | None:
    """The building that is taken for a person, or whose name begins with a person's: Trump Tower."""
    after = doc[end : end + 1]
    if end - start == 1 and after and after[0].is_title and after[0].tag_.startswith("NNP"):
        end += 1
    last = doc[end - 1]
    known = words("building")
    if not _is_first_name(doc[start]):  # Jerry Hall
        known |= words("building or surname")
    return (
        Span(doc, start, end, label="FAC")
        if end - start > 1 and last.is_title and last.lower_ in known
        else None
    )


def _is_portfolio(span: Span) -> bool:
    """US Defence, before Secretary: a country and what its minister is for."""
    title = span.doc[span.end : span.end + 1]
    return bool(
        len(span) == 2
        and canonical(span[0].text).lower() in column("places", "place", "capital")
        and span[1].lower_ in words("portfolio")
        and title
        and title[0].is_title
        and is_person_noun(title[0])
    )


def _is_title(token: Token, end: int) -> bool:
    """Whether a word of a person's name is a title before it: the last word never is, nor a first name ("Dean")."""
    word = token.lower_.rstrip(".")
    if token.i + 1 >= end or _is_before_hyphen(token):  # Ada Poon Man-kay
        return False
    return word in column("titles", "title", "gender") or (
        word in column("persons", "lemma", "gender")
        and not _is_first_name(token)
        and token.doc[end - 1].lower_.rstrip(".") not in words("generation")
    )


def _is_first_name(token: Token) -> bool:
    return token.lower_ in column("first_names", "name", "gender")
