import json

import pandas as pd
import pytest

from newsvoices import frame, read_gold, score_mentions, score_quotes, score_relations, score_speaker_types
from newsvoices.evaluate import match_quotes


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


def quote(number, kind, spans, speaker=None, article_id="a"):
    at = dict(zip(("speaker_start", "speaker_end"), speaker or (None, None), strict=True))
    ids = {"article_id": article_id, "quote_id": f"{article_id}#{number}"}
    return ids | {"kind": kind, "spans": spans, "start": 0, "end": 9, "speaker": "x" if speaker else ""} | at


GOLD = frame(
    "quotes",
    [quote(1, "direct", "0-10", (12, 17)), quote(2, "mixed", "20-40"), quote(3, "direct", "50-60", (62, 66))],
)


def test_a_quote_is_found_where_half_of_the_characters_are_shared_one_to_one():
    found = frame(
        "quotes",
        [
            quote(1, "direct", "0-8"),  # 8 of 10 characters
            quote(2, "direct", "0-9"),  # 9 of 10, so this is the one
            quote(3, "direct", "20-25;30-35"),  # 10 of 20
            quote(4, "direct", "54-66"),  # 6 of 16
        ],
    )
    assert match_quotes(found, GOLD).to_numpy().tolist() == [[1, 0], [2, 1]]


def test_quotes_are_scored_by_hand():
    found = frame(
        "quotes",
        [
            quote(1, "indirect", "0-10", (15, 30)),  # the speaker overlaps gold's
            quote(2, "direct", "20-40", (5, 9)),  # gold has none
            quote(3, "direct", "70-80"),
            quote(1, "direct", "0-10", article_id="no gold here"),
        ],
    )
    score = score_quotes(found, GOLD)
    assert score[["gold", "found"]].to_numpy().tolist() == [[2, 1], [1, 1], [0, 0], [3, 2]]
    assert score.loc["all"].tolist()[2:] == pytest.approx([200 / 3, 50, 200 / 3])
    assert score.loc["direct", ["recall", "speaker right"]].tolist() == [50, 100]
    assert score.loc["mixed", ["recall", "speaker right"]].tolist() == [100, 0]
    assert score.loc["indirect", ["recall", "speaker right"]].isna().all()


def test_without_gold_no_score_is_claimed():
    for score in (
        score_quotes(GOLD, frame("quotes")),
        score_relations(frame("relations"), frame("relations")),
    ):
        assert score.select_dtypes("float").isna().all(axis=None)
    assert (
        score_mentions(frame("mentions"), frame("mentions")).loc["all", ["precision", "recall"]].isna().all()
    )


def relation(name, source, target):
    ends = {
        "source_start": source,
        "source_end": source + 3,
        "target_start": target,
        "target_end": target + 3,
    }
    return {"article_id": "a", "relation": name, "sign": 0, "start": 0, "end": 40, **ends}


def test_relations_are_scored_by_hand():
    gold = frame(
        "relations", [relation("supports", 0, 10), relation("meets", 0, 20), relation("leads", 5, 9)]
    )
    found = frame(
        "relations",
        [
            relation("supports", 10, 0),  # the wrong way round
            relation("meets", 21, 1),  # both ways, and the ends overlap
            relation("leads", 5, 9),
            relation("fights", 0, 10),
            relation("speaks about", 0, 10),  # gold has none, so it is not looked at
        ],
    )
    score = score_relations(found, gold)
    assert score.loc["all", ["right", "found", "hit", "gold"]].tolist() == [2, 4, 2, 3]
    assert score.loc["all", ["precision", "recall", "F1"]].tolist() == pytest.approx([50, 200 / 3, 400 / 7])
    assert score.loc["meets", "right"] == 1
    assert score.loc["supports", "right"] == 0
    assert pd.isna(score.loc["fights", "recall"])


def test_kinds_of_speaker_are_scored_by_outlet():
    def quote(article_id, start, kind):
        spans = f"{start}-{start + 9}"
        row = {
            "article_id": article_id,
            "quote_id": f"{article_id}#{start}",
            "start": start,
            "end": start + 9,
        }
        return row | {"spans": spans, "speaker_type": kind}

    gold = frame(
        "quotes", [quote("a", 0, "person"), quote("a", 20, "unnamed person"), quote("b", 0, "document")]
    )
    found = frame(
        "quotes", [quote("a", 0, "unnamed person"), quote("a", 20, "unnamed person"), quote("c", 0, "none")]
    )
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["A", "B", "C"]})
    table = score_speaker_types(found, gold, articles=articles).set_index("outlet")
    assert table.loc["A"].tolist() == [2, 50.0, 100.0, 50.0]
    assert table.loc["B", ["quotes", "unnamed (gold)"]].tolist() == [0, 0.0]
    assert table.loc["all"].tolist() == [2, 50.0, 100.0, pytest.approx(100 / 3)]
    assert score_speaker_types(found, gold[:0], articles=articles).empty
