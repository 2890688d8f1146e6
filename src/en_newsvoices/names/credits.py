"""Bylines and credits, which are about an article and not in it: "By Jo Marsh", "Editing by …", "© 2024 …"."""

import re

from spacy.tokens import Doc

from ..lexicon import words

FIRST_LINES = 5
LONGEST = 200  # characters of the names before "contributed to this report"
_BYLINE = re.compile(
    r"\W*by\b|[^\n,]{3,40},[^\n]*(?:correspondent|reporter|columnist|editor|staff writer)\W*$", re.IGNORECASE
)
_CREDIT = re.compile(
    r"\W*(?:(?:additional|further)\s)?(?:report(?:ing|ed)|edit(?:ing|ed)|writ(?:ing|ten)|compiled|translated|produced|"
    r"research|(?:photo(?:graph)?|picture|graphic)s?)(?:\s(?:and|additional)\s\w+)*\s?(?:by|:)",
    re.IGNORECASE,
)
_CERTAIN = re.compile(r"\W*(?:©|copyright\b|\(c\)\s?\d{4})", re.IGNORECASE)
_BRACKETS = re.compile(
    r"\((?:additional\s)?(?:reporting|writing|editing|photo|picture)\sby\b[^()]*\)?", re.IGNORECASE
)
_CONTRIBUTED = re.compile(r"\bcontributed (?:reporting )?to this (?:report|story|article)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?•\n]*$")
_AGENCY = re.compile(r"(?<=[.!?”\"’'])\s+[-–—]\s?[A-Z][\w/]*(?:\s[A-Z][\w/]*){0,3}\s*$")


def credit_tokens(doc: Doc) -> set[int]:
    """The tokens of bylines among the first lines, of credits wherever they stand, and of the agency that a text ends with.

    Limitation: a line that holds nothing but a name is no byline.
    """
    text = doc.text
    lines = [line for line in re.finditer(r"[^\n]+", text) if line[0].strip()]
    found = [
        line.span()
        for number, line in enumerate(lines)
        if _CERTAIN.match(line[0])
        or _only_names(line[0])
        and (_CREDIT.match(line[0]) or number < FIRST_LINES and _BYLINE.match(line[0]))
    ]
    found += [match.span() for pattern in (_BRACKETS, _AGENCY) for match in pattern.finditer(text)]
    for match in _CONTRIBUTED.finditer(text):
        before = max(match.start() - LONGEST, 0)
        found.append((before + _SENTENCE.search(text[before : match.start()]).start(), match.end()))
    spans = (doc.char_span(*span, alignment_mode="expand") for span in found)
    return {token.i for span in spans if span is not None for token in span}


def _only_names(line: str) -> bool:
    """Whether a line has names and words of credits only, so that it is no sentence."""
    small = re.findall(r"(?<![@.\w])[a-z]\w*(?![\w@]|\.\w)", line)
    return set(small) <= words("credit") | words("particle")
