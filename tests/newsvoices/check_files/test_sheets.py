import csv
import warnings

import pytest

from newsvoices import check_sheet, draw_sample, read_checks
from newsvoices.checks.apply import apply_checks


def filled(file, answers, *, kind="csv"):
    """Fills in a sheet: for each row number (after the header), the cells by column."""
    if kind == "csv":
        rows = list(csv.reader(file.open(encoding="utf-8-sig", newline="")))
        for number, cells in answers.items():
            for column, value in cells.items():
                rows[number][rows[0].index(column)] = value
        with file.open("w", encoding="cp1252", newline="") as out:  # as a spreadsheet saves it
            csv.writer(out, delimiter=";").writerows(rows)
        return
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(file)
    header = [cell.value for cell in book["checks"][1]]
    for number, cells in answers.items():
        for column, value in cells.items():
            book["checks"].cell(number + 1, header.index(column) + 1).value = value
    book.save(file)


ANSWERS = {
    1: {"right?": "yes"},  # the article, read as a whole
    2: {"right?": "x"},
    3: {"right?": "no quote"},
    4: {"speaker is": "Ilse Maren", "actor is": "Ilse Maren"},
    5: {"all its words": "the road was gone", "speaker is": "A driver", "type is": "Unnamed person"},
}


@pytest.fixture
def sheet(three_quotes, tmp_path):
    def make(kind="csv", **how):
        if kind == "xlsx":
            pytest.importorskip("openpyxl")
        return check_sheet(
            three_quotes, sample=draw_sample(three_quotes, n=1, seed=1), file=tmp_path / f"edda.{kind}", **how
        )

    return make


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_filled_sheet_says_what_its_coder_found(sheet, three_quotes, kind):
    filled(file := sheet(kind), ANSWERS, kind=kind)
    facts = read_checks(file)
    assert facts["about"].tolist() == ["quote", "quote", "quote", "quote", "drawn", "article"]
    assert set(facts["coder"]) == {"edda"}
    assert facts.loc[4, ["probability", "of", "stratum"]].tolist() == [1, 1, "outlet: The Morast Courier"]
    found = apply_checks(three_quotes, facts)
    assert found.quotes[["text", "actor", "checked"]].to_numpy().tolist() == [
        ["The bridge is safe,", "Ilse Maren", "right"],
        ["the road was gone", "", "added"],
        ["Lies,", "Ilse Maren", "corrected"],
    ]
    assert found.quotes["speaker_type"].tolist() == ["person", "unnamed person", "person"]


def test_nobody_speaks_where_the_coder_says_so(sheet, three_quotes):
    filled(file := sheet(), {4: {"speaker is": "nobody"}})
    row = apply_checks(three_quotes, file).quotes.iloc[2]
    assert (row["speaker"], row["speaker_type"], row["actor"], row["checked"]) == (
        "",
        "none",
        "",
        "corrected",
    )


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            {1: {"right?": "yes"}, 2: {"right?": "yes"}},
            "line 2: not read as a whole: 2 rows have no answer, first edda.csv, line 4",
        ),
        ({2: {"right?": "perhaps"}}, "line 3: right. is 'perhaps'"),
        ({2: {"right?": "no", "speaker is": "Vasht"}}, "line 3: no quote, and yet"),
        ({5: {"speaker is": "Vasht"}}, "line 6: a missed quote needs all its words"),
        ({2: {"type is": "robot"}}, "line 3: speaker_type is 'robot'"),
    ],
)
def test_what_a_sheet_leaves_open_is_named_by_its_line(sheet, answers, message):
    filled(file := sheet(), answers)
    with pytest.warns(match=message):
        facts = read_checks(file)
    assert "article" not in set(facts["about"])


def test_an_article_with_a_row_that_is_not_understood_does_not_count_as_read(sheet):
    filled(file := sheet(), ANSWERS | {2: {"type is": "robot"}})
    with pytest.warns(match="line 3: speaker_type is 'robot'.*line 2: does not count as read as a whole"):
        facts = read_checks(file)
    assert sorted(set(facts["about"])) == ["drawn", "quote"]


def test_an_untouched_sheet_says_nothing_but_what_was_drawn(sheet):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_checks(sheet())["about"].tolist() == ["drawn"]


def test_a_blind_sheet_shows_none_of_the_pipelines_quotes(sheet):
    rows = list(csv.DictReader(sheet(blind=True, blank=9).open(encoding="utf-8-sig", newline="")))
    assert [row["row"] for row in rows] == ["article"] + 9 * ["missed"]


def test_a_sheet_is_never_written_over(sheet):
    for kind in ("csv", "xlsx"):
        file = sheet(kind)
        before = file.read_bytes()
        with pytest.raises(FileExistsError):
            sheet(kind)
        assert file.read_bytes() == before


def test_a_workbook_has_the_texts_to_read(sheet, three_quotes):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(sheet("xlsx"))
    text = "\n".join(row[1] or "" for row in book["articles"].iter_rows(values_only=True))
    assert text == three_quotes.articles.loc[0, "text"]
