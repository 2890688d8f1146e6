"""Names of one article that mean the same person, organisation or place."""

import re
import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Span

from ..lexicon import column
from ..names import roles, titles
from ..names.name_bounds import NAMES
from ..names.nicknames import nickname, without_nickname
from ..names.same_name import (
    canonical,
    compared,
    listed_label,
    plain,
    same_person,
    split_generation,
    without_particle,
)
from ..names.shortened import longer_names


class Mention(NamedTuple):
    """Tokens start to end; kind is name, pronoun or nominal."""

    start: int
    end: int
    kind: str
    label: str


@dataclass
class Chain:
    """What is one in an article: its names as tuples of words, its mentions in their order, and what is said of it."""

    label: str
    names: Counter = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    role_words: set[str] = field(default_factory=set)
    nicknames: set[str] = field(default_factory=set)
    gender: str = ""
    is_relative: bool = False  # somebody's son or wife: a bare surname is the other's
    noun: str = ""  # the lemma of the first description

    @property
    def named(self) -> bool:
        return bool(self.names)

    @property
    def name(self) -> str:
        """The fullest name, of equals the commonest; "" for somebody unnamed."""
        best = max(self.names, key=self._fullness, default=())
        return " ".join(best)

    def _fullness(self, name: tuple[str, ...]) -> tuple:
        core, _ = split_generation(name) if name else (name, "")
        return len(core), len(name), not " ".join(name).isupper(), self.names[name], name

    def add(self, mention: Mention, name: tuple[str, ...] = ()) -> None:
        insort(self.mentions, mention)
        if name:
            self.names[name] += 1

    def mentioned_in(self, start: int, end: int) -> bool:
        """Whether a mention begins at one of these tokens."""
        return bisect_left(self.mentions, (start,)) < bisect_left(self.mentions, (end,))


def name_words(name: Span) -> tuple[str, ...]:
    """The words of a name, without punctuation marks, an article and a nickname inside it; "Jr." written in one way."""
    text = re.sub(r"(?<=\w)-\n(?=[a-z])|(?<=-)\n(?=[A-Z])", "", without_nickname(name.text))  # Schu-¶macher
    text = re.sub("[‘’']s$|\u00ad", "", unicodedata.normalize("NFKC", text))
    found = tuple(word for w in text.split() if (word := w.strip(',()[]"“”')))
    if len(found) > 1 and found[0].lower() == "the":
        found = found[1:]
    core, generation = split_generation(found) if found else ((), "")
    return (*core, generation) if generation else core


def name_chains(doc: Doc) -> list[Chain]:
    """Chains of the named entities of a Doc, in the order of their first mention."""
    ents = [ent for ent in doc.ents if ent.label_ in NAMES and name_words(ent)]
    persons = [ent for ent in ents if ent.label_ == "PERSON"]
    chains = _persons(persons) + _others([ent for ent in ents if ent.label_ != "PERSON"])
    return sorted(chains, key=lambda chain: chain.mentions[0])


def _persons(ents: list[Span]) -> list[Chain]:
    """Chains of persons: full names first, those with an initial for a first name after them, then bare surnames."""
    chains: list[Chain] = []
    called: dict[str, dict[int, Chain]] = defaultdict(dict)  # by the words of their names
    paragraphs = _paragraphs(ents[0].doc) if ents else []
    unclear: dict[tuple[str, str], Chain] = {}
    for ent in sorted(
        ents, key=lambda e: (_is_bare(name_words(e)), len(compared(name_words(e))[0][0]) == 1, e.start)
    ):
        name = name_words(ent)
        if _is_bare(name):
            alike = called[name[0]] | called[plain(name[0])]
            chain, several = _bearer(ent, name, list(alike.values()), paragraphs)
        else:
            alike = {
                id(c): c for word in compared(name)[0][1:] or compared(name)[0] for c in called[word].values()
            }
            found = [c for c in alike.values() if all(same_person(name, other) for other in c.names)]
            same = [c for c in found if name in c.names]
            chain, several = (same or found)[0] if same or len(found) == 1 else None, False
        key = (plain(name[0]), _title_gender(ent)) if several else None
        chain = unclear.get(key, chain)
        if chain is None:
            chains.append(chain := Chain("PERSON"))
            if key is not None:
                unclear[key] = chain
        _add_name(chain, ent, name)
        for word in {compared(name)[0][-1], *map(plain, split_generation(name)[0]), *chain.nicknames}:
            called[word][id(chain)] = chain
    return chains


def _add_name(chain: Chain, ent: Span, name: tuple[str, ...]) -> None:
    chain.add(Mention(ent.start, ent.end, "name", "PERSON"), name)
    chain.nicknames |= {nickname(ent.text)} - {""}
    said = roles.roles_of(ent)
    chain.roles += said
    chain.is_relative |= any(roles.is_kinship(role, ent) for role in said)
    chain.role_words |= {word for role in said for word in roles.role_words(role)}
    chain.gender = chain.gender or _gender(said, name)


def _paragraphs(doc: Doc) -> list[int]:
    """The tokens at which the paragraphs of a Doc begin."""
    return [0, *(token.i + 1 for token in doc if token.is_space and "\n" in token.text)]


def _is_bare(name: tuple[str, ...]) -> bool:
    """Whether a person's name is a single one, if need be with "Jr."."""
    return len(split_generation(name)[0]) == 1


def _title_gender(ent: Span) -> str:
    title = titles.title_before(ent)
    return titles.noun_gender(title[-1]) if title is not None else ""


def _bearer(
    ent: Span, name: tuple[str, ...], chains: list[Chain], paragraphs: list[int]
) -> tuple[Chain | None, bool]:
    """The person whom one word names: by surname, else first name; of several the one meant here, or nobody.

    A relative's surname is theirs only where nobody else bears it and they were named before.

    And whether it could be several persons' name.
    """
    (word,), generation = split_generation(name)
    regnal = generation.isupper()  # Norton I
    found = [c for c in chains if word in c.nicknames]
    word = plain(word)
    for place in (slice(-1, None), slice(0, 1), slice(None)):
        found = found or [
            c for c in chains
            if any(word in {plain(form) for w in core[place] for form in (w, without_particle(w))} and (generation in ("", own) or regnal and not own)
                   for core, own in map(split_generation, c.names))
        ]  # fmt: skip
    gender = _title_gender(ent)
    title = titles.title_before(ent)
    told = roles.role_words(title) if title is not None else set()
    fits = [c for c in found if not (gender and c.gender and gender != c.gender)]
    fits = [
        c for c in fits if not (told & {"president", "governor"} and any(map(roles.is_first_lady, c.roles)))
    ]
    named_first = [c for c in fits if not (c.is_relative and _is_surname(word, c))]
    fits = named_first or [c for c in fits if c.mentions[0].start < ent.start]
    if len(fits) < 2:
        return (fits[0] if fits else None), False
    fits = [c for c in fits if told & c.role_words] or fits
    if not generation:  # Trump beside Donald Trump and Donald Trump Jr.
        fits = [c for c in fits if not all(split_generation(name)[1] for name in c.names)] or fits
    before = [c for c in fits if c.mentions[0].start < ent.start]
    if len(before) > 1:
        paragraph = paragraphs[bisect_right(paragraphs, ent.start) - 1]
        here = [c for c in before if c.mentioned_in(paragraph, ent.start)]
        chosen = here[0] if len(here) == 1 else None  # the one whom the paragraph mentions
    else:
        chosen = before[0] if before else fits[0] if len(fits) == 1 else None
    return chosen, chosen is None


def _is_surname(word: str, chain: Chain) -> bool:
    return any(plain(split_generation(name)[0][-1]) == word for name in chain.names)


def _gender(said: list[Span], name: tuple[str, ...]) -> str:
    """By title, role, or first name; "" where none of them tells."""
    told = [titles.noun_gender(token) for role in said for token in role]
    known = next(filter(None, told), "")
    first = column("first_names", "name", "gender")
    if known or _is_bare(name):
        return known
    return first.get(name[0].lower(), "") or first.get(name[0].lower().split("-")[0], "")


def _others(ents: list[Span]) -> list[Chain]:
    """Chains of all that are no persons: one a name, acronyms and shortened names of organisations put to theirs."""
    chains: dict[str, Chain] = {}
    for ent in ents:
        name = canonical(ent.text)
        chain = chains.setdefault(plain(name), Chain(listed_label(name) or ent.label_))
        chain.add(Mention(ent.start, ent.end, "name", chain.label), tuple(name.split()))
    names = {key: chain.name for key, chain in chains.items()}
    organisations = {key for key, chain in chains.items() if chain.label == "ORG"}
    longer, merged = longer_names(names, organisations) | _bracketed(ents), dict(chains)
    for key, chain in chains.items():
        fits = [other for other in longer.get(key, ()) if other in merged and other != key]
        if len(fits) == 1:
            whole = merged[fits[0]]
            cut_short = [mention._replace(label=whole.label) for mention in chain.mentions]
            whole.mentions = sorted(whole.mentions + cut_short)
            del merged[key]
    return list(merged.values())


def _bracketed(ents: list[Span]) -> dict[str, set[str]]:
    """For each shortened name in brackets whatever is named right before them: Guild of Bakers and Millers (BAMI)."""
    found: dict[str, set[str]] = defaultdict(set)
    for before, ent in pairwise(sorted(ents, key=lambda ent: ent.start)):
        doc = ent.doc
        bracketed = doc[before.end : ent.start].text == "(" and doc[ent.end : ent.end + 1].text == ")"
        is_acronym = ent.text.isupper() and ent.text[0] == before.text[0] and " " in before.text
        if bracketed and len(ent) == 1 and (is_acronym or ent.label_ == before.label_ == "ORG"):
            found[plain(canonical(ent.text))].add(plain(canonical(before.text)))
    return found
