import gzip

import pytest

from newsvoices import read_articles

PARAGRAPHS = [
    "Ministers from Morast and Veldania met again in Tresk on Monday, a week after the last round of talks had failed over the road.",
    "“We will not wait for another winter,” Ilse Maren, the foreign minister of Veldania, told reporters as she left the old town hall.",
    "The two sides had not spoken since the pass was closed in the autumn, and the harvest was lost on the lorries that waited there.",
    "Jonas Reth, who speaks for the drivers, said that four hundred of them had slept in their cabins for most of the cold season.",
]
PAGE = f"""<!DOCTYPE html><html><head><title>Talks resume in Tresk | Kell Evening Post</title>
<meta property="og:site_name" content="Kell Evening Post"><link rel="canonical" href="https://kell.example/2024/talks">
<meta property="og:description" content="The road over Orrin Pass may open before the snow melts, both say.">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Talks resume in Tresk",
"datePublished": "2024-03-04T09:00:00Z", "author": {{"@type": "Person", "name": "Edda Marlow"}}}}</script></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Talks resume in Tresk</h1>
<p class="standfirst">The road over Orrin Pass may open before the snow melts, both say.</p>
{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}<p>Follow us on every channel</p></article>
<footer><p>© Kell Evening Post. All rights reserved. Terms and conditions apply to this page.</p></footer></body></html>"""


def warc(page: str) -> bytes:
    def record(kind, address, body):
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-04T10:00:00Z\r\n"
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        return (
            f"{head}WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n".encode()
            + http
            + b"\r\n\r\n"
        )

    pages = [
        ("text/html", "https://kell.example/2024/talks", page.encode()),
        ("image/png", "https://kell.example/a.png", b"x"),
    ]
    return b"".join(record(*page) for page in pages)


def mhtml(page: str) -> bytes:
    head = (
        "From: <Saved>\r\nSnapshot-Content-Location: https://kell.example/2024/talks\r\nMIME-Version: 1.0\r\n"
    )
    return (
        f'{head}Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n--x\r\nContent-Type: text/css\r\n\r\np {{}}\r\n--x--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", PAGE.encode()),
        ("a.htm", PAGE.encode("cp1252")),
        ("a.html.gz", gzip.compress(PAGE.encode())),
        ("a.mhtml", mhtml(PAGE)),
        ("a.warc", warc(PAGE)),
        ("a.warc.gz", gzip.compress(warc(PAGE))),
    ],
)
def test_a_saved_page(write, name, data):
    (article,) = read_articles(write(name, data)).to_dict("records")
    assert [article[key] for key in ("title", "outlet", "date", "byline", "url")] == [
        "Talks resume in Tresk", "Kell Evening Post", "2024-03-04", "Edda Marlow", "https://kell.example/2024/talks",
    ]  # fmt: skip
    lead = "The road over Orrin Pass may open before the snow melts, both say."
    assert article["text"] == "\n\n".join(["Talks resume in Tresk", lead, *PARAGRAPHS])


def test_a_page_without_an_article_is_named(write):
    with pytest.warns(UserWarning, match="left out: 1 of 1 items .a.html: no article's text on this page"):
        assert (
            len(read_articles(write("a.html", "<html><body><nav><a href='/'>Home</a></nav></body></html>")))
            == 0
        )


def test_calls_at_the_foot_of_a_page_are_no_text(write):
    page = PAGE.replace("Follow us on every channel</p>", "Join our forum</p><p>Comments</p>")
    (text,) = read_articles(write("a.html", page))["text"]
    assert text.endswith(PARAGRAPHS[-1])
