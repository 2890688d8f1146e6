"""Over time: counts by day or week with gaps kept, and who was first."""

import pandas as pd

from ..losses import warn
from ..reuse.outlets import outlets_named
from ..reuse.publication_days import publication_days
from ..reuse.wire_copies import articles_without_copies

PERIODS = {"day": "D", "week": "W-SUN"}


def by_period(
    rows: pd.DataFrame,
    *,
    articles: pd.DataFrame,
    by: str = "outlet",
    every: str = "day",
    copies: str | pd.DataFrame = "each",
) -> pd.DataFrame:
    """One row per period and outlet that printed anything in it: its articles, and how many rows are theirs.

    Args:
        rows: rows of any table, with article_id: mentions of an actor, quotes of a kind.
        articles: the articles they come from.
        by: the column of articles whose values are told apart.
        every: "day" or "week" (Monday to Sunday).
        copies: "each" wire copy counts, or "once"; or what wire_copies gave.

    Returns:
        period (its first day), the column named by `by`, articles, with (articles that have such a row), n
        (rows). A period in which an outlet printed nothing has no row: that is a gap, and not a zero.

    Raises:
        ValueError: another period, or a date that is not written YYYY-MM-DD. Articles without a date are left out
            with a warning; if none has one, the table is empty. One outlet is enough.
    """
    if every not in PERIODS:
        raise ValueError(f"every is {every!r}; it can be {', '.join(map(repr, PERIODS))}")
    articles = articles_without_copies(articles, copies)
    groups, dates = outlets_named(articles, by=by, least=0), dated(articles)
    known = pd.DataFrame({by: groups, "period": dates}).dropna()
    if known.empty:
        return pd.DataFrame(columns=["period", by, "articles", "with", "n"])
    known["period"] = known["period"].dt.to_period(PERIODS[every]).dt.start_time.dt.strftime("%Y-%m-%d")
    known["n"] = rows["article_id"].value_counts().reindex(known.index, fill_value=0)
    known["with"] = (known["n"] > 0).astype(int)
    known["articles"] = 1
    return known.groupby(["period", by], as_index=False)[["articles", "with", "n"]].sum()


def dated(articles: pd.DataFrame) -> pd.Series:
    """The day of each article that has one, by article_id; warns of the others."""
    days = publication_days(articles)
    if missing := int(days.isna().sum()):
        warn(f"left out: {missing} of {len(articles)} articles have no date")
    return days.dropna()


def firsts(
    rows: pd.DataFrame,
    *,
    articles: pd.DataFrame,
    key: str = "actor",
    by: str = "outlet",
    copies: str | pd.DataFrame = "each",
) -> pd.DataFrame:
    """One row per actor, quote item or other `key`: which outlet had it first, and which later.

    Args:
        rows: rows with article_id and the column `key`, such as mentions, or quotes from quote_items.
        articles: the articles they come from.
        key: "actor", "item" or another column; empty ones are passed over.
        by: the column of articles whose values are told apart.
        copies: "each" wire copy counts, or "once"; or what wire_copies gave.

    Returns:
        The column named by `key`; first: the outlets that had it on the first day; date: that day; outlets:
        how many have it; later: the others with the days they were behind. By date, most outlets first.

    Raises:
        ValueError: a date that is not written YYYY-MM-DD. Articles without a date are left out with a warning; if
            none has one, the table is empty.

    Limitation: a day is the finest grain, so a morning and an evening paper tie.
    """
    articles = articles_without_copies(articles, copies)
    groups, dates = outlets_named(articles, by=by, least=0), dated(articles)
    known = rows[rows["article_id"].isin(groups.index) & rows["article_id"].isin(dates.index)]
    known = known[known[key].astype("str") != ""]
    if known.empty:
        return pd.DataFrame(columns=[key, "first", "date", "outlets", "later"])
    known = pd.DataFrame(
        {key: known[key], by: known["article_id"].map(groups), "day": known["article_id"].map(dates)}
    )
    days = known.groupby([key, by], as_index=False)["day"].min().sort_values(["day", by])
    table = [
        {
            key: name,
            "first": " and ".join(own.loc[own["day"] == (first := own["day"].min()), by]),
            "date": first.strftime("%Y-%m-%d"),
            "outlets": len(own),
            "later": ", ".join(
                f"{o} +{(d - first).days}" for o, d in zip(own[by], own["day"], strict=True) if d > first
            ),
        }
        for name, own in days.groupby(key)
    ]
    found = pd.DataFrame(table, columns=[key, "first", "date", "outlets", "later"])
    return found.sort_values(["date", "outlets", key], ascending=[True, False, True], ignore_index=True)
