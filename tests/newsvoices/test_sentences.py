import pytest

from newsvoices import evidence, frame

TEXT = "Talks open\n\nMORAST - Maren spoke. “We wait,” she said. Nobody heard"


@pytest.fixture
def articles():
    row = {
        "article_id": "a",
        "sentences": "0-10;12-33;34-54;55-67",
        "text": TEXT,
        "outlet": "Lantern",
        "date": "2024-03-04",
        "n_tokens": 9,
    }
    return frame("articles", [row])


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("Talks", "Talks open"),
        ("Maren", "MORAST - Maren spoke."),
        ("We", "“We wait,” she said."),
        ("heard", "Nobody heard"),
    ],
)
def test_a_row_leads_back_to_its_sentence(articles, word, sentence):
    start = TEXT.index(word)
    rows = frame("mentions", [{"article_id": "a", "start": start, "end": start + len(word), "text": word}])
    found = evidence(rows, articles)
    assert found.to_dict("records") == [
        {"article_id": "a", "outlet": "Lantern", "date": "2024-03-04", "sentence": sentence}
    ]


def test_without_sentences_the_paragraph_is_given(articles):
    rows = frame("mentions", [{"article_id": "a", "start": 20, "end": 25, "text": "Maren"}])
    found = evidence(rows, articles.assign(sentences=""))
    assert found["sentence"].tolist() == ["MORAST - Maren spoke. “We wait,” she said. Nobody heard"]


def test_a_row_over_two_sentences_gives_both(articles):
    rows = frame("quotes", [{"article_id": "a", "quote_id": "a#1", "start": 20, "end": 40}])
    assert evidence(rows, articles)["sentence"].tolist() == ["MORAST - Maren spoke. “We wait,” she said."]


def test_a_row_of_another_corpus_is_an_error(articles):
    rows = frame("mentions", [{"article_id": "b", "start": 0, "end": 1, "text": "x"}])
    with pytest.raises(KeyError, match="b"):
        evidence(rows, articles)
