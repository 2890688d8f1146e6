"""From a row of any table back to the sentence that it comes from."""

from bisect import bisect_right

import pandas as pd

from .schema import spans_cell, spans_of


def evidence(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per row of `rows`: article_id, outlet, date, the sentence or sentences it stands in, and where.

    Args:
        rows: rows of mentions, quotes or relations, with article_id and start and end, or with spans (“0-3;8-10”).
        articles: the articles they come from, as in the tables that analyse gives.

    Returns:
        article_id, outlet, date, sentence; marks: offsets of the row's words in `sentence`, in the form of spans.

    Raises:
        KeyError: a row speaks of an article that is not in `articles`.

    Limitation: sentences are the pipeline's; of articles that were not analysed, the paragraph is given.
    """
    known = articles.set_index("article_id")
    found = known.loc[rows["article_id"], ["outlet", "date"]].reset_index()
    bounds: dict[str, list[tuple[int, int]]] = {}
    sentences, marks = [], []
    for row in rows.to_dict("records"):
        article_id, spans = row["article_id"], _spans(row)
        article = known.loc[article_id]
        if article_id not in bounds:
            bounds[article_id] = sentence_bounds(article["text"], article.get("sentences", ""))
        first, last = enclosing_sentences(bounds[article_id], min(spans)[0], max(end for _, end in spans))
        sentence = article["text"][first:last]
        first += len(sentence) - len(sentence.lstrip())
        sentences.append(sentence.strip())
        marks.append(spans_cell((start - first, end - first) for start, end in spans))
    return found.assign(
        sentence=pd.Series(sentences, index=found.index, dtype="str"),
        marks=pd.Series(marks, index=found.index, dtype="str"),
    )


def _spans(row: dict) -> list[tuple[int, int]]:
    """Where a row's words stand: its parts, of a relation its two actors, else its first to last character."""
    if "source_start" in row:
        return [(row[f"{actor}_start"], row[f"{actor}_end"]) for actor in ("source", "target")]
    return spans_of(row.get("spans", "")) or [(row["start"], row["end"])]


def sentence_bounds(text: str, sentences: str) -> list[tuple[int, int]]:
    """Where sentences begin and end, from the column `sentences`; the paragraphs where that is empty."""
    if sentences:
        return spans_of(sentences)
    ends = [at for at, letter in enumerate(text) if letter == "\n"]
    return [
        (start, end) for start, end in zip([0, *(at + 1 for at in ends)], [*ends, len(text)], strict=True)
    ]


def enclosing_sentences(bounds: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Where the sentences begin and end that hold text[start:end].

    >>> enclosing_sentences([(0, 8), (9, 30), (31, 40)], 12, 20)
    (9, 30)
    """
    starts = [first for first, _ in bounds]
    first = bounds[max(bisect_right(starts, start) - 1, 0)]
    last = bounds[max(bisect_right(starts, max(end - 1, start)) - 1, 0)]
    return min(first[0], start), max(last[1], end)
