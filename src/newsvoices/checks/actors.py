"""Who an actor is: a person's answer, wherever the actor stands in the article."""

from collections import defaultdict
from dataclasses import replace

import pandas as pd

from ..schema import Tables, spans_of
from .places import Problem, problem_of

Named = dict[str, list[tuple[int, int, str]]]  # by article: start, end and actor of corrected mentions


def with_actors(tables: Tables, facts: pd.DataFrame, problems: list[Problem]) -> Tables:
    """The tables with the actors that people gave to mentions; one stands for its whole chain in the article.

    Quotes spoken there and relations that end there follow. Mentions get the column `checked`.
    """
    mentions = tables.mentions.assign(checked="")
    mentions["checked"] = mentions["checked"].astype("str")
    named: Named = defaultdict(list)
    before = {}
    for (article_id, spans), said in facts.groupby(["article_id", "spans"]):
        start, end = spans_of(spans)[0]
        own = mentions[mentions["article_id"] == article_id]
        here = own[(own["start"] < end) & (own["end"] > start) & (own["kind"] != "role")]
        fact, actors = said.iloc[-1].to_dict(), sorted(set(said["actor"]))
        if here.empty:
            problems.append(problem_of(fact, f"no mention stands there: {fact['words'][:60]!r}"))
        elif len(actors) > 1:
            problems.append(
                problem_of(fact, f"coders disagree: {fact['words'][:60]!r} is {' or '.join(actors)}")
            )
            mentions.loc[here.index, "checked"] = "coders disagree"
        else:
            chain = here["chain"].iloc[0]
            rows = own.index[own["chain"] == chain] if chain else here.index
            before[article_id, mentions.loc[rows[0], "actor"]] = actors[0]
            mentions.loc[rows, ["actor", "checked"]] = [actors[0], "corrected"]
            named[article_id] += [
                (*place, actors[0]) for place in mentions.loc[rows, ["start", "end"]].itertuples(index=False)
            ]
    quotes = _followed(tables.quotes, "actor", "speaker", named)
    silent = (quotes["speaker"] == "") & (quotes["actor"] != "")  # goes on with the speaker of another quote
    pairs = zip(quotes["article_id"], quotes["actor"], silent, strict=True)
    quotes = quotes.assign(
        actor=pd.Series([before.get((a, b), b) if s else b for a, b, s in pairs], quotes.index, dtype="str")
    )
    relations = _followed(_followed(tables.relations, "source", "source", named), "target", "target", named)
    return replace(tables, mentions=mentions, quotes=quotes, relations=relations)


def _followed(table: pd.DataFrame, column: str, end: str, named: Named) -> pd.DataFrame:
    """The table with an actor's column corrected where `end` overlaps a corrected mention."""
    places = zip(*(table[name] for name in ("article_id", f"{end}_start", f"{end}_end", column)), strict=True)
    actors = [
        actor
        if article_id not in named or pd.isna(start)
        else next((to for first, last, to in named[article_id] if first < stop and start < last), actor)
        for article_id, start, stop, actor in places
    ]
    return table.assign(**{column: pd.Series(actors, table.index, dtype="str")})
