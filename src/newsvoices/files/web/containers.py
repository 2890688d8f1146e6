"""What pages are kept in: e-mails and MHTML files, WARC files."""

import email
import email.policy
import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from email.message import EmailMessage
from typing import NamedTuple

from ...extras import needs
from ..sources.source import Source
from ..sources.text import Unreadable


class Part(NamedTuple):
    """A page or text inside a message."""

    data: bytes
    is_html: bool
    address: str


def message_parts(source: Source) -> list[Part]:
    """The page of an .mhtml file, or the texts of an e-mail (HTML, where it has both).

    Raises:
        Unreadable: there is none.
    """
    message = email.message_from_bytes(source.read(), policy=email.policy.default)
    parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "text/plain")]
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    if message.get_content_type() == "multipart/related":
        pages = pages[:1]
    found = [
        Part(_bytes(part), part.get_content_type() == "text/html", _address(message, part))
        for part in pages or parts
    ]
    if not found:
        raise Unreadable("a message without text or page")
    return found


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True) or b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return data.decode(charset).encode()
    except (UnicodeDecodeError, LookupError):
        return data


def _address(message: EmailMessage, part: EmailMessage) -> str:
    address = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    return address if address.startswith("http") else ""


def warc_pages(source: Source) -> Iterator[Part]:
    """The pages that a .warc file holds, one at a time; answers that are no pages are passed over."""
    needs("warcio", extra="files")
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with source.open() as stream:
        try:
            records = iter(ArchiveIterator(stream))
            while record := _next(records):
                if record.rec_type not in ("response", "resource"):
                    continue
                answer, about = record.http_headers, record.rec_headers
                kind = (answer or about).get_header("Content-Type") or ""
                failed = answer and not (answer.get_statuscode() or "200").startswith("2")
                if kind.startswith(("text/html", "application/xhtml")) and not failed:
                    address = about.get_header("WARC-Target-URI") or ""
                    yield Part(record.content_stream().read(), True, address)
        except ArchiveLoadFailed as error:
            raise Unreadable(f"unreadable: cut off or damaged ({str(error)[:80]})") from error


def _next(records: Iterator) -> object | None:
    """The next record; warcio prints what it thinks of a broken one, which the report says in its own words."""
    with redirect_stderr(io.StringIO()):
        return next(records, None)
