"""News items in XML: NITF, NewsML 1, NewsML-G2, Reuters', Factiva's, RSS; read without entities, network or DTD."""

import csv
import re
from functools import cache
from importlib.resources import files

from ..documents.html import Element, etree, markup_paragraphs, paragraphs, text_of
from ..fields import Fields, article, one_line, without_by
from ..sources.text import Unreadable


def tree(data: bytes) -> Element:
    """The document's root; names are without their namespaces, which agencies use as they like.

    Raises:
        Unreadable: it is no XML, or grows by entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"no well-formed XML: {str(error)[:100]}") from error
    if next(root.iter(etree.Entity), None) is not None:
        raise Unreadable("an XML document with entities of its own, which are not read")
    for element in root.iter("*"):
        element.tag = etree.QName(element).localname
    return root


def items(root: Element) -> list[Fields] | None:
    """The items' fields; None if the document is of none of these formats."""
    for test, read in (
        ("//article[accessionNo]", _factiva),
        ("//newsItem[contentSet or itemMeta]", _g2),
        ("//NewsItem[NewsComponent][not(.//NewsItem)]", _newsml),
        ("//newsitem[text]", _reuters),
        ("//nitf", _nitf),
        ("//item[title] | //entry[title]", _feed),
    ):
        if found := root.xpath(test):
            return list(map(read, found))
    return None


def _factiva(item: Element) -> Fields:
    body = item.xpath("./leadParagraph//paragraph | ./tailParagraphs//paragraph")
    return article(_fields(item, "Factiva"), [one_line("".join(part.itertext())) for part in body])


def _nitf(item: Element) -> Fields:
    """An item; that of an archive (The New York Times') may hold its first paragraphs twice."""
    parts = item.xpath(".//body.content//block[@class='full_text']") or item.findall(".//body.content")
    return article(_fields(item, "nitf"), [text for part in parts for text in paragraphs(part)])


def _reuters(item: Element) -> Fields:
    """An item of the corpora RCV1 and RCV2."""
    return article(_fields(item, "Reuters"), paragraphs(item.find("text")))


def _newsml(item: Element) -> Fields:
    component = next(iter(item.xpath(".//NewsComponent[.//DataContent]")), item)
    bodies = component.xpath("(.//body.content)[1]") or component.findall(".//DataContent")
    texts = [
        text
        for body in bodies
        for text in (paragraphs(body) if len(body) else markup_paragraphs(body.text or ""))
    ]
    fields = _fields(item, "NewsML")
    return article(fields, [text for text in texts if text != fields.get("title")])


def _g2(item: Element) -> Fields:
    kind = item.xpath("string(./itemMeta/itemClass/@qcode)")
    if kind.endswith((":picture", ":graphic", ":video", ":audio", ":animation")):
        return {"problem": f"an item that is no text ({kind})", "text": ""}
    body: list[str] = []
    if (part := item.find(".//inlineXML")) is not None:
        main = part.xpath(".//body.content | .//section[contains(@class, 'main')]") or part.xpath(".//body")
        main = main[0] if main else part
        for header in main.findall(".//header"):
            header.getparent().remove(header)
        body = list(paragraphs(main))
    elif (part := item.find(".//inlineData")) is not None:
        body = markup_paragraphs("".join(part.itertext()))
    return article(_fields(item, "NewsML-G2"), body)


def _feed(item: Element) -> Fields:
    """An RSS item or Atom entry; a description alone is a summary, and said to be one."""
    fields = _fields(item, "feed")
    content, summary = fields.pop("content", ""), fields.pop("summary", "")
    note = "" if content else "only a summary, as feeds have it"
    return article({**fields, "note": note}, markup_paragraphs(content or summary))


def _fields(item: Element, layout: str) -> Fields:
    """What the first path says, of those that a format has for each field (paths.csv)."""
    found: Fields = {}
    for field, path in _paths()[layout]:
        if field not in found:
            of_path = item.xpath(path)
            values = map(_line, of_path if isinstance(of_path, list) else [of_path])
            if value := next(filter(None, values), ""):
                found[field] = value
    place = re.match(r"[^\W\d_][^,(\d]*?(?=\s*[,(\d]|\s[-–—]|$)", found.pop("dateline", ""))
    if place:
        found["place"] = place[0]  # of “STOCKHOLM, Aug 29, 2014 (AFP) -”
    return found | {"byline": without_by(found.get("byline", ""))}


@cache
def _paths() -> dict[str, list[tuple[str, str]]]:
    lines = files(__package__).joinpath("paths.csv").read_text(encoding="utf-8").splitlines()
    paths: dict[str, list[tuple[str, str]]] = {}
    for row in csv.DictReader(lines):
        paths.setdefault(row["format"], []).append((row["field"], row["path"]))
    return paths


def _line(found: Element | str) -> str:
    return one_line(found if isinstance(found, str) else text_of(found) if len(found) else found.text or "")
