"""Second names that an article gives somebody: "Ivar Rudek, known as the Blacksmith"."""

import re

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

_WORD = r"[^\W\d_a-z][\w’'-]*"
_NAME = rf"(?P<name>(?:[Tt]he\s)?{_WORD}(?:\s{_WORD}){{0,2}})"
_AFTER = re.compile(
    r"\s?[,(–—-]?\s?(?:who\s(?:is|was)\s)?(?:(?:also|better|best|widely|locally|popularly|commonly|simply)\s)?"
    r"(?:(?:known|referred\sto)\s(?:\w+\s){0,4}?as|nicknamed|dubbed|alias|a\.?k\.?a\.?|code-?named"
    r"|who\sgoes\sby(?:\sthe\sname(?:\sof)?)?)\s"
    rf"[“\"‘']?{_NAME}"
)
_INSIDE = re.compile(rf"[“\"‘(]{_NAME}[”\"’)]")
_BRIDGE = re.compile(rf"{_WORD}\s{_INSIDE.pattern}\s{_WORD}")


def nickname(name: Span, text: str) -> tuple[int, int] | None:
    """Token bounds of the nickname that follows a name in the Doc's text or stands inside it between marks, or None.

    Limitation: only what the article introduces by such words; "the Iron Lady" on its own is nobody's.
    """
    if (found := _INSIDE.search(name.text)) is not None:
        start = name.start_char + found.start("name")
    elif (found := _AFTER.match(text, name.end_char)) is not None:
        start = found.start("name")
    else:
        return None
    span = name.doc.char_span(start, start + len(found["name"]), alignment_mode="contract")
    return (span.start, span.end) if span is not None and len(span) else None


def without(text: str) -> str:
    """A name without the nickname inside it."""
    return _INSIDE.sub("", text)


def bridged(doc: Doc, ents: list[Span]) -> list[Span]:
    """Entities, where a nickname between marks parts a person's name made whole again: Ivar “the Blacksmith” Rudek."""
    whole: list[Span] = []
    for found in _BRIDGE.finditer(doc.text):
        span = doc.char_span(*found.span(), alignment_mode="expand")
        sides = [
            e for e in ents if e.label_ == "PERSON" and (e.start <= span.start < e.end or e.end == span.end)
        ]
        if sides:
            start, end = min(span.start, *(e.start for e in sides)), max(span.end, *(e.end for e in sides))
            whole.append(Span(doc, start, end, label="PERSON"))
    return filter_spans([*whole, *ents])


def occurrences(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """Token bounds of every other place where the same words stand, not as a title before somebody else's name."""
    if doc[start].lower_ == "the" and end - start > 1:
        start += 1
    words = [token.text for token in doc[start:end]]
    found = []
    for i in range(len(doc) - len(words) + 1):
        after = i + len(words)
        title = after < len(doc) and doc[after].is_title
        if i != start and not title and [t.text for t in doc[i:after]] == words:
            found.append((i - (i > 0 and doc[i - 1].lower_ == "the"), after))
    return found
