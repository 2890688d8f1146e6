"""How many more articles to check."""

import math
from bisect import bisect_left

import pandas as pd

from ..statistics.intervals import LEVEL, student_t


def more_to_check(shares: pd.DataFrame, *, width: float) -> pd.DataFrame:
    """One row per value and outlet: how many more articles to check for an interval of ± `width` points.

    Args:
        shares: from corrected_shares.
        width: half the width that the 95 % interval of the corrected share shall have, in points.

    Returns:
        The outlet's column; value, corrected; now: half the present width; checked; more: articles, 0 where it is narrow
        enough, <NA> where checking all would not do, because the outlet has too few articles; articles.

    Raises:
        ValueError: width is not above 0.

    Limitation: reckoned from the errors seen so far; with few checked, ask again halfway.
    """
    if width <= 0:
        raise ValueError(f"width is {width}; it must be above 0")
    rows = []
    for row in shares.to_dict("records"):
        now = (row["corrected_high"] - row["corrected_low"]) / 2
        rows.append(_more(row, width) if now > width else 0)
    more = pd.Series(rows, index=shares.index, dtype="Int64")
    now = (shares["corrected_high"] - shares["corrected_low"]) / 2
    kept = shares[[shares.columns[0], "value", "corrected", "checked"]]
    return kept.assign(now=now, more=more, articles=shares["articles"])


def _more(row: dict, width: float) -> int | None:
    checked, articles = row["checked"], row["articles"]

    def enough(n: int) -> bool:
        error = math.sqrt(row["error_of_check"] ** 2 * checked / n + row["error_of_corpus"] ** 2)
        return student_t((1 + LEVEL) / 2, max(n - 2, 1)) * error <= width

    n = bisect_left(range(articles + 1), True, lo=checked + 1, key=enough)
    return n - checked if n <= articles else None
