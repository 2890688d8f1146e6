import numpy as np
import pytest
import spacy

from en_newsvoices.stances import component as stances
from newsvoices import load_pipeline, tables

TEXT = "KELL (MPA) — Edda Marlow met Ilse Maren. She left. “They lied to us about Goran Vasht,” Marlow said."


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


@pytest.fixture
def certain(nlp, monkeypatch):
    """The rows of a text where every meeting's first actor is for the second with 0.7, and the second against it with 0.5."""

    def probabilities(model, vectors, found):
        return np.array([[[0.25, 0.7, 0.05], [0.46, 0.04, 0.5]]] * len(found)).reshape(-1, 2, 3)

    monkeypatch.setattr(stances, "read_stances", probabilities)
    return lambda text: [row for row in nlp(text)._.relations if row["certainty"]]


def test_a_row_holds_both_ends_with_their_sign_and_the_sentences_around_them(certain):
    rows = [
        (row["source"], row["target"], row["relation"], row["sign"], row["certainty"], row["claimed_by"])
        for row in certain(TEXT)
    ]
    assert rows == [
        ("Edda Marlow", "Ilse Maren", "supports", 1, 0.7, ""),
        ("Ilse Maren", "Edda Marlow", "criticises", -1, 0.5, ""),
        ("Goran Vasht", "Edda Marlow", "supports", 1, 0.7, "Edda Marlow"),
        ("Edda Marlow", "Goran Vasht", "criticises", -1, 0.5, "Edda Marlow"),
    ]


def test_a_speaker_named_in_another_sentence_is_shown_where_it_is_named(certain):
    text = "“Goran Vasht is no friend. We know,” Edda Marlow said."
    (row,) = [row for row in certain(text) if row["source"] == "Edda Marlow"]
    assert [text[slice(*row[end])] for end in ("source_span", "target_span")] == [
        "Edda Marlow",
        "Goran Vasht",
    ]
    assert text[slice(*row["span"])] == text


def test_a_party_is_not_a_second_source_beside_its_lawmakers_whom_a_rule_has_found(nlp):
    rows = nlp("Republican lawmakers praised Edda Marlow.")._.relations
    assert [(row["source"], row["sign"]) for row in rows] == [("Republican lawmakers", 1)]


def test_a_component_without_attribution_before_it_says_what_lacks():
    nlp = spacy.blank("en")
    nlp.add_pipe("newsvoices_stances")
    with pytest.raises(ValueError, match="newsvoices_attribution"):
        nlp("Edda Marlow met Ilse Maren.")


def test_nothing_is_left_of_the_vectors(nlp):
    assert nlp(TEXT)._.attribution_vectors is None
    assert nlp("")._.relations == []


def stance(nlp, text):
    table = tables.relations(nlp(text))
    told = table[table["relation"].isin(["supports", "criticises"])]
    return {(row.source, row.target, row.sign) for row in told.itertuples()}


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        (-1, "Senator Edda Marlow criticised President Goran Vasht on Tuesday over the war."),
        (-1, "President Goran Vasht was criticised by Senator Edda Marlow over the war."),
        (-1, "Senator Edda Marlow said that President Goran Vasht is a liar and a danger to democracy."),
        (-1, "“Goran Vasht is a disgrace and unfit to be president,” Senator Edda Marlow said on Tuesday."),
        (1, "Senator Edda Marlow praised President Goran Vasht on Tuesday for his courage."),
        (1, "Senator Edda Marlow endorsed Goran Vasht for president."),
        (1, "“Goran Vasht is a great leader and I am proud to support him,” Senator Edda Marlow said."),
    ],
)
def test_who_is_for_or_against_whom_in_active_passive_and_quoted_words(nlp, sign, text):
    found = stance(nlp, text)
    assert ("Edda Marlow", "Goran Vasht", sign) in found
    assert ("Goran Vasht", "Edda Marlow", sign) not in found


@pytest.mark.parametrize(
    "text",
    [
        "Senator Edda Marlow met President Goran Vasht in Kell on Tuesday.",
        "Senator Edda Marlow and President Goran Vasht were born in Kell.",
        "Senator Edda Marlow did not criticise President Goran Vasht on Tuesday.",
    ],
)
def test_no_stance_where_none_is_said(nlp, text):
    assert stance(nlp, text) == set()


def test_of_two_speakers_each_has_a_stance_of_their_own(nlp):
    found = stance(
        nlp,
        "“Goran Vasht is a crook,” Senator Edda Marlow said.\n\n“Goran Vasht is the best president we ever had,” Governor Ilse Maren said.",
    )
    assert ("Edda Marlow", "Goran Vasht", -1) in found
    assert ("Ilse Maren", "Goran Vasht", 1) in found
