import math

import pytest

from newsvoices import agreement
from newsvoices.review.agreement import krippendorff_alpha

CODERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def test_worked_examples_of_krippendorff():
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability: nominal data, examples A and C."""
    assert krippendorff_alpha(zip("0100000010", "1110010000", strict=True)) == pytest.approx(0.095, abs=0.001)
    units = [
        [value for value in unit if value != "."]
        for unit in zip(*(row.split() for row in CODERS), strict=True)
    ]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.001)


def test_no_variation_has_no_alpha():
    assert math.isnan(krippendorff_alpha([("a", "a"), ("a", "a")]))
    assert math.isnan(krippendorff_alpha([]))


def test_two_coders_of_the_sample(machine, gold_tables, checked):
    checked(6)
    turn = gold_tables.quotes.groupby("article_id").cumcount() % 10
    theirs = gold_tables.quotes[turn != 0].copy()
    theirs.loc[turn == 1, "speaker_type"] = "unnamed group"
    found = agreement(machine, checks=checked(3, coder="Goran", quotes=theirs)).set_index("question")
    assert found["articles"].tolist() == [3, 3, 3]
    assert 80 < found.loc["found", "same"] < 97
    assert 80 < found.loc["type", "same"] < 97
    assert found.loc["type", "alpha"] < 0.9
    assert found.loc["speaker", "same"] == 100
    assert 0.6 < found.loc["found", "alpha"] < 1


def test_one_coder_agrees_with_nobody(machine, checked):
    found = agreement(machine, checks=checked(6))
    assert found["units"].tolist() == [0, 0, 0]
    assert found["alpha"].isna().all()
