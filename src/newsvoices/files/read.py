"""A reader for each kind of file: the fields of its articles; what is lost on the way is named."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .archives import factiva, nexis, proquest
from .documents.office import docx_paragraphs, odt_paragraphs
from .documents.pdf import pdf_paragraphs
from .documents.plain import wrapped_paragraphs
from .documents.rtf import rtf_paragraphs
from .fields import Fields
from .metadata.first_lines import split_front_matter
from .sources import kinds
from .sources.source import Source, unzipped
from .sources.text import Unreadable, decode
from .tables.delimited import read_delimited
from .tables.json_records import read_json
from .tables.sheets import read_columnar, read_sheets, read_sqlite
from .web.containers import message_parts, warc_pages

_SIGNS = re.compile(
    r"DOCUMENT|Dokument|Документ|文件|文書|End of|Ende d|Fin d|Fine|Einde|factiva|articleParagraph|DocPublicationName|rdp__|proquest|LXNComment",
    re.IGNORECASE,
)
"""What stands in every archive export; a file without any of these words is none."""


def read(source: Source, columns: Mapping[str, str]) -> Iterator[Fields]:
    """The fields of a file's articles, as they are read.

    Raises:
        Unreadable: the file holds nothing that can be read.
        ValueError: it is a table without a column of text.
    """
    kind = source.kind
    if kind == "gzip":
        source = unzipped(source)
        kind = kinds.kind_of(source)
        if kind in ("", "gzip", "zip"):
            raise Unreadable(f"the format {source.suffix or 'inside this .gz'} is not read")
    elif kind != (promised := kinds.BY_SUFFIX.get(source.suffix)) and promised and kind != "empty":
        source.note(f"named {source.suffix}, but {kinds.NAMES[kind]}: read as that")
    if kind == "empty":
        raise Unreadable("empty")
    if kind in TABLES:
        yield from TABLES[kind](source, columns)
    elif kind in _DOCUMENTS:
        yield from _of_document(_DOCUMENTS[kind](source), source)
    else:
        yield from _OTHERS[kind](source)


def _of_text(text: str, source: Source) -> Iterator[Fields]:
    """The articles of an archive export; or one article, its front matter taken off."""
    if _SIGNS.search(text):
        found = _archive(list(wrapped_paragraphs(text)), text.split("\n"), source)
        if found is not None:
            yield from found
            return
    fields, text = split_front_matter(text)
    yield {"file_date": source.stem, **fields, "text": text}


def _of_document(found: Iterable[str], source: Source) -> Iterable[Fields]:
    """The articles of an archive export; or one article of a document's paragraphs."""
    paragraphs = list(found)
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    articles = _archive(paragraphs, lines, source)
    return [{"file_date": source.stem, "text": "\n\n".join(paragraphs)}] if articles is None else articles


def _archive(paragraphs: Sequence[str], lines: Sequence[str], source: Source) -> Iterator[Fields] | None:
    """The articles of an archive export; None if these are not the paragraphs of one."""
    found = proquest.split(paragraphs) or nexis.split(paragraphs)
    if not found and factiva.is_lines(lines):
        found = factiva.line_articles(lines), None
    return _numbered(found[0], source, stated=found[1]) if found else None


def _of_page(data: bytes, source: Source, *, address: str = "") -> Iterator[Fields]:
    """The articles of an archive's page, or the one of a saved web page."""
    from .archives import europresse, factiva_pages, proquest_pages
    from .documents import html
    from .web.page import page_article

    if _SIGNS.search(html.page_text(data)):
        root = html.tree(data)
        for archive in (factiva_pages, europresse):
            if archive.is_page(root):
                yield from _numbered(archive.page_articles(root), source)
                return
        paragraphs = proquest_pages.page_paragraphs(root)
        found = _archive(paragraphs, paragraphs, source)
        if found is not None:
            yield from found
            return
    yield {"file_date": source.stem, **page_article(data, address=address)}


def _read_xml(source: Source) -> Iterator[Fields]:
    from .newswire import xml_items

    root = xml_items.tree(source.read())
    if (found := xml_items.items(root)) is None:
        raise Unreadable(
            f"XML whose root is <{root.tag[:40]}> is not read; NITF, NewsML, RSS and Factiva's are"
        )
    return _numbered(found, source)


def _read_message(source: Source) -> Iterator[Fields]:
    for part in message_parts(source):
        if part.is_html:
            yield from _of_page(part.data, source, address=part.address)
        else:
            yield from _of_text(decode(part.data)[0], source)


def _read_warc(source: Source) -> Iterator[Fields]:
    for number, part in enumerate(warc_pages(source), start=1):
        try:
            for fields in _of_page(part.data, source, address=part.address):
                yield {"number": str(number), "where": part.address, **fields, "file_date": ""}
        except Unreadable as error:
            source.skip(f"{part.address}: {error}")


def _numbered(articles: Sequence[Fields], source: Source, *, stated: int | None = None) -> Iterator[Fields]:
    """The articles with their place in the file; what is wrong with some of them is named.

    Args:
        articles: as an archive's reader gives them.
        source: the file.
        stated: how many the file says that it has, if it says so.
    """
    bare = []
    for number, fields in enumerate(articles, start=1):
        fields = dict(fields)
        where = f"article {number}"
        if problem := fields.pop("problem", ""):
            source.skip(problem)
            continue
        if note := fields.pop("note", ""):
            source.note(f"{where}: {note}")
        if not fields.pop("has_body", "yes") and fields["text"].strip():
            bare.append(str(number))
        yield {**fields, "number": str(number) if len(articles) > 1 else "", "where": where}
    if bare:
        which = ", ".join([*bare[:5], *(["…"] if len(bare) > 5 else [])])
        source.note(f"{len(bare)} of {len(articles)} articles without a text of their own ({which})")
    if stated is not None and stated != len(articles):
        source.note(f"{len(articles)} articles found where the file says {stated}")


TABLES = {
    "table": read_delimited, "json": read_json, "sheet": read_sheets, "columnar": read_columnar,
    "sqlite": read_sqlite,
}  # fmt: skip
_DOCUMENTS = {"docx": docx_paragraphs, "odt": odt_paragraphs, "rtf": rtf_paragraphs, "pdf": pdf_paragraphs}
_OTHERS = {
    "text": lambda source: _of_text(source.text(), source),
    "html": lambda source: _of_page(source.read(), source),
    "xml": _read_xml, "message": _read_message, "warc": _read_warc,
}  # fmt: skip
