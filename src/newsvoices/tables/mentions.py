"""Who and what an article names, as rows."""

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd
from spacy.tokens import Doc

from ..schema import FULL_NAMES, MENTIONS, UNNAMED, frame
from .docs import numbered, spans_in
from .repeats import counts


def mentions(docs: Doc | Iterable[Doc]) -> pd.DataFrame:
    """One row per mention: names, and of persons also pronouns, descriptions and roles.

    Args:
        docs: Docs from a pipeline of `load_pipeline`. `doc.user_data["article_id"]` becomes article_id (else the Doc's
            number).

    Returns:
        mentions' columns; start and end count the characters of the Doc's text. actor is the chain, until actors
        are resolved over all articles; "" for somebody unnamed. A paragraph that stands there twice counts once.

    Raises:
        ValueError: a Doc on which no mentions were looked for.

    Limitation: which pronouns are mentions is the pipeline's to say; the English one leaves out "they" and "it".
    """
    return frame(
        "mentions",
        (
            {
                "article_id": article_id,
                "start": span.start_char,
                "end": span.end_char,
                "text": span.text,
                "label": span.label_,
                "kind": span.kb_id_,
                "chain": span.id_,
                "full_name": "; ".join(full[span.start, span.end]),
                "actor": "" if span.id_.startswith(UNNAMED) else span.id_,
            }
            for article_id, doc in numbered(docs)
            for is_counted in [counts(doc.text)]
            for full in [_full_names(doc)]
            for span in spans_in(doc, MENTIONS)
            if is_counted(span.start_char)
        ),
    )


def _full_names(doc: Doc) -> dict[tuple[int, int], list[str]]:
    """What names may stand for, by their tokens."""
    found = defaultdict(list)
    for span in doc.spans.get(FULL_NAMES, ()):
        found[span.start, span.end].append(span.id_)
    return found
