"""Notebooks executed on a corpus of articles, each in a fresh kernel."""

import json
import os
import re
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from .analysis.pool import own_processes
from .engine.cache import VARIABLE
from .pages import Page, clear, save_page

if TYPE_CHECKING:
    from nbformat import NotebookNode

_PARAMETER = re.compile(r"^articles = .*$", re.MULTILINE)
_AT_ONCE = min(2, os.cpu_count() or 1)  # notebooks; each has a corpus in memory


def find_notebooks(folder: str | Path | None = None) -> list[Path]:
    """The notebooks in a folder, in reading order; by default those in ./notebooks, or else those of the kit.

    Raises:
        FileNotFoundError: there is no such folder, or no notebook in it.
    """
    if folder is None:
        here = Path(__file__).parent  # a wheel has them beside this file, a checkout above src
        places = (Path("notebooks"), here / "notebooks", here.parents[1] / "notebooks")
        folder = next((place for place in places if any(place.glob("*.ipynb"))), places[0])
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such folder of notebooks; name it with --notebooks")
    if not (notebooks := sorted(folder.glob("*.ipynb"))):
        raise FileNotFoundError(
            f"{folder}: no notebook (.ipynb) in this folder; name another with --notebooks"
        )
    return [notebook.absolute() for notebook in notebooks]


def run_notebooks(
    notebooks: list[Path], *, articles: str | Path, folder: str | Path, cache: str | None = None
) -> list[Page]:
    """Executes notebooks on ``articles`` and leaves NAME.html, NAME.ipynb and figures/NAME-1.png, … in ``folder``.

    A figure that carries its numbers has them beside it, in figures/NAME-1.csv; one in HTML is NAME-1.html.

    Each runs in a fresh kernel and in its own folder, as in JupyterLab, with its parameter ``articles`` set;
    the notebook itself is not changed. One that stops with an error gets its page too, up to the error, and
    the others are run. Two run at once, in processes of their own.

    Args:
        notebooks: their files.
        articles: what read_articles takes.
        folder: what an earlier run left of these notebooks there is removed first.
        cache: the folder in which the notebooks keep results, "" for none; theirs to choose by default.

    Returns:
        A Page per notebook, with the error that stopped it, if one did.

    Raises:
        ValueError: the notebooks themselves lie in ``folder``.
    """
    folder = Path(folder).absolute()
    if folder.resolve() in {notebook.resolve().parent for notebook in notebooks}:
        raise ValueError(f"{folder} holds the notebooks themselves; name another folder with --out")
    folder.mkdir(parents=True, exist_ok=True)
    clear(folder, names=[notebook.stem for notebook in notebooks])
    run = partial(_run, articles=str(Path(articles).absolute()), folder=folder, cache=cache)
    with own_processes(_AT_ONCE) as pool:
        futures = [pool.submit(run, notebook) for notebook in notebooks]
        bar = tqdm(futures, total=len(notebooks), unit=" notebooks", disable=None)
        return [_result(notebook, future) for notebook, future in zip(notebooks, bar, strict=True)]


def _result(notebook: Path, future: object) -> Page:
    try:
        return future.result()
    except BrokenProcessPool:
        return Page(notebook.stem, notebook.stem, error="its process was killed, perhaps for want of memory")


def set_articles(notebooks: list[Path], articles: str | Path) -> None:
    """Writes a corpus into the notebooks' parameter ``articles``, as a path from where they lie; outputs stay.

    One that makes its own articles has no such parameter and is left alone.
    """
    import nbformat

    for notebook in filter(_asks_for_articles, notebooks):
        path = json.dumps(Path(os.path.relpath(articles, notebook.parent)).as_posix())
        content = nbformat.read(notebook, as_version=4)
        for cell in _parameters(content):
            cell.source = _PARAMETER.sub(lambda _, path=path: f"articles = {path}", cell.source)
        nbformat.write(content, notebook)


def _asks_for_articles(notebook: Path) -> bool:
    import nbformat

    cells = _parameters(nbformat.read(notebook, as_version=4))
    return any(_PARAMETER.search(cell.source) for cell in cells)


def _parameters(content: "NotebookNode") -> "list[NotebookNode]":
    """The cells that papermill reads the parameters from."""
    return [cell for cell in content.cells if "parameters" in cell.metadata.get("tags", [])]


def _run(notebook: Path, *, articles: str, folder: Path, cache: str | None) -> Page:
    """Executes one notebook and saves what it shows."""
    import papermill
    from nbclient.exceptions import DeadKernelError

    if cache is not None:
        os.environ[VARIABLE] = cache  # this process is the notebook's own
    executed, error = folder / notebook.name, ""
    try:
        papermill.execute_notebook(
            notebook,
            executed,
            parameters={"articles": articles} if _asks_for_articles(notebook) else {},
            language="python",
            cwd=notebook.parent,
            progress_bar=False,
            kernel_manager_class=_manager(),
            shutdown_kernel="immediate",
            # it would warn about its transport
            extra_arguments=["--log-level=ERROR", "--HistoryManager.enabled=False"],
        )
    except papermill.PapermillExecutionError as stopped:
        error = f"{stopped.ename}: {stopped.evalue}"
    except DeadKernelError:
        error = "its kernel was killed, perhaps for want of memory"
    except OSError as failed:
        error = (
            f"cannot write to {folder}: {failed.strerror or failed}. Make room there or name another folder"
        )
    if not executed.exists():
        return Page(notebook.stem, notebook.stem, error=error)
    return save_page(executed, error=error)


def _manager() -> type:
    """A manager that stops an idle kernel without an interrupt, at which the kernel would print an error."""
    from jupyter_client import AsyncKernelManager

    class Manager(AsyncKernelManager):
        async def _async_interrupt_kernel(self) -> None:
            if not self.shutting_down:
                await super()._async_interrupt_kernel()

        interrupt_kernel = _async_interrupt_kernel

    return Manager
