"""The dates of many rows, each read with those of its table."""

from ...losses import Report
from ..fields import Fields
from .dates import iso_dates


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
