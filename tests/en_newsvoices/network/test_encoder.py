import numpy as np
import pytest
import spacy

from en_newsvoices.network.word_pieces import END, START, UNKNOWN, WINDOW, WordPieces, windows
from newsvoices import load_pipeline

VOCABULARY = ["[PAD]", UNKNOWN, START, END, "minister", "##s", "s", "u", ".", "paris", "“"]


@pytest.fixture(scope="module")
def encoder():
    return load_pipeline().get_pipe("tok2vec").model


@pytest.mark.parametrize(
    ("token", "pieces"),
    [
        ("Ministers", ["minister", "##s"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("\n\n", [END]),
        ("  ", ["[PAD]"]),
        ("Pàris", ["paris"]),
        ("北", [UNKNOWN]),
        ("\u200b", ["[PAD]"]),
    ],
)
def test_a_token_is_cut_into_the_longest_pieces(token, pieces):
    assert [VOCABULARY[row] for row in WordPieces(VOCABULARY).token(token)[0]] == pieces


def test_a_window_ends_with_a_paragraph_or_else_a_sentence():
    lengths, breaks = [1] * 600, [0] * 600
    breaks[199] = 1
    assert windows(lengths, breaks, WINDOW) == [0, 200, 455, 600]
    breaks[149] = 2
    assert windows(lengths, breaks, WINDOW)[1] == 150


def test_a_token_longer_than_a_window_is_read_in_part():
    pieces = WordPieces(VOCABULARY)(spacy.blank("en")("u" * 3 + "s" * 5000 + " minister"))
    assert pieces.lengths.sum() == len(pieces.ids) and pieces.lengths.max() < WINDOW


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
