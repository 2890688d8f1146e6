"""Tables to files, whole or not at all."""

import csv
import dataclasses
from pathlib import Path

import pandas as pd

from ..schema import Tables


def save_tables(tables: Tables, *, folder: str | Path) -> list[Path]:
    """Writes every table as a CSV file into ``folder``, which is made if it is not there.

    The files are written under other names first and then renamed, so that a run that is broken off leaves
    the old files as they were. UTF-8, a header, text in quotation marks.

    Spreadsheets take a cell that begins with = + - @, a tab or a carriage return for a formula, and an
    article is a stranger's text: in columns of text such a cell gets an apostrophe in front. Take it off
    again before you use offsets into that text. Columns of numbers are left as they are.

    Returns:
        The files' paths, in the order of the tables.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    try:
        for table in dataclasses.fields(tables):
            part = folder / f".{table.name}.csv.part"
            files[part] = folder / f"{table.name}.csv"
            without_formulas(getattr(tables, table.name)).to_csv(
                part, index=False, encoding="utf-8", lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC
            )
        for part, file in files.items():
            part.replace(file)
    finally:
        for part in files:
            part.unlink(missing_ok=True)
    return list(files.values())


def without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before each text that a spreadsheet would take for a formula."""
    text = table.select_dtypes("str").columns
    return table.assign(
        **{name: table[name].str.replace(r"^(?=[=+\-@\t\r])", "'", regex=True) for name in text}
    )
