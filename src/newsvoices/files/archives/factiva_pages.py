"""Factiva exports as pages and as XML."""

from collections.abc import Iterable

from lxml import etree, html

from ..documents.html import paragraphs, text_of
from .factiva import TAGS, document_pattern, finished, line_articles, masthead, of_tags
from .labels import one_line, without_by

Fields = dict[str, str]


def is_page(root: html.HtmlElement) -> bool:
    """Whether a page is a Factiva export."""
    return bool(_articles_of(root)) and bool(
        root.xpath("//*[contains(@class, 'factivalogo') or contains(@class, 'articleParagraph')]")
        or "factiva" in (root.findtext(".//title") or "").lower()
    )


def page_articles(root: html.HtmlElement) -> list[Fields]:
    """The articles of a Factiva page: tagged ones by their tags, the others by the order of their lines."""
    return [_tagged_rows(article) or _lines_of(article) for article in _articles_of(root)]


def _articles_of(root: html.HtmlElement) -> list[html.HtmlElement]:
    """The innermost elements of class article."""
    test = "contains(concat(' ', normalize-space(@class), ' '), ' article ')"
    return root.xpath(f"//div[{test}][not(.//div[{test}])]")


def _tagged_rows(article: html.HtmlElement) -> Fields | None:
    values: dict[str, list[str]] = {}
    for row in article.iter("tr"):
        cells = row.findall("td")
        tag = text_of(cells[0]) if len(cells) > 1 else ""
        if tag in TAGS:
            values.setdefault(tag, []).extend(paragraphs(cells[1]))
    return of_tags(values) if "HD" in values else None


def _lines_of(article: html.HtmlElement) -> Fields:
    """An article of unlabelled lines: its paragraphs have a class, its headline has one as well."""
    blocks = article.xpath(".//*[contains(@class, 'articleParagraph')]")
    body = [text for block in blocks for text in paragraphs(block)]
    if not body:
        found = line_articles([line for text in paragraphs(article) for line in text.split("\n")])
        return (
            found[0] if found else {"problem": "an article without a line that counts its words", "text": ""}
        )
    headlines = article.xpath(".//*[contains(@class, 'Headline')]")
    title = text_of(headlines[0]) if headlines else ""
    above, below = [], []
    for text, element in _blocks_with_elements(article):
        if not any(block is element for block in blocks):
            (below if body and text and _after(element, blocks) else above).append(text)
    fields = masthead(above, title=title)
    number = next(
        (found["number"] for text in below if (found := document_pattern().fullmatch(one_line(text)))), ""
    )
    return finished({**fields, "document": number}, body)


def _blocks_with_elements(article: html.HtmlElement) -> Iterable[tuple[str, html.HtmlElement]]:
    for element in article.iter("div", "p", "span"):
        if element.tag == "span" and "Headline" not in element.get("class", ""):
            continue
        if not element.xpath("./div|./p|./span[contains(@class, 'Headline')]") and (text := text_of(element)):
            yield text, element


def _after(element: html.HtmlElement, blocks: list[html.HtmlElement]) -> bool:
    return bool(blocks) and blocks[0].getroottree().getpath(blocks[0]) in {
        element.getroottree().getpath(before) for before in element.itersiblings(preceding=True)
    }


def is_xml(root: etree._Element) -> bool:
    """Whether an XML document is a Factiva export."""
    return bool(root.xpath("//*[local-name()='article'][*[local-name()='accessionNo']]"))


def xml_articles(root: etree._Element) -> list[Fields]:
    """The articles of a Factiva XML export that have a headline or a text."""
    found = []
    for article in root.xpath("//*[local-name()='article'][*[local-name()='accessionNo']]"):

        def under(name: str, article: etree._Element = article) -> list[str]:
            return [one_line("".join(e.itertext())) for e in article.xpath(f"./*[local-name()='{name}']")]

        def blocks(name: str, article: etree._Element = article) -> list[str]:
            path = f"./*[local-name()='{name}']//*[local-name()='paragraph']"
            return [one_line("".join(e.itertext())) for e in article.xpath(path)]

        fields = {
            "title": " ".join(blocks("headline") or under("headline")),
            "byline": without_by(" ".join(under("byline"))),
            "date": " ".join(under("publicationDate")),
            "outlet": " ".join(under("sourceName")[:1]),
            "section": " ".join(under("sectionName")[:1]),
            "length": " ".join(under("wordCount")),
            "document": " ".join(under("accessionNo")),
        }
        found.append(finished(fields, [*blocks("leadParagraph"), *blocks("tailParagraphs")]))
    return found
