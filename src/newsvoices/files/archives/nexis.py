"""Nexis and Lexis exports as paragraphs, whatever file they stood in: where articles begin and what their fields are."""

import itertools
import re
from collections.abc import Sequence

from ..metadata.dates import iso_date
from .labels import heading, labelled, one_line, without_by

Fields = dict[str, str]

NUMBERED = re.compile(
    r"(?:FOCUS - ?)?(?:(?P<n>\d[\d.,]*) (?:of|von|de|di|van|sur|/) (?P<all>\d[\d.,]*) "
    r"(?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?|DOCUMENTI|DOCUMENTO|DOCUMENTEN)"
    r"|(?:Document|Dokument|Documento) (?P<n2>\d+) (?:of|von|de|di|van|sur) (?P<all2>\d+))",
    re.IGNORECASE,
)
"""The line that heads each article of the older exports."""

END = re.compile(
    r"End of Document|Ende des Dokuments|Dokumentende|Fin du document|Fin del documento|Fine documento"
    r"|Fine del documento|Einde (?:van )?(?:het )?document|Fim do documento",
    re.IGNORECASE,
)
"""The line that ends each article of the newer ones."""

_COUNT = re.compile(r"(?:Documents?|Dokumente?|Documentos?|Documenti|Documenten) ?\((\d+)\)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:Copyright|©|\(c\)|Alle Rechte vorbehalten)\b|©", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_CAPITAL_LABEL = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ -]{2,24}: ")
_TAIL = {"tail", "load_date", "classification", "graphic"}
_HEAD = {"byline", "title", "section", "length", "place", "head"}
_PAGE = re.compile(r"(?:Page|Seite|Página|Pagina) \d+ (?:of|von|de|di|van|sur) \d+", re.IGNORECASE)


def is_numbered(paragraphs: Sequence[str]) -> bool:
    """Whether these are the paragraphs of an older export (“1 of 10 DOCUMENTS”)."""
    return any(NUMBERED.fullmatch(one_line(paragraph)) for paragraph in paragraphs if len(paragraph) < 60)


def is_ended(paragraphs: Sequence[str]) -> bool:
    """Whether these are the paragraphs of a newer export (“End of Document”)."""
    ends = [paragraph for paragraph in paragraphs if len(paragraph) < 40 and END.fullmatch(paragraph)]
    fields = {found[0] for paragraph in paragraphs if (found := labelled("nexis", paragraph))}
    return bool(ends) and bool(fields & {"length", "load_date", "section"} or any(map(_is_body, paragraphs)))


def numbered_articles(paragraphs: Sequence[str]) -> tuple[list[Fields], int | None]:
    """The articles of an older export, and how many the file says that it has."""
    starts = [
        (i, found)
        for i, paragraph in enumerate(paragraphs)
        if len(paragraph) < 60 and (found := NUMBERED.fullmatch(one_line(paragraph)))
    ]
    ends = [*(i for i, _ in starts[1:]), len(paragraphs)]
    numbers = [re.sub(r"\D", "", found["n"] or found["n2"]) for _, found in starts]
    articles = [
        {**_numbered(paragraphs[start + 1 : end]), "document": number}
        for (start, _), end, number in zip(starts, ends, numbers, strict=True)
    ]
    first, stated = starts[0][1], int(re.sub(r"\D", "", starts[0][1]["all"] or starts[0][1]["all2"]))
    begins_at_one = int(re.sub(r"\D", "", first["n"] or first["n2"])) == 1
    return articles, stated if begins_at_one else None


def ended_articles(paragraphs: Sequence[str]) -> tuple[list[Fields], int | None]:
    """The articles of a newer export, and how many its cover says that it has; the cover is left out."""
    stated = next((int(found[1]) for text in paragraphs[:40] if (found := _COUNT.fullmatch(text))), None)
    articles: list[Fields] = []
    segment: list[str] = []
    for paragraph in paragraphs:
        if len(paragraph) < 40 and END.fullmatch(paragraph):
            articles += _ended(segment, number=len(articles) + 1)
            segment = []
        elif not _PAGE.fullmatch(paragraph):
            segment.append(paragraph)
    if any(map(_is_body, segment)):
        articles += _ended(segment, number=len(articles) + 1)
    return articles, stated


def _numbered(paragraphs: Sequence[str]) -> Fields:
    """One article of an older export: outlet, date, title, labelled lines, text, labelled lines."""
    head, body, tail = _parts(paragraphs)
    fields = _labelled_fields([*head, *tail])
    plain = [
        one_line(text)
        for i, text in enumerate(head)
        if not labelled("nexis", text) and not _is_unknown_label(text, at=i, counted=False)
    ]
    plain = [text for text in plain if not _COPYRIGHT.match(text)]
    day = next((i for i, text in enumerate(plain[:6]) if _is_day(text)), None)
    if day is None:
        day = next(
            (i for i, text in enumerate(plain[:4]) if i and _YEAR.search(text) and len(text) < 60), None
        )
    before, after = (plain[:1], plain[1:]) if day is None else (plain[:day], plain[day + 1 :])
    if day == 0 and after:
        before, after = after[:1], after[1:]
    fields.setdefault("outlet", before[0] if before else "")
    if day is not None:
        fields["date"] = plain[day]
    if after:
        fields.setdefault("title", " ".join(after))
    return _finished(fields, body)


def _parts(paragraphs: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """What stands above the text, the text, and what stands below it."""
    start = _start_of_body(paragraphs)
    head, rest = list(paragraphs[:start]), list(paragraphs[start:])
    if rest and (found := labelled("nexis", rest[0])) and found[0] == "body":
        rest[0] = found[1]
    end = next((i for i, text in enumerate(rest) if _is_tail(text, left=len(rest) - i)), len(rest))
    return head, [text for text in rest[:end] if text], rest[end:]


def _start_of_body(paragraphs: Sequence[str]) -> int:
    """The first paragraph below the labelled lines at the top (or below the title, if there are none)."""
    seen, counted = False, False
    for i, text in enumerate(paragraphs):
        found = labelled("nexis", text)
        if found and found[0] == "body" or _is_body(text):
            return i
        if found and found[0] in _HEAD | _TAIL or _is_unknown_label(text, at=i, counted=counted):
            seen = True
            counted = counted or bool(found and found[0] == "length")
        elif seen:
            return i
    return len(paragraphs) if seen else min(3, len(paragraphs))


def _is_unknown_label(text: str, *, at: int, counted: bool) -> bool:
    """Whether a line above the count of words begins with a label in capitals; below it stand datelines."""
    return not counted and at < 12 and len(text) < 120 and bool(_CAPITAL_LABEL.match(text))


def _is_tail(text: str, *, left: int) -> bool:
    if found := labelled("nexis", text):
        written = text[: len(text) - len(found[1])]
        return found[0] in _TAIL and (written.isupper() or found[0] == "load_date")
    return bool(left <= 3 and re.match(r"Copyright\b.{0,60}\d{4}|©.{0,60}\d{4}", text, re.IGNORECASE))


def _ended(segment: Sequence[str], *, number: int) -> list[Fields]:
    """The article of a newer export that ends here; more than one if a mark between them was lost."""
    loads = [i + 1 for i, text in enumerate(segment) if (labelled("nexis", text) or ("",))[0] == "load_date"]
    if len(loads) > 1:
        edges = [0, *loads[:-1], len(segment)]
        pieces = [segment[a:b] for a, b in itertools.pairwise(edges)]
        if all(_anchor(piece) is not None for piece in pieces):
            return [
                _article(piece, number=number + i, cover=number + i == 1) for i, piece in enumerate(pieces)
            ]
    return [_article(segment, number=number, cover=number == 1)] if segment else []


def _article(segment: Sequence[str], *, number: int, cover: bool) -> Fields:
    anchor = _anchor(segment)
    if anchor is None:
        return {"problem": f"document {number}: no heading of a Nexis article is found", "text": ""}
    head, rest = [one_line(text) for text in segment[:anchor]], list(segment[anchor:])
    bodies = [i for i, text in enumerate(rest) if _is_body(text)]
    lengths = [text for text in rest if (labelled("nexis", text) or ("",))[0] == "length"]
    if len(bodies) > 1 and len(lengths) > 1:
        return {"problem": f"document {number}: two articles without a mark between them", "text": ""}
    start = bodies[0] + 1 if bodies else _below_labels(rest)
    end = next((i for i, text in enumerate(rest) if i >= start and _ends_body(text)), len(rest))
    fields = _labelled_fields([*rest[:start], *rest[end:]]) | {"document": str(number)}
    return _finished(fields | _masthead(head, cover=cover), rest[start:end])


def _masthead(head: Sequence[str], *, cover: bool) -> Fields:
    """Title, outlet and date, which stand in this order above the copyright line."""
    day = next((i for i in reversed(range(len(head))) if _is_day(head[i])), None)
    if day is None:
        dated = (i for i in reversed(range(len(head))) if _YEAR.search(head[i]) and len(head[i]) < 60)
        day = next((i for i in dated if i >= 2), None)
    if day is None or day < 1:
        top = head[-2:] if cover else head[:2]
        return dict(zip(("title", "outlet"), top, strict=False))
    titles = head[max(0, day - 2) : day - 1] if cover else head[: day - 1]
    return {"title": " ".join(titles), "outlet": head[day - 1], "date": head[day]}


def _anchor(segment: Sequence[str]) -> int | None:
    """The first paragraph below title, outlet and date."""
    for i, text in enumerate(segment):
        found = labelled("nexis", text)
        if (
            i >= 2
            and (_COPYRIGHT.match(text) or _is_body(text) or (found and found[0] in _HEAD))
            and not (found and found[0] == "head" and found[1] == "")
        ):
            return i
    return None


def _below_labels(rest: Sequence[str]) -> int:
    for i, text in enumerate(rest):
        if not (labelled("nexis", text) or _COPYRIGHT.match(text)):
            return i
    return len(rest)


def _ends_body(text: str) -> bool:
    found = labelled("nexis", text)
    return heading("nexis", text) in {"classification", "graphic", "load_date"} or bool(
        found and found[0] == "load_date"
    )


def _is_body(text: str) -> bool:
    return heading("nexis", text) == "body"


def _is_day(text: str) -> bool:
    """Whether a line is a date, and not a title that holds one."""
    return len(text) < 110 and bool(iso_date(text[:60]))


def _labelled_fields(paragraphs: Sequence[str]) -> Fields:
    fields: Fields = {}
    for field, value in filter(None, (labelled("nexis", text) for text in paragraphs)):
        if value and field in {"byline", "title", "section", "length", "place", "load_date"}:
            fields.setdefault(field, one_line(value))
    return fields


def _finished(fields: Fields, body: Sequence[str]) -> Fields:
    if "byline" in fields:
        fields["byline"] = without_by(fields["byline"])
    paragraphs = [fields.get("title", ""), *(text.strip() for text in body)]
    return {**fields, "text": "\n\n".join(filter(None, paragraphs)), "has_body": "yes" if body else ""}


def split(paragraphs: Sequence[str]) -> tuple[list[Fields], int | None] | None:
    """The articles of a Nexis export and how many it says it has; None if these paragraphs are none."""
    if is_numbered(paragraphs):
        return numbered_articles(paragraphs)
    return ended_articles(paragraphs) if is_ended(paragraphs) else None
