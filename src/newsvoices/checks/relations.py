"""Who speaks about whom, again, where a person corrected a quote."""

import pandas as pd

from ..schema import Tables, frame, spans_of
from ..sentences import around, sentence_bounds
from .quotes import Change


def speaks_about(tables: Tables, quotes: pd.DataFrame, changes: list[Change]) -> pd.DataFrame:
    """The relations, those of changed quotes taken out and the speaker tied to whom the quote now names."""
    relations = tables.relations
    if not changes:
        return relations
    spoken, dead, new = relations["relation"] == "speaks about", set(), []
    for article_id, old, _ in changes:
        if old is not None:
            own = relations[
                spoken & (relations["article_id"] == article_id) & (relations["source"] == old["actor"])
            ]
            dead |= {
                row.Index
                for row in own.itertuples()
                if any(s <= row.target_start and row.target_end <= e for s, e in spans_of(old["spans"]))
            }
    for article_id, _, now in changes:
        if now is not None and now["actor"] and not pd.isna(now["speaker_start"]):
            new += _ties(tables, article_id, now)
    table = pd.concat([relations.drop(index=sorted(dead)), frame("relations", new)], ignore_index=True)
    order = {article_id: number for number, article_id in enumerate(tables.articles["article_id"])}
    table["place"] = table["article_id"].map(order)
    table = table.sort_values(["place", "start", "source_start", "target_start", "relation"], kind="stable")
    return table.drop(columns="place").drop_duplicates(ignore_index=True)


def _ties(tables: Tables, article_id: str, quote: dict) -> list[dict]:
    article = tables.articles[tables.articles["article_id"] == article_id].iloc[0]
    bounds = sentence_bounds(article["text"], article.get("sentences", ""))
    own = tables.mentions[
        (tables.mentions["article_id"] == article_id) & tables.mentions["kind"].isin(["name", ""])
    ]
    seen, rows = {quote["actor"], ""}, []
    for name in own.sort_values("start").itertuples():
        inside = any(s <= name.start and name.end <= e for s, e in spans_of(quote["spans"]))
        if inside and name.actor not in seen:
            seen.add(name.actor)
            first, last = sorted((int(quote["speaker_start"]), name.start))
            near = "\n" not in article["text"][first:last].strip("\n")
            start, end = around(bounds, first if near else name.start, last if near else name.end)
            rows.append(
                {
                    "article_id": article_id,
                    "source": quote["actor"],
                    "source_start": int(quote["speaker_start"]),
                    "source_end": int(quote["speaker_end"]),
                    "target": name.actor,
                    "target_start": name.start,
                    "target_end": name.end,
                    "relation": "speaks about",
                    "sign": 0,
                    "start": start,
                    "end": end,
                    "text": article["text"][start:end],
                }
            )
    return rows
