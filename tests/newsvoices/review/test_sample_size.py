import numpy as np
import pandas as pd
import pytest

from newsvoices import corrected_shares, more_to_check
from newsvoices.review.difference_estimator import corrected_share


def test_what_is_asked_for_is_what_it_takes():
    """Checks as many as it says and comes out near the width."""
    rng = np.random.default_rng(1)
    of = rng.poisson(10, 3000) + 1.0
    truth = np.column_stack([rng.binomial(of.astype(int), 0.3), of])
    machine = np.column_stack([rng.binomial(truth[:, 0].astype(int), 0.8), of])

    def row(n):
        checked = np.arange(n)
        share, low, high, _, check, corpus = corrected_share(
            machine, truth[:n], checked=checked, rng=rng, samples=200
        )
        known = {
            "outlet": "X",
            "value": "v",
            "corrected": 100 * share,
            "corrected_low": 100 * low,
            "corrected_high": 100 * high,
        }
        return known | {
            "error_of_check": 100 * check,
            "error_of_corpus": 100 * corpus,
            "checked": n,
            "articles": 3000,
        }

    more = more_to_check(pd.DataFrame([row(40)]), width=1.5)
    assert more.loc[0, "now"] > 1.5
    assert more_to_check(pd.DataFrame([row(40 + int(more.loc[0, "more"]))]), width=1.5).loc[
        0, "now"
    ] == pytest.approx(1.5, abs=0.3)


def test_narrow_enough_needs_none_and_a_small_outlet_cannot_have_it(machine, checked):
    found = corrected_shares(machine, checks=checked(24), what="kind", samples=100)
    assert more_to_check(found, width=60)["more"].tolist() == [0] * 9
    assert more_to_check(found, width=0.01)["more"].isna().all()
    with pytest.raises(ValueError, match="width is 0"):
        more_to_check(found, width=0)
