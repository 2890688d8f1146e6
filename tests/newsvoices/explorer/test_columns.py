import dataclasses
import json
import zlib

import pandas as pd
import pytest

from newsvoices.explorer.columns import compressed_json


def unpacked(tables, **how):
    return json.loads(zlib.decompress(compressed_json(tables, **how)))


def values(column):
    return [column["values"][code] for code in column["codes"]] if isinstance(column, dict) else column


def test_a_table_comes_back_column_by_column(corpus):
    data = unpacked(corpus, note="All of it.")
    assert data["note"] == "All of it."
    assert values(data["articles"]["text"]) == corpus.articles["text"].tolist()
    assert values(data["quotes"]["actor"]) == corpus.quotes["actor"].tolist()
    assert data["quotes"]["cue_start"] == corpus.quotes["cue_start"].tolist()
    assert data["mentions"]["article"] == [0, 0, 0, 1, 1, 2, 2]


def test_a_text_is_kept_only_where_it_is_not_the_articles(corpus):
    assert "text" not in unpacked(corpus)["quotes"]
    edited = corpus.quotes.assign(text=["No one!", *corpus.quotes["text"][1:]])
    assert unpacked(dataclasses.replace(corpus, quotes=edited))["quotes"]["text"][0] == "No one!"


def test_what_is_missing_is_empty_or_null(corpus):
    quotes = corpus.quotes.assign(cue_start=pd.array([None, 1, 2], dtype="Int64"))
    assert unpacked(dataclasses.replace(corpus, quotes=quotes))["quotes"]["cue_start"] == [None, 1, 2]


def test_a_row_of_an_article_that_is_not_there_is_an_error(corpus):
    fewer = dataclasses.replace(corpus, articles=corpus.articles.iloc[:2])
    with pytest.raises(ValueError, match="1 of 3 rows speak of an article that is not in articles"):
        compressed_json(fewer)
