"""Second names inside a name: Ivar “the Blacksmith” Rudek.

A nickname in apposition ("Rudek, known as the Blacksmith") is not followed: in 200 real articles it touched 7 of 2,136
names and no quotation.
"""

import re

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

_WORD = r"[^\W\d_a-z][\w’'-]*"
_INSIDE = re.compile(rf"[“\"‘(](?P<name>(?:[Tt]he\s)?{_WORD}(?:\s{_WORD}){{0,2}})[”\"’)]")
_WHOLE = re.compile(rf"{_WORD}\s{_INSIDE.pattern}\s{_WORD}")


def without_nickname(text: str) -> str:
    """A name without the nickname inside it."""
    return _INSIDE.sub("", text)


def nickname(text: str) -> str:
    """The nickname inside a name, without its article; "" where there is none."""
    found = _INSIDE.search(text)
    return re.sub(r"^[Tt]he\s", "", found["name"]) if found else ""


def with_nicknames(doc: Doc, ents: list[Span]) -> list[Span]:
    """Entities, a person's name made whole again where a nickname between marks parts it."""
    whole: list[Span] = []
    for found in _WHOLE.finditer(doc.text):
        span = doc.char_span(*found.span(), alignment_mode="expand")
        sides = [
            e for e in ents if e.label_ == "PERSON" and (e.start <= span.start < e.end or e.end == span.end)
        ]
        if sides:
            start, end = min(span.start, *(e.start for e in sides)), max(span.end, *(e.end for e in sides))
            whole.append(Span(doc, start, end, label="PERSON"))
    return filter_spans([*whole, *ents])
