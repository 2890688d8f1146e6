"""Who stands to whom, as rows."""

from collections.abc import Iterable

import pandas as pd
from spacy.tokens import Doc

from ..schema import RELATIONS, frame
from .docs import numbered, records_in
from .repeats import counts


def relations(docs: Doc | Iterable[Doc]) -> pd.DataFrame:
    """One row per relation between two actors that a sentence states, and per quote and actor named within it.

    Args:
        docs: Docs from a pipeline of `load_pipeline`. `doc.user_data["article_id"]` becomes article_id (else the Doc's
            number).

    Returns:
        relations' columns, in the order of the text. Source and target are chains, until actors are resolved over
        all articles, or a group's own words. A paragraph that stands there twice counts once.

    Raises:
        ValueError: a Doc in which no relations were looked for.

    Limitation: which relations there are, and how right they are, is the pipeline's to say; see the scorecard.
    """
    return frame(
        "relations",
        (
            {"article_id": article_id, **_row(relation, text)}
            for article_id, doc in numbered(docs)
            for text in [doc.text]
            for is_counted in [counts(text)]
            for relation in records_in(doc, RELATIONS)
            if is_counted(relation["span"][0])
        ),
    )


def _row(relation: dict, text: str) -> dict[str, object]:
    row = {name: relation[name] for name in ("relation", "sign", "source", "target")}
    row |= {name: relation.get(name) for name in ("certainty", "claimed_by")}
    for end in ("source", "target"):
        row |= dict(zip((f"{end}_start", f"{end}_end"), relation[f"{end}_span"], strict=True))
    start, end = relation["span"]
    return row | {"start": start, "end": end, "text": text[start:end]}
