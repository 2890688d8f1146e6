"""Attribution for a pipeline that has another encoder, or none."""

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from .. import PIPELINE
from ..annotations import ATTRIBUTIONS


@cache
def _encoder_and_attribution() -> Language:
    kept = {"tok2vec", "newsvoices_attribution", "newsvoices_weights"}
    components = spacy.util.load_config(PIPELINE / "config.cfg")["nlp"]["pipeline"]
    return spacy.load(PIPELINE, exclude=[name for name in components if name not in kept])


@Language.component("newsvoices_attribution_beside", assigns=["doc.spans", "doc._.attribution_vectors"])
def attribution_beside(doc: Doc) -> Doc:
    """Attributions that the bundled encoder finds in the same tokens; the Doc's own annotation is left alone."""
    nlp = _encoder_and_attribution()
    twin = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    twin = nlp(twin)
    doc._.attribution_vectors = twin._.attribution_vectors
    doc.spans[ATTRIBUTIONS] = [
        Span(doc, span.start, span.end, label=span.label_, span_id=span.id_)
        for span in twin.spans[ATTRIBUTIONS]
    ]
    return doc
