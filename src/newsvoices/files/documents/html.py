"""A page's tree, in the encoding it names, and the paragraphs of any part of it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from ...extras import needs
from ..sources.text import Unreadable, decode, marked_encoding

needs("lxml", extra="files")

from lxml import etree, html  # noqa: E402  (not before it is known to be there)

Element = html.HtmlElement

_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_NO_TEXT = {"script", "style", "head", "title", "noscript", "template", "svg", "iframe", "button", "select"}
_BLOCKS = set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)


def tree(data: bytes) -> Element:
    """The parsed page.

    Raises:
        Unreadable: there is no element in it.
    """
    text = _XML_DECLARATION.sub("", page_text(data).replace("\0", ""))
    text = _ENDS.sub("", text)  # exports paste whole pages into a page, and parsers stop at the first end
    parser = html.HTMLParser(huge_tree=True, no_network=True)
    try:
        return html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("an HTML page without content") from error


def page_text(data: bytes) -> str:
    """The page's source, decoded as UTF-8 where it is that, else as its head or, failing this, its bytes say."""
    found = _CHARSET.search(data[:4096])
    named = found[1].decode("ascii").lower() if found else ""
    likely = [] if named.startswith("iso-2022") else [marked_encoding(data) or "utf-8"]
    if named not in ("", "utf-8", "iso-8859-1", "latin1", "ascii", "us-ascii"):
        likely.append(named)
    for encoding in likely:
        with suppress(UnicodeDecodeError, LookupError):
            return data.decode(encoding)
    with suppress(Unreadable):
        return decode(data)[0]
    return data.decode("utf-8", errors="replace")


def paragraphs(element: Element) -> Iterator[str]:
    r"""The text of each block below ``element``, white space collapsed, a line break as \n; none is empty."""
    line: list[str] = []
    for piece in chain(_pieces(element), [None]):
        if piece is not None:
            line.append(piece)
            continue
        if text := _tidy("".join(line)):
            yield text
        line = []


def markup_paragraphs(text: str) -> list[str]:
    """The paragraphs of a string that may hold HTML; without tags, those that blank lines part."""
    if re.search(r"<(?:p|br|div|h\d|li)\b", text, re.IGNORECASE):
        inner = re.sub(r"\n\s{2,}(?=[A-Z“\"‘(])", "<br>", text) if text.lower().count("<p") < 2 else text
        return list(paragraphs(html.fromstring(f"<div>{inner}</div>")))
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n {2,}", text) if part.strip()]


def _tidy(text: str) -> str:
    """The text with single blanks; only line breaks that the page asks for (a vertical tab here) are kept."""
    lines = (" ".join(line.split()) for line in text.split("\v"))
    return "\n".join(filter(None, lines))


def text_of(element: Element) -> str:
    """All text below ``element`` in one line."""
    return " ".join(" ".join(filter(None, _pieces(element))).split())


def _pieces(element: Element) -> Iterator[str | None]:
    """Pieces of text; None where a block begins or ends. Goes down without recursion: pages nest deeply."""
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        name = node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
        if event == "start":
            if name in _NO_TEXT:
                walk.skip_subtree()
                continue
            if name == "br":
                yield "\v"
            elif name in _BLOCKS:
                yield None
            yield (node.text or "").replace("\v", " ")
        elif event == "end" and name in _BLOCKS:
            yield None
        if event != "start" and node is not element:
            yield (node.tail or "").replace("\v", " ")
