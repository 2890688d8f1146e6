import numpy as np
import pytest
import spacy
from spacy import registry

from en_newsvoices.network.long_articles import read_in_pieces


@pytest.fixture
def piece(monkeypatch):
    monkeypatch.setattr("en_newsvoices.network.long_articles.PIECE", 3)


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("length", [0, 1, 3, 4, 10])
def test_each_row_sees_as_far_as_if_all_were_read_at_once(length):
    X = np.arange(length, dtype="f")[:, None]
    asked = []

    def sums(start: int, end: int) -> np.ndarray:
        """Each row with one before it and one behind it."""
        asked.append(end - start)
        P = np.pad(X[start:end], ((1, 1), (0, 0)))
        return P[:-2] + P[1:-1] + P[2:]

    found = read_in_pieces(sums, length, 1)
    P = np.pad(X, ((1, 1), (0, 0)))
    assert found.tolist() == (P[:-2] + P[1:-1] + P[2:]).tolist()
    assert max(asked) <= 5


@pytest.mark.usefixtures("piece")
def test_a_layer_in_pieces_gives_the_layers_rows_and_is_trained_as_it_stands():
    make = registry.architectures.get("en_newsvoices.InPieces.v1")
    cnn = registry.architectures.get("spacy.HashEmbedCNN.v2")
    layer = cnn(
        width=8,
        depth=2,
        embed_size=50,
        window_size=1,
        maxout_pieces=2,
        subword_features=True,
        pretrained_vectors=None,
    )
    model, docs = (
        make(layer),
        [spacy.blank("en")("Maren left Morast in May , and Marlow came ."), spacy.blank("en")("")],
    )
    model.initialize(X=docs)
    for found, whole in zip(model.predict(docs), layer.predict(docs), strict=True):
        assert np.allclose(found, whole, atol=1e-6)
    parts, backprop = model(docs, is_train=True)
    assert [part.shape for part in parts] == [(10, 8), (0, 8)]
    backprop(parts)
