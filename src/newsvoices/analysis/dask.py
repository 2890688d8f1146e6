"""The map step on a Dask cluster."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from ..engine.annotate import BatchResult, Job, Source, annotate_in_process
from .pool import in_flight

if TYPE_CHECKING:
    from distributed import Client, Future


def on_cluster(
    jobs: Iterable[Job], *, client: "Client", source: Source, steps: Mapping[str, str]
) -> Iterator[tuple[Job, BatchResult]]:
    """Each job and what became of it, in the order in which they are done.

    A worker that is lost costs only time: its batches go to others. Where a batch keeps killing workers, its
    articles are sent one by one, and one that still does is named in Done.failed.

    Raises:
        RuntimeError: the workers have another version of the package, or whatever else stops all of them.
    """
    from distributed import KilledWorker

    function = partial(annotate_in_process, source=source, steps=tuple(steps.items()))
    for job, future in submitted(client, function, jobs):
        # A result that was lost with its worker is worked out again before this returns.
        error = future.exception()
        if error is None:
            yield job, future.result()
        elif not isinstance(error, KilledWorker):
            raise error
        elif len(job.keys) == 1:
            yield job, BatchResult({}, {job.keys[0]: "it ended its worker process every time"})
        else:
            yield from on_cluster(_singles(job), client=client, source=source, steps=steps)


def submitted(client: "Client", function: partial, items: Iterable) -> Iterator[tuple[object, "Future"]]:
    """Items and their futures as they come in; two for each worker are under way."""
    from distributed import wait

    return in_flight(
        items,
        submit=lambda item: client.submit(function, item, pure=False, retries=2),
        wait=partial(wait, return_when="FIRST_COMPLETED"),
        most=lambda: 2 * max(len(client.scheduler_info(n_workers=-1)["workers"]), 1),  # it may grow
    )


def _singles(job: Job) -> Iterator[Job]:
    for i, key in enumerate(job.keys):
        yield job._replace(keys=(key,), texts=job.texts[i : i + 1], n_words=job.n_words // len(job.keys))
