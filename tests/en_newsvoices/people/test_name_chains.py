import pytest
import spacy
from spacy.tokens import Doc, Span

from en_newsvoices.people.name_chains import name_chains, name_words


def chains(words: str, *ents: tuple[int, int, str]) -> dict[str, int]:
    """How many mentions each name has; a tree without arcs, so that no role is read."""
    doc = Doc(spacy.blank("en").vocab, words=words.split())
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in ents]
    return {chain.name: len(chain.mentions) for chain in name_chains(doc)}


PERSON = "PERSON"


def test_surnames_and_first_names_go_to_the_one_who_bears_them():
    found = chains(
        "Edda Marlow met Ilse Maren . Marlow and Ilse left",
        (0, 2, PERSON),
        (3, 5, PERSON),
        (6, 7, PERSON),
        (8, 9, PERSON),
    )
    assert found == {"Edda Marlow": 2, "Ilse Maren": 2}


def test_father_and_son_are_two_and_a_surname_with_jr_is_the_sons():
    found = chains(
        "Martin Keller met Martin Keller Jr. Then Keller Jr. left",
        (0, 2, PERSON),
        (3, 6, PERSON),
        (7, 9, PERSON),
    )
    assert found == {"Martin Keller": 1, "Martin Keller Jr.": 2}


def test_initials_that_fit_two_are_a_chain_of_their_own():
    found = chains(
        "John Smith met James Smith . J. Smith left", (0, 2, PERSON), (3, 5, PERSON), (6, 8, PERSON)
    )
    assert found == {"John Smith": 1, "James Smith": 1, "J. Smith": 1}


def test_a_surname_that_could_be_two_persons_is_one_chain_all_along():
    found = chains(
        "Edda Maren met Ilse Maren . Maren left . Maren slept",
        (0, 2, PERSON), (3, 5, PERSON), (6, 7, PERSON), (9, 10, PERSON),
    )  # fmt: skip
    assert found == {"Edda Maren": 1, "Ilse Maren": 1, "Maren": 2}


def test_a_king_with_a_number_is_who_bears_his_name():
    assert chains("Joshua Norton ruled as Norton I", (0, 2, PERSON), (4, 6, PERSON)) == {"Joshua Norton": 2}


def test_a_surname_may_stand_without_its_particle():
    assert chains("Omar al-Sayed met Sayed 's men", (0, 2, PERSON), (3, 4, PERSON)) == {"Omar al-Sayed": 2}


def test_a_soft_hyphen_makes_no_second_chain():
    assert chains("Ada Mc\u00adKell met McKell", (0, 2, PERSON), (3, 4, PERSON)) == {"Ada McKell": 2}


def test_capitals_and_apostrophes_make_no_second_chain():
    found = chains("MILES O'DOWD QUITS Miles O’Dowd left", (0, 2, PERSON), (3, 5, PERSON))
    assert found == {"Miles O’Dowd": 2}


def test_acronyms_and_shortened_names_join_their_organisation():
    found = chains(
        "Tresk Relief Corps met the TRC and Tresk Relief", (0, 3, "ORG"), (5, 6, "ORG"), (7, 9, "ORG")
    )
    assert found == {"Tresk Relief Corps": 3}


def test_an_acronym_in_brackets_is_what_stands_before_them_and_of_its_kind():
    text, ents = "Late Arrivals Kell plan ( LAK ) and LAK", [(0, 4, "MISC"), (5, 6, "LOC"), (8, 9, "LOC")]
    assert chains(text, *ents) == {"Late Arrivals Kell plan": 3}
    assert chains("Bank of Kell ( MISSED )", (0, 3, "ORG"), (4, 5, "LOC")) == {"Bank of Kell": 1, "MISSED": 1}


def test_a_part_of_a_house_is_not_the_house():
    found = chains("Senate Democrats left the Senate", (0, 2, "ORG"), (4, 5, "ORG"))
    assert found == {"Senate Democrats": 1, "Senate": 1}
    found = chains("Kell Council Committee left Kell Council", (0, 3, "ORG"), (4, 6, "ORG"))
    assert found == {"Kell Council Committee": 1, "Kell Council": 1}
    found = chains("House and White House", (0, 1, "ORG"), (2, 4, "ORG"))
    assert found == {"House": 1, "White House": 1}


def test_a_second_surname_may_be_left_out_before_and_after():
    for order in ("Carlos Marlow and Carlos Marlow Vasht", "Carlos Marlow Vasht and Carlos Marlow"):
        cut = 2 if order.endswith("Vasht") else 3
        found = chains(order, (0, cut, "PERSON"), (cut + 1, 6, "PERSON"))
        assert found == {"Carlos Marlow Vasht": 2}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Courier", ("Courier",)),
        ("Bo Carr ,", ("Bo", "Carr")),
        ("Bo Carr‘s", ("Bo", "Carr")),
        ("Bo Carr , Jr", ("Bo", "Carr", "Jr.")),
    ],
)
def test_the_words_of_a_name(words, expected):
    doc = Doc(spacy.blank("en").vocab, words=words.split())
    assert name_words(doc[:]) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hans Schu-\nmacher", ("Hans", "Schumacher")),
        ("Daniel Osei-\nBrandt", ("Daniel", "Osei-Brandt")),
        ("Hans\nSchumacher", ("Hans", "Schumacher")),
    ],
)
def test_a_name_that_a_line_end_cuts_is_one(text, words):
    doc = spacy.blank("en")(text)
    assert name_words(doc[:]) == words
