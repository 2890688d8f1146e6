"""Articles that are left out, and what is noted of others."""

from collections.abc import Sequence

import pandas as pd

from ..engine.long_articles import MOST, parts_of
from ..losses import Report, first_of, warn
from ..nonlinguistic import nonlinguistic


def without_skipped(articles: pd.DataFrame, reasons: pd.Series) -> pd.DataFrame:
    """The articles without a reason against them; the others are counted in a warning and listed in attrs."""
    out = reasons.notna().to_numpy()
    kept = articles[~out].reset_index(drop=True)
    if out.any():
        named = zip(
            articles.loc[out, "article_id"], articles.loc[out, "source_file"], reasons[out], strict=True
        )
        skipped = [
            {"source_file": file or article_id, "reason": reason} for article_id, file, reason in named
        ]
        kept.attrs = {**articles.attrs, "skipped": [*articles.attrs.get("skipped", []), *skipped]}
        shown = first_of(dict.fromkeys(item["reason"] for item in skipped))
        warn(f"left out: {len(skipped)} of {len(articles)} articles ({shown})")
    return kept


def with_notes(articles: pd.DataFrame, values: Sequence[str], what: str) -> pd.DataFrame:
    """The articles; those with a value, such as a language, are counted in a warning and noted with it in attrs."""
    report = Report(notes=list(articles.attrs.get("notes", [])))
    found = [(i, value) for i, value in enumerate(values) if value]
    for i, value in found:
        row = articles.iloc[i]
        report.note(row["source_file"] or row["article_id"], f"{what} ({value})")
    if found:
        shown = first_of(articles["article_id"].iloc[[i for i, _ in found]])
        warn(f"{what}: {len(found)} of {len(articles)} articles ({shown})")
        articles = articles.copy()
        articles.attrs = {**articles.attrs, "notes": report.notes}
    return articles


def with_texts_noted(articles: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """The articles, with notes and warnings for those longer than `most` characters and for stretches that are no language."""
    articles = _with_stretches_noted(articles)
    parts = (len(parts_of(text, most)) for text in articles["text"])
    what = "long, read in parts: nobody is followed from one to the next"
    return with_notes(articles, [str(n) if n > 1 else "" for n in parts], what)


def _with_stretches_noted(articles: pd.DataFrame) -> pd.DataFrame:
    report = Report(notes=list(articles.attrs.get("notes", [])))
    known = len(report.notes)
    for article_id, file, text in articles[["article_id", "source_file", "text"]].itertuples(index=False):
        if stretches := nonlinguistic(text):
            shown = first_of(f"{start}-{end}" for start, end in stretches)
            report.note(file or article_id, f"no language, passed over: characters {shown}")
    if len(report.notes) > known:
        warn(first_of(f"{item['source_file']}: {item['note']}" for item in report.notes[known:]))
        articles = articles.copy()
        articles.attrs = {**articles.attrs, "notes": report.notes}
    return articles
