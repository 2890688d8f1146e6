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
    ("word", "sentence", "marks"),
    [
        ("Talks", "Talks open", "0-5"),
        ("Maren", "MORAST - Maren spoke.", "9-14"),
        ("We", "“We wait,” she said.", "1-3"),
        ("heard", "Nobody heard", "7-12"),
    ],
)
def test_a_row_leads_back_to_its_sentence(articles, word, sentence, marks):
    start = TEXT.index(word)
    rows = frame("mentions", [{"article_id": "a", "start": start, "end": start + len(word), "text": word}])
    found = evidence(rows, articles)
    assert found.to_dict("records") == [
        {"article_id": "a", "outlet": "Lantern", "date": "2024-03-04", "sentence": sentence, "marks": marks}
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


def test_marks_are_the_parts_of_a_quote_and_the_two_actors_of_a_relation(articles):
    quote = {"article_id": "a", "quote_id": "a#1", "start": 35, "end": 53, "spans": "35-43;49-53"}
    assert evidence(frame("quotes", [quote]), articles)["marks"].tolist() == ["1-9;15-19"]
    ends = {
        "source_start": 21,
        "source_end": 26,
        "target_start": 45,
        "target_end": 48,
        "start": 12,
        "end": 33,
    }
    told = {"article_id": "a", "sign": 0, **ends}
    found = evidence(frame("relations", [told]), articles)
    assert found.loc[0, ["sentence", "marks"]].tolist() == [
        "MORAST - Maren spoke. “We wait,” she said.", "9-14;33-36"
    ]  # fmt: skip
