import pandas as pd
import pytest

from newsvoices import draw_sample


@pytest.fixture
def corpus(small):
    names = ["Courier"] * 20 + ["Herald"] * 12 + ["Lantern"] * 3
    return small([(f"a{number:02}", name, "2024-03-01", "Text.") for number, name in enumerate(names)])


def test_as_many_of_each_outlet_with_their_probabilities(corpus):
    sample = draw_sample(corpus, n=15, seed=1)
    found = sample.groupby("outlet").agg(
        n=("article_id", "nunique"), p=("probability", "first"), of=("of", "first")
    )
    assert found.loc["Courier"].tolist() == [6, 6 / 20, 20]
    assert found.loc["Herald"].tolist() == [6, 6 / 12, 12]
    assert found.loc["Lantern"].tolist() == [3, 1, 3]


def test_a_larger_sample_goes_on_from_a_smaller_one_and_can_be_cut_short(corpus):
    small, large = (draw_sample(corpus, n=n, seed=1) for n in (6, 12))
    assert large["article_id"].tolist()[:6] == small["article_id"].tolist()
    assert small["outlet"].head(3).tolist() == ["Courier", "Herald", "Lantern"]
    assert draw_sample(corpus, n=6, seed=2)["article_id"].tolist() != small["article_id"].tolist()


def test_every_article_is_drawn_as_often_as_its_probability_says(corpus):
    weight = pd.Series([9.0] * 4 + [1.0] * 31, index=corpus.articles["article_id"])
    drawn = [
        draw_sample(corpus, n=9, seed=seed, more_of=weight).set_index("article_id") for seed in range(150)
    ]
    assert all(sample.groupby("outlet").size().tolist() == [3, 3, 3] for sample in drawn)
    rare = pd.concat([sample.query("outlet == 'Courier'")["probability"] for sample in drawn])
    assert rare["a00"].iloc[0] == pytest.approx(3 * 9 / 52)
    assert len(rare["a00"]) / 150 == pytest.approx(3 * 9 / 52, abs=0.13)
    assert len(rare["a10"]) / 150 == pytest.approx(3 / 52, abs=0.06)


def test_an_article_of_great_weight_is_sure_to_be_drawn(corpus):
    weight = pd.Series(1.0, index=corpus.articles["article_id"])
    weight["a00"] = 1000.0
    sample = draw_sample(corpus, n=9, seed=1, more_of=weight).set_index("article_id")
    assert sample.loc["a00", "probability"] == 1
    assert sample.query("outlet == 'Courier' and article_id != 'a00'")["probability"].tolist() == [2 / 19] * 2


def test_some_are_for_two_coders_and_articles_without_an_outlet_are_counted(small):
    corpus = small([(f"a{n}", "Courier" if n else "", "2024-03-01", "Text.") for n in range(9)])
    with pytest.warns(match="1 of 9 articles have no outlet"):
        sample = draw_sample(corpus, n=4, seed=1, two_coders=2)
    assert sample["coders"].tolist() == [2, 2, 1, 1]
    assert "a0" not in set(sample["article_id"])


@pytest.mark.parametrize(
    "how", [{"n": 0}, {"n": 3, "by": "mood"}, {"n": 3, "more_of": pd.Series({"a00": 1.0})}]
)
def test_what_cannot_be_drawn_is_refused(corpus, how):
    with pytest.raises(ValueError, match=r"must be 1 or more|more_of needs"):
        draw_sample(corpus, seed=1, **how)
