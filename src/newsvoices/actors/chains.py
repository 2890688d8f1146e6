"""Chains of single articles, as they are compared across articles."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from .name_matching import person_name, plain, role_words, surnames


class Chain(NamedTuple):
    """One chain of one article: name, label, the names it goes by and may stand for, roles, the other chains beside it."""

    name: str
    label: str
    texts: frozenset[str]
    full_names: frozenset[str]
    roles: frozenset[str]
    company: frozenset[str]

    @property
    def full(self) -> bool:
        """Whether it is a person with more than a surname."""
        return self.label == "PERSON" and len(person_name(self.name).words) > 1

    @property
    def forms(self) -> frozenset[str]:
        """Its name, and what the names it goes by may stand for."""
        return self.full_names | {self.name}

    @property
    def told(self) -> set[str]:
        """The words of its roles, but for those in which its surname stands: "Vice President Joe Biden's son"."""
        surname = person_name(self.name).words[-1]
        return role_words(role for role in self.roles if surname not in plain(role))

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
    columns = ("article_id", "chain", "text", "label", "kind", "full_name")
    found, company, full_names = defaultdict(list), defaultdict(set), defaultdict(set)
    named = named.reindex(columns=columns, fill_value="")
    for article_id, chain, *row, full_name in zip(*(named[name] for name in columns), strict=True):
        found[article_id, chain].append(row)
        full_names[article_id, chain] |= {*full_name.split("; ")} - {""}
        company[article_id].add(chain)
    out = {}
    for key, rows in sorted(found.items()):
        names = [(text, label) for text, label, kind in rows if kind == "name"]
        label = by_frequency(label for _, label in names)[0] if names else rows[0][1]
        roles = frozenset(text for text, _, kind in rows if kind == "role")
        texts = frozenset(text for text, _ in names)
        name = re.sub(r" \(\d+\)$", "", key[1])
        others = frozenset(company[key[0]] - {key[1]})
        out[key] = Chain(name, label, texts, frozenset(full_names[key]), roles, others)
    return out


def by_frequency(values: Iterable[str]) -> list[str]:
    """Each value once, blanks made one, the commonest first."""
    counts = Counter(" ".join(value.split()) for value in values)
    return sorted(counts, key=lambda value: (-counts[value], value))
