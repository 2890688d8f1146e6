"""A reader for each kind of file: the fields of its articles, and a report of what is lost on the way."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..extras import needs
from ..losses import Report
from .archives import factiva, nexis, proquest
from .documents import plain, rtf
from .metadata.first_lines import split_front_matter
from .sources import kinds
from .sources.source import Source, unzipped
from .sources.text import Unreadable, decode
from .tables.delimited import read_delimited
from .tables.json_records import read_json
from .tables.sheets import read_columnar, read_sheets, read_sqlite
from .web.containers import message_parts, warc_pages

Fields = dict[str, str]

_SIGNS = re.compile(
    r"DOCUMENT|Dokument|End of|Ende d|Fin d|Fine|Einde|factiva|articleParagraph|DocPublicationName|rdp__|proquest|LXNComment",
    re.IGNORECASE,
)
"""What stands in every archive export; a file without any of these words is none."""
TABLES = {"table", "json", "sheet", "columnar", "sqlite"}


def read(source: Source, kind: str, *, columns: Mapping[str, str], report: Report) -> Iterator[Fields]:
    """The fields of a file's articles, as they are read.

    Raises:
        Unreadable: the file holds nothing that can be read.
        ValueError: it is a table without a column of text.
    """
    if kind == "gzip":
        source = unzipped(source)
        kind = kinds.kind_of(source)
        if kind in ("", "gzip", "zip"):
            raise Unreadable(f"the format {source.suffix or 'inside this .gz'} is not read")
    elif kind != (promised := kinds.by_suffix(source)) and promised and kind != "empty":
        report.note(source.name, f"named {source.suffix}, but {kinds.NAMES[kind]}: read as that")
    if kind in TABLES:
        yield from _TABLES[kind](source, columns=columns, report=report)
    elif kind == "empty":
        raise Unreadable("empty")
    else:
        yield from _OTHERS[kind](source, report)


def _read_text(source: Source, report: Report) -> Iterator[Fields]:
    """One article, its front matter taken off; or those of an archive export."""
    text, guessed = decode(source.read())
    if guessed:
        report.note(source.name, "not UTF-8: read as Windows-1252")
    yield from _of_text(text, source, report)


def _of_text(text: str, source: Source, report: Report) -> Iterator[Fields]:
    if _SIGNS.search(text):
        found = _archive(list(plain.wrapped_paragraphs(text)), text.split("\n"), source, report)
        if found is not None:
            yield from found
            return
    fields, text = split_front_matter(text)
    yield {"file_date": source.stem, **fields, "text": text}


def _read_paragraphs(found: Iterable[str], source: Source, report: Report) -> Iterator[Fields]:
    """One article of a document's paragraphs, or those of an archive export."""
    paragraphs = list(found)
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    articles = _archive(paragraphs, lines, source, report)
    if articles is None:
        articles = [{"file_date": source.stem, "text": "\n\n".join(paragraphs)}]
    yield from articles


def _read_docx(source: Source, report: Report) -> Iterator[Fields]:
    needs("lxml", extra="files")
    from .documents.office import docx_paragraphs

    return _read_paragraphs(docx_paragraphs(source), source, report)


def _read_odt(source: Source, report: Report) -> Iterator[Fields]:
    needs("lxml", extra="files")
    from .documents.office import odt_paragraphs

    return _read_paragraphs(odt_paragraphs(source), source, report)


def _read_rtf(source: Source, report: Report) -> Iterator[Fields]:
    return _read_paragraphs(rtf.rtf_paragraphs(source), source, report)


def _read_pdf(source: Source, report: Report) -> Iterator[Fields]:
    from .documents.pdf import pdf_paragraphs

    return _read_paragraphs(pdf_paragraphs(source), source, report)


def _archive(
    paragraphs: Sequence[str], lines: Sequence[str], source: Source, report: Report
) -> list[Fields] | None:
    """The articles of an archive export; None if these are not the paragraphs of one."""
    if proquest.is_export(paragraphs):
        articles, stated = proquest.articles(paragraphs)
    elif found := nexis.split(paragraphs):
        articles, stated = found
    elif factiva.is_lines(lines):
        articles, stated = factiva.line_articles(lines), None
    else:
        return None
    return list(_numbered(articles, stated, source=source, report=report))


def _read_html(source: Source, report: Report) -> Iterator[Fields]:
    yield from _of_page(source.read(), source, report)


def _of_page(data: bytes, source: Source, report: Report, *, address: str = "") -> Iterator[Fields]:
    """The articles of an archive's page, or the one of a saved web page."""
    needs("lxml", extra="files")
    from .archives import europresse, factiva_pages, proquest_pages
    from .documents import html
    from .web.page import page_article

    if _SIGNS.search(html.page_text(data)):
        root = html.tree(data)
        for archive in (factiva_pages, europresse):
            if archive.is_page(root):
                yield from _numbered(archive.page_articles(root), None, source=source, report=report)
                return
        paragraphs = proquest_pages.page_paragraphs(root)
        found = _archive(paragraphs, paragraphs, source, report)
        if found is not None:
            yield from found
            return
    yield {"file_date": source.stem, **page_article(data, address=address)}


def _read_xml(source: Source, report: Report) -> Iterator[Fields]:
    needs("lxml", extra="files")
    from .archives import factiva_pages
    from .newswire import xml_items

    root = xml_items.tree(source.read())
    found = factiva_pages.xml_articles(root) if factiva_pages.is_xml(root) else xml_items.items(root)
    if found is None:
        name = root.tag.rpartition("}")[2][:40]
        raise Unreadable(f"XML whose root is <{name}> is not read; NITF, NewsML, RSS and Factiva's are")
    yield from _numbered(found, None, source=source, report=report)


def _read_message(source: Source, report: Report) -> Iterator[Fields]:
    for part in message_parts(source):
        if part.is_html:
            yield from _of_page(part.data, source, report, address=part.address)
        else:
            yield from _of_text(decode(part.data)[0], source, report)


def _read_warc(source: Source, report: Report) -> Iterator[Fields]:
    for number, part in enumerate(warc_pages(source, report), start=1):
        try:
            for fields in _of_page(part.data, source, report, address=part.address):
                yield {"number": str(number), "where": part.address, **fields, "file_date": ""}
        except Unreadable as error:
            report.skip(source.name, f"{part.address}: {error}")


def _numbered(
    articles: Sequence[Fields], stated: int | None, *, source: Source, report: Report
) -> Iterator[Fields]:
    """The articles with their place in the file; what is wrong with some of them is named."""
    bare = []
    for number, fields in enumerate(articles, start=1):
        fields = dict(fields)
        where = f"article {number}"
        if problem := fields.pop("problem", ""):
            report.skip(source.name, problem)
            continue
        if note := fields.pop("note", ""):
            report.note(source.name, f"{where}: {note}")
        if not fields.pop("has_body", "yes") and fields["text"].strip():
            bare.append(number)
        yield {**fields, "number": str(number) if len(articles) > 1 else "", "where": where}
    if bare:
        which = ", ".join(map(str, bare[:5])) + (", …" if len(bare) > 5 else "")
        report.note(
            source.name, f"{len(bare)} of {len(articles)} articles without a text of their own ({which})"
        )
    if stated is not None and stated != len(articles):
        report.note(source.name, f"{len(articles)} articles found where the file says {stated}")


_TABLES = {
    "table": read_delimited, "json": read_json, "sheet": read_sheets, "columnar": read_columnar,
    "sqlite": read_sqlite,
}  # fmt: skip
_OTHERS = {
    "text": _read_text, "html": _read_html, "xml": _read_xml, "message": _read_message, "warc": _read_warc,
    "docx": _read_docx, "odt": _read_odt, "rtf": _read_rtf, "pdf": _read_pdf,
}  # fmt: skip
