"""Which chains of several articles are one actor's."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from .name_matching import person_name, plain, role_words, same_person, shortened, surnames

MOST = 0.8  # of the chains that bear a short name: what one actor needs for all others to be theirs
KNOWN = 5  # times as many articles in which a person is met, and no more is told of a namesake: it is the same person
PLACES = {"GPE", "LOC", "FAC"}


class Chain(NamedTuple):
    """One chain of one article: its name, label, the names it goes by, its roles, and the other chains beside it."""

    name: str
    label: str
    texts: frozenset[str]
    roles: frozenset[str]
    company: frozenset[str]

    @property
    def full(self) -> bool:
        """Whether it is a person with more than a surname."""
        return self.label == "PERSON" and len(person_name(self.name).words) > 1

    @property
    def plain_names(self) -> set[str]:
        """All that it may be called, as compared."""
        names = {plain(text) for text in (self.name, *self.texts)}
        return names | (surnames(self.name) if self.full else frozenset())


Key = tuple[str, str]  # article_id, chain
Group = list[Key]


def named_chains(mentions: pd.DataFrame) -> dict[Key, Chain]:
    """The chains that have a name, by article and chain; the label is that of most of its names."""
    named = mentions[~mentions["chain"].str.startswith("“") & (mentions["chain"] != "")]
    columns = ("article_id", "chain", "text", "label", "kind")
    found, company = defaultdict(list), defaultdict(set)
    for article_id, chain, *row in zip(*(named[name] for name in columns), strict=True):
        found[article_id, chain].append(row)
        company[article_id].add(chain)
    out = {}
    for key, rows in sorted(found.items()):
        names = [(text, label) for text, label, kind in rows if kind == "name"]
        label = by_frequency(label for _, label in names)[0] if names else rows[0][1]
        roles = frozenset(text for text, _, kind in rows if kind == "role")
        texts = frozenset(text for text, _ in names)
        name = re.sub(r" \(\d+\)$", "", key[1])
        out[key] = Chain(name, label, texts, roles, frozenset(company[key[0]] - {key[1]}))
    return out


def by_frequency(values: Iterable[str]) -> list[str]:
    """Each value once, blanks made one, the commonest first."""
    counts = Counter(" ".join(value.split()) for value in values)
    return sorted(counts, key=lambda value: (-counts[value], value))


def group_chains(chains: dict[Key, Chain]) -> tuple[list[Group], Group]:
    """Chains grouped by actor, and those whose name ("J. Smith") fits several persons and so is nobody's.

    First persons of full names that agree; then a surname that several bear goes to the one whose role it is given with
    ("President Obama"); then all other chains of one name; at last a short name joins whoever bears it in at least four
    of five chains, but not whom an article tells apart from it (Marlow, and his daughter Ada Marlow). A person and a
    place are never one, whatever they are called.
    """
    given, chains = chains, _relabelled(chains)
    persons, unclear = _persons(chains)
    told = _bearers_by_role(persons, chains)
    short: dict[tuple[str, bool], Group] = defaultdict(list)
    for key, chain in sorted(chains.items()):
        if key in told:
            persons[told[key]].append(key)
        elif not chain.full:
            short[plain(chain.name), chain.label == "PERSON"].append(key)
    groups = persons + [short[name] for name in sorted(short)]
    people = {number for number, group in enumerate(groups) if chains[group[0]].label == "PERSON"}
    bearers: dict[str, Counter] = defaultdict(Counter)
    beside: dict[tuple[str, str], set[int]] = defaultdict(set)  # persons that bear a name in an article
    for number, group in enumerate(groups):
        for key in group:
            for name in chains[key].plain_names:
                bearers[name][number] += 1
                if given[key].label == "PERSON":
                    beside[key[0], name].add(number)
    joins = {}
    for number, (name, person) in enumerate(sorted(short), len(persons)):
        here = [beside[article_id, name] - {number} for article_id, _ in short[name, person]]
        apart = {next(iter(others)) for others in here if person and len(others) == 1}
        others = {
            n: count
            for n, count in bearers[name].items()
            if n != number and n not in apart and (person or n not in people)
        }
        best = max(sorted(others), key=others.__getitem__, default=None)
        if best is not None and (best in people) == person and others[best] >= MOST * sum(others.values()):
            joins[number] = best
    return _merged(groups, joins), unclear


def _bearers_by_role(persons: list[Group], chains: dict[Key, Chain]) -> dict[Key, int]:
    """For each chain of a surname that several persons bear the one of them (by number) with whom alone it shares a role."""
    words = [role_words(role for key in group for role in chains[key].roles) for group in persons]
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(persons):
        for name in {name for key in group for name in chains[key].plain_names}:
            bearers[name].add(number)
    out = {}
    for key, chain in sorted(chains.items()):
        several = bearers[plain(chain.name)] if chain.label == "PERSON" and not chain.full else ()
        fits = [number for number in several if words[number] & role_words(chain.roles)]
        if len(several) > 1 and len(fits) == 1:
            out[key] = fits[0]
    return out


def _relabelled(chains: dict[Key, Chain]) -> dict[Key, Chain]:
    """The chains, one name of one label where a recogniser was of two minds: "Goldman Sachs", PERSON here and ORG there.

    A name of several words is what most of its chains are. One word is a person's if four of five chains say so, but
    never where it is a place; and no person's where nobody bears it in full and most chains say so.
    """
    votes: dict[str, Counter] = defaultdict(Counter)
    borne = set()
    for chain in chains.values():
        borne |= chain.plain_names if chain.full else set()
        for name in chain.plain_names:
            votes[name][chain.label] += 1
    out = {}
    for key, chain in chains.items():
        count = votes[plain(chain.name)]
        share = count["PERSON"] / sum(count.values())
        other = max(sorted(set(count) - {"PERSON"}), key=count.__getitem__, default="PERSON")
        if " " in plain(chain.name):
            person = share >= 0.5
        elif chain.label == "PERSON":
            person = plain(chain.name) in borne or share >= 0.5
        else:
            person = share >= MOST and chain.label not in PLACES
        label = "PERSON" if person else other if chain.label == "PERSON" else chain.label
        out[key] = chain._replace(label=label)
    return out


@dataclass
class _Person:
    """Chains taken for one person's: the names, the words of the roles, and who else is in those articles."""

    chains: Group = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)

    def add(self, key: Key, chain: Chain) -> None:
        self.chains.append(key)
        self.names.add(chain.name)
        self.words |= role_words(chain.roles)
        self.company |= chain.company

    def fits(self, chain: Chain) -> bool:
        """Whether names agree, and not all that is told of both differs: roles, and who is in the news with them."""
        words = role_words(chain.roles)
        common = words & self.words
        if words and self.words and not common and not self.company & chain.company:
            return False
        told_apart = chain.name in self.company or not self.names.isdisjoint(chain.company)
        lenient = bool(common) and not told_apart  # one office: "Jr." is written here and left out there
        return all(same_person(chain.name, name, lenient=lenient) for name in self.names)

    def told_apart(self, other: "_Person") -> bool:
        """Whether an article names both."""
        return not {key[0] for key in self.chains}.isdisjoint(key[0] for key in other.chains)


def _persons(chains: dict[Key, Chain]) -> tuple[list[Group], Group]:
    """Persons of compatible full names, the fullest first and those with initials for first names last."""
    by_surname: dict[str, Group] = defaultdict(list)
    for key, chain in chains.items():
        if chain.full:
            by_surname[person_name(chain.name).words[-1]].append(key)
    groups, unclear = [], []
    for _, keys in sorted(by_surname.items()):
        persons: list[_Person] = []
        order = {key: (shortened(chains[key].name), -len(chains[key].name.split()), key) for key in keys}
        for key in sorted(keys, key=order.__getitem__):
            name = chains[key].name
            fits = [person for person in persons if person.fits(chains[key])]
            same = [person for person in fits if plain(name) in map(plain, person.names)]
            fits = same[:1] or fits
            if len(fits) > 1 and shortened(name):
                unclear.append(key)
                continue
            if len(fits) != 1:
                persons.append(_Person())
            (fits if len(fits) == 1 else persons)[-1].add(key, chains[key])
        groups += [person.chains for person in _without_strays(persons)]
    return groups, unclear


def _without_strays(persons: list[_Person]) -> list[_Person]:
    """The persons, those put to a namesake who is met in many times their articles: "candidate" Trump to the President."""
    out = []
    for person in sorted(persons, key=lambda person: -len(person.chains)):
        own = set(map(plain, person.names))
        namesakes = [
            other
            for other in out
            if len(other.chains) >= KNOWN * len(person.chains)
            and own & set(map(plain, other.names))
            and not person.told_apart(other)
        ]
        if len(namesakes) == 1:
            namesakes[0].chains += person.chains
        else:
            out.append(person)
    return out


def _merged(groups: list[Group], joins: dict[int, int]) -> list[Group]:
    """The groups, those that join another put into it; what would go round in a circle stays where it is."""
    merged = [list(group) for group in groups]
    for number, to in joins.items():
        seen = {number}
        while to in joins and to not in seen:
            seen.add(to)
            to = joins[to]
        if to not in seen:
            merged[to] += groups[number]
            merged[number] = []
    return [group for group in merged if group]
