"""When two names can be one person's, and what a name may be shortened to; the same in every language."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import NamedTuple

NAMES = 100_000  # kept as compared, so that none is taken apart twice
HYPHENS = re.compile(r"[\s\-‐‑‒–−]+")
GENERATION = re.compile(r"\w{2,4}\.|[IVX]{2,}")
"""The last word of a name that tells a parent from a child: "Jr.", "jun.", "III"."""


class PersonName(NamedTuple):
    """A person's name as compared: its words without particles ("van", "al-"), and "jr" or "iii" where it ends so."""

    words: tuple[str, ...]
    generation: str


@lru_cache(maxsize=NAMES)
def plain(name: str) -> str:
    """A name as compared: small letters without accents, one apostrophe, blanks for hyphens, compatible characters as one.

    >>> plain("Siobhan  D’Arcy-Löw")
    "siobhan d'arcy low"
    """
    name = unicodedata.normalize("NFKD", re.sub("[’ʼ‘`´]", "'", name)).casefold()
    return HYPHENS.sub(" ", re.sub("[\u00ad\u0300-\u036f]", "", name)).strip()


@lru_cache(maxsize=NAMES)
def person_name(name: str) -> PersonName:
    """The words of a person's name; particles are those in small letters.

    >>> person_name("Omar el-Sayed Jr.")
    PersonName(words=('omar', 'sayed'), generation='jr')
    """
    words = name.split()
    last = words[-1] if len(words) > 1 and GENERATION.fullmatch(words[-1]) else ""
    large = (dropwhile(str.islower, HYPHENS.split(word)) for word in words[: -1 if last else None])
    kept = " ".join(part for parts in large for part in parts) or " ".join(words[:1])
    return PersonName(tuple(re.findall(r"[^\s.]+", plain(kept))), plain(last).rstrip("."))


@lru_cache(maxsize=NAMES)
def surnames(name: str) -> frozenset[str]:
    """What a person of several names may be called by: the last word, and with more of the words before it.

    >>> sorted(surnames("Ursula van der Meer"))
    ['der meer', 'meer', 'van der meer']
    """
    words = plain(name).split()
    return frozenset(" ".join(words[i:]) for i in range(1, len(words)))


def same_person(one: str, other: str, *, lenient: bool = False) -> bool:
    """Whether two names of several words can be one person's: "John F. Kerry", "J. Kerry" and "John Kerry".

    Two that differ in "Jr." are two persons, and so are two whose second names or initials differ. Where `lenient`,
    "Jr." may be left out and the first name be written in two ways: "Sergei", "Sergey".
    """
    one, other = sorted((one, other), key=lambda name: len(name.split()))
    (a, generation), (b, others) = person_name(one), person_name(other)
    if a[-1] != b[-1] or (generation != others and not (lenient and "" in (generation, others))):
        return False
    if plain(one) in surnames(other):
        return True
    if lenient and written_alike(a[0], b[0]):
        b = (a[0], *b[1:])
    if any(len(word) == 1 for word in a + b):
        return all(map(_alike, a[:-1], b[:-1]))
    return set(a) <= set(b) or set(b) <= set(a)


def _alike(one: str, other: str) -> bool:
    """Whether two given names are equal, or one the other's initial."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def written_alike(one: str, other: str) -> bool:
    """Whether two words of five letters or more differ in one letter at most, not the first.

    >>> written_alike("sergei", "sergey"), written_alike("antony", "anthony"), written_alike("mark", "marc")
    (True, True, False)
    """
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    ends = {one[same + i :] == other[same + j :] for i, j in ((1, 1), (1, 0), (0, 1))}
    return min(len(one), len(other)) >= 5 and same > 0 and True in ends


def shortened(name: str) -> bool:
    """Whether a person's first name is no more than an initial: "J. Smith"."""
    return [len(word) for word in person_name(name).words[:1]] == [1]


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
