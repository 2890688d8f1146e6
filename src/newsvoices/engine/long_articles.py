"""Articles that are longer than a pipeline should read at once: read in parts, and joined again."""

from pathlib import Path
from typing import TYPE_CHECKING

from ..nonlinguistic import without_nonlinguistic
from ..schema import QUOTES, RELATIONS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MOST = 500_000  # characters of a part, some 100,000 words; benchmarks/speed.py measures the memory for three
_OFFSETS = {QUOTES: ("spans", "cue", "speaker"), RELATIONS: ("source_span", "target_span", "span")}


def most_of(nlp: "Language | str | Path | None") -> int:
    """Characters of a part for this pipeline: MOST, or less where one in memory takes no more."""
    return min(MOST, getattr(nlp, "max_length", MOST))


def parts_of(text: str, most: int = MOST) -> list[str]:
    """The text in parts of at most so many characters, cut after a line end if one is in a part's second half.

    >>> parts_of("One sentence. Another one.", 15)
    ['One sentence. ', 'Another one.']
    """
    parts, at = [], 0
    while len(text) - at > most:
        half, end = at + most // 2, at + most
        ends = (text.rfind(mark, half, end) + 1 for mark in "\n ")
        after = next(filter(None, ends), end)
        parts.append(text[at:after])
        at = after
    return [*parts, text[at:]]


def read_in_parts(text: str, nlp: "Language") -> "Doc":
    """The annotated Doc of a text, of any length; without the vectors, which no table reads and which are large.

    Limitation: names, pronouns and speakers are not followed from one part to the next; a name is one actor in all of
    them, as it is in all articles.
    """
    parts = [
        _without_vectors(nlp(without_nonlinguistic(part, make_doc=nlp.make_doc)))
        for part in parts_of(text, most_of(nlp))
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _without_vectors(doc: "Doc") -> "Doc":
    doc.tensor = doc.tensor[:0]
    return doc


def _joined(parts: list["Doc"]) -> "Doc":
    from spacy.tokens import Doc

    doc = Doc.from_docs(parts, ensure_whitespace=False, exclude=["user_data", "tensor"])
    for name, places in _OFFSETS.items():
        found, before = [], 0
        for part in parts:
            for record in getattr(part._, name):
                found.append(record | {place: _moved(record[place], before) for place in places})
            before += len(part.text)
        setattr(doc._, name, found)
    return doc


def _moved(offsets, by: int):
    """Offsets, a list of them or None, so many characters further on."""
    if isinstance(offsets, list):
        return [_moved(one, by) for one in offsets]
    return offsets and (offsets[0] + by, offsets[1] + by)
