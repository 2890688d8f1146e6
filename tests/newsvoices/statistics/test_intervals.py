import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsvoices.statistics.intervals import (
    benjamini_hochberg,
    design_effect,
    difference_interval,
    moments,
    permuted_differences,
    resampled_sums,
    share_interval,
)


def interval(counts, of, method="t", samples=500):
    part = moments(np.array(counts, float)[:, None], np.array(of, float))[:, 0]
    drawn = resampled_sums(part, samples=samples, rng=np.random.default_rng(1))
    return share_interval(part, drawn, method=method)


def test_rows_of_one_article_widen_the_interval():
    spread, clustered = interval([5] * 10 + [6] * 10, [10] * 20), interval([10] * 11 + [0] * 9, [10] * 20)
    assert spread[0] == clustered[0] == 0.55
    assert clustered[2] - clustered[1] > 5 * (spread[2] - spread[1])


def test_yes_or_no_articles_give_the_score_interval():
    assert interval([1] * 11 + [0], [1] * 12)[1:] == pytest.approx(
        (0.6461, 0.9851), abs=1e-4
    )  # Wilson, 11 of 12


def test_none_or_all_give_the_exact_binomial_bound_for_as_many_draws_as_rows_are_worth():
    assert interval([0] * 4, [9] * 4) == (0, 0, pytest.approx(1 - 0.025 ** (1 / 4)))  # an article is one draw
    assert interval([9] * 4, [9] * 4) == (1, pytest.approx(0.025 ** (1 / 4)), 1)
    part = moments(np.zeros((4, 1)), np.full(4, 9.0))[:, 0]
    assert share_interval(part, part, rows_per_draw=2)[2] == pytest.approx(1 - 0.025 ** (1 / 18))


def test_the_design_effect_is_one_without_clusters_and_the_size_of_clusters_with_them():
    of = np.full(200, 10.0)
    counts = np.random.default_rng(1).binomial(10, 0.3, 200).astype(float)
    assert design_effect(moments(counts[:, None], of)[:, 0]) == pytest.approx(1, abs=0.3)
    assert design_effect(moments(10.0 * (counts > 2)[:, None], of)[:, 0]) == pytest.approx(10, abs=0.2)


def test_a_difference_of_equal_shares_is_around_none():
    low, high = difference_interval((0.5, 0.4, 0.6), (0.5, 0.4, 0.6))[1:]
    assert (low, high) == pytest.approx((-(0.02**0.5), 0.02**0.5))


def test_shuffling_keeps_the_sizes_of_groups():
    found = permuted_differences(
        np.eye(4)[:, :1], np.ones(4), np.array([0, 1]), samples=50, rng=np.random.default_rng(1)
    )
    assert set(found[:, 0, 0].round(3)) == {1.0, round(-1 / 3, 3)}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=12))
def test_any_counts_give_an_interval_that_holds_its_share(rows):
    counts, of = [x for x, _ in rows], [x + more for x, more in rows]
    if sum(of):
        for method in ("t", "bca", "percentile"):
            share, low, high = interval(counts, of, method, samples=60)
            assert 0 <= low <= high <= 1
            assert method != "t" or low <= share + 1e-12 and share <= high + 1e-12


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_p_values_keep_their_order_and_never_shrink(p):
    adjusted = benjamini_hochberg(np.array(p))
    assert (adjusted >= np.array(p) - 1e-12).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= -1e-12).all()
    assert adjusted.max() <= 1
