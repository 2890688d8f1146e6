import os
import signal
import sys
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pytest
import spacy
from spacy.language import Language

from newsvoices import LossWarning, analyse, frame
from newsvoices.analysis import analyse as analysis
from newsvoices.engine import annotate as steps
from newsvoices.engine import versions
from newsvoices.engine.cache import default_cache

NAMES = {"Edda Marlow": "PERSON", "Morast": "GPE", "the Accord": "ORG"}


@Language.component("trips_over_morast")
def trips_over_morast(doc):
    if "Morast" in doc.text:
        raise OverflowError("Morast")
    return doc


@pytest.fixture
def nlp(with_rules):
    """A pipeline that knows three names."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": label, "pattern": name} for name, label in NAMES.items()]
    )
    return with_rules(nlp)


@pytest.fixture
def saved(nlp, tmp_path):
    """A path to the same pipeline."""
    nlp.to_disk(tmp_path / "pipeline")
    return str(tmp_path / "pipeline")


def corpus(texts):
    rows = [
        {"article_id": f"a{i}", "text": text, "source_file": f"a{i}.txt", "n_tokens": 5}
        for i, text in enumerate(texts)
    ]
    return frame("articles", rows)


@pytest.fixture
def articles():
    return corpus(["Edda Marlow left Morast.", "Nobody spoke.", "In Morast “the Accord fell” he said."] * 40)


@pytest.fixture
def calls(monkeypatch):
    """The texts that pipelines were called with."""
    called, call = [], Language.__call__
    monkeypatch.setattr(Language, "__call__", lambda nlp, text: called.append(text) or call(nlp, text))
    return called


def same(one, two):
    for table in ("articles", "mentions", "quotes", "relations"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(two, table))


def test_mentions_are_those_of_each_article_in_order(nlp, articles):
    tables = analyse(articles, nlp=nlp)
    assert tables.mentions[["article_id", "text", "label"]].head(4).to_numpy().tolist() == [
        ["a0", "Edda Marlow", "PERSON"],
        ["a0", "Morast", "GPE"],
        ["a2", "Morast", "GPE"],
        ["a2", "the Accord", "ORG"],
    ]
    assert len(tables.mentions) == 160
    pd.testing.assert_frame_equal(
        tables.articles.drop(columns="sentences"), articles.drop(columns="sentences")
    )


def test_a_text_that_two_articles_share_is_worked_on_once_and_counts_twice(nlp, calls):
    quoted = "“We shall see what the Accord is worth,” she said."
    tables = analyse(corpus([quoted, "Nobody spoke.", quoted]), nlp=nlp)
    assert calls == [quoted, "Nobody spoke."]
    assert tables.quotes["quote_id"].tolist() == ["a0#1", "a2#1"]
    assert tables.mentions["article_id"].tolist() == ["a0", "a2"]


def test_no_articles_give_empty_tables(nlp):
    assert analyse(frame("articles"), nlp=nlp).mentions.equals(frame("mentions"))


def test_an_article_longer_than_a_pipeline_takes_is_read_in_parts_and_noted(nlp, articles):
    nlp.max_length = 25
    with pytest.warns(LossWarning, match="read in parts.*: 1 of 3 articles .a2"):
        tables = analyse(articles[:3], nlp=nlp)
    assert tables.articles["article_id"].tolist() == ["a0", "a1", "a2"]


def test_an_article_that_a_component_trips_over_is_named_and_the_rest_completes(nlp):
    nlp.add_pipe("trips_over_morast")
    articles = corpus(["Edda Marlow left.", "In Morast.", "Edda Marlow came."])
    with pytest.warns(LossWarning, match="left out: 1 of 3 articles .OverflowError: Morast"):
        tables = analyse(articles, nlp=nlp)
    assert tables.mentions["article_id"].tolist() == tables.articles["article_id"].tolist() == ["a0", "a2"]
    assert tables.articles.attrs["skipped"] == [{"source_file": "a1.txt", "reason": "OverflowError: Morast"}]
    with pytest.raises(
        ValueError, match="not one of 1 articles could be analysed; one of them: OverflowError"
    ):
        analyse(articles[1:2], nlp=nlp)


def test_an_article_in_another_language_is_named_and_stays(nlp):
    articles = corpus(["Edda Marlow left.", 60 * "Der Damm von Kell hielt nicht. ", "Edda Marlow came."])
    for _ in range(2):  # the second time from the cache
        with pytest.warns(LossWarning, match="not in the pipeline's language: 1 of 3 articles .a1"):
            tables = analyse(articles, nlp=nlp)
        assert tables.articles["article_id"].tolist() == ["a0", "a1", "a2"]
        (note,) = tables.articles.attrs["notes"]
        assert note == {"source_file": "a1.txt", "note": "not in the pipeline's language (en)"}


def test_a_paragraph_that_stands_in_an_article_twice_counts_once_and_is_noted(nlp):
    paragraph = "Edda Marlow left the town on Monday, and nobody in it knows when she is to return."
    articles = corpus(
        [f"{paragraph}\n\nMorast is calm.\n\n{paragraph}", "Edda Marlow left.\nEdda Marlow left."]
    )
    with pytest.warns(LossWarning, match="stand there twice, counted once: 1 of 2 articles .a0"):
        tables = analyse(articles, nlp=nlp)
    assert tables.mentions.groupby("article_id")["text"].agg(list).to_dict() == {
        "a0": ["Edda Marlow", "she", "Morast"],
        "a1": ["Edda Marlow", "Edda Marlow"],
    }
    (note,) = tables.articles.attrs["notes"]
    assert note == {"source_file": "a0.txt", "note": "paragraphs that stand there twice, counted once (1)"}


@pytest.mark.parametrize("name", [False, True])
def test_two_workers_give_what_one_gives(name, nlp, saved, articles):
    how = {"nlp": saved if name else nlp, "cache": None}
    same(analyse(articles, **how), analyse(articles, workers=2, **how))


def test_a_second_run_does_no_language_work_and_a_new_article_costs_one(saved, articles, calls, monkeypatch):
    first = analyse(articles, nlp=saved)
    calls.clear()
    more = pd.concat([corpus(["Edda Marlow won."]).assign(article_id="new"), articles], ignore_index=True)
    assert analyse(more, nlp=saved).mentions["article_id"].iloc[0] == "new"
    assert calls == ["Edda Marlow won."]
    monkeypatch.setattr("newsvoices.engine.annotate.load_pipeline", None)
    same(analyse(articles, nlp=saved), first)


def test_another_pipeline_is_not_served_from_the_cache(nlp, articles, calls):
    analyse(articles, nlp=nlp)
    nlp.get_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Nobody"}])
    assert "Nobody" in set(analyse(articles, nlp=nlp).mentions["text"])


def test_a_raised_version_works_out_its_table_and_no_other(nlp, articles, cache, monkeypatch):
    first = analyse(articles, nlp=nlp)
    monkeypatch.setitem(versions.TABLES, "quotes", versions.TABLES["quotes"] + 1)
    same(analyse(articles, nlp=nlp), first)
    folders = sorted(folder.name.split("-")[0] for folder in cache.iterdir())
    assert folders == ["mentions", "quotes", "quotes", "relations", "sentences"]


def test_without_a_cache_nothing_is_written(nlp, articles, cache):
    analyse(articles, nlp=nlp, cache=None)
    assert not cache.exists()


def test_results_are_kept_in_the_kit_that_one_works_in_and_elsewhere_where_the_platform_keeps_caches(
    tmp_path, monkeypatch
):
    for name in ("data/sample", "notebooks"):
        (tmp_path / "kit" / name).mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.delenv("NEWSVOICES_CACHE", raising=False)
    for folder in (tmp_path / "kit", tmp_path / "kit" / "notebooks"):
        monkeypatch.chdir(folder)
        assert default_cache() == tmp_path / "kit" / "data" / "derived"
    monkeypatch.chdir(tmp_path)
    assert default_cache().name == "newsvoices"
    assert sys.platform != "linux" or default_cache().is_relative_to(tmp_path / "caches")
    monkeypatch.setenv("NEWSVOICES_CACHE", "mine")
    assert default_cache() == Path("mine")
    monkeypatch.setenv("NEWSVOICES_CACHE", "")
    assert default_cache() is None


def test_progress_is_silent_in_a_pipe_and_under_nbval(nlp, articles, capfd, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    analyse(articles, nlp=nlp)
    assert capfd.readouterr() == ("", "")


def test_progress_says_articles_and_words_a_second_in_jupyterlab(nlp, articles, capfd, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "my.ipynb")
    monkeypatch.setattr("newsvoices.analysis.progress._LONG", 0)
    analyse(articles, nlp=nlp)
    assert "/3 [" in (error := capfd.readouterr().err)
    assert "words/s" in error


def test_a_short_run_leaves_nothing_among_a_notebooks_outputs(nlp, articles, capfd, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "my.ipynb")
    analyse(articles, nlp=nlp)
    assert capfd.readouterr() == ("", "")


def many(n):
    return corpus([f"Edda Marlow left {i}." for i in range(n)])


def run_killed_at(articles, saved, cache, step):
    """A run that is killed as it begins the `step`-th of its texts and files, and names it."""
    count = 0

    def counted(function):
        def call(*arguments, **options):
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return call

    Language.__call__ = counted(Language.__call__)
    analysis.store = counted(analysis.store)
    Path.replace = counted(Path.replace)
    analyse(articles, nlp=saved, cache=cache)


def forked(function, *arguments):
    run = get_context("fork").Process(target=function, args=arguments)
    run.start()
    run.join()
    return run.exitcode


def test_a_killed_run_goes_on_where_it_stopped(saved, cache, calls):
    """Twelve runs, each killed at another step; what the last one left is finished here."""
    undisturbed = analyse(many(100), nlp=saved, cache=None)
    steps = [
        5,
        11,
        12,
        13,
        14,
        15,
        16,
        17,
        18,
        19,
        20,
        33,
    ]  # texts of a batch, its four files, the next batch
    assert [forked(run_killed_at, many(100), saved, cache, step) for step in steps] == [-signal.SIGKILL] * 12
    calls.clear()
    resumed = analyse(many(100), nlp=saved)
    assert 0 < len(calls) < 100
    same(resumed, undisturbed)
    assert not list(cache.glob("*/*.damaged"))


def run(articles, saved, cache):
    analyse(articles, nlp=saved, cache=cache)


def test_two_runs_at_once_share_a_cache(saved, cache):
    runs = [get_context("fork").Process(target=run, args=(many(64), saved, cache)) for _ in range(2)]
    for started in runs:
        started.start()
    for started in runs:
        started.join()
    assert [started.exitcode for started in runs] == [0, 0]
    assert {file.suffix for file in cache.rglob("*") if file.is_file()} == {".parquet"}
    same(analyse(many(64), nlp=saved), analyse(many(64), nlp=saved, cache=None))


def test_pipelines_that_workers_cannot_load_alike_are_refused(saved, articles):
    source = steps.Source(saved, "", versions.pipeline_version(saved))
    job = steps.Job(("k",), ("Morast",), ("mentions",))
    with pytest.raises(RuntimeError, match="a worker has another version of newsvoices"):
        steps.annotate_in_process(job, source=source, steps=(("mentions", "mentions-of-another-version"),))


def test_a_frame_of_ones_own_needs_no_more_than_names_and_texts(nlp):
    own = pd.DataFrame(
        {"article_id": ["a", "b"], "text": ["Edda Marlow left.", "Morast"], "paper": ["x", "y"]}
    )
    tables = analyse(own, nlp=nlp)
    assert list(tables.articles["n_tokens"]) == [4, 1]
    assert list(tables.articles["paper"]) == ["x", "y"]
    assert set(tables.mentions["text"]) == {"Edda Marlow", "Morast"}


def test_numbers_days_and_gaps_of_ones_own_become_words(nlp):
    own = pd.DataFrame(
        {"article_id": [7, 8], "text": ["Edda Marlow left.", "Morast"], "outlet": ["x", None]}
    ).assign(date=pd.to_datetime(["2024-03-05", "2024-03-06"]))
    tables = analyse(own, nlp=nlp)
    assert set(tables.mentions["article_id"]) == {"7", "8"}
    assert list(tables.articles["date"]) == ["2024-03-05", "2024-03-06"]
    assert list(tables.articles["outlet"]) == ["x", ""]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"text": ["Morast"]}, "no column article_id; their columns: text"),
        ({"article_id": ["a", "a"], "text": ["Morast", "Kell"]}, "'a' names several"),
        ({"article_id": [1, "1"], "text": ["Morast", "Kell"]}, "'1' names several"),
        ({"article_id": ["a"], "text": [None]}, "article 'a' has no text"),
        (
            {"article_id": ["a", "b"], "text": ["Kell", "Mor\ud800ast"]},
            "text of article 2 holds half a character",
        ),
        (
            {"article_id": ["a"], "text": ["Kell"], "title": ["\udfff"]},
            "title of article 1 holds half a char",
        ),
        ({"article_id": ["\ud800"], "text": ["Kell"]}, "article_id of article 1 holds half a character"),
    ],
)
def test_articles_without_a_name_or_a_text_of_their_own_are_refused(nlp, own, said):
    with pytest.raises(ValueError, match=said):
        analyse(pd.DataFrame(own, dtype="object"), nlp=nlp)


def test_thousands_of_articles_with_one_text_are_worked_on_once(nlp, calls):
    tables = analyse(corpus(["In Morast."] * 5000), nlp=nlp)
    assert calls == ["In Morast."]
    assert tables.mentions["article_id"].tolist() == [f"a{i}" for i in range(5000)]


def test_a_pipeline_in_memory_that_finds_no_quotes_is_one_error_that_says_how_to_add_them(articles):
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Morast"}])
    said = r"assigns doc.spans, doc._.quotes, doc._.relations. .*en_newsvoices.add_components\(nlp\)"
    with pytest.raises(ValueError, match=said):
        analyse(articles, nlp=nlp)


@pytest.mark.parametrize("junk", ["$" * 30_000, "'s" * 10_000, "“”" * 10_000, "x:)" * 9_000, "a" * 400_000])
def test_what_is_no_language_is_passed_over_and_named_and_the_rest_is_read(nlp, junk):
    text = f"Edda Marlow left {junk} and came to Morast."
    at = text.index(junk)
    with pytest.warns(
        LossWarning, match=f"a0.txt: no language, passed over: characters {at}-{at + len(junk)}"
    ):
        tables = analyse(corpus([text, "Nobody."]), nlp=nlp)
    assert tables.mentions["text"].tolist() == ["Edda Marlow", "Morast"]
    assert [text[row.start : row.end] for row in tables.mentions.itertuples()] == ["Edda Marlow", "Morast"]
    assert [note["source_file"] for note in tables.articles.attrs["notes"]] == ["a0.txt"]


def test_whoever_claims_a_relation_is_an_actor_as_its_ends_are_and_words_stay_words():
    mention = {
        "article_id": "a",
        "start": 0,
        "end": 11,
        "text": "Edda Marlow",
        "label": "PERSON",
        "kind": "name",
    }
    at = {
        "article_id": "a",
        "source_start": 0,
        "source_end": 1,
        "target_start": 2,
        "target_end": 3,
        "start": 0,
    }
    row = at | {"source": "rebels", "target": "army", "relation": "fights", "sign": -1, "end": 3}
    tables = analysis.reduce(
        frame("articles", [{"article_id": "a", "text": "Edda Marlow left.", "n_tokens": 4}]),
        aliases=pd.DataFrame({"alias": ["Edda Marlow"], "actor": ["Minister Marlow"]}),
        mentions=frame("mentions", [mention | {"chain": "Edda Marlow"}]),
        quotes=frame("quotes"),
        relations=frame("relations", [row | {"claimed_by": name} for name in ("Edda Marlow", "an aide", "")]),
    )
    assert tables.relations["claimed_by"].tolist() == ["Minister Marlow", "an aide", ""]
