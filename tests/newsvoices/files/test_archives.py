import textwrap
import warnings

import export_layouts as exports
import pytest
from export_layouts import ARTICLES

from newsvoices import LossWarning, read_articles

DAYS = [article["day"] for article in ARTICLES]


def nexis_pdf():
    lines = [line for p in exports.nexis_paragraphs() for line in [*textwrap.wrap(p.strip(), 100), ""]]
    pages = [lines[i : i + 40] for i in range(0, len(lines), 40)]
    return exports.pdf([*page, f"Page {n} of {len(pages)}"] for n, page in enumerate(pages, start=1))


LAYOUTS = {
    "nexis.docx": lambda: exports.docx(exports.nexis_paragraphs()),
    "nexis-without-cover.docx": lambda: exports.docx(exports.nexis_paragraphs(cover=False)),
    "nexis-german.docx": lambda: exports.docx(exports.nexis_paragraphs(german=True)),
    "nexis.rtf": lambda: exports.rtf(exports.nexis_paragraphs()),
    "nexis.odt": lambda: exports.odt(exports.nexis_paragraphs()),
    "nexis.pdf": nexis_pdf,
    "nexis-new.txt": lambda: "\n\n".join(exports.nexis_paragraphs()).encode(),
    "nexis.TXT": lambda: exports.nexis_numbered().encode("utf-8-sig"),
    "nexis-german.TXT": lambda: exports.nexis_numbered(mark="Dokument {n} von {all}").encode(),
    "nexis.html": lambda: exports.nexis_page().encode(),
    "factiva.rtf": lambda: exports.rtf(exports.factiva_lines()),
    "factiva.txt": lambda: "\n".join(exports.factiva_lines()).encode(),
    "factiva.docx": lambda: exports.docx(exports.factiva_lines(contents=False)),
    "factiva-tagged.html": lambda: exports.factiva_page(tagged=True).encode(),
    "factiva.html": lambda: exports.factiva_page(tagged=False).encode(),
    "factiva.xml": lambda: exports.factiva_xml().encode(),
    "proquest.txt": lambda: exports.proquest_text().encode(),
    "proquest.html": lambda: exports.proquest_page().encode(),
    "proquest.eml": lambda: exports.mail(exports.proquest_page()),
    "europresse-new.html": lambda: exports.europresse_page(new=True).encode(),
    "europresse-old.html": lambda: exports.europresse_page(new=False).encode(),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_article_with_its_fields(write, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error", LossWarning)
        articles = read_articles(write(name, LAYOUTS[name]()))
    assert articles["title"].tolist() == [article["title"] for article in ARTICLES]
    assert articles["outlet"].tolist() == [article["outlet"] for article in ARTICLES]
    assert articles["date"].tolist() == DAYS
    assert articles["byline"].str.lower().tolist() == [article["byline"].lower() for article in ARTICLES]


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_text_is_headline_and_paragraphs_and_nothing_else(write, name):
    articles = read_articles(write(name, LAYOUTS[name]()))
    expected = ["\n\n".join([article["title"], *article["body"]]) for article in ARTICLES]
    if name.endswith(".pdf"):
        assert [" ".join(text.split()) for text in articles["text"]] == [
            " ".join(t.split()) for t in expected
        ]
    else:
        assert articles["text"].tolist() == expected


def test_a_count_that_does_not_hold_is_reported(write):
    path = write("a.TXT", exports.nexis_numbered(n_stated=5))
    with pytest.warns(LossWarning, match="3 articles found where the file says 5"):
        assert len(read_articles(path)) == 3


def test_articles_that_cannot_be_parted_are_named_and_not_glued(write):
    paragraphs = exports.nexis_paragraphs(cover=False)
    lost = [p for p in paragraphs if p.strip() not in ("End of Document", "Load-Date:\xa0March 7, 2024")]
    path = write("a.docx", exports.docx([*lost, "End of Document"]))
    with pytest.warns(LossWarning, match="two articles without a mark between them"):
        assert len(read_articles(path)) == 0


def test_a_lost_end_line_does_not_glue_two_articles(write):
    paragraphs = exports.nexis_paragraphs(cover=False)
    paragraphs.remove("\nEnd of Document")
    articles = read_articles(write("a.docx", exports.docx(paragraphs)))
    assert articles["title"].tolist() == [article["title"] for article in ARTICLES]


def test_section_length_load_date_and_number_are_columns_of_their_own(write):
    articles = read_articles(write("a.docx", exports.docx(exports.nexis_paragraphs())))
    assert articles.loc[0, ["section", "length", "load_date", "document"]].tolist() == [
        "WORLD; Pg. 4",
        "40 words",
        "March 7, 2024",
        "1",
    ]


def test_an_article_of_a_text_file_that_speaks_of_documents_stays_one(write):
    text = "Minister reads 3 of 10 documents\n\nShe had read 3 of 10 DOCUMENTS by noon, Factiva says.\n"
    articles = read_articles(write("a.txt", text))
    assert articles["text"].tolist() == [text]


def test_a_last_article_without_its_end_line_is_read(write):
    paragraphs = [p for p in exports.nexis_paragraphs(cover=False)[:-1] if p != "Body"]
    assert read_articles(write("a.docx", exports.docx(paragraphs)))["date"].tolist() == DAYS


def test_the_line_that_ends_an_article_is_no_running_foot(write):
    pages = []
    for page in range(6):
        lines = [f"Talks, day {page}", "Kell Evening Post", f"March {page + 1}, 2024", "Copyright 2024 Kell"]
        lines += ["Length: 9 words", "Body", *["It rained on the road over the pass."] * (page + 1)]
        pages.append(["Kell library", *lines, "", "End of Document"])
    articles = read_articles(write("a.pdf", exports.pdf(pages)), duplicates="keep")
    assert articles["date"].tolist() == [f"2024-03-0{page + 1}" for page in range(6)]
    assert not articles["text"].str.contains("library|End of").any()


def test_a_hyphen_that_breaks_a_word_at_a_lines_end_is_no_letter(write):
    lines = [
        "The road over the pass was closed by the min-",
        "istry because of the snow, and both Anna-",
        "Lena stayed.",
    ]
    (text,) = read_articles(write("a.pdf", exports.pdf([lines])))["text"]
    assert (
        text
        == "The road over the pass was closed by the ministry because of the snow, and both Anna-Lena stayed."
    )


def test_a_page_that_numbers_its_documents_takes_no_number_for_a_title(write):
    page = exports.proquest_page()
    for n, article in enumerate(ARTICLES, start=1):
        page = page.replace(f"<p>{article['title']}", f"<p>Document {n} of 3</p><p>{article['title']}", 1)
    articles = read_articles(write("a.html", page))
    assert articles["title"].tolist() == [article["title"] for article in ARTICLES]


EUROPRESSE = """<html><body><article><header>{names}<div class="titreArticle"><p class="sm-margin-TopNews rdp__surtitle">PASS</p>
<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Talks resume</p></div><p class="sm-margin-TopNews rdp__subtitle">
Both sides agree</p>{author}</header><section><div class="DocText clearfix"><div class="docOcurrContainer"><p>They met.</p></div></div>
</section><aside><div class="apd-wrapper"><table><tr><td><div class="source-name-APD">Other Post</div></td></tr></table></div></aside>
<footer><div class="publiC-lblNodoc">news·20240304·KP·1</div></footer></article></body></html>"""
NAMED = """<div class="rdp__DocPublicationName"><span class="DocPublicationName">Kell Post, no. 12<i>Kell Post Weekly</i></span></div>
<div class="rdp__DocHeader"><span class="DocHeader">Monde, lundi 4 mars 2024 812 mots, p. 8(4)</span></div>"""
UNNAMED = "<div class='sm-margin-bottom'>Kell Post</div><div class='sm-margin-bottom'>lundi 4 mars 2024 - 812 mots</div>"


@pytest.mark.parametrize(
    "author",
    [
        '<p class="sm-margin-bottomNews">Edda Marlow</p>',
        '<div class="docAuthors">Edda Marlow</div>',
        "<div>Edda Marlow</div>",
    ],
)
@pytest.mark.parametrize("names", [NAMED, UNNAMED])
def test_newer_pages_of_europresse(write, names, author):
    second = EUROPRESSE.format(names=NAMED, author="").removeprefix("<html><body>").replace("They", "We")
    page = EUROPRESSE.format(names=names, author=author).replace("</body></html>", second)
    article, _ = read_articles(write("a.html", page)).to_dict("records")
    assert [article[key] for key in ("title", "outlet", "date", "byline", "text")] == [
        "Talks resume", "Kell Post", "2024-03-04", "Edda Marlow", "Talks resume\n\nBoth sides agree\n\nThey met.",
    ]  # fmt: skip


VARIANTS = {
    "copyright and outlet above, headline and text labelled": (
        f"{' ' * 30}1 of 1 DOCUMENTS\n\n{' ' * 10}Copyright 1999 Kell Newspapers Ltd.\n{' ' * 20}Daily Kell (Tresk)\n\n"
        f"{' ' * 20}December 31, 1999\n\nSECTION: Pg. 1\n\nLENGTH: 500 words\n\nHEADLINE: HARVEST FAILS\nIN THE SOUTH\n\n"
        "BYLINE: Edda Marlow\n\nBODY:\n   Rain has ruined the harvest.\n\nGRAPHIC: A wet field\n\nLOAD-DATE: January 4, 2000\n",
        ["HARVEST FAILS IN THE SOUTH", "Daily Kell (Tresk)", "1999-12-31", "Edda Marlow"],
        "Rain has ruined the harvest.",
    ),
    "copyright in two lines above the outlet, labels in capitals around the text and in it": (
        f"{' ' * 30}1 of 1 DOCUMENTS\n\n{' ' * 10}Copyright 1999 Kell Media\n{' ' * 10}Tous droits réservés\n\n{' ' * 20}Le Kell\n\n"
        f"{' ' * 20}31 décembre 1999 vendredi\n\nTITRE: La pluie\n\nLONGUEUR: 9 mots\n\nTEXTE:\n\nNOTE: Il pleut.\n\n"
        f"{chr(10).join(f'Jour {day}.{chr(10)}' for day in range(5))}\nTEMA: PLUIE (90%)\n\nNAME: Vell\n\nLANGUE: FRENCH\n",
        ["La pluie", "Le Kell", "1999-12-31", ""],
        "\n\n".join(["NOTE: Il pleut.", *(f"Jour {day}." for day in range(5))]),
    ),
    "a German interface, a dateline in capitals": (
        f"{' ' * 30}1 von 1 DOKUMENTEN\n\n{' ' * 30}Kell-Zeitung\n\n{' ' * 30}Dienstag 10.Dezember 2019\n\nRegen\n\n"
        "AUTOR: Edda Marlow\n\nRUBRIK: POLITIK; S. 4\n\nLÄNGE: 355 Wörter\n\nMORAST: Der Regen kam.\n\nUPDATE: 11. Dezember 2019\n",
        ["Regen", "Kell-Zeitung", "2019-12-10", "Edda Marlow"],
        "MORAST: Der Regen kam.",
    ),
    "Factiva's list of contents, a headline in capitals without a byline": (
        "Table of Contents\nHarvest fails........2\nRain Ruins The Harvest....4\nNews\nRain Ruins The Harvest\n355 words\n10 December 2019\n"
        "Kell Post\nKPOST\nEnglish\n(c) 2019 Kell Media\nIt rained.\nKell: what now?\nDocument KPOST00001191210efca00001\n",
        ["Rain Ruins The Harvest", "Kell Post", "2019-12-10", ""],
        "It rained.\n\nKell: what now?",
    ),
    "Factiva in Russian": (
        "Дождь погубил урожай\n355 слов\n10 декабря 2019\n12:30\nВестник\nVESTM\nРусский\n(c) 2019 Вестник\nДождь погубил всё.\n"
        "Документ VESTM00001191210efca00001\n",
        ["Дождь погубил урожай", "Вестник", "2019-12-10", ""],
        "Дождь погубил всё.",
    ),
    "ProQuest without blank lines, parted by a rule": (
        f"{'_' * 60}\nThe rain\nAuthor: Marlow, Edda\nFull text: All is lost.\nTitle: The rain\nPublication title: Kell Post\n"
        f"Publication date: Dec 10, 2019\nProQuest document ID: 12345\nDatabase: Kell\n{'_' * 60}\n",
        ["The rain", "Kell Post", "2019-12-10", "Marlow, Edda"],
        "All is lost.",
    ),
    "ProQuest in Spanish": (
        f"ProQuest\n\n{'_' * 60}\n\nDocumento 1 de 1\n\nLa lluvia\n\nAutor: Marlow, Edda\n\nTexto completo: Todo se ha perdido.\n\n"
        "Título: La lluvia\n\nTítulo de publicación: El Correo; Tresk\n\nFecha de publicación: Dec 10, 2019\n\n"
        "ID del documento de ProQuest: 123451\n\nBase de datos: Kell\n",
        ["La lluvia", "El Correo", "2019-12-10", "Marlow, Edda"],
        "Todo se ha perdido.",
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_older_layouts_and_other_languages(write, name):
    content, fields, body = VARIANTS[name]
    (article,) = read_articles(write("a.txt", content)).to_dict("records")
    assert [article[key] for key in ("title", "outlet", "date", "byline")] == fields
    assert article["text"] == f"{fields[0]}\n\n{body}"
