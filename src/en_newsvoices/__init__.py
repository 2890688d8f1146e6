"""The English pipeline of newsvoices: text in, a Doc with its mentions, quotes and relations out.

An ordinary spaCy package: ``spacy.load("en_newsvoices")``. What its components leave on a Doc stands in annotations.py.
"""

from pathlib import Path

import spacy
from spacy.language import Language

PIPELINE = Path(__file__).parent / "model"


def load(**overrides: object) -> Language:
    """The pipeline, as ``spacy.load("en_newsvoices")`` gives it; `overrides` are those of spacy.load."""
    return spacy.load(PIPELINE, **overrides)


def add_components(nlp: Language) -> Language:
    """Adds to another English pipeline what it lacks for mentions, quotes and relations; everything else stays its own.

    Attribution reads the bundled encoder's vectors of the same tokens.

    Raises:
        ValueError: a pipeline of another language, or one that finds no entities.
    """
    if nlp.lang != "en":
        raise ValueError(f"these components read English; the pipeline's language is {nlp.lang!r}")
    if not {"ner", "entity_ruler"} & set(nlp.pipe_names):
        raise ValueError(
            f"the pipeline finds no entities; its components: {', '.join(nlp.pipe_names) or 'none'}"
        )
    for name in ("entity_names", "attribution", "quotes", "coreference", "speakers", "relations", "stances"):
        if f"newsvoices_{name}" not in nlp.pipe_names:
            beside = "_beside" if name == "attribution" else ""
            nlp.add_pipe(f"newsvoices_{name}{beside}", name=f"newsvoices_{name}")
    return nlp
