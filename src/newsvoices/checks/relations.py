"""Who speaks about whom, again, where a person corrected a quote."""

import pandas as pd

from ..schema import Tables, frame, spans_of
from ..sentences import enclosing_sentences, sentence_bounds
from .quotes import Change, Row


def speaks_about(tables: Tables, changes: list[Change]) -> pd.DataFrame:
    """The relations, those of changed quotes taken out and the speaker tied to whom the quote now names."""
    touched = {change.article_id for change in changes}
    articles, names, spoken = (
        dict(list(table[table["article_id"].isin(touched)].groupby("article_id")))
        for table in (
            tables.articles,
            tables.mentions[tables.mentions["kind"].isin(["name", ""])].sort_values("start"),
            tables.relations[tables.relations["relation"] == "speaks about"],
        )
    )
    dead, new = set(), []
    for article_id, old, now in changes:
        for row in spoken[article_id].itertuples() if old and article_id in spoken else ():
            if row.source == old["actor"] and _within(old, row.target_start, row.target_end):
                dead.add(row.Index)
        if now and now["actor"] and now["speaker"] and article_id in names:
            new += _ties(now, articles[article_id].iloc[0], names[article_id])
    if not dead and not new:
        return tables.relations
    table = pd.concat([tables.relations.drop(index=sorted(dead)), frame("relations", new)]).drop_duplicates()
    order = {article_id: number for number, article_id in enumerate(tables.articles["article_id"])}
    table = table.assign(order=table["article_id"].map(order))
    keys = ["order", "start", "source_start", "target_start", "relation"]
    return table.sort_values(keys, kind="stable", ignore_index=True).drop(columns="order")


def _within(quote: Row, start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans_of(quote["spans"]))


def _ties(quote: Row, article: pd.Series, names: pd.DataFrame) -> list[Row]:
    """A row for each actor named within the quote, at its first mention there."""
    bounds = sentence_bounds(article["text"], article.get("sentences", ""))
    seen, rows = {quote["actor"], ""}, []
    for name in names.itertuples():
        if name.actor in seen or not _within(quote, name.start, name.end):
            continue
        seen.add(name.actor)
        first, last = sorted((quote["speaker_start"], name.start))
        near = "\n" not in article["text"][first:last].strip("\n")
        start, end = enclosing_sentences(bounds, *((first, last + 1) if near else (name.start, name.end)))
        ends = {
            "source": quote["actor"],
            "source_start": quote["speaker_start"],
            "source_end": quote["speaker_end"],
        }
        ends |= {"target": name.actor, "target_start": name.start, "target_end": name.end}
        said = {
            "relation": "speaks about",
            "sign": 0,
            "start": start,
            "end": end,
            "text": article["text"][start:end],
        }
        rows.append({"article_id": article["article_id"]} | ends | said)
    return rows
