import json

import pytest

from newsvoices import read_articles

NITF = """<nitf><head><docdata><date.issue norm="20240304T191044Z"/><doc.copyright holder="MPA" year="2024"/></docdata></head>
<body><body.head><hedline><hl1>Talks resume in Tresk</hl1></hedline><byline>By EDDA MARLOW</byline>
<dateline><location>MORAST</location></dateline></body.head>
<body.content><block><p>MORAST (MPA) — Ministers met again.</p><p>“We will not wait,” Ilse Maren said.</p></block></body.content>
</body></nitf>"""
NEWSML = """<?xml version="1.0"?><NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>mpa.example</ProviderId>
<DateId>20240304T135002Z</DateId><NewsItemId>X1</NewsItemId></NewsIdentifier></Identification><NewsManagement>
<FirstCreated>20240304T134951+0000</FirstCreated></NewsManagement><NewsComponent><NewsLines>
<DateLine>MORAST, March 4, 2024 (MPA) -</DateLine><HeadLine>Talks resume in Tresk</HeadLine><ByLine>By EDDA MARLOW</ByLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="MPA"/></Provider></AdministrativeMetadata><ContentItem><DataContent>
<nitf><body><body.content><p>MORAST (MPA) — Ministers met again.</p><p>“We will not wait,” Ilse Maren said.</p></body.content></body></nitf>
</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""
NEWSML_PLAIN = (
    NEWSML.replace("DateLine>MORAST, March", "DateLine>Morast 4/3/2024, March")
    .replace("<nitf><body><body.content><p>", "<P>")
    .replace("</p><p>", "</P><P>")
    .replace("</p></body.content></body></nitf>", "</P>")
)
ARCHIVE = """<nitf><head><pubdata date.publication="20240304T000000" name="MPA"/></head><body><body.head><hedline>
<hl1>Talks resume in Tresk</hl1></hedline><byline>By EDDA MARLOW</byline><dateline>MORAST, March 4</dateline></body.head>
<body.content><block class="lead_paragraph"><p>MORAST (MPA) — Ministers met again.</p></block><block class="full_text">
<p>MORAST (MPA) — Ministers met again.</p><p>“We will not wait,” Ilse Maren said.</p></block></body.content></body></nitf>"""
REUTERS = """<?xml version="1.0"?><newsitem itemid="7" date="2024-03-04"><title>MORAST: Talks.</title>
<headline>Talks resume in Tresk</headline><byline>EDDA MARLOW</byline><dateline>MORAST 2024-03-04</dateline><text>
<p>MORAST (MPA) — Ministers met again.</p><p>“We will not wait,” Ilse Maren said.</p></text>
<metadata><dc element="dc.publisher" value="MPA"/></metadata></newsitem>"""
G2 = """<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:x:1"><itemMeta><itemClass qcode="ninat:text"/><provider literal="MPA"/><versionCreated>2024-03-04T10:41:00+01:00</versionCreated>
</itemMeta><contentMeta><located><name>Morast</name></located><by>By EDDA MARLOW</by><headline>Talks resume in Tresk</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><header><h1>Talks resume in Tresk</h1></header>
<p>MORAST (MPA) — Ministers met again.</p><p>“We will not wait,” Ilse Maren said.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:x:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem></itemSet></newsMessage>"""
G2_WITH_NITF = f"""<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1"><itemMeta><itemClass
qcode="ninat:text"/><provider qcode="nprov:MPA"/><versionCreated>2024-03-04 10:41:00</versionCreated></itemMeta><contentMeta><by>EDDA
MARLOW</by><located literal="Morast"/></contentMeta><contentSet><inlineXML>{NITF.replace("hl1", "title")}</inlineXML></contentSet></newsItem>"""
NINJS = {
    "headline": "Talks resume in Tresk", "versioncreated": "2024-03-04T10:41:00Z", "source": "MPA", "byline": "EDDA MARLOW",
    "located": "Morast", "guid": "urn:x:1",
    "body_html": "<p>MORAST (MPA) — Ministers met again.</p><p>“We will not wait,” Ilse Maren said.</p>",
}  # fmt: skip
NINJS_2 = {
    **{
        key: value for key, value in NINJS.items() if key not in ("headline", "body_html", "source", "byline")
    },
    "infosources": [{"role": "origin", "name": "MPA"}],
    "by": "EDDA MARLOW",
    "headlines": [{"role": "main", "value": "Talks resume in Tresk"}],
    "bodies": [{"contenttype": "text/html", "value": NINJS["body_html"]}],
}


@pytest.mark.filterwarnings("ignore:left out")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", NITF),
        ("a.nitf", NITF),
        ("a.xml", NEWSML),
        ("a.xml", NEWSML_PLAIN),
        ("a.xml", ARCHIVE),
        ("a.xml", REUTERS),
        ("a.xml", G2),
        ("a.xml", G2_WITH_NITF),
        ("a.json", json.dumps(NINJS)),
        ("a.json", json.dumps({"total": 1, "item": [NINJS]}, indent=1)),
        ("a.json", json.dumps(NINJS_2)),
    ],
)
def test_an_agencys_item(write, name, content):
    article = read_articles(write(name, content)).loc[0]
    assert article[["title", "outlet", "date", "place", "byline"]].str.lower().tolist() == [
        "talks resume in tresk", "mpa", "2024-03-04", "morast", "edda marlow",
    ]  # fmt: skip
    assert article["text"] == (
        "Talks resume in Tresk\n\nMORAST (MPA) — Ministers met again.\n\n“We will not wait,” Ilse Maren said."
    )


def test_a_feed_says_that_it_has_summaries_only(write):
    path = write(
        "a.xml",
        "<?xml version='1.0'?><rss><channel><title>Kell Evening Post</title><item><title>Talks</title><pubDate>Mon, 04 Mar 2024 "
        "10:00:00 GMT</pubDate><link>https://kell.example/a</link><description>They met.</description></item></channel></rss>",
    )
    with pytest.warns(UserWarning, match="article 1: only a summary, as feeds have it"):
        article = read_articles(path).loc[0]
    assert article[["title", "outlet", "date", "url"]].tolist() == [
        "Talks", "Kell Evening Post", "2024-03-04", "https://kell.example/a",
    ]  # fmt: skip
