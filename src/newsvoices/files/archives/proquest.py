"""ProQuest exports as paragraphs: pages, e-mails and text."""

import re
from collections.abc import Iterator, Sequence

from ..metadata.dates import iso_date
from .labels import labelled, one_line, without_by

Fields = dict[str, str]

START = "\ue000"
"""A paragraph that stands for the mark at which an article of a page begins."""

_NUMBERED = re.compile(r"(?:Document|Documento|Dokument) (\d+) (?:of|de|von|sur|di) (\d+)", re.IGNORECASE)
_RULE = re.compile(r"[_=]{20,}")
_INFO_DATE = re.compile(r"\]\.?\s*(?P<day>[^:;\]]*\d{4})")
_PLACE = re.compile(r",?\s*(?:[^;,]*edition[^;]*|;.*|\[.*)$", re.IGNORECASE)
_NO_TEXT = {"", "html>", "Enlarge this image.", "View Image"}
_NEEDED = {"outlet", "date", "info", "document", "url"}


def is_export(texts: Sequence[str]) -> bool:
    """Whether these are the paragraphs of a ProQuest export."""
    fields = {found[0] for text in texts if len(text) < 3000 and (found := labelled("proquest", text))}
    named = any("proquest" in text.lower() for text in texts)
    return named and len(fields & _NEEDED) >= 2 and bool(fields & {"body", "abstract", "title"})


def articles(texts: Sequence[str]) -> tuple[list[Fields], int | None]:
    """The articles of an export, and how many it says that it has."""
    counts = [int(found[2]) for text in texts if (found := _NUMBERED.fullmatch(one_line(text)))]
    segments = [part for segment in _segments(texts) for part in _parted(segment) if _is_article(part)]
    return [_article(segment) for segment in segments], counts[0] if counts else None


def _parted(segment: list[str]) -> Iterator[list[str]]:
    """The segment; where it names several documents, what stands between their last fields."""
    found = [labelled("proquest", text) for text in segment]
    if sum(1 for field in found if field and field[0] == "document") < 2:
        yield segment
        return
    ends = [i + 1 for i, field in enumerate(found) if field and field[0] == "last"]
    for start, end in zip([0, *ends], [*ends, len(segment)], strict=True):
        yield segment[start:end]


def _segments(texts: Sequence[str]) -> Iterator[list[str]]:
    marked = START in texts
    segment: list[str] = []
    for text in texts:
        if text == START or (not marked and (_NUMBERED.fullmatch(one_line(text)) or _RULE.fullmatch(text))):
            yield segment
            segment = []
        else:
            segment.append(text)
    yield segment


def _is_article(segment: Sequence[str]) -> bool:
    fields = {found[0] for text in segment if (found := labelled("proquest", text))}
    return bool(fields & _NEEDED) and bool(fields & {"body", "abstract", "outlet", "info"})


def _article(segment: Sequence[str]) -> Fields:
    ids = [found for text in segment if (found := labelled("proquest", text)) and found[0] == "document"]
    if len(ids) > 1:
        return {"problem": f"{len(ids)} articles without a mark between them (from {ids[0][1]})", "text": ""}
    values, unlabelled, current = {}, [], ""
    for text in segment:
        found = labelled("proquest", text)
        if found and not (current == "body" and found[0] in {"title", "section", "abstract", "byline"}):
            current = found[0]
            values.setdefault(current, [])
            if found[1]:
                values[current].append(found[1])
        elif current in {"body", "abstract"}:
            values[current].append(text)
        elif not current:
            unlabelled.append(one_line(text))
    return _finished(values, unlabelled)


def _finished(values: dict[str, list[str]], unlabelled: Sequence[str]) -> Fields:
    def one(field: str) -> str:
        return one_line(values.get(field, [""])[0]) if values.get(field) else ""

    title = unlabelled[0] if unlabelled else one("title")
    info = one("info") or next((text for text in unlabelled[1:] if "[" in text or ";" in text), "")
    day = _INFO_DATE.search(info)
    body = [text for text in map(str.strip, values.get("body", [])) if text not in _NO_TEXT]
    has_body = bool(body)
    if not has_body:
        body = [text for text in values.get("abstract", []) if text.lower() != "none available."]
    return {
        "title": title,
        "outlet": re.split(r"\s*;\s*|, [\w ]*\bedition\b", _PLACE.sub("", one("outlet") or info), flags=re.I)[
            0
        ].strip(),
        "date": one("date") if iso_date(one("date")) else day["day"] if day else one("date"),
        "byline": without_by(one("byline")),
        "place": one("place"),
        "section": one("section"),
        "url": one("url"),
        "document": one("document"),
        "text": "\n\n".join(filter(None, [title, *body])),
        "has_body": "yes" if has_body else "",
    }
