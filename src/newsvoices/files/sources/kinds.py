"""What a file is, by its content first and its suffix second."""

import re
import zipfile

from .source import Source
from .text import Unreadable

READ = ".txt .csv .tsv .jsonl .ndjson .json .html .mhtml .eml .warc .xml .docx .odt .rtf .pdf .xlsx .ods .parquet .feather .sqlite .zip .gz"
"""The suffixes of what is read, as messages list them."""

_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"PAR1", "columnar"),
    (b"ARROW1", "columnar"),
    (b"FEA1", "columnar"),
    (b"SQLite format 3\0", "sqlite"),
    (b"WARC/", "warc"),
    (b"\xd0\xcf\x11\xe0", "ole"),
)
BY_SUFFIX = {
    ".txt": "text", ".text": "text", ".csv": "table", ".tsv": "table", ".tab": "table",
    ".json": "json", ".jsonl": "json", ".ndjson": "json", ".jl": "json",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".xml": "xml", ".nitf": "xml", ".rss": "xml",
    ".eml": "message", ".mht": "message", ".mhtml": "message", ".warc": "warc",
    ".pdf": "pdf", ".rtf": "rtf", ".docx": "docx", ".odt": "odt", ".xlsx": "sheet", ".xlsm": "sheet",
    ".xlsb": "sheet", ".xls": "sheet", ".ods": "sheet", ".zip": "zip", ".gz": "gzip", ".parquet": "columnar",
    ".feather": "columnar", ".arrow": "columnar", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite",
}  # fmt: skip
"""The kind that a suffix promises."""

NAMES = {
    "text": "plain text", "table": "a table", "json": "JSON", "html": "a web page (HTML)", "xml": "XML", "message": "a message",
    "warc": "a WARC file", "pdf": "PDF", "rtf": "RTF", "docx": "a Word document", "odt": "an OpenDocument text",
    "sheet": "a spreadsheet", "zip": "a zip", "gzip": "gzip", "columnar": "Parquet or Feather", "sqlite": "SQLite",
}  # fmt: skip
_HTML = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE | re.DOTALL
)
_XML_ROOT = re.compile(
    rb"(?:<\?.{0,500}?\?>|<!--.{0,5000}?-->|<!.{0,500}?>|\s)*<(?:[\w.-]+:)?(?P<name>[\w.-]+)", re.DOTALL
)
_MESSAGE = re.compile(rb"(?:[A-Za-z][\w-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)*MIME-Version:", re.IGNORECASE)


def kind_of(source: Source) -> str:
    """The kind of a file, such as "html"; "" if it is none that is read.

    Raises:
        Unreadable: it is locked by a password, or of a kind that has to be saved as another.
    """
    head = source.head(1 << 14)
    if not head:
        return "empty" if BY_SUFFIX.get(source.suffix) else ""
    by_suffix = BY_SUFFIX.get(source.suffix, "")
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(source, by_suffix)
    if found == "ole":
        return _in_ole(source)
    if found:
        return found
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if by_suffix in ("text", "html", "xml", "table", "message", ""):
        if start.startswith(b"<") and (marked := _markup(start)):
            return marked if by_suffix or marked == "html" else ""
        if _MESSAGE.match(start) and by_suffix != "table":
            return "message"
    return by_suffix


def _markup(start: bytes) -> str:
    if _HTML.match(start):
        return "html"
    if start.startswith(
        (b"<?xml", b"<!DOCTYPE", b"<!doctype", b"<nitf", b"<News", b"<news", b"<rss", b"<feed")
    ):
        root = _XML_ROOT.match(start)
        return "html" if root and root["name"].lower() == b"html" else "xml"
    return ""


def _in_zip(source: Source, by_suffix: str) -> str:
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except Unreadable:
        return by_suffix or "zip"
    if "word/document.xml" in names:
        return "docx"
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or b"spreadsheet" in mimetype:
        return "sheet"
    if b"opendocument.text" in mimetype:
        return "odt"
    return by_suffix if by_suffix in ("docx", "odt", "sheet") else "zip"


def _in_ole(source: Source) -> str:
    """An old Office file, or a new one that is locked by a password."""
    data = source.read()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("protected by a password: save it without")
    if "Workbook".encode("utf-16-le") in data or source.suffix == ".xls":
        return "sheet"
    raise Unreadable("an old Office file (.doc, .ppt, .msg): save it as .docx, .pdf or .txt")
