from en_newsvoices.names import roles
from en_newsvoices.names.titles import title_before


def test_an_apposition_is_a_role_and_an_ally_is_somebody_elses(doc_of):
    words, heads, deps = "Bo Carr , {} , left", [1, 5, 3, 1, 1, 5], "compound nsubj punct appos punct ROOT"
    pos = "PROPN PROPN PUNCT NOUN PUNCT VERB"
    assert [r.text for r in roles.roles_of(doc_of(words.format("mayor"), pos, heads, deps)[0:2])] == ["mayor"]
    assert roles.roles_of(doc_of(words.format("ally"), pos, heads, deps)[0:2]) == []


def test_a_form_of_address_is_no_role_and_a_first_lady_is_one(doc_of):
    doc = doc_of("Highness Ilse Maren", "NOUN PROPN PROPN", [2, 2, 2], "compound compound ROOT")
    assert not roles.tells(title_before(doc[1:3]))
    doc = doc_of("First Lady Ilse Maren", "ADJ NOUN PROPN PROPN", [1, 3, 3, 3], "amod compound compound ROOT")
    assert roles.tells(title_before(doc[2:4]))


def test_who_somebody_is_not_is_no_role(doc_of):
    doc = doc_of(
        "Maren was not the minister", "PROPN AUX PART DET NOUN", [4, 4, 4, 4, 4], "nsubj cop advmod det ROOT"
    )
    assert roles.roles_of(doc[0:1]) == []
