"""News items in XML: NITF, NewsML 1, NewsML-G2 and RSS; read without entities, network or DTD."""

import re
from collections.abc import Iterator

from lxml import etree

from ..documents.html import of_markup, paragraphs, text_of
from ..sources.text import Unreadable

Fields = dict[str, str]


def tree(data: bytes) -> etree._Element:
    """The document's root.

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
    if root.xpath("//node()[self::*]") and any(isinstance(e, etree._Entity) for e in root.iter(etree.Entity)):
        raise Unreadable("an XML document with entities of its own, which are not read")
    return root


def items(root: etree._Element) -> list[Fields] | None:
    """The items' fields; None if the document is of none of these formats."""
    for test, read in (
        ("//*[local-name()='newsItem'][*[local-name()='contentSet' or local-name()='itemMeta']]", _g2),
        ("//*[local-name()='NewsItem'][*[local-name()='NewsComponent']]", _newsml),
        ("//*[local-name()='nitf']", _nitf),
        ("//*[local-name()='item' or local-name()='entry'][*[local-name()='title']]", _feed),
    ):
        if found := root.xpath(test):
            return [fields for item in found for fields in read(item)]
    return None


def _nitf(item: etree._Element) -> Iterator[Fields]:
    around = next(item.iterancestors("{*}entry", "{*}item"), None)
    title = _text(item, "hl1") or _text(item, "hedline") or _text(item, "title")
    if around is not None:
        title = title or _line_of(around.xpath("./*[local-name()='title']"))
    body = [text for part in _all(item, "body.content") for text in paragraphs(part)]
    holder = item.xpath("string(.//*[local-name()='doc.copyright']/@holder)")
    yield _finished(
        {
            "title": title,
            "byline": _byline(item, "byline"),
            "place": _text(item, "location") or item.xpath("string(.//*[local-name()='evloc']/@city)"),
            "date": _first(
                item.xpath(
                    ".//*[local-name()='date.issue' or local-name()='date.release' or local-name()='story.date']/@norm"
                    " | .//*[local-name()='pubdata']/@date.publication"
                )
            ),
            "outlet": _text(item, "distributor")
            or holder
            or _text(item, "rights.owner")
            or item.xpath("string(.//*[local-name()='doc-id']/@regsrc)"),
            "document": item.xpath("string(.//*[local-name()='doc-id']/@id-string)"),
        },
        body,
    )


def _newsml(item: etree._Element) -> Iterator[Fields]:
    if item.xpath(".//*[local-name()='NewsItem']"):
        return
    mains = item.xpath(".//*[local-name()='NewsComponent'][.//*[local-name()='DataContent']]")
    component = mains[0] if mains else item
    nitf = next(iter(_all(component, "nitf")), None)
    inner = next(_nitf(nitf), {}) if nitf is not None else {}
    title = _text(item, "HeadLine") or inner.get("title", "")
    bodies = component.xpath(".//*[local-name()='body.content']")[:1] or _all(component, "DataContent")
    texts = [
        text for body in bodies for text in (of_markup(_raw(body)) if not len(body) else paragraphs(body))
    ]
    provider = item.xpath("string(.//*[local-name()='Provider']/*[local-name()='Party']/@FormalName)")
    yield _finished(
        {
            "title": title,
            "byline": _byline(item, "ByLine") or inner.get("byline", ""),
            "place": _place(_text(item, "DateLine")) or inner.get("place", ""),
            "date": _first(
                _text(item, name)
                for name in ("ThisRevisionCreated", "FirstCreated", "DateLineDate", "DateId")
            ),
            "outlet": provider or _text(item, "ProviderId"),
            "document": _text(item, "NewsItemId"),
        },
        [text for text in texts if text != title],
    )


def _g2(item: etree._Element) -> Iterator[Fields]:
    kind = item.xpath("string(./*[local-name()='itemMeta']/*[local-name()='itemClass']/@qcode)")
    if kind.endswith((":picture", ":graphic", ":video", ":audio", ":animation")):
        yield {"problem": f"an item that is no text ({kind})", "text": ""}
        return
    headlines = item.xpath(
        "./*[local-name()='contentMeta']/*[local-name()='headline'][not(contains(@role, 'ub'))]"
    )
    meta = item.xpath("./*[local-name()='itemMeta']")
    provider = item.xpath("string(.//*[local-name()='provider']/*[local-name()='name'])") or item.xpath(
        "string(.//*[local-name()='provider']/@literal)"
    )
    holder = item.xpath("string(.//*[local-name()='copyrightHolder']/@literal)")
    located = item.xpath("./*[local-name()='contentMeta']/*[local-name()='located']")
    place = _text(located[0], "name") or located[0].get("literal", "") if located else ""
    yield _finished(
        {
            "title": _line(headlines[0]) if headlines else "",
            "byline": _without_by(_line_of(item.xpath("./*[local-name()='contentMeta']/*[local-name()='by']"))),
            "place": _place(_text(item, "dateline")) or place,
            "date": _first(
                _text(part, name) for part in meta for name in ("firstCreated", "versionCreated")
            ) or _text(item, "contentCreated"),
            "outlet": holder or provider,
            "document": item.get("guid", ""),
        },
        _g2_body(item),
    )  # fmt: skip


def _g2_body(item: etree._Element) -> list[str]:
    for part in item.xpath(".//*[local-name()='inlineXML']"):
        main = (
            part.xpath(
                ".//*[local-name()='body.content'] | .//*[local-name()='section'][contains(@class, 'main')]"
            )
            or part.xpath(".//*[local-name()='body']")
            or [part]
        )
        for header in main[0].xpath(".//*[local-name()='header']"):
            header.getparent().remove(header)
        return list(paragraphs(main[0]))
    for part in item.xpath(".//*[local-name()='inlineData']"):
        return of_markup(_raw(part))
    return []


def _feed(item: etree._Element) -> Iterator[Fields]:
    """An RSS item or Atom entry; a description alone is a summary, and said to be one."""
    content = _text(item, "encoded") or _text(item, "content")
    summary = _text(item, "description") or _text(item, "summary")
    body = of_markup(content or summary)
    links = item.xpath("./*[local-name()='link']")
    yield _finished(
        {
            "title": _text(item, "title"),
            "byline": _text(item, "creator") or _text(item, "author"),
            "date": _first(_text(item, name) for name in ("pubDate", "published", "updated", "date")),
            "outlet": _line_of(item.xpath("./*[local-name()='source']")) or _line_of(item.xpath("../*[local-name()='title']")),
            "url": (links[0].get("href") or _line(links[0])) if links else "",
            "note": "" if content else "only a summary, as feeds have it",
        },
        body,
    )  # fmt: skip


def _finished(fields: Fields, body: list[str]) -> Fields:
    fields = {name: value for name, value in fields.items() if value}
    text = "\n\n".join(filter(None, [fields.get("title", ""), *body]))
    return {**fields, "text": text, "has_body": "yes" if body else ""}


def _raw(element: etree._Element) -> str:
    return "".join(element.itertext())


def _all(item: etree._Element, name: str) -> list[etree._Element]:
    return item.xpath(f".//*[local-name()='{name}']")


def _text(item: etree._Element, name: str) -> str:
    return next(filter(None, map(_line, _all(item, name))), "")


def _line(element: etree._Element) -> str:
    return text_of(element) if len(element) else " ".join((element.text or "").split())


def _line_of(elements: list[etree._Element]) -> str:
    return _line(elements[0]) if elements else ""


def _first(values: Iterator[str]) -> str:
    return next((value for value in values if value), "")


def _byline(item: etree._Element, name: str) -> str:
    return _without_by(_text(item, name))


def _without_by(line: str) -> str:
    return re.sub(r"^By\s+", "", line, flags=re.IGNORECASE)


def _place(dateline: str) -> str:
    """The place of a dateline such as “STOCKHOLM, Aug 29, 2014 (AFP) -”."""
    return re.split(r"\s*[,(]|\s[-–—]", dateline)[0].strip()
