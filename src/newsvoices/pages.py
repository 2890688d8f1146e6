"""Executed notebooks to pages that need no network: notebooks, figures with their numbers, an index of all."""

import base64
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pandas as pd

from .files.saving import FILES, without_formulas
from .losses import losses_of, printable

if TYPE_CHECKING:
    from nbformat import NotebookNode

# nbconvert's own page asks a server for require.js, MathJax and mermaid; this one is whole in itself.
# Code is shown at a switch.
_OFFLINE = """{%- extends "lab/index.html.j2" -%}
{% block html_head_js %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
{% block html_head_css %}<style>
.page-bar { display: flex; justify-content: space-between; padding: .5em 2em; font: 14px sans-serif; }
body:not(:has(#show-code:checked)) .jp-CodeCell > .jp-Cell-inputWrapper { display: none; }
</style>{% endblock %}
{% block body_header %}{{ super() }}
<nav class="page-bar"><a href="index.html">All pages</a>
<label><input type="checkbox" id="show-code" autocomplete="off"> Show code</label></nav>{% endblock %}
"""
_PICTURE = re.compile('<img src="data:image/png;base64,([^"]+)"')
_LINK = re.compile(r'href="([^":/?#]+)\.ipynb(#[^"]*)?"')
# to a file that lies in no such place
_LINK_OUT = re.compile(r'<a href="\.\./[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass
class Page:
    """What one notebook became: its heading, its files, and the error that stopped it, if one did."""

    name: str
    title: str = ""
    findings: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    error: str = ""


def clear(folder: Path, *, names: list[str]) -> None:
    """Removes what an earlier run left in `folder` of these notebooks, so that nothing old stands beside new."""
    old = [folder / "index.html", folder / "report.csv"]
    for name in names:
        old += [folder / f"{name}.html", folder / f"{name}.ipynb"]
        old += [
            file for file in folder.glob("figures/*") if re.fullmatch(rf"{re.escape(name)}-\d+", file.stem)
        ]
    for file in old:
        file.unlink(missing_ok=True)


def save_page(executed: Path, *, error: str = "") -> Page:
    """Writes NAME.html and figures/NAME-1.png, … beside an executed notebook; a figure's numbers beside it as .csv."""
    import nbformat
    from jinja2 import DictLoader
    from nbconvert import HTMLExporter

    from .explorer.without_widgets import WithoutWidgets

    notebook = nbformat.read(executed, as_version=4)
    page = Page(executed.stem, _heading(notebook) or executed.stem, _findings(notebook), error=error)
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    if any("injected-parameters" in own for own in tags):  # the ones that it was run with
        notebook.cells = [
            cell for cell, own in zip(notebook.cells, tags, strict=True) if "parameters" not in own
        ]
    exporter = HTMLExporter(
        extra_loaders=[DictLoader({"offline.html.j2": _OFFLINE})],
        template_file="offline.html.j2",
        preprocessors=[WithoutWidgets],
    )
    body, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": page.title}})
    body = _LINK_OUT.sub(r"\1", _LINK.sub(r'href="\1.html\2"', body))
    executed.with_suffix(".html").write_text(body, encoding="utf-8")
    for number, data in enumerate(_figures(notebook), start=1):
        file = executed.parent / "figures" / f"{executed.stem}-{number}"
        file.parent.mkdir(exist_ok=True)
        page.figures.append(f"figures/{_save_figure(data, file).name}")
    return page


def _findings(notebook: "NotebookNode") -> list[str]:
    """What the notebook found, as HTML; see plots.findings."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return [o.data["text/html"] for o in outputs if o.get("metadata", {}).get("newsvoices") == "findings"]


def _heading(notebook: "NotebookNode") -> str:
    lines = (
        line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.split("\n")
    )
    return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), "")


def _figures(notebook: "NotebookNode") -> Iterator[dict[str, str]]:
    """What each picture, and each page with numbers of its own, consists of."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data or {"text/html", "text/csv"} <= data.keys():
                yield data


def _save_figure(data: Mapping[str, str], file: Path) -> Path:
    if "text/csv" in data:
        Path(f"{file}.csv").write_text(data["text/csv"], encoding="utf-8", newline="")
    found = _PICTURE.match(data.get("text/html", ""))
    if picture := found[1] if found else data.get("image/png"):
        Path(f"{file}.png").write_bytes(base64.b64decode(picture))
        return Path(f"{file}.png")
    body = f'<!doctype html><meta charset="utf-8">{data["text/html"]}'
    Path(f"{file}.html").write_text(body, encoding="utf-8")
    return Path(f"{file}.html")


def save_index(pages: list[Page], *, folder: Path, articles: pd.DataFrame, source: str) -> None:
    """Writes index.html, which links every page, table and figure, and says what was left out; also as report.csv."""
    rows = [map(printable, row) for row in losses_of(articles)]
    report = pd.DataFrame(rows, columns=["kind", "source_file", "what"], dtype="str")
    without_formulas(report).to_csv(folder / "report.csv", index=False, encoding="utf-8", lineterminator="\n")
    figures = [file for page in pages for file in page.figures]
    parts = [
        f"<h1>{len(articles)} article{'s' * (len(articles) != 1)}</h1><p>from {html.escape(printable(source))}</p>",
        f"<p>{_link('explore.html', 'Explore')}: every number opens its sentences.</p>",
        _list("Pages", [_page(p, folder) for p in pages]),
        _list(
            "Tables", [_link(f"tables/{name}", name) for name in FILES if (folder / "tables" / name).exists()]
        ),
        _list("Figures", [_link(file) + _numbers(folder, file) for file in figures]),
        f"<h2>Left out or guessed: {len(report)}</h2><p>{_link('report.csv')}</p>",
        report.to_html(index=False, border=0, escape=True) if len(report) else "",
    ]
    (folder / "index.html").write_text(f"{_HEAD}{''.join(parts)}\n", encoding="utf-8")


_HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>newsvoices</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body { max-width: 50em; margin: 2em auto; font: 16px sans-serif; } td, th { text-align: left; padding: .2em 1em .2em 0; }</style>
"""


def _list(title: str, items: list[str]) -> str:
    return f"<h2>{title}</h2><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def _link(file: str, text: str = "") -> str:
    return f'<a href="{quote(file)}">{html.escape(text or file)}</a>'


def _page(page: Page, folder: Path) -> str:
    links = [_link(f"{page.name}{end}", text) for end, text in ((".html", page.title), (".ipynb", "notebook"))
             if (folder / f"{page.name}{end}").exists()]  # fmt: skip
    stopped = f" stopped: {html.escape(printable(page.error))}" if page.error else ""
    return (", ".join(links) or html.escape(page.title)) + stopped + "".join(page.findings)


def _numbers(folder: Path, file: str) -> str:
    numbers = Path(file).with_suffix(".csv")
    return f", {_link(numbers.as_posix(), 'its numbers')}" if (folder / numbers).exists() else ""
