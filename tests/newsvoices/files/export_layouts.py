"""Small files in the layouts that archives, agencies and browsers write; every word of them is invented."""

import html
import io
import zipfile
from collections.abc import Iterable

ARTICLES = (
    {
        "title": "Talks resume in Tresk",
        "outlet": "The Morast Courier",
        "date": "March 4, 2024 Monday",
        "day": "2024-03-04",
        "byline": "Edda Marlow",
        "section": "WORLD; Pg. 4",
        "body": (
            "MORAST — Ministers from Morast and Veldania met again in Tresk on Monday, a week after the last round.",
            "“We will not wait for another winter,” Ilse Maren, the foreign minister, told reporters.",
        ),
    },
    {
        "title": "Orrin Pass opens; farmers breathe again",
        "outlet": "Kell Evening Post",
        "date": "March 5, 2024 Tuesday 9:20 AM GMT",
        "day": "2024-03-05",
        "byline": "Jonas Reth",
        "section": "NEWS; Pg. 1",
        "body": (
            "The road over Orrin Pass is open again, the transport ministry said: Every lorry may cross.",
            "Notes",
            "“It took them long enough,” said Toma Vell, who grows apples in the valley.",
        ),
    },
    {
        "title": "Harvest fails in the south",
        "outlet": "The Morast Courier",
        "date": "March 6, 2024 Wednesday Final Edition",
        "day": "2024-03-06",
        "byline": "Edda Marlow and Piet Sorrel",
        "section": "BUSINESS; Pg. 9",
        "body": ("Rain has ruined the harvest in the south of Veldania, the growers' union said.",),
    },
)


def nexis_paragraphs(*, cover: bool = True, german: bool = False) -> list[str]:
    """A newer Nexis export: cover, list of contents, articles that end with a line."""
    words = {
        True: (
            "Länge:\xa040 Wörter",
            "Verfasser:\xa0",
            "Textkörper",
            "Ladedatum:\xa07. März 2024",
            "Ende des Dokuments",
        ),
        False: (
            "Length:\xa040 words",
            "Byline:\xa0By ",
            "Body",
            "Load-Date:\xa0March 7, 2024",
            "End of Document",
        ),
    }[german]
    paragraphs = []
    if cover:
        paragraphs += [
            "User Name: Anna Orrin",
            "Date and Time: Friday, March 8, 2024 9:00 AM",
            f"Documents ({len(ARTICLES)})",
        ]
        for i, article in enumerate(ARTICLES, start=1):
            paragraphs += [
                f"{i}. {article['title']}",
                "Client/Matter: -None-",
                "Search Terms: Morast",
                "News",
            ]
    for article in ARTICLES:
        paragraphs += [article["title"], article["outlet"], article["date"], ""]
        paragraphs += [
            f"\nCopyright 2024 {article['outlet']} All Rights Reserved",
            f"Section:\xa0{article['section']}",
        ]
        paragraphs += [words[0], f"{words[1]}{article['byline']}", words[2], "", *article["body"]]
        paragraphs += ["Classification", "Language:\xa0ENGLISH", f"\n{words[3]}", "", f"\n{words[4]}"]
    return paragraphs


def nexis_numbered(*, n_stated: int | None = None, mark: str = "{n} of {all} DOCUMENTS") -> str:
    """An older Nexis export as text: lines broken at 78 characters, headings centred."""
    import textwrap

    parts = ["Download Request: Selected Items: 1-3\nTime Of Request: Friday, March 08, 2024  09:00:00\n\n"]
    for n, article in enumerate(ARTICLES, start=1):
        heads = (mark.format(n=n, all=n_stated or len(ARTICLES)), article["outlet"], article["date"])
        parts += [f"{' ' * 30}{head}\n\n" for head in heads]
        body = "\n\n".join(textwrap.fill(text, 78) for text in article["body"])
        parts.append(
            f"{article['title']}\n\nBYLINE: By {article['byline'].upper()}\n\nSECTION: {article['section']}\n\n"
            f"LENGTH: 40 words\n\n{body}\n\nLOAD-DATE: March 7, 2024\n\nLANGUAGE: ENGLISH\n\n"
            f"PUBLICATION-TYPE: Newspaper\n\n\n{' ' * 23}Copyright 2024 {article['outlet']}\n{' ' * 30}All Rights Reserved\n\n"
        )
    return "".join(parts).replace("\n", "\r\n")


def nexis_page() -> str:
    """An older Nexis export as a page."""
    blocks = []
    for n, a in enumerate(ARTICLES, start=1):
        lines = [f"{n} of {len(ARTICLES)} DOCUMENTS", a["outlet"], a["date"], a["title"]]
        lines += [
            f"BYLINE: {a['byline']}",
            "LENGTH: 40 words",
            *a["body"],
            "LOAD-DATE: March 7, 2024",
            "Copyright 2024",
        ]
        blocks += [
            f'<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">{html.escape(x)}</SPAN></P>\n</DIV>'
            for x in lines
        ]
    return f'<HTML><HEAD><META TOPIC="null" DOCUMENTS="3"></HEAD><BODY>{"".join(blocks)}</BODY></HTML>'


def factiva_lines(*, contents: bool = True) -> list[str]:
    """A Factiva export as unlabelled lines."""
    lines = ["Table of Contents", *(a["title"] for a in ARTICLES)] if contents else []
    for n, a in enumerate(ARTICLES):
        day = f"{4 + n} March 2024"
        lines += [
            "News",
            a["title"],
            a["byline"],
            "40 words",
            day,
            "09:15 GMT",
            a["outlet"],
            "MCOU",
            "4",
            "English",
        ]
        lines += [
            f"(c) 2024 {a['outlet']} Ltd",
            *a["body"],
            f"{a['outlet']} Limited",
            f"Document MCOU00002024030{n}ek3400001",
        ]
        lines += ["Page 1 of 3 © 2024 Factiva, Inc. All rights reserved."]
    return lines


def factiva_page(*, tagged: bool) -> str:
    """A Factiva export as a page."""
    blocks = []
    for n, a in enumerate(ARTICLES):
        body = "".join(
            f'<p class="articleParagraph enarticleParagraph">{html.escape(x)}</p>' for x in a["body"]
        )
        number = f"Document MCOU00002024030{n}ek3400001"
        if tagged:
            values = {
                "HD": f"<b class='enHeadline'>{a['title']}</b>", "BY": f"By {a['byline']}", "WC": "40 words",
                "PD": f"{4 + n} March 2024", "SN": a["outlet"], "LA": "English", "LP": body, "AN": number,
            }  # fmt: skip
            rows = "".join(
                f'<tr><td class="index"><b>{k}</b>&nbsp;</td><td>{v}</td></tr>' for k, v in values.items()
            )
            blocks.append(f'<div class="article enArticle"><table>{rows}</table></div>')
        else:
            lines = ["40 words", f"{4 + n} March 2024", a["outlet"], "MCOU", "English", "(c) 2024 Courier"]
            top = "".join(f"<div>{line}</div>" for line in (a["byline"], *lines))
            head = f'<div>News</div><div id="hd"><span class="enHeadline">{a["title"]}</span></div>'
            blocks.append(
                f'<div id="article-{n}" class="article"><div class="article enArticle"><p>{head}{top}</p>{body}'
                f"<p>The Courier Limited</p><p>{number}</p></div></div>"
            )
    return f"<html><head><title>Factiva</title></head><body>{''.join(blocks)}<span>© 2024 Factiva, Inc.</span></body></html>"


def factiva_xml() -> str:
    """A Factiva export as XML."""
    articles = "".join(
        f"<article><accessionNo>MCOU{n}</accessionNo><headline><paragraph>{a['title']}</paragraph></headline>"
        f"<leadParagraph><paragraph>{a['body'][0]}</paragraph></leadParagraph>"
        f"<publicationDate><dateTime>{a['day']}T01:35:58Z</dateTime></publicationDate>"
        f"<sourceName>{a['outlet']}</sourceName><byline>By {a['byline']}</byline>"
        f"<tailParagraphs>{''.join(f'<paragraph>{x}</paragraph>' for x in a['body'][1:])}</tailParagraphs></article>"
        for n, a in enumerate(ARTICLES)
    )
    return f'<?xml version="1.0"?><PPSResponse><r xmlns="http://global.factiva.com/pps/2.0">{articles}</r></PPSResponse>'


def proquest_text() -> str:
    """A ProQuest export as text."""
    rule = "_" * 60
    parts = [f"{rule}\n\nReport Information from ProQuest\nMarch 08 2024 09:00\n{rule}\n\n"]
    for n, a in enumerate(ARTICLES, start=1):
        body = "\n\n".join(a["body"])
        parts.append(
            f"Document {n} of {len(ARTICLES)}\n\n{a['title']}\n\nAuthor: {a['byline']}\n\nPublication info: {a['outlet']} ; "
            f"Kell [Kell] 0{3 + n} Mar 2024: A.1.\n\nhttps://www.proquest.com/docview/{n}\n\nAbstract: A summary.\n\n"
            f"Full text: {body}\n\nSubject: Talks\n\nTitle: {a['title']}\n\nPublication title: {a['outlet']}\n\n"
            f"Publication date: Mar {3 + n}, 2024\n\nProQuest document ID: 25143997{n}\n\nDocument URL: "
            f"https://www.proquest.com/docview/{n}\n\nDatabase: Kell Newsstand\n\n{rule}\n\n"
        )
    return "".join(parts) + "Contact us at: http://www.proquest.com Copyright © 2024 ProQuest LLC.\n"


def proquest_page(*, anchors: bool = True) -> str:
    """A ProQuest export as a page."""
    blocks = []
    for n, a in enumerate(ARTICLES, start=1):
        body = "".join(f"<p>{x}</p>" for x in a["body"])
        fields = {"Publication title: ": f"{a['outlet']}; Kell", "Publication date: ": f"Mar {3 + n}, 2024",
                  "ProQuest document ID: ": f"25143997{n}", "Database: ": "Kell Newsstand"}  # fmt: skip
        rows = "".join(f"<p><strong>{k}</strong>{v}</p>" for k, v in fields.items())
        blocks.append(
            f"<div>{f'<a name=DocID_{n}></a>' if anchors else ''}<p>{a['title']}</p><p><strong>Author: </strong>{a['byline']}</p>"
            f"<p><strong>Abstract: </strong>None available.</p><p><strong>Full text: </strong><text><html><body>{body}"
            f"</body></html></text></p><p><strong>Subject: </strong>Talks</p>{rows}</div>"
        )
    return f"<html><head><title>ProQuest Export</title></head><body>{''.join(blocks)}<p>© ProQuest LLC</p></body></html>"


def mail(page: str) -> bytes:
    """A page as an e-mail's."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = (
        "Your research",
        "noreply@kell.example",
        "a@kell.example",
    )
    message.set_content(page, subtype="html", cte="quoted-printable")
    return bytes(message)


def europresse_page(*, new: bool) -> str:
    """A Europresse export as a page."""
    blocks = []
    for n, a in enumerate(ARTICLES):
        header, number = f"Monde, lundi {4 + n} mars 2024, p. 3", f"news·2024030{4 + n}·MC·{n}"
        if new:
            body = "".join(f"<p>{x}</p>" for x in a["body"])
            blocks.append(
                f'<article><header><div><span class="DocPublicationName">{a["outlet"]}   </span></div><div>'
                f'<span class="DocHeader">{header}</span></div><div class="titreArticle"><p class="titreArticleVisu">'
                f'{a["title"]}</p></div><div>{a["byline"]}</div></header><section><div class="DocText"><div '
                f'class="docOcurrContainer">{body}</div></div></section><footer><small>© 2024 Courier.</small>'
                f"<p>Numéro de document : {number}</p></footer></article>"
            )
        else:
            body = "<p></p>".join(a["body"])
            blocks.append(
                f'<table><tr><td><table><tr><td>logo</td></tr></table><span class="DocPublicationName">{a["outlet"]}, no. 12'
                f'</span><br><span class="DocHeader">{header}</span><br><br><span class="TitreArticleVisu">{a["title"]}</span>'
                f"<br><br>{a['byline']}<br><p></p>{body}<p></p><b><i>© 2024 Courier. Tous droits réservés.</i></b><p></p>"
                f"Numéro de document : {number}<br></td></tr></table>"
            )
    return f"<html><body>{''.join(blocks)}</body></html>"


def docx(paragraphs: Iterable[str]) -> bytes:
    """A Word document."""
    runs = "".join(
        "<w:p>"
        + "<w:r><w:br/></w:r>".join(
            f'<w:r><w:t xml:space="preserve">{html.escape(x)}</w:t></w:r>' for x in p.split("\n")
        )
        + "</w:p>"
        for p in paragraphs
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped(
        {"word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{runs}</w:body></w:document>'}
    )


def odt(paragraphs: Iterable[str]) -> bytes:
    """An OpenDocument text."""
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f"<text:p>{html.escape(x)}</text:p>" for x in paragraphs)
    content = f'<o:document xmlns:o="urn:o" xmlns:text="{text}">{body}</o:document>'
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def rtf(paragraphs: Iterable[str]) -> bytes:
    """A Rich Text file, with what such files hold beside their text."""

    def coded(text: str) -> str:
        text = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text).replace("\n", "\\line ")

    body = "".join(f"{{\\pard\\plain \\f0 {coded(p)}\\par}}\n" for p in paragraphs)
    top = "{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}}{\\colortbl;\\red0;}{\\*\\generator x;}{\\header Page 1 of 9\\par}"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\uc1{top}{{\\info{{\\title T}}}}{body}}}".encode("ascii")


def pdf(pages: Iterable[Iterable[str]]) -> bytes:
    """A PDF with lines of text on its pages."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in pages:
        escaped = (line.replace("(", r"\(").replace(")", r"\)") for line in lines)
        shown = "".join(f"({line}) Tj T*\n" for line in escaped)
        stream = f"BT /F1 9 Tf 11 TL 40 800 Td\n{shown}ET"
        objects.append(f"<</Length {len(stream.encode('cp1252', 'replace'))}>>stream\n{stream}\nendstream")
        content = len(objects)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj{content}endobj\n".encode("cp1252", "replace")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
