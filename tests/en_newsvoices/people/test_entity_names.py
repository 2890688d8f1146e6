import pytest
import spacy
from spacy.tokens import Doc, Span

from en_newsvoices.people.entity_names import entity_names


def doc_with(words: str, *ents: tuple[int, int, str]) -> Doc:
    doc = Doc(spacy.blank("en").vocab, words=words.split())
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in ents]
    return doc


def found(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in entity_names(doc).ents]


@pytest.mark.parametrize(
    ("words", "span", "expected"),
    [
        ("President Ilse Maren left", (0, 3, "PERSON"), "Ilse Maren"),
        ("Capt. Lena Rudek left", (0, 3, "PERSON"), "Lena Rudek"),
        ("Maren 's plan failed", (0, 2, "PERSON"), "Maren"),
        ("The President spoke", (1, 2, "ORG"), "President"),
    ],
)
def test_titles_and_possessives_are_no_part_of_a_name(words, span, expected):
    assert found(doc_with(words, span)) == [(expected, span[2])]


def test_a_people_that_the_recogniser_passed_over_is_added():
    doc = doc_with("The Turkish President met British Airways staff")
    for token, tag in zip(doc, "DT JJ NNP VBD NNP NNP NN".split(), strict=True):
        token.tag_ = tag
    assert found(doc) == [("Turkish", "NORP")]


@pytest.mark.parametrize(
    ("words", "tags", "span", "expected"),
    [
        ("US Defence Secretary Carter", "NNP NNP NNP NNP", (0, 2, "ORG"), [("US", "LOC")]),
        ("the Swiss resort of Davos", "DT JJ NN IN NNP", (1, 4, "FAC"), [("Swiss", "NORP")]),
        ("the anti - IS coalition", "DT JJ HYPH NNP NN", (1, 5, "ORG"), [("IS", "ORG")]),
        ("the Bank of England", "DT NNP IN NNP", (1, 4, "ORG"), [("Bank of England", "ORG")]),
    ],
)
def test_what_is_around_a_name_is_no_part_of_it(words, tags, span, expected):
    doc = doc_with(words, span)
    for token, tag in zip(doc, tags.split(), strict=True):
        token.tag_, token.pos_ = tag, "PROPN" if tag == "NNP" else "NOUN"
    assert found(doc) == expected
