"""The files below a path: links followed once, archives opened, what cannot be read named."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ...losses import Report
from .kinds import READ, kind_of
from .source import Source, members, of_file, printable_name
from .text import Unreadable

_NO_ARTICLES = re.compile(
    r"(?:readme|licen[cs]e|copying|changelog|citation)(?:\.(?:txt|md|rst|html))?", re.IGNORECASE
)
_OF_THE_SYSTEM = re.compile(r"\..*|__MACOSX|Thumbs\.db|desktop\.ini|~\$.*", re.IGNORECASE)
_ACCEPTED = f"{', '.join(READ.split())}, or a folder of these"
_PARTS_OF_A_PAGE = re.compile(r"(?P<page>.+)[_-](?:files|Dateien|fichiers|archivos|bestanden|file)")


def find_sources(path: Path, report: Report) -> list[Source]:
    """The files to read with their kinds, sorted by name; those that are not read are named in the report.

    Raises:
        FileNotFoundError: nothing is there.
        ValueError: it is no file or folder, of a kind that is not read, or without anything that is.
    """
    if path.is_file():
        source = of_file(path, printable_name(path.name), report)
        if (kind := _kind(source)) == "":
            raise ValueError(
                f"{path}: the format {path.suffix or 'without suffix'} is not read; accepted are {_ACCEPTED}"
            )
        return list(_opened(replace(source, kind=kind), prefix="")) if kind else []
    if not path.is_dir():
        if path.exists() or path.is_symlink():
            raise ValueError(f"{path}: no file or folder, but a pipe, a device or a link to nothing")
        raise FileNotFoundError(f"{path}: no such file or folder")
    files = sorted(_below(path, "", report, seen=set()))
    found = [source for name, file in files for source in _read(of_file(file, name, report))]
    if not found and all("is not read" in item["reason"] for item in report.skipped):
        suffixes = Counter(file.suffix.lower() or "without suffix" for _, file in files)
        there = ", ".join(f"{n} {suffix}" for suffix, n in sorted(suffixes.items())[:8]) or "no files"
        raise ValueError(f"{path}: no articles in this folder; found are {there}, accepted {_ACCEPTED}")
    return found


def _below(
    folder: Path, prefix: str, report: Report, *, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, Path]]:
    """Names and paths of the files below a folder; each folder once, however many links lead to it."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            report.skip(prefix.rstrip("/"), "a link to a folder that is read already")
            return
        seen.add((status.st_dev, status.st_ino))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        report.skip(prefix.rstrip("/") or str(folder), f"folder cannot be opened: {error.strerror}")
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        name = prefix + printable_name(entry.name)
        if _OF_THE_SYSTEM.fullmatch(entry.name):
            continue
        try:
            if entry.is_dir():
                page = _PARTS_OF_A_PAGE.fullmatch(entry.name)
                if not (page and names & {page["page"] + suffix for suffix in (".html", ".htm", ".xhtml")}):
                    yield from _below(Path(entry.path), f"{name}/", report, seen=seen)
            elif entry.is_file():
                if name != prefix + entry.name:
                    report.note(name, "a file name with bytes or signs that cannot be shown")
                yield name, Path(entry.path)
            elif entry.is_symlink() and not Path(entry.path).exists():
                report.skip(name, "a link to nothing, or in a circle")
            else:
                report.skip(name, "no file, but a pipe, a socket or a device")
        except OSError as error:
            report.skip(name, f"unreadable: {error.strerror}")


def _read(source: Source, *, in_zip: bool = False) -> Iterator[Source]:
    """The source with its kind; the members, if it is a zip; nothing but a line in the report, if it is not read."""
    if _NO_ARTICLES.fullmatch(source.name.rpartition("/")[2]):
        source.skip("about the files, by its name: no article")
    elif (kind := _kind(source)) == "":
        source.skip(f"the format {source.suffix or 'without suffix'} is not read")
    elif kind == "zip" and in_zip:
        source.skip("a zip inside a zip: unpack it")
    elif kind:
        yield from _opened(replace(source, kind=kind), prefix=f"{source.name}/")


def _kind(source: Source) -> str | None:
    """What the file is, "" if it is nothing that is read; None, and a line in the report, if that cannot be told."""
    try:
        return kind_of(source)
    except OSError as error:
        source.skip(f"unreadable: {error.strerror}")
    except Unreadable as error:
        source.skip(str(error))
    return None


def _opened(source: Source, *, prefix: str) -> Iterator[Source]:
    if source.kind != "zip":
        yield source
        return
    try:
        inside = members(source, prefix=prefix)
    except Unreadable as error:
        source.skip(str(error))
        return
    kept = [member for member in inside if not _is_of_the_system(member.name.removeprefix(prefix))]
    if not kept:
        source.skip("a zip without a file to read")
    for member in kept:
        yield from _read(member, in_zip=True)


def _is_of_the_system(path: str) -> bool:
    return any(_OF_THE_SYSTEM.fullmatch(part) for part in path.split("/") if part.strip("."))
