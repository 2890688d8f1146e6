"""The names component: entities as names, without titles and possessives, and the same all through an article."""

import csv
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "MISC", "EVENT", "WORK_OF_ART", "LAW")


@cache
def titles() -> frozenset[str]:
    """Words before a person's name that are no part of it (lexicon/titles.csv), in small letters."""
    with (files("newsvoices") / "lexicon" / "titles.csv").open(encoding="utf-8") as file:
        return frozenset(row["title"].lower() for row in csv.DictReader(file))


@Language.component("names")
def names(doc: Doc) -> Doc:
    """Trims `doc.ents`, then gives a name that the article uses again the same label wherever it stands.

    A person's surname alone counts as that person's name. Method: one sense per discourse (Gale, Church &
    Yarowsky 1992). Limitation: a place and a person of one name in one article become one of the two.
    """
    ents = [ent for ent in (_trimmed(ent) for ent in doc.ents) if ent is not None]
    doc.ents = filter_spans([*_repeated(doc, ents), *ents])
    return doc


def _trimmed(ent: Span) -> Span | None:
    start, end, doc = ent.start, ent.end, ent.doc
    while start < end and (doc[start].is_space or doc[start].is_quote or _is_title(doc[start], ent)):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in ("'s", "’s", "'", "’", ",", '"', "”")):
        end -= 1
    return Span(doc, start, end, label=ent.label_) if start < end else None


def _is_title(token: Token, ent: Span) -> bool:
    return ent.label_ == "PERSON" and token.i + 1 < ent.end and token.lower_.rstrip(".") in titles()


def _repeated(doc: Doc, ents: list[Span]) -> list[Span]:
    """Spans for known names that stand elsewhere in the Doc; each with the commonest label of its words."""
    labels = defaultdict(Counter)
    for ent in ents:
        if ent.label_ in NAMES and ent[0].text[:1].isupper():
            words = tuple(token.text for token in ent)
            labels[words][ent.label_] += 1
            if ent.label_ == "PERSON" and 1 < len(words) < 5 and len(words[-1]) > 2:
                labels[words[-1:]]["PERSON"] += 1
    known = {words: max(sorted(counts), key=counts.get) for words, counts in labels.items()}
    longest = max(map(len, known), default=0)
    text = [token.text for token in doc]
    found, at = [], 0
    while at < len(doc):
        size = next((n for n in range(longest, 0, -1) if tuple(text[at : at + n]) in known), 0)
        if size:
            found.append(Span(doc, at, at + size, label=known[tuple(text[at : at + size])]))
        at += max(size, 1)
    return found
