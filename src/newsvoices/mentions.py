"""Who and what an article names."""

from collections.abc import Iterable

import pandas as pd
from spacy.tokens import Doc

from .entities import NAMES
from .schema import frame


def mentions(docs: Doc | Iterable[Doc]) -> pd.DataFrame:
    """One row per mention of a name.

    Args:
        docs: Docs with entities. `doc.user_data["article_id"]` becomes article_id (else the Doc's number).

    Returns:
        mentions' columns; start and end count the characters of the Doc's text. Dates and sums are no names.
        chain and actor are the name as it stands, until names are resolved.

    Limitation: pronouns and descriptions ("the minister") are not mentions here.
    """
    docs = [docs] if isinstance(docs, Doc) else docs
    return frame(
        "mentions",
        (
            {
                "article_id": str(doc.user_data.get("article_id", number)),
                "start": ent.start_char,
                "end": ent.end_char,
                "text": ent.text,
                "label": ent.label_,
                "kind": "name",
                "chain": ent.text,
                "actor": ent.text,
            }
            for number, doc in enumerate(docs)
            for ent in doc.ents
            if ent.label_ in NAMES
        ),
    )
