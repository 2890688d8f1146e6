import numpy as np
import pytest
import spacy

from newsvoices.vectors import PackedVectors


@pytest.fixture
def table():
    return np.random.default_rng(1).normal(size=(300, 6)).astype("float32")


@pytest.fixture
def packed(table):
    vectors = PackedVectors.pack([f"word{i}" for i in range(300)], table, group=2, seed=1)
    vectors.strings = spacy.blank("en").vocab.strings
    return vectors


def test_packed_vectors_are_close_to_those_given(packed, table):
    batch = packed.get_batch([f"word{i}" for i in range(300)])
    assert batch.shape == (300, 6)
    assert np.linalg.norm(batch - table, axis=1).mean() < 0.2 * np.linalg.norm(table, axis=1).mean()


def test_an_unknown_word_has_the_zero_vector(packed):
    assert not packed["nowhere"].any()
    assert "nowhere" not in packed
    assert "word7" in packed


def test_vectors_come_back_from_disk_and_serve_a_pipeline(packed, tmp_path):
    nlp = spacy.blank("en", config={"nlp": {"vectors": {"@vectors": "newsvoices.PackedVectors.v1"}}})
    nlp.vocab.vectors = packed
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert np.array_equal(again("WORD7")[0].vector, packed["word7"])
