import numpy as np
import pytest

from newsvoices.statistics.counts import PARTS, per_article


@pytest.fixture
def tables(small):
    quotes = [
        {"article_id": "a", "text": "We go at once.", "actor": "Ina Voss", "cue": "said", "cue_verb": "say"},
        {"article_id": "a", "text": "No.", "actor": "", "cue": ":", "speaker_type": "unnamed person"},
        {"article_id": "b", "text": "We stay.", "actor": "Jon Marsh", "cue": "Said", "cue_verb": "say"},
    ]
    mentions = [
        {"article_id": "a", "actor": "Ina Voss", "kind": "name"},
        {"article_id": "a", "actor": "Ina Voss", "kind": "pronoun"},
        {"article_id": "b", "actor": "Ina Voss", "kind": "role"},
    ]
    articles = [(name, "Post", "2024-05-01", "Text.") for name in "abc"]
    return small(articles, quotes=quotes, mentions=mentions)


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("quoted", ["Ina Voss", "", "Jon Marsh"]),
        ("mentioned", ["Ina Voss"]),  # once an article, and a role is no mention of its own
        ("unnamed", ["", "unnamed", ""]),
        ("verb", ["say", "say"]),
        ("cue", ["said", "said"]),  # a colon is no word
    ],
)
def test_what_a_share_counts(tables, what, values):
    assert PARTS[what](tables)["value"].tolist() == values


def test_words_count_as_often_as_there_are_words_and_an_article_with_nothing_has_zeros(tables):
    groups = tables.articles.set_index("article_id")["outlet"]
    counts, of, values = per_article(PARTS["words"](tables), groups, top=5, whole=False)
    assert values == ["Ina Voss", "Jon Marsh"]
    assert counts.tolist() == [[4, 0], [0, 2], [0, 0]]
    assert of.tolist() == [5, 2, 0]  # the unnamed speaker's word is part of the whole


def test_only_articles_of_the_groups_count_and_whole_articles_count_one(tables):
    groups = tables.articles.set_index("article_id")["outlet"].loc[["b", "c"]]
    counts, of, values = per_article(PARTS["quoted"](tables), groups, top=5, whole=True)
    assert values == ["Jon Marsh"]
    assert np.array_equal(counts, [[1], [0]])
    assert of.tolist() == [1, 1]
