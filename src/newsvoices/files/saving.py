"""Tables to files and back: all of one run, or all of the run before."""

import contextlib
import csv
import dataclasses
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CDLL
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Lock

import pandas as pd

from ..schema import TABLES, Tables
from ..temporary import explained_write_errors, temporary_folder

FILES = [f"{table.name}.csv" for table in dataclasses.fields(Tables)]
RUN = "run.json"
_FORMULA = re.compile("[\\s\ufeff\u200b\"'“”„‘’«»]*[=+\\-@\t\r＝＋－＠]")


def save_tables(tables: Tables, *, folder: str | Path) -> list[Path]:
    """Writes every table as a CSV file into ``folder``, which is made if it is not there.

    The folder holds the tables of one run, whole: they are written beside it and take its place in one step. A run
    that is killed leaves the old ones; of two at once the last one wins. In a folder that holds other things as
    well, and outside Linux, the old files are taken away before the new ones come: then a killed run can leave fewer
    files, but never new ones beside old. ``run.json`` names the run by a hash of its tables, with rows and SHA-256
    of each file.

    UTF-8, a header, text in quotation marks. Spreadsheets take a cell that begins with = + - @, a tab or a carriage
    return for a formula, also after blanks or quotation marks, and an article is a stranger's text: such a cell or
    header gets an apostrophe in front. `read_tables` takes it off again; so must you before you use offsets into
    that text. Columns of numbers are left as they are.

    Returns:
        The tables' paths, in the order of the tables.

    Raises:
        OSError: the folder cannot be written to, or there is no room; says which and what to do.
    """
    target = Path(os.path.realpath(folder))
    with explained_write_errors(target, "tables that were there before are not mixed with new ones"):
        target.parent.mkdir(parents=True, exist_ok=True)
        whole = _holds_tables_only(target) and os.access(target.parent, os.W_OK)
        if not whole:
            target.mkdir(exist_ok=True)
        with temporary_folder(within=target.parent if whole else target) as aside:
            new = aside / (target.name or "tables")
            new.mkdir()
            _write(tables, new)
            if not (whole and _swapped(new, target)):
                _placed(new, target)
    return [Path(folder, name) for name in FILES]


def read_tables(folder: str | Path) -> Tables:
    """The tables that save_tables wrote, each cell as it was.

    Raises:
        FileNotFoundError: a table is missing.
        ValueError: the files are not of one run, or were changed since.
    """
    folder = Path(folder)
    about = json.loads((folder / RUN).read_text(encoding="utf-8"))
    if changed := [name for name in FILES if _sha256(folder / name) != about["tables"][name]["sha256"]]:
        raise ValueError(
            f"{folder}: {', '.join(changed)} not as run {about['run']} wrote them; save them again"
        )
    return Tables(*(_read(folder / name) for name in FILES))


def without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before each text or header that a spreadsheet would take for a formula."""
    return _mapped(table, escape_formula)


def escape_formula(value: object) -> object:
    """A cell with an apostrophe in front if a spreadsheet would take it for a formula.

    >>> escape_formula("=1+1"), escape_formula(" “-"), escape_formula("a=1"), escape_formula(-1)
    ("'=1+1", "' “-", 'a=1', -1)
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def unescape_formula(value: object) -> object:
    """A cell as it was before `escape_formula`, whatever it was.

    >>> unescape_formula(escape_formula("=1+1")), unescape_formula(escape_formula("'=1+1")), unescape_formula("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    is_guarded = isinstance(value, str) and value.startswith("'") and _FORMULA.match(value)
    return value[1:] if is_guarded else value


def _mapped(table: pd.DataFrame, function: Callable) -> pd.DataFrame:
    mapped = table.copy()
    for i, dtype in enumerate(table.dtypes):  # by number: two columns may have one name
        column = table.iloc[:, i]
        if isinstance(dtype, pd.CategoricalDtype):
            mapped.isetitem(i, column.astype("object").map(function))
        elif pd.api.types.is_object_dtype(dtype) or pd.api.types.is_string_dtype(dtype):
            mapped.isetitem(i, column.map(function).astype(dtype))
    return mapped.set_axis(table.columns.map(function), axis=1) if len(table.columns) else mapped


def _write(tables: Tables, folder: Path) -> None:
    from .. import __version__

    files = {}
    for name in FILES:
        table = without_formulas(getattr(tables, name.removesuffix(".csv")))
        table.to_csv(
            folder / name, index=False, encoding="utf-8", lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC
        )
        files[name] = {"rows": len(table), "sha256": _sha256(folder / name)}
    run = sha256(json.dumps(files).encode()).hexdigest()[:16]
    about = {"newsvoices": __version__, "run": run, "tables": files}
    (folder / RUN).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _read(file: Path) -> pd.DataFrame:
    known = {column.name: column.dtype for column in TABLES[file.stem]}
    missing = {name: "" for name, dtype in known.items() if dtype != "str"}
    with file.open(encoding="utf-8", newline="") as lines:  # a carriage return in a cell stays one
        table = pd.read_csv(lines, dtype=known, keep_default_na=False, na_values=missing)
    return _mapped(table, unescape_formula)


def _sha256(file: Path) -> str:
    with file.open("rb") as data:
        return file_digest(data, "sha256").hexdigest()


def _holds_tables_only(folder: Path) -> bool:
    """Whether the folder can be put in another's place: nothing else is in it, nobody works in it, no disk begins there."""
    if not folder.exists():
        return True
    names = {path.name for path in folder.iterdir()}
    return names <= {*FILES, RUN} and not folder.is_mount() and not Path.cwd().is_relative_to(folder)


def _swapped(new: Path, folder: Path) -> bool:
    """Puts a folder in another's place, where the system does that in one step: Linux; and if it is empty, elsewhere."""
    with contextlib.suppress(OSError):
        if folder.exists():
            new.chmod(folder.stat().st_mode)
        new.rename(folder)
        return True
    rename = getattr(CDLL(None) if os.name == "posix" else None, "renameat2", None)
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return rename is not None and rename(here, os.fsencode(new), here, os.fsencode(folder), exchange) == 0


def _placed(new: Path, folder: Path) -> None:
    """Takes the old files away, then puts each new one in its place."""
    folder.mkdir(exist_ok=True)
    with _alone(folder):
        for name in (RUN, *FILES):
            (folder / name).unlink(missing_ok=True)
        for name in (*FILES, RUN):
            (new / name).rename(folder / name)


_one_at_a_time = Lock()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other thread, and where there are file locks no other process, places files here meanwhile."""
    with _one_at_a_time, contextlib.ExitStack() as stack:
        if os.name == "posix":
            from fcntl import LOCK_EX, flock

            descriptor = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, descriptor)
            flock(descriptor, LOCK_EX)
        yield
