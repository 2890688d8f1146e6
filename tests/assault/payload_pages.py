"""Payloads in every page that the kit makes, opened in Chromium: nothing runs, nothing is asked of a network."""

import csv
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pandas as pd
from chromium import asked_for, chromium
from common import Outcome, attack
from nbformat.v4 import new_code_cell, new_notebook, new_output
from payloads import PAYLOADS

from newsvoices import LossWarning, Tables, frame, save_explorer, show, show_versions, table, tell
from newsvoices.pages import save_index, save_page
from newsvoices.schema import TABLES

Look = Callable[[Path], list[str]]


def everywhere(payload: str) -> Tables:
    """Tables of two rows each, with the payload in every place but where offsets stand."""
    made = {}
    for name, columns in TABLES.items():
        row = {c.name: payload if c.dtype == "str" else 1 for c in columns if c.name != "sentences"}
        row |= {"spans": "0-1"} if name == "quotes" else {}
        other = {"article_id": "a", "quote_id": "b", "outlet": "c", "actor": "d"}
        made[name] = frame(name, [row, row | {key: other[key] for key in other.keys() & row.keys()}])
    found = Tables(**made)
    found.articles.attrs = {
        "skipped": [{"source_file": payload, "reason": payload}],
        "notes": [{"source_file": payload, "note": payload}],
    }
    return found


def save_pages(payload: str, *, folder: Path) -> None:
    """The index, the explorer and one page with all that a notebook displays, with the payload everywhere in them."""
    tables = everywhere(payload)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossWarning)
        save_explorer(tables, folder / "explore.html")
    told = tell("{actor} spoke.", tables.quotes[["actor"]], actor=[payload, payload])
    shown = [
        show(payload, tables.mentions),
        show(payload, tables.quotes),
        show_versions(tables.quotes.assign(outlet=payload, date=payload)),
    ]
    shown += [table(rows.iloc[:, :7]) for rows in (getattr(tables, name) for name in TABLES)]
    shown += [table(pd.DataFrame({payload: [payload]}, index=[payload]), index=True)]
    outputs = [new_output("display_data", {"text/html": page.data}) for page in shown]
    outputs += [new_output("display_data", {"text/html": "".join(told)}, metadata={"newsvoices": "findings"})]
    outputs += [new_output("error", ename=payload, evalue=payload, traceback=[payload])]
    outputs += [new_output("stream", text=payload), new_output("display_data", {"text/plain": payload})]
    cell = new_code_cell(f"articles = {payload!r}", outputs=outputs)
    nbformat.write(new_notebook(cells=[cell]), folder / "shown.ipynb")
    page = save_page(folder / "shown.ipynb", error=payload)
    save_index([page], folder=folder, articles=tables.articles, source=payload)


# What a page holds that runs or loads something, and what ran while it was opened.
_ALIVE = """
const found = [...window.ran];
for (const node of document.querySelectorAll("*")) {
  for (const {name, value} of node.attributes)
    if (name.startsWith("on") || (/href|src|action|data$/.test(name) && /^\\s*(javascript|vbscript|data:text)/i.test(value)))
      found.push(name);
  if (node.matches("iframe, object, embed, base, mjx-container") || (node.matches("script") && /alert\\(/.test(node.text)))
    found.push(node.tagName);
}
return found;
"""
_READY = "return !document.querySelector('#explorer') || !!document.querySelector('.nv-count')"
_SPY = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.ran.push(name);
"""


@contextmanager
def browser() -> Iterator[Look | None]:
    """Opens a page in Chromium and says what in it ran, would run, or was asked of a network; None without one."""
    with TemporaryDirectory() as downloads:
        opened = chromium(Path(downloads))
        if opened is None:
            yield None
            return
        from selenium.webdriver.support.ui import WebDriverWait

        opened.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _SPY})

        def look(page: Path) -> list[str]:
            opened.get("about:blank")
            asked_for(opened)
            opened.get(page.as_uri())
            wait = WebDriverWait(opened, 20)
            wait.until(lambda b: b.execute_script(_READY))
            wrong = [f"alive in {page.name}: {what}" for what in opened.execute_script(_ALIVE)]
            loaded = [url for url in asked_for(opened) if url != page.as_uri()]
            return wrong + [f"{page.name} asks for {url[:100]}" for url in loaded]

        try:
            yield look
        finally:
            opened.quit()


def check_pages(payload: str, look: Look) -> list[str]:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        save_pages(payload, folder=folder)
        return [wrong for page in sorted(folder.rglob("*.html")) for wrong in look(page)]


def save_corpus(folder: Path) -> None:
    """Articles in three outlets with a payload in the text, its names and everything said about it; files named so, too."""
    folder.mkdir()
    rows = [
        {"text": f"{p}\n\nEdda {p} Marlow met Goran Vasht of the {p} Party in Kell. “We go, {p},” said Marlow. She left {p}.",
         "title": p, "byline": p, "url": p, "id": f"{number} {p}", "date": p if number % 2 else "2024-03-05",
         "outlet": PAYLOADS[number % 3]}
        for number, p in enumerate(PAYLOADS)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / "articles.csv", index=False, quoting=csv.QUOTE_ALL)
    for number, p in enumerate(PAYLOADS):
        name = re.sub("[/\0]", "", p)[:60]
        (folder / f"{number} {name}.txt").write_text(
            f"{p}\n\n“{p}”, said Edda Marlow in Kell on {p}.\n", "utf-8"
        )


def run(number: int) -> list[Outcome]:
    """Pages with each of the first payloads everywhere, and those of all notebooks, as Chromium shows them."""
    if not number:
        return []
    with browser() as look:
        if look is None:
            raise SystemExit("no selenium, chromium and chromedriver here; --pages 0 leaves the pages out")
        return [attack("pages", PAYLOADS[:number], partial(check_pages, look=look)), run_notebooks(look)]


def run_notebooks(look: Look) -> Outcome:
    """The pages of `newsvoices run` on articles of payloads."""
    with TemporaryDirectory() as temporary:
        corpus, out = Path(temporary, "corpus"), Path(temporary, "out")
        save_corpus(corpus)
        command = [sys.executable, "-m", "newsvoices", "run", corpus, "--out", out, "--no-cache"]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        raw = {c for c in told.stderr + told.stdout if not (c.isprintable() or c == "\n")}
        outcome = attack("notebooks", sorted(out.rglob("*.html")), look)
        outcome.failures += [f"raw in the terminal: {c!r}" for c in sorted(raw)]
        outcome.failures += [f"stopped: {told.stderr[-300:]}"] if told.returncode else []
        return outcome
