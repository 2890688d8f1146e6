import warnings

import pandas as pd
import pytest

from newsvoices import LossWarning
from newsvoices.losses import (
    NothingToCompare,
    Report,
    empty_where_nothing_to_compare,
    losses_of,
    printable,
    warn,
)


def test_a_report_warns_once_of_what_is_left_out_and_once_of_what_is_guessed_and_its_sum_adds_up():
    report = Report()
    for number in range(5):
        report.skip(f"{number}.txt", "empty")
    report.note("6.txt", "read as cp1252")
    with pytest.warns(LossWarning) as caught:
        report.warn(n_kept=7)
    assert [str(warning.message) for warning in caught] == [
        "left out: 5 of 12 items (0.txt: empty; 1.txt: empty; 2.txt: empty; and 2 more)",
        "guessed: 1 (6.txt: read as cp1252)",
    ]


def test_where_nothing_is_lost_nothing_is_said():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Report().warn(n_kept=3)


def test_a_warning_points_to_the_line_of_whoever_called():
    with pytest.warns(LossWarning) as caught:
        warn("two are left out")
    assert caught[0].filename == __file__


def test_losses_are_listed_as_they_came_with_what_is_left_out_first():
    articles = pd.DataFrame()
    articles.attrs = {
        "notes": [{"source_file": "b", "note": "a guess"}],
        "skipped": [{"source_file": "a", "reason": "empty"}],
    }
    assert losses_of(articles) == [("left out", "a", "empty"), ("guessed", "b", "a guess")]


def test_a_comparison_of_nothing_is_an_empty_frame_that_says_why():
    @empty_where_nothing_to_compare({"share": "float64"})
    def compare(tables: object, *, by: str) -> pd.DataFrame:
        raise NothingToCompare(f"one {by} only")

    with pytest.warns(LossWarning, match="one desk only"):
        table = compare(None, by="desk")
    assert table.dtypes.astype("str").to_dict() == {"desk": "str", "share": "float64"}
    assert table.attrs["reason"] == "one desk only"


def test_a_long_text_is_cut_in_a_message():
    assert printable("x" * 100_000) == "x" * 500 + "… (100000 characters)"
