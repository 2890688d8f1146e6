"""The language pipeline: the bundled one, or any other spaCy pipeline with our components added."""

from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from . import attribution, encoder, entities, pooling, speakers, weights  # noqa: F401  (registers what the bundled pipeline names)

BUNDLED = Path(__file__).parent / "model"


def load_pipeline(name: str | None = None) -> Language:
    """A spaCy pipeline that tags, parses, and finds entities and attributions.

    Args:
        name: an installed spaCy pipeline or a path to one; the bundled pipeline by default. To any other,
            `names`, `attribution` and `speakers` are added. Attribution reads the bundled encoder's vectors; all
            else stays the other pipeline's.

    Raises:
        ValueError: no such pipeline, or one without entities; says which are installed and how to get one.

    Limitation: the bundled pipeline knows English news only.
    """
    if name is None:
        return spacy.load(BUNDLED)
    try:
        nlp = spacy.load(name)
    except OSError as error:
        installed = ", ".join(sorted(spacy.util.get_installed_models())) or "none"
        raise ValueError(
            f"no spaCy pipeline {name!r}; installed: {installed}. Leave the name out for the bundled pipeline, "
            f"or get another with: python -m spacy download en_core_web_sm"
        ) from error
    if "ner" not in nlp.pipe_names and "entity_ruler" not in nlp.pipe_names:
        raise ValueError(
            f"the spaCy pipeline {name!r} finds no entities; its components: {', '.join(nlp.pipe_names)}"
        )
    for component in ("names", "attribution_beside", "speakers"):
        if component not in nlp.pipe_names:
            nlp.add_pipe(component)
    return nlp


@cache
def _bundled_attribution() -> Language:
    others = ["tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner", "names", "speakers"]
    return spacy.load(BUNDLED, exclude=others)


@Language.component("attribution_beside")
def attribution_beside(doc: Doc) -> Doc:
    """Attributions that the bundled encoder finds in the same tokens; the Doc's own annotation is left alone."""
    nlp = _bundled_attribution()
    twin = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    twin = nlp(twin)
    doc.spans[attribution.GROUP] = [
        Span(doc, span.start, span.end, label=span.label_, span_id=span.id_)
        for span in twin.spans[attribution.GROUP]
    ]
    return doc
