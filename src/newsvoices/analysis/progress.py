"""How far a long run is."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

from ..engine.annotate import Job

_LONG = 30  # seconds, after which JupyterLab shows a progress bar


@contextmanager
def progress(n_articles: int) -> Iterator[Callable[[Job], None]]:
    """A bar on a terminal and in JupyterLab, whose server names its sessions; silent in a pipe and in tests.

    JupyterLab keeps among a cell's outputs whatever was shown, so there it is shown in long runs only, and stays.
    """
    terminal = sys.stderr.isatty()
    shown, delay = terminal or "JPY_SESSION_NAME" in os.environ, 0 if terminal else _LONG
    with tqdm(total=n_articles, unit=" articles", disable=not shown, leave=not terminal, delay=delay) as bar:
        n_words = 0

        def update(job: Job) -> None:
            nonlocal n_words
            n_words += job.n_words
            if shown:
                seconds = max(bar.format_dict["elapsed"], 1e-3)
                bar.set_postfix_str(f"{n_words / seconds:,.0f} words/s", refresh=False)
            bar.update(len(job.keys))

        yield update
