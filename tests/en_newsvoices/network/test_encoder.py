import numpy as np
import pytest
import spacy

from newsvoices import load_pipeline


@pytest.fixture(scope="module")
def encoder():
    return load_pipeline().get_pipe("tok2vec").model


def test_vectors_do_not_depend_on_the_other_articles_of_a_batch(encoder):
    nlp = spacy.blank("en")
    texts = ["Maren left Paris.", "“We go on,” said Rudek.\n\n" * 60, ""]
    together = encoder.predict([nlp(text) for text in texts])
    alone = [encoder.predict([nlp(text)])[0] for text in texts]
    assert [part.shape for part in together] == [(4, 384), (len(nlp(texts[1])), 384), (0, 384)]
    assert all(np.array_equal(a, b) for a, b in zip(together, alone, strict=True))


def test_quotation_marks_and_capitals_change_what_is_read(encoder):
    nlp = spacy.blank("en")
    plain, marked, capital = (encoder.predict([nlp(t)])[0] for t in ("we go on", "“we go on”", "We go on"))
    assert not np.allclose(plain[1], marked[2], atol=1e-3)
    assert not np.allclose(plain[0], capital[0], atol=1e-3)
