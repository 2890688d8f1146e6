import gzip
import json
import sqlite3
import zipfile

import export_layouts as exports
import pandas as pd
import pytest

from newsvoices import LossWarning, read_articles

ROWS = [
    {"id": "7", "text": "Talks resume, said Edda Marlow.", "outlet": "Courier", "date": "2024-03-04"},
    {"id": "8", "text": "Harvest fails, said Ilse Maren.", "outlet": "Post", "date": "2024-03-05"},
]
CSV = "id,text,outlet,date\n" + "".join(f'{r["id"]},"{r["text"]}",{r["outlet"]},{r["date"]}\n' for r in ROWS)


def sheet(kind):
    """A spreadsheet by hand: .xlsx or .ods."""
    rows = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    if kind == "ods":
        space = (
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        )
        cells = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
                for c in row
            )
            + "</table:table-row>"
            for row in rows
        )
        content = (
            f"<office:document-content {space}><office:body><office:spreadsheet>"
            f'<table:table table:name="Articles">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        return exports.zipped(
            {
                "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": content,
            }
        )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    cells = "".join(
        f'<row r="{i}">'
        + "".join(f'<c r="{"ABCD"[j]}{i}" t="inlineStr"><is><t>{c}</t></is></c>' for j, c in enumerate(row))
        + "</row>"
        for i, row in enumerate(rows, start=1)
    )
    types = "http://schemas.openxmlformats.org/package/2006"
    return exports.zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{types}/relationships"><Relationship Id="r1" Type="{links}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="Articles" sheetId="1" '
            'r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{types}/relationships"><Relationship Id="r1" '
            f'Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )


def stored(path, method):
    getattr(pd.DataFrame(ROWS), method)(path)
    return path


def database(path):
    with sqlite3.connect(path) as connection:
        pd.DataFrame(ROWS).to_sql("articles", connection, index=False)
        pd.DataFrame({"name": ["a"]}).to_sql("about", connection, index=False)
    return path


FORMATS = {
    "a.csv": lambda path: path.write_text(CSV),
    "a.tsv": lambda path: path.write_text(CSV.replace(", said", " said").replace(",", "\t").replace(" said", ", said")),
    "sep.csv": lambda path: path.write_text("sep=;\n" + CSV.replace(", said", " said").replace(",", ";").replace(" said", ", said")),
    "a.json": lambda path: path.write_text(json.dumps(ROWS)),
    "lines-of-an-array.jsonl": lambda path: path.write_text(json.dumps(ROWS, indent=1)),
    "a.ndjson": lambda path: path.write_text("\n".join(map(json.dumps, ROWS))),
    "by-id.json": lambda path: path.write_text(json.dumps({row["id"]: row for row in ROWS})),
    "by-column.json": lambda path: pd.DataFrame(ROWS).to_json(path),
    "envelope.json": lambda path: path.write_text(json.dumps({"status": "ok", "response": {"results": ROWS}}, indent=2)),
    "a.xlsx": lambda path: path.write_bytes(sheet("xlsx")),
    "a.ods": lambda path: path.write_bytes(sheet("ods")),
    "a.parquet": lambda path: stored(path, "to_parquet"),
    "a.feather": lambda path: stored(path, "to_feather"),
    "a.sqlite": database,
    "a.csv.gz": lambda path: path.write_bytes(gzip.compress(CSV.encode())),
    "a.zip": lambda path: path.write_bytes(exports.zipped({"in/a.csv": CSV, "__MACOSX/._a.csv": "x", "README.txt": "x"})),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:left out")
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_from_every_format(folder, name):
    FORMATS[name](folder / name)
    articles = read_articles(folder / name)
    assert articles[["article_id", "text", "outlet", "date"]].to_numpy().tolist() == [
        [row["id"], row["text"], row["outlet"], row["date"]] for row in ROWS
    ]


EXPORTS = {
    "NewsAPI": {"source": {"id": None, "name": "Courier"}, "author": "E. Marlow", "title": "Talks", "content": "X.", "publishedAt": "2024-03-04T10:00:00Z", "url": "https://c.example/a"},
    "Guardian": {"webTitle": "Talks", "webPublicationDate": "2024-03-04T10:00:00Z", "webUrl": "https://c.example/a", "fields": {"body": "<p>X.</p><p>Y</p>", "bodyText": "X.", "byline": "E. Marlow"}, "publication": "Courier"},
    "trafilatura": {"title": "Talks", "author": "E. Marlow", "hostname": "c.example", "date": "2024-03-04", "text": "X.", "source": "https://c.example/a", "source-hostname": "Courier"},
    "newspaper4k": {"title": "Talks", "authors": "['E. Marlow']", "publish_date": "2024-03-04 00:00:00", "text": "X.", "url": "https://c.example/a", "source_url": "https://c.example", "outlet": "Courier"},
    "news-please": {"title": "Talks", "authors": ["E. Marlow"], "date_publish": "2024-03-04 10:00:00", "maintext": "X.", "url": "https://c.example/a", "source_domain": "c.example", "outlet": "Courier"},
    "fundus": {"title": "Talks", "authors": ["E. Marlow"], "publishing_date": "2024-03-04T10:00:00+00:00", "body": {"summary": [], "sections": [{"headline": [], "paragraphs": ["X."]}]}, "url": "https://c.example/a", "publisher": "Courier"},
    "AmCAT": {"title": "Talks", "author": "E. Marlow", "date": "2024-03-04T00:00:00", "text": "X.", "medium": "Courier", "url": "https://c.example/a"},
    "LexisNexisTools": {"ID": 1, "Source_File": "a.docx", "Newspaper": "Courier", "Date": "2024-03-04", "Author": "E. Marlow", "Headline": "Talks", "Article": "X.", "url": "https://c.example/a"},
}  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_known_exports_by_their_columns(write, name):
    article = read_articles(write("a.json", json.dumps([EXPORTS[name]]))).loc[0]
    assert article[["text", "title", "outlet", "date", "byline", "url"]].tolist() == [
        "X.", "Talks", "Courier", "2024-03-04", "E. Marlow", "https://c.example/a",
    ]  # fmt: skip


def test_a_list_of_addresses_says_that_the_pages_are_needed(write):
    path = write(
        "gdelt.csv", "url,title,seendate,domain\nhttps://c.example/a,Talks,20240304T101500Z,c.example\n"
    )
    with pytest.raises(
        ValueError, match=r"no column of text: found are url, title.*GDELT and Media Cloud.*save their pages"
    ):
        read_articles(path)


def test_headline_lead_and_body_are_one_text_and_the_title_stands_once(write):
    rows = [
        {"headline": "Talks resume", "lead": "In Tresk.", "body": "They met."},
        {"headline": "Rain", "lead": "", "body": "Rain\n\nIt fell."},
        {"headline": "Snow", "lead": "It fell.", "body": "Snow\n\nIt fell."},
    ]
    articles = read_articles(write("a.json", json.dumps(rows)))
    assert articles["text"].tolist() == [
        "Talks resume\n\nIn Tresk.\n\nThey met.",
        "Rain\n\nIt fell.",
        "Snow\n\nIt fell.",
    ]


def test_an_open_quotation_mark_costs_its_row_and_no_other(write):
    rows = [f"{i},Post,Fine it is said number {i}." for i in range(1, 11)]
    rows[2] = '3,Post,"The mill is closed.'
    rows[6] = '7,Post,"It was, ""said"" she,\nnot."'
    with pytest.warns(
        LossWarning, match="left out: 1 of 10 items .a.csv: line 4: a quotation mark is opened"
    ):
        articles = read_articles(write("a.csv", "id,outlet,text\n" + "\n".join(rows) + "\n"))
    assert articles["article_id"].tolist() == [str(i) for i in range(1, 11) if i != 3]
    assert articles.loc[5, "text"] == 'It was, "said" she,\nnot.'


def test_a_line_that_is_no_text_costs_itself_though_a_cell_is_open(write):
    rows = b'id,text\n1,"It rains.\n2,\x01\xff\n3,It snows.\n'
    with pytest.warns(
        LossWarning, match="left out: 2 of 3 items .a.csv: line 2: a quotation mark .* line 3: binary"
    ):
        articles = read_articles(write("a.csv", rows))
    assert articles["article_id"].tolist() == ["3"]


def test_items_of_an_array_are_counted_with_those_that_are_no_objects(write):
    with pytest.warns(
        LossWarning, match="item 1: a int where an object is expected; a.json: item 3: text .text. is missing"
    ):
        articles = read_articles(write("a.json", '[1, {"text": "It rains."}, {"title": "Snow"}]'))
    assert articles["article_id"].tolist() == ["a-2"]


def test_one_nul_costs_one_row_and_columns_of_one_name_are_named(write):
    with pytest.warns(LossWarning, match="columns of one name, Text, text: the first is read"):
        articles = read_articles(write("a.csv", "Text,text\nA,B\n"))
    assert articles["text"].tolist() == ["A"]
    with pytest.warns(LossWarning, match="left out: 1 of 2 items .b.csv: line 2: binary"):
        assert len(read_articles(write("b.csv", "text,outlet\nA\0B,Post\nC,Post\n"))) == 1


def test_json_that_is_nested_too_deeply_or_gives_a_key_twice_is_named(write):
    deep = '{"text": "B.", "author": ' + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}"
    path = write("a.jsonl", f'{{"text": "A."}}\n{deep}\n{{"text": "C.", "text": "D."}}\n')
    with pytest.warns(LossWarning) as caught:
        assert read_articles(path)["text"].tolist() == ["A.", "D."]
    assert "line 2: nested too deeply" in str(caught[0].message)
    assert "line 3: text is given twice; the last is read" in str(caught[1].message)


def test_an_array_that_breaks_off_keeps_what_came_before(write):
    with pytest.warns(LossWarning, match="left out: 1 of 3 items .a.json: no JSON behind item 2"):
        articles = read_articles(write("a.json", json.dumps(ROWS)[:-1] + ', {"text": "Thi'))
    assert len(articles) == 2


def test_texts_that_newsapi_cut_off_are_named(write):
    with pytest.warns(LossWarning, match="1 texts are cut off, as NewsAPI does"):
        read_articles(write("a.json", json.dumps([{"content": "Talks resu… [+2300 chars]"}])))


def test_a_message_about_a_hundred_thousand_columns_is_short(write):
    with pytest.raises(ValueError, match="and 99988 more") as caught:
        read_articles(write("a.csv", ",".join(f"c{i}" for i in range(100_000)) + "\n"))
    assert len(str(caught.value)) < 400


def test_the_zip_in_a_folder_names_no_outlet_but_its_folders_do(write, folder):
    write("news.zip", exports.zipped({"Post/a.txt": "It rains.", "Echo/b.txt": "It snows."}))
    write("Courier/c.txt", "It thaws.")
    articles = read_articles(folder)
    assert articles[["source_file", "outlet"]].to_numpy().tolist() == [
        ["Courier/c.txt", "Courier"],
        ["news.zip/Echo/b.txt", "Echo"],
        ["news.zip/Post/a.txt", "Post"],
    ]
    assert zipfile.is_zipfile(folder / "news.zip")


def test_html_in_a_cell_is_read_as_its_text_and_noted(write):
    with pytest.warns(LossWarning, match="1 texts are HTML: read as the text they show"):
        articles = read_articles(write("a.json", json.dumps([{"body": "<p>It rains.</p><p>It snows.</p>"}])))
    assert articles["text"].tolist() == ["It rains.\n\nIt snows."]
