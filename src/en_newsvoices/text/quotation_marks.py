"""Quotation marks: which stretches of a text stand between them."""

import re
from functools import cache
from typing import NamedTuple

from ..lexicon import words
from .line_ends import unwrapped

CLOSERS = {
    "“": ("”", '"', "''", "“", "„", "″"), "„": ("“", "”", '"'), "‟": ("”", '"'), '"': ('"', "”", "''"),
    "``": ("''", '"', "”"), "''": ("''", '"', "”"), "″": ("″", "”"), "＂": ("＂",), "«": ("»",), "»": ("«",),
    "「": ("」",), "『": ("』",), "‘": ("’", "'"), "’": ("’", "'"), "'": ("'", "’"), "‹": ("›",), "´": ("´",),
    "‚": ("‘", "’"),
}  # fmt: skip
"""What may close a quotation, by the mark that opens it."""
MARK = re.compile(r"``|''|[“”„‟«»‹›‚‘’\"'″＂「」『』´]")
OPENS, CLOSES = {"“", "„", "‟", "«", "``", "「", "『", "‹", "‚"}, {"”", "「", "」", "』", "›"}
"""Marks that open wherever they stand, and those that never do."""
SINGLE = {"‘", "’", "'", "‹", "›", "´", "‚"}
IN_PAIRS = SINGLE | {"»", "″"}
"""Marks that open a quotation only where another one closes it in the paragraph: they have other uses as well."""
ANEW = {"“": '“"``„‟', "``": '``"“'}
"""Marks that open a new quotation while one of those is open: the one before was never closed."""
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
BEFORE_OPENING = re.compile(rf"(^|[\s(\[{{—–\-/“‘\"'«„:{INVISIBLE}])$")
AFTER_CLOSING = re.compile(rf"[\s)\]}}—–\-/.,;:!?…”’\"'»{INVISIBLE}]|$")
TAG = 40  # characters at most of what ends a paragraph and says who speaks
CLIPPED = re.compile(r"\d0s\b|[^\W\d_]+")
DASH = re.compile(r"[ \t]*[—–][ \t]*(?=[^\W\d_a-z])")
SENTENCE_END = re.compile(r"[.!?…][)\]]?(?=\s+[^\W\d_a-z]|\s*$)")


class Quotation(NamedTuple):
    """One stretch between marks: `text[start:end]`, with its marks `text[before:after]`; no mark may close it."""

    start: int
    end: int
    mark: str
    closed: bool
    before: int
    after: int

    @property
    def single(self) -> bool:
        """Whether its marks are single ones."""
        return self.mark in SINGLE

    def moved(self, by: int) -> "Quotation":
        """The same so many characters further on."""
        at = {name: getattr(self, name) + by for name in ("start", "end", "before", "after")}
        return self._replace(**at)


class _Mark(NamedTuple):
    start: int
    end: int
    text: str
    opens: bool
    closes: bool


def quoted(text: str) -> list[Quotation]:
    """Find what stands between quotation marks, outermost marks only, in the order of the text.

    Knows “typographic”, "straight", ``TeX'', «guillemet», „low“, 「corner」 and single marks, primes and "spaced"
    ones, and dialogue with dashes; tells an apostrophe from a mark by its neighbours. A quotation ends with its paragraph at the latest,
    because in print each paragraph of a long quotation opens with a mark of its own. Where the next one does not,
    the closing mark was forgotten: the quotation ends before "said", or with its sentence if it begins within one.

    Limitation: a plural possessive inside single marks (‘the ministers’ talks’) is recognised only where another
    closing mark follows in the paragraph.
    """
    text = unwrapped(text)
    paragraphs = [match.span() for match in re.finditer(r"[^\n]+", text)]
    spoken = _dialogue(text, paragraphs)
    return [
        one for span in paragraphs for one in ([spoken[span]] if span in spoken else _paragraph(text, *span))
    ]


def _dialogue(text: str, paragraphs: list[tuple[int, int]]) -> dict[tuple[int, int], Quotation]:
    """The speech in paragraphs that begin with a dash, where half of them and two at least say who speaks."""
    dashes = {span: dash for span in paragraphs if (dash := DASH.match(text, *span))}
    tags = {span: _speech_tag().search(text, dash.end(), span[1]) for span, dash in dashes.items()}
    if sum(map(bool, tags.values())) < max(2, len(dashes) / 2):
        return {}
    ends = {span: tag.start() if tag else span[1] for span, tag in tags.items()}
    return {
        span: Quotation(dash.end(), ends[span], "—", True, dash.start(), ends[span])
        for span, dash in dashes.items()
    }


def _paragraph(text: str, start: int, end: int) -> list[Quotation]:
    marks = [_read(text, match, start, end) for match in MARK.finditer(text, start, end)]
    last = {mark.text: number for number, mark in enumerate(marks) if mark.closes}
    found, opened = [], None

    def closes_later(opener: str, number: int) -> bool:
        return any(last.get(closer, -1) > number for closer in CLOSERS[opener])

    for number, mark in enumerate(marks):
        if opened is None:
            if mark.opens and (not _needs_another(text, mark) or closes_later(mark.text, number)):
                opened = mark
        elif mark.closes and mark.text in CLOSERS[opened.text]:
            if not (_is_apostrophe(text, mark) and closes_later(opened.text, number)):
                found.append(_between(text, opened, mark.start, mark.end))
                opened = None
        elif mark.text in ANEW and opened.text in ANEW[mark.text] and mark.start > opened.end:
            found.append(_between(text, opened, _unclosed(text, start, opened.end, mark.start)))
            opened = mark
    if opened and opened.text not in IN_PAIRS:
        said = _speech_tag().search(text, opened.end, end)
        tagged = said is not None and end - said.start() < TAG  # a paragraph that ends ", said Maren."
        goes_on = _opens_next(text, end, opened.text) and not tagged
        stop = end if goes_on else _unclosed(text, start, opened.end, end)
        found.append(_between(text, opened, stop))
    return [quotation for quotation in found if quotation.start < quotation.end]


def _read(text: str, match: re.Match, start: int, end: int) -> _Mark:
    mark, at, after = match[0], *match.span()
    before, behind = text[max(start, at - 1) : at], text[after : min(end, after + 1)]
    return _Mark(at, after, mark, _opens(text, match, before, behind), _closes(mark, before, behind))


def _opens(text: str, match: re.Match, before: str, behind: str) -> bool:
    mark = match[0]
    if mark in CLOSES or mark in ("’", "''", "´") and before.strip() or not BEFORE_OPENING.search(before):
        return mark in OPENS
    if mark in OPENS:
        return True
    word = CLIPPED.match(text, match.end()) if mark in SINGLE else None
    if word and (word[0][0].isdigit() or word[0].lower() in words("clipped word")):
        return False
    spaced = mark in ('"', "''") and not before.strip() and not behind.strip()
    return spaced or bool(behind.strip()) and not AFTER_CLOSING.match(behind)


def _closes(mark: str, before: str, behind: str) -> bool:
    if mark in ("”", "»", "''", "」", "』", "›"):
        return True
    if mark in ("``", "‹", "「", "『", "‟", "‚"):
        return False
    if mark == '"':
        return bool(before.strip()) or not behind.strip()
    return bool(before.strip()) and bool(AFTER_CLOSING.match(behind))


def _needs_another(text: str, mark: _Mark) -> bool:
    spaced = mark.text in ('"', "''") and not text[mark.end : mark.end + 1].strip()
    return spaced or mark.text in IN_PAIRS


def _is_apostrophe(text: str, mark: _Mark) -> bool:
    """ministers’ talks, rock 'n' roll, goin’ home: an apostrophe at the end of a word and before another one."""
    if mark.text not in SINGLE or not re.match(r"\s+\w", text[mark.end : mark.end + 8]):
        return False
    return bool(re.search(r"[sS]$|\win$|['’‘]n$", text[max(mark.start - 3, 0) : mark.start]))


def _opens_next(text: str, end: int, mark: str) -> bool:
    """Whether the next paragraph begins with an opening mark, as one of a long quotation does."""
    following = re.compile(r"\s*(``|''|\S)").match(text, end)
    return bool(following) and (following[1] == mark or following[1] in ANEW and mark in ANEW[following[1]])


def _unclosed(text: str, start: int, begin: int, end: int) -> int:
    """Where a quotation in text[begin:end] ends whose closing mark was forgotten."""
    if said := _speech_tag().search(text, begin, end):
        return said.start()
    before = text[max(start, begin - 40) : begin - 1].rstrip()
    stop = SENTENCE_END.search(text, begin, end)
    return stop.end() if before[-1:].isalnum() and stop else end


@cache
def _speech_tag() -> re.Pattern:
    """A comma and who says it, as in ", said Maren", ", she said" or ", the minister said"."""
    verbs = "|".join(sorted(words("speech tag")))
    return re.compile(
        rf"(?<=[,.!?])\s+(?:(?:{verbs})\b|(?:[^\W\d_a-z][\w.’'-]*\s+){{1,3}}(?:{verbs})\b"
        rf"|(?:he|she|the\s+\w+|an?\s+\w+)\s+(?:{verbs})\b)"
    )


def _between(text: str, opened: _Mark, end: int, after: int | None = None) -> Quotation:
    """From an opening mark to a closing one, or to where the quotation ends without one; no blanks at its edges."""
    inside = text[opened.end : end]
    start = opened.end + len(inside) - len(inside.lstrip())
    end = max(start, opened.end + len(inside.rstrip()))
    return Quotation(start, end, opened.text, after is not None, opened.start, after or end)
