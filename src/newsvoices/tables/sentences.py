"""Where an article's sentences stand, their language, and how many paragraphs stand there twice, as rows."""

from collections.abc import Iterable

import pandas as pd
from spacy.tokens import Doc

from ..schema import spans_cell
from .docs import numbered
from .language import other_language
from .repeats import repeated_paragraphs


def sentences(docs: Doc | Iterable[Doc]) -> pd.DataFrame:
    """One row per article: article_id; sentences, in the form of the column `spans`; other_language; and repeated.

    A blank sentence is none. other_language is the pipeline's where the text is in another one, else ""; repeated is how
    many paragraphs stand there again, "" where none does.

    Limitation: a Doc without sentence bounds is one sentence.
    """
    rows = [
        (
            article_id,
            spans_cell(_bounds(doc)),
            doc.lang_ if other_language(doc) else "",
            str(len(repeated_paragraphs(doc.text)) or ""),
        )
        for article_id, doc in numbered(docs)
    ]
    return pd.DataFrame(rows, columns=["article_id", "sentences", "other_language", "repeated"], dtype="str")


def _bounds(doc: Doc) -> list[tuple[int, int]]:
    sents = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
    found = []
    for sent in sents:
        text = sent.text
        start = sent.start_char + len(text) - len(text.lstrip())
        end = sent.start_char + len(text.rstrip())
        if start < end:
            found.append((start, end))
    return found
