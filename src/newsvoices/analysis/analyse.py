"""Articles in, tables out: every step on one article, over all of them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ..actors.resolve import actor_column, actors_table, resolve_actors, speaker_types
from ..checks.apply import apply_checks
from ..engine.annotate import (
    EXTRACTORS,
    BatchResult,
    Job,
    Source,
    annotate_batch,
    is_loaded,
    pipeline_of_process,
    source_of,
)
from ..engine.cache import cached_rows, check_writable, default_cache, store, unpacked
from ..engine.long_articles import most_of
from ..engine.pipeline import check_complete
from ..engine.versions import TABLES, short_hash, step_versions
from ..files.articles import with_article_columns
from ..schema import TABLES as COLUMNS
from ..schema import Tables, frame
from .processes import in_processes
from .progress import progress
from .skipped import with_notes, with_texts_noted, without_skipped

if TYPE_CHECKING:
    from distributed import Client
    from spacy.language import Language

_BATCH = (10, 256)
"""Articles in a batch: a sixty-fourth of the corpus within these bounds. A run that is broken off loses a batch."""

_Run = Callable[[Iterable[Job]], Iterator[tuple[Job, BatchResult]]]


def analyse(
    articles: pd.DataFrame,
    *,
    nlp: "Language | str | Path | None" = None,
    cache: str | Path | None = "auto",
    workers: int | None = None,
    client: "Client | None" = None,
    aliases: str | Path | pd.DataFrame | None = None,
    checks: str | Path | pd.DataFrame | None = None,
) -> Tables:
    """The tables of a corpus: who is mentioned where, who said what, who stands to whom.

    What was worked out once is kept in `cache`, article by article, under a hash of the text and the versions of the
    pipeline and the tables: a run that was broken off goes on where it stopped, and a new article costs one article.
    A progress bar runs on a terminal, and in JupyterLab after half a minute.

    Args:
        articles: columns as read_articles gives them, or a frame of your own with article_id and text; what
            else it lacks is empty, and what it has beside stays.
        nlp: the name of a spaCy pipeline or a path to one, the bundled one by default; it is loaded only if
            there is work for it. Or a pipeline in memory.
        cache: a folder. "auto" takes the one that NEWSVOICES_CACHE names, or the kit's data/derived where the working
            directory lies in one, or the platform's folder for caches. None keeps nothing.
        workers: number of processes; 1 by default. A script that asks for more needs the usual
            ``if __name__ == "__main__":``.
        client: a dask.distributed.Client, to use its cluster instead; wants a pipeline by name.
        aliases: a CSV file or frame of names that you know to be one actor's; see resolve_actors.
        checks: what people found when they checked articles, or where it lies; see read_checks. Rows of mentions
            and quotes then say in a column `checked` what was said of them.

    Returns:
        Tables, the same whatever was cached and however many worked on them. An article that fails twice is left out
        with a warning, and added to ``articles.attrs["skipped"]``. These stay, with a warning and a note in
        ``articles.attrs["notes"]``: one that is not in the pipeline's language; one of more than half a million
        characters, which is read in parts; and one with a stretch that is no language (a hundred marks on end, ten
        thousand characters without a blank), which counts as one word.

    Raises:
        OSError: the cache cannot be written to.
        ValueError: no such pipeline, one in memory that lacks our components, articles without a name or a text of
            their own, or not one that could be analysed.

    Limitation: lexicons are read once; after changing one, start Python anew.
    """
    if is_loaded(nlp):
        if client is not None:
            raise ValueError("a cluster's workers load the pipeline by its name or path: give nlp='name'")
        check_complete(nlp)
    articles = with_texts_noted(with_article_columns(articles), most_of(nlp))
    folder = default_cache() if cache == "auto" else cache and Path(cache)
    source = source_of(nlp)
    steps = step_versions(source.version)
    corpus = with_cache_keys(articles)
    parts, lacking = _kept(corpus["key"], steps, folder)
    failed: dict[str, str] = {}
    if lacking:
        run = _runner(nlp, source, steps, workers or 1, client)
        for done in _each(corpus.drop_duplicates("key"), lacking, steps, folder, run):
            failed |= done.failed
            for table in done.files.keys() & lacking.keys():
                rows = unpacked(done.files[table])[0]
                parts[table].append(rows[rows["article_id"].isin(lacking[table])])
    if len(corpus) and failed.keys() >= set(corpus["key"]):
        raise ValueError(
            f"not one of {len(corpus)} articles could be analysed; one of them: {min(failed.values())}"
        )
    articles, tables = analysed_tables(articles, corpus, parts, failed)
    return reduce(articles, aliases=aliases, checks=checks, **tables)


def reduce(
    articles: pd.DataFrame,
    *,
    aliases: str | Path | pd.DataFrame | None = None,
    checks: str | Path | pd.DataFrame | None = None,
    **tables: pd.DataFrame,
) -> Tables:
    """The step over all articles, which sees tables, never Docs: chains become actors, wherever they stand."""
    mentions, quotes = tables["mentions"], tables["quotes"]
    actor = resolve_actors(mentions, articles=articles, aliases=aliases)
    mentions = mentions.assign(actor=actor_column(mentions, actor, chain="chain"))
    quotes = quotes.assign(actor=actor_column(quotes, actor, chain="actor"))
    actors = actors_table(mentions, quotes)
    quotes = quotes.assign(speaker_type=speaker_types(quotes, actors))
    relations = tables["relations"]
    for end in ("source", "target", "claimed_by"):  # who is only described goes on under their own words
        known = actor_column(relations, actor, chain=end)
        relations = relations.assign(**{end: known.where(known != "", relations[end])})
    found = Tables(
        articles=articles,
        mentions=mentions,
        quotes=quotes,
        actors=actors,
        relations=relations,
    )
    return found if checks is None else apply_checks(found, checks)


def with_cache_keys(articles: pd.DataFrame) -> pd.DataFrame:
    """article_id, text, n_tokens and key: the hash under which a text's results are kept."""
    return articles[["article_id", "text", "n_tokens"]].assign(key=articles["text"].map(short_hash))


def analysed_tables(
    articles: pd.DataFrame, corpus: pd.DataFrame, parts: dict[str, list[pd.DataFrame]], failed: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """The articles that did not fail and their tables, from the parts that were worked out by key."""
    errors = corpus["key"].map(failed)
    tables = {
        table: _assembled(table, parts[table], corpus[errors.isna()]) for table in TABLES if table in COLUMNS
    }
    about = (
        pd.concat([EXTRACTORS["sentences"]([]), *parts["sentences"]])
        .set_index("article_id")
        .reindex(corpus["key"])
        .fillna("")
    )
    articles = articles.assign(sentences=about["sentences"].astype("str").to_numpy())
    articles = with_notes(articles, about["other_language"], "not in the pipeline's language")
    articles = with_notes(articles, about["repeated"], "paragraphs that stand there twice, counted once")
    return without_skipped(articles, errors), tables


def _kept(keys: pd.Series, steps: dict[str, str], folder: Path | None) -> tuple[dict, dict[str, set[str]]]:
    """The rows that the cache holds, by table, and for each table with work left the articles it lacks."""
    parts: dict[str, list[pd.DataFrame]] = {table: [] for table in TABLES}
    lacking = {table: set(keys) for table in TABLES}
    for table in TABLES if folder else ():
        for rows, here in cached_rows(
            lacking[table], folder=folder / steps[table], like=EXTRACTORS[table]([])
        ):
            parts[table].append(rows)
            lacking[table] -= here
    return parts, {table: left for table, left in lacking.items() if left}


def _each(
    corpus: pd.DataFrame, lacking: dict[str, set[str]], steps: dict[str, str], folder: Path | None, run: _Run
) -> Iterator[BatchResult]:
    """The work that is left, batch by batch, each kept as soon as it is done."""
    if folder:
        check_writable(folder)
    todo = corpus[corpus["key"].isin(set().union(*lacking.values()))]
    jobs = _jobs(todo, lacking)
    with progress(len(todo)) as advance, closing(run(jobs)) as results:
        for job, done in results:
            for step, data in done.files.items() if folder else ():
                store(data, folder=folder / steps[step])
            advance(job)
            yield done


def _jobs(todo: pd.DataFrame, tables: Iterable[str]) -> Iterator[Job]:
    size = min(max(len(todo) // 64, _BATCH[0]), _BATCH[1])
    for part in (todo.iloc[i : i + size] for i in range(0, len(todo), size)):
        yield Job(tuple(part["key"]), tuple(part["text"]), tuple(tables), int(part["n_tokens"].sum()))


def _runner(
    nlp: "Language | str | Path | None",
    source: Source,
    steps: dict[str, str],
    workers: int,
    client: "Client | None",
) -> _Run:
    """What does the work: a cluster, processes of this machine, or this one."""
    if client is not None:
        from .dask import on_cluster

        return partial(on_cluster, client=client, source=source, steps=steps)
    in_memory = nlp if is_loaded(nlp) else None
    if workers > 1:
        return partial(in_processes, nlp=in_memory, source=source, steps=steps, workers=workers)
    return lambda jobs: (
        (job, annotate_batch(job, nlp=in_memory or pipeline_of_process(source), steps=steps)) for job in jobs
    )


def _assembled(table: str, parts: list[pd.DataFrame], corpus: pd.DataFrame) -> pd.DataFrame:
    """One table with the articles' own ids, in the order of the articles and of each article's rows."""
    rows = pd.concat([frame(table), *parts], ignore_index=True).rename(columns={"article_id": "key"})
    order = corpus[["article_id", "key"]].assign(article=range(len(corpus)))
    rows = order.merge(rows.assign(row=range(len(rows))), on="key").sort_values(["article", "row"])
    if "quote_id" in rows:
        rows["quote_id"] = rows["article_id"] + rows["quote_id"].str.slice(len(short_hash()))
    dtypes = {column.name: column.dtype for column in COLUMNS[table]}
    return rows[list(dtypes)].astype(dtypes).reset_index(drop=True)
