"""The ledger: one line for everything that a person said of a text, added and never changed."""

import csv
import errno
import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd

from ..files.saving import escape_formula, unescape_formula

with suppress(ImportError):  # not on Windows: there, a file for each coder has to do
    import fcntl

COLUMNS = {
    "time": "when it was said; the order of the lines is what counts",
    "coder": "who says so",
    "article_id": "the article's name at the time; text_hash is what counts",
    "text_hash": "which text it is said of",
    "about": "drawn, article, quote or mention",
    "answer": "of an article drawn: one coder, two coders; of an article: checked (as a whole); of a quote: quote, "
    "no quote; of a mention: actor; of each: undone",
    "was": "where the quote that is meant stood, if its bounds were wrong",
    "spans": "where it stands, as in “120..180;190..220”; empty where the words tell",
    "words": "what stands there",
    "kind": "direct, mixed or indirect",
    "cue": "the words that attribute it",
    "speaker": "the speaker as it stands in the text; empty where none is named",
    "speaker_spans": "where; empty where the words tell",
    "speaker_type": "as in the table of quotes",
    "actor": "who speaks, or who the mention is, where the pipeline was wrong",
    "stratum": "of an article drawn: among which, as in “outlet: The Morast Courier”",
    "probability": "with which it was drawn",
    "of": "from how many",
    "complete": "yes at the end of each whole line; “with the next” if it only counts with the line after it",
}
_WITH_NEXT = "with the next"


def hash_of(text: str) -> str:
    """By which a text is known in the ledger; the letter keeps spreadsheets from taking it for a number."""
    return "t" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def quote_columns(quote: Mapping[str, object]) -> dict[str, str]:
    """What a row of quotes says, in the ledger's columns; offsets in a form that no spreadsheet takes for a date."""
    row = {
        name: one_line(quote.get(name, "")) for name in ("kind", "cue", "speaker", "speaker_type", "actor")
    }
    at = f"{quote['speaker_start']}..{quote['speaker_end']}" if row["speaker"] else ""
    spans = str(quote["spans"]).replace("-", "..")
    return row | {"words": one_line(quote.get("text", "")), "spans": spans, "speaker_spans": at}


def add_checks(rows: Iterable[Mapping[str, object]], *, file: str | Path) -> None:
    """Adds lines to a ledger, which is made if it is not there: all or none, and on disk when this returns.

    Several people can add to one file at once, and a process that is killed leaves whole lines. A file that a
    spreadsheet has saved is first put back into the ledger's form.

    Args:
        rows: mappings with keys of COLUMNS.
        file: a .csv file.

    Raises:
        ValueError: a key that is no column, or another file, such as a filled sheet.
        OSError: the disk is full; the file is as it was.
    """
    now = pd.Timestamp.now().isoformat(timespec="seconds")
    rows = [{"time": now, **row, "complete": _WITH_NEXT} for row in rows]
    if rows:
        rows[-1]["complete"] = "yes"
    if unknown := sorted({key for row in rows for key in row} - COLUMNS.keys()):
        raise ValueError(f"a ledger has no column {', '.join(unknown)}; its columns are {', '.join(COLUMNS)}")
    file = Path(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with _locked(file) as (ledger, data):
        head = _lines([], header=True)
        whole = data[: data.rfind(b",yes\n") + len(b",yes\n")] if b",yes\n" in data else data[: len(head)]
        if not whole.startswith(head):
            if not head.startswith(data) and "about" not in decoded(data).partition("\n")[0]:
                raise ValueError(f"{file.name} is no ledger, and stays as it is: it has no column about")
            old = [{name: row[name] for name in COLUMNS} for row in rows_of(data, name=file.name)[0]]
            part = file.with_suffix(".part")
            with part.open("wb") as new:
                new.write(head + _lines(old) + _lines(rows))
                new.flush()
                os.fsync(new.fileno())
            part.replace(file)
            return
        ledger.truncate(len(whole))  # what follows is the half of what a writer that was killed had to add
        if os.write(ledger.fileno(), new := _lines(rows)) < len(new):
            ledger.truncate(len(whole))
            raise OSError(errno.ENOSPC, "no room for a line of the ledger", str(file))
        os.fsync(ledger.fileno())


@contextmanager
def _locked(file: Path) -> Iterator[tuple[io.FileIO, bytes]]:
    """The file, opened to add to it, and what is in it; others wait."""
    while True:
        with file.open("ab+", buffering=0) as ledger:
            if "fcntl" in globals():
                fcntl.flock(ledger, fcntl.LOCK_EX)
            if os.fstat(ledger.fileno()).st_ino == file.stat().st_ino:  # else somebody has replaced it
                ledger.seek(0)
                yield ledger, ledger.read()
                return


def _lines(rows: list[Mapping[str, object]], *, header: bool = False) -> bytes:
    """As CSV; a mark at the file's head tells spreadsheets that it is UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerows({name: escape_formula(one_line(value)) for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig" if header else "utf-8")


def one_line(value: object) -> str:
    """A text in one line."""
    return " ".join(str(value).split())


def rows_of(data: bytes, *, name: str) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of a CSV file that may have been through a spreadsheet, and the lines that are no rows.

    UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs; columns in any order. Each row has the key
    `line` beside its own, for messages.
    """
    text = decoded(data)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    header = [cell.strip() for cell in next(reader, [])]
    rows, problems, waiting = [], [], []
    for cells in reader:
        line, cells = f"{name}, line {reader.line_num}", [unescape_formula(cell.strip()) for cell in cells]
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False)) | {"line": line}
        whole = row["complete"].lower()
        if "complete" in header and any(cells) and whole not in ("yes", _WITH_NEXT):
            problems.append(f"{line}: not a whole line")
        elif any(cells):
            waiting.append(row)
            if whole != _WITH_NEXT:
                rows += waiting
                waiting = []
    return rows, problems + [f"{row['line']}: what it only counts with is missing" for row in waiting]


def decoded(data: bytes) -> str:
    """Text in UTF-16 or UTF-8, or else in Windows-1252, as spreadsheets save it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
