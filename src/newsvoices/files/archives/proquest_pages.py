"""ProQuest exports as pages."""

from lxml import html

from ..documents.html import paragraphs
from .proquest import START


def page_paragraphs(root: html.HtmlElement) -> list[str]:
    """The paragraphs of a ProQuest page, with a mark where each article begins."""
    for anchor in root.xpath("//a[starts-with(@name, 'DocID') or starts-with(@id, 'DocID')]"):
        mark = html.Element("p")
        mark.text = START
        anchor.addprevious(mark)
    return list(paragraphs(root))
