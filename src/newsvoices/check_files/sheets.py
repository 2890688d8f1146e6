"""Sheets to check articles in without a widget: a row for each quote, and blank ones for missed quotes."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ..extras import needs
from ..files.saving import escape_formula, unescape_formula
from ..schema import Tables
from .ledger import hash_of, one_line, quote_columns

FILLED = {
    "right?": "yes, or no quote; of an article: yes when all of it was read",
    "all its words": "of a missed quote, or of one whose bounds are wrong",
    "speaker is": "as it stands in the text; nobody where none is named",
    "type is": "person, organisation, place, document, unnamed person, unnamed group, none",
    "actor is": "the speaker's full name",
}
"""What a coder fills in; a row that is right takes one letter."""
_SHOWN = ["row", "article_id", "words", "kind", "speaker", "speaker_type", "actor"]
_KEPT = ["coder", "text_hash", "spans", "cue", "speaker_spans", "stratum", "probability", "of", "coders"]
_YES, _NO = {"yes", "y", "x", "1", "right", "true", "✓"}, {"no quote", "no", "n", "0", "wrong", "false"}
_NOBODY = {"nobody", "none", "-"}
_LONGEST = 32_000  # characters that a spreadsheet's cell holds
Row = dict[str, str]


def check_sheet(
    tables: Tables,
    *,
    sample: pd.DataFrame,
    file: str | Path,
    coder: str = "",
    blank: int = 5,
    blind: bool = False,
) -> Path:
    """Writes a sheet in which a person checks the articles of a sample; read_checks reads it back.

    A row for each article, for each of its quotes as the pipeline found them, and blank rows for what it missed.
    An .xlsx file has the articles' texts in a second sheet.

    Args:
        tables: as analyse gives them.
        sample: from draw_sample.
        file: an .xlsx or .csv file.
        coder: who will fill it in; the file's name by default.
        blank: blank rows an article.
        blind: without the pipeline's quotes, for a second coder.

    Raises:
        ValueError: an article of the sample is not in the tables, or another kind of file.
        FileExistsError: the file is there; it may hold somebody's work.
        ModuleNotFoundError: .xlsx without openpyxl; the message says how to install it.
    """
    file = Path(file)
    if file.suffix.lower() not in (".csv", ".xlsx"):
        raise ValueError(f"{file.name}: a sheet is an .xlsx or a .csv file")
    articles = sampled(tables, sample).set_index("article_id")
    columns = [*_SHOWN, *FILLED, *_KEPT]
    rows = [[row.get(name, "") for name in columns] for row in _rows(tables, sample, coder, blank, blind)]
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix.lower() == ".xlsx":
        _write_workbook(file, [columns, *rows], articles["text"])
    else:
        with file.open("x", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([columns, *rows])
    return file


def sampled(tables: Tables, sample: pd.DataFrame) -> pd.DataFrame:
    """The articles of a sample, in its order.

    Raises:
        ValueError: one of them is not in the tables.
    """
    if lacking := sorted({*sample["article_id"]} - {*tables.articles["article_id"]}):
        raise ValueError(f"articles of the sample that are not in the tables: {', '.join(lacking[:3])}")
    return tables.articles.set_index("article_id").loc[sample["article_id"]].reset_index()


def _rows(tables: Tables, sample: pd.DataFrame, coder: str, blank: int, blind: bool) -> Iterator[Row]:
    texts = tables.articles.set_index("article_id")["text"]
    quotes = {name: own.to_dict("records") for name, own in tables.quotes.groupby("article_id")}
    for drawn in sample.to_dict("records"):
        text = texts[drawn["article_id"]]
        known = {name: drawn[name] for name in ("article_id", "stratum", "probability", "of", "coders")}
        known |= {"coder": coder, "text_hash": hash_of(text)}
        yield known | {"row": "article", "words": one_line(text[:80])}
        for quote in [] if blind else quotes.get(drawn["article_id"], []):
            yield known | {"row": "quote"} | quote_columns(quote)
        for _ in range(blank):
            yield known | {"row": "missed"}


def _write_workbook(file: Path, rows: list[list], texts: pd.Series) -> None:
    needs("openpyxl", extra="files")
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    checks, articles, how = book.active, book.create_sheet("articles"), book.create_sheet("how")
    checks.title = "checks"
    paragraphs = [
        [article_id, paragraph[at : at + _LONGEST]]
        for article_id, text in texts.items()
        for paragraph in text.split("\n")
        for at in range(0, max(len(paragraph), 1), _LONGEST)
    ]
    for sheet, table in ((checks, rows), (articles, paragraphs), (how, FILLED.items())):
        for row in table:
            sheet.append(
                [ILLEGAL_CHARACTERS_RE.sub("", escape_formula(one_line(cell))[:_LONGEST]) for cell in row]
            )
    for column in checks.iter_cols():
        name, place = column[0].value, checks.column_dimensions[column[0].column_letter]
        place.width, place.hidden = 60 if name in ("words", "all its words") else 16, name in _KEPT
        for cell in column:
            cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(bold=cell.row == 1)
    checks.freeze_panes, articles.column_dimensions["B"].width = "A2", 120
    if file.exists():
        raise FileExistsError(f"{file} is there already; it may hold somebody's work")
    book.save(file)


def read_workbook(file: Path) -> list[Row]:
    """The rows of a workbook's first sheet, each cell as text."""
    needs("openpyxl", extra="files")
    from openpyxl import load_workbook

    table = load_workbook(file, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True)
    header = [_text(cell) for cell in next(table, ())]
    rows = (dict(zip(header, map(_text, cells), strict=False)) for cells in table)
    return [row | {"line": f"{file.name}, row {at}"} for at, row in enumerate(rows, 2) if any(row.values())]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip()
    return unescape_formula(text)


def is_sheet(row: Row) -> bool:
    """Whether a row is one of check_sheet's, not the ledger's."""
    return "right?" in row


def facts_of(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """What a filled sheet says, in the ledger's columns, and by row what cannot be understood."""
    facts, problems, articles, unanswered = [], [], [], {}
    for row in (dict.fromkeys((*_SHOWN, *FILLED, *_KEPT), "") | row for row in rows):
        if row["row"] == "article":
            articles.append(row)
            continue
        fact, problem = _quote_verdict(row)
        facts += [fact] if fact else []
        problems += [f"{row['line']}: {problem}"] if problem else []
        if problem or (row["row"] == "quote" and not fact):
            unanswered.setdefault(row["text_hash"], []).append(row["line"])
    for row in articles:
        if row["probability"]:
            coders = "two coders" if row["coders"] == "2" else "one coder"
            drawn = {name: row[name] for name in ("stratum", "probability", "of")}
            facts.append(_fact(row, "drawn", coders, **drawn))
        if lines := unanswered.get(row["text_hash"], []) if row["right?"] else ():
            problems.append(
                f"{row['line']}: not read as a whole: {len(lines)} rows have no answer, first {lines[0]}"
            )
        elif row["right?"].lower() in _YES:
            facts.append(_fact(row, "article", "checked"))
        elif row["right?"]:
            problems.append(f"{row['line']}: right? is {row['right?']!r}; of an article it can be yes")
    return facts, problems


def _quote_verdict(row: Row) -> tuple[Row | None, str]:
    """What the row of a quote says, if anything, and what is wrong with it."""
    said, filled = row["right?"].lower(), any(row[name] for name in list(FILLED)[1:])
    if row["row"] not in ("quote", "missed"):
        return None, f"row is {row['row']!r}; it can be article, quote, missed"
    if said not in _YES | _NO | {""}:
        return None, f"right? is {row['right?']!r}; it can be yes or no quote"
    if said in _NO:
        at = {"spans": row["spans"], "words": row["words"]}
        return (
            (None, "no quote, and yet it is told what it is")
            if filled
            else (_fact(row, "quote", "no quote", **at), "")
        )
    if row["row"] == "missed" and (said or filled) and not row["all its words"]:
        return None, "a missed quote needs all its words"
    return (_corrected(row) if said or filled else None), ""


def _fact(row: Row, about: str, answer: str, **said: str) -> Row:
    known = {name: row[name] for name in ("coder", "article_id", "text_hash", "line")}
    return known | {"about": about, "answer": answer} | said


def _corrected(row: Row) -> Row:
    """A quote as the sheet shows it, with what the coder says otherwise."""
    names = ("spans", "words", "kind", "cue", "speaker", "speaker_spans", "speaker_type")
    said = {name: row[name] for name in names} | {"actor": row["actor is"]}
    if row["all its words"]:
        said |= {"was": row["spans"], "spans": "", "words": row["all its words"], "kind": ""}
    if row["speaker is"].lower() in _NOBODY:
        said |= {"speaker": "", "speaker_spans": "", "speaker_type": "none"}
    elif row["speaker is"]:
        said |= {"speaker": row["speaker is"], "speaker_spans": "", "speaker_type": ""}
    return _fact(
        row, "quote", "quote", **said | ({"speaker_type": row["type is"].lower()} if row["type is"] else {})
    )
