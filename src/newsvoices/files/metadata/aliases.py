"""What other people call our columns."""

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """What other people call our columns, best match first (aliases.csv)."""
    lines = files(__package__).joinpath("aliases.csv").read_text(encoding="utf-8").splitlines()
    names: dict[str, list[str]] = {}
    for row in csv.DictReader(lines):
        names.setdefault(row["column"], []).append(row["name"])
    return {column: tuple(found) for column, found in names.items()}


def column_name(name: str) -> str:
    """A column's or key's name as compared: small letters, underscores for blanks, hyphens and humps.

    >>> column_name("webPublicationDate")
    'web_publication_date'
    """
    return re.sub(r"[\s._-]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())).lower().strip("_")


def column_of(name: str) -> str:
    """Which of our columns a name stands for in a table or a front matter beside a text; "" if for none.

    >>> column_of("Publisher"), column_of("Body")
    ('outlet', '')
    """
    return _columns().get(column_name(name), "")


@cache
def _columns() -> dict[str, str]:
    return {
        name: column
        for column, names in aliases().items()
        if column not in ("text", "lead")
        for name in names
    }
