"""The command line: newsvoices tables, newsvoices run."""

import argparse
import signal
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from . import __version__
from .losses import losses_of, printable

if TYPE_CHECKING:
    import pandas as pd


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit status.

    0: done, and whatever was left out is counted and listed on standard error. 1: nothing could be read, or a
    notebook stopped with an error. 2: a path, pipeline or argument that is not there or does not fit, no room to
    write, or a worker that was killed. 130: broken off.
    """
    options = _parser().parse_args(arguments)
    try:
        with _ended_like_ctrl_c():
            return options.command(options)
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and type(error) is not RuntimeError:
            raise
        _say(str(error))
        return 2
    except ModuleNotFoundError as error:
        if error.name not in {"papermill", "nbconvert"}:
            raise
        _say(f"{error.name} is missing; install it with pip install 'newsvoices[notebooks]'")
        return 2
    except KeyboardInterrupt:
        _say(f"stopped; {_kept(options)}")
        return 130


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """Whoever asks this process to end gets the same answer, and nothing is left behind."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _kept(options: argparse.Namespace) -> str:
    from .engine.cache import default_cache

    cache = default_cache() if options.cache is None else options.cache
    tables = "its tables are whole, of this run or the one before"
    if not cache:
        return f"nothing is kept (--no-cache); {options.out}: {tables}"
    return f"what was worked out is kept in {cache}, and the same command goes on from there; {options.out}: {tables}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsvoices", description="Who is in the news, who gets to speak, and about whom?"
    )
    parser.add_argument("--version", action="version", version=f"newsvoices {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    tables = commands.add_parser("tables", help="write the tables of a corpus as CSV files")
    run = commands.add_parser("run", help="execute every notebook on a corpus: HTML, figures and tables")
    for command, function in ((tables, _tables), (run, _run)):
        command.set_defaults(command=function)
        command.add_argument(
            "path", metavar="PATH", help="a file of articles, or a folder of them (formats: README)"
        )
        command.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to write to")
        command.add_argument(
            "--columns",
            metavar="OURS=YOURS",
            type=_column,
            nargs="+",
            action="extend",
            default=[],
            help="which column of a table is which, as in --columns text=body outlet=paper",
        )
        command.add_argument(
            "--dates",
            choices=("day-first", "month-first"),
            help="what 03/04/2024 means, where the files do not show it",
        )
        cache = command.add_mutually_exclusive_group()
        cache.add_argument(
            "--cache",
            metavar="DIR",
            help="results are kept here, article by article, for the next run (default: data/derived where the working "
            "directory lies in the kit, else the platform's folder for caches, such as ~/.cache/newsvoices)",
        )
        cache.add_argument("--no-cache", dest="cache", action="store_const", const="", help="keep no results")
    tables.add_argument("--pipeline", metavar="NAME", help="a spaCy pipeline; the bundled one by default")
    tables.add_argument("--workers", metavar="N", type=_workers, default=1, help="processes (default: 1)")
    run.add_argument("--notebooks", metavar="DIR", help="default: ./notebooks, or else the kit's own")
    return parser


def _workers(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a number of processes")
    return int(value)


def _column(value: str) -> tuple[str, str]:
    ours, sign, yours = value.partition("=")
    if not (ours and sign and yours):
        raise argparse.ArgumentTypeError(f"{value} does not say whose column is whose, as text=body does")
    return ours, yours


def _reading(options: argparse.Namespace) -> dict[str, object]:
    """What read_articles is to know beside the path."""
    day_first = None if options.dates is None else options.dates == "day-first"
    return {"columns": dict(options.columns), "day_first": day_first}


def _tables(options: argparse.Namespace) -> int:
    articles = _write_tables(options, options.out, nlp=options.pipeline, workers=options.workers)
    return 1 if articles.empty else 0


def _run(options: argparse.Namespace) -> int:
    from .pages import save_index
    from .run_notebooks import find_notebooks, run_notebooks

    notebooks = find_notebooks(options.notebooks)
    articles = _write_tables(options, options.out / "tables", explorer=options.out / "explore.html")
    if articles.empty:
        return 1
    cache = str(Path(options.cache).absolute()) if options.cache else options.cache
    path = _as_read(articles, options.out) if options.columns or options.dates else options.path
    pages = run_notebooks(notebooks, articles=path, folder=options.out, cache=cache)
    save_index(pages, folder=options.out, articles=articles, source=options.path)
    for page in (stopped := [page for page in pages if page.error]):
        _say(f"{page.name}.ipynb stopped: {page.error}")
    return 1 if stopped else 0


def _as_read(articles: "pd.DataFrame", folder: Path) -> Path:
    """A file of the articles under our columns' names, so that notebooks need not be told whose column is whose."""
    file = folder / "articles.jsonl"
    kept = articles.drop(columns=["n_tokens", "sentences"], errors="ignore")
    kept.to_json(file, orient="records", lines=True, force_ascii=False)
    return file


def _write_tables(
    options: argparse.Namespace, folder: Path, *, explorer: Path | None = None, **how: object
) -> "pd.DataFrame":
    """The articles of the tables that were written, to click through as `explorer`; none if no article could be read."""
    from . import LossWarning, analyse, read_articles, save_tables

    cache = "auto" if options.cache is None else options.cache or None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossWarning)  # listed below, in full
        articles = read_articles(options.path, **_reading(options))
        if len(articles):
            tables = analyse(articles, cache=cache, **how)
            articles = tables.articles
    _report(articles)
    if articles.empty:
        _say(f"{options.path}: no article could be read")
    else:
        save_tables(tables, folder=folder)
    if explorer is not None and len(articles):
        from .explorer.page import save_explorer

        save_explorer(tables, explorer)
    return articles


def _report(articles: "pd.DataFrame") -> None:
    """Counts and lists on standard error what was left out and what was guessed."""
    for kind in ("left out", "guessed"):
        items = [item for item in losses_of(articles) if item[0] == kind]
        if items:
            _say(
                f"{kind}: {len(items)}"
                + (f" of {len(articles) + len(items)} items" if kind == "left out" else "")
            )
        for _, source_file, what in items:
            print(f"  {printable(source_file)}: {printable(what)}", file=sys.stderr)


def _say(message: str) -> None:
    print(f"newsvoices: {printable(message)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
