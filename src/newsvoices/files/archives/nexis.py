"""Nexis and Lexis exports as paragraphs, whatever file they stood in: where articles begin and what their fields are."""

import itertools
import re
from collections.abc import Sequence

from ..fields import Fields, article, one_line, without_by
from ..metadata.dates import iso_date
from .labels import PAGE, Paragraph, labelled

_NUMBERED = re.compile(
    r"(?=.*Do[ck]ument)(?:FOCUS - ?)?(?:(?:Document|Dokument|Documento) )?"
    r"(?P<n>\d[\d.,]*) (?:of|von|de|di|van|sur|/) (?P<all>\d[\d.,]*)"
    r"(?: (?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?|DOCUMENTI|DOCUMENTEN))?",
    re.IGNORECASE,
)
"""The line that heads each article of the older exports."""

_COUNT = re.compile(r"(?:Documents?|Dokumente?|Documentos?|Documenti|Documenten) ?\((\d+)\)", re.IGNORECASE)
_RIGHTS = r"All Rights Reserved|Alle Rechte|Tous droits|Todos los derechos|Tutti i diritti|Alle rechten|Todos os direitos"
_COPYRIGHT = re.compile(rf"(?:Copyright|\(c\)|{_RIGHTS})\b|©", re.IGNORECASE)
_COPYRIGHT_AT_END = re.compile(r"(?:Copyright\b|©).{0,60}\d{4}", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_CAPITAL_LABEL = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ -]{2,24}: ")
_LONGEST_NOTE = 4
"""How many paragraphs may stand below a label at the end of an article."""

_TAIL = {"tail", "load_date", "classification", "graphic"}
_BELOW = {"load_date", "classification", "graphic"}
_HEAD = {"byline", "title", "section", "length", "place", "head"}
_PARTS = {"ABSTRACT", "FULL TEXT"}
_KEPT = {"byline", "title", "section", "length", "place", "load_date"}


def split(texts: Sequence[str]) -> tuple[list[Fields], int | None] | None:
    """The articles of a Nexis export and how many it says it has; None if these paragraphs are none.

    Older exports number their articles, newer ones end each with “End of Document”.
    """
    paragraphs = labelled("nexis", texts)
    starts = [
        (i, found)
        for i, text in enumerate(texts)
        if len(text) < 60 and (found := _NUMBERED.fullmatch(one_line(text)))
    ]
    if starts:
        ends = [*(i for i, _ in starts[1:]), len(texts)]
        numbers = [re.sub(r"\D", "", found["n"]) for _, found in starts]
        articles = [
            _numbered(paragraphs[start + 1 : end]) | {"document": number}
            for (start, _), end, number in zip(starts, ends, numbers, strict=True)
        ]
        return articles, int(re.sub(r"\D", "", starts[0][1]["all"])) if int(numbers[0]) == 1 else None
    return _ended_articles(paragraphs) if _is_ended(paragraphs) else None


def _numbered(paragraphs: Sequence[Paragraph]) -> Fields:
    """One article of an older export: outlet, date, title, labelled lines, text, labelled lines."""
    start = _start_of_body(paragraphs)
    head, rest = paragraphs[:start], paragraphs[start:]
    end = _end_of_body(rest)
    body = [own.value if i == 0 and own.field == "body" else own.text for i, own in enumerate(rest[:end])]
    fields = _labelled_fields([*head, *rest[end:]])
    lines = [
        one_line(_below_copyright(own.text))
        for i, own in enumerate(head)
        if not own.field and not _is_unknown_label(own.text, at=i, counted=False)
    ]
    plain = list(filter(None, lines))
    day = next((i for i, text in enumerate(plain[:6]) if _is_day(text)), None)
    if day is None:
        day = next((i for i, text in enumerate(plain[:4]) if i and _has_year(text)), None)
    before, after = (plain[:1], plain[1:]) if day is None else (plain[:day], plain[day + 1 :])
    if day == 0 and after:
        before, after = after[:1], after[1:]
    fields.setdefault("outlet", before[0] if before else "")
    if day is not None:
        fields["date"] = plain[day]
    if after:
        fields.setdefault("title", " ".join(after))
    return article(fields, body)


def _below_copyright(text: str) -> str:
    """A paragraph without the copyright lines at its top, which older exports set right above the outlet."""
    return "\n".join(itertools.dropwhile(_COPYRIGHT.match, text.split("\n")))


def _start_of_body(paragraphs: Sequence[Paragraph]) -> int:
    """The first paragraph below the labelled lines at the top (or below the title, if there are none)."""
    seen, counted = False, False
    for i, own in enumerate(paragraphs):
        if "body" in (own.field, own.heads):
            return i
        if own.field in _HEAD | _TAIL or _is_unknown_label(own.text, at=i, counted=counted):
            seen = True
            counted = counted or own.field == "length"
        elif seen:
            return i
    return len(paragraphs) if seen else min(3, len(paragraphs))


def _is_unknown_label(text: str, *, at: int, counted: bool) -> bool:
    """Whether a line above the count of words begins with a label in capitals; below it stand datelines."""
    return not counted and at < 12 and len(text) < 120 and bool(_CAPITAL_LABEL.match(text))


def _end_of_body(rest: Sequence[Paragraph]) -> int:
    """Where the labelled lines at the end begin; what has a label and much text below it is text itself."""
    end = next((i for i, own in enumerate(rest) if own.field in _BELOW and _is_tail(own)), len(rest))
    for i in reversed(range(end)):
        if _is_tail(rest[i]) or len(rest) - i <= 3 and _COPYRIGHT_AT_END.match(rest[i].text):
            end = i
        elif end - i > _LONGEST_NOTE:
            break
    return end


def _is_tail(own: Paragraph) -> bool:
    label = own.text[: len(own.text) - len(own.value)]
    return own.field not in {"", "body"} and (label.isupper() or own.field == "load_date")


def _is_ended(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether these are the paragraphs of a newer export."""
    fields = {own.field for own in paragraphs}
    has_body = any(own.heads == "body" for own in paragraphs)
    if any(own.heads == "end" for own in paragraphs):
        return has_body or bool(fields & {"length", "load_date", "section"})
    return has_body and {"length", "load_date"} <= fields  # in a language whose end line is not known


def _ended_articles(paragraphs: Sequence[Paragraph]) -> tuple[list[Fields], int | None]:
    """The articles of a newer export, and how many its cover says that it has; the cover is left out."""
    stated = next((int(found[1]) for own in paragraphs[:40] if (found := _COUNT.fullmatch(own.text))), None)
    articles: list[Fields] = []
    segment: list[Paragraph] = []
    for own in paragraphs:
        if own.heads == "end":
            articles += _ended(segment, number=len(articles) + 1)
            segment = []
        elif not PAGE.fullmatch(own.text):
            segment.append(own)
    if any(own.heads == "body" or own.field in {"length", "load_date"} for own in segment):
        articles += _ended(segment, number=len(articles) + 1)
    return articles, stated


def _ended(segment: Sequence[Paragraph], *, number: int) -> list[Fields]:
    """The article of a newer export that ends here; more than one if a mark between them was lost."""
    loads = [i + 1 for i, own in enumerate(segment) if own.field == "load_date"]
    pieces = [segment[a:b] for a, b in itertools.pairwise([0, *loads[:-1], len(segment)])]
    if any(_anchor(piece) is None for piece in pieces):
        pieces = [segment]
    return [_article(piece, number=number + i) for i, piece in enumerate(pieces) if piece]


def _article(segment: Sequence[Paragraph], *, number: int) -> Fields:
    anchor = _anchor(segment)
    if anchor is None:
        return {"problem": f"document {number}: no heading of a Nexis article is found", "text": ""}
    head, rest = [one_line(own.text) for own in segment[:anchor]], segment[anchor:]
    bodies = [i for i, own in enumerate(rest) if own.heads == "body"]
    if len(bodies) > 1 and sum(own.field == "length" for own in rest) > 1:
        return {"problem": f"document {number}: two articles without a mark between them", "text": ""}
    unlabelled = (i for i, own in enumerate(rest) if not (own.field or _COPYRIGHT.match(own.text)))
    start = bodies[0] + 1 if bodies else next(unlabelled, len(rest))
    ends = (i for i, own in enumerate(rest) if own.field == "load_date" or own.heads in _BELOW)
    end = next((i for i in ends if i >= start), len(rest))
    fields = _labelled_fields([*rest[:start], *rest[end:]]) | {"document": str(number)}
    body = [own.text for own in rest[start:end] if own.text not in _PARTS]
    return article(fields | _masthead(head, cover=number == 1), body)


def _masthead(head: Sequence[str], *, cover: bool) -> Fields:
    """Title, outlet and date, which stand in this order above the copyright line."""
    day = next((i for i in reversed(range(len(head))) if _is_day(head[i])), None)
    if day is None:
        day = next((i for i in reversed(range(2, len(head))) if _has_year(head[i])), None)
    if not day:
        top = head[-2:] if cover else head[:2]
        return dict(zip(("title", "outlet"), top, strict=False))
    titles = head[max(0, day - 2) : day - 1] if cover else head[: day - 1]
    return {"title": " ".join(titles), "outlet": head[day - 1], "date": head[day]}


def _anchor(segment: Sequence[Paragraph]) -> int | None:
    """The first paragraph below title, outlet and date."""
    for i, own in enumerate(segment[2:], start=2):
        below = _COPYRIGHT.match(own.text) or own.heads == "body" or own.field in _HEAD
        if below and not (own.field == "head" and own.value == ""):
            return i
    return None


def _is_day(text: str) -> bool:
    """Whether a line is a date, and not a title that holds one."""
    return len(text) < 110 and bool(iso_date(text[:60]))


def _has_year(text: str) -> bool:
    return len(text) < 60 and bool(_YEAR.search(text))


def _labelled_fields(paragraphs: Sequence[Paragraph]) -> Fields:
    fields: Fields = {}
    for own in paragraphs:
        if own.value and own.field in _KEPT:
            fields.setdefault(own.field, one_line(own.value))
    return fields | {"byline": without_by(fields.get("byline", ""))}
