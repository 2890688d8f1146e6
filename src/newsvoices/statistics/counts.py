"""What shares are of: rows of the tables with a value each, counted by article."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..schema import Tables

PARTS: dict[str, Callable[[Tables], pd.DataFrame]] = {
    "mentioned": lambda t: (
        t.mentions[t.mentions["kind"] != "role"]
        .assign(value=t.mentions["actor"])
        .drop_duplicates(["article_id", "value"])
    ),
    "quoted": lambda t: t.quotes.assign(value=t.quotes["actor"]),
    "words": lambda t: t.quotes.assign(value=t.quotes["actor"], n=t.quotes["text"].str.split().str.len()),
    "speaker type": lambda t: t.quotes.assign(value=t.quotes["speaker_type"]),
    "unnamed": lambda t: t.quotes.assign(
        value=t.quotes["speaker_type"].str.extract("^(unnamed)")[0].fillna("")
    ),
    "kind": lambda t: t.quotes.assign(value=t.quotes["kind"]),
    "verb": lambda t: t.quotes.assign(value=t.quotes["cue_verb"])[t.quotes["cue_verb"] != ""],
    "verb family": lambda t: t.quotes.assign(value=t.quotes["cue_family"])[t.quotes["cue_family"] != ""],
    "cue": lambda t: t.quotes.assign(value=t.quotes["cue"].str.lower())[t.quotes["cue"].str.contains(r"\w")],
}


def per_article(
    rows: pd.DataFrame, groups: pd.Series, *, top: int, whole: bool, values: list[str] | None = None
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Articles × values, the total of each article, and the values; an article with nothing has zeros.

    Articles are those of the index of `groups`. Values are the `top` most frequent where none are given. The
    total is one where `whole` articles are counted.
    """
    rows = rows[rows["article_id"].isin(groups.index)]
    rows = rows.assign(n=rows.get("n", 1))
    of = rows.groupby("article_id")["n"].sum().reindex(groups.index, fill_value=0).to_numpy(float)
    named = rows[rows["value"] != ""]
    if values is None:
        most = (
            named.groupby("value")["n"]
            .sum()
            .reset_index()
            .sort_values(["n", "value"], ascending=[False, True])
        )
        values = most["value"].head(top).tolist()
    counts = named.pivot_table(index="article_id", columns="value", values="n", aggfunc="sum", fill_value=0)
    counts = counts.reindex(index=groups.index, columns=values, fill_value=0).to_numpy(float)
    return counts, np.ones(len(of)) if whole else of, values
