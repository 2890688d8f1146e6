"""Europresse (Eureka) pages, old and new, by the classes that they give to title, outlet, date and author."""

import re
from collections.abc import Sequence

from ..documents.html import Element, paragraphs, text_of
from ..fields import Fields, article, without_by
from ..metadata.dates import iso_date


def _of_class(*names: str) -> str:
    small = "translate(@class, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    return f".//*[{' or '.join(f'contains({small}, {name!r})' for name in names)}]"


_OUTLET = f"{_of_class('docpublicationname')}[not({_of_class('docpublicationname')})]"
_TITLE = _of_class("titrearticlevisu", "rdp__articletitle", "grandtitre")
_HEADER = _of_class("docheader")
_AUTHORS = (
    f"{_of_class('docauthors')} | {_of_class('margin-bottomnews')} | .//header//*[self::div or self::p][not(*)]"
    f"[preceding-sibling::div[contains(@class, 'titreArticle')]][not(contains(@class, 'title'))]"
)
_UNNAMED = "./header/div[contains(@class, 'sm-margin-bottom')]"
"""Where outlet and date stand in pages that give them no class of their own."""

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
    if containers := root.xpath("//article[header]"):
        return [_article(container) for container in containers]
    return [_article(container) for container in map(_around, root.xpath(_OUTLET))]


def _around(outlet: Element) -> Element:
    """The largest element around an outlet's name that holds no other outlet's: an article of the old pages."""
    while (parent := outlet.getparent()) is not None and len(parent.xpath(_OUTLET)) == 1:
        outlet = parent
    return outlet


def _article(container: Element) -> Fields:
    titles = container.xpath(_TITLE)
    outlets = container.xpath(_OUTLET) or container.xpath(_UNNAMED)[:1]
    headers = container.xpath(_HEADER) or container.xpath(_UNNAMED)[1:]
    header = " ".join(map(text_of, headers))
    number = _NUMBER.search(text_of(container))
    sections = container.xpath(f".//section | {_of_class('doctext', 'dococurrcontainer')}")
    if sections:
        byline = next((text for own in container.xpath(_AUTHORS) if (text := text_of(own))), "")
        subtitles = [text for own in container.xpath(_of_class("subtitle")) for text in paragraphs(own)]
        body = [*subtitles, *_until_end(list(paragraphs(sections[0])))]
    else:
        byline, body = _below(container, (titles or headers or outlets)[0])
    section = re.split(r",\s*(?=\w+ \d)", header)[0] if "," in header else ""
    outlet = next((text for text in outlets[0].itertext() if text.strip()), "") if outlets else ""
    fields = {
        "title": text_of(titles[0]) if titles else "",
        "outlet": _ISSUE.split(outlet.strip())[0].strip(" ,"),
        "date": iso_date(header) or (iso_date(number["day"]) if number else "") or header,
        "byline": without_by(byline),
        "section": "" if iso_date(section) else section,
        "document": number[0] if number else "",
    }
    return article(fields, body)


def _below(container: Element, above: Element) -> tuple[str, list[str]]:
    """The author's line and the paragraphs below the title of an old page."""
    lines, last = list(paragraphs(container)), text_of(above)
    start = next((i for i, line in enumerate(lines) if last and last in " ".join(line.split())), 0)
    pieces = [piece for line in lines[start:] for piece in line.split("\n")]
    body = _until_end(pieces[next((i + 1 for i, piece in enumerate(pieces) if last in piece), 0) :])
    return (body[0], body[1:]) if len(body) > 1 and _is_byline(body[0]) else ("", body)


def _until_end(lines: Sequence[str]) -> list[str]:
    end = next((i for i, line in enumerate(lines) if _END.match(line)), len(lines))
    return list(lines[:end])


def _is_byline(line: str) -> bool:
    return (
        len(line) < 80 and len(line.split()) <= 8 and line[-1] not in '.?!:»”"' and not re.search(r"\d", line)
    )
