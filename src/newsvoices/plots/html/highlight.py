"""An article with its evidence marked, as HTML that needs no network."""

import itertools
from html import escape

import pandas as pd
from IPython.display import HTML
from rapidfuzz.distance import LCSseq

from ...reuse.text_overlap import words_of
from ...schema import spans_of
from .html_table import CELL, NO_MATHS

# tints that leave the text in the theme's own colour, so that it can be read on white and on black
STYLES = {
    "content": "background:rgba(230,190,0,.32)",
    "cue": "border-bottom:2px solid #d55e00",
    "speaker": "background:rgba(0,130,200,.35);font-weight:600",
    "PERSON": "background:rgba(0,130,200,.35)",
    "ORG": "background:rgba(0,158,115,.35)",
    "GPE": "background:rgba(230,130,0,.35)",
    "LOC": "background:rgba(230,130,0,.35)",
    "FAC": "background:rgba(230,130,0,.35)",
    "NORP": "background:rgba(204,121,167,.4)",
}
OTHER = "background:rgba(128,128,128,.35)"


def show(text: str, rows: pd.DataFrame) -> HTML:
    """The text with mentions or quotes marked; the mouse over a mark shows its label, speaker or actor.

    Args:
        text: an article's text.
        rows: rows of mentions or of quotes for this article. Of quotes, content is yellow, the speaker blue
            and the cue underlined.

    Returns:
        HTML for a notebook or a report; every character of the article is escaped, no script, nothing loaded.
    """
    marks = _quote_marks(rows) if "spans" in rows else _mention_marks(rows)
    bounds = sorted({0, len(text), *(at for start, end, *_ in marks for at in (start, end))})
    parts = []
    for start, end in itertools.pairwise(bounds):
        here = [mark for mark in marks if mark[0] <= start and end <= mark[1]]
        piece = escape(text[start:end])
        if here:
            style = ";".join(dict.fromkeys(STYLES.get(name, OTHER) for *_, name, _ in here))
            title = escape(", ".join(dict.fromkeys(note for *_, note in here)), quote=True)
            piece = f'<span style="{style}" title="{title}">{piece}</span>'
        parts.append(piece)
    look = "white-space:pre-wrap;max-width:46em;line-height:1.6"
    return HTML(f'<div class="{NO_MATHS}" style="{look}">{"".join(parts)}</div>')


def _mention_marks(rows: pd.DataFrame) -> list[tuple[int, int, str, str]]:
    return [
        (row.start, row.end, row.label, f"{row.label}: {row.actor or row.text}") for row in rows.itertuples()
    ]


def _quote_marks(rows: pd.DataFrame) -> list[tuple[int, int, str, str]]:
    marks = []
    for row in rows.itertuples():
        note = f"{row.kind}, {row.actor or row.speaker or row.speaker_type} ({row.how})"
        marks += [(start, end, "content", note) for start, end in spans_of(row.spans)]
        if row.cue:
            marks.append((row.cue_start, row.cue_end, "cue", note))
        if row.speaker:
            marks.append((row.speaker_start, row.speaker_end, "speaker", note))
    return marks


def show_versions(quotes: pd.DataFrame, *, by: str = "outlet") -> HTML:
    """Versions of a quote below each other: words that one cuts are struck through, its own underlined.

    Args:
        quotes: rows of one item from quote_items; the others are compared with the longest in quotation marks.
        by: the column that says whose version it is.

    Returns:
        HTML, every word escaped. What one version leaves out stands in <del>, what it has instead in <ins>.
    """
    if quotes.empty:
        return HTML("<p>No quote stands in several places.</p>")
    ranked = quotes.assign(direct=quotes["kind"] == "direct", length=quotes["text"].str.len())
    full = ranked.sort_values(["direct", "length", "quote_id"], ascending=[False, False, True]).iloc[0]
    lines = []
    for row in quotes.to_dict("records"):
        is_full = row["quote_id"] == full["quote_id"]
        words = escape(row["text"]) if is_full else _compared(full["text"], row["text"])
        who = ", ".join(
            filter(None, [row["speaker"] or row["actor"] or "nobody named", row["cue"], row["kind"]])
        )
        cells = (
            f"<b>{escape(str(row[by]))}</b><br>{escape(row['date'])}",
            f"{words}<br><small>{escape(who)}</small>",
        )
        lines.append("<tr>" + "".join(f'<td style="{CELL}left">{cell}</td>' for cell in cells) + "</tr>")
    n = f"n = {len(quotes)} versions, {quotes[by].nunique()} {escape(by)}s"
    caption = f"{n}: struck through what one leaves out, underlined what is its own"
    return HTML(
        f'<div class="{NO_MATHS}"><table style="line-height:1.5"><caption>{caption}</caption>'
        f"{''.join(lines)}</table></div>"
    )


def _compared(full: str, text: str) -> str:
    ours, theirs = full.split(), text.split()
    parts = []
    for code in LCSseq.opcodes([_bare(word) for word in ours], [_bare(word) for word in theirs]):
        cut, new = (
            " ".join(words)
            for words in (ours[code.src_start : code.src_end], theirs[code.dest_start : code.dest_end])
        )
        if code.tag == "equal":
            parts.append(escape(new))
            continue
        parts += [f'<del style="background:rgba(213,94,0,.3)">{escape(cut)}</del>'] if cut else []
        parts += [f'<ins style="background:rgba(0,130,200,.3)">{escape(new)}</ins>'] if new else []
    return " ".join(parts)


def _bare(word: str) -> str:
    return " ".join(words_of(word))
