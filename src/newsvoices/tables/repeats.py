"""Paragraphs that stand in an article twice, as scrapers leave them."""

import re
from bisect import bisect_right
from collections.abc import Callable

LEAST = 12  # words of a paragraph; shorter ones recur by right, such as "Read more"


def repeated_paragraphs(text: str) -> list[tuple[int, int]]:
    """Where paragraphs stand, from the second time on: first character and the one after the last of each.

    Limitation: one that was changed by a word is another.
    """
    seen, found = set(), []
    for paragraph in re.finditer(r"[^\n]+", text):
        words = tuple(paragraph[0].split())
        if len(words) >= LEAST and words in seen:
            found.append(paragraph.span())
        seen.add(words)
    return found


def counts(text: str) -> Callable[[int], bool]:
    """Whether what begins at a character counts: what a repeated paragraph holds does not."""
    repeated = repeated_paragraphs(text)

    def is_counted(at: int) -> bool:
        before = bisect_right(repeated, (at, len(text))) - 1
        return before < 0 or at >= repeated[before][1]

    return is_counted
