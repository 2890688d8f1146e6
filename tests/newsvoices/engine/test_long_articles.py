import pandas as pd
import pytest

from newsvoices import LossWarning, analyse, frame, load_pipeline
from newsvoices.engine import long_articles
from newsvoices.engine.long_articles import parts_of

FIRST = "“The bridge is safe,” said Ilse Maren, the mayor of Kell. She blamed Goran Vasht for the delay.\n\n"
SECOND = "Prime Minister Anna Duval met Goran Vasht in Paris. Duval said the talks “went well”.\n\n"
OFFSETS = ["start", "end", "cue_start", "cue_end", "speaker_start", "speaker_end"]
OFFSETS += ["source_start", "source_end", "target_start", "target_end"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("Ten signs.", ["Ten signs."]),
        ("A line\nis long.", ["A line\n", "is long."]),
        ("A\nlines are", ["A\nlines ", "are"]),
        ("x" * 25, ["x" * 10, "x" * 10, "x" * 5]),
    ],
)
def test_a_text_is_cut_after_lines_else_words_and_nothing_is_lost(text, parts):
    assert parts_of(text, 10) == parts
    assert "".join(parts) == text


def test_what_is_found_in_parts_stands_where_it_stands_in_the_whole(monkeypatch):
    apart = frame(
        "articles",
        [{"article_id": id, "text": t, "n_tokens": 0} for id, t in zip("ab", (FIRST, SECOND), strict=True)],
    )
    expected = analyse(apart, nlp=load_pipeline())
    monkeypatch.setattr(long_articles, "MOST", len(FIRST))
    whole = frame("articles", [{"article_id": "a", "text": FIRST + SECOND, "n_tokens": 0}])
    with pytest.warns(LossWarning, match="read in parts: nobody is followed from one to the next: 1 of 1"):
        found = analyse(whole, nlp=load_pipeline())
    assert found.articles.attrs["notes"] == [
        {"source_file": "a", "note": "long, read in parts: nobody is followed from one to the next (2)"}
    ]
    for table in ("mentions", "quotes", "relations"):
        rows, told = getattr(expected, table).copy(), getattr(found, table)
        assert len(rows)
        for column in OFFSETS:
            if column in rows:
                rows[column] += (rows["article_id"] == "b") * len(FIRST)
        left = [c for c in rows if c not in ("article_id", "quote_id", "spans")]
        pd.testing.assert_frame_equal(told[left], rows[left], check_dtype=False)
    text = FIRST + SECOND
    for row in found.quotes.itertuples():
        pieces = [text[slice(*map(int, span.split("-")))] for span in row.spans.split(";")]
        assert " ".join(pieces) == row.text
    assert (
        found.articles["sentences"].str.count("-").item()
        == expected.articles["sentences"].str.count("-").sum()
    )
