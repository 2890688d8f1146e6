"""Names of organisations cut short: acronyms, and a name without some of its words."""

from collections import defaultdict
from collections.abc import Container
from functools import cache

from ..lexicon import words
from .same_name import initials


def longer_names(names: dict[str, str], organisations: set[str]) -> dict[str, set[str]]:
    """For each name the longer ones that it may stand for: as an acronym, or as an organisation's cut short.

    Args:
        names: as written, by their form as compared.
        organisations: those of them, as compared, that are an organisation's.
    """
    spelt: dict[str, set[str]] = defaultdict(set)  # by initials
    edged: dict[str, set[str]] = defaultdict(set)  # organisations, by first and last word
    for key, name in names.items():
        for letters in initials(name):
            spelt[letters].add(key)
        for word in (key.split(" ")[0], key.split(" ")[-1]) if key in organisations else ():
            edged[word].add(key)
    found: dict[str, set[str]] = defaultdict(set)
    for key, name in names.items():
        if name.isupper() and 2 <= len(name) <= 6 and " " not in name:
            found[key] = spelt[name] - {key}
        elif key in organisations:
            alike = edged[key.split(" ")[0]] | edged[key.split(" ")[-1]]
            longer = {other for other in alike if other.endswith(f" {key}") or other.startswith(f"{key} ")}
            found[key] = {
                other
                for other in longer
                if not _words_of_a_part() & ({*other.split()} - {*key.split()})
                and not (_begins_with_chamber(key, other) or _joins_two(other, names))
            }
    return found


def _begins_with_chamber(key: str, name: str) -> bool:
    """Whether a name is a chamber's, here the key, and what it is no part of: House Ways and Means."""
    return key in words("chamber") and name.startswith(key) and not name.startswith(f"{key} of ")


def _joins_two(name: str, names: Container[str]) -> bool:
    """Whether a name is two others: House and Senate."""
    first, _, second = name.partition(" and ")
    return first in names and second in names


@cache
def _words_of_a_part() -> frozenset[str]:
    """What a name has beside an organisation's that is no more than part of it: Senate Democrats, House Rules Committee."""
    members = {word.lower() for word in words("party or faith")}
    parts = {"gop", "democratic"} | members | {word.removesuffix("s") for word in members}
    parts |= words("part of a house") | {f"{word}s" for word in words("part of a house")}
    return frozenset({"white"} | parts)  # the House is not the White House
