"""Who and what an article names."""

from collections.abc import Iterable

import pandas as pd
from spacy.tokens import Doc

from .quotes import MENTIONS
from .schema import frame
from .sources import UNNAMED
from .speakers import speakers


def mentions(docs: Doc | Iterable[Doc]) -> pd.DataFrame:
    """One row per mention: names, and of persons also pronouns, descriptions and roles.

    Args:
        docs: Docs with entities. `doc.user_data["article_id"]` becomes article_id (else the Doc's number).

    Returns:
        mentions' columns; start and end count the characters of the Doc's text. Dates and sums are no names.
        actor is the chain, until actors are resolved over all articles; "" for somebody unnamed.

    Limitation: of pronouns only the singular ones of persons are mentions; "they" and "it" are not.
    """
    docs = [docs] if isinstance(docs, Doc) else docs
    return frame(
        "mentions",
        (
            {
                "article_id": str(doc.user_data.get("article_id", number)),
                "start": span.start_char,
                "end": span.end_char,
                "text": span.text,
                "label": span.label_,
                "kind": span.kb_id_,
                "chain": span.id_,
                "actor": "" if span.id_.startswith(UNNAMED) else span.id_,
            }
            for number, doc in enumerate(docs)
            for read in [doc if MENTIONS in doc.spans else speakers(doc.copy())]
            for span in read.spans[MENTIONS]
        ),
    )
