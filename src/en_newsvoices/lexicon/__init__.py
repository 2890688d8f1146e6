"""Facts in CSV files, for a user to read and to extend."""

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of lexicon/<name>.csv."""
    with (files("en_newsvoices") / "lexicon" / f"{name}.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list of lexicon/words.csv."""
    return frozenset(row["word"] for row in rows("words") if row["list"] == name)


@cache
def column(name: str, key: str, value: str) -> dict[str, str]:
    """One column of lexicon/<name>.csv by another one, that in small letters."""
    return {row[key].lower(): row[value] for row in rows(name)}
