"""ProQuest exports as pages."""

from ..documents.html import Element, paragraphs
from .proquest import START


def page_paragraphs(root: Element) -> list[str]:
    """The paragraphs of a ProQuest page, with a mark where each article begins."""
    for anchor in root.xpath("//a[starts-with(@name, 'DocID') or starts-with(@id, 'DocID')]"):
        mark = anchor.makeelement("p")
        mark.text = START
        anchor.addprevious(mark)
    return list(paragraphs(root))
