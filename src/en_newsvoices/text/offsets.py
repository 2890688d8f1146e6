"""From places in a text to the tokens, or other runs, that hold them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

from spacy.tokens import Doc

Value = TypeVar("Value")
Spans = Iterable[tuple[int, int]]


def covering(starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Of runs that begin at `starts` and follow each other the first one that start:end has part of, and the one after its last.

    >>> covering([0, 4, 9], 5, 10), covering([0, 4, 9], 4, 9)
    ((1, 3), (1, 2))
    """
    return max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end)


def innermost(doc: Doc, passages: Iterable[tuple[Spans, Value]], outside: Value) -> list[Value]:
    """For each token the value of the passage that it stands in, of several the shortest; of none `outside`.

    A passage is given by its spans of characters.
    """
    out, starts = [outside] * len(doc), [token.idx for token in doc]
    for spans, value in sorted(passages, key=lambda one: -sum(end - start for start, end in one[0])):
        for span in spans:
            first, after = covering(starts, *span)
            out[first:after] = [value] * (after - first)
    return out
