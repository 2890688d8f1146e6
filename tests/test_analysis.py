import pandas as pd
import pytest
import spacy

from newsvoices import LossWarning, analyse, frame


@pytest.fixture
def nlp():
    """A pipeline that knows three names."""
    nlp = spacy.blank("en")
    names = {"Edda Marlow": "PERSON", "Morast": "GPE", "the Accord": "ORG"}
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": label, "pattern": name} for name, label in names.items()]
    )
    return nlp


@pytest.fixture
def articles():
    texts = ["Edda Marlow left Morast.", "Nobody spoke.", "In Morast the Accord fell."] * 40
    rows = [
        {"article_id": f"a{i}", "text": text, "source_file": f"a{i}.txt", "n_tokens": 5}
        for i, text in enumerate(texts)
    ]
    return frame("articles", rows)


def test_mentions_are_those_of_each_article_in_order(nlp, articles):
    tables = analyse(articles, nlp=nlp)
    assert tables.mentions[["article_id", "text", "label"]].head(4).to_numpy().tolist() == [
        ["a0", "Edda Marlow", "PERSON"],
        ["a0", "Morast", "GPE"],
        ["a2", "Morast", "GPE"],
        ["a2", "the Accord", "ORG"],
    ]
    assert len(tables.mentions) == 160
    pd.testing.assert_frame_equal(tables.articles, articles)


def test_no_articles_give_empty_tables(nlp):
    assert analyse(frame("articles"), nlp=nlp).mentions.equals(frame("mentions"))


def test_an_article_too_long_for_the_pipeline_is_left_out_and_reported(nlp, articles):
    nlp.max_length = 25
    articles.attrs = {"skipped": [{"source_file": "z.txt", "reason": "empty"}]}
    with pytest.warns(LossWarning, match="left out: 40 of 120 articles .too long: more than 25 characters"):
        tables = analyse(articles, nlp=nlp)
    assert not set(tables.mentions["article_id"]) - set(tables.articles["article_id"])
    assert [item["source_file"] for item in tables.articles.attrs["skipped"]][:2] == ["z.txt", "a2.txt"]
    assert articles.attrs["skipped"] == [{"source_file": "z.txt", "reason": "empty"}]


def test_two_workers_give_what_one_gives(nlp, articles):
    one, two = analyse(articles, nlp=nlp), analyse(articles, nlp=nlp, workers=2)
    pd.testing.assert_frame_equal(one.mentions, two.mentions)


def test_progress_is_silent_in_a_pipe(nlp, articles, capfd):
    analyse(articles, nlp=nlp)
    assert capfd.readouterr() == ("", "")
