"""ProQuest exports as paragraphs: pages, e-mails and text."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..fields import Fields, article, one_line, without_by
from ..metadata.dates import iso_date
from .labels import Paragraph, labelled, labels

START = "\ue000"
"""A paragraph that stands for the mark at which an article of a page begins."""

_NUMBERED = re.compile(r"(?:Document|Documento|Dokument) (\d+) (?:of|de|von|sur|di) (\d+)", re.IGNORECASE)
_RULE = re.compile(r"[_=*]{20,}")
_INFO_DATE = re.compile(r"\]\.?\s*(?P<day>[^:;\]]*\d{4})")
_PLACE = re.compile(r",?\s*(?:[^;,]*edition[^;]*|;.*|\[.*)$", re.IGNORECASE)
_EDITION = re.compile(r"\s*;\s*|, [\w ]*\bedition\b", re.IGNORECASE)
_NO_TEXT = {"", "html>", "Not available.", "None available.", "Enlarge this image.", "View Image"}
_NEEDED = {"outlet", "date", "info", "document", "url"}


def split(texts: Sequence[str]) -> tuple[list[Fields], int | None] | None:
    """The articles of a ProQuest export and how many it says it has; None if these paragraphs are none."""
    paragraphs = labelled("proquest", [line for text in texts for line in _between_fields().split(text)])
    fields = {own.field for own in paragraphs if len(own.text) < 3000}
    named = any("proquest" in text.lower() for text in texts)
    if not (named and len(fields & _NEEDED) >= 2 and fields & {"body", "abstract", "title"}):
        return None
    counts = (found for text in texts if (found := _NUMBERED.fullmatch(one_line(text))))
    segments = [
        part for segment in _segments(paragraphs) for part in _split_documents(segment) if _is_article(part)
    ]
    return [_article(segment) for segment in segments], next((int(found[2]) for found in counts), None)


@cache
def _between_fields() -> re.Pattern:
    """A line end between two fields, or beside a rule, where no blank line parts them."""
    names = "|".join(map(re.escape, labels("proquest")))
    return re.compile(rf"\n(?=(?:{names}): |[_=*]{{20}})|(?<=[_=*]{{20}})\n", re.IGNORECASE)


def _segments(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    marked = any(own.text == START for own in paragraphs)
    segment: list[Paragraph] = []
    for own in paragraphs:
        ruled = _NUMBERED.fullmatch(one_line(own.text)) or _RULE.fullmatch(own.text)
        if own.text == START or ruled and not marked:
            yield segment
            segment = []
        elif ruled:
            continue
        else:
            segment.append(own)
    yield segment


def _split_documents(segment: list[Paragraph]) -> Iterator[list[Paragraph]]:
    """The segment; where it names several documents, what stands between their last fields."""
    several = sum(own.field == "document" for own in segment) > 1
    ends = [i + 1 for i, own in enumerate(segment) if own.field == "last"] if several else []
    for start, end in zip([0, *ends], [*ends, len(segment)], strict=True):
        yield segment[start:end]


def _is_article(segment: Sequence[Paragraph]) -> bool:
    fields = {own.field for own in segment}
    return bool(fields & _NEEDED) and bool(fields & {"body", "abstract", "outlet", "info"})


def _article(segment: Sequence[Paragraph]) -> Fields:
    ids = [own.value for own in segment if own.field == "document"]
    if len(ids) > 1:
        return {"problem": f"{len(ids)} articles without a mark between them (from {ids[0]})", "text": ""}
    values, unlabelled, current = {}, [], ""
    for own in segment:
        if own.field and not (current == "body" and _may_be_text(own, unlabelled)):
            current = own.field
            values.setdefault(current, []).extend([own.value] if own.value else [])
        elif current in {"body", "abstract"}:
            values[current].append(own.text)
        elif not current:
            unlabelled.append(one_line(own.text))
    return _finished(values, unlabelled)


def _may_be_text(own: Paragraph, unlabelled: Sequence[str]) -> bool:
    """Whether a label may be a word of the article; “Title:” with the article's own title is none."""
    is_title = own.field == "title" and unlabelled and unlabelled[0].startswith(one_line(own.value)[:60])
    return own.field in {"title", "section", "abstract", "byline"} and not is_title


def _finished(values: dict[str, list[str]], unlabelled: Sequence[str]) -> Fields:
    names = ("title", "outlet", "date", "byline", "place", "section", "url", "document", "info")
    fields = {name: one_line(next(iter(values.get(name, ())), "")) for name in names}
    info = fields.pop("info") or next((text for text in unlabelled[1:] if "[" in text or ";" in text), "")
    day = _INFO_DATE.search(info)
    if day and not iso_date(fields["date"]):
        fields["date"] = day["day"]
    fields["title"] = unlabelled[0] if unlabelled else fields["title"]
    fields["outlet"] = _EDITION.split(_PLACE.sub("", fields["outlet"] or info))[0].strip()
    fields["byline"] = without_by(fields["byline"])
    if body := [text for text in map(str.strip, values.get("body", [])) if text not in _NO_TEXT]:
        return article(fields, body)
    abstract = [text for text in values.get("abstract", []) if text.lower() != "none available."]
    return article(fields, abstract) | {"has_body": ""}
