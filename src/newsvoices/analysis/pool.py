"""Processes of this machine that end with the one that started them."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread


class _Pool(ProcessPoolExecutor):
    def submit(self, *task: object, **named: object) -> Future:
        """As the executor's, which waits for the end of the processes it knew before; one started now is one of them."""
        future = super().submit(*task, **named)
        self._executor_manager_thread_wakeup.wakeup()
        return future


@contextmanager
def own_processes(number: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes end within a second when this one does, however that is, or when its work is broken off.

    Each holds an end of a pipe: the system closes the other one with this process. Ctrl-C is this process's to answer.
    Arrays are multiplied in one thread each, unless the user has set a number.
    """
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    pool = _Pool(number, context, initializer=_exit_with, initargs=(theirs,))
    unset = "OMP_NUM_THREADS" not in os.environ
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        yield pool
        pool.shutdown()
    finally:
        ours.close()
        pool.shutdown(cancel_futures=True)
        theirs.close()
        if unset:
            os.environ.pop("OMP_NUM_THREADS", None)


def in_flight(
    items: Iterable, *, submit: Callable, wait: Callable, most: Callable[[], int]
) -> Iterator[tuple[object, Future]]:
    """Items and their futures as they come in; no more than `most` are under way, so that memory is bounded.

    Args:
        items: what there is to do.
        submit: gives the future of an item.
        wait: given futures, returns when one is done, with all that are in `done`.
        most: how many may be under way now.
    """
    items, waiting = iter(items), {}
    try:
        while True:
            for item in islice(items, max(most() - len(waiting), 1)):
                waiting[submit(item)] = item
            if not waiting:
                return
            for future in wait(list(waiting)).done:
                yield waiting.pop(future), future
    finally:
        for future in waiting:
            future.cancel()


def _exit_with(parent: Connection) -> None:
    signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN, which a notebook's kernel would inherit
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Connection) -> None:
    parent.poll(None)  # nothing is ever sent
    os._exit(1)
