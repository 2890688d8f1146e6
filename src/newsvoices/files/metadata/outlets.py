"""Outlets: which folder or file names one, and names that look like spellings of one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ...losses import Report, first_of
from ..fields import Fields
from ..sources.source import Source

_NO_OUTLETS = frozenset(
    "article articles data dataset text texts txt corpus corpora news raw file files export exports input inputs "
    "download downloads html pages docs documents csv json train test sample samples archive archives".split()
)
_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_ ]?\d*|q[1-4]|week[-_ ]?\d+", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|le|la|les|l['’]|der|die|das|el|los|il|lo|de|het)\s+", re.IGNORECASE)
_SUFFIX = re.compile(
    r"\s*[(\[][^)\]]*[)\]]\s*$|[,;–—-]\s.*$|\.(?:com|co\.uk|org|net|de|fr|ie)$", re.IGNORECASE
)


def name_outlets(
    rows: list[Fields],
    sources: Sequence[Source],
    *,
    report: Report,
    tables: set[str],
    same: Mapping[str, str],
    outlet_from: int | str | None,
) -> None:
    """Sets each row's outlet: what the file says, else what its folders or, for several tables, its name says."""
    by_name = {source.name: source for source in sources}
    from_name: set[str] = set()
    for row in rows:
        source = by_name[row["source_file"]]
        found = of_folders(source, outlet_from)
        if outlet_from is None and not found and source.name in tables and len(tables) > 1:
            found = source.stem if any(map(str.isalpha, source.stem)) else ""
            if found and not row.get("outlet"):
                from_name.add(source.name)
        said = row.get("outlet", "")
        row["outlet"] = joined(said or found if outlet_from is None else found or said, same)
    for name in sorted(from_name):
        report.note(name, "no column says the outlet: the file's name is taken for it")
    if outlet_from is None:
        note_single_folder(sources, report)
    note_look_alikes((row["outlet"] for row in rows), report)


def of_folders(source: Source, outlet_from: int | str | None) -> str:
    """The outlet that a source's folders name; "" if none does.

    Args:
        source: the file.
        outlet_from: 1 for the uppermost folder, 2 for the one below it, …, "file" for the file's name; None for
            the first that is no year, no month and no word such as “articles”.
    """
    if outlet_from == "file":
        return source.stem
    if outlet_from is not None:
        level = int(outlet_from)
        return source.folders[level - 1] if 0 < level <= len(source.folders) else ""
    names = (name for name in source.folders if not name.lower().endswith(".zip"))
    return next((name for name in names if _may_name_an_outlet(name)), "")


def _may_name_an_outlet(name: str) -> bool:
    return any(map(str.isalpha, name)) and name.lower() not in _NO_OUTLETS and not _MONTH.fullmatch(name)


def note_single_folder(sources: Sequence[Source], report: Report) -> None:
    """Says so where all folders name one outlet and those below it would name several."""
    deep = [source.folders for source in sources if len(source.folders) > 1]
    if len(deep) < len(sources) or len({folders[0] for folders in deep}) != 1:
        return
    below = sorted({folders[1] for folders in deep if _may_name_an_outlet(folders[1])})
    if _may_name_an_outlet(deep[0][0]) and len(below) > 1:
        report.note(
            deep[0][0],
            f"taken for the outlet of all articles; outlet_from=2 takes the folders below it ({first_of(below)})",
        )


def note_look_alikes(outlets: Iterable[str], report: Report) -> None:
    """One note for each group of names that differ in case, blanks, article or suffix only."""
    groups: dict[str, Counter] = {}
    for outlet in filter(None, outlets):
        groups.setdefault(_plain(outlet), Counter())[outlet] += 1
    for names in groups.values():
        if len(names) > 1:
            (most, _), *others = names.most_common()
            listed = ", ".join(f"“{name}” ({n})" for name, n in names.most_common(4))
            report.note(
                most,
                f"looks like one outlet in {len(names)} spellings: {listed}. If so, join them: "
                f"outlets={{{others[0][0]!r}: {most!r}}}, or a file outlets.csv (columns spelling, outlet)",
            )


def _plain(outlet: str) -> str:
    name = " ".join(outlet.casefold().split())
    for pattern in (_SUFFIX, _ARTICLE):
        name = pattern.sub("", name) or name
    return re.sub(r"\W+", "", name)


def joined(outlet: str, same: Mapping[str, str]) -> str:
    """The outlet that a spelling stands for."""
    return same.get(outlet, same.get(" ".join(outlet.split()), outlet))
