import pytest

from newsvoices import error_rates, score_quotes


def test_errors_are_those_of_the_scores_when_all_is_checked(machine, gold_tables, checked):
    found = error_rates(machine, checks=checked(), samples=100).set_index(["outlet", "kind", "measure"])
    scores = score_quotes(machine.quotes, gold_tables.quotes)
    for kind in ("all", "direct", "mixed", "indirect"):
        assert found.loc[("all", kind, "recall"), "share"] == pytest.approx(scores.loc[kind, "recall"])
        assert found.loc[("all", kind, "right speaker"), "share"] == pytest.approx(
            scores.loc[kind, "speaker right"]
        )
    assert found.loc[("all", "all", "precision"), "share"] == 100
    assert found.loc[("all", "all", "recall"), "of"] == len(gold_tables.quotes)
    assert (found["low"] <= found["share"]).all()
    assert set(found.index.get_level_values("outlet")) == {*gold_tables.articles["outlet"], "all"}


def test_the_interval_holds_what_all_articles_would_have_told(machine, checked):
    part = error_rates(machine, checks=checked(24), samples=100).set_index(["outlet", "kind", "measure"])
    assert part.loc[("all", "all", "recall"), "low"] < 80 < part.loc[("all", "all", "recall"), "high"]
