import pytest

from newsvoices import LossWarning, shares
from newsvoices.compare.grouping import outlets_of


def test_one_outlet_and_single_articles_are_told(small):
    with pytest.warns(LossWarning, match=r".* two values of 'outlet' .* outlet: A: 2"):
        table = shares(small([("1", "A", "", "x"), ("2", "A", "", "x")]), what="kind")
    assert table.empty and "A: 2" in table.attrs["reason"]
    assert list(table)[:3] == ["outlet", "value", "share"]
    long = " ".join(f"word{i}" for i in range(40))
    copied = [("1", "A", "", long), ("2", "A", "", "x"), ("3", "B", "", long), ("4", "B", "", "y")]
    with pytest.warns(LossWarning, match=r"A: 2; B: 1 \(without 1 wire copies\)"):
        shares(small(copied), what="kind", copies="once")
    articles = [("1", "A", "", "x"), ("2", "A", "", "x"), ("3", "B", "", "x"), ("4", "B", "", "x")]
    with pytest.warns(LossWarning, match="left out: 1 with one article only, which gives no interval: C"):
        assert outlets_of(small([*articles, ("5", "C", "", "x")]).articles).nunique() == 2
    with pytest.warns(LossWarning, match="left out: 1 of 5 articles have no outlet"):
        assert len(outlets_of(small([*articles, ("5", " ", "", "x")]).articles)) == 4
    with pytest.raises(ValueError, match="articles have no column 'paper'; they have article_id, text"):
        outlets_of(small(articles).articles, by="paper")


def test_outlets_that_differ_in_case_or_spaces_are_told_and_kept_apart(small):
    articles = [(str(i), outlet, "", "x") for i, outlet in enumerate(["Mail", "mail ", "Post"] * 2)]
    with pytest.warns(LossWarning, match=r"kept apart: outlet names .*: 'Mail', 'mail '"):
        assert outlets_of(small(articles).articles).nunique() == 3
