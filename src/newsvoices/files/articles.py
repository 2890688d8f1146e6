"""The only reader of users' files: a path in, a frame of articles out."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
from tqdm import tqdm

from ..losses import Report
from ..schema import TABLES, frame
from . import companions
from .fields import Fields
from .metadata.aliases import aliases
from .metadata.dates import read_dates
from .metadata.first_lines import completed_row
from .metadata.outlets import name_outlets
from .own_frame import HALF_CHARACTER
from .own_frame import with_article_columns as with_article_columns
from .read import TABLES as KINDS_OF_TABLES
from .read import read
from .repeats import with_unique_ids, without_repeats
from .sources import walk
from .sources.source import Source
from .sources.text import Unreadable
from .tokens import n_tokens

_AT_ONCE = 1 << 12
"""How many texts become a part of the frame at once: all at once they are held three times for a moment."""

_FURTHER = ("section", "length", "load_date", "document")
"""What archives say beside our columns; a column of each is there where a file has it."""


def read_articles(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    duplicates: str = "drop",
    day_first: bool | None = None,
    outlets: Mapping[str, str] | None = None,
    outlet_from: int | str | None = None,
) -> pd.DataFrame:
    r"""One row per article in a file, or in a folder of files with its subfolders.

    Read are archive exports with many articles in a file (Nexis, Factiva, ProQuest, Europresse), news agencies'
    formats (NITF, NewsML, ninjs), saved web pages (HTML, MHTML, WARC), tables and records (.csv, .tsv, .json,
    .jsonl, .xlsx, .ods, .parquet, .feather, .sqlite), documents with one article (.txt, .docx, .odt, .rtf, .pdf),
    each also in a .zip or .gz. A file is what its content says; the README has a table of the formats.

    The text of a .txt file or a table's cell is kept to the character, headline included, with \n for every line
    end; only a block of front matter (``Outlet: …`` lines closed by a blank line, or between two ``---``) is
    metadata instead. Where an article is cut out of a larger file its text is headline and paragraphs. What a
    file does not say is looked for in the article's first lines, the file's name (the date) and the folders (the
    outlet). A table metadata.csv beside the files (a column ``filename``) outranks all of it.

    What cannot be used (empty, binary, unreadable, broken or repeated) is left out and one warning counts it.
    ``frame.attrs["skipped"]`` lists all of it (source_file, reason), and ``frame.attrs["notes"]`` what was
    guessed (source_file, note).

    Args:
        path: a file or folder.
        columns: whose column or key is whose, as in ``{"text": "body", "outlet": "paper"}``.
        duplicates: "drop" leaves out a text that stands there already, white space aside; the same text from
            two named outlets is a wire copy, and both are kept. "keep" keeps everything.
        day_first: whether 03/04/2024 is 3 April (True) or 4 March (False), where the files do not show it.
        outlets: other spellings of outlets, as in ``{"THE POST": "The Post"}``; a file outlets.csv with the
            columns spelling and outlet says the same.
        outlet_from: which folder names the outlet, 1 being the uppermost; "file" for the files' own names.

    Returns:
        The columns of the table "articles" (see schema.py), in the order of paths and, within a file, lines; and
        section, length, load_date and document, where archive exports give them.

    Raises:
        FileNotFoundError: there is nothing at ``path``.
        ValueError: a format that is not read, a file without a column of text, a folder without articles, or
            an argument that means nothing here.
    """
    path, columns = Path(path), dict(columns or {})
    _check(columns, duplicates, outlet_from)
    report = Report()
    sources, same = companions.outlets_table(walk.find_sources(path, report))
    sources, by_file = companions.metadata_tables(sources)
    rows = _rows(sources, columns, alone=path.is_file())
    rows = [{**row, **by_file.get(row["source_file"], {})} for row in rows]
    name_outlets(
        rows,
        sources,
        report=report,
        tables={source.name for source in sources if source.kind in KINDS_OF_TABLES},
        same=same | dict(outlets or {}),
        outlet_from=outlet_from,
    )
    read_dates(rows, report, day_first)
    rows = [completed_row(row) for row in rows]
    if duplicates == "drop":
        rows = without_repeats(rows, report)
    rows = with_unique_ids(rows, report)
    articles = _frame(rows)
    articles.attrs = {"skipped": report.skipped, "notes": report.notes}
    report.warn(n_kept=len(articles))
    return articles


def _check(columns: Mapping[str, str], duplicates: str, outlet_from: int | str | None) -> None:
    known = [name for name in aliases() if name != "lead"]
    if unknown := sorted(set(columns) - set(known)):
        raise ValueError(f"columns names {', '.join(unknown)}; it can name {', '.join(known)}")
    if duplicates not in ("drop", "keep"):
        raise ValueError(f"duplicates is {duplicates!r}; it can be 'drop' or 'keep'")
    if outlet_from not in (None, "file") and not (isinstance(outlet_from, int) and outlet_from > 0):
        raise ValueError(f"outlet_from is {outlet_from!r}; it can be 1, 2, … for a folder, or 'file'")


def _rows(sources: list[Source], columns: Mapping[str, str], *, alone: bool) -> Iterator[Fields]:
    """The rows of all files, with a bar of progress on a terminal; a file that cannot be read costs one line."""
    files = tqdm(sources, unit=" files", disable=None if len(sources) > 1 else True, leave=False)
    for source in files:
        found = read(source, columns)
        if len(sources) == 1:
            found = tqdm(found, unit=" articles", disable=None, leave=False)
        n_before, n_rows = len(source.report.skipped), 0
        try:
            for fields in found:
                if row := _row(fields, source):
                    n_rows += 1
                    yield row
            if not n_rows and len(source.report.skipped) == n_before:
                source.skip("no article in it")
        except OSError as error:
            source.skip(f"unreadable: {error.strerror or error}")
        except (Unreadable, ModuleNotFoundError) as error:
            source.skip(str(error))
        except ValueError as error:
            if alone and len(sources) == 1:
                raise ValueError(f"{source.path or source.name}: {error}") from error
            source.skip(str(error))
        except Exception as error:  # noqa: BLE001  (whatever a library makes of a damaged file, the others are read)
            source.skip(f"unreadable: damaged ({type(error).__name__}: {str(error)[:80]})")


def _row(fields: Fields, source: Source) -> Fields | None:
    """One article's row before its outlet and date are settled; None, and a line in the report, if it has no text."""
    number, place = fields.pop("number", ""), fields.pop("where", "")
    problem = ""
    if not fields["text"].strip():
        problem = "empty"
    elif "\0" in fields["text"]:
        problem = "binary"
    elif any(map(HALF_CHARACTER.search, fields.values())):
        problem = "unreadable: half a character (a lone surrogate)"
    if problem:
        return source.skip(f"{place}: {problem}" if place else problem)
    stem = source.without_suffix
    return {
        "article_id": f"{stem}-{number}" if number else stem,
        **{column: value for column, value in fields.items() if value},
        "source_file": source.name,
        "where": place,
        "column": source.name if source.kind in KINDS_OF_TABLES else "",
    }


def _frame(rows: list[Fields]) -> pd.DataFrame:
    names = {column.name for column in TABLES["articles"]} - {"text"}
    texts = [row["text"] for row in rows]
    counts = n_tokens(texts)
    articles = frame(
        "articles",
        [
            {**{name: value for name, value in row.items() if name in names}, "n_tokens": n}
            for row, n in zip(rows, counts, strict=True)
        ],
    )
    pieces = [pa.array(texts[i : i + _AT_ONCE], pa.large_string()) for i in range(0, len(texts), _AT_ONCE)]
    articles["text"] = pd.array(pa.chunked_array(pieces, pa.large_string()), dtype="str")
    further = [name for name in _FURTHER if any(row.get(name) for row in rows)]
    return articles.assign(
        **{name: pd.Series([row.get(name, "") for row in rows], dtype="str") for name in further}
    )
