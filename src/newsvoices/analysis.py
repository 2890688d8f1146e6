"""Articles in, tables out: every step on one article, over all of them."""

import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from tqdm import tqdm

from .formats import LossWarning
from .schema import frame

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH = 32
"""Articles in memory as Docs at a time; the same with one worker and with many, and so are the results."""

_EXTRACTED = ("mentions", "quotes", "relations")

_Batch = tuple[tuple[str, ...], tuple[str, ...]]
_pipeline: "Language | None" = None  # a worker process keeps its own


@dataclass(frozen=True)
class Tables:
    """The tables of one corpus; schema.py says what their columns mean."""

    articles: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    actors: pd.DataFrame
    relations: pd.DataFrame


def analyse(
    articles: pd.DataFrame,
    *,
    nlp: "Language | None" = None,
    workers: int | None = None,
    aliases: str | Path | pd.DataFrame | None = None,
) -> Tables:
    """The tables of a corpus: who is mentioned where, who said what, who stands to whom.

    Articles are seen one by one and nothing of them is kept but table rows, so that memory is bounded by a
    batch of 32. On a terminal a progress bar runs.

    Args:
        articles: columns as read_articles gives them.
        nlp: a spaCy pipeline with entities; the bundled one by default.
        workers: number of processes; 1 by default. A script that asks for more needs the usual
            ``if __name__ == "__main__":``.
        aliases: a CSV file or frame of names that you know to be one actor's; see resolve_actors.

    Returns:
        Tables. An article too long for the pipeline (``nlp.max_length`` characters) is left out of them with
        a warning, and added to ``articles.attrs["skipped"]``.
    """
    if nlp is None:
        from .pipeline import load_pipeline

        nlp = load_pipeline()
    articles = _short_enough(articles, nlp.max_length)
    batches = [
        (tuple(part["article_id"]), tuple(part["text"]))
        for part in (articles.iloc[i : i + _BATCH] for i in range(0, len(articles), _BATCH))
    ]
    parts = [{name: frame(name) for name in _EXTRACTED}]
    with tqdm(total=len(articles), unit=" articles", disable=None) as progress:
        for batch, part in zip(batches, _each(batches, nlp=nlp, workers=workers or 1), strict=True):
            parts.append(part)
            progress.update(len(batch[0]))
    tables = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in _EXTRACTED}
    return reduce(articles, aliases=aliases, **tables)


def reduce(
    articles: pd.DataFrame, *, aliases: str | Path | pd.DataFrame | None = None, **tables: pd.DataFrame
) -> Tables:
    """The step over all articles: chains become actors, in every table that names them."""
    from .actors import actor_column, actors_table, resolve_actors

    mentions, quotes = tables["mentions"], tables["quotes"]
    actor = resolve_actors(mentions, articles=articles, aliases=aliases)
    mentions = mentions.assign(actor=actor_column(mentions, actor, chain="chain"))
    quotes = quotes.assign(actor=actor_column(quotes, actor, chain="actor"))
    relations = tables["relations"]
    for end in ("source", "target"):  # a group that is only described goes on under its own words
        known = actor_column(relations, actor, chain=end)
        relations = relations.assign(**{end: known.where(known != "", relations[end])})
    return Tables(
        articles=articles,
        mentions=mentions,
        quotes=quotes,
        actors=actors_table(mentions, quotes),
        relations=relations,
    )


def _short_enough(articles: pd.DataFrame, max_length: int) -> pd.DataFrame:
    too_long = articles["text"].str.len() > max_length
    kept = articles[~too_long].reset_index(drop=True)
    if too_long.any():
        reason = f"too long: more than {max_length} characters"
        skipped = [{"source_file": name, "reason": reason} for name in articles.loc[too_long, "source_file"]]
        kept.attrs = {**articles.attrs, "skipped": [*articles.attrs.get("skipped", []), *skipped]}
        warnings.warn(
            f"left out: {len(skipped)} of {len(articles)} articles ({reason})", LossWarning, stacklevel=3
        )
    return kept


def _each(batches: list[_Batch], *, nlp: "Language", workers: int) -> Iterator[dict[str, pd.DataFrame]]:
    """One frame per table and batch, in order. Workers send back table rows: whole Docs cost more than they save."""
    if workers == 1:
        yield from (_tables(batch, nlp) for batch in batches)
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(nlp,)
    ) as pool:
        yield from pool.map(_tables_in_worker, batches)


def _start_worker(nlp: "Language") -> None:
    global _pipeline
    _pipeline = nlp


def _tables_in_worker(batch: _Batch) -> dict[str, pd.DataFrame]:
    return _tables(batch, _pipeline)


def _tables(batch: _Batch, nlp: "Language") -> dict[str, pd.DataFrame]:
    from .mentions import mentions
    from .quotes import quotes
    from .relations import relations

    docs = []
    for article_id, doc in zip(batch[0], nlp.pipe(batch[1]), strict=True):
        doc.user_data["article_id"] = article_id
        docs.append(doc)
    said = quotes(docs)
    return {"mentions": mentions(docs), "quotes": said, "relations": relations(docs, quotes=said)}
