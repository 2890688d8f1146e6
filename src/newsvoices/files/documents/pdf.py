"""Paragraphs of a PDF that holds text, from the lines as they stand on its pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...extras import needs
from ..sources.source import Source
from ..sources.text import Unreadable

_PAGE_NUMBER = re.compile(
    r"(?:Page|Seite|Pagina|Página|Sida|Side)?\s*(?P<n>\d+)\s*(?:(?:of|von|de|di|van|sur|/)\s*\d+)?"
)


_HYPHEN = "\x02"
"""What stands for a hyphen at the end of a line."""


class _Line(NamedTuple):
    """A line with its left and right edge and its height on the page (0 is the foot)."""

    text: str
    left: float
    right: float
    height: float


def pdf_paragraphs(source: Source) -> Iterator[str]:
    """The paragraphs; page numbers and lines that head or foot several pages are left out.

    Raises:
        Unreadable: it is locked, damaged, or a scan without text.
    """
    pages = [_without_page_head(page, before) for before, page in pairwise([[], *_pages(source)])]
    repeated = _running_lines(pages)
    pages = [[line for line in page if _place(line) not in repeated] for page in pages]
    if not any(pages):
        raise Unreadable("no text in this PDF: a scan needs text recognition (OCR) first")
    yield from _paragraphs(pages)


def _pages(source: Source) -> list[list[_Line]]:
    needs("pypdfium2", extra="files")
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.read())
        return [list(_lines(page.get_textpage())) for page in document]
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        raise Unreadable(
            "protected by a password: save it without"
            if locked
            else "unreadable: damaged; if it opens, save its text"
        ) from error


def _lines(page: object) -> Iterator[_Line]:
    text, start = page.get_text_range().replace("\ufffe", _HYPHEN), 0
    for line in re.split(f"(?<=[\n{_HYPHEN}])", text):
        if shown := line.strip():
            first = start + len(line) - len(line.lstrip())
            left, bottom, _, _ = page.get_charbox(first, loose=True)
            _, _, right, _ = page.get_charbox(first + len(shown.rstrip(_HYPHEN)) - 1)
            yield _Line(shown, left, right, bottom)
        start += len(line)


def _without_page_head(page: Sequence[_Line], before: Sequence[_Line]) -> list[_Line]:
    """The page without its number, and without the headline that archives repeat below “Page 2 of 3”."""
    kept, in_head = [], False
    for line in page:
        if found := _PAGE_NUMBER.fullmatch(line.text):
            in_head = found["n"] != "1"
            continue
        if not (in_head and len(kept) < 2 and line.text in {above.text for above in before[:6]}):
            kept.append(line)
        in_head = False
    return kept


def _running_lines(pages: Sequence[Sequence[_Line]]) -> set[tuple[str, int]]:
    """Lines that stand first or last at one height on three pages or more, and on a third of them."""
    edges = Counter(place for page in pages for place in {_place(line) for line in [*page[:2], *page[-2:]]})
    return {place for place, n in edges.items() if n >= max(3, len(pages) // 3)}


def _place(line: _Line) -> tuple[str, int]:
    return line.text, round(line.height)


def _paragraphs(pages: Sequence[Sequence[_Line]]) -> Iterator[str]:
    """Lines joined until one ends short of the margin, or the next stands further below than most do."""
    steps = [a.height - b.height for page in pages for a, b in pairwise(page)]
    step = next((step for step in sorted(steps) if step > 6), 12)
    margin = sorted(line.right for page in pages for line in page)[int(0.95 * sum(map(len, pages))) - 1]
    paragraph = ""
    for page in pages:
        for line, following in zip(page, [*page[1:], None], strict=True):
            paragraph += line.text
            if following is None:
                ends = line.text.endswith((".", "!", "?", "”", '"', "’"))
            else:
                ends = not 0 <= line.height - following.height <= 1.35 * step
            if ends or line.right < 0.88 * margin:
                yield _with_hyphens(paragraph)
                paragraph = ""
            elif not paragraph.endswith(_HYPHEN):
                paragraph += " "
    if paragraph:
        yield _with_hyphens(paragraph.strip())


def _with_hyphens(paragraph: str) -> str:
    """The paragraph with its words that were broken at the end of a line in one piece, others with their hyphen."""
    return re.sub(rf"(?<=[a-zà-ÿ]){_HYPHEN}(?=[a-zà-ÿ])", "", paragraph).replace(_HYPHEN, "-")
