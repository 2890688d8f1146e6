"""The entity_names component: entities as names, without titles and possessives."""

import re
from collections import Counter
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from ..lexicon import column, words
from .credits import credit_tokens
from .names import canonical, plain
from .nicknames import with_nicknames
from .roles import demonyms, is_person_noun
from .surnames import with_surnames

NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "MISC", "EVENT", "WORK_OF_ART", "LAW")
PARTY = re.compile(r"[DRI]-[A-Z][\w.]*")  # of a member of Congress: D-N.M.


@Language.component("newsvoices_entity_names", requires=["doc.ents", "token.tag"], assigns=["doc.ents"])
def entity_names(doc: Doc) -> Doc:
    """Trims `doc.ents` to the name alone; adds surnames, acronyms of what the article names otherwise ("IS"), and countries.

    No name are titles on their own, and whatever stands in a byline or a credit.
    """
    credits = credit_tokens(doc)
    ents = with_nicknames(doc, [ent for ent in map(_trimmed, doc.ents) if ent is not None])
    surnames = {ent[-1].lower_ for ent in ents if ent.label_ == "PERSON" and len(ent) > 1}
    ents = [
        ent
        for ent in ents
        if ent.start not in credits and (ent.label_ != "PERSON" or not _is_only_title(ent, surnames))
    ]
    ents = with_surnames(doc, ents, skipped=credits)
    taken = credits | {i for ent in ents for i in range(ent.start, ent.end)}
    ents += _titled(doc, taken)
    ents += _acronyms(doc, ents, taken)
    ents += _places(doc, ents, taken)
    ents += _parties_and_faiths(doc, taken | {i for ent in ents for i in range(ent.start, ent.end)})
    doc.ents = _one_label_each(ents)
    return doc


def _one_label_each(ents: list[Span]) -> list[Span]:
    """The entities, each name with the label that it has most often in the article, of equals the first one.

    One word that is as often a place as a person is a place.
    """
    counts: dict[str, Counter] = {}
    for ent in ents:
        counts.setdefault(plain(canonical(ent.text)), Counter())[ent.label_] += 1
    labels = {
        name: max(count, key=lambda label: (count[label], label != "PERSON" or " " in name))
        for name, count in counts.items()
    }
    return [Span(e.doc, e.start, e.end, label=labels[plain(canonical(e.text))]) for e in ents]


def _titled(doc: Doc, taken: set[int]) -> list[Span]:
    """Names that the recogniser passed over behind "Mr", "Sgt." and the like; marks them as taken."""
    found = []
    for token in doc:
        if not token.is_title or token.lower_.rstrip(".") not in _short_titles():
            continue
        start = end = token.i + 1 + (doc[token.i + 1 : token.i + 2].text == ".")
        while end < len(doc) and doc[end].is_title and doc[end].tag_.startswith("NNP") and end not in taken:
            end += 1
        name = Span(doc, start, end, label="PERSON")
        if any(len(word) > 2 and not is_person_noun(word) for word in name) and end not in taken:
            found.append(name)
            taken.update(range(start, end))
    return found


@cache
def _short_titles() -> frozenset[str]:
    """Titles that stand before names only: abbreviations of ranks and offices, and "Mr"."""
    courtesy = {"mr", "mrs", "ms", "mx"}
    return courtesy | {title for title, full in column("titles", "title", "full").items() if full}


def _is_only_title(name: Span, surnames: set[str]) -> bool:
    """Whether a person's name is no more than "Sgt" or "spokesman", and not a surname as well ("King")."""
    word = name[-1].lower_.rstrip(".")
    if len(name) > 1 or word in surnames:
        return False
    if word not in column("titles", "title", "gender") and word not in column("persons", "lemma", "gender"):
        return False
    before = name.doc[max(name.start - 1, 0) : name.start]
    described = bool(before) and (before[0].pos_ == "DET" or before[0].tag_ == "PRP$")
    return name[0].is_lower or described or word not in words("surname")


def _places(doc: Doc, ents: list[Span], taken: set[int]) -> list[Span]:
    """Countries and regions in one word, and their peoples, that the recogniser passed over.

    They stand beside no other name, but for a people's officers: the Turkish President.
    """
    known, proper = column("places", "place", "capital"), {"NNP", "NNPS"}
    peoples = {
        *demonyms(),
        *(f"{ent.text.lower()}{end}" for ent in ents for end in ("n", "ns") if ent.label_ in ("GPE", "LOC")),
    }
    found = []
    for token in doc:
        people = token.lower_ in peoples and token.lower_ not in known
        if token.i in taken or not token.is_title or not (people or token.lower_ in known):
            continue
        before, after = doc[max(token.i - 1, 0) : token.i], doc[token.i + 1 : token.i + 2]
        beside = [*before, *(near for near in after if not (people and is_person_noun(near)))]
        if (people and token.tag_ == "JJ") or (
            token.tag_ in proper and not any(near.tag_ in proper for near in beside)
        ):
            found.append(Span(doc, token.i, token.i + 1, label="NORP" if people else "LOC"))
    return found


def _parties_and_faiths(doc: Doc, taken: set[int]) -> list[Span]:
    """Members of a party and believers that the recogniser passed over, but for part of a longer name: Liberal Democrats."""
    return [
        Span(doc, token.i, token.i + 1, label="NORP")
        for token in doc
        if token.text in words("party or faith") and token.i not in taken
        and not any(near.is_title and near.i not in taken and not near.is_sent_start for near in doc[max(token.i - 1, 0) : token.i])
    ]  # fmt: skip


def _acronyms(doc: Doc, ents: list[Span], taken: set[int]) -> list[Span]:
    """Capitals that lexicon/aliases.csv has for an actor that is named in full or by another alias."""
    label = {canonical(ent.text): ent.label_ for ent in reversed(ents)}
    return [
        Span(doc, token.i, token.i + 1, label=label[canonical(token.text)])
        for token in doc
        if token.is_upper and len(token) > 1 and token.i not in taken and canonical(token.text) in label
        and canonical(token.text) != token.text
    ]  # fmt: skip


def _trimmed(ent: Span) -> Span | None:
    start, end, doc = ent.start, ent.end, ent.doc
    while start < end and (doc[start].is_space or doc[start].is_quote):
        start += 1
    while start < end and (
        doc[end - 1].is_space or doc[end - 1].text in ("'s", "’s", "‘s", "'", "’", ",", "-", '"', "”")
    ):
        end -= 1
    label = ent.label_
    if label in NAMES and label != "NORP":
        while start + 1 < end and doc[start].is_lower and not _is_particle(doc[start]):
            start += 1
        while end - 1 > start and doc[end - 1].tag_ in ("IN", "DT", "CC", "TO"):
            end -= 1
        small = all(word.is_lower for word in doc[start + 1 : end])
        if doc[start].is_punct and start + 1 < end:  # anti-IS coalition
            start += 1
            end = next((i for i in range(start + 1, end) if doc[i].is_lower), end)
        elif start + 1 < end and small and doc[start].lower_ in demonyms():  # Swiss resort of
            end, label = start + 1, "NORP"
    if label != "PERSON" and (of := _person_of(doc[start:end])):
        end, label = of, "PERSON"
    if label == "ORG" and _is_portfolio(doc[start:end]):
        end, label = start + 1, "LOC"
    if PARTY.fullmatch(doc[start:end].text):
        return None
    if ent.label_ == "PERSON":
        return _person(doc, start, end)
    return Span(doc, start, end, label=label) if start < end else None


def _person_of(name: Span) -> int:
    """Where the name ends of a person that is taken with their organisation: Ada Holt of Relief Watch; 0 where there is none."""
    of = next((token.i for token in name if token.lower_ == "of"), 0)
    words_before = [token.lower_ for token in name.doc[name.start : of]]
    if len(words_before) < 2 or words_before[0] not in column("first_names", "name", "gender"):
        return 0
    places = words("building") | words("building or surname") | words("kind of place")
    kinds = column("sources", "lemma", "type").keys() | places
    return 0 if kinds & set(words_before) else of


def _is_particle(token: Token) -> bool:
    return token.text in words("particle")


def _person(doc: Doc, start: int, end: int) -> Span | None:
    """A person's name without titles, epithets, post-nominals ("KC MP") and what follows it; a building is none."""
    while doc[end : end + 1].text in ("\u00a0", "\u202f") and doc[end + 1 : end + 2].text.istitle():
        end += 2  # a blank that holds first and last name together
    end = next((i for i in range(start + 1, end) if doc[i].text in ("(", "[", "@")), end)
    end = next((i for i in range(start + 2, end) if doc[i].lower_ in ("of", ",")), end)
    start = max([start, *(i + 1 for i in range(start, end) if _is_title(doc[i], end))])
    while end - 1 > start and (
        doc[end - 1].text.replace(".", "") in words("honour")
        or (doc[end - 1].is_lower and not _is_particle(doc[end - 1]) and "-" not in doc[start:end].text)
    ):
        end -= 1
    while start < end and (
        doc[start].lower_.rstrip("'’") in words("epithet") or doc[start].text in ("'", "’", ".")
    ):
        start += 1
    if start == end or doc[start:end].text.startswith("@"):
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
    if doc[start].lower_ not in column("first_names", "name", "gender"):  # Jerry Hall
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
    if word in column("titles", "title", "gender"):
        return token.i + 1 < end
    return (
        token.i + 1 < end
        and word in column("persons", "lemma", "gender")
        and word not in column("first_names", "name", "gender")
        and token.doc[end - 1].lower_.rstrip(".") not in words("generation")
    )
