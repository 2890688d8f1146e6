"""An article with its evidence marked, as HTML that needs no network."""

import itertools
from html import escape

import pandas as pd
from IPython.display import HTML
from rapidfuzz.distance import LCSseq

from ..reuse.text_overlap import words_of
from ..schema import spans_of

STYLES = {
    "content": "background:#fff2b3",
    "cue": "border-bottom:2px solid #d55e00",
    "speaker": "background:#b3d9f2;font-weight:600",
    "PERSON": "background:#b3d9f2",
    "ORG": "background:#c9e4d3",
    "GPE": "background:#f6d5b8",
    "LOC": "background:#f6d5b8",
    "FAC": "background:#f6d5b8",
    "NORP": "background:#e6cfe3",
}
OTHER = "background:#dddddd"


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
            piece = f'<span style="{style};color:#111" title="{title}">{piece}</span>'
        parts.append(piece)
    return HTML(f'<div style="white-space:pre-wrap;max-width:46em;line-height:1.6">{"".join(parts)}</div>')


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
        quotes: rows of one item from quote_items; the longest version in quotation marks is what the others
            are held against.
        by: the column that says whose version it is.

    Returns:
        HTML, every word escaped. What one version leaves out stands in <del>, what it has instead in <ins>.
    """
    ranked = quotes.assign(direct=quotes["kind"] == "direct", length=quotes["text"].str.len())
    full = ranked.sort_values(["direct", "length", "quote_id"], ascending=[False, False, True]).iloc[0]
    lines = []
    for row in quotes.itertuples():
        words = _compared(full["text"], row.text) if row.quote_id != full["quote_id"] else escape(row.text)
        who = ", ".join(filter(None, [row.speaker or row.actor or "nobody named", row.cue, row.kind]))
        cells = (
            f"<b>{escape(str(getattr(row, by)))}</b><br>{escape(row.date)}",
            f"{words}<br><small>{escape(who)}</small>",
        )
        lines.append("<tr>" + "".join(f'<td style="{CELL}">{cell}</td>' for cell in cells) + "</tr>")
    n = f"n = {len(quotes)} versions, {quotes[by].nunique()} {by}s"
    return HTML(
        f"<table><caption>{n}: struck through what one leaves out, underlined what is its own</caption>{''.join(lines)}</table>"
    )


CELL = "text-align:left;vertical-align:top;line-height:1.5"


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
        parts += [f'<del style="color:#a04000">{escape(cut)}</del>'] if cut else []
        parts += [f'<ins style="color:#0072b2">{escape(new)}</ins>'] if new else []
    return " ".join(parts)


def _bare(word: str) -> str:
    return " ".join(words_of(word))
