"""The command line: newsvoices tables, newsvoices run."""

import argparse
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__

if TYPE_CHECKING:
    import pandas as pd


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit status.

    0: done, and whatever was left out is counted and listed on standard error. 1: nothing could be read, or a
    notebook stopped with an error. 2: a path, pipeline or argument that is not there or does not fit.
    """
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except (OSError, ValueError) as error:
        _say(str(error))
        return 2
    except ModuleNotFoundError as error:
        if error.name not in {"papermill", "nbconvert"}:
            raise
        _say(f"{error.name} is missing; install it with pip install 'newsvoices[notebooks]'")
        return 2


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
        command.add_argument("path", metavar="PATH", help="a .txt, .jsonl or .csv file, or a folder of them")
        command.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to write to")
    tables.add_argument("--pipeline", metavar="NAME", help="a spaCy pipeline; the bundled one by default")
    tables.add_argument("--workers", metavar="N", type=_workers, default=1, help="processes (default: 1)")
    tables.add_argument(
        "--cache", metavar="DIR", help="what is worked out is kept here (default: data/derived)"
    )
    run.add_argument("--notebooks", metavar="DIR", default="notebooks", help="default: notebooks")
    return parser


def _workers(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a number of processes")
    return int(value)


def _tables(options: argparse.Namespace) -> int:
    given = {"cache": options.cache} if options.cache else {}
    return _write_tables(options.path, options.out, nlp=options.pipeline, workers=options.workers, **given)


def _run(options: argparse.Namespace) -> int:
    from .run_notebooks import find_notebooks, run_notebooks

    notebooks = find_notebooks(options.notebooks)
    if status := _write_tables(options.path, options.out / "tables"):
        return status
    errors = run_notebooks(notebooks, articles=options.path, folder=options.out)
    for name, error in errors.items():
        _say(f"{name} stopped: {error}")
    return 1 if errors else 0


def _write_tables(path: str, folder: Path, **how: object) -> int:
    from . import LossWarning, analyse, read_articles, save_tables

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossWarning)  # listed below, in full
        articles = read_articles(path)
        if len(articles):
            tables = analyse(articles, **how)
            articles = tables.articles
    _report(articles)
    if articles.empty:
        _say(f"{path}: no article could be read")
        return 1
    save_tables(tables, folder=folder)
    return 0


def _report(articles: "pd.DataFrame") -> None:
    """Counts and lists on standard error what was left out and what was guessed."""
    skipped, notes = articles.attrs.get("skipped", []), articles.attrs.get("notes", [])
    if skipped:
        _say(f"left out: {len(skipped)} of {len(articles) + len(skipped)} items")
    for item in skipped:
        print(f"  {item['source_file']}: {item['reason']}", file=sys.stderr)
    if notes:
        _say(f"guessed: {len(notes)}")
    for item in notes:
        print(f"  {item['source_file']}: {item['note']}", file=sys.stderr)


def _say(message: str) -> None:
    print(f"newsvoices: {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
