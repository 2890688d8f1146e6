"""Factiva exports as lines: tagged fields (HD, WC, PD, …), or unlabelled lines in a fixed order."""

import re
from collections.abc import Sequence
from functools import cache

from ..fields import Fields, article, one_line, without_by
from ..metadata.dates import iso_date
from .labels import PAGE, labels

TAGS = set(
    "SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD CT RF ART CO IN NS RE IPC IPD PUB AN CLM NGC GC DLN TI".split()
)
_FIELDS = {"HD": "title", "BY": "byline", "WC": "length", "PD": "date", "SN": "outlet", "SE": "section"}
_TAG = re.compile(r"(?P<tag>[A-Z]{2,3})(?:[\t  ]+(?P<value>\S.*)|[\t  ]*)", re.DOTALL)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AP]M)?(?: [A-Z]{2,5})?")
_AND = re.compile(r",|&|\b(?:and|und|et|y|e|en|och)\b", re.IGNORECASE)
_SMALL = {"de", "von", "van", "in", "der"}
_COPYRIGHT = re.compile(r"\(c\)|©|copyright|\(C\)", re.IGNORECASE)
_NO_ARTICLE = re.compile(r".{0,12}© ?\d{4} ?Factiva.*|.*\.{3,} ?\d+", re.IGNORECASE)
"""The line at the foot of a page, and one of the list of contents."""


def document_in(line: str) -> re.Match | None:
    """Where a line names the document of an article, and so ends it; its ``number``."""
    return _pattern(r"(?:LABEL) (?P<number>(?=\w*\d)\w{12,40})", "document").search(line)


def _counts_words(line: str) -> bool:
    return bool(_pattern(r"\d[\d.,\s’']*\s?(?:LABEL)", "words").fullmatch(line))


@cache
def _pattern(template: str, field: str) -> re.Pattern:
    """The expression with all labels of a field for LABEL."""
    alternatives = "|".join(label for label, of in labels("factiva").items() if of == field)
    return re.compile(template.replace("LABEL", alternatives), re.IGNORECASE)


def masthead(lines: Sequence[str], *, title: str = "") -> Fields:
    """Fields of the lines above the text: section, headline, byline, words, date, time, outlet, code, …."""
    lines = [one_line(line) for line in lines]
    words = next((i for i, line in enumerate(lines) if _counts_words(line)), None)
    if words is None:
        words = next((i - 1 for i, line in enumerate(lines) if iso_date(line) and len(line) < 40), 0)
    above, below = lines[:words], lines[words + 1 :]
    day = next((i for i, line in enumerate(below[:4]) if iso_date(line)), None)
    after = [line for line in below[(day or 0) + 1 :] if not _TIME.fullmatch(line)]
    fields = {
        "length": lines[words] if lines else "",
        "date": below[day] if day is not None else "",
        "outlet": after[0] if after else "",
    }
    if title and title in above:
        at = above.index(title)
        section, byline = above[:at], above[at + 1 :]
    else:
        section, title, byline = _guess_title(above)
    return fields | {"title": title, "section": " ".join(section), "byline": without_by(", ".join(byline))}


def _guess_title(above: Sequence[str]) -> tuple[list[str], str, list[str]]:
    """Section, headline and byline of the lines above the count of words, by what each looks like."""
    above = list(above)
    byline, section = [], []
    of_two_and_short = len(above) == 2 and len(above[0].split()) <= 2 and len(above[1].split()) > 3
    if len(above) > 1 and _looks_like_names(above[-1], doubtful=of_two_and_short):
        byline = [above.pop()]
    if len(above) > 1 and len(above[0].split()) <= 4 and len(above[0]) < len(above[1]):
        section = [above.pop(0)]
    return section, " ".join(above), byline


def _looks_like_names(line: str, *, doubtful: bool = False) -> bool:
    """Whether a line is a byline: “By …”, or (unless ``doubtful``) up to four capitalised words, “and” and more."""
    if without_by(line) != line:
        return True
    people = [re.findall(r"[^\W_][\w.’'-]*", own) for own in _AND.split(line)]
    words = [word for own in people for word in own if word not in _SMALL]
    return (
        not doubtful
        and 2 <= sum(map(len, people)) <= 8
        and max(map(len, people)) <= 4
        and all(word[0].isupper() for word in words)
    )


def is_lines(lines: Sequence[str]) -> bool:
    """Whether these are the lines of a Factiva export as text, RTF or Word."""
    lines = [line.strip() for line in lines]
    if not any(len(line) < 70 and document_in(line) for line in lines):
        return False
    tags = {found["tag"] for line in lines if (found := _TAG.fullmatch(line))}
    counted = any(len(line) < 40 and _counts_words(line) for line in lines)
    return counted or len(tags & {"HD", "LP", "TD", "SN", "PD"}) >= 3


def line_articles(lines: Sequence[str]) -> list[Fields]:
    """The articles between the lines that name their documents."""
    articles, segment = [], []
    for line in lines:
        text = line.strip()
        if not text or PAGE.match(text) or _NO_ARTICLE.fullmatch(text):
            continue
        segment.append(text)
        found = document_in(text) if len(text) < 70 else None
        if found and found.end() == len(text):
            articles.append({**_from_lines(segment, first=not articles), "document": found["number"]})
            segment = []
    return articles


def _from_lines(segment: Sequence[str], *, first: bool) -> Fields:
    starts = [i for i, line in enumerate(segment) if (found := _TAG.fullmatch(line)) and found["tag"] == "HD"]
    if starts:
        return fields_of_tags(_tag_values(segment, begin=starts[-1]))
    words = next((i for i, line in enumerate(segment) if _counts_words(line)), None)
    if words is None:
        return {"problem": f"{segment[-1]}: no line counts its words", "text": ""}
    end = _end_of_masthead(segment, words)
    above = segment[max(0, words - 2) if first else 0 : words]
    body = list(segment[end:-1])
    if body and len(body) > 1 and _is_publisher(body[-1], segment[words:end]):
        body.pop()
    return article(masthead([*above, *segment[words:end]]), body)


def _end_of_masthead(segment: Sequence[str], words: int) -> int:
    """Where the text begins: below the copyright line, or below the short lines."""
    top = segment[words : words + 12]
    copyright_at = next((i for i, line in enumerate(top) if _COPYRIGHT.match(line)), None)
    if copyright_at is not None:
        return words + copyright_at + 1
    return words + next((i for i, line in enumerate(top) if i > 2 and len(line) > 60), min(4, len(top)))


def _is_publisher(line: str, masthead: Sequence[str]) -> bool:
    said = {
        word.lower() for text in masthead if _COPYRIGHT.match(text) for word in re.findall(r"\w{4,}", text)
    }
    words = [word.lower() for word in re.findall(r"\w{4,}", line)]
    return (
        len(line) < 80
        and not line.endswith((".", "”", '"', "?", "!"))
        and bool(words)
        and (sum(word in said for word in words) > len(words) / 2)
    )


def _tag_values(segment: Sequence[str], *, begin: int) -> dict[str, list[str]]:
    """What stands behind each tag; a tag stands alone in its line, or before its value."""
    while begin and (found := _TAG.fullmatch(segment[begin - 1])) and found["tag"] in {"SE", "CLM"}:
        begin -= 1
    values: dict[str, list[str]] = {}
    tag = ""
    for line in segment[begin:]:
        found = _TAG.fullmatch(line)
        if found and found["tag"] in TAGS:
            tag = found["tag"]
            values.setdefault(tag, []).extend([found["value"]] if found["value"] else [])
        elif tag:
            values[tag].append(line)
    return values


def fields_of_tags(values: dict[str, list[str]]) -> Fields:
    """Fields of what stands behind each tag."""

    def one(tag: str) -> str:
        return one_line(" ".join(values.get(tag, [])))

    number = document_in(one("AN"))
    fields = {field: one(tag) for tag, field in _FIELDS.items()}
    fields |= {"byline": without_by(fields["byline"]), "document": number["number"] if number else one("AN")}
    return article(fields, [*values.get("LP", []), *values.get("TD", [])])
