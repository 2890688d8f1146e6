"""Across articles: chains of one name become one actor; aliases.py holds what a person decides."""

from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd

from ..schema import frame
from .aliases import chains_by_aliases, read_aliases
from .chain_groups import group_chains
from .chains import Chain, Group, Key, by_frequency, named_chains
from .name_matching import plain

TYPES_OF_LABELS = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
}  # fmt: skip


def resolve_actors(
    mentions: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    aliases: str | Path | pd.DataFrame | None = None,
) -> pd.Series:
    """The actor of each named chain: a Series indexed by (article_id, chain).

    Persons are one when their full names agree, a short first name standing for the full one ("Jr." and other initials
    make two, unless one office and articles that never tell them apart say otherwise), or when four of five chains that
    bear a surname are one person's; other names when they are the same. "J. Smith" beside John and James Smith is
    nobody (""), a person and a place are never one. Two persons of one name whose roles have no word in common, in
    articles that name nobody else in common, stay two, with the role in brackets.

    Args:
        mentions: columns article_id, chain, text, label, kind, and full_name where a pipeline knows it.
        articles: outlet and date of each article, for aliases that hold for some only.
        aliases: a CSV file or frame with columns alias, actor and, if wanted, outlet, from, to (dates YYYY-MM-DD);
            it wins over everything else.

    Raises:
        ValueError: the aliases have an unknown column, a cycle, or one alias for two actors; names the rows.

    Limitation: two persons of one name in articles about the same matter are taken for one.
    """
    chains = named_chains(mentions)
    names = {
        key: [chain.name, *sorted(chain.texts, key=lambda text: (-len(text), text))]
        for key, chain in chains.items()
    }
    ruled = chains_by_aliases(read_aliases(aliases), names, articles)
    groups, unclear = group_chains({key: chain for key, chain in chains.items() if key not in ruled})
    found = ruled | dict.fromkeys(unclear, "")
    found |= {key: name for name, keys in _named(groups, chains) for key in keys}
    index = pd.MultiIndex.from_tuples(sorted(found), names=["article_id", "chain"])
    return pd.Series([found[key] for key in index], index=index, name="actor", dtype="str")


def actor_column(table: pd.DataFrame, actor: pd.Series, *, chain: str) -> pd.Series:
    """For each row of a table its actor, by article_id and the chain in the column `chain`; "" where none is."""
    known = actor.to_dict()
    pairs = zip(table["article_id"], table[chain], strict=True)
    return pd.Series([known.get(pair, "") for pair in pairs], index=table.index, dtype="str")


def actors_table(mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """One row per actor, the most mentioned first: columns of `actors`.

    Mentions are names, pronouns and descriptions; aliases and roles are joined by "; ", the commonest first, a role in
    the spelling that is commonest ("Baker", "baker").
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
            "label": next(iter(by_frequency(told[actor])), ""),
            "aliases": "; ".join(alias for alias in by_frequency(names[actor]) if alias != actor),
            "roles": "; ".join(_in_one_spelling(roles[actor])),
            "n_mentions": len(told[actor]),
            "n_articles": len(set(where[actor])),
            "n_quotes": len(words[actor]),
            "n_words_quoted": int(sum(words[actor])),
        }
        for actor in sorted({*told, *roles, *words} - {""})
    ]
    return frame("actors", sorted(rows, key=lambda row: (-row["n_mentions"], row["actor"])))


def _in_one_spelling(roles: list[str]) -> list[str]:
    """`by_frequency`, capitals and small letters as one."""
    spelling = {role.casefold(): role for role in reversed(by_frequency(roles))}
    return by_frequency(spelling[" ".join(role.split()).casefold()] for role in roles)


def speaker_types(quotes: pd.DataFrame, actors: pd.DataFrame) -> pd.Series:
    """The speaker_type of each quote, a named speaker's by what the actor is over all articles.

    One article may take a capital that speaks for its government for a person; the others know better.
    """
    known = quotes["actor"].map(actors.set_index("actor")["label"].map(TYPES_OF_LABELS))
    return known.fillna(quotes["speaker_type"]).astype("str")


def _named(groups: list[Group], chains: dict[Key, Chain]) -> list[tuple[str, Group]]:
    """Each group with its name, the largest first: the role beside a name that several share, then a number."""
    groups = sorted(groups, key=lambda group: (-len(group), group))
    names = [_name([chains[key] for key in group]) for group in groups]
    shared = {name for name, n in Counter(names).items() if n > 1}
    taken: Counter = Counter()
    out = []
    for name, group in zip(names, groups, strict=True):
        if name in shared:
            roles = by_frequency(role for key in group for role in chains[key].roles)
            name += f" ({roles[0]})" if roles else ""
        taken[name] += 1
        out.append((name if taken[name] == 1 else f"{name} ({taken[name]})", group))
    return out


def _name(chains: list[Chain]) -> str:
    """The commonest name, the longer of equals, a person's in full; of its spellings one that is not all capitals."""
    names = [chain.name for chain in chains if chain.full] or [chain.name for chain in chains]
    counts, spelled = Counter(map(plain, names)), Counter(names)
    best = max(counts, key=lambda name: (counts[name], len(name), name))
    forms = [name for name in spelled if plain(name) == best]
    return max(forms, key=lambda name: (not name.isupper(), spelled[name], name))
