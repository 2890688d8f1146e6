import pandas as pd
import pytest

from en_newsvoices import annotations
from newsvoices import schema
from newsvoices.schema import TABLES, frame

COLUMNS = {
    "articles": "article_id text title outlet date place byline url source_file n_tokens sentences",
    "mentions": "article_id start end text label kind chain actor full_name",
    "quotes": "article_id quote_id kind text start end spans cue cue_start cue_end cue_verb cue_family speaker speaker_start "
    "speaker_end speaker_type actor role anonymity how",
    "actors": "actor label aliases roles n_mentions n_articles n_quotes n_words_quoted",
    "relations": "article_id source source_start source_end target target_start target_end relation sign certainty claimed_by "
    "start end text",
}


@pytest.mark.parametrize("table", COLUMNS)
def test_empty_frame_has_the_columns_and_dtypes_of_its_table(table):
    empty = frame(table)
    assert list(empty.columns) == COLUMNS[table].split()
    assert [str(dtype) for dtype in empty.dtypes] == [column.dtype for column in TABLES[table]]


@pytest.mark.parametrize("name", ["MENTIONS", "FULL_NAMES", "QUOTES", "RELATIONS", "UNNAMED"])
def test_what_the_pipeline_writes_is_what_the_tables_read(name):
    assert getattr(annotations, name) == getattr(schema, name)


def test_tables_are_complete():
    assert list(TABLES) == list(COLUMNS)


def test_cells_that_are_left_out_are_empty_text_or_a_missing_number():
    offsets = {"start": 0, "end": 4}
    quotes = frame("quotes", [{"article_id": "a", "cue_start": 7, **offsets}, {"article_id": "b", **offsets}])
    assert quotes["speaker"].tolist() == ["", ""]
    assert quotes["cue_start"].tolist() == [7, pd.NA]
    assert quotes["cue_start"].dtype == "Int64"


def test_frames_of_one_table_can_be_concatenated_without_a_change_of_dtype():
    row = {"article_id": "a", "start": 0, "end": 4}
    both = pd.concat([frame("mentions"), frame("mentions", [row])])
    assert (both.dtypes == frame("mentions").dtypes).all()


def test_a_column_that_is_unknown_or_needed_is_an_error():
    with pytest.raises(ValueError, match="mentions has no column begin; its columns are article_id, start"):
        frame("mentions", [{"begin": 0}])
    with pytest.raises(ValueError, match=r"mentions\.start is missing in row 0"):
        frame("mentions", [{"article_id": "a"}])
