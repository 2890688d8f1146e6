"""Factiva exports as pages."""

from ..documents.html import Element, paragraphs, text_of
from ..fields import Fields, article
from .factiva import TAGS, document_in, fields_of_tags, line_articles, masthead

_BLOCK = "div or p or span[contains(@class, 'Headline')]"


def is_page(root: Element) -> bool:
    """Whether a page is a Factiva export."""
    return bool(_articles_of(root)) and bool(
        root.xpath("//*[contains(@class, 'factivalogo') or contains(@class, 'articleParagraph')]")
        or "factiva" in (root.findtext(".//title") or "").lower()
    )


def page_articles(root: Element) -> list[Fields]:
    """The articles of a Factiva page: tagged ones by their tags, the others by the order of their lines."""
    return [_tagged_rows(element) or _from_lines(element) for element in _articles_of(root)]


def _articles_of(root: Element) -> list[Element]:
    """The innermost elements of class article."""
    test = "contains(concat(' ', normalize-space(@class), ' '), ' article ')"
    return root.xpath(f"//div[{test}][not(.//div[{test}])]")


def _tagged_rows(element: Element) -> Fields | None:
    values: dict[str, list[str]] = {}
    for row in element.iter("tr"):
        cells = row.findall("td")
        tag = text_of(cells[0]) if len(cells) > 1 else ""
        if tag in TAGS:
            values.setdefault(tag, []).extend(paragraphs(cells[1]))
    return fields_of_tags(values) if "HD" in values else None


def _from_lines(element: Element) -> Fields:
    """An article of unlabelled lines: its paragraphs have a class, its headline has one as well."""
    blocks = element.xpath(".//*[contains(@class, 'articleParagraph')]")
    body = [text for block in blocks for text in paragraphs(block)]
    if not body:
        lines = [line for text in paragraphs(element) for line in text.split("\n")]
        nothing = {"problem": "an article without a line that counts its words", "text": ""}
        return next(iter(line_articles(lines)), nothing)
    headlines = element.xpath(".//*[contains(@class, 'Headline')]")
    above, below = [], []
    for block in element.xpath(f".//*[self::{_BLOCK.replace('or ', 'or self::')}][not({_BLOCK})]"):
        if block not in blocks and (text := text_of(block)):
            (below if blocks[0] in block.itersiblings(preceding=True) else above).append(text)
    fields = masthead(above, title=text_of(headlines[0]) if headlines else "")
    numbers = [found["number"] for text in below if (found := document_in(text)) and found[0] == text]
    return article({**fields, "document": numbers[0] if numbers else ""}, body)
