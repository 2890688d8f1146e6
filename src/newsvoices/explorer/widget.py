"""The explorer and the article view in JupyterLab."""

from html import escape

import numpy as np
import pandas as pd

from ..extras import needs
from ..schema import Tables, frame
from .chosen import Values, chosen_values, fragment, is_chosen
from .columns import ROWS, compressed_json
from .page import module, stylesheet

needs("anywidget", extra="notebooks")

import anywidget  # noqa: E402
import traitlets  # noqa: E402


class WidgetWithFallback(anywidget.AnyWidget):
    """A widget with a sentence, as text and as HTML, that stands where no widget can run: in a page, in print."""

    described: tuple[str, str]

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        text, html = self.described
        return {**data, "text/plain": text, "text/html": html}, metadata


class Explorer(WidgetWithFallback):
    """What explore and article_view show; `selected` are the rows that it shows at the moment."""

    _esm = module()
    _css = stylesheet()
    _tables = traitlets.Bytes().tag(sync=True)
    _start = traitlets.Unicode().tag(sync=True)
    _view = traitlets.Unicode("explorer").tag(sync=True)
    _shown = traitlets.Unicode("quotes").tag(sync=True)
    _rows = traitlets.Bytes(None, allow_none=True).tag(sync=True)

    def __init__(self, tables: Tables, *, described: tuple[str, str], **state: object) -> None:
        super().__init__(_tables=compressed_json(tables), **state)
        self._of, self.described = tables, described

    @property
    def selected(self) -> pd.DataFrame:
        """The rows that match what is chosen at the moment, in the columns of their table."""
        rows = getattr(self._of, self._shown)
        return rows if self._rows is None else rows.iloc[np.frombuffer(self._rows, dtype="<u4")]


def explore(tables: Tables, *, table: str = "quotes", **chosen: Values) -> Explorer:
    """Quotes, mentions and relations to click through: from a number to its rows, from a row to its article.

    Left the values of each column with their numbers and the days; in the middle the rows that match; right
    the article of one row with everything marked. A click on a value chooses it, on a name its mentions, on a
    speaker their quotes. Keys: up and down go from row to row, enter into the article, / to the search.

    Args:
        tables: as analyse gives them.
        table: quotes, mentions or relations: what is shown at first.
        chosen: values by column, to begin with: actor="Ilse Maren", kind=["direct", "mixed"]. Quotes can be
            chosen by outlet, actor, kind, speaker_type, cue and article_id, mentions by outlet, actor, label,
            kind and article_id, relations by outlet, source, target, relation, sign and article_id.

    Returns:
        A widget. Its `selected` is the frame of the rows that match, as they are when it is asked.

    Raises:
        ValueError: no such table or column.
        ModuleNotFoundError: anywidget is not installed.

    Limitation: all articles are sent to the browser, which some ten thousand of them slow down.
    """
    start = fragment(table, chosen)
    kept = is_chosen(tables, table=table, chosen=chosen)
    rows = getattr(tables, table)[kept]
    names = [f"{column} {' or '.join(values)}" for column, values in chosen_values(table, chosen).items()]
    text = f"{len(rows):,} {table}" + (f" of {', '.join(names)}" if names else "")
    text += f" in {rows['article_id'].nunique():,} articles"
    html = (
        f'<p>{escape(text)}: <a href="explore.html#{escape(start)}">explore.html</a> opens them '
        "in the pages of newsvoices run, this cell in JupyterLab.</p>"
    )
    return Explorer(
        tables,
        described=(text, html),
        _start=start,
        _shown=table,
        _rows=np.flatnonzero(kept).astype("<u4").tobytes(),
    )


def article_view(text: str, rows: pd.DataFrame) -> Explorer:
    """An article with its quotes, mentions or relations marked; a click or a key chooses one.

    Args:
        text: an article's text.
        rows: rows of quotes, mentions or relations of this article.

    Returns:
        A widget. Its `selected` is the frame of the row that was chosen. For print and pages, use `show`.

    Raises:
        ValueError: the rows are of more than one article.
        ModuleNotFoundError: anywidget is not installed.
    """
    table = "quotes" if "spans" in rows else "relations" if "source_start" in rows else "mentions"
    articles = rows["article_id"].unique()
    if len(articles) > 1:
        raise ValueError(f"rows of {len(articles)} articles; give those of one")
    article = {"article_id": articles[0] if len(articles) else "", "text": text, "n_tokens": 0}
    tables = {name: frame(name) for name in ROWS} | {table: rows}
    described = f"an article of {len(text):,} characters with {len(rows):,} {table} marked"
    return Explorer(
        Tables(articles=frame("articles", [article]), actors=frame("actors"), **tables),
        described=(described, f"<p>{described}</p>"),
        _view="article",
        _shown=table,
        _rows=b"",
    )
