"""An article with its evidence marked, as HTML that needs no network."""

import itertools
from html import escape

import pandas as pd
from IPython.display import HTML

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
        pieces = [tuple(map(int, span.split("-"))) for span in row.spans.split(";")]
        marks += [(start, end, "content", note) for start, end in pieces]
        if row.cue:
            marks.append((row.cue_start, row.cue_end, "cue", note))
        if row.speaker:
            marks.append((row.speaker_start, row.speaker_end, "speaker", note))
    return marks
