import pytest
import spacy
from spacy.tokens import Doc

from en_newsvoices.people.descriptions import NEAR, add_descriptions
from en_newsvoices.people.name_chains import Chain, Mention
from en_newsvoices.people.roles import role_words

NOUNS = ("minister", "envoy", "mediator")


def read(text: str) -> list[Chain]:
    """The chains of a text after its descriptions: `the` and a noun are one, a noun before a capital is that person's role."""
    words = text.split()
    tags = ["NN" if word in NOUNS else "NNP" if word.istitle() else "DT" for word in words]
    heads = [i + 1 if word == "the" else i for i, word in enumerate(words)]
    deps = ["det" if word == "the" else "dep" for word in words]
    pos = ["NOUN" if word in NOUNS else "X" for word in words]
    doc = Doc(spacy.blank("en").vocab, words=words, tags=tags, pos=pos, lemmas=words, heads=heads, deps=deps)
    chains, taken = {}, set()
    for token in doc:
        if token.text.istitle():
            chain = chains.setdefault(token.text, Chain("PERSON"))
            chain.add(Mention(token.i, token.i + 1, "name", "PERSON"), (token.text,))
            if token.i and doc[token.i - 1].text in NOUNS:
                chain.roles.append(role := doc[token.i - 1 : token.i])
                chain.role_words |= role_words(role)
                taken.add(token.i - 1)
    found = list(chains.values())
    add_descriptions(doc, found, taken)
    return found


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("minister Ruiz met Holt . the minister left", {"Ruiz": 2, "Holt": 1}),
        ("minister Ruiz . " + ". " * NEAR + "minister Holt . the minister left", {"Ruiz": 1, "Holt": 2}),
        ("minister Ruiz met minister Holt . the minister left", {"Ruiz": 1, "Holt": 1, "": 1}),
        ("minister Ruiz . " + ". " * NEAR + "the minister left", {"Ruiz": 2}),
        ("envoy Ruiz . the mediator left", {"Ruiz": 2}),
        ("envoy Ruiz . " + ". " * NEAR + "the mediator left", {"Ruiz": 1, "": 1}),
        ("envoy Ruiz . the minister left . the minister came back", {"Ruiz": 1, "": 2}),
    ],
)
def test_a_description_is_of_the_one_whose_role_it_is_or_of_the_nearer_one_or_of_somebody_unnamed(
    text, mentions
):
    assert {chain.name: len(chain.mentions) for chain in read(text)} == mentions
