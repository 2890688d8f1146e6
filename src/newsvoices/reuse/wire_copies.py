"""Wire copies: articles that print another one's text, and comparisons without them."""

import dataclasses
import itertools

import numpy as np
import pandas as pd

from ..actors.resolve import actors_table
from ..schema import Tables
from .publication_days import publication_days
from .text_overlap import WORD, fingerprints, overlapping, words_in_common, words_of

RUN, WINDOW = 5, 8  # words in common count in runs of 5; any 12 in a row are sure to be seen
BRIEF = 60  # words; a text of no more has too few fingerprints to choose from, so all its runs are taken

_COLUMNS = {
    **dict.fromkeys(
        ("copy", "original", "copy_outlet", "original_outlet", "copy_date", "original_date"), "str"
    ),
    "common": "int64",
    **dict.fromkeys(("copied", "kept"), "float64"),
    **dict.fromkeys(("added", "cut"), "str"),
}


def wire_copies(articles: pd.DataFrame, *, share: float = 0.5) -> pd.DataFrame:
    """One row per pair of articles of which the later prints the text of the earlier, in whole or in part.

    Args:
        articles: columns as read_articles gives them.
        share: how much of the shorter one's words must stand in the other, in runs of five words or more,
            in whatever order.

    Returns:
        copy, original (article_id; the earlier is the original, of one day the longer), copy_outlet,
        original_outlet, copy_date, original_date; common: words of the copy that stand in the original;
        copied: these in per cent of the copy's words; kept: per cent of the original's words that the copy
        has; added, cut: the passages that only one of the two has. A chain of copies gives a row per pair.

    Raises:
        ValueError: share is not above 0 and at most 1; a date that is not written YYYY-MM-DD.

    Candidates share winnowed fingerprints (Schleimer, Wilkerson & Aiken 2003), which unlike MinHash find an
    article that is cut to a few paragraphs as well as one that is whole. Limitation: a rewritten report
    shares its facts, not its words, and is no copy here; articles without a date come last.
    """
    if not 0 < share <= 1:
        raise ValueError(f"share is {share}; it must be above 0 and at most 1")
    length = -articles["text"].str.len()
    order = articles.assign(day=publication_days(articles).to_numpy(), length=length)  # NaT comes last
    order = order.sort_values(["day", "length", "article_id"], ignore_index=True)
    words = [words_of(text) for text in order["text"]]
    brief = np.array([len(own) <= BRIEF for own in words], dtype=bool)
    found = [
        fingerprints(own, size=RUN, window=1 if short else WINDOW)
        for own, short in zip(words, brief, strict=True)
    ]
    # winnowing keeps 2 of WINDOW + 1 runs; a text that has `share` of another's words has about so many in common
    expected = share * 2 / (WINDOW + 1) * np.array([len(own) for own in words])
    least = np.maximum(np.where(brief, 1, 2), 0.4 * expected)
    rows = []
    for i, j in overlapping(found, least=least).tolist():
        original, copy = words_in_common(words[i], words[j], size=RUN)
        if max(copy.sum(), original.sum()) < share * min(len(copy), len(original)):
            continue
        later, earlier = order.iloc[j], order.iloc[i]
        row = {"common": copy.sum(), "copied": 100 * copy.mean(), "kept": 100 * original.mean()}
        for name, own in (("copy", later), ("original", earlier)):
            row |= {name: own["article_id"], f"{name}_outlet": own["outlet"], f"{name}_date": own["date"]}
        row |= {"added": _passages(later["text"], copy), "cut": _passages(earlier["text"], original)}
        rows.append(row)
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    return table.sort_values(["copy_date", "copy", "original"], ignore_index=True)


def _passages(text: str, common: np.ndarray) -> str:
    """What is not in common, as it stands, with … between."""
    places = zip(common, WORD.finditer(text), strict=True)
    runs = [list(run) for known, run in itertools.groupby(places, key=lambda place: place[0]) if not known]
    return " … ".join(text[run[0][1].start() : run[-1][1].end()] for run in runs)


def without_copies(tables: Tables, copies: str | pd.DataFrame = "once") -> Tables:
    """The tables without the articles that copy an earlier one, so that a wire report counts once.

    Args:
        tables: as analyse gives them; they are not changed.
        copies: "once", "each" (nothing is left out), or what wire_copies gave, to spare finding them again.

    Raises:
        ValueError: another word.
    """
    kept = articles_without_copies(tables.articles, copies)["article_id"]
    if len(kept) == len(tables.articles):
        return tables
    frames = {field.name: getattr(tables, field.name) for field in dataclasses.fields(tables)}
    fewer = {
        name: table[table["article_id"].isin(kept)].reset_index(drop=True)
        for name, table in frames.items()
        if "article_id" in table
    }
    return dataclasses.replace(tables, **fewer, actors=actors_table(fewer["mentions"], fewer["quotes"]))


def articles_without_copies(articles: pd.DataFrame, copies: str | pd.DataFrame) -> pd.DataFrame:
    """The articles that count; see without_copies."""
    if isinstance(copies, pd.DataFrame):
        return articles[~articles["article_id"].isin(copies["copy"])]
    if copies not in ("each", "once"):
        raise ValueError(f"copies is {copies!r}; it can be 'each', 'once' or the frame from wire_copies")
    return articles if copies == "each" else articles_without_copies(articles, wire_copies(articles))
