"""Across articles: chains of one name become one actor, unclear ones a queue for review."""

import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .formats import LossWarning
from .naming import canonical, initials, same_person
from .schema import frame

LARGEST = 300  # actors that share a word and are still compared pair by pair
LIKELY, ALIKE = 0.5, 0.8
ALIAS_COLUMNS = ("alias", "actor", "outlet", "from", "to")


class Unit(NamedTuple):
    """One chain of one article: its name, label, the names it goes by, its roles, and the names beside it."""

    name: str
    label: str
    texts: frozenset[str]
    roles: frozenset[str]
    n: int
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
    ruled = _by_user(units, _read_aliases(aliases), articles)
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
        out[key] = Unit(name, label, texts, roles, len(rows), frozenset(company[key[0]] - {key[1]}))
    return out


def _groups(units: dict[Key, Unit]) -> list[Group]:
    """Chains that are one actor: persons of compatible full names, then other names, then short names."""
    full, short = defaultdict(list), defaultdict(list)
    for key, unit in units.items():
        if unit.label == "PERSON" and " " in unit.name:
            full[unit.name.split()[-1].lower()].append(key)
        else:
            short[canonical(unit.name).lower()].append(key)
    groups = [group for _, keys in sorted(full.items()) for group in _same_persons(keys, units)]
    others = [keys for _, keys in sorted(short.items())]
    owners: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups + others):
        for text in {text for key in group for text in (*units[key].texts, *_surnames(units[key]))}:
            owners[canonical(text).lower()].add(number)
    merged = groups + [list(keys) for keys in others]
    for number, keys in enumerate(others, len(groups)):
        known = owners[canonical(units[keys[0]].name).lower()] - {number}
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
        name, words = tuple(unit.name.split()), _words(unit.roles)
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


def _words(roles: Iterable[str]) -> set[str]:
    return {w for role in roles for w in re.findall(r"[^\W\d_]{3,}", role.lower())} - {"the", "for", "and"}


def _named(groups: list[Group], units: dict[Key, Unit]) -> list[tuple[str, Group]]:
    """Each group with its name: the commonest of the chains' names, the longer of equals; the role beside a shared one."""
    names = []
    for group in groups:
        counts = Counter(_display(units[key]) for key in group)
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


def _display(unit: Unit) -> str:
    return unit.name if unit.label == "PERSON" else canonical(unit.name)


def _read_aliases(aliases: str | Path | pd.DataFrame | None) -> pd.DataFrame:
    """The user's aliases with all columns, checked; every alias leads straight to its last actor."""
    if aliases is None:
        return pd.DataFrame(columns=ALIAS_COLUMNS, dtype="str")
    if not isinstance(aliases, pd.DataFrame):
        aliases = pd.read_csv(aliases, dtype=str, keep_default_na=False)
    unknown = sorted(set(aliases.columns) - set(ALIAS_COLUMNS))
    if unknown or not {"alias", "actor"} <= set(aliases.columns):
        raise ValueError(
            f"aliases have the columns {', '.join(aliases.columns)}; needed are alias and actor, "
            f"and accepted beside them {', '.join(ALIAS_COLUMNS[2:])}"
        )
    table = (
        aliases.astype("object").reindex(columns=list(ALIAS_COLUMNS), fill_value="").fillna("").astype("str")
    )
    table = table.apply(lambda column: column.str.strip()).drop_duplicates(ignore_index=True)
    scope = ["alias", *ALIAS_COLUMNS[2:]]
    twice = table[table.duplicated(scope, keep=False)]
    if len(twice):
        raise ValueError(f"one alias for two actors: {_rows(twice)}")
    plain = table[(table[list(ALIAS_COLUMNS[2:])] == "").all(axis=1)]
    leads = dict(zip(plain["alias"], plain["actor"], strict=True))
    return table.assign(actor=[_last(name, leads, table) for name in table["actor"]])


def _last(name: str, leads: dict[str, str], table: pd.DataFrame) -> str:
    seen = [name]
    while leads.get(seen[-1], seen[-1]) != seen[-1]:
        seen.append(leads[seen[-1]])
        if seen[-1] in seen[:-1]:
            raise ValueError(f"aliases go round in a circle: {_rows(table[table['actor'].isin(seen)])}")
    return seen[-1]


def _rows(table: pd.DataFrame) -> str:
    """Rows as a file shows them, counted with its header."""
    return "; ".join(f"row {i + 2}: {row.alias} → {row.actor}" for i, row in table.iterrows())


def _by_user(units: dict[Key, Unit], aliases: pd.DataFrame, articles: pd.DataFrame | None) -> dict[Key, str]:
    """Chains that the user's aliases decide; a rule for an outlet or a time goes before one for all."""
    if aliases.empty:
        return {}
    narrow = (aliases[list(ALIAS_COLUMNS[2:])] != "").any(axis=1)
    rules: dict[str, list] = defaultdict(list)
    for row in (
        aliases.assign(narrow=narrow)
        .sort_values("narrow", ascending=False, kind="stable")
        .itertuples(index=False)
    ):
        rules[row[0].lower()].append(row)
    about = {} if articles is None else articles.set_index("article_id")[["outlet", "date"]].T.to_dict("list")
    out = {}
    for key, unit in units.items():
        outlet, date = about.get(key[0], ("", ""))
        names = [unit.name, canonical(unit.name), *sorted(unit.texts, key=lambda text: (-len(text), text))]
        fits = (rule for name in names for rule in rules.get(name.lower(), ()) if _holds(rule, outlet, date))
        if (rule := next(fits, None)) is not None:
            out[key] = rule[1]
    return out


def _holds(rule: tuple, outlet: str, date: str) -> bool:
    _, _, wanted, first, last, _ = rule
    dated = not (first or last) or (
        date != "" and (not first or first <= date) and (not last or date <= last)
    )
    return dated and wanted in ("", outlet)


def alias_candidates(actors: pd.DataFrame, *, top: int = 20) -> pd.DataFrame:
    """One row per pair of actors that may be one, the likeliest first: a queue for a person to decide.

    Only actors that share a word of a name, or whose initials are the other's name, are compared. To join a pair,
    write a row into an aliases file: other as alias, actor as actor.

    Args:
        actors: columns as in the table actors.
        top: how many of the most mentioned actors a rank is told for.

    Returns:
        actor (the one mentioned more), other, evidence, score (0 to 1: the share of words in common, of names and
        roles), n_mentions (of both), rank_now and rank_joined of the actor among the most mentioned (0: below `top`).

    Limitation: names written in two ways without a word in common are not proposed.
    """
    rows = actors.to_dict("records")
    counts = sorted(actors["n_mentions"], reverse=True)
    out = []
    for i, j in sorted(_blocked(rows)):
        one, other = sorted((rows[i], rows[j]), key=lambda row: (-row["n_mentions"], row["actor"]))
        score, told = _likeness(one, other)
        if score >= LIKELY:
            both = one["n_mentions"] + other["n_mentions"]
            now, joined = (_rank(n, counts, top) for n in (one["n_mentions"], both))
            out.append((one["actor"], other["actor"], told, score, both, now, joined))
    columns = ["actor", "other", "evidence", "score", "n_mentions", "rank_now", "rank_joined"]
    table = pd.DataFrame(out, columns=columns)
    order = {"score": False, "n_mentions": False, "actor": True, "other": True}
    return table.sort_values(list(order), ascending=list(order.values()), ignore_index=True)


def _rank(n: int, counts: list[int], top: int) -> int:
    place = 1 + sum(count > n for count in counts[: top + 1])
    return place if place <= top else 0


def _blocked(rows: list[dict]) -> set[tuple[int, int]]:
    """Pairs of actors of one kind that share the beginning of a word, or of which one may be the other's initials."""
    blocks = defaultdict(set)
    for number, row in enumerate(rows):
        person = row["label"] == "PERSON"
        for name in (row["actor"], *filter(None, row["aliases"].split("; "))):
            keys = {word[:5] for word in _name_words(name)} | {i.lower() for i in initials(name)}
            for key in keys | ({name.lower()} if name.isupper() else set()):
                blocks[person, key].add(number)
    large = sorted(key for key, block in blocks.items() if len(block) > LARGEST)
    if large:
        words = ", ".join(word for _, word in large[:10])
        warnings.warn(
            f"not compared: actors that share no more than a word found in over {LARGEST} names: {words}",
            LossWarning, stacklevel=3,
        )  # fmt: skip
    return {
        pair for block in blocks.values() if len(block) <= LARGEST for pair in combinations(sorted(block), 2)
    }


def _name_words(name: str) -> list[str]:
    return [
        word for word in re.findall(r"[^\W\d_]{2,}", name.lower()) if word not in ("the", "of", "and", "for")
    ]


def _likeness(one: dict, other: dict) -> tuple[float, str]:
    """How much alike two actors are, 0 to 1, and why."""
    a, b = _name_words(one["actor"]), _name_words(other["actor"])
    if one["actor"] in initials(other["actor"]) or other["actor"] in initials(one["actor"]):
        score, told = 0.8, ["initials"]
    else:
        alike = [(v, w) for v in a for w in b if SequenceMatcher(None, v, w).ratio() >= ALIKE]
        score = len({v for v, _ in alike}) / max(len(a), len(b), 1)
        told = [v if v == w else f"{v} ~ {w}" for v, w in alike]
    roles = sorted(_words([one["roles"]]) & _words([other["roles"]]))
    if roles and score:
        score, told = min(1.0, score + 0.2), [*told, "roles: " + ", ".join(roles[:3])]
    return round(score, 2), "; ".join(told)
