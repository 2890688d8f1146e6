"""Who said what, as rows."""

from collections.abc import Iterable

import pandas as pd
from spacy.tokens import Doc

from ..schema import QUOTES, frame, spans_cell
from .docs import numbered, records_in
from .repeats import counts


def quotes(docs: Doc | Iterable[Doc]) -> pd.DataFrame:
    """One row per quote: direct, mixed or indirect speech and thought, with its cue and its speaker.

    Args:
        docs: Docs from a pipeline of `load_pipeline`. `doc.user_data["article_id"]` becomes article_id (else the Doc's
            number).

    Returns:
        quotes' columns, in the order of the text. Where nobody is named, speaker is "" and speaker_type "none", unless
        the quote continues another one's speaker; `how` says so. actor is the speaker's chain, until actors are
        resolved over all articles. A paragraph that stands there twice counts once.

    Raises:
        ValueError: a Doc in which no quotes were looked for.

    Limitation: what stands outside quotation marks is found by a learned model; see the scorecard.
    """
    return frame(
        "quotes",
        (
            {"article_id": article_id, "quote_id": f"{article_id}#{number}", **_row(quote, text)}
            for article_id, doc in numbered(docs)
            for text in [doc.text]
            for is_counted in [counts(text)]
            for number, quote in enumerate(records_in(doc, QUOTES), 1)
            if is_counted(quote["spans"][0][0])
        ),
    )


def _row(quote: dict, text: str) -> dict[str, object]:
    spans = quote["spans"]
    row = {name: quote[name] for name in ("kind", "speaker_type", "role", "anonymity", "how")}
    row |= {"start": spans[0][0], "end": spans[-1][1], "spans": spans_cell(spans), "actor": quote["chain"]}
    row |= {"cue_verb": quote.get("verb", ""), "cue_family": quote.get("family", "")}
    row["text"] = " ".join(text[start:end] for start, end in spans)
    for name in ("cue", "speaker"):
        if quote[name]:
            start, end = quote[name]
            row |= {name: text[start:end], f"{name}_start": start, f"{name}_end": end}
    return row
