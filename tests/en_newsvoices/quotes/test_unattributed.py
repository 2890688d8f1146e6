import pytest
import spacy
from spacy.tokens import Doc

from en_newsvoices.quotes.quote_spans import MarkedText
from en_newsvoices.quotes.unattributed import unattributed_quotes


@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_who_spoke_so_may_stand_in_the_next_sentence(rows, between):
    (row,) = rows(
        f"“We built this road with our own hands.”{between}So spoke Edda Lind, the last of the engineers."
    )
    assert row["actor"] == "Edda Lind"


def test_the_title_of_a_book_is_no_quote(rows):
    assert (
        rows("Jon Marsh wrote two books on the lake, one of them “The Last Ferry to Halden Harbour.”") == []
    )


@pytest.mark.parametrize("told", ["So said Edda Lind as she left the hall.", "— Edda Lind, mayor of Kell"])
def test_a_short_quotation_that_the_next_line_gives_to_somebody_is_a_quote(rows, told):
    assert [(row["text"], row["actor"]) for row in rows(f"“It is over.”\n\n{told}")] == [
        ("It is over.", "Edda Lind")
    ]


def test_a_verb_of_speech_beside_the_marks_names_a_speaker_whom_no_attribution_has(rows):
    found = rows("“It will float?” asked Vera Kohl. “It will not,” Jon Marsh said.")
    assert [(row["text"], row["actor"]) for row in found] == [
        ("It will float?", "Vera Kohl"),
        ("It will not,", "Jon Marsh"),
    ]


def test_what_somebody_reports_that_a_person_said_is_that_persons_too(rows):
    found = rows("“We are ready,” Edda Maren said, according to a transcript. “We will not wait.”")
    assert [(row["text"], row["speaker"]) for row in found] == [
        ("We are ready, We will not wait.", "Edda Maren"),
        ("“We are ready,” Edda Maren said", "a transcript"),
    ]


def test_dialogue_with_dashes_is_direct_speech(rows):
    found = rows("— We are leaving, said Ciara Nolan.\n\n— Why so soon? asked Declan Burke.")
    assert [(row["text"], row["kind"], row["actor"]) for row in found] == [
        ("We are leaving,", "direct", "Ciara Nolan"),
        ("Why so soon?", "direct", "Declan Burke"),
    ]


def test_a_dash_before_a_name_is_read(rows):
    (row,) = rows("“It is late for the dam.”—Vera Kohl")
    assert (row["text"], row["speaker"]) == ("It is late for the dam.", "Vera Kohl")


def test_a_subject_before_the_marks_is_not_beside_them():
    nlp = spacy.blank("en")
    words = ["Moss", ",", "on", "“", "Harbour", "News", "Sunday", ",", "”", "said", "it", "was", "so", "."]
    doc = Doc(
        nlp.vocab,
        words,
        spaces=[False, True, True, False, True, True, False, False, True, True, True, True, False, False],
        tags="NNP , IN `` NNP NNP NNP , '' VBD PRP VBD RB .".split(),
        pos="PROPN PUNCT ADP PUNCT PROPN PROPN PROPN PUNCT PUNCT VERB PRON AUX ADV PUNCT".split(),
        lemmas=[word.lower() if word != "said" else "say" for word in words],
        heads=[9, 0, 6, 6, 6, 6, 0, 0, 6, 9, 12, 12, 9, 9],
        deps="nsubj punct case punct compound compound obl punct punct ROOT nsubj cop ccomp punct".split(),
        sent_starts=[True] + [False] * 13,
    )
    page = MarkedText(doc)
    assert unattributed_quotes(page, {}, set(), []) == []


def test_who_is_named_before_a_colon_says_what_follows(rows):
    (row,) = rows(
        "The paper asked.\n\nShepherd Marek Sivic, from Orrin Pass: “My sheep have a special status too.”"
    )
    assert (row["actor"], row["speaker"]) == ("Marek Sivic", "Shepherd Marek Sivic")


def test_a_quotation_on_its_own_goes_on_with_what_the_paragraph_before_reports(rows):
    first, second = rows(
        "Customer Rosa Tendal said she wants her son back from the camps.\n\n"
        "“He told me to keep his boots dry, and the flood took them.”\n\nThe paper is patient."
    )
    assert first["actor"] == second["actor"] == "Rosa Tendal"
    assert second["how"] == "floating, continues the paragraph before"


def test_whoever_says_the_words_of_a_headline_says_them_there(rows):
    headline, _ = rows(
        "‘The ceiling came in’: bread queue hit\n\n“The windows and the ceiling came in,” said Petra Lunde."
    )
    assert (headline["text"], headline["actor"]) == ("The ceiling came in", "Petra Lunde")
