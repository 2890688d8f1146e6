"""Outlets: which folder or file names one, and names that look like spellings of one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from ...losses import Report, first_of
from ..fields import Fields
from ..sources.source import Source

_NO_OUTLETS = frozenset(
    "article articles data dataset text texts txt corpus corpora news raw file files export exports input inputs "
    "download downloads html pages docs documents csv json train test sample samples archive archives politics sport "
    "sports business economy world local opinion culture science health".split()
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
    found = outlets_from_folders(sources, outlet_from, report)
    stems = {source.name: source.stem for source in sources if len(tables) > 1 and source.name in tables}
    from_name: set[str] = set()
    for row in rows:
        name, said = row["source_file"], row.get("outlet", "")
        stem = stems.get(name, "") if outlet_from is None and not said and not found[name] else ""
        if _may_name_an_outlet(stem):
            from_name.add(name)
            said = stem
        outlet = said or found[name] if outlet_from is None else found[name] or said
        row["outlet"] = same.get(outlet, same.get(" ".join(outlet.split()), outlet))
    for name in sorted(from_name):
        report.note(name, "no column says the outlet: the file's name is taken for it")
    note_look_alikes((row["outlet"] for row in rows), report)


def outlets_from_folders(
    sources: Sequence[Source], outlet_from: int | str | None, report: Report
) -> dict[str, str]:
    """The outlet that each file's folders name, by the file's name; "" if none does.

    Args:
        sources: the files.
        outlet_from: 1 for the uppermost folder, 2 for the one below it, …, "file" for the file's name; None for
            the uppermost level whose names differ, those that are a year, a month or a word such as “articles”
            left aside.
        report: is told where folders below one that all files share are taken for outlets.
    """
    if outlet_from == "file":
        return {source.name: source.stem for source in sources}
    if outlet_from is not None:
        folders, level = {source.name: source.folders for source in sources}, int(outlet_from) - 1
    else:
        folders = {source.name: tuple(filter(_may_name_an_outlet, source.folders)) for source in sources}
        levels = list(zip_longest(*folders.values(), fillvalue=""))
        level = next((i for i, names in enumerate(levels) if len({*names} - {""}) > 1), 0)
        if level:
            names, above = sorted({*levels[level]} - {""}), levels[level - 1][0]
            report.note(
                above,
                f"the folders below it are taken for outlets ({first_of(names)}); outlet_from=N names another level",
            )
    return {name: path[level] if level < len(path) else "" for name, path in folders.items()}


def _may_name_an_outlet(name: str) -> bool:
    small = name.lower()
    return not (
        not any(map(str.isalpha, name))
        or small in _NO_OUTLETS
        or _MONTH.fullmatch(name)
        or small.endswith(".zip")
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
