"""Ledgers and sheets, one or a folder of them, read back as one frame."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from ..losses import first_of, warn
from .ledger import COLUMNS, rows_of
from .sheets import facts_of, is_sheet, read_workbook

ANSWERS = {
    "drawn": {"one coder", "two coders"},
    "article": {"checked", "checked with names"},
    "quote": {"quote", "no quote"},
    "mention": {"actor"},
}
SPEAKER_TYPES = "person;organisation;place;document;unnamed person;unnamed group;none".split(";")
_SPANS = re.compile(r"(\d+ ?(\.\.|-) ?\d+ ?;? ?)*")
Row = dict[str, str]


def read_checks(path: str | Path) -> pd.DataFrame:
    """One row per thing that a person said of a text, from a ledger, a filled sheet, or a folder of both.

    Where a coder speaks of the same thing twice, the later line counts; what was undone is left out.

    Args:
        path: a .csv or .xlsx file, or a folder of them, which are read in the order of their names.

    Returns:
        The columns of the ledger without time and complete; spans as in the tables, probability and of as
        numbers. What could not be understood is named by file and line in a warning and in attrs["problems"].

    Raises:
        FileNotFoundError: nothing is there.

    Limitation: a ledger may be edited in a spreadsheet, which must keep its columns' names.
    """
    path = Path(path)
    files = sorted(path.glob("*.csv")) + sorted(path.glob("*.xlsx")) if path.is_dir() else [path]
    if not files:
        raise FileNotFoundError(f"no checks in {path}: no .csv or .xlsx file")
    rows, problems, half = [], [], set()
    for file in files:
        own, wrong = _rows(file)
        problems += wrong
        for row in (
            dict.fromkeys(COLUMNS, "") | row | {"coder": row.get("coder") or file.stem} for row in own
        ):
            if problem := _problem(row):
                problems.append(f"{row['line']}: {problem}")
                half.add((row["coder"], row["text_hash"]))
            else:
                rows.append(row)
    for row in rows:
        if row["about"] == "article" and (row["coder"], row["text_hash"]) in half:
            problems.append(
                f"{row['line']}: does not count as read as a whole: a line about it is not understood"
            )
            row["answer"] = "undone"
    facts = facts_frame(_latest(rows))
    facts.attrs["problems"] = problems
    if problems:
        warn(f"not understood in the checks: {len(problems)} ({first_of(problems)})")
    return facts


def _rows(file: Path) -> tuple[list[Row], list[str]]:
    if file.suffix.lower() == ".xlsx":
        rows, problems = read_workbook(file), []
    else:
        rows, problems = rows_of(file.read_bytes(), name=file.name)
    if rows and is_sheet(rows[0]):
        rows, wrong = facts_of(rows)
        return rows, problems + wrong
    return rows, problems


def _problem(row: Row) -> str:
    """Why a row says nothing, if so."""
    known = ANSWERS.get(row["about"])
    if known is None:
        return f"about is {row['about']!r}; it can be {', '.join(ANSWERS)}"
    if row["answer"] not in known | {"undone"}:
        return f"answer is {row['answer']!r}; of {row['about']} it can be {', '.join(sorted(known))}, undone"
    if not row["text_hash"]:
        return "text_hash is missing: of which text?"
    for name in ("was", "spans", "speaker_spans"):
        if not _SPANS.fullmatch(row[name]):
            return f"{name} is {row[name]!r}; offsets look like 120..180;190..220"
    if row["about"] in ("quote", "mention") and not (row["was"] or row["spans"] or row["words"]):
        return "neither spans nor words"
    if row["speaker_type"] not in ("", *SPEAKER_TYPES):
        return f"speaker_type is {row['speaker_type']!r}; it can be {', '.join(SPEAKER_TYPES)}"
    if row["about"] == "drawn" and _number(row["probability"]) is None:
        return f"probability is {row['probability']!r}: no number"
    return ""


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None


def _latest(rows: list[Row]) -> Iterator[Row]:
    """What each coder said last of each thing."""
    said: dict[tuple[str, ...], Row] = {}
    for row in rows:
        said.pop(key := key_of(row), None)  # so that the order is that of the last word
        said[key] = row
    return (row for row in said.values() if row["answer"] != "undone")


def key_of(row: Row) -> tuple[str, ...]:
    """Of what a line speaks, and who: of lines with the same key the last one counts."""
    place = row["was"] or row["spans"] or row["words"]
    return row["coder"], row["text_hash"], row["about"], place.replace("..", "-").replace(" ", "")


def facts_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """Lines of a ledger as read_checks gives them."""
    names = [name for name in COLUMNS if name not in ("time", "complete")]
    table = pd.DataFrame(list(rows), columns=[*names, "line"], dtype="str").fillna("")
    for name in ("was", "spans", "speaker_spans"):
        table[name] = table[name].str.replace("..", "-", regex=False).str.replace(" ", "", regex=False)
    for name in ("probability", "of"):
        table[name] = [_number(cell) for cell in table[name]]
        table[name] = table[name].astype("float64")
    return table
