"""Europresse (Eureka) pages, old and new, by the classes that they give to title, outlet and date."""

import re

from ..documents.html import Element, paragraphs, text_of
from ..fields import Fields, article, without_by
from ..metadata.dates import iso_date

_HAS = "contains(translate(@class, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), '{}')"
_OUTLET = f".//*[{_HAS.format('docpublicationname')}][not(.//*[{_HAS.format('docpublicationname')}])]"
_TITLE = f".//*[{_HAS.format('titrearticlevisu')} or {_HAS.format('rdp__articletitle')}]"
_HEADER = f".//*[{_HAS.format('docheader')}]"
_NUMBER = re.compile(r"(?:news|web|tv|sm)·(?P<day>\d{8})·[\w·-]+")
_ISSUE = re.compile(r"\s*[,;]\s*(?:no\.?|n°|nº|vol\.?|p\.|édition)\s*\S|\s{2,}", re.IGNORECASE)
_END = re.compile(
    r"©|\(c\) |(?:Numéro de document|Document number|Número de documento|Document no|Dokumentnummer)\b"
    r"|Illustration\(s\)|Note\(s\)|Ce certificat est émis|This certificate is issued",
    re.IGNORECASE,
)


def is_page(root: Element) -> bool:
    """Whether a page is a Europresse export."""
    return bool(root.xpath(_OUTLET)) and bool(root.xpath(_HEADER) or root.xpath(_TITLE))


def page_articles(root: Element) -> list[Fields]:
    """The articles of a Europresse page."""
    return [_article(container) for container in _containers(root)]


def _containers(root: Element) -> list[Element]:
    """The largest element around each outlet's name that holds no other outlet's."""
    found = []
    for outlet in root.xpath(_OUTLET):
        container = outlet
        while (parent := container.getparent()) is not None and len(parent.xpath(_OUTLET)) == 1:
            container = parent
        found.append(container)
    return found if len(found) != 1 else [root]


def _article(container: Element) -> Fields:
    outlets, titles, headers = (container.xpath(path) for path in (_OUTLET, _TITLE, _HEADER))
    header = " ".join(map(text_of, headers))
    number = _NUMBER.search(text_of(container))
    byline, body = _byline_and_body(container, above=(titles or headers or outlets)[0])
    section = re.split(r",\s*(?=\w+ \d)", header)[0] if "," in header else ""
    fields = {
        "title": text_of(titles[0]) if titles else "",
        "outlet": _ISSUE.split(text_of(outlets[0]))[0].strip(" ,"),
        "date": iso_date(header) or (iso_date(number["day"]) if number else "") or header,
        "byline": without_by(byline),
        "section": "" if iso_date(section) else section,
        "document": number[0] if number else "",
    }
    return article(fields, body)


def _byline_and_body(container: Element, *, above: Element) -> tuple[str, list[str]]:
    """The line below the title that is no paragraph, and the paragraphs before the copyright line."""
    sections = container.xpath(
        f".//section | .//*[{_HAS.format('doctext')}] | .//*[{_HAS.format('dococurrcontainer')}]"
    )
    if sections:
        rest = container.xpath(
            f".//header//*[self::div or self::p][not(.//*) and preceding-sibling::*[{_HAS.format('titrearticle')}]]"
        )
        return (text_of(rest[0]) if rest else ""), _until_end(list(paragraphs(sections[0])))
    lines, last = list(paragraphs(container)), text_of(above)
    start = next((i for i, line in enumerate(lines) if last and last in " ".join(line.split())), 0)
    pieces = [piece for line in lines[start:] for piece in line.split("\n")]
    at = next((i + 1 for i, piece in enumerate(pieces) if last in piece), 0)
    body = _until_end(pieces[at:])
    byline = body.pop(0) if len(body) > 1 and _is_byline(body[0]) else ""
    return byline, body


def _until_end(lines: list[str]) -> list[str]:
    end = next((i for i, line in enumerate(lines) if _END.match(line)), len(lines))
    return lines[:end]


def _is_byline(line: str) -> bool:
    return (
        len(line) < 80 and len(line.split()) <= 8 and line[-1] not in '.?!:»”"' and not re.search(r"\d", line)
    )
