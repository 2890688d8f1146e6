"""The map step: texts to annotated Docs to table rows, for a batch of articles, in any process.

Every article is worked on alone, so that its rows do not depend on the batch that it happens to be in.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from ctypes import CDLL
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ..tables import mentions, quotes, relations, sentences
from .cache import parquet_of
from .long_articles import read_in_parts
from .pipeline import load_pipeline
from .versions import pipeline_version, step_versions

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

EXTRACTORS: dict[str, Callable[[Iterable["Doc"]], pd.DataFrame]] = {
    "mentions": mentions, "quotes": quotes, "relations": relations, "sentences": sentences,
}  # fmt: skip


class Job(NamedTuple):
    """A batch of articles: their keys, texts, and the tables that are wanted of them."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]
    tables: tuple[str, ...]
    n_words: int = 0


class BatchResult(NamedTuple):
    """A Parquet file for each table worked out, and the error of each article that failed."""

    files: dict[str, bytes]
    failed: dict[str, str]


class Source(NamedTuple):
    """How another process gets the pipeline: by name, or from a folder that it was saved to."""

    name: str | None
    folder: str
    version: str


def source_of(nlp: "Language | str | Path | None") -> Source:
    """Where another process finds this pipeline, and its version; one in memory has no name."""
    name = None if nlp is None or is_loaded(nlp) else str(Path(nlp).absolute() if Path(nlp).is_dir() else nlp)
    return Source(name, "", pipeline_version(nlp))


def is_loaded(nlp: object) -> bool:
    """Whether this is a pipeline rather than the name of one."""
    return not (nlp is None or isinstance(nlp, str | Path))


def annotate_batch(job: Job, *, nlp: "Language", steps: dict[str, str]) -> BatchResult:
    """Annotates a batch and extracts its tables."""
    files = {}
    with nlp.memory_zone():  # what a batch adds to the vocabulary goes with it
        texts = dict(zip(job.keys, zip(job.keys, job.texts, strict=True), strict=True))
        found, failed = _each(lambda item: _annotated(*item, nlp), texts)
        for table in job.tables:
            rows, errors = _extracted(EXTRACTORS[table], list(found.values()))
            files[table] = parquet_of(
                rows, step=steps[table], keys=[key for key in found if key not in errors]
            )
            failed |= errors
    return BatchResult(files, failed)


def _annotated(key: str, text: str, nlp: "Language") -> "Doc":
    doc = read_in_parts(text, nlp)
    doc.user_data["article_id"] = key
    return doc


def _extracted(extract: Callable, docs: Sequence["Doc"]) -> tuple[pd.DataFrame, dict[str, str]]:
    try:
        return extract(docs), {}
    except Exception:  # noqa: BLE001  (one article by one, to name it)
        found, failed = _each(lambda doc: extract([doc]), {d.user_data["article_id"]: d for d in docs})
        return pd.concat([extract([]), *found.values()], ignore_index=True), failed


def _each(function: Callable[[Any], Any], items: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The results by key, and the errors of those that failed twice."""
    found, failed = {}, {}
    for key, item in items.items():
        for _ in range(2):
            try:
                found[key] = function(item)
                break
            except Exception as error:  # noqa: BLE001  (whatever a component raises must not stop the others)
                failed[key] = f"{type(error).__name__}: {error}"
    return found, {key: error for key, error in failed.items() if key not in found}


_one_at_a_time = Lock()


def annotate_in_process(job: Job, *, source: Source, steps: Iterable[tuple[str, str]]) -> BatchResult:
    """`annotate_batch` in another process, which loads the pipeline once."""
    _keep_freed_memory()
    with _one_at_a_time:  # a cluster's worker may have threads; a pipeline serves one
        return annotate_batch(job, nlp=pipeline_of_process(source), steps=_checked(source, tuple(steps)))


@lru_cache(maxsize=1)
def _keep_freed_memory() -> None:
    """The arrays of one window take the place of the last one's.

    Dask starts workers with MALLOC_TRIM_THRESHOLD_, and then glibc asks the system for every large array anew: half a
    million page faults for a dozen articles, a quarter of the time. Other C libraries have no such switch.
    """
    if hasattr(libc := CDLL(None) if os.name == "posix" else None, "mallopt"):
        libc.mallopt(-1, 256 << 20)  # M_TRIM_THRESHOLD
        libc.mallopt(-3, 32 << 20)  # M_MMAP_THRESHOLD, as high as it goes


@lru_cache(maxsize=1)
def pipeline_of_process(source: Source) -> "Language":
    """The pipeline, loaded once in a process."""
    if source.folder:
        import spacy

        return spacy.load(source.folder)
    return load_pipeline(source.name)


@lru_cache(maxsize=1)
def _checked(source: Source, steps: tuple[tuple[str, str], ...]) -> dict[str, str]:
    here = source.version if source.folder else pipeline_version(source.name)
    if tuple(step_versions(here).items()) != steps:
        raise RuntimeError(
            "a worker has another version of newsvoices, its word lists, spaCy or the pipeline than this process; "
            "give all the same, and start Python anew where a file was changed meanwhile"
        )
    return dict(steps)
