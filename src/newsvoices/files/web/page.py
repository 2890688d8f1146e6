"""A saved web page: its article's text, headline, byline, date, outlet and address."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from lxml import html

from ...extras import needs
from ..documents.html import page_text, paragraphs, text_of, tree
from ..sources.text import Unreadable

Fields = dict[str, str]

_FEWEST_WORDS = 5
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|LiveBlog")
_CALL = re.compile(
    r"(?:read )?more ?:|read more\b|read also|see also:|sign up\b|subscribe\b|follow (?:us|\S+ on)|got a (?:story|tip)"
    r"|get in touch|for more stories like this|(?:join|share) (?:the )?(?:our )?(?:conversation|whatsapp)|download (?:the|our) app"
    r"|this is a breaking (?:news )?story|click here|advertisement$|most read|related (?:articles|stories|topics)"
    r"|do you have a story|if you have a story|check our news page|comment below|what do you think",
    re.IGNORECASE,
)


def page_article(data: bytes, *, address: str = "") -> Fields:
    """The article of a page, by trafilatura and the data that the page holds for machines.

    The headline is the one that the page's data give, else its largest heading; the text is the headline and
    the paragraphs, with the standfirst where the page shows one, without invitations to read on or subscribe.

    Raises:
        Unreadable: there is no article's text on the page.
    """
    needs("trafilatura", extra="files")
    from trafilatura import bare_extraction

    source = page_text(data).replace("\0", "")
    root = tree(data)
    linked = _linked_data(root)
    with _quietly():
        found = bare_extraction(
            source, url=address or None, with_metadata=True, include_comments=False, include_tables=True
        )
    details = found.as_dict() if found else {}
    title = _title(root, linked, details.get("title") or "")
    body = _body(details.get("text") or "", linked, root)
    if sum(len(text.split()) for text in body) < _FEWEST_WORDS:
        raise Unreadable("no article's text on this page")
    titles = [title, details.get("title") or "", *map(text_of, root.iter("h1"))]
    body = _without_repeats([*_standfirst(root, linked, body), *body], titles=titles)
    author = details.get("author") or _names(linked.get("author"))
    return {
        "title": title,
        "byline": re.sub(r"\s*;\s*", ", ", author or ""),
        "date": str(linked.get("datePublished") or details.get("date") or ""),
        "outlet": _site(root, linked, details),
        "url": _canonical(root) or details.get("url") or address,
        "text": "\n\n".join(filter(None, [title, *body])),
        "has_body": "yes",
    }


def _title(root: html.HtmlElement, linked: Mapping, extracted: str) -> str:
    headings = [text for text in map(text_of, root.iter("h1")) if text]
    for title in (linked.get("headline"), headings[0] if len(headings) == 1 else "", extracted):
        if isinstance(title, str) and title.strip():
            return " ".join(html.fromstring(f"<p>{title}</p>").text_content().split())
    return ""


def _body(text: str, linked: Mapping, root: html.HtmlElement) -> list[str]:
    """The paragraphs; those of the page's data where extraction found far less; a bare page's own."""
    body = [line.strip() for line in text.split("\n") if line.strip()]
    told = linked.get("articleBody")
    if isinstance(told, str) and len(told) > 2.5 * len(text) + 200:
        body = [line.strip() for line in re.split(r"\n+|<br\s*/?>|</p>", told) if line.strip()]
        body = [" ".join(html.fromstring(f"<p>{line}</p>").text_content().split()) for line in body]
    if not body:
        body = [text for p in root.iter("p") for text in paragraphs(p)]
    return body


def _standfirst(root: html.HtmlElement, linked: Mapping, body: list[str]) -> list[str]:
    """The description that the page shows to readers too, if extraction passed it over."""
    told = [
        linked.get("description"),
        *root.xpath("//meta[@property='og:description' or @name='description']/@content"),
    ]
    shown = None
    for text in (" ".join(text.split()) for text in told if isinstance(text, str)):
        if len(text) < 40 or any(text[:60] in paragraph for paragraph in body[:8]):
            continue
        if shown is None:
            shown = {
                text_of(element) for element in root.iter("p", "h2", "div", "span", "li") if len(element) < 3
            }
        if text in shown:
            return [text]
    return []


def _without_repeats(body: list[str], *, titles: list[str]) -> list[str]:
    """The paragraphs without the headline, without those that stand there already, without calls at the end."""
    headlines = {_plain(title) for title in titles}
    seen = set(headlines)
    kept = []
    for paragraph in body:
        plain = _plain(paragraph)
        if not plain or plain in seen and (len(plain) > 30 or plain in headlines):
            continue
        seen.add(plain)
        kept.append(paragraph)
    while kept and (_CALL.match(kept[-1].lstrip("-– ")) and len(kept[-1]) < 400):
        kept.pop()
    return [text for text in kept if not (len(text) < 160 and re.match(r"(?:read )?more ?:", text, re.I))]


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _linked_data(root: html.HtmlElement) -> Mapping:
    """What the page's JSON-LD says about its article."""
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds) and (
                "headline" in item or "articleBody" in item
            ):
                return item
    return {}


def _objects(data: object, depth: int = 6) -> Iterator[Mapping]:
    if isinstance(data, Mapping):
        yield data
    if depth:
        for inner in data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ():
            yield from _objects(inner, depth - 1)


def _names(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    names = [item.get("name", "") if isinstance(item, Mapping) else item for item in values]
    return "; ".join(name for name in names if isinstance(name, str) and name and not name.startswith("http"))


def _site(root: html.HtmlElement, linked: Mapping, details: Mapping) -> str:
    named = root.xpath("string(//meta[@property='og:site_name']/@content)").strip()
    return (
        named or _names(linked.get("publisher")) or details.get("sitename") or details.get("hostname") or ""
    )


def _canonical(root: html.HtmlElement) -> str:
    links = root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((link for link in links if link.startswith("http")), "")


@contextmanager
def _quietly() -> Iterator[None]:
    """Without what the extraction logs about pages that it can make nothing of."""
    loggers = [logging.getLogger(name) for name in ("trafilatura", "htmldate", "justext", "readability")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
