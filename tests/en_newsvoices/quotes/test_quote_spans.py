import pytest
import spacy

from en_newsvoices.quotes.quote_spans import MarkedText, split_at_colon, trim, with_both_marks, without_edges

NLP = spacy.blank("en")


def piece(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "words", "fitted"),
    [
        ("She called the plan “a joke”.", "the plan “a joke", "the plan “a joke”"),
        ("She had “a joke” of a plan.", "a joke” of a plan", "“a joke” of a plan"),
        ("She said “we go”.", "we go", "we go"),
        ("She called it 'a joke'.", "it 'a joke", "it 'a joke'"),
        ("“I called it ‘a joke’ then,” she said.", "it ‘a joke", "it ‘a joke’"),
        ("She said the plan is “a joke.", "the plan is “a joke.", "the plan is “a joke."),
    ],
)
def test_marks_come_in_pairs(text, words, fitted):
    start, end = with_both_marks(MarkedText(NLP(text)), piece(text, words))
    assert text[start:end] == fitted


def test_a_piece_loses_what_is_not_said_at_its_edges():
    text = "She said that, well, the plan was dead."
    start, end = trim(MarkedText(NLP(text)), *piece(text, "that, well, the plan was dead."))
    assert text[start:end] == "that, well, the plan was dead"
    text = "KELL (MPA) — The plan is dead, she said."
    start, end = trim(MarkedText(NLP(text)), *piece(text, "KELL (MPA) — The plan is dead,"))
    assert text[start:end] == "The plan is dead"


@pytest.mark.parametrize(("tag", "said"), [("DT", "that claim"), ("IN", "claim")])
def test_that_of_that_claim_is_said(tag, said):
    doc = NLP("She denied that claim.")
    doc[2].tag_ = tag
    start, end = trim(MarkedText(doc), 11, 21)
    assert doc.text[start:end] == said


def test_a_quotation_after_a_colon_is_parted_from_what_leads_to_it():
    text = "She denied it: “I was at home.”"
    page = MarkedText(NLP(text))
    parts = split_at_colon(page, [piece(text, "it: “I was at home.")])
    assert [[text[slice(*p)] for p in part] for part in parts] == [["it"], ["I was at home."]]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Sen. Martin Heller (D-N.M.)", "Sen. Martin Heller (D-N.M.)"),
        ("Vera Kohl (58", "Vera Kohl (58)"),
        ("Vera Kohl,", "Vera Kohl"),
        ("Vera Kohl)", "Vera Kohl"),
        ("a man known as “Captain.”", "a man known as “Captain.”"),
    ],
)
def test_no_speaker_has_half_a_bracket(source, speaker):
    doc = NLP(f"{source}) said so." if source.endswith("(58") else f"{source} said so.")
    span = doc.char_span(0, len(source), alignment_mode="expand")
    assert without_edges(span).text == speaker


def test_an_open_bracket_that_nothing_closes_is_left_out():
    doc = NLP("Vera Kohl (58 said so.")
    assert without_edges(doc[:4]).text == "Vera Kohl"
