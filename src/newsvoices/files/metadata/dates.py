"""Days of publication as YYYY-MM-DD: from one value, and from a column whose order only the whole column tells."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files

from ...losses import Report
from ..fields import Fields

_YEAR = r"(?P<year>1[6-9]\d\d|20\d\d)"
_ISO = re.compile(
    rf"(?<![\d.]){_YEAR}(?P<sep>[-_./]?)(?P<month>\d\d)(?P=sep)(?P<day>\d\d)(?=\D|$|\d{{6}}(?!\d)|\d{{4}}(?!\d))"
)
_JAPANESE = re.compile(rf"(?<!\d){_YEAR} ?[年년] ?(?P<month>\d{{1,2}}) ?[月월] ?(?P<day>\d{{1,2}}) ?[日일]")
_LETTERS = r"[^\W\d_]{3,12}"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°|\.)?[ .-]{{0,2}}(?:of |de |d['’]|di )?"
    rf"(?P<month>{_LETTERS})[. ,-]{{0,3}}(?:de |del )?{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_])(?P<month>{_LETTERS})[. -]{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"(?:,? [^\W\d_]{{3,12}})?[,. -]{{1,3}}{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?<![\d.])(?P<first>\d{1,2})(?P<sep>[./-])(?P<second>\d{1,2})(?P=sep)(?P<year>1[6-9]\d\d|20\d\d)(?![\d/])"
)
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?:\d{3})?(?:\.\d*)?")


def iso_date(value: str) -> str:
    """The first day in ``value`` as YYYY-MM-DD, or "" where there is none that can be read in one way only.

    Read are 2024-03-04 (also with a time behind it, 2024/03/04, 20240304101500), 4 March 2024, March 4, 2024,
    4-Mar-2024, 4th of March 2024, and the months' names in the languages of months.csv. Days all in numbers,
    such as 03/04/2024, are not: they mean different days in different countries (see iso_dates).

    >>> iso_date("Monday, 4 March 2024")
    '2024-03-04'
    >>> iso_date("lundi 4 mars 2024, p. 12")
    '2024-03-04'
    """
    for pattern in (_ISO, _JAPANESE, _DAY_FIRST, _MONTH_FIRST):
        for found in pattern.finditer(value):
            month = found["month"]
            number = int(month) if month.isdigit() else _month(month)
            if number and (day := _day(found["year"], number, found["day"])):
                return day
    return ""


def iso_dates(values: Sequence[str], *, day_first: bool | None = None) -> tuple[list[str], str]:
    """Each value's day, and a sentence about the column if its days have two readings and so are not read.

    03/04/2024 is read where another value of the column says which number is the day (a number above 12
    does), or where ``day_first`` does. Seconds and milliseconds since 1970 are read where all values of the
    column are such numbers.

    >>> iso_dates(["15/01/2018", "03/04/2018"])
    (['2018-01-15', '2018-04-03'], '')
    >>> iso_dates(["03/04/2018"])[0]
    ['']
    """
    given = [value for value in values if value.strip()]
    if given and all(_EPOCH.fullmatch(value.strip()) and not iso_date(value) for value in given):
        return [_from_epoch(value.strip()) for value in values], ""
    days = [iso_date(value) for value in values]
    in_numbers = {i: found for i, day in enumerate(days) if not day and (found := _NUMBERS.search(values[i]))}
    orders = {order for found in in_numbers.values() if (order := _order(found)) is not None}
    if day_first is None and len(orders) == 1:
        day_first = next(iter(orders))
    unread = []
    for i, found in in_numbers.items():
        own = _order(found) if found["first"] != found["second"] else True
        if (order := day_first if own is None else own) is None:
            unread.append(found[0])
        else:
            day, month = (found["first"], found["second"])[:: 1 if order else -1]
            days[i] = _day(found["year"], int(month), day)
    if not unread:
        return days, ""
    return days, (
        f"{len(unread)} dates such as {unread[0]} have two readings and are not read; "
        "say day_first=True for day/month/year, day_first=False for month/day/year"
    )


def read_dates(rows: list[Fields], report: Report, day_first: bool | None) -> None:
    """Sets each row's date: the dates of a table are read together, and so are those of all other files."""
    for key in ("date", "file_date"):
        groups: dict[str, list[Fields]] = {}
        for row in rows:
            if row.get(key):
                groups.setdefault(row["column"] if key == "date" else "", []).append(row)
        for group in groups.values():
            days, problem = iso_dates([row[key] for row in group], day_first=day_first)
            if key == "date":
                _note_dates(group, days, problem, report)
            for row, day in zip(group, days, strict=True):
                row[key] = day
    for row in rows:
        row["date"] = row.get("date") or row.pop("file_date", "")


def _note_dates(group: list[Fields], days: list[str], problem: str, report: Report) -> None:
    name = group[0]["source_file"]
    if problem:
        report.note(name, problem)
        return
    unread = [row for row, day in zip(group, days, strict=True) if not day]
    if unread:
        where = f"{unread[0]['where']}: " if unread[0]["where"] else ""
        example = " ".join(unread[0]["date"].split())[:60]
        more = f" (and {len(unread) - 1} more)" if len(unread) > 1 else ""
        report.note(unread[0]["source_file"], f"{where}date not understood: {example}{more}")


def _order(found: re.Match) -> bool | None:
    """Whether the day stands before the month, as a number above 12 says; None if there is none."""
    first, second = int(found["first"]), int(found["second"])
    if first > 12 >= second:
        return True
    return False if second > 12 >= first else None


def _from_epoch(value: str) -> str:
    found = _EPOCH.fullmatch(value)
    return datetime.fromtimestamp(int(found["seconds"]), UTC).date().isoformat() if found else ""


def _day(year: str, month: int, day: str) -> str:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""


def _month(name: str) -> int:
    """The month's number, by its name or the beginning of it (three letters at least); 0 if it is none."""
    names, plain = _month_names(), _plain(name)
    if plain in names:
        return names[plain]
    numbers = {number for known, number in names.items() if known.startswith(plain)}
    return numbers.pop() if len(numbers) == 1 else 0


@cache
def _month_names() -> dict[str, int]:
    lines = files(__package__).joinpath("months.csv").read_text(encoding="utf-8").splitlines()
    names = {_plain(row[str(number)]): number for row in csv.DictReader(lines) for number in range(1, 13)}
    english = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    return names | dict(zip(english, range(1, 13), strict=True)) | {"juil": 7, "mrz": 3}


@cache
def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold().strip("."))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
