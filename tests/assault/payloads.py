"""Scripts, formulas and control sequences in every place where text can stand, inert wherever it comes out."""

import csv
import itertools
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from common import Outcome, attack
from pandas.testing import assert_frame_equal

from newsvoices import Tables, frame, save_tables, show
from newsvoices.__main__ import _report
from newsvoices.files.saving import FILES, read_tables
from newsvoices.pages import Page, save_index
from newsvoices.schema import TABLES

PAYLOADS = [
    "<script>alert(1)</script>", "</script><script>alert(1)//", "<img src=x onerror=alert(1)>", '" onmouseover="alert(1)',
    "' onfocus='alert(1)", "<svg/onload=alert(1)>", "javascript:alert(1)", "<iframe srcdoc='<script>alert(1)</script>'>",
    "</title><script>alert(1)</script>", "<!--<script>", "]]><script>", "{{7*7}}", "{%- raw %}", "&lt;script&gt;", "<a href=javascript:alert(1)>x",
    "=HYPERLINK(\"http://a.example\")", "+1+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\ufeff=1", '"=1', "'=1", "“=1", "\n=1", "＝1",
    "\x1b[2J\x1b]0;title\x07", "\x9b31m", "\u202egnp.exe", "\u2066x\u2069", "a\nnewsvoices: left out: 0 of 0", "\x08\x08\x08", "x" * 5000,
    "$\\frac{$", "`rm`", "../../x", "%3Cscript%3E",
]  # fmt: skip
PLACES = [
    (table, c.name)
    for table, columns in TABLES.items()
    for c in columns
    if c.dtype == "str" and c.name != "sentences"
]
PLACES += [("report", name) for name in ("source_file", "reason", "note")] + [
    ("header", name[:-4]) for name in FILES
]
_FORMULA = re.compile("[\\s\ufeff\"'“]*[=+\\-@\t\r＝]")


class _Live(HTMLParser):
    """What in a page would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in {"script", "iframe", "svg", "img", "object", "base"}:
            self.found.append(tag)
        self.found += [
            name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")
        ]


def live(page: str) -> list[str]:
    """The tags and attributes of a page that would run or load something."""
    parser = _Live()
    parser.feed(page)
    return [f"live in a page: {name}" for name in parser.found]


def tables_with(payload: str, table: str, column: str) -> Tables:
    """Tables of one row each, with the payload in one place."""
    made = {}
    for name, columns in TABLES.items():
        row = {
            c.name: payload if (name, c.name) == (table, column) else "a" if c.dtype == "str" else 1
            for c in columns
        }
        row |= {"spans": "0-1"} if name == "quotes" and (table, column) != ("quotes", "spans") else {}
        made[name] = frame(name, [row])
        if (table, column) == ("header", name):
            made[name][payload] = payload
    return Tables(**made)


def items() -> Iterator[tuple[str, str, str]]:
    return ((payload, *place) for payload, place in itertools.product(PAYLOADS, PLACES))


def check(item: tuple[str, str, str]) -> list[str]:
    payload, table, column = item
    tables, wrong = tables_with(payload, table, column), []
    losses = {"source_file": "a", "reason": "a"}, {"source_file": "a", "note": "a"}
    for loss in losses if table == "report" else ():
        loss |= {column: payload} if column in loss else {}
    tables.articles.attrs = {"skipped": [losses[0]], "notes": [losses[1]]}
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        save_tables(tables, folder=folder / "tables")
        back = read_tables(folder / "tables")
        for name in FILES:
            with (folder / "tables" / name).open(encoding="utf-8", newline="") as file:
                cells = [cell for row in csv.reader(file) for cell in row]
            wrong += [
                f"a formula in {name}: {cell[:40]!r}"
                for cell in cells
                if _FORMULA.match(cell) and cell[:1] != "'"
            ]
            assert_frame_equal(getattr(back, name[:-4]), getattr(tables, name[:-4]), check_dtype=False)
        pages = [Page("01", payload, ["figures/01-1.png"], error=payload)]
        save_index(pages, folder=folder, articles=tables.articles, source=payload)
        wrong += live((folder / "index.html").read_text(encoding="utf-8"))
    text = f"“{payload}” said Marlow."
    marked = [tables.mentions.assign(end=len(text), label=payload)]
    marked += [tables.quotes.assign(cue_end=3)] if (table, column) != ("quotes", "spans") else []
    wrong += [found for rows in marked for found in live(show(text, rows).data)]
    return wrong + terminal(tables)


def terminal(tables: Tables) -> list[str]:
    """What would reach a terminal of the report, beside what is meant to: lines of its own, nothing that moves a cursor."""
    with redirect_stderr(StringIO()) as said:
        _report(tables.articles)
    lines = said.getvalue().splitlines()
    wrong = [f"raw in the terminal: {c!r}" for c in set("".join(lines)) if not c.isprintable()]
    return wrong if len(lines) == 4 else [*wrong, f"{len(lines)} lines in the terminal"]


ALL = len(PAYLOADS) * len(PLACES)


def run(number: int) -> Outcome:
    """All of them, or so many at equal distances."""
    return attack("payloads", itertools.islice(items(), 0, None, -(-ALL // number)) if number else [], check)
