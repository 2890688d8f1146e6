"""The map step in several processes of this machine."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING

from ..engine.annotate import BatchResult, Job, Source, annotate_in_process
from ..temporary import temporary_folder
from .pool import in_flight, own_processes

if TYPE_CHECKING:
    from spacy.language import Language


def in_processes(
    jobs: Iterable[Job], *, nlp: "Language | None", source: Source, steps: dict[str, str], workers: int
) -> Iterator[tuple[Job, BatchResult]]:
    """Each job and what became of it, in the order in which they are done; two a process are under way.

    Args:
        jobs: batches of articles.
        nlp: a pipeline in memory, saved for the processes to load; None where `source` names one.
        source: how a process gets the pipeline.
        steps: names and versions of the steps.
        workers: number of processes.

    Raises:
        RuntimeError: a process was killed.
    """
    with temporary_folder() as saved, own_processes(workers) as pool:
        if nlp is not None:
            nlp.to_disk(saved)
            source = source._replace(folder=str(saved))
        function = partial(annotate_in_process, source=source, steps=tuple(steps.items()))
        submit = partial(pool.submit, function)
        next_done = partial(wait, return_when=FIRST_COMPLETED)
        try:
            for job, future in in_flight(jobs, submit=submit, wait=next_done, most=lambda: 2 * workers):
                yield job, future.result()
        except BrokenProcessPool as error:
            raise RuntimeError(
                "a worker process ended unexpectedly, perhaps for want of memory; what was done is in the cache: "
                "run again, with fewer workers"
            ) from error
