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
