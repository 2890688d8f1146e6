"""The cache: Parquet files of many articles, each named by a hash of its own bytes, written whole or not at all.

A folder for each step and version of it ("mentions-1f0c…"). A file's footer says which articles it holds, so that
an article without a single mention is known too. Two runs can share a cache: a file is never changed.
"""

import contextlib
import json
import os
import stat
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from platformdirs import user_cache_dir

from ..temporary import explained_write_errors
from .versions import short_hash

NAME = b"newsvoices"
VARIABLE = "NEWSVOICES_CACHE"
_HOUR = 3600
_ADVICE = "cache=None (--no-cache) keeps none"


def default_cache() -> Path | None:
    """data/derived of the kit that the working directory lies in; elsewhere the platform's folder for caches.

    A folder named by the environment variable NEWSVOICES_CACHE goes before both; if that is empty, nothing is kept.
    """
    if (named := os.environ.get(VARIABLE)) is not None:
        return Path(named) if named else None
    for folder in (here := Path.cwd(), *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "data" / "sample").is_dir():
            return folder / "data" / "derived"
    return Path(user_cache_dir("newsvoices", appauthor=False))


def parquet_of(rows: pd.DataFrame, *, step: str, keys: Iterable[str], **facts: str) -> bytes:
    """A Parquet file of a step's rows for the articles `keys`."""
    about = json.dumps({"step": step, "keys": list(keys), **facts})
    table = pa.Table.from_pandas(rows, preserve_index=False)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), NAME: about})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", compression_level=6)
    return sink.getvalue().to_pybytes()


def unpacked(data: bytes) -> tuple[pd.DataFrame, dict]:
    """The rows of a file and what its footer says."""
    table = pq.read_table(pa.BufferReader(data))
    return table.to_pandas(), json.loads(table.schema.metadata[NAME])


def store(data: bytes, *, folder: Path) -> None:
    """Writes a file into a step's folder, under the hash of its bytes."""
    write_whole(data, file=folder / f"{short_hash(data)}.parquet")


def write_whole(data: bytes, *, file: Path) -> None:
    """Writes a file under another name, then renames it.

    Raises:
        OSError: the folder cannot be written to, or is full; says which and what to do.
    """
    with explained_write_errors(file.parent.parent, _ADVICE):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", suffix=".part", delete=False) as part:
            try:
                part.write(data)
                part.close()
                Path(part.name).replace(file)
            finally:
                Path(part.name).unlink(missing_ok=True)


def check_writable(cache: Path) -> None:
    """Raises store's OSError before the work rather than after it, and clears away what broken-off runs left."""
    with explained_write_errors(cache, _ADVICE):
        cache.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=cache).close()
    with contextlib.suppress(OSError):  # another run may be clearing away too
        for part in cache.glob("*/.*.part"):
            if part.stat().st_mtime < time.time() - _HOUR:
                part.unlink()


def cached_rows(
    keys: Iterable[str], *, folder: Path, like: pd.DataFrame
) -> Iterator[tuple[pd.DataFrame, set[str]]]:
    """Rows of a step's files for some of the articles `keys`, in the columns of `like`, and for which of them.

    A file that is damaged, or no file of this step, is set aside with a warning; so is what stands in the folder's place.
    """
    wanted = set(keys)
    if folder.exists() and not folder.is_dir():
        _set_aside(folder)
    for file in sorted(folder.glob("*.parquet")) if wanted else ():
        try:
            if not stat.S_ISREG(file.stat().st_mode):
                raise ValueError("no file: to read it could take for ever")
            here = wanted.intersection(json.loads(pq.read_metadata(file).metadata[NAME])["keys"])
            if not here:
                continue
            data = file.read_bytes()
            rows, about = unpacked(data)
            if short_hash(data) != file.stem or about["step"] != folder.name:
                raise ValueError("not what its name says")
            rows = rows.loc[rows["article_id"].isin(here), list(like)].astype(like.dtypes)
        except FileNotFoundError:
            continue  # set aside by another run
        except PermissionError as error:
            raise PermissionError(f"cannot read the cache {file}: {error.strerror}") from error
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
            _set_aside(file)
            continue
        wanted -= here
        yield rows, here


def _set_aside(file: Path) -> None:
    with contextlib.suppress(OSError):  # a folder that is only read from keeps it
        file.replace(file.with_suffix(".damaged"))
    warnings.warn(
        f"{file} in the cache is damaged or not ours: set aside as .damaged, its articles are worked out anew",
        stacklevel=2,
    )
