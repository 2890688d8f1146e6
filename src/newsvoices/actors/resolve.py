"""Across articles: chains of one name become one actor; aliases.py holds what a person decides."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..schema import frame
from .aliases import read_aliases, ruled_by
from .names import plain, role_words, same_person


class Unit(NamedTuple):
    """One chain of one article: its name, label, the names it goes by, its roles, and the names beside it."""

    name: str
    label: str
    texts: frozenset[str]
    roles: frozenset[str]
    company: frozenset[str]


Key = tuple[str, str]  # article_id, chain
Group = list[Key]


def resolve_actors(
    mentions: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    aliases: str | Path | pd.DataFrame | None = None,
) -> pd.Series:
    """The actor of each named chain: a Series indexed by (article_id, chain).

    Persons are one when their full names agree, or when a surname stands for one full name only in the whole
    corpus; other names when they are the same, or an alias in lexicon/aliases.csv. Two persons of one name whose
    roles have no word in common, in articles that name nobody else in common, stay two, with the role in brackets.

    Args:
        mentions: columns article_id, chain, text, label, kind.
        articles: outlet and date of each article, for aliases that hold for some only.
        aliases: a CSV file or frame with columns alias, actor and, if wanted, outlet, from, to (dates YYYY-MM-DD);
            it wins over everything else.

    Raises:
        ValueError: the aliases have an unknown column, a cycle, or one alias for two actors; names the rows.

    Limitation: two persons of one name in articles about the same matter are taken for one.
    """
    units = _units(mentions)
    names = {
        key: [unit.name, *sorted(unit.texts, key=lambda text: (-len(text), text))]
        for key, unit in units.items()
    }
    ruled = ruled_by(read_aliases(aliases), names, articles)
    groups = _groups({key: unit for key, unit in units.items() if key not in ruled})
    found = ruled | {key: name for name, keys in _named(groups, units) for key in keys}
    index = pd.MultiIndex.from_tuples(sorted(found), names=["article_id", "chain"])
    return pd.Series([found[key] for key in index], index=index, name="actor", dtype="str")


def actor_column(table: pd.DataFrame, actor: pd.Series, *, chain: str) -> pd.Series:
    """For each row of a table its actor, by article_id and the chain in the column `chain`; "" where none is."""
    known = actor.to_dict()
    pairs = zip(table["article_id"], table[chain], strict=True)
    return pd.Series([known.get(pair, "") for pair in pairs], index=table.index, dtype="str")


def actors_table(mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """One row per actor, the most mentioned first: columns of `actors`.

    Mentions are names, pronouns and descriptions; aliases and roles are joined by "; ", the commonest first.
    """
    told, names, roles, where = (defaultdict(list) for _ in range(4))
    columns = ("actor", "article_id", "text", "label", "kind")
    for actor, article_id, text, label, kind in zip(*(mentions[name] for name in columns), strict=True):
        if kind == "role":
            roles[actor].append(text)
        else:
            told[actor].append(label)
            where[actor].append(article_id)
            names[actor] += [text] if kind == "name" else []
    words = defaultdict(list)
    for actor, n in zip(quotes["actor"], quotes["text"].str.split().str.len(), strict=True):
        words[actor].append(n)
    rows = [
        {
            "actor": actor,
            "label": next(iter(_commonest(told[actor])), ""),
            "aliases": "; ".join(alias for alias in _commonest(names[actor]) if alias != actor),
            "roles": "; ".join(_commonest(roles[actor])),
            "n_mentions": len(told[actor]),
            "n_articles": len(set(where[actor])),
            "n_quotes": len(words[actor]),
            "n_words_quoted": int(sum(words[actor])),
        }
        for actor in sorted({*told, *roles, *words} - {""})
    ]
    return frame("actors", sorted(rows, key=lambda row: (-row["n_mentions"], row["actor"])))


def _commonest(values: Iterable[str]) -> list[str]:
    counts = Counter(" ".join(value.split()) for value in values)
    return sorted(counts, key=lambda value: (-counts[value], value))


def _units(mentions: pd.DataFrame) -> dict[Key, Unit]:
    named = mentions[~mentions["chain"].str.startswith("“") & (mentions["chain"] != "")]
    columns = ("article_id", "chain", "text", "label", "kind")
    found, company = defaultdict(list), defaultdict(set)
    for article_id, chain, *row in zip(*(named[name] for name in columns), strict=True):
        found[article_id, chain].append(row)
        company[article_id].add(chain)
    out = {}
    for key, rows in sorted(found.items()):
        names = [(text, label) for text, label, kind in rows if kind == "name"]
        label = _commonest(label for _, label in names)[0] if names else rows[0][1]
        roles = frozenset(text for text, _, kind in rows if kind == "role")
        texts = frozenset(text for text, _ in names)
        name = re.sub(r" \(\d+\)$", "", key[1])
        out[key] = Unit(name, label, texts, roles, frozenset(company[key[0]] - {key[1]}))
    return out


def _groups(units: dict[Key, Unit]) -> list[Group]:
    """Chains that are one actor: persons of compatible full names, then other names, then short names."""
    full, short = defaultdict(list), defaultdict(list)
    for key, unit in units.items():
        if unit.label == "PERSON" and " " in unit.name:
            full[unit.name.split()[-1].lower()].append(key)
        else:
            short[plain(unit.name)].append(key)
    groups = [group for _, keys in sorted(full.items()) for group in _same_persons(keys, units)]
    others = [keys for _, keys in sorted(short.items())]
    owners: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups + others):
        for text in {text for key in group for text in (*units[key].texts, *_surnames(units[key]))}:
            owners[plain(text)].add(number)
    merged = groups + [list(keys) for keys in others]
    for number, keys in enumerate(others, len(groups)):
        known = owners[plain(units[keys[0]].name)] - {number}
        if len(known) == 1:
            merged[known.pop()] += keys
            merged[number].clear()
    return [group for group in merged if group]


def _surnames(unit: Unit) -> list[str]:
    return [unit.name.split()[-1]] if unit.label == "PERSON" and " " in unit.name else []


def _same_persons(keys: list[Key], units: dict[Key, Unit]) -> list[Group]:
    groups: list[tuple[Group, set[str], set[str]]] = []  # keys, words of their roles, names beside them
    for key in sorted(keys, key=lambda k: (-len(units[k].name.split()), k)):
        unit = units[key]
        name, words = tuple(unit.name.split()), role_words(unit.roles)
        for group, theirs, company in groups:
            # Other roles in other company: two persons of one name.
            collides = words and theirs and not words & theirs and not unit.company & company
            if not collides and same_person(name, tuple(units[group[0]].name.split())):
                break
        else:
            group, theirs, company = [], set(), set()
            groups.append((group, theirs, company))
        group.append(key)
        theirs |= words
        company |= unit.company
    return [group for group, _, _ in groups]


def _named(groups: list[Group], units: dict[Key, Unit]) -> list[tuple[str, Group]]:
    """Each group with its name: the commonest of the chains' names, the longer of equals; the role beside a shared one."""
    names = []
    for group in groups:
        counts = Counter(units[key].name for key in group)
        names.append(max(counts, key=lambda name: (counts[name], len(name), name)))
    shared = {name for name, n in Counter(names).items() if n > 1}
    taken: Counter = Counter()
    out = []
    for name, group in zip(names, groups, strict=True):
        if name in shared:
            roles = _commonest(role for key in group for role in units[key].roles)
            name += f" ({roles[0]})" if roles else ""
        taken[name] += 1
        out.append((name if taken[name] == 1 else f"{name} ({taken[name]})", group))
    return out
