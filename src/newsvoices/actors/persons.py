"""Which chains of several articles are one person's, by full names."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product

from .chains import Chain, Group, Key
from .name_matching import person_name, plain, same_person, shortened

KNOWN = 5  # times as many articles: a namesake of whom no more is told is the same person; a name is known by itself
Where = dict[str, set[str]]
"""The articles of each name."""


def persons_of_full_names(chains: dict[Key, Chain]) -> tuple[list[Group], Group]:
    """Persons of compatible full names, the fullest first and those with initials for first names last.

    And the chains whose initials fit several.
    """
    by_surname: dict[str, Group] = defaultdict(list)
    where: Where = defaultdict(set)
    for key, chain in chains.items():
        if chain.full:
            by_surname[person_name(chain.name).words[-1]].append(key)
            where[chain.name].add(key[0])
    groups, unclear = [], []
    for _, keys in sorted(by_surname.items()):
        persons: list[_Person] = []
        for key in sorted(keys, key=lambda key: _rank(key, chains[key])):
            name = chains[key].name
            fits = [person for person in persons if person.fits(chains[key], where)]
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


def _rank(key: Key, chain: Chain) -> tuple:
    """Chains that tell most of a person come first: full names and long ones, of equals those with a role."""
    is_short = shortened(chain.name), bool(chain.full_names)
    return *is_short, -len(chain.name.split()), not chain.roles, key


@dataclass
class _Person:
    """Chains taken for one person's: the names, with all that each may stand for, the roles, their words, the company."""

    chains: Group = field(default_factory=list)
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)

    def add(self, key: Key, chain: Chain) -> None:
        self.chains.append(key)
        self.names[chain.name] = chain.forms
        self.roles |= chain.roles
        self.words |= chain.told
        self.company |= chain.company

    def fits(self, chain: Chain, where: Where) -> bool:
        """Whether names agree, and not all that is told of both differs: roles, and who is in the news with them.

        Of one office the names need not be written alike, if articles do not tell them apart.
        """
        words = chain.told  # "Sen." has none
        same_office = not (words.isdisjoint(self.words) and chain.roles.isdisjoint(self.roles))
        if words and self.words and not same_office and not self.company & chain.company:
            return False
        return chain.name in self.names or all(
            any(
                same_person(*pair, lenient=same_office and not _told_apart(where[chain.name], where[name]))
                for pair in product(chain.forms, forms)
            )
            for name, forms in self.names.items()
        )

    def is_named_beside(self, other: "_Person") -> bool:
        """Whether an article names both."""
        return not {key[0] for key in self.chains}.isdisjoint(key[0] for key in other.chains)


def _told_apart(one: set[str], other: set[str]) -> bool:
    """Whether two names stand together in half of the articles of the rarer one."""
    return 2 * len(one & other) >= min(len(one), len(other))


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
            and not person.is_named_beside(other)
        ]
        if len(namesakes) == 1:
            namesakes[0].chains += person.chains
        else:
            out.append(person)
    return out
