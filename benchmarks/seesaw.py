"""SEESAW (Zhang et al. 2022): reading its articles and stances, and telling which chain of a Doc is which of its entities."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ACTORS = {"People", "Organization", "GPE", "Religion"}
SMALL = set(
    "the of for and on in at to a united states us u s american jr sr lawmaker lawmakers member members senator senators "
    "leaders officials congressional".split()
)
"""Words that do not tell one name from another."""
OUTSIDE = "Not in the list"
SIGNS = {"POS": 1, "NEG": -1}
SAME = {
    "gop": "republican party", "republican": "republican party", "democrat": "democratic party",
    "democratic": "democratic party", "grand old party": "republican party", "house": "house representative",
    "senator": "senate", "fed": "federal reserve", "scotus": "supreme court", "high court": "supreme court",
    "isis": "islamic state", "isil": "islamic state", "russian": "russia", "iranian": "iran",
    "ukrainian": "ukraine", "israeli": "israel", "syrian": "syria", "mexican": "mexico", "chinese": "china",
    "america": "united states", "american": "united states", "lgbt community": "lgbt", "muslim": "islam",
}  # fmt: skip
"""Names of one actor, as SEESAW's annotators joined them."""


class Article(NamedTuple):
    """Sentences by their bounds in `text`, and the actors of its list, in its order.

    Stances are (number of the sentence, source, sign, target), between actors of the list or from or to one OUTSIDE.
    """

    name: str
    text: str
    sentences: list[tuple[int, int]]
    actors: list[str]
    stances: list[tuple[int, str, int, str]]


def read(folder: Path, split: str) -> Iterator[Article]:
    """The articles of the train or valid stories, with the stances of persons, organisations and places only."""
    for path in sorted((folder / "articles").glob("*.json")):
        story = json.loads((folder / "meta" / f"{path.stem.split('_DOCUMENT')[0]}.json").read_text("utf-8"))
        if story["Split"] == split:
            yield _article(path, json.loads((folder / "annotations" / path.name).read_text("utf-8")))


def _article(path: Path, annotation: dict) -> Article:
    sentences, bounds, at = json.loads(path.read_text("utf-8"))["text"], {}, 0
    for sentence in sentences:
        length = len(sentence["text"].strip())
        bounds[str(sentence["id"])] = at, at + length
        at += length + 1
    actors = [name for name, kinds, *_ in annotation["entity lists"] if ACTORS.intersection(kinds)]
    rows = list(bounds)
    stances = {
        (rows.index(number), one["subject"], SIGNS[one["sentiment"]], one["object"])
        for number, some in annotation["sentence-level stances"].items()
        for one in some
        if {one["subject"], one["object"]} <= {*actors, OUTSIDE} and one["subject"] != one["object"]
    }
    text = " ".join(sentence["text"].strip() for sentence in sentences)
    return Article(path.stem, text, list(bounds.values()), actors, sorted(stances))


def linked(actors: Iterable[str], names: dict[str, Iterable[str]]) -> dict[str, str]:
    """For each chain the actor of the list that it is, where it is one; `names` are a chain's forms.

    A person is known by the last name, with the first names alike where both have one; others by their words without
    "United States", "of" and the like, by their initials, or by SAME.
    """
    out = {}
    for chain, forms in names.items():
        forms = {form for form in map(plain, [chain, *forms]) if form}
        scored = [
            (max((likeness(plain(actor), form) for form in forms), default=0), -n, actor)
            for n, actor in enumerate(actors)
        ]
        best = max(scored, default=(0,))
        if best[0]:
            out[chain] = best[2]
    return out


def plain(name: str) -> str:
    """In lower case, without accents, possessives and marks."""
    name = unicodedata.normalize("NFD", re.sub(r"[’']s?\b", "", name.lower()))
    words = re.findall(
        r"[a-z0-9]+", "".join(c for c in name if unicodedata.category(c) != "Mn").replace(".", "")
    )
    return " ".join(words)


def likeness(actor: str, form: str) -> int:
    """3 the same name, 2 the same words, initials or another name of it, 1 a last name, 0 another actor's."""
    if actor == form:
        return 3
    a, b = _words(actor), _words(form)
    if a and set(a) == set(b) or SAME.get(_single(form), form) == SAME.get(_single(actor), actor):
        return 2
    letters = "".join(word[0] for word in actor.split() if word not in {"of", "the", "and", "for"})
    if len(form) > 1 and form in (letters, letters.removeprefix("us")):
        return 2
    if len(a) > 1 and len(b) > 1:
        return int(a[-1] == b[-1] and (a[0] == b[0] or a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0]))))
    return int(
        len(a) == 2
        and len(b) == 1
        and a[-1] == b[-1]
        and a[-1] not in {"party", "administration", "department", "house", "committee", "campaign"}
    )


def _single(name: str) -> str:
    """The name with its words in the singular."""
    return " ".join(
        word[:-1] if word.endswith("s") and len(word) > 3 and word != "congress" else word
        for word in name.split()
    )


def _words(name: str) -> list[str]:
    """Its words that tell, in the singular."""
    return _single(" ".join(word for word in name.split() if word not in SMALL)).split()
