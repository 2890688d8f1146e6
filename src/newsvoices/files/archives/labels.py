"""The words that archives set before their fields, in the languages of their interfaces."""

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def labels(archive: str) -> dict[str, str]:
    """Which field each label of an archive introduces; the labels are in small letters."""
    lines = files(__package__).joinpath("labels.csv").read_text(encoding="utf-8").splitlines()
    return {row["label"]: row["field"] for row in csv.DictReader(lines) if row["archive"] == archive}


@cache
def _pattern(archive: str) -> re.Pattern:
    longest_first = sorted(labels(archive), key=len, reverse=True)
    return re.compile(rf"(?P<label>{'|'.join(map(re.escape, longest_first))})\s?[::](?!//)\s*", re.IGNORECASE)


def labelled(archive: str, paragraph: str) -> tuple[str, str] | None:
    """The field that a paragraph's label introduces, and the paragraph without it; None if it has no label.

    >>> labelled("nexis", "LÄNGE: 355 Wörter")
    ('length', '355 Wörter')
    """
    found = _pattern(archive).match(paragraph)
    return (labels(archive)[found["label"].lower()], paragraph[found.end() :].strip()) if found else None


def heading(archive: str, paragraph: str) -> str:
    """The field that a paragraph names which is nothing but a label; "" if it is none."""
    return labels(archive).get(paragraph.lower(), "") if len(paragraph) < 30 else ""


def without_by(byline: str) -> str:
    """A byline without its “By”, in the languages that have one.

    >>> without_by("By EDDA MARLOW")
    'EDDA MARLOW'
    """
    return re.sub(r"^(?:by|von|par|por|di|door|af|av)\s+(?=\S)", "", byline.strip(), flags=re.IGNORECASE)


def one_line(paragraph: str) -> str:
    """The paragraph with single blanks for all white space."""
    return " ".join(paragraph.split())
