import math

import numpy as np
import pytest

from newsvoices.review.difference_estimator import corrected_share
from newsvoices.statistics.intervals import student_t

COUNTS = np.array(
    [[1, 4], [3, 5], [0, 2], [2, 6], [4, 7], [1, 1], [2, 3], [5, 9], [0, 3], [2, 4], [1, 5], [3, 3]], float
)


def share(machine, truth, checked, *, tuning=None, weight=None, samples=400):
    rng = np.random.default_rng(1)
    return corrected_share(
        np.array(machine, float), np.array(truth, float), checked=np.array(checked), rng=rng,
        tuning=tuning, weight=weight, samples=samples,
    )  # fmt: skip


def test_a_worked_example_by_hand():
    """Four articles, two checked, λ 1: 20 + 4/2·(2 − 4) = 16 of 40 + 4/2·(20 − 22) = 36, so four ninths."""
    machine = [[2, 10], [2, 12], [8, 9], [8, 9]]
    found = share(machine, [[0, 8], [2, 12]], [0, 1], tuning=1)
    assert found.share == pytest.approx(16 / 36)


def test_the_error_of_a_worked_example():
    """Machine useless, so the ratio of the checked: 3 of 12; residuals x − m/4 are 0.5, −0.75 and 0.25."""
    found = share([[1, 1]] * 30, [[1, 2], [1, 7], [1, 3]], [0, 1, 2])
    variance = (
        (0.5**2 + 0.75**2 + 0.25**2) / 2 / 3 / 4**2
    )  # their mean square, over n, over the mean of m squared
    assert found.tuning == 0
    assert found.error_of_check == pytest.approx(math.sqrt(variance))
    assert found.error_of_corpus == 0


def test_all_checked_gives_the_plain_share_and_its_interval():
    plain = share(COUNTS, COUNTS, range(12), tuning=0)
    for machine in (COUNTS, COUNTS[::-1], COUNTS // 2):
        found = share(machine, COUNTS, range(12), tuning=1)
        assert found[:3] == pytest.approx(plain[:3])
    assert plain.share == COUNTS[:, 0].sum() / COUNTS[:, 1].sum()


def test_a_perfect_machine_is_trusted_and_gives_the_interval_of_the_whole_corpus():
    found, whole = (
        share(COUNTS, COUNTS[:4], range(4), samples=1),
        share(COUNTS, COUNTS, range(12), tuning=0, samples=1),
    )
    assert found.tuning == pytest.approx(1)
    assert found[:3] == pytest.approx(whole[:3])


def test_a_useless_machine_is_not_trusted_and_gives_the_interval_of_the_checked():
    found, alone = (share([[3, 6]] * 40, COUNTS, range(12), tuning=tuning) for tuning in (None, 0))
    assert found.tuning == 0
    assert found[:3] == alone[:3] == share(COUNTS, COUNTS, range(12), tuning=0)[:3]


def test_a_machine_that_is_wrong_the_same_way_everywhere_does_no_harm():
    machine = np.tile(COUNTS, (5, 1))
    found = share(np.column_stack([2 * machine[:, 0], 2 * machine[:, 1] + 1]), COUNTS, range(12))
    assert found.share == pytest.approx(COUNTS[:, 0].sum() / COUNTS[:, 1].sum(), abs=0.01)


def test_weights_make_up_for_articles_that_were_drawn_more_often():
    truth = [[1, 1], [1, 1], [0, 1]]  # the first two stand for one article each, the last one for four
    assert share(
        [[1, 1]] * 6, truth, [0, 1, 2], tuning=0, weight=np.array([1.0, 1, 4])
    ).share == pytest.approx(1 / 3)


def test_none_found_gives_the_exact_bound_of_as_many_draws_as_articles():
    found = share([[0, 5]] * 30, [[0, 5]] * 10, range(10))
    assert found[:3] == (0, 0, pytest.approx(1 - 0.025 ** (1 / 10)))


def test_nothing_to_count_in_the_checked_articles_says_nothing():
    found = share([[1, 5]] * 30, [[0, 0]] * 10, range(10))
    assert math.isnan(found.share)
    assert found[1:3] == (0, 1)


def test_the_interval_is_never_narrower_than_that_of_students_t_on_the_logit():
    found = share([[1, 1]] * 30, COUNTS, range(12))
    logit, error = (
        math.log(found.share / (1 - found.share)),
        found.error_of_check / (found.share * (1 - found.share)),
    )
    assert found.low <= 1 / (1 + math.exp(-(logit - student_t(0.975, 11) * error))) + 1e-9
