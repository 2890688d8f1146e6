import json

import pytest

from newsvoices import frame, read_gold, score_mentions


@pytest.fixture
def gold_path(tmp_path):
    article = {
        "article_id": "a",
        "mentions": [{"start": 0, "end": 5, "text": "Maren", "label": "PERSON", "actor": "maren"}],
        "quotes": [
            {
                "quote_id": 1, "kind": "direct", "text": "Go. Now.", "spans": "9-12;20-24", "cue": "said", "cue_start": 14,
                "cue_end": 18, "speaker": "", "speaker_start": None, "speaker_end": None, "speaker_type": "none", "actor": "",
            }
        ],
    }  # fmt: skip
    (tmp_path / "gold.jsonl").write_text(json.dumps(article) + "\n")
    return tmp_path / "articles"


def test_gold_comes_in_the_columns_of_the_table(gold_path):
    assert read_gold(gold_path)["text"].tolist() == ["Maren"]
    quote = read_gold(gold_path, "quotes").iloc[0]
    assert (quote["quote_id"], quote["start"], quote["end"]) == ("a#1", 9, 24)


def test_no_gold_gives_no_rows(tmp_path):
    assert read_gold(tmp_path / "articles").empty


def test_scores_count_offsets_and_label_together():
    rows = [("a", 0, 5, "PERSON"), ("a", 9, 12, "LOC"), ("b", 0, 3, "ORG")]
    columns = ["article_id", "start", "end", "label"]
    gold = frame("mentions", [dict(zip(columns, r, strict=True)) for r in rows[:2]])
    found = [("a", 0, 5, "PERSON"), ("a", 9, 12, "ORG"), ("c", 0, 1, "ORG")]
    score = score_mentions(frame("mentions", [dict(zip(columns, r, strict=True)) for r in found]), gold)
    assert score.loc["all", ["right", "found", "gold"]].tolist() == [1, 2, 2]
    assert score.loc["PERSON", "F1"] == 100
    assert score.loc["LOC", "recall"] == 0
