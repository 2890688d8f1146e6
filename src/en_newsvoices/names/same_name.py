"""When two names are one: aliases, initials, and the names of persons."""

import re
import unicodedata
from functools import cache

from ..lexicon import column, rows, words

HYPHENS = re.compile(r"[\s\-‐‑‒–−]+")


def plain(name: str) -> str:
    """A name as compared: small letters without accents, one apostrophe, blanks for hyphens, compatible characters as one."""
    name = unicodedata.normalize("NFKD", re.sub("[’ʼ‘`´]", "'", name)).casefold()
    return HYPHENS.sub(" ", re.sub("[\u00ad\u0300-\u036f]", "", name)).strip()


@cache
def _aliases() -> dict[str, str]:
    return {row["alias"]: row["actor"] for row in rows("aliases")}


def canonical(text: str) -> str:
    """The well-known name for an alias (lexicon/aliases.csv), else the name without article, "group", "Inc." and dots."""
    name = " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").replace("\u00ad", "").split())
    bare = re.sub("^[Tt]he (?=.)", "", name)
    bare = bare.replace(".", "") if re.fullmatch(r"([A-Z]\.){2,}[A-Z]?", bare) else bare
    short = _without_company(bare)
    if short != bare:  # CPC Corp is not the CPC
        return _aliases().get(name) or _aliases().get(bare) or short
    group = bare.removesuffix(" group")  # the Tomorrow Group is called so, the Islamic State group is not
    tried = (name, bare, group, form := _department(_american(_state(group))))
    return next((_aliases()[one] for one in tried if one in _aliases()), form)


def _without_company(name: str) -> str:
    before, _, form = name.rpartition(" ")
    if before and not before.endswith("&") and form.rstrip(".").lower() in words("company"):
        return _without_company(before.rstrip(","))
    return name


def _state(name: str) -> str:
    """The country of "Republic of …" and the like."""
    form, _, place = name.partition(" of ")
    is_state = form in words("form of state") and place.lower() in column("places", "place", "capital")
    return place if is_state else name


def _department(name: str) -> str:
    """The Education Department of "U.S. Department of Education"; so for a ministry."""
    name = re.sub(r"\bDept\b\.?", "Department", name)
    match = re.fullmatch(
        r"(?:U\.S\. )?(Department|Ministry) of (?:the )?((?:(?! of | for | in | and |,).)+)", name
    )
    return f"{match[2]} {match[1]}" if match else name


def _american(name: str) -> str:
    """A name without "US" where it is listed or a department's, else with it in one spelling: the U.S. Senate."""
    rest = re.sub(r"^(?:U\.?S\.?|United States) (?=[A-Z])", "", name)
    if rest == name or rest.endswith(" Department") or listed_label(rest) == "ORG":
        return rest
    return f"U.S. {rest}"


@cache
def _labels() -> dict[str, str]:
    return {row["actor"]: row["label"] for row in rows("aliases")}


def listed_label(actor: str) -> str:
    """The type of a well-known actor (lexicon/aliases.csv); "" for any other."""
    return _labels().get(actor, "")


def split_generation(name: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The words of a person's name, and what tells a parent from a child, as it is usually written: "Jr.", "III"."""
    last = name[-1].rstrip(".").lower() if len(name) > 1 else ""
    if last not in words("generation"):
        return name, ""
    return name[:-1], last.title() + "." if last in ("jr", "sr") else last.upper()


def without_particle(word: str) -> str:
    """A word of a name without the particle that a hyphen joins to it: Assad of "al-Assad"."""
    particle, _, rest = word.partition("-")
    return rest if rest and particle in words("particle") else word


@cache
def compared(name: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """A person's name as compared: words without particles ("van", "al-"), initials apart; and "Jr."."""
    core, generation = split_generation(name)
    parts = [part for word in core for part in re.findall(r"[^\s.]+", plain(word))]
    kept = [part for part in parts[:-1] if part not in words("particle")]
    return (*kept, *parts[-1:]), generation


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of several words can be one person's: "John F. Kerry", "J. Kerry", "Jack Kerry" and "John Kerry".

    A second surname may be left out.
    Two that differ in "Jr." are two persons, and so are two whose second names or initials differ.
    """
    (a, generation), (b, others) = sorted((compared(one), compared(other)), key=lambda name: len(name[0]))
    if generation != others:
        return False
    if len(a) > 1 and a == b[: len(a)]:  # Carlos Alvarado, Carlos Alvarado Quesada
        return True
    if a[-1:] != b[-1:]:
        return False
    if any(len(word) == 1 for word in a + b):
        return len(a) > 1 and all(map(_alike, a[:-1], b[:-1]))
    return set(a) <= set(b) or _alike(a[0], b[0]) and set(a[1:]) <= set(b[1:])


def _alike(one: str, other: str) -> bool:
    """Whether two given names are equal, or one the other's initial or short for it."""
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    return not {one, *map(plain, _full_forms(one))}.isdisjoint({other, *map(plain, _full_forms(other))})


@cache
def _full_forms(name: str) -> tuple[str, ...]:
    """What a given name, in small letters, may be short for (lexicon/short_names.csv)."""
    return tuple(row["name"] for row in rows("short_names") if row["short"].lower() == name)


def full_names(name: tuple[str, ...]) -> list[str]:
    """What a person's name with a short first name may stand for: Robert Maren, for Bob Maren."""
    return [" ".join((form, *name[1:])) for form in _full_forms(name[0].lower()) if len(name) > 1]


def initials(name: str) -> set[str]:
    """What a name of several words may be shortened to, with and without its small words."""
    parts = [w for part in name.split() for w in part.split("-") if w]
    if len(parts) < 2:
        return set()
    orders = [parts]
    if parts[-1] in ("Department", "Ministry"):
        orders.append([parts[-1], "of", *parts[:-1]])
    large = {"".join(w[0].upper() for w in order if w.lower() not in words("small")) for order in orders}
    return large | {"".join(w[0].upper() for w in order) for order in orders}
