import pytest
import spacy

from newsvoices.files.tokens import n_tokens
from newsvoices.nonlinguistic import nonlinguistic, without_nonlinguistic

make_doc = spacy.blank("en").make_doc


@pytest.mark.parametrize("unit", ["$", "=", "'s", "“”", "(", "🙂", "…", ":)", "x:)", "❤️"])
def test_runs_of_marks_are_found_and_become_one_token(unit):
    run = unit * 300
    text = f"Edda Marlow paid {run} for it."
    assert nonlinguistic(text) == [(17, 17 + len(run))]
    doc = without_nonlinguistic(text, make_doc=make_doc)
    assert doc.text == text
    assert [token.text for token in doc] == ["Edda", "Marlow", "paid", run, "for", "it", "."]
    assert n_tokens([text])[0] == 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“We won't,” she said -- " + "-" * 80,
        "https://a.example/" + "a-long-path/" * 150,
        "हिन्दी" * 100,
        "ความเป็น" * 200,
        "漢字かな。" * 300,
        "1,234.5 " * 300,
        "a" * 9999,
    ],
)
def test_language_addresses_and_lines_across_a_page_are_left_to_the_tokenizer(text):
    assert nonlinguistic(text) == []
    assert without_nonlinguistic(text, make_doc=make_doc) is text


def test_a_word_of_ten_thousand_characters_is_none():
    assert nonlinguistic("a " + "b" * 10_000) == [(2, 10_002)]


def test_words_around_a_run_keep_the_tokenizers_rules():
    doc = without_nonlinguistic(f"He didn't.\n{'$' * 200}\nShe's gone.", make_doc=make_doc)
    assert [token.norm_ for token in doc if token.text in ("n't", "'s")] == ["not", "'s"]
