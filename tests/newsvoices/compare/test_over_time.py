import pandas as pd
import pytest

from newsvoices import LossWarning, by_period, firsts


def corpus(*days):
    rows = {
        "article_id": [str(i) for i in range(len(days))],
        "date": list(days),
        "outlet": ["A", "B"] * (len(days) // 2),
    }
    return pd.DataFrame(rows).astype("str")


def test_a_day_without_articles_is_a_gap_and_a_day_without_rows_a_zero():
    articles = corpus("2024-03-01", "2024-03-01", "2024-03-04", "2024-03-01")
    table = by_period(pd.DataFrame({"article_id": ["0", "0", "3"]}), articles=articles)
    assert table.to_numpy().tolist() == [
        ["2024-03-01", "A", 1, 1, 2],
        ["2024-03-01", "B", 2, 1, 1],
        ["2024-03-04", "A", 1, 0, 0],
    ]


def test_weeks_begin_on_monday():
    articles = corpus(
        "2024-03-03", "2024-03-04", "2024-03-10", "2024-03-11"
    )  # Sunday, Monday, Sunday, Monday
    table = by_period(pd.DataFrame({"article_id": []}), articles=articles, every="week")
    assert table[["period", "outlet"]].to_numpy().tolist() == [
        ["2024-02-26", "A"],
        ["2024-03-04", "A"],
        ["2024-03-04", "B"],
        ["2024-03-11", "B"],
    ]


def test_first_is_who_had_it_on_the_first_day_together():
    articles = corpus("2024-03-02", "2024-03-02", "2024-03-01", "2024-03-05")
    rows = pd.DataFrame(
        {"article_id": ["0", "1", "2", "3", "3"], "actor": ["Maren", "Maren", "Rudek", "Rudek", ""]}
    )
    assert firsts(rows, articles=articles).to_numpy().tolist() == [
        ["Rudek", "A", "2024-03-01", 2, "B +4"],
        ["Maren", "A and B", "2024-03-02", 2, ""],
    ]


def test_wire_copies_can_count_once():
    articles = corpus(*["2024-03-01"] * 4, "2024-03-02", "2024-03-02").assign(
        text=["a", "b", "c", "d", "e", "f"]
    )
    copied = pd.DataFrame({"copy": ["1"]})
    rows = pd.DataFrame({"article_id": ["1", "3"], "actor": ["Maren", "Rudek"]})
    assert firsts(rows, articles=articles, copies=copied)["actor"].tolist() == ["Rudek"]
    assert by_period(rows, articles=articles, copies=copied)["articles"].sum() == 5


def test_missing_dates_are_told():
    rows = pd.DataFrame({"article_id": ["0"], "actor": ["Maren"]})
    with pytest.warns(LossWarning, match="left out: 1 of 4 articles have no date"):
        assert len(firsts(rows, articles=corpus("2024-03-01", "2024-03-01", "", "2024-03-02"))) == 1
    with pytest.warns(LossWarning, match="left out: 4 of 4 articles have no date"):
        assert by_period(rows, articles=corpus("", "", "", "")).empty
    with pytest.warns(LossWarning, match="left out: 4 of 4 articles have no date"):
        assert firsts(rows, articles=corpus("", "", "", "")).empty
    with pytest.raises(ValueError, match="every is 'hour'; it can be 'day', 'week'"):
        by_period(rows, articles=corpus("2024-03-01", "2024-03-01", "", ""), every="hour")


def test_dates_of_another_form_are_refused():
    rows = pd.DataFrame({"article_id": ["0"], "actor": ["Maren"]})
    for count in (by_period, firsts):
        with pytest.raises(ValueError, match="YYYY-MM-DD"):
            count(rows, articles=corpus("2024-03-01", "2024-03-01", "1 March 2024", ""))


def test_one_outlet_has_periods_and_is_first_with_all_it_prints():
    articles = corpus("2024-03-01", "2024-03-02").assign(outlet="A")
    rows = pd.DataFrame({"article_id": ["0", "1"], "actor": ["Maren", "Maren"]})
    assert by_period(rows, articles=articles)["n"].tolist() == [1, 1]
    assert firsts(rows, articles=articles)["first"].tolist() == ["A"]
