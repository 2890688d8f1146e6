"""The three tables that are taken from a Doc, whatever pipeline annotated it."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from newsvoices import mentions, quotes, relations
from newsvoices.schema import FULL_NAMES, MENTIONS, QUOTES, RELATIONS, UNNAMED, spans_of

TEXT = "“We go,” Ina Voss said, “at once.” A clerk nodded."


@pytest.fixture
def doc() -> Doc:
    made = spacy.blank("xx")(TEXT)
    for name in (QUOTES, RELATIONS):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    made.spans[MENTIONS] = [
        _span(made, "Ina Voss", "name", "Ina Voss"),
        _span(made, "A clerk", "nominal", UNNAMED + "a clerk"),
    ]
    setattr(made._, QUOTES, [_quote()])
    setattr(made._, RELATIONS, [_relation()])
    made.user_data["article_id"] = "post/1"
    return made


def _span(doc: Doc, words: str, kind: str, chain: str) -> Span:
    return doc.char_span(*_at(words), "PERSON", kb_id=kind, span_id=chain)


def _at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def _quote() -> dict:
    return {
        "kind": "direct", "spans": [_at("We go,"), _at("at once.")], "cue": _at("said"), "speaker": _at("Ina Voss"),
        "chain": "Ina Voss", "speaker_type": "person", "role": "", "anonymity": "", "how": "content + cue + source",
    }  # fmt: skip


def _relation() -> dict:
    return {
        "relation": "criticises", "sign": -1, "certainty": 0.7, "source": "Ina Voss", "source_span": _at("Ina Voss"),
        "target": "a clerk", "target_span": _at("A clerk"), "span": _at(TEXT),
    }  # fmt: skip


def test_a_mention_is_a_row_and_somebody_unnamed_is_no_actor(doc):
    rows = mentions(doc)
    assert rows["article_id"].tolist() == ["post/1", "post/1"]
    assert rows[["text", "label", "kind", "actor"]].to_numpy().tolist() == [
        ["Ina Voss", "PERSON", "name", "Ina Voss"],
        ["A clerk", "PERSON", "nominal", ""],
    ]
    assert [TEXT[row.start : row.end] for row in rows.itertuples()] == rows["text"].tolist()
    assert rows["full_name"].tolist() == ["", ""]


def test_a_mention_says_what_its_name_may_be_in_full(doc):
    start, end = _at("Ina Voss")
    doc.spans[FULL_NAMES] = [
        doc.char_span(start, end, "PERSON", span_id=name) for name in ("Carina Voss", "Martina Voss")
    ]
    assert mentions(doc)["full_name"].tolist() == ["Carina Voss; Martina Voss", ""]


def test_an_interrupted_quote_is_one_row_with_all_its_pieces(doc):
    (row,) = quotes(doc).to_dict("records")
    assert (row["quote_id"], row["text"], row["actor"]) == ("post/1#1", "We go, at once.", "Ina Voss")
    assert [TEXT[start:end] for start, end in spans_of(row["spans"])] == ["We go,", "at once."]
    assert (row["start"], row["end"]) == (_at("We go,")[0], _at("at once.")[1])
    assert TEXT[row["speaker_start"] : row["speaker_end"]] == row["speaker"] == "Ina Voss"


def test_a_quote_without_a_speaker_has_no_offsets_of_one(doc):
    doc._.quotes[0] |= {"speaker": None, "cue": None, "chain": "", "speaker_type": "none"}
    row = quotes(doc).iloc[0]
    assert (row["speaker"], row["cue"], row["actor"]) == ("", "", "")
    assert row[["speaker_start", "cue_start"]].isna().all()


def test_a_relation_is_a_row_with_its_sentence_and_both_ends(doc):
    (row,) = relations(doc).to_dict("records")
    assert (row["source"], row["relation"], row["target"], row["sign"]) == (
        "Ina Voss",
        "criticises",
        "a clerk",
        -1,
    )
    assert (row["certainty"], row["text"]) == (0.7, TEXT)
    assert TEXT[row["target_start"] : row["target_end"]] == "A clerk"


@pytest.mark.parametrize("table", [mentions, quotes, relations])
def test_a_doc_that_no_pipeline_annotated_is_one_clear_error(table):
    with pytest.raises(ValueError, match=r"a Doc carries no .*load_pipeline"):
        table(spacy.blank("xx")(TEXT))
