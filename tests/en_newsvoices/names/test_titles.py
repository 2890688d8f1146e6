import pytest

from en_newsvoices.names import roles
from en_newsvoices.names.titles import noun_gender, title_before


def test_a_title_before_a_name_is_a_role_without_article(doc_of):
    doc = doc_of(
        "the French minister Ilse Maren left",
        "DET ADJ NOUN PROPN PROPN VERB",
        [2, 2, 4, 4, 5, 5],
        "det amod compound compound nsubj ROOT",
    )
    assert title_before(doc[3:5]).text == "French minister"
    assert roles.role_words(doc[1:3]) == {"france", "minister"}
    assert roles.role_nouns(doc[1:3]) == {"minister"}


@pytest.mark.parametrize("label", ["obl", "obl:tmod", "npadvmod"])
def test_when_something_is_said_is_no_part_of_a_title(doc_of, label):
    doc = doc_of(
        "Last night President Maren resigned",
        "ADJ NOUN PROPN PROPN VERB",
        [1, 4, 3, 4, 4],
        f"amod {label} compound nsubj ROOT",
    )
    assert title_before(doc[3:4]).text == "President"


def test_a_rank_that_a_full_stop_parts_from_the_name_is_one(doc_of):
    doc = doc_of(
        "Sgt . Kit Dawlish left",
        "PROPN PUNCT PROPN PROPN VERB",
        [3, 0, 3, 4, 4],
        "compound punct compound nsubj ROOT",
    )
    assert title_before(doc[2:4]).text == "Sgt ."
    assert roles.role_nouns(doc[0:2]) == {"sergeant"}


@pytest.mark.parametrize(("noun", "gender"), [("spokeswoman", "f"), ("king", "m"), ("mayor", "")])
def test_the_gender_of_a_noun(doc_of, noun, gender):
    assert noun_gender(doc_of(noun, "NOUN", [0], "ROOT")[0]) == gender


@pytest.mark.parametrize(
    ("words", "tags", "role"),
    [
        ("an irritated President Ilse Maren left", "DT JJ NNP NNP NNP VBD", "President"),
        ("a former President Ilse Maren left", "DT JJ NNP NNP NNP VBD", "former President"),
        ("the irritated President Ilse Maren left", "DT JJ NNP NNP NNP VBD", "irritated President"),
        ("the attorney President Ilse Maren picked", "DT NN NNP NNP NNP VBD", "President"),
        ("the celebrity entrepreneurs Ilse Maren left", "DT NN NNS NNP NNP VBD", None),
    ],
)
def test_a_title_is_no_mood_nobodys_of_several_and_not_behind_anothers(doc_of, words, tags, role):
    doc = doc_of(
        words, "DET ADJ NOUN PROPN PROPN VERB", [2, 2, 4, 4, 5, 5], "det amod compound compound nsubj ROOT"
    )
    for token, tag in zip(doc, tags.split(), strict=True):
        token.tag_ = tag
    found = title_before(doc[3:5])
    assert (found and found.text) == role
