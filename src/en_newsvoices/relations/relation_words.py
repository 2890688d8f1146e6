"""The words that state a relation: lexicon/relations.csv, by word and part of speech."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from ..lexicon import rows

POS = {"V": "VERB", "N": "NOUN", "J": "ADJ"}


class LexiconEntry(NamedTuple):
    """One row of lexicon/relations.csv."""

    before: tuple[str, ...]
    relation: str
    sign: int
    pattern: str


@cache
def lexicon() -> dict[tuple[str, str], list[LexiconEntry]]:
    """The rows of lexicon/relations.csv by last word and part of speech."""
    found = defaultdict(list)
    for row in rows("relations"):
        *before, last = row["lemma"].split()
        entry = LexiconEntry(tuple(before), row["relation"], int(row["sign"]), row["pattern"])
        found[last, row["pos"]].append(entry)
    return dict(found)


def entries_of(token: Token) -> list[LexiconEntry]:
    """The rows for a word and the words before it; a learned lemmatizer errs on rare verbs, so regular endings are tried too."""
    word, pos = token.lower_, POS.get(token.tag_[:1], "")
    stems = [word.removesuffix(ending) for ending in ("s", "es", "ed", "d", "ing") if word.endswith(ending)]
    forms = [token.lemma_.lower(), word, *stems, *(f"{stem}e" for stem in stems if pos == "VERB")]
    found = next((lexicon()[form, pos] for form in forms if (form, pos) in lexicon()), [])
    return [entry for entry in found if _preceded(token, entry.before)]


def _preceded(token: Token, before: tuple[str, ...]) -> bool:
    return [t.lower_ for t in token.doc[max(token.i - len(before), 0) : token.i]] == list(before)
