import pytest
import spacy
from spacy.tokens import Doc, Span

from en_newsvoices.people.mentions import name_in


@pytest.mark.parametrize(
    ("words", "pos", "person"),
    [
        ("Mayor Helen Abbot", "PROPN PROPN PROPN", (1, 3)),
        ("fuming councillor Raj Patel", "VERB NOUN PROPN PROPN", (2, 4)),
        ("Sgt . Kit Dawlish", "PROPN PUNCT PROPN PROPN", (2, 4)),
        ("Dame Alice Frost KC MP", "PROPN PROPN PROPN PROPN PROPN", (1, 3)),
        ("Vera Kohl ( 58 )", "PROPN PROPN PUNCT NUM PUNCT", (0, 2)),
        ("Vera Kohl , 58", "PROPN PROPN PUNCT NUM", (0, 2)),
    ],
)
def test_a_speaker_is_the_person_between_title_and_addition(words, pos, person):
    n = len(words.split())
    tags = ["VBG" if p == "VERB" else "NNP" for p in pos.split()]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words.split(),
        pos=pos.split(),
        tags=tags,
        heads=[n - 1] * n,
        deps=["dep"] * (n - 1) + ["ROOT"],
    )
    doc.ents = [Span(doc, *person, label="PERSON")]
    assert name_in(doc[:], doc[n - 1]).text == doc[slice(*person)].text


def test_a_lawyer_of_somebody_is_not_that_body():
    doc = Doc(
        spacy.blank("en").vocab, words="a lawyer for Priya Nair".split(), pos="DET NOUN ADP PROPN PROPN".split(), tags="DT NN IN NNP NNP".split(),
        heads=[1, 1, 4, 4, 1], deps=["det", "ROOT", "case", "compound", "nmod"],
    )  # fmt: skip
    doc.ents = [Span(doc, 3, 5, label="PERSON")]
    assert name_in(doc[:], doc[1]) is None
