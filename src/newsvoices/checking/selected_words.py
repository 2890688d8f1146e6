"""From what a mouse has selected to the words that are meant."""

import re

from ..checks.places import MARKS, with_final_mark

_BETWEEN = " \t\u00a0,;:–—"


def selected_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words of a selection stand: whole words, a span for each paragraph, without the marks around them.

    >>> selected_spans("“We go,” she said.", 2, 7)
    [(1, 7)]
    """
    start, end = max(start, 0), min(end, len(text))
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    paragraphs = (match.span() for match in re.finditer(r"[^\n]+", text[start:end]))
    spans = (_edges(text, start + first, start + last) for first, last in paragraphs)
    return [with_final_mark(text, *span) for span in spans if re.search(r"\w", text[slice(*span)])]


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks and commas at the edges, and without marks there if none is within, as none is in a direct quote."""
    outer = text[start:end].strip(_BETWEEN)
    bare = outer.strip(MARKS).strip()
    inner = outer if any(mark in bare for mark in MARKS) else bare
    start = text.index(inner, start)
    return start, start + len(inner)
