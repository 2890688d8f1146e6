from dataclasses import replace

import pandas as pd
import pytest

from newsvoices import (
    LossWarning,
    add_checks,
    checks_from,
    corrected_shares,
    draw_sample,
    share_differences,
    shares,
)
from newsvoices.checks.apply import apply_checks

FEW = {"samples": 100}


def test_all_checked_gives_the_true_shares(machine, gold_tables, checked):
    found = corrected_shares(machine, checks=checked(), what="speaker type", **FEW).set_index(
        ["outlet", "value"]
    )
    true = shares(gold_tables, what="speaker type", samples=2).set_index(["outlet", "value"])["share"]
    naive = shares(machine, what="speaker type", samples=2).set_index(["outlet", "value"])["share"]
    assert found["corrected"].to_dict() == pytest.approx(true.to_dict())
    assert found["alone"].to_dict() == pytest.approx(true.to_dict())
    assert found["naive"].reindex(naive.index).to_dict() == pytest.approx(naive.to_dict())
    assert found["checked"].unique().tolist() == [12]


def test_a_part_checked_is_nearer_the_truth_than_the_pipeline_and_narrower_than_the_part(
    machine, checked, gold_tables
):
    found = corrected_shares(machine, checks=checked(24), what="speaker type", **FEW).set_index(
        ["outlet", "value"]
    )
    true = shares(gold_tables, what="speaker type", samples=2).set_index(["outlet", "value"])["share"]
    person = found.xs("person", level="value")
    assert (
        (person["corrected_low"] <= true.xs("person", level=1))
        & (true.xs("person", level=1) <= person["corrected_high"])
    ).all()
    wrong = (found["corrected"] - true).abs().mean(), (found["naive"] - true).abs().mean()
    assert wrong[0] < wrong[1]
    width = (person["corrected_high"] - person["corrected_low"]).mean()
    assert width < (person["alone_high"] - person["alone_low"]).mean()


@pytest.mark.parametrize("what", ["quoted", "words", "kind", "cue"])
def test_every_share_of_quotes_can_be_corrected(machine, checked, what):
    found = corrected_shares(machine, checks=checked(24), what=what, top=3, **FEW)
    assert found["corrected"].between(0, 100).all()
    assert len(found) == 9


def test_who_is_mentioned_needs_articles_whose_names_were_checked(machine, checked, tmp_path):
    folder = checked(36)
    with pytest.warns(LossWarning, match="no article was drawn at random and checked"):
        assert corrected_shares(machine, checks=folder, what="mentioned").empty
    facts = pd.read_csv(folder / "Edda.csv", dtype="str", keep_default_na=False)
    names = (
        facts[facts["about"] == "article"]
        .assign(answer="checked with names")
        .drop(columns=["time", "complete"])
    )
    add_checks(names.to_dict("records"), file=folder / "Edda.csv")
    found = corrected_shares(machine, checks=folder, what="mentioned", top=2, **FEW)
    assert found["corrected"].tolist() == pytest.approx(found["naive"].tolist())


def test_too_few_checked_is_refused_in_a_sentence(machine, checked):
    with pytest.warns(
        LossWarning, match=r"too few articles checked.*Daily Lantern: 4.*check 8 of each outlet"
    ):
        assert corrected_shares(machine, checks=checked(12), what="kind").empty
    assert len(corrected_shares(machine, checks=checked(12), what="kind", fewest=4, **FEW)) == 9


def test_articles_that_nobody_drew_are_refused(machine, checked):
    with pytest.warns(
        LossWarning, match=r"no article was drawn at random.*36 were checked without being drawn"
    ):
        assert corrected_shares(machine, checks=checked(drawn=False), what="kind").empty


def test_articles_checked_beside_the_sample_are_left_out_with_a_warning(machine, gold_tables, checked):
    folder = checked(24)
    more = gold_tables.articles[
        ~gold_tables.articles["article_id"].isin(draw_sample(gold_tables, n=24, seed=1)["article_id"])
    ]
    add_checks(checks_from(gold_tables.quotes, articles=more.head(2), coder="Edda"), file=folder / "Edda.csv")
    with pytest.warns(match="2 checked articles that were not drawn"):
        assert corrected_shares(machine, checks=folder, what="kind", **FEW)["checked"].unique().tolist() == [
            8
        ]


def test_articles_that_came_after_the_draw_are_refused(machine, checked):
    folder = checked()
    new = machine.articles.tail(1).assign(article_id="new", text="New text.")
    grown = replace(machine, articles=pd.concat([machine.articles, new], ignore_index=True))
    with pytest.raises(ValueError, match=r"drawn from 12 of outlet: .*, which has 13 now"):
        corrected_shares(grown, checks=folder, what="kind")


def test_drawn_articles_that_wait_are_counted(machine, checked):
    folder = checked(30)
    facts = pd.read_csv(folder / "Edda.csv", dtype="str", keep_default_na=False).drop(
        columns=["time", "complete"]
    )
    undone = facts[facts["about"] == "article"].tail(3).assign(answer="undone")
    add_checks(undone.to_dict("records"), file=folder / "Edda.csv")
    with pytest.warns(match="3 of 30 articles drawn are not checked yet"):
        assert (
            corrected_shares(machine, checks=folder, what="kind", fewest=7, **FEW)["checked"].sum() == 3 * 27
        )


def test_tables_that_are_corrected_already_are_refused(machine, checked):
    with pytest.raises(ValueError, match="corrected: give those of analyse without checks="):
        corrected_shares(apply_checks(machine, checked()), checks=checked(), what="kind")


def test_where_two_coders_differ_each_counts_half(machine, gold_tables, checked):
    checked()
    fewer = gold_tables.quotes[gold_tables.quotes["kind"] != "mixed"]
    folder = checked(coder="Goran", quotes=fewer)
    found = corrected_shares(machine, checks=folder, what="kind", **FEW).set_index(["outlet", "value"])[
        "corrected"
    ]
    counts = gold_tables.quotes.merge(gold_tables.articles[["article_id", "outlet"]])[
        ["outlet", "kind"]
    ].value_counts()
    mixed, rest = counts["Daily Lantern", "mixed"], counts["Daily Lantern"].drop("mixed").sum()
    assert found["Daily Lantern", "mixed"] == pytest.approx(100 * mixed / 2 / (rest + mixed / 2))


def test_differences_are_of_all_pairs(machine, checked):
    found = corrected_shares(machine, checks=checked(), what="kind", **FEW)
    apart = share_differences(found)
    assert len(apart) == 9
    first = apart.iloc[0]
    by_name = found[found["value"] == first["value"]].set_index("outlet")
    assert first["corrected"] == pytest.approx(
        by_name.loc[first["one"], "corrected"] - by_name.loc[first["other"], "corrected"]
    )
    assert (apart["corrected_low"] < apart["corrected"]).all()
