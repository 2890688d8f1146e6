"""Paragraphs of Word (.docx) and LibreOffice (.odt) documents, read as they stream in."""

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...extras import needs
from ..sources.source import Source, check_size
from ..sources.text import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_WORD = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OPEN_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = set("del moveFrom txbxContent instrText delText footnoteReference note annotation".split())
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " ", "noBreakHyphen": "-"}


def docx_paragraphs(source: Source) -> Iterator[str]:
    """The paragraphs of a .docx in reading order, tables included; headers, footers and deletions are not."""
    return _paragraphs(source, "word/document.xml", {f"{_WORD}p", f"{_STRICT_WORD}p"}, mixed=False)


def odt_paragraphs(source: Source) -> Iterator[str]:
    """The paragraphs and headings of an .odt in reading order."""
    return _paragraphs(source, "content.xml", {f"{_OPEN_TEXT}p", f"{_OPEN_TEXT}h"}, mixed=True)


def _paragraphs(source: Source, member: str, tags: set[str], *, mixed: bool) -> Iterator[str]:
    """Each paragraph's text, stripped; empty ones are passed over."""
    needs("lxml", extra="files")
    from lxml import etree

    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        check_size(archive.infolist())
        if member not in archive.namelist():
            raise Unreadable(f"unreadable: it holds no {member}")
        try:
            with archive.open(member) as xml:
                for _, element in etree.iterparse(
                    xml, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
                ):
                    if text := "".join(_text_of(element, mixed=mixed)).strip():
                        yield text
                    _forget(element)
        except etree.XMLSyntaxError as error:
            raise Unreadable(f"unreadable: {member} is no XML ({str(error)[:80]})") from error


def _text_of(element: "_Element", *, mixed: bool) -> Iterator[str]:
    """Pieces of text: in Word's elements "t" alone, or (``mixed``) wherever there is some."""
    if mixed or _local(element) == "t":
        yield element.text or ""
    for child in element:
        name = _local(child)
        if name in _SIGNS:
            yield _SIGNS[name]
        elif name and name not in _LEFT_OUT and child.tag != _FALLBACK:
            yield from _text_of(child, mixed=mixed)
        if mixed:
            yield child.tail or ""


def _local(element: "_Element") -> str:
    """The tag without its namespace; "" of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _forget(element: "_Element") -> None:
    """Frees what was read, so that a book of any length takes little memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
