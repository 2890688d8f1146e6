import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from newsvoices import quotes

NLP = spacy.blank("en")


def doc_with(text: str, *attributions: dict[str, list[str]]) -> Doc:
    """A Doc whose attributions are given by their words; each part's words are looked for from the text's start."""
    doc = NLP(text)
    doc.set_ents([])
    spans = []
    for number, parts in enumerate(attributions):
        for label, pieces in parts.items():
            for piece in pieces:
                start = text.index(piece)
                found = doc.char_span(start, start + len(piece), alignment_mode="expand")
                spans.append(Span(doc, found.start, found.end, label=label, span_id=str(number)))
    doc.spans["attributions"] = spans
    return doc


def rows(doc: Doc) -> list[dict]:
    table = quotes(doc)
    for row in table.itertuples():
        pieces = [tuple(map(int, span.split("-"))) for span in row.spans.split(";")]
        assert row.text == " ".join(doc.text[start:end] for start, end in pieces)
        assert (row.start, row.end) == (pieces[0][0], pieces[-1][1])
        if row.speaker:
            assert doc.text[row.speaker_start : row.speaker_end] == row.speaker
    return table.to_dict("records")


def test_a_direct_quote_fills_its_marks_and_leaves_them_out():
    doc = doc_with(
        "“We go. Now,” said Maren.", {"content": ["“We go. Now,”"], "cue": ["said"], "source": ["Maren"]}
    )
    (row,) = rows(doc)
    assert (row["kind"], row["text"], row["cue"], row["speaker"]) == (
        "direct",
        "We go. Now,",
        "said",
        "Maren",
    )


def test_an_interrupted_quote_is_one_quote_in_pieces():
    doc = doc_with(
        "“We go,” said Maren. “And we stay gone.”",
        {"content": ["“We go,”"], "cue": ["said"], "source": ["Maren"]},
    )
    (row,) = rows(doc)
    assert row["text"] == "We go, And we stay gone."
    assert row["spans"] == "1-7;22-39"


def test_a_clause_with_some_quoted_words_is_mixed():
    doc = doc_with(
        "Maren said that the plan was “a farce” from the start.",
        {"content": ["that the plan was “a farce” from the start"], "cue": ["said"], "source": ["Maren"]},
    )
    (row,) = rows(doc)
    assert (row["kind"], row["text"]) == ("mixed", "the plan was “a farce” from the start")


def test_content_that_runs_into_a_quotation_ends_with_it():
    doc = doc_with(
        "Maren said the aim was to win “by closing its two roads.”",
        {"content": ["the aim was to win “by closing"], "cue": ["said"], "source": ["Maren"]},
    )
    (row,) = rows(doc)
    assert (row["kind"], row["text"]) == ("mixed", "the aim was to win “by closing its two roads.")


def test_a_floating_paragraph_continues_the_last_speaker():
    doc = doc_with(
        "“We go,” said Maren.\n\n“The road is long and it is open.”",
        {"content": ["“We go,”"], "cue": ["said"], "source": ["Maren"]},
    )
    first, second = rows(doc)
    assert (second["speaker"], second["how"]) == ("", "floating, continues previous speaker")
    assert second["speaker_type"] == first["speaker_type"] != "none"


def test_a_quote_over_paragraphs_is_one_quote():
    doc = doc_with(
        "“We go,” said Maren. “The road is long.\n\n“It is open.”",
        {"content": ["“We go,”"], "cue": ["said"], "source": ["Maren"]},
    )
    (row,) = rows(doc)
    assert row["text"] == "We go, The road is long. It is open."


def test_scare_quotes_and_titles_are_no_quotes():
    assert rows(doc_with("The “power centres” were in “A Song of Ice and Fire” country.")) == []


def test_a_quotation_with_nobody_to_speak_it_stays():
    (row,) = rows(doc_with("“Nobody owns these words at all.”"))
    assert (row["speaker"], row["speaker_type"], row["kind"]) == ("", "none", "direct")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab .,\n“”‘’\"'«»`\u200b\u200f\u202e", max_size=60))
def test_any_text_gives_rows_that_are_true_to_it(text):
    rows(doc_with(text))
