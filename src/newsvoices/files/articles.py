"""The only reader of users' files: a path in, a frame of articles out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from ..losses import Report
from ..nonlinguistic import count_tokens
from ..schema import TABLES, frame
from .formats import READERS, Fields, Unreadable
from .metadata import ALIASES, first_lines, iso_date

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_ACCEPTED = f"{', '.join(READERS)}, or a folder of these"


def read_articles(
    path: str | Path, *, columns: Mapping[str, str] | None = None, duplicates: str = "drop"
) -> pd.DataFrame:
    r"""One row per article in a .txt, .jsonl or .csv file, or in a folder of them with its subfolders.

    The text is kept to the character, headline included, with \n for every line end; only a block of front
    matter (``Outlet: …`` lines closed by a blank line, or between two ``---``) is metadata instead. Title,
    outlet, date, place and byline come from the columns or the front matter; where these say nothing, title,
    place, byline, date and url from the article's first lines, the date before that from the name of a .txt file,
    and the outlet from the subfolder. Other columns of a .csv or .jsonl file are not carried over: join them
    by article_id.

    What cannot be used (empty, binary, unreadable, broken or repeated) is left out and one warning counts it.
    ``frame.attrs["skipped"]`` lists all of it (source_file, reason), and ``frame.attrs["notes"]`` what was
    guessed (source_file, note).

    Args:
        path: a file or folder.
        columns: whose column or key is whose, as in ``{"text": "body", "outlet": "paper"}``.
        duplicates: "drop" leaves out a text that stands there already, white space aside; the same text from
            two named outlets is a wire copy, and both are kept. "keep" keeps everything.

    Returns:
        The columns of the table "articles" (see schema.py), in the order of paths and, within a file, lines.

    Raises:
        FileNotFoundError: there is nothing at ``path``.
        ValueError: a format that is not read, a file without a column of text, a folder without articles, or
            an argument that means nothing here.
    """
    path, columns = Path(path), dict(columns or {})
    if unknown := sorted(set(columns) - set(ALIASES)):
        raise ValueError(f"columns names {', '.join(unknown)}; it can name {', '.join(ALIASES)}")
    if duplicates not in ("drop", "keep"):
        raise ValueError(f"duplicates is {duplicates!r}; it can be 'drop' or 'keep'")
    report = Report()
    rows = [
        row
        for name, file in _files(path, report)
        for fields in _fields(file, name=name, columns=columns, report=report, alone=path.is_file())
        if (row := _row(fields, name=name, report=report))
    ]
    if duplicates == "drop":
        rows = _without_repeats(rows, report)
    rows = _with_unique_ids(rows, report)
    articles = frame(
        "articles",
        [{**row, "n_tokens": n} for row, n in zip(rows, _n_tokens(row["text"] for row in rows), strict=True)],
    )
    articles.attrs = {"skipped": report.skipped, "notes": report.notes}
    report.warn(n_kept=len(articles))
    return articles


def completed(articles: pd.DataFrame) -> pd.DataFrame:
    """Articles of your own making, with the columns that read_articles would have given them.

    Raises:
        ValueError: no column article_id or text, a name that two articles have, or an article without text.
    """
    if missing := [name for name in ("article_id", "text") if name not in articles]:
        found = ", ".join(map(str, articles.columns)) or "none"
        raise ValueError(f"articles have no column {' and '.join(missing)}; their columns: {found}")
    given = [
        column.name for column in TABLES["articles"] if column.dtype == "str" and column.name in articles
    ]
    for name in given:
        half = articles[name].map(lambda cell: isinstance(cell, str) and bool(_HALF_CHARACTER.search(cell)))
        if half.any():
            number = 1 + int(half.to_numpy().argmax())
            raise ValueError(f"{name} of article {number} holds half a character (a lone surrogate)")
    if not (texts := articles["text"].map(lambda text: isinstance(text, str))).all():
        raise ValueError(f"article {articles.loc[~texts, 'article_id'].iloc[0]!r} has no text")
    values = {name: articles[name].astype("str").fillna("") for name in given}
    if (twice := values["article_id"].duplicated()).any():
        name = values["article_id"][twice].iloc[0]
        raise ValueError(f"an article_id names one article; {name!r} names several")
    values |= {c.name: "" for c in TABLES["articles"] if c.dtype == "str" and c.name not in given}
    if "n_tokens" not in articles:
        values["n_tokens"] = _n_tokens(articles["text"])
    return articles.assign(**values)


def _files(path: Path, report: Report) -> list[tuple[str, Path]]:
    """The files to read with their names below ``path``, sorted; hidden ones are passed over."""
    if path.is_file():
        if path.suffix.lower() not in READERS:
            raise ValueError(
                f"{path}: the format {path.suffix or 'without suffix'} is not read; accepted are {_ACCEPTED}"
            )
        return [(path.name, path)]
    if not path.is_dir():
        raise FileNotFoundError(f"{path}: no such file or folder")
    names = {file.relative_to(path).as_posix(): file for file in path.rglob("*") if file.is_file()}
    visible = sorted(name for name in names if not any(part.startswith(".") for part in name.split("/")))
    suffixes = Counter(names[name].suffix.lower() for name in visible)
    if not READERS.keys() & suffixes:
        found = ", ".join(f"{n} {suffix or 'without suffix'}" for suffix, n in sorted(suffixes.items()))
        raise ValueError(
            f"{path}: no articles in this folder; found are {found or 'no files'}, accepted {_ACCEPTED}"
        )
    for name in visible:
        if (suffix := names[name].suffix.lower()) not in READERS:
            report.skip(name, f"the format {suffix or 'without suffix'} is not read")
    return [(name, names[name]) for name in visible if names[name].suffix.lower() in READERS]


def _fields(
    file: Path, *, name: str, columns: Mapping[str, str], report: Report, alone: bool
) -> list[Fields]:
    """The articles of one file; in a folder, a file that cannot be read costs one line of the report."""
    reader = READERS[file.suffix.lower()]
    try:
        return list(reader(file, name=name, columns=columns, report=report))
    except OSError as error:
        report.skip(name, f"unreadable: {error.strerror}")
    except Unreadable as error:
        report.skip(name, str(error))
    except ValueError as error:
        if alone:
            raise ValueError(f"{file}: {error}") from error
        report.skip(name, str(error))
    return []


def _row(fields: Fields, *, name: str, report: Report) -> Fields | None:
    """One article's row without n_tokens; None, and a line in the report, if it holds no text."""
    line = fields.pop("line", "")
    where = f"line {line}: " if line else ""
    text = fields["text"]
    if not text.strip():
        return report.skip(name, f"{where}empty")
    if "\0" in text:
        return report.skip(name, f"{where}binary")
    if any(map(_HALF_CHARACTER.search, fields.values())):
        return report.skip(name, f"{where}unreadable: half a character (a lone surrogate)")
    given = {column: value for column, value in fields.items() if value}
    if "date" in given:
        given["date"] = iso_date(fields["date"])
        if not given["date"]:
            report.note(name, f"{where}date not understood: {fields['date']}")
    folder = name.partition("/")[0] if "/" in name else ""
    stem = name[: -len(Path(name).suffix)]
    return {
        "article_id": f"{stem}-{line}" if line else stem,
        "outlet": folder if any(map(str.isalpha, folder)) else "",
        **first_lines(text),
        **given,
        "source_file": name,
    }


def _with_unique_ids(rows: list[Fields], report: Report) -> list[Fields]:
    """The same rows; an id that is taken already gets -2, -3, … behind it."""
    taken: set[str] = set()
    renamed = []
    for row in rows:
        article_id, number = row["article_id"], 2
        while article_id in taken:
            article_id, number = f"{row['article_id']}-{number}", number + 1
        if article_id != row["article_id"]:
            report.note(row["source_file"], f"article_id {row['article_id']} is taken: now {article_id}")
        taken.add(article_id)
        renamed.append({**row, "article_id": article_id})
    return renamed


def _without_repeats(rows: list[Fields], report: Report) -> list[Fields]:
    first: dict[str, dict[str, str]] = {}
    kept = []
    for row in rows:
        outlets = first.setdefault(" ".join(row["text"].split()), {})
        outlet = row["outlet"]
        twin = (
            outlets.get(outlet) or outlets.get("") or (None if outlet else next(iter(outlets.values()), None))
        )
        if twin:
            report.skip(row["source_file"], f"same text as {twin}")
        else:
            outlets[outlet] = row["article_id"]
            kept.append(row)
    return kept


def _n_tokens(texts: Iterable[str]) -> list[int]:
    import spacy  # takes a second to load: not before there is something to count

    tokenizer = spacy.blank("en").tokenizer
    return [count_tokens(text, make_doc=tokenizer) for text in texts]
