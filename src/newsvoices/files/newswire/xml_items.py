"""News items in XML: NITF, NewsML 1, NewsML-G2 and RSS; read without entities, network or DTD."""

import re
from collections.abc import Iterable, Iterator

from ..documents.html import Element, etree, of_markup, paragraphs, text_of
from ..fields import Fields, article
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
        ("//newsItem[contentSet or itemMeta]", _g2),
        ("//NewsItem[NewsComponent]", _newsml),
        ("//nitf", _nitf),
        ("//item[title] | //entry[title]", _feed),
    ):
        if found := root.xpath(test):
            return [fields for item in found for fields in read(item)]
    return None


def _nitf(item: Element) -> Iterator[Fields]:
    around = next(item.iterancestors("entry", "item"), None)
    fields = {
        "title": _text(item, "hl1", "hedline", "title")
        or ("" if around is None else _text(around, "./title")),
        "byline": _byline(item, "byline"),
        "place": _text(item, "location") or item.xpath("string(.//evloc/@city)"),
        "date": _first(
            item.xpath(
                "(.//date.issue | .//date.release | .//story.date)/@norm | .//pubdata/@date.publication"
            )
        ),
        "outlet": _text(item, "distributor")
        or item.xpath("string(.//doc.copyright/@holder)")
        or _text(item, "rights.owner")
        or item.xpath("string(.//doc-id/@regsrc)"),
        "document": item.xpath("string(.//doc-id/@id-string)"),
    }
    yield article(fields, [text for part in item.iterfind(".//body.content") for text in paragraphs(part)])


def _newsml(item: Element) -> Iterator[Fields]:
    if item.find(".//NewsItem") is not None:
        return
    component = next(iter(item.xpath(".//NewsComponent[.//DataContent]")), item)
    nitf = component.find(".//nitf")
    inner = {} if nitf is None else next(_nitf(nitf))
    bodies = component.xpath("(.//body.content)[1]") or component.findall(".//DataContent")
    texts = [
        text for body in bodies for text in (paragraphs(body) if len(body) else of_markup(body.text or ""))
    ]
    fields = {
        "title": _text(item, "HeadLine") or inner.get("title", ""),
        "byline": _byline(item, "ByLine") or inner.get("byline", ""),
        "place": _place(_text(item, "DateLine")) or inner.get("place", ""),
        "date": _text(item, "ThisRevisionCreated", "FirstCreated", "DateLineDate", "DateId"),
        "outlet": item.xpath("string(.//Provider/Party/@FormalName)") or _text(item, "ProviderId"),
        "document": _text(item, "NewsItemId"),
    }
    yield article(fields, [text for text in texts if text != fields["title"]])


def _g2(item: Element) -> Iterator[Fields]:
    kind = item.xpath("string(./itemMeta/itemClass/@qcode)")
    if kind.endswith((":picture", ":graphic", ":video", ":audio", ":animation")):
        yield {"problem": f"an item that is no text ({kind})", "text": ""}
        return
    located = item.find("contentMeta/located")
    place = "" if located is None else _text(located, "name") or located.get("literal", "")
    fields = {
        "title": _first(map(_line, item.xpath("./contentMeta/headline[not(contains(@role, 'ub'))]"))),
        "byline": _byline(item, "./contentMeta/by"),
        "place": _place(_text(item, "dateline")) or place,
        "date": _text(item, "./itemMeta//firstCreated", "./itemMeta//versionCreated", "contentCreated"),
        "outlet": item.xpath("string(.//copyrightHolder/@literal)")
        or item.xpath("string(.//provider/name)")
        or item.xpath("string(.//provider/@literal)"),
        "document": item.get("guid", ""),
    }
    yield article(fields, _g2_body(item))


def _g2_body(item: Element) -> list[str]:
    if (part := item.find(".//inlineXML")) is not None:
        main = part.xpath(".//body.content | .//section[contains(@class, 'main')]") or part.xpath(".//body")
        main = main[0] if main else part
        for header in main.findall(".//header"):
            header.getparent().remove(header)
        return list(paragraphs(main))
    return of_markup("".join(part.itertext())) if (part := item.find(".//inlineData")) is not None else []


def _feed(item: Element) -> Iterator[Fields]:
    """An RSS item or Atom entry; a description alone is a summary, and said to be one."""
    content = _text(item, "encoded", "content")
    link = item.find("link")
    fields = {
        "title": _text(item, "title"),
        "byline": _text(item, "creator", "author"),
        "date": _text(item, "pubDate", "published", "updated", "date"),
        "outlet": _text(item, "./source", "../title"),
        "url": "" if link is None else link.get("href") or _line(link),
        "note": "" if content else "only a summary, as feeds have it",
    }
    yield article(fields, of_markup(content or _text(item, "description", "summary")))


def _text(item: Element, *names: str) -> str:
    """The first text in an element of one of these names, in their order; a name with a dot before it is a path."""
    paths = (name if name.startswith(".") else f".//{name}" for name in names)
    return _first(_line(element) for path in paths for element in item.iterfind(path))


def _line(element: Element) -> str:
    return text_of(element) if len(element) else " ".join((element.text or "").split())


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _byline(item: Element, name: str) -> str:
    return re.sub(r"^By\s+", "", _text(item, name), flags=re.IGNORECASE)


def _place(dateline: str) -> str:
    """The place of a dateline such as “STOCKHOLM, Aug 29, 2014 (AFP) -”."""
    return re.split(r"\s*[,(]|\s[-–—]", dateline)[0].strip()
