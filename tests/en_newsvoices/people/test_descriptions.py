import pytest
import spacy
from spacy.tokens import Doc

from en_newsvoices.names.roles import role_words
from en_newsvoices.people.descriptions import NEAR, add_descriptions
from en_newsvoices.people.name_chains import Chain, Mention
from newsvoices import load_pipeline, mentions

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
    add_descriptions(doc, found, taken, voices=[], inside=[False] * len(doc))
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


@pytest.fixture(scope="module")
def chains():
    """Chain by text of the mentions of a text, the last of equal ones; roles apart."""
    nlp = load_pipeline()

    def read(text: str) -> dict[str, str]:
        table = mentions(nlp(text))
        return dict(table.loc[table["kind"] != "role", ["text", "chain"]].itertuples(index=False))

    return read


@pytest.mark.parametrize(
    ("text", "description", "chain"),
    [
        ("“It is over,” said Petra Lunde. The architect left at noon.", "The architect", "Petra Lunde"),
        ("Petra Lunde was not impressed. “No,” she said. The architect left at noon.", "The architect", "Petra Lunde"),
        ("Edda Marlow left the city. “It is over,” the 39-year-old said.", "the 39-year-old", "Edda Marlow"),
        ("Baker Petra Lunde said it was over. The mother of two, 44, left at noon.", "The mother", "Petra Lunde"),
        ("“It is over,” said an architect. The engineer left at noon.", "The engineer", "“The engineer”"),
        ("“It is over,” said Petra Lunde. The other architect left.", "The other architect", "“The other architect”"),
        ("“It is over,” said Petra Lunde. The prosecutor left at noon.", "The prosecutor", "“The prosecutor”"),
        ("“It is over,” said baker Petra Lunde. The president left.", "The president", "“The president”"),
        ("“It is over,” said Petra Lunde. The engineer of the dam left.", "The engineer", "“The engineer”"),
    ],
)  # fmt: skip
def test_the_takes_up_whom_the_article_has_named(chains, text, description, chain):
    assert chains(text)[description] == chain


def test_of_two_presidents_the_one_without_a_country_is_the_president(chains):
    met = "President Tomas Rudek met French President Jan Maren in Kell."
    assert chains(f"{met} The president then left.")["The president"] == "Tomas Rudek"
    assert chains(f"{met} The French president then left.")["The French president"] == "Jan Maren"
    two = met.replace("French ", "")
    assert chains(f"{two} The president then left.")["The president"].startswith("“")


def test_the_first_lady_is_who_holds_that_place_now(chains):
    text = "First Lady Edda Maren met former First Lady Ada Holt in Kell. President Maren was there too. "
    found = chains(
        f"{text}{'It rained all night over the lake and the villages. ' * 8}The First Lady then left."
    )
    assert found["The First Lady"] == "Edda Maren"
    assert found["Maren"] == "Maren"  # her husband


def test_somebody_is_the_one_whom_the_article_goes_on_to_name(chains):
    text = (
        "A baker from Kell left on Monday. She had had enough. The baker, Petra Lunde, told us so on Friday."
    )
    found = chains(text)
    assert found["A baker"] == found["She"] == "Petra Lunde"


def test_a_baker_is_not_another_baker_who_is_named_later(chains):
    text = "A baker from Kell left on Monday. Another baker stayed. Baker Petra Lunde told us so on Friday."
    assert chains(text)["A baker"] == "“A baker”"


def test_the_commander_is_whom_a_sentence_says_that_he_is(chains):
    text = "“I have a commander,” said Mirela Dost. The commander is Goran Vasht."
    assert chains(text)["a commander"] == "Goran Vasht"


def test_a_role_between_commas_is_that_of_the_name_before(chains):
    text = "In Morast Tomas Rudek, the Defence Minister, who is no relation of Captain Rudek, told parliament that it was over."
    assert "“the Defence Minister”" not in chains(text).values()
