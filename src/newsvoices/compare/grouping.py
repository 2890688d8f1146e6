"""Which articles are compared with which: the values of a column, checked."""

import pandas as pd

from ..losses import TooFew, warn

SEED = 20240328


def outlets_of(articles: pd.DataFrame, *, by: str = "outlet", without: int = 0) -> pd.Series:
    """The group of each article that can be compared, by article_id; groups are the values of column `by`.

    Warns of what is left out, an article without a group and a group of one article (it has no interval),
    and of names that differ only in case or spaces, which are kept apart. `without` says how many wire copies
    have been left out already, for the error to say so.

    Raises:
        ValueError: no such column.
        TooFew: fewer than two groups of two articles.
    """
    if by not in articles:
        raise ValueError(f"articles have no column {by!r}; they have {', '.join(map(str, articles.columns))}")
    groups = articles.set_index("article_id")[by].astype("str").fillna("").sort_index()
    sizes = groups.value_counts()
    alike = pd.Series(sizes.index, dtype="str").groupby(
        [" ".join(name.casefold().split()) for name in sizes.index]
    )
    same = [", ".join(map(repr, sorted(names))) for _, names in alike if len(names) > 1]
    if same:
        warn(f"kept apart: {by} names that differ only in case or spaces: {'; '.join(same)}", stacklevel=4)
    if none := int((groups.str.strip() == "").sum()):
        warn(f"left out: {none} of {len(groups)} articles have no {by}", stacklevel=4)
        groups = groups[groups.str.strip() != ""]
    single = sorted(groups.value_counts().loc[lambda n: n == 1].index)
    kept = groups[~groups.isin(single)]
    if kept.nunique() < 2:
        found = "; ".join(f"{name}: {n}" for name, n in sorted(groups.value_counts().items())) or "none"
        raise TooFew(
            f"a comparison needs at least two values of {by!r} with at least two articles each; articles by "
            f"{by}: {found}{f' (without {without} wire copies)' if without else ''}. To compare by something else, name another column of articles with by="
        )
    if single:
        warn(
            f"left out: {len(single)} with one article only, which gives no interval: {', '.join(single)}",
            stacklevel=4,
        )
    return kept
