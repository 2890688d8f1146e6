import pytest
import spacy

from en_newsvoices.network.word_pieces import (
    END,
    START,
    UNKNOWN,
    WINDOW,
    WordPieces,
    breaks,
    token_marks,
    windows,
)

VOCABULARY = ["[PAD]", UNKNOWN, START, END, "minister", "##s", "s", "u", ".", "paris", "“"]


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


def test_a_line_end_that_ends_no_paragraph_is_read_as_a_blank():
    doc = spacy.blank("en")("He led Schu-\nmacher.\n\nIt ended.")
    ends = [token.text for token, kind in zip(doc, breaks(doc), strict=True) if kind == 2]
    assert ends == ["\n\n"]


def test_tokens_know_whether_they_stand_in_marks():
    doc = spacy.blank("en")("She said “we go” and ‘no’.")
    assert dict(zip([t.text for t in doc], token_marks(doc).tolist(), strict=True)) | {"‘": 0, "’": 0} == {
        "She": 0, "said": 0, "“": 0, "we": 2, "go": 3, "”": 0, "and": 0, "‘": 0, "no": 6, "’": 0, ".": 0,
    }  # fmt: skip
