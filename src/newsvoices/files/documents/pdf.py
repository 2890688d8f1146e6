"""Paragraphs of a PDF that holds text, from the lines as they stand on its pages."""

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median

from ...extras import needs
from ..source import Source
from ..text import Unreadable

_PAGE_NUMBER = re.compile(
    r"(?:Page|Seite|Pagina|Página|Sida|Side)?\s*\d+\s*(?:(?:of|von|de|di|van|sur|/)\s*\d+)?"
)


def pdf_paragraphs(source: Source) -> Iterator[str]:
    """The paragraphs; page numbers and lines that head or foot several pages are left out.

    Raises:
        Unreadable: it is locked, damaged, or a scan without text.
    """
    pages = [_without_numbers(page) for page in _pages(source)]
    repeated = _running_lines(pages)
    lines = [line for page in pages for line in page if line.strip() not in repeated]
    if not any(line.strip() for line in lines):
        raise Unreadable("no text in this PDF: a scan needs text recognition (OCR) first")
    yield from _paragraphs(lines)


def _pages(source: Source) -> list[list[str]]:
    needs("pypdfium2", extra="files")
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.read())
        return [
            page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "").split("\n")
            for page in document
        ]
    except pypdfium2.PdfiumError as error:
        reason = (
            "protected by a password: save it without" if "assword" in str(error) else "unreadable: damaged"
        )
        raise Unreadable(reason) from error


def _without_numbers(page: list[str]) -> list[str]:
    return [line for line in page if not _PAGE_NUMBER.fullmatch(line.strip()) or not line.strip()]


def _running_lines(pages: list[list[str]]) -> set[str]:
    """Lines that stand first or last on three pages or more, and on a third of them."""
    edges = Counter(
        line for page in pages for line in {text.strip() for text in [*page[:2], *page[-2:]] if text.strip()}
    )
    return {line for line, n in edges.items() if n >= max(3, len(pages) // 3)}


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines joined until one ends short of the margin."""
    lengths = sorted(len(line) for line in lines if line.strip())
    width = median(lengths[len(lengths) // 2 :])
    paragraph = ""
    for line in lines:
        text = line.strip()
        if text:
            paragraph = (
                f"{paragraph[:-1]}{text}" if paragraph.endswith("\xad") else f"{paragraph} {text}".strip()
            )
        if paragraph and (not text or len(text) < 0.8 * width):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph
