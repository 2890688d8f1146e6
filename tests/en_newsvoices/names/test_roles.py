import pytest
import spacy
from spacy.tokens import Doc

from en_newsvoices.names import roles


def doc_of(words: str, pos: str, heads: list[int], deps: str) -> Doc:
    words = words.split()
    return Doc(
        spacy.blank("en").vocab,
        words=words,
        pos=pos.split(),
        heads=heads,
        deps=deps.split(),
        lemmas=[w.lower() for w in words],
    )


def test_a_title_before_a_name_is_a_role_without_article():
    doc = doc_of(
        "the French minister Ilse Maren left",
        "DET ADJ NOUN PROPN PROPN VERB",
        [2, 2, 4, 4, 5, 5],
        "det amod compound compound nsubj ROOT",
    )
    assert roles.title_before(doc[3:5]).text == "French minister"
    assert roles.role_words(doc[1:3]) == {"france", "minister"}
    assert roles.role_nouns(doc[1:3]) == {"minister"}


@pytest.mark.parametrize("label", ["obl", "obl:tmod", "npadvmod"])
def test_when_something_is_said_is_no_part_of_a_title(label):
    doc = doc_of(
        "Last night President Maren resigned",
        "ADJ NOUN PROPN PROPN VERB",
        [1, 4, 3, 4, 4],
        f"amod {label} compound nsubj ROOT",
    )
    assert roles.title_before(doc[3:4]).text == "President"


def test_a_rank_that_a_full_stop_parts_from_the_name_is_one():
    doc = doc_of(
        "Sgt . Kit Dawlish left",
        "PROPN PUNCT PROPN PROPN VERB",
        [3, 0, 3, 4, 4],
        "compound punct compound nsubj ROOT",
    )
    assert roles.title_before(doc[2:4]).text == "Sgt ."
    assert roles.role_nouns(doc[0:2]) == {"sergeant"}


def test_an_apposition_is_a_role_and_an_ally_is_somebody_elses():
    words, heads, deps = "Bo Carr , {} , left", [1, 5, 3, 1, 1, 5], "compound nsubj punct appos punct ROOT"
    pos = "PROPN PROPN PUNCT NOUN PUNCT VERB"
    assert [r.text for r in roles.roles_of(doc_of(words.format("mayor"), pos, heads, deps)[0:2])] == ["mayor"]
    assert roles.roles_of(doc_of(words.format("ally"), pos, heads, deps)[0:2]) == []


@pytest.mark.parametrize(("noun", "gender"), [("spokeswoman", "f"), ("king", "m"), ("mayor", "")])
def test_the_gender_of_a_noun(noun, gender):
    assert roles.noun_gender(doc_of(noun, "NOUN", [0], "ROOT")[0]) == gender


@pytest.mark.parametrize(
    ("words", "tags", "role"),
    [
        ("an irritated President Ilse Maren left", "DT JJ NNP NNP NNP VBD", "President"),
        ("a former President Ilse Maren left", "DT JJ NNP NNP NNP VBD", "former President"),
        ("the irritated President Ilse Maren left", "DT JJ NNP NNP NNP VBD", "irritated President"),
        ("the celebrity entrepreneurs Ilse Maren left", "DT NN NNS NNP NNP VBD", None),
    ],
)
def test_a_role_is_no_mood_and_nobodys_of_several(words, tags, role):
    doc = doc_of(
        words, "DET ADJ NOUN PROPN PROPN VERB", [2, 2, 4, 4, 5, 5], "det amod compound compound nsubj ROOT"
    )
    for token, tag in zip(doc, tags.split(), strict=True):
        token.tag_ = tag
    found = roles.title_before(doc[3:5])
    assert (found and found.text) == role


def test_a_form_of_address_is_no_role_and_a_first_lady_is_one():
    doc = doc_of("Highness Ilse Maren", "NOUN PROPN PROPN", [2, 2, 2], "compound compound ROOT")
    assert not roles.tells(roles.title_before(doc[1:3]))
    doc = doc_of("First Lady Ilse Maren", "ADJ NOUN PROPN PROPN", [1, 3, 3, 3], "amod compound compound ROOT")
    assert roles.tells(roles.title_before(doc[2:4]))
