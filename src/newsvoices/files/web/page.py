"""A saved web page: its article's text, headline, byline, date, outlet and address."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ...extras import needs
from ..documents.html import Element, html, page_text, paragraphs, text_of, tree
from ..fields import Fields, article
from ..sources.text import Unreadable

_FEWEST_WORDS = 5
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|LiveBlog")
_CALL = re.compile(
    r"(?:read )?more ?:|read more\b|read also|see also:|sign up\b|subscribe\b|follow (?:us|\S+ on)|got a (?:story|tip)"
    r"|get in touch|for more stories like this|join our\b|(?:join|share) (?:the )?(?:conversation|whatsapp)|comments?$|download (?:the|our) app"
    r"|this is a breaking (?:news? )?story|click here|advertisement$|most read|related (?:articles|stories|topics)"
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
        found = bare_extraction(source, url=address or None, with_metadata=True, include_comments=False)
    found = found.as_dict() if found else {}
    details = {name: value for name, value in found.items() if isinstance(value, str) and value}
    headings = [text for text in map(text_of, root.iter("h1")) if text]
    titles = [linked.get("headline"), headings[0] if len(headings) == 1 else "", details.get("title")]
    title = next((_visible_text(title) for title in titles if isinstance(title, str) and title.strip()), "")
    body = [line.strip() for line in details.get("text", "").split("\n") if line.strip()]
    body = body or [text for paragraph in root.iter("p") for text in paragraphs(paragraph)]
    if sum(len(text.split()) for text in body) < _FEWEST_WORDS:
        raise Unreadable("no article's text on this page")
    titles = [title, details.get("title", ""), *headings]
    body = _without_repeats([*_standfirst(root, linked, body), *body], titles=titles)
    site = root.xpath("string(//meta[@property='og:site_name']/@content)").strip()
    addresses = root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    fields = {
        "title": title,
        "byline": re.sub(r"\s*;\s*", ", ", details.get("author") or _names(linked.get("author"))),
        "date": str(linked.get("datePublished") or details.get("date", "")),
        "outlet": site
        or _names(linked.get("publisher"))
        or details.get("sitename")
        or details.get("hostname", ""),
        "url": next((own for own in addresses if own.startswith("http")), details.get("url", address)),
    }
    return article(fields, body)


def _visible_text(markup: str) -> str:
    """A line of markup as a reader sees it."""
    return " ".join(html.fromstring(f"<p>{markup}</p>").text_content().split())


def _standfirst(root: Element, linked: Mapping, body: list[str]) -> list[str]:
    """The description that the page shows to readers too, if extraction passed it over."""
    told = [
        linked.get("description"),
        *root.xpath("//meta[@property='og:description' or @name='description']/@content"),
    ]
    unread = [
        text
        for text in (" ".join(text.split()) for text in told if isinstance(text, str))
        if len(text) >= 40 and not any(text[:60] in paragraph for paragraph in body[:8])
    ]
    if not unread:
        return []
    shown = {text_of(element) for element in root.iter("p", "h2", "div", "span", "li") if len(element) < 3}
    return [text for text in unread if text in shown][:1]


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


def _linked_data(root: Element) -> Mapping:
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


@contextmanager
def _quietly() -> Iterator[None]:
    """Without what the extraction logs about pages that it can make nothing of."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
