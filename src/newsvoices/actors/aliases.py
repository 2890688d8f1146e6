"""What a person decides about actors: a file of aliases, and the queue of pairs to look at."""

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz

from ..losses import warn
from .name_matching import initials, plain, role_words

LARGEST = 300  # actors that share a word and are still compared pair by pair
LIKELY = 0.5  # share of words
ALIKE = 80  # per cent of two words
ALIAS_COLUMNS = ("alias", "actor", "outlet", "from", "to")


def read_aliases(aliases: str | Path | pd.DataFrame | None) -> pd.DataFrame:
    """The user's aliases with all columns, checked; every alias leads straight to its last actor."""
    if aliases is None:
        return pd.DataFrame(columns=ALIAS_COLUMNS, dtype="str")
    if not isinstance(aliases, pd.DataFrame):
        file = aliases
        try:
            aliases = pd.read_csv(file, dtype=str, keep_default_na=False)
        except ValueError as error:  # pandas' own, and that of an encoding
            raise ValueError(f"{file}: save it as a CSV file in UTF-8: {str(error).strip()}") from error
    unknown = sorted(set(aliases.columns) - set(ALIAS_COLUMNS))
    if unknown or not {"alias", "actor"} <= set(aliases.columns):
        raise ValueError(
            f"aliases have the columns {', '.join(aliases.columns)}; needed are alias and actor, "
            f"and accepted beside them {', '.join(ALIAS_COLUMNS[2:])}"
        )
    table = aliases.astype("object").reindex(columns=list(ALIAS_COLUMNS), fill_value="").fillna("")
    table = table.astype("str")
    table = table.apply(lambda column: column.str.strip()).drop_duplicates(ignore_index=True)
    scope = ["alias", *ALIAS_COLUMNS[2:]]
    twice = table[table.duplicated(scope, keep=False)]
    if len(twice):
        raise ValueError(f"one alias for two actors: {_rows(twice)}")
    everywhere = table[(table[list(ALIAS_COLUMNS[2:])] == "").all(axis=1)]
    leads = dict(zip(everywhere["alias"], everywhere["actor"], strict=True))
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


def chains_by_aliases(
    aliases: pd.DataFrame, names: dict[tuple[str, str], list[str]], articles: pd.DataFrame | None
) -> dict[tuple[str, str], str]:
    """Chains, each with its names, that the user's aliases decide; a rule for an outlet or a time goes before one for all."""
    if aliases.empty:
        return {}
    narrow = (aliases[list(ALIAS_COLUMNS[2:])] != "").any(axis=1)
    rules: dict[str, list] = defaultdict(list)
    for row in pd.concat([aliases[narrow], aliases[~narrow]]).itertuples(index=False):
        rules[plain(row[0])].append(row)
    about = {} if articles is None else articles.set_index("article_id")[["outlet", "date"]].T.to_dict("list")
    out = {}
    for key, own in names.items():
        outlet, date = about.get(key[0], ("", ""))
        fits = (rule for name in own for rule in rules.get(plain(name), ()) if _holds(rule, outlet, date))
        if (rule := next(fits, None)) is not None:
            out[key] = rule[1]
    return out


def _holds(rule: tuple, outlet: str, date: str) -> bool:
    _, _, wanted, first, last = rule
    dated = not (first or last) or (date != "" and first <= date and (not last or date <= last))
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
    if large := sorted(word for (_, word), block in blocks.items() if len(block) > LARGEST):
        words = ", ".join(large[:10])
        warn(f"not compared: actors that share no more than a word found in over {LARGEST} names: {words}")
    small = (sorted(block) for block in blocks.values() if len(block) <= LARGEST)
    return {pair for block in small for pair in combinations(block, 2)}


def _name_words(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]{2,}", name.lower())
    return [word for word in words if word not in ("the", "of", "and", "for")]


def _likeness(one: dict, other: dict) -> tuple[float, str]:
    """How much alike two actors are, 0 to 1, and why."""
    a, b = _name_words(one["actor"]), _name_words(other["actor"])
    if one["actor"] in initials(other["actor"]) or other["actor"] in initials(one["actor"]):
        score, told = 0.8, ["initials"]
    else:
        alike = [(v, w) for v in a for w in b if fuzz.ratio(v, w) >= ALIKE]
        score = len({v for v, _ in alike}) / max(len(a), len(b), 1)
        told = [v if v == w else f"{v} ~ {w}" for v, w in alike]
    roles = sorted(role_words([one["roles"]]) & role_words([other["roles"]]))
    if roles and score:
        score, told = min(1.0, score + 0.2), [*told, "roles: " + ", ".join(roles[:3])]
    return round(score, 2), "; ".join(told)
