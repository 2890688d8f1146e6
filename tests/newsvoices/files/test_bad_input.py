import gzip
import io
import os
import random
import zipfile

import export_layouts as exports
import pytest
from test_tables import sheet
from test_web import PAGE, warc

from newsvoices import read_articles

pytestmark = pytest.mark.filterwarnings("ignore:left out", "ignore:guessed")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
_SUFFIXES = ".txt .csv .tsv .jsonl .json .html .mhtml .eml .warc .xml .docx .odt .rtf .pdf .xlsx .ods .parquet .feather .sqlite .zip .gz"


def bomb(name):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(160):
            member.write(b"\0" * (1 << 20))
    return stream.getvalue()


def torn(data):
    """A zip whose list of contents says that the first member lies before the file's beginning."""
    at = data.find(b"PK\5\6") + 16  # where the list begins
    return (
        data[:at] + (int.from_bytes(data[at : at + 4], "little") + 99).to_bytes(4, "little") + data[at + 4 :]
    )


def workbook():
    with zipfile.ZipFile(io.BytesIO(sheet("xlsx"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def locked():
    data = bytearray(exports.zipped({"a.txt": "It rains."}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


CASES = {
    "cut.docx": (lambda: exports.docx(["It rains."] * 50)[:150], "unreadable"),
    "cut.zip": (lambda: exports.zipped({"a.txt": "It rains."})[:60], "unreadable: a zip that is cut off"),
    "cut.csv.gz": (lambda: gzip.compress(b"text\nIt rains.\n")[:20], "unreadable: cut off or damaged"),
    "bomb.docx": (lambda: bomb("word/document.xml"), "a zip bomb: "),
    "bomb.xlsx": (lambda: bomb("xl/workbook.xml"), "a zip bomb: "),
    "bomb.zip": (lambda: bomb("a.txt"), "a zip bomb: "),
    "bomb.txt.gz": (lambda: gzip.compress(b"a" * (160 << 20), 9), "a zip bomb: "),
    "locked.zip": (locked, "protected by a password"),
    "locked.docx": (lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "old.doc": (lambda: _OLE + b"\0" * 900, "an old Office file"),
    "laughs.xml": (lambda: f'<!DOCTYPE n [<!ENTITY l0 "ha">{_LAUGHS}]><nitf><p>&l9;</p></nitf>'.encode(), "no well-formed XML: "),
    "outside.xml": (
        lambda: b'<!DOCTYPE n [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><p>&x;</p></nitf>',
        "an XML document with entities of its own",
    ),
    "other.xml": (lambda: b"<?xml version='1.0'?><catalogue><plant/></catalogue>", "XML whose root is <catalogue> is not read"),
    "scan.pdf": (lambda: exports.pdf([[]]), "no text in this PDF"),
    "no-files.zip": (lambda: exports.zipped({"__MACOSX/._a.txt": "x"}), "a zip without a file to read"),
    "torn.odt": (lambda: torn(exports.odt(["It rains."])), "unreadable: cut off or damaged"),
    "sheet-cut.xlsx": (lambda: exports.zipped(workbook() | {"xl/worksheets/sheet1.xml": "<worksheet><she"}), "unreadable: damaged"),
    "sheet-lost.xlsx": (lambda: exports.zipped({k: v for k, v in workbook().items() if "sheet1" not in k}), "unreadable: damaged"),
    "nowhere.warc": (lambda: warc(PAGE).replace(b"WARC-Target-URI", b"WARC-Target"), "unreadable: damaged"),
    "nested.zip": (lambda: exports.zipped({"b.zip": exports.zipped({"a.txt": "x"})}), "a zip inside a zip"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_bad_input_costs_one_line_of_the_report(write, name):
    make, expected = CASES[name]
    articles = read_articles(write(name, make()))
    (item,) = articles.attrs["skipped"]
    assert len(articles) == 0
    assert item["reason"].startswith(expected)
    assert len(item["reason"]) < 200


@pytest.mark.parametrize("suffix", _SUFFIXES.split())
def test_an_empty_file_is_named(write, suffix):
    assert [item["reason"] for item in read_articles(write(f"a{suffix}", b"")).attrs["skipped"]] == ["empty"]


@pytest.mark.parametrize("suffix", _SUFFIXES.split())
def test_rubbish_under_any_name_is_an_article_a_line_or_a_clear_error(write, suffix):
    rubbish = random.Random(7)
    good = [
        exports.docx(["It rains."]),
        exports.rtf(["It rains."]),
        exports.nexis_page().encode(),
        b'[{"text": "A"}]',
    ]
    for trial in range(12):
        data = bytearray(rubbish.choice([*good, rubbish.randbytes(500)]))
        for _ in range(20):
            data[rubbish.randrange(len(data))] = rubbish.randrange(256)
        path = write(f"a{trial}{suffix}", bytes(data[: rubbish.randrange(1, len(data))]))
        try:
            articles = read_articles(path)
        except ValueError as error:
            assert str(path) in str(error)
            assert len(str(error)) < 600
        else:
            assert len(articles) + len(articles.attrs["skipped"]) > 0


def test_a_member_of_a_zip_that_would_lie_above_it_is_read_like_any_other(write):
    articles = read_articles(write("a.zip", exports.zipped({"../up.txt": "It rains.", ".hidden": "x"})))
    assert articles[["source_file", "text"]].to_numpy().tolist() == [["../up.txt", "It rains."]]


def test_equal_ids_cost_time_that_grows_with_their_number(write):
    articles = read_articles(write("a.csv", "id,text\n" + "".join(f"1,Text {i}.\n" for i in range(20_000))))
    assert articles["article_id"].iloc[-1] == "1-20000"


def test_a_folder_that_cannot_be_opened_is_named(write, folder, monkeypatch):
    write("a.txt", "It rains.")
    write("closed/b.txt", "It snows.")
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    articles = read_articles(folder)
    assert articles.attrs["skipped"] == [
        {"source_file": "closed", "reason": "folder cannot be opened: Permission denied"}
    ]
