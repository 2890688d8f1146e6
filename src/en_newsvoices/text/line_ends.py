"""Line ends that end no paragraph: those of a text whose lines are all cut at one width."""

import re

SHORTEST, LONGEST = 40, 100  # characters of the longest line, where lines are cut at a width
FULL = 0.85  # of the longest line; a line that could not take the next word as well is at least so long
MOST = 0.8  # of the line ends
HYPHENATED = re.compile(r"(?<=[a-z][a-z]-)\n(?=[a-z])")


def unwrapped(text: str) -> str:
    r"""The text with a blank for each line end that it reads on over; all characters stay where they are.

    Lines are taken for cut at a width where nearly every line that another one follows could not have taken the
    next word as well, and one such break at least stands before a small letter. A word that is divided at a line's
    end is read on in any text.

    >>> unwrapped("He led Schu-\nmacher.\n\nIt ended.")
    'He led Schu- macher.\n\nIt ended.'
    """
    breaks = [
        (match.start(), len(match[1]), len(match[2]))
        for match in re.finditer(r"(?<![^\n])(?=([^\n]*\S)[ \t]*\n[ \t]*(\S+))", text)
    ]
    ends = [text.index("\n", start + length) for start, length, _ in breaks]
    width = max((len(line.rstrip()) for line in text.split("\n")), default=0)
    full = [end for end, (_, length, word) in zip(ends, breaks, strict=True) if length + word >= FULL * width]
    wrapped = (
        SHORTEST <= width <= LONGEST
        and len(full) >= MOST * len(ends)
        and any(text[end:].lstrip()[:1].islower() for end in full[:50])
    )
    letters = list(text)
    for end in (full if wrapped else []) + [match.start() for match in HYPHENATED.finditer(text)]:
        letters[end] = " "
    return "".join(letters)
