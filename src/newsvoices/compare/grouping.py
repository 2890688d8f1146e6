"""Which articles are compared with which: the values of a column, checked."""

import pandas as pd

from ..losses import NothingToCompare, first_of, warn
from ..reuse.outlets import outlets_named

SEED = 20240328


def outlets_of(articles: pd.DataFrame, *, by: str = "outlet", without: int = 0) -> pd.Series:
    """The value of column `by` of each article that can be compared, by article_id.

    Warns of what is left out, an article without a value and a value of one article (it has no interval), and of names
    that differ only in case or spaces. `without` says how many wire copies have been left out already, for the error to
    say so.

    Raises:
        ValueError: no such column.
        NothingToCompare: fewer than two values with two articles.
    """
    groups = outlets_named(articles, by=by)
    sizes = groups.value_counts().sort_index()
    kept = groups[groups.isin(sizes.index[sizes > 1])]
    if kept.nunique() < 2:
        found = first_of((f"{name}: {n}" for name, n in sizes.items()), most=5) or "none"
        copies = f" (without {without} wire copies)" if without else ""
        raise NothingToCompare(
            f"A comparison needs at least two values of {by!r} with at least two articles each; articles by "
            f"{by}: {found}{copies}. To compare by something else, name another column of articles with by=."
        )
    if single := list(sizes.index[sizes == 1]):
        names = first_of(single, most=5)
        warn(f"left out: {len(single)} with one article only, which gives no interval: {names}")
    return kept
