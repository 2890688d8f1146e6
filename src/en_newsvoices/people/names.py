"""When two names are one: aliases, initials, and the names of persons."""

import re
from functools import cache

from ..lexicon import rows

TAILS = re.compile(r",? (group|inc|corp|co|ltd|plc|llc)\.?$", re.IGNORECASE)
LINKS = {"of", "the", "and", "for", "de", "du", "la", "on", "in"}


@cache
def _aliases() -> dict[str, str]:
    return {row["alias"]: row["actor"] for row in rows("aliases")}


def canonical(text: str) -> str:
    """The well-known name for an alias (lexicon/aliases.csv), else the name without article and "group" or "Inc."."""
    plain = " ".join(text.replace("’", "'").split())
    for _ in range(2):
        if plain in _aliases():
            return _aliases()[plain]
        plain = TAILS.sub("", re.sub(r"^[Tt]he ", "", plain)) or plain
    return _aliases().get(plain, plain)


@cache
def _labels() -> dict[str, str]:
    return {row["actor"]: row["label"] for row in rows("aliases")}


def listed_label(actor: str) -> str:
    """The type of a well-known actor (lexicon/aliases.csv); "" for any other."""
    return _labels().get(actor, "")


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of several words can be one person's: "John F. Kerry", "J. Kerry" and "John Kerry"."""
    a, b = (tuple(w.lower().rstrip(".") for w in name) for name in (one, other))
    if len(a) > len(b):
        a, b = b, a
    if a[-1] != b[-1]:
        return False
    if a == b[-len(a) :]:
        return True
    return set(a) <= set(b) or a[0] == b[0] or (a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0])))


def initials(name: str) -> set[str]:
    """What a name of several words may be shortened to, with and without its small words."""
    words = [w for part in name.split() for w in part.split("-") if w]
    plain = "".join(w[0].upper() for w in words if w.lower() not in LINKS)
    return {plain, "".join(w[0].upper() for w in words)} if len(words) > 1 else set()
