"""Paragraphs of plain text whose lines were broken to a width, as archives export it."""

import itertools
import re
from collections.abc import Iterator

_BROKEN_WORD = re.compile(r"[^\W\d_]-$")


def wrapped_paragraphs(text: str) -> Iterator[str]:
    r"""Blocks between blank lines; a line that was full is joined with the next, another keeps its line end.

    Lines that are all indented (centred headings) stay apart by \n as well.
    """
    lines = [line.expandtabs().rstrip() for line in text.split("\n")]
    width = _width(lines)
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield _joined(block, width)
            block = []


def _width(lines: list[str]) -> int:
    """The width that lines were broken to: the longest of most; 0 where they are not broken."""
    lengths = sorted(len(line) for line in lines if line.strip() and not line.startswith("  "))
    longest = lengths[int(0.98 * (len(lengths) - 1))] if lengths else 0
    return longest if 50 <= longest <= 130 else 0


def _joined(block: list[str], width: int) -> str:
    joined = block[0].strip()
    for line, following in itertools.pairwise(block):
        first_word = following.split(maxsplit=1)[0]
        full = len(line) + 1 + len(first_word) > width and not following.startswith("   ")
        full = full and any(map(str.isalnum, line))
        blank = "" if _BROKEN_WORD.search(joined) else " "
        joined += (blank if width and full else "\n") + following.strip()
    return joined
