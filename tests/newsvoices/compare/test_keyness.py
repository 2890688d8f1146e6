import math

import pandas as pd
import pytest
import spacy

from newsvoices import LossWarning, keyness, terms


def counts(*rows):
    return pd.DataFrame(rows, columns=["article_id", "term", "n"])


ARTICLES = pd.DataFrame({"article_id": list("abcd"), "outlet": list("XXYY"), "date": "", "text": ""}).astype(
    "str"
)
# rebel: 6 of 40 words in X, 2 of 60 in Y
TERMS = counts(("a", "rebel", 4), ("b", "rebel", 2), ("c", "rebel", 2), ("a", "word", 16), ("b", "word", 18), ("c", "word", 30), ("d", "word", 28))  # fmt: skip


def row(**options):
    table = keyness(TERMS, articles=ARTICLES, **{"least_articles": 1, **options})
    return table[(table["outlet"] == "X") & (table["term"] == "rebel")].iloc[0]


def test_g2_and_log_ratio_by_hand():
    # expected: 8 · 40/100 = 3.2, 8 · 60/100 = 4.8, 92 · 40/100 = 36.8, 92 · 60/100 = 55.2
    g2 = 2 * (
        6 * math.log(6 / 3.2) + 2 * math.log(2 / 4.8) + 34 * math.log(34 / 36.8) + 58 * math.log(58 / 55.2)
    )
    assert row()["g2"] == pytest.approx(g2)
    assert row()["g2"] == pytest.approx(4.40, abs=0.01)
    assert row()["log_ratio"] == pytest.approx(math.log2((6 / 40) / (2 / 60)))


def test_log_odds_by_hand():
    # a prior of 50 words like the corpus: 4 of them "rebel"
    delta = math.log((6 + 4) / (40 + 50 - 6 - 4)) - math.log((2 + 4) / (60 + 50 - 2 - 4))
    z = delta / math.sqrt(1 / (6 + 4) + 1 / (2 + 4))
    assert row(prior=50)["z"] == pytest.approx(z)
    assert z == pytest.approx(1.4964, abs=1e-3)


def test_one_article_makes_no_keyword_and_what_is_passed_over_is_counted():
    table = keyness(TERMS, articles=ARTICLES, least_articles=2)
    assert table[["outlet", "term"]].to_numpy().tolist() == [
        ["X", "rebel"],
        ["X", "word"],
        ["Y", "word"],
        ["Y", "rebel"],
    ]
    assert table["articles"].tolist() == [2, 2, 2, 1]
    table = keyness(TERMS, articles=ARTICLES, least_articles=3)
    assert (len(table), table.attrs["passed_over"]) == (0, 2)


def test_a_term_that_one_side_lacks_is_finite():
    table = keyness(
        counts(("a", "mr", 3), ("b", "mr", 1), ("c", "word", 5), ("d", "word", 5)),
        articles=ARTICLES,
        least_articles=1,
    )
    assert table.select_dtypes("number").map(math.isfinite).to_numpy().all()


def test_copies_once(gold_tables):
    each, once = (
        keyness(terms(gold_tables.articles), articles=gold_tables.articles, copies=copies).set_index(
            ["outlet", "term"]
        )
        for copies in ("each", "once")
    )
    assert each.loc[("Daily Lantern", "said"), "n"] > once.loc[("Daily Lantern", "said"), "n"]
    assert (
        each.loc[("Meridian Press Agency", "said"), "n"] == once.loc[("Meridian Press Agency", "said"), "n"]
    )


def test_terms_are_words_of_texts_or_whole_cells():
    quotes = pd.DataFrame(
        {"article_id": ["a", "a"], "text": ["No one’s war.", "War!"], "actor": ["Ilse Maren", ""]}
    )
    assert terms(quotes)[["term", "n"]].to_numpy().tolist() == [["no", 1], ["one's", 1], ["war", 2]]
    assert terms(quotes, column="actor")["term"].tolist() == ["Ilse Maren"]
    assert terms(quotes.iloc[:0]).empty


def test_lemmas_come_from_the_pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"}).lookups = spacy.lookups.Lookups()
    nlp.get_pipe("lemmatizer").lookups.add_table("lemma_lookup", {"guns": "gun"})
    found = terms(pd.DataFrame({"article_id": ["a"], "text": ["Guns, guns."]}), nlp=nlp)
    assert found["n"].sum() == 2


def test_content_words_are_told_by_the_pipeline():
    nlp = spacy.blank("en")
    rows = pd.DataFrame({"article_id": ["a"], "text": ["The rebels wait."]})
    with pytest.raises(ValueError, match="this pipeline tells no parts of speech"):
        terms(rows, nlp=nlp, content=True)
    with pytest.raises(ValueError, match="give a pipeline with nlp="):
        terms(rows, content=True)
    ruler = nlp.add_pipe("attribute_ruler")
    for word, tag in {"The": "DET", "rebels": "NOUN", "wait": "VERB", ".": "PUNCT"}.items():
        ruler.add([[{"ORTH": word}]], {"POS": tag})
    assert terms(rows, nlp=nlp, content=True)["term"].tolist() == ["rebels", "wait"]


def test_bad_input_is_told():
    with pytest.raises(ValueError, match="prior is 0"):
        keyness(TERMS, articles=ARTICLES, prior=0)
    with pytest.warns(LossWarning, match="at least two values of 'outlet'"):
        assert keyness(TERMS, articles=ARTICLES.assign(outlet="X")).empty
    with pytest.raises(ValueError, match="copies is 'both'"):
        keyness(TERMS, articles=ARTICLES, copies="both")
