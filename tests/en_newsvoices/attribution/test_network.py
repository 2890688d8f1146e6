from itertools import product

import numpy as np
import pytest

from en_newsvoices.attribution.network import ROLE_LABELS, best_labels, log_inside, moves, spans_of

COST = moves(ROLE_LABELS, np.random.default_rng(2).normal(0, 1, (5, 5)))


def sequences(scores: np.ndarray) -> dict[tuple, float]:
    """What each sequence of labels of a run comes to."""
    return {
        labels: scores[range(len(labels)), labels].sum()
        + sum(COST[a, b] for a, b in zip((0, *labels[:-1]), labels, strict=True))
        for labels in product(range(5), repeat=len(scores))
    }


@pytest.fixture
def runs() -> tuple[np.ndarray, list[int]]:
    lengths = [3, 1, 4]
    return np.random.default_rng(1).normal(0, 2, (sum(lengths), 5)).astype("f"), lengths


def test_the_best_labels_are_the_best_of_all_sequences(runs):
    scores, lengths = runs
    found = np.split(best_labels(scores, lengths, COST), np.cumsum(lengths)[:-1])
    for part, labels in zip(np.split(scores, np.cumsum(lengths)[:-1]), found, strict=True):
        every = sequences(part)
        assert tuple(labels) == max(every, key=every.get)


def test_the_probability_of_a_span_is_summed_over_all_sequences(runs):
    scores, lengths = runs
    found = np.split(np.exp(log_inside(scores, lengths, COST)), np.cumsum(lengths)[:-1])
    for part, inside in zip(np.split(scores, np.cumsum(lengths)[:-1]), found, strict=True):
        every = sequences(part)
        total = sum(map(np.exp, every.values()))
        for at, p in enumerate(inside):
            right = sum(np.exp(v) for labels, v in every.items() if labels[at]) / total
            assert p == pytest.approx(right, abs=1e-4)


def test_a_span_never_goes_on_from_another_role(runs):
    scores, lengths = runs
    for labels in np.split(best_labels(scores, lengths, COST), np.cumsum(lengths)[:-1]):
        names = [ROLE_LABELS[i] for i in labels]
        assert sum(name[0] == "B" for name in names) == len(list(spans_of(names)))
