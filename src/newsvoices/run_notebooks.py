"""Notebooks executed on a corpus of articles: HTML to read and figures to use, without a network."""

import base64
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tqdm import tqdm

from .engine.pool import own_processes

if TYPE_CHECKING:
    from nbformat import NotebookNode

# nbconvert's own page asks a server for require.js, MathJax and mermaid; this one is whole in itself.
# It drops a picture's words for who cannot see it, too; this one keeps them.
_OFFLINE = """{%- extends "lab/index.html.j2" -%}
{% block html_head_js %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
{% block data_png scoped %}
<div class="jp-RenderedImage jp-OutputArea-output {{ extra_class }}">
{%- set alt = output | get_metadata("alt", "image/png") %}
<img src="data:image/png;base64,{{ output.data["image/png"] | escape_html }}"{% if alt %} alt="{{ alt | e }}"{% endif %}>
</div>
{% endblock %}
"""

_AT_ONCE = min(2, os.cpu_count() or 1)  # notebooks; each has a corpus in memory

# What goes wrong in a notebook stands in the notebook. Beside that, a kernel would warn about its transport
# and, at times, complain that it is asked to stop: so it is stopped without asking.
_QUIET = {
    "extra_arguments": ["--log-level=ERROR", "--HistoryManager.enabled=False"],
    "shutdown_kernel": "immediate",
}


def find_notebooks(folder: str | Path) -> list[Path]:
    """The notebooks in a folder, in reading order.

    Raises:
        FileNotFoundError: there is no such folder, or no notebook in it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such folder of notebooks; name it with --notebooks")
    if not (notebooks := sorted(folder.glob("*.ipynb"))):
        raise FileNotFoundError(
            f"{folder}: no notebook (.ipynb) in this folder; name another with --notebooks"
        )
    return notebooks


def run_notebooks(notebooks: list[Path], *, articles: str | Path, folder: str | Path) -> dict[str, str]:
    """Executes notebooks on ``articles`` and leaves name.html and figures/name-1.png, … in ``folder``.

    A figure that carries its numbers has them beside it, in figures/name-1.csv; one in HTML is name-1.html.

    Each runs in a fresh kernel and in its own folder, as in JupyterLab, with its parameter ``articles`` set;
    the notebook itself is not changed. One that stops with an error gets its page too, up to the error, and
    the others are run. Two run at once, in processes of their own.

    Returns:
        The error of each notebook that stopped, by name; empty if all ran through.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as temporary,
        one_thread_each(),
        ProcessPoolExecutor(_AT_ONCE, get_context("spawn")) as pool,
    ):
        run = partial(_run, articles=str(Path(articles).absolute()), folder=folder, temporary=temporary)
        errors = list(tqdm(pool.map(run, notebooks), total=len(notebooks), unit=" notebooks", disable=None))
    return {
        notebook.name: error for notebook, error in zip(notebooks, errors, strict=True) if error is not None
    }


def _run(notebook: Path, *, articles: str, folder: Path, temporary: str) -> str | None:
    """Executes one notebook and saves what it shows; the error that stopped it, if one did."""
    import papermill

    executed, stopped = Path(temporary, notebook.name), None
    try:
        papermill.execute_notebook(
            notebook,
            executed,
            parameters={"articles": articles},
            language="python",
            cwd=notebook.parent,
            progress_bar=False,
            **_QUIET,
        )
    except papermill.PapermillExecutionError as error:
        stopped = f"{error.ename}: {error.evalue}"
    _save(executed, folder=folder)
    return stopped


def _save(executed: Path, *, folder: Path) -> None:
    import nbformat
    from jinja2 import DictLoader
    from nbconvert import HTMLExporter

    notebook = nbformat.read(executed, as_version=4)
    exporter = HTMLExporter(
        extra_loaders=[DictLoader({"offline.html.j2": _OFFLINE})], template_file="offline.html.j2"
    )
    resources = {"metadata": {"name": executed.stem}}
    page, _ = exporter.from_notebook_node(notebook, resources=resources)
    (folder / f"{executed.stem}.html").write_text(page, encoding="utf-8")
    for number, data in enumerate(_figures(notebook), start=1):
        file = folder / "figures" / f"{executed.stem}-{number}"
        file.parent.mkdir(exist_ok=True)
        if "image/png" in data:
            file.with_suffix(".png").write_bytes(base64.b64decode(data["image/png"]))
        else:
            page = f'<!doctype html><meta charset="utf-8">{data["text/html"]}'
            file.with_suffix(".html").write_text(page, encoding="utf-8")
        if "text/csv" in data:
            file.with_suffix(".csv").write_text(data["text/csv"], encoding="utf-8", newline="")


def _figures(notebook: "NotebookNode") -> Iterator[dict[str, str]]:
    """What each picture, and each page with numbers of its own, consists of."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data or {"text/html", "text/csv"} <= data.keys():
                yield data
