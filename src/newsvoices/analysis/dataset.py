"""A dataset too large for memory: analysed on a Dask cluster, one partition of it at a time."""

import json
import warnings
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ..engine.annotate import Job, Source, annotate_in_process, source_of
from ..engine.cache import NAME, parquet_of, unpacked, write_whole
from ..engine.versions import TABLES, short_hash, step_versions
from ..files.articles import read_articles
from ..losses import LossWarning, Report
from ..schema import frame
from ..temporary import temporary_folder
from .analyse import analysed_tables, with_cache_keys
from .dask import submitted
from .skipped import with_texts_noted

if TYPE_CHECKING:
    from distributed import Client

_BLOCK = 16_000_000  # bytes of a .jsonl file in one partition
_SUFFIXES = (".jsonl", ".parquet")
_VERSION = "2"  # of what a partition's files hold, beside the steps
WRITTEN = ("articles", "mentions", "quotes", "relations")


class Partition(NamedTuple):
    """A row group of a Parquet file, or the lines that begin in a stretch of bytes of a .jsonl file."""

    file: str  # its name below the dataset
    start: int
    stop: int
    name: str


def analyse_dataset(
    dataset: str | Path,
    *,
    folder: str | Path,
    client: "Client",
    nlp: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """One row per partition of a dataset that need not fit in memory; its tables are written as Parquet.

    A partition is a row group of a Parquet file or 16 MB of a .jsonl file. Each is read, analysed and written
    by one worker: ``folder/articles``, ``folder/mentions``, ``folder/quotes`` each hold a file for it, and
    ``pandas.read_parquet(folder + "/quotes")``, Dask, Arrow or R read them as one table. A second run does
    only what is not there yet.

    Args:
        dataset: a .jsonl or .parquet file, or a folder of them; columns, outlets by subfolder and hidden files as for
            read_articles.
        folder: where the tables go, outside the dataset. The workers must see both under these names (a shared file
            system).
        client: a dask.distributed.Client.
        nlp: name of a pipeline or path to one; the bundled one by default.
        columns: whose column is whose, as for read_articles.

    Returns:
        partition, source_file, n_articles, error (empty unless the partition was lost), in order; and in
        attrs["skipped"] what was left out (source_file, reason), in attrs["notes"] what was guessed and ids that name
        several articles (source_file, note), of which warnings give the count.

    Raises:
        FileNotFoundError: nothing at `dataset`.
        ValueError: no file there that is read, tables that would go into the dataset, or no such pipeline.

    Limitation: names are resolved within each article only, a text that stands in two partitions counts
    twice, and line numbers are counted from the start of the partition, whose first byte stands before them in ids.
    """
    source, dataset, folder = source_of(nlp), Path(dataset).absolute(), Path(folder).absolute()
    steps = tuple(step_versions(source.version).items())
    report, root = Report(), dataset if dataset.is_dir() else dataset.parent
    files = _files(dataset, root, report)
    if dataset.is_dir() and any((folder / table).is_relative_to(dataset) for table in WRITTEN):
        raise ValueError(
            f"{folder} lies in the dataset, where its tables would be read as articles: name another"
        )
    plan = list(_partitions(files, root, short_hash(repr(steps), repr(columns), _VERSION)))
    how = {"root": root, "folder": folder, "columns": columns, "source": source, "steps": steps}
    missing = [part for part in plan if not _is_whole(part, folder)]
    futures = dict(submitted(client, partial(_analysed, **how), missing))
    found = {part: future.exception() for part, future in futures.items()}
    errors = {part: error for part, error in found.items() if error is not None}
    if plan and len(errors) == len(plan):
        raise RuntimeError(
            f"not one of {len(plan)} partitions could be analysed; the first: {errors[plan[0]]!r}"
        )
    _tidy(folder, plan)
    table = pd.DataFrame([_reported(part, errors.get(part), folder, report) for part in plan])
    _note_repeated_ids(plan, errors, folder, report)
    table.attrs = {"skipped": report.skipped, "notes": report.notes}
    report.warn(n_kept=int(table["n_articles"].sum()))
    return table


def _files(dataset: Path, root: Path, report: Report) -> list[str]:
    """The names of the dataset's files in order, hidden ones passed over; one that is not read is a line of the report."""
    if not dataset.exists():
        raise FileNotFoundError(f"{dataset}: no such file or folder")
    names = sorted(file.relative_to(root) for file in (dataset.rglob("*") if dataset.is_dir() else [dataset]))
    visible = [name for name in names if not any(part.startswith(".") for part in name.parts)]
    files = []
    for name in filter(lambda name: (root / name).is_file(), visible):
        if name.suffix.lower() in _SUFFIXES:
            files.append(name.as_posix())
        else:
            report.skip(
                name.as_posix(), f"the format {name.suffix or 'without suffix'} is not read in a dataset"
            )
    if not files:
        raise ValueError(
            f"{dataset}: no dataset; accepted are .jsonl and .parquet files, or a folder of them"
        )
    return files


def _partitions(files: list[str], root: Path, version: str) -> Iterator[Partition]:
    number = 0
    for name in files:
        file = root / name
        size, time = file.stat().st_size, file.stat().st_mtime_ns
        is_parquet = file.suffix.lower() == ".parquet"
        size_of_one, end = (1, pq.read_metadata(file).num_row_groups) if is_parquet else (_BLOCK, size)
        for start in range(0, end, size_of_one):
            stop = start + size_of_one
            hashed = short_hash(version, name, str((size, time, start, stop)))
            yield Partition(name, start, stop, f"part-{number:06d}-{hashed[:12]}")
            number += 1


def _analysed(
    part: Partition, *, root: Path, folder: Path, columns: Mapping[str, str] | None, source: Source,
    steps: tuple[tuple[str, str], ...],
) -> None:  # fmt: skip
    """In a worker: reads, analyses and writes one partition, its articles last: where they stand, all does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossWarning)  # counted in the report
        articles = with_texts_noted(_articles(part, root, columns).assign(source_file=part.file))
        corpus = with_cache_keys(articles)
        once = corpus.drop_duplicates("key")
        job = Job(tuple(once["key"]), tuple(once["text"]), tuple(TABLES))
        done = annotate_in_process(job, source=source, steps=steps)
        parts = {table: [unpacked(done.files[table])[0]] for table in TABLES}
        articles, tables = analysed_tables(articles, corpus, parts, done.failed)
    lost = {kind: json.dumps(articles.attrs.get(kind, [])) for kind in ("skipped", "notes")}
    for name, table in {**tables, "articles": articles}.items():
        write_whole(parquet_of(table, step=name, keys=(), **lost), file=_output(part, name, folder))


def _articles(part: Partition, root: Path, columns: Mapping[str, str] | None) -> pd.DataFrame:
    """A partition's articles, by read_articles, as if its lines were a file in the dataset's folder."""
    file, name = root / part.file, Path(part.file)
    with temporary_folder() as temporary:
        block = temporary / name.with_name(name.stem + (f"-{part.start}" if part.start else "") + ".jsonl")
        block.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix.lower() == ".parquet":
            rows = pq.ParquetFile(file).read_row_group(part.start).to_pandas()
            rows.to_json(block, orient="records", lines=True, date_format="iso", force_ascii=False)
        else:
            block.write_bytes(lines := b"".join(_lines(file, part.start, part.stop)))
            if part.start and not lines:  # a long line goes all through this stretch
                return frame("articles")
        return read_articles(temporary, columns=columns)


def _lines(file: Path, start: int, stop: int) -> Iterator[bytes]:
    """The lines that begin within these bytes."""
    with file.open("rb") as lines:
        if start:
            lines.seek(start - 1)
            lines.readline()
        while lines.tell() < stop and (line := lines.readline()):
            yield line


def _output(part: Partition, table: str, folder: Path) -> Path:
    return folder / table / f"{part.name}.parquet"


def _is_whole(part: Partition, folder: Path) -> bool:
    try:
        return all(pq.read_metadata(_output(part, table, folder)).num_rows >= 0 for table in WRITTEN)
    except (OSError, pa.ArrowException):
        return False


def _tidy(folder: Path, plan: list[Partition]) -> None:
    """Removes partitions of an earlier state of the dataset: a table is all the files in its folder."""
    names = {f"{part.name}.parquet" for part in plan}
    for table in WRITTEN:
        for file in (folder / table).glob("part-*.parquet"):
            if file.name not in names:
                file.unlink()


def _reported(
    part: Partition, error: BaseException | None, folder: Path, report: Report
) -> dict[str, object]:
    row = {"partition": part.name, "source_file": part.file, "n_articles": 0, "error": ""}
    if error is not None:
        row["error"] = f"{type(error).__name__}: {error}"
        report.skip(part.file, row["error"])
        return row
    footer = pq.read_metadata(_output(part, "articles", folder))
    about = json.loads(footer.metadata[NAME])
    for item in json.loads(about["skipped"]):
        report.skip(part.file, item["reason"])
    for item in json.loads(about["notes"]):
        report.note(part.file, item["note"])
    return row | {"n_articles": footer.num_rows}


def _note_repeated_ids(plan: list[Partition], errors: Mapping, folder: Path, report: Report) -> None:
    files = [_output(part, "articles", folder) for part in plan if part not in errors]
    ids = pd.concat([pd.read_parquet(file, columns=["article_id"])["article_id"] for file in files])
    for article_id in ids[ids.duplicated()].unique():
        report.note(article_id, "this article_id names articles of several partitions")
