"""When two names can be one person's, and what a name may be shortened to; the same in every language."""

import re
import unicodedata
from collections.abc import Iterable


def plain(name: str) -> str:
    """A name as compared: compatible characters as one, small letters, one apostrophe, blanks for hyphens.

    >>> plain("Siobhan  D’Arcy-Lou")
    "siobhan d'arcy lou"
    """
    name = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").replace("ʼ", "'")
    return " ".join(re.sub(r"[\s\-‐‑–]+", " ", name).split())


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
    """What a name of several words may be shortened to, with and without its small words.

    >>> sorted(initials("Bank of Veldania"))
    ['BOV', 'BV']
    """
    words = [w for part in name.split() for w in part.split("-") if w]
    large = "".join(w[0] for w in words if w[0].isupper())
    return {large, "".join(w[0].upper() for w in words)} if len(words) > 1 else set()


def role_words(roles: Iterable[str]) -> set[str]:
    """The words of some roles by which two persons may be told to be one: those of four letters or more."""
    return {w for role in roles for w in re.findall(r"[^\W\d_]{4,}", role.lower())}
