import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

from newsvoices import table


def test_a_table_has_words_for_headings_no_index_and_rounded_numbers_on_one_side():
    frame = pd.DataFrame(
        {
            "speaker_type": ["person", "none"],
            "n_quotes": [12345.0, None],
            "share": [12.345, -0.01],
            "_Mail": [1, 2],
        }
    )
    html = table(frame, columns=[*frame], digits={"share": 2}).data
    assert [heading.split(">")[1].split("<")[0] for heading in html.split("<th")[2:]] == [
        "Speaker type", "Quotes", "Share", "_Mail"
    ]  # fmt: skip
    assert ">12,345<" in html and ">–<" in html
    assert ">12.35<" in html or ">12.34<" in html
    assert ">-0.01<" in html
    assert 'text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap">12,345' in html
    assert 'text-align:left;white-space:nowrap">person' in html
    assert ">&gt;-0.1<" in table(frame).data  # and not -0.0
    assert 'title="number of quotes it speaks"' in html


def test_everything_is_escaped_and_dollars_are_no_formula():
    frame = pd.DataFrame({"<b>$x$": ["<script>alert(1)</script> & $5 and $6"]})
    html = table(frame).data
    assert "<script" not in html and "&lt;script&gt;alert(1)&lt;/script&gt; &amp; $5 and $6" in html
    assert "&lt;b&gt;$x$" in html
    assert html.startswith('<div class="mathjax_ignore tex2jax_ignore"')


def test_marks_are_bold_and_their_column_is_not_shown():
    frame = pd.DataFrame({"sentence": ["“Go & stay,” <she> said."], "marks": ["1-10;13-18"]})
    html = table(frame).data
    assert "“<b>Go &amp; stay</b>,” <b>&lt;she&gt;</b> said." in html
    assert "1-10" not in html
    assert "<b>" in table(frame, columns=["sentence"]).data


def test_the_index_is_a_column_where_asked_for_and_levels_are_joined():
    counts = pd.crosstab(pd.Series(["a", "b"], name="outlet"), pd.Series(["x", "x"], name="kind"))
    assert ">Outlet<" in table(counts, index=True).data
    wide = pd.concat({"before": counts}, axis=1)
    assert ">before: x<" in table(wide).data


def test_a_display_has_html_and_the_same_table_as_plain_text():
    shown = table(pd.DataFrame({"outlet": ["The Morast Courier"], "n": [3]}))
    data, _ = DisplayFormatter().format(shown)
    assert data["text/html"] == shown.data
    assert data["text/plain"].split() == ["Outlet", "n", "The", "Morast", "Courier", "3"]


def test_long_frames_say_how_much_is_left_and_empty_ones_that_there_is_nothing():
    long = table(pd.DataFrame({"n": range(30)}))
    assert "and 5 more rows" in long.data and long.plain.endswith("and 5 more rows")
    assert long.data.count("<tr") == 26
    nothing = table(pd.DataFrame({"n": []}), empty="Nobody is quoted.")
    assert ("<p>Nobody is quoted.</p>" in nothing.data, nothing.plain) == (True, "Nobody is quoted.")


def test_wide_frames_and_unknown_columns_are_refused():
    with pytest.raises(ValueError, match="at most 7 columns, this one 8; choose with columns=: 0, 1"):
        table(pd.DataFrame([range(8)]))
    with pytest.raises(KeyError, match="speaker"):
        table(pd.DataFrame({"n": [1]}), columns=["speaker"])


def test_dates_flags_and_lists_are_words():
    frame = pd.DataFrame(
        {"day": pd.to_datetime(["2024-03-01"]), "first": [True], "who": [["Maren", "Rudek"]], "year": [2024]}
    )
    html = table(frame).data
    assert all(f">{cell}<" in html for cell in ("2024-03-01", "yes", "Maren, Rudek", "2024"))
