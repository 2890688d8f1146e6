"""The names component: entities as names, without titles and possessives."""

import csv
from functools import cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "MISC", "EVENT", "WORK_OF_ART", "LAW")


@cache
def titles() -> frozenset[str]:
    """Words before a person's name that are no part of it (lexicon/titles.csv), in small letters."""
    with (files("newsvoices") / "lexicon" / "titles.csv").open(encoding="utf-8") as file:
        return frozenset(row["title"].lower() for row in csv.DictReader(file))


@Language.component("names")
def names(doc: Doc) -> Doc:
    """Trims `doc.ents` to the name alone; a part that is nothing but a title is no name."""
    doc.ents = [ent for ent in map(_trimmed, doc.ents) if ent is not None]
    return doc


def _trimmed(ent: Span) -> Span | None:
    start, end, doc = ent.start, ent.end, ent.doc
    while start < end and (doc[start].is_space or doc[start].is_quote or _is_title(doc[start], ent)):
        start += 1
    while start < end and (
        doc[end - 1].is_space or doc[end - 1].text in ("'s", "’s", "'", "’", ",", '"', "”")
    ):
        end -= 1
    return Span(doc, start, end, label=ent.label_) if start < end else None


def _is_title(token: Token, ent: Span) -> bool:
    return ent.label_ == "PERSON" and token.i + 1 < ent.end and token.lower_.rstrip(".") in titles()
