"""Ids that are taken and texts that stand there already."""

from collections import Counter
from hashlib import blake2b

from ..losses import Report
from .fields import Fields


def with_unique_ids(rows: list[Fields], report: Report) -> list[Fields]:
    """The same rows; an id that is taken already gets -2, -3, … behind it."""
    taken: set[str] = set()
    times: Counter[str] = Counter()
    renamed = []
    for row in rows:
        article_id = given = row["article_id"]
        while article_id in taken:
            times[given] += 1
            article_id = f"{given}-{times[given] + 1}"
        if article_id != given:
            report.note(row["source_file"], f"article_id {given} is taken: now {article_id}")
        taken.add(article_id)
        renamed.append({**row, "article_id": article_id})
    return renamed


def without_repeats(rows: list[Fields], report: Report) -> list[Fields]:
    """The rows without texts that stand there already; a wire copy in another named outlet is none."""
    first: dict[bytes, dict[str, str]] = {}
    kept = []
    for row in rows:
        by_outlet = first.setdefault(_digest(row["text"]), {})
        outlet = row["outlet"]
        anybody = next(iter(by_outlet.values()), None)
        twin = by_outlet.get(outlet) or by_outlet.get("") or (None if outlet else anybody)
        if twin:
            report.skip(row["source_file"], f"same text as {twin}")
        else:
            by_outlet[outlet] = row["article_id"]
            kept.append(row)
    return kept


def _digest(text: str) -> bytes:
    """The same for texts that differ in white space only; much smaller than they are."""
    return blake2b(" ".join(text.split()).encode(), digest_size=16).digest()
