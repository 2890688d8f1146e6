"""directed-sentiment (Park, Pan & Joo 2021): reading its sentences with two marked names each."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LABELS = ("neither", "first for second", "second for first", "first against second", "second against first")


class Sentence(NamedTuple):
    """A sentence without its brackets, the bounds of the two names that they stood around, and a row of LABELS."""

    text: str
    first: tuple[int, int]
    second: tuple[int, int]
    label: int


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a file; a line is the text with names in brackets, the two names and the label."""
    for line in path.read_text("utf-8").splitlines():
        marked, _, _, label = line.split("\t")
        text, opened, spans = "", [], []
        for character in marked:
            if character == "[":
                opened.append(len(text))
            elif character == "]" and opened:
                spans.append((opened.pop(), len(text)))
            else:
                text += character
        if len(spans) == 2:
            yield Sentence(text, *spans, int(label))
