"""Runs killed at a chosen step of their work: the next one ends as if nothing had been, and no folder holds two states."""

import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pandas as pd
import spacy
from common import Outcome, attack
from pandas.testing import assert_frame_equal

import en_newsvoices
from newsvoices import Tables, analyse, save_tables
from newsvoices.files.saving import FILES, read_tables

WRITES = ("mkdir", "rename", "replace", "unlink", "open", "write", "rmdir", "link")


def pipeline():
    """A quick one, which knows two names."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "PERSON", "pattern": "Edda Marlow"}, {"label": "GPE", "pattern": "Morast"}]
    )
    for name in ("quotes", "coreference", "speakers", "relations"):
        nlp.add_pipe(f"newsvoices_{name}")
    assert "newsvoices_quotes" in nlp.pipe_names, en_newsvoices
    return nlp


def corpus(run: str, n: int = 40) -> pd.DataFrame:
    texts = [f"Edda Marlow left Morast, {run} {i}. “We go,” she said." for i in range(n)]
    return pd.DataFrame({"article_id": [f"{run}{i}" for i in range(n)], "text": texts, "outlet": run})


def work(run: str, folder: Path, *, before_saving: Callable[[], None] = lambda: None) -> None:
    tables = analyse(corpus(run), nlp=pipeline(), cache=folder / "cache")
    before_saving()
    save_tables(tables, folder=folder / "out")


def killed_at(step: int, saving: bool, run: str, folder: Path) -> None:
    """Works, and is killed at its `step`-th call that changes the file system, or the `step`-th after it began to save."""
    count = 0

    def audited(event: str, arguments: tuple) -> None:
        nonlocal count
        name = event.removeprefix("os.")
        reads = event == "open" and not ((arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR))
        if name in WRITES and not reads and str(folder) in str(arguments):
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch() -> None:
        sys.addaudithook(audited)

    if not saving:
        watch()
    work(run, folder, before_saving=watch if saving else lambda: None)


def forked(function: Callable, *arguments: object) -> int:
    process = get_context("fork").Process(target=function, args=arguments)
    process.start()
    process.join()
    return process.exitcode


def steps(number: int, *, seed: int = 0) -> Iterator[tuple[int, bool]]:
    """Each second one while saving, from its first step on; the others while analysing, by chance."""
    chance = Random(seed)
    return ((i // 2 % 24 + 1, True) if i % 2 else (chance.randrange(1, 80), False) for i in range(number))


def check(item: tuple[int, bool]) -> list[str]:
    """Run a is whole, run b is killed: the folder is a's or b's; then b ends as if undisturbed, and nothing is left behind."""
    step, saving = item
    with TemporaryDirectory() as temporary, warnings.catch_warnings():
        folder = Path(temporary)
        work("a", folder)
        ended = forked(killed_at, step, saving, "b", folder)
        wrong = [] if ended in (0, -signal.SIGKILL) else [f"ended with {ended}"]
        named = (pd.read_csv(folder / "out" / f"{table}.csv") for table in ("articles", "mentions"))
        state = {table["article_id"].iloc[0][0] for table in named}
        wrong += [] if len(state) == 1 else [f"the folder holds {sorted(state)}"]
        read_tables(folder / "out")
        warnings.simplefilter("error")
        work("b", folder)
        same(read_tables(folder / "out"), analyse(corpus("b"), nlp=pipeline(), cache=None))
        left = [path.name for path in folder.rglob(".*")]
        return wrong + [
            f"left behind: {name}" for name in left if not name.endswith(".part")
        ]  # those, after an hour


def same(one: Tables, two: Tables) -> None:
    for name in FILES:
        table = name.removesuffix(".csv")
        assert_frame_equal(getattr(one, table), getattr(two, table), check_dtype=False)


def run(number: int, *, seed: int = 0) -> Outcome:
    return attack("kills", steps(number, seed=seed), check)
