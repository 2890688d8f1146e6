"""Datelines: where, when and by which agency a report was written, before its first words."""

import re

AGENCY = r"\((?:[A-Z]{2,10}|Reuters|Bloomberg|Xinhua|Tass|Interfax)\)"
CITY = r"[A-Z]{3}[A-Z’'. /]*(?:, [A-Z][\w. ]*)?(?:, \w+\.? \d{1,2})?"
DATELINE = re.compile(
    rf"^[ \t]*(?:[^\n()]{{2,40}}{AGENCY}\s*[-–—_]+|{CITY}\s*(?:\(\w+\)\s*)?[-–—_:]+)[ \t]*", re.M
)


def datelines(text: str) -> list[tuple[int, int]]:
    """Where the datelines of a text begin and end, dash and blanks included.

    >>> text = "KELL, March 4 (MPA) - The dam held."
    >>> [text[end:] for _, end in datelines(text)]
    ['The dam held.']
    """
    return [match.span() for match in DATELINE.finditer(text)]
