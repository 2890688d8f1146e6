"""The words that archives set before their fields, in the languages of their interfaces."""

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

PAGE = re.compile(r"(?:Page|Seite|Página|Pagina) \d+ (?:of|von|de|di|van|sur) \d+", re.IGNORECASE)
"""The line at the foot of a printed page."""


class Paragraph(NamedTuple):
    """A paragraph of an export, with the field that its label introduces and what stands behind it, if it has one."""

    text: str
    field: str = ""
    value: str = ""
    heads: str = ""
    """The field that it names, if it is nothing but a label."""


@cache
def labels(archive: str) -> dict[str, str]:
    """Which field each label of an archive introduces; the labels are in small letters."""
    lines = files(__package__).joinpath("labels.csv").read_text(encoding="utf-8").splitlines()
    return {row["label"]: row["field"] for row in csv.DictReader(lines) if row["archive"] == archive}


@cache
def _pattern(archive: str) -> re.Pattern:
    longest_first = sorted(labels(archive), key=len, reverse=True)
    return re.compile(rf"(?P<label>{'|'.join(map(re.escape, longest_first))})\s?[::](?!//)\s*", re.IGNORECASE)


def labelled(archive: str, texts: Iterable[str]) -> list[Paragraph]:
    """The paragraphs with their labels taken apart.

    >>> [(own.field, own.value) for own in labelled("nexis", ["LÄNGE: 355 Wörter", "It rains."])]
    [('length', '355 Wörter'), ('', '')]
    """
    pattern, fields = _pattern(archive), labels(archive)
    paragraphs = []
    for text in texts:
        heads = fields.get(text.lower(), "") if len(text) < 30 else ""
        if found := pattern.match(text):
            label = fields[found["label"].lower()]
            paragraphs.append(Paragraph(text, label, text[found.end() :].strip(), heads))
        else:
            paragraphs.append(Paragraph(text, heads=heads))
    return paragraphs
