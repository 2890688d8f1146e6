"""The explorer as one file that opens from disk, without a network."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from ..losses import warn
from ..schema import Tables
from .chosen import Values, fragment, is_chosen
from .columns import ROWS, compressed_json

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '{script_hash}'; style-src '{style_hash}'">
<title>newsvoices explorer</title><style>{style}</style></head>
<body class="newsvoices-page"><main id="explorer">Opening …</main>
<script type="text/plain" id="start">{start}</script>
<script type="text/plain" id="tables">{tables}</script>
<script type="module">{script}</script></body></html>
"""
_TABLES = "<!-- tables -->"


def save_explorer(
    tables: Tables, file: str | Path, *, table: str = "quotes", most: int = 30_000_000, **chosen: Values
) -> Path:
    """Writes quotes, mentions, relations and articles as a page in which every number opens its sentences.

    The page is one file with everything inside. It opens from disk, can be mailed, and its own rules forbid it to
    load anything. What an article says is only ever put in as text. `page.html#actor=Ilse+Maren` opens it with a
    choice made; outlet, kind and the other columns that are shown on its left work alike.

    Args:
        tables: as analyse gives them.
        file: where to write; it is replaced, whole or not at all.
        table: quotes, mentions or relations: what the page shows at first.
        most: bytes that the page may have. Of a corpus that would need more, the articles of the rows chosen are
            in it, as many as fit and evenly spread over them, with all their rows; a warning and a line in the
            page say so.
        chosen: values by column, which the page opens with: actor="Ilse Maren", kind=["direct", "mixed"].

    Returns:
        The file's path.

    Raises:
        ValueError: no such table or column, or not one article fits.
    """
    file, start = Path(file), fragment(table, chosen)
    page = _page(compressed_json(tables), start)
    if _size(page) > most:
        rows = getattr(tables, table)[is_chosen(tables, table=table, chosen=chosen)]
        note, page = _fitting(tables, start, rows, most)
        warn(f"{file.name}: {note}")
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("wb") as opened:
            opened.writelines(page)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


def _fitting(tables: Tables, start: str, rows: pd.DataFrame, most: int) -> tuple[str, list[bytes]]:
    """As many articles of the rows as a page of that size can hold."""
    articles = tables.articles[tables.articles["article_id"].isin(rows["article_id"])]
    wanted = n = len(articles)
    while n:
        spread = articles.iloc[[number * wanted // n for number in range(n)]]
        which = "those of the rows chosen" if n == wanted else "evenly spread over those of the rows chosen"
        note = (
            f"holds {n:,} of {len(tables.articles):,} articles, {which}, and the rows of these only: "
            f"with all it would be larger than {most / 1e6:,.3g} MB"
        )
        page = _page(compressed_json(_only(tables, spread), note=f"This page {note}."), start)
        if _size(page) <= most:
            return note, page
        n = min(n - 1, int(n * most / _size(page) * 0.98))
    raise ValueError(f"not one article fits into a page of {most / 1e6:,.3g} MB")


def _only(tables: Tables, articles: pd.DataFrame) -> Tables:
    kept = {name: getattr(tables, name) for name in ROWS}
    kept = {name: rows[rows["article_id"].isin(articles["article_id"])] for name, rows in kept.items()}
    return Tables(articles=articles, actors=tables.actors, **kept)


def _page(tables: bytes, start: str) -> list[bytes]:
    script, style = f"{module()}\nopenPage();\n", stylesheet()
    head, tail = _PAGE.format(
        script=script,
        style=style,
        script_hash=_hash(script),
        style_hash=_hash(style),
        start=base64.b64encode(start.encode()).decode(),
        tables=_TABLES,
    ).split(_TABLES)
    return [head.encode(), base64.b64encode(tables), tail.encode()]


def _size(page: list[bytes]) -> int:
    return sum(map(len, page))


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def module() -> str:
    """The explorer as one ES module, for the page and for the widget."""
    return "\n".join(map(source, ("tables.js", "article.js", "rows.js", "explorer.js")))


@cache
def stylesheet() -> str:
    """Its styles, for the light and the dark theme."""
    return source("explorer.css")


def source(name: str) -> str:
    """One of the files beside this one, for other views that are built of the same parts."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
