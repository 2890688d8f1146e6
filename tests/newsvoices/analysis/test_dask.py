import os
import signal
from functools import partial
from types import SimpleNamespace

import pandas as pd
import pytest
import spacy
from distributed import Client, KilledWorker, LocalCluster, WorkerPlugin
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from newsvoices import LossWarning, analyse, analyse_dataset, frame, read_articles
from newsvoices.analysis import analyse as analysis
from newsvoices.analysis import dataset
from newsvoices.analysis.dask import on_cluster
from newsvoices.engine.annotate import BatchResult, Job, Source


@Language.component("trips_over_morast")
def trips_over_morast(doc):
    if "Morast" in doc.text:
        raise OverflowError("Morast")
    return doc


class Registered(WorkerPlugin):
    """Unpickling it in a worker, one started anew included, imports this module, which registers the component."""


@pytest.fixture(scope="module")
def client():
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        client.register_plugin(Registered())
        yield client


@pytest.fixture
def saved(tmp_path, with_rules):
    """A path to a pipeline that knows a name; load_pipeline has nothing to add to it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("trips_over_morast")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Edda Marlow"}])
    with_rules(nlp)
    nlp.to_disk(tmp_path / "pipeline")
    return str(tmp_path / "pipeline")


def corpus(n):
    texts = [f"Edda Marlow left {i}." for i in range(n)]
    return frame(
        "articles", [{"article_id": f"a{i}", "text": text, "n_tokens": 5} for i, text in enumerate(texts)]
    )


def test_a_cluster_gives_what_one_process_gives_and_fills_the_cache(client, saved, monkeypatch):
    one, two = analyse(corpus(50), nlp=saved, cache=None), analyse(corpus(50), nlp=saved, client=client)
    pd.testing.assert_frame_equal(one.mentions, two.mentions)
    monkeypatch.setattr("newsvoices.analysis.analyse.annotate_batch", None)
    pd.testing.assert_frame_equal(analyse(corpus(50), nlp=saved).mentions, one.mentions)


def test_an_article_that_fails_on_the_cluster_is_named_and_the_rest_completes(client, saved):
    articles = corpus(20)
    articles.loc[7, "text"] = "In Morast."
    with pytest.warns(LossWarning, match="left out: 1 of 20 articles .OverflowError: Morast"):
        tables = analyse(articles, nlp=saved, client=client, cache=None)
    assert tables.articles.attrs["skipped"] == [{"source_file": "a7", "reason": "OverflowError: Morast"}]
    assert len(tables.mentions) == 19


def test_a_worker_killed_midway_loses_nothing(client, saved, monkeypatch):
    alive, killed = [min(client.run(os.getpid).values())], []

    def store(data, *, folder, store=analysis.store):
        if alive:
            killed.append(alive.pop())
            os.kill(killed[0], signal.SIGKILL)
        store(data, folder=folder)

    monkeypatch.setattr(analysis, "store", store)
    tables = analyse(corpus(400), nlp=saved, client=client)
    assert killed
    pd.testing.assert_frame_equal(tables.mentions, analyse(corpus(400), nlp=saved, cache=None).mentions)
    client.wait_for_workers(2, timeout=300)


def test_a_batch_that_keeps_killing_workers_is_sent_one_by_one(monkeypatch):
    def submitted(client, function, jobs):
        for job in jobs:
            if "b" in job.keys:
                error = KilledWorker("task", SimpleNamespace(address="tcp://gone"), 3)
                yield job, SimpleNamespace(exception=lambda error=error: error)
            else:
                yield (
                    job,
                    SimpleNamespace(exception=lambda: None, result=lambda: BatchResult({"quotes": b""}, {})),
                )

    monkeypatch.setattr("newsvoices.analysis.dask.submitted", submitted)
    jobs = [Job(("a", "b"), ("A", "B"), ()), Job(("c",), ("C",), ())]
    done = list(on_cluster(jobs, client=None, source=Source(None, "", ""), steps={}))
    assert [(job.keys, job.texts, bool(result.failed)) for job, result in done] == [
        (("a",), ("A",), False),
        (("b",), ("B",), True),
        (("c",), ("C",), False),
    ]


def test_a_pipeline_in_memory_is_refused(client):
    with pytest.raises(ValueError, match="give nlp='name'"):
        analyse(corpus(2), nlp=spacy.blank("en"), client=client)


@pytest.fixture
def written(tmp_path):
    """A dataset of one .jsonl and one .parquet file with 100 articles each, two of them not to be used."""
    articles = corpus(100).drop(columns="n_tokens").assign(outlet="Lantern")
    articles.loc[3, "text"], articles.loc[8, "text"] = "In Morast.", ""
    (tmp_path / "dataset").mkdir()
    articles.to_json(tmp_path / "dataset" / "one.jsonl", orient="records", lines=True)
    two = corpus(100).assign(article_id=[f"b{i}" for i in range(100)])
    two.to_parquet(tmp_path / "dataset" / "two.parquet", row_group_size=40)
    return tmp_path / "dataset"


def test_a_dataset_is_read_and_written_by_partition(client, saved, written, tmp_path, monkeypatch):
    monkeypatch.setattr(dataset, "_BLOCK", 5000)
    run = partial(analyse_dataset, written, folder=tmp_path / "out", client=client, nlp=saved)
    with pytest.warns(LossWarning, match="left out: 2 of 200 items"):
        report = run()
    assert (report["source_file"] == "two.parquet").sum() == 3
    assert (report["source_file"] == "one.jsonl").sum() > 2
    assert report["n_articles"].sum() == 198
    articles, mentions = (pd.read_parquet(tmp_path / "out" / table) for table in ("articles", "mentions"))
    expected = [f"a{i}" for i in range(100) if i not in (3, 8)] + [f"b{i}" for i in range(100)]
    assert articles["article_id"].tolist() == mentions["article_id"].tolist() == expected
    assert report.attrs["skipped"] == [
        {"source_file": "one.jsonl", "reason": "line 9: empty"},
        {"source_file": "one.jsonl", "reason": "OverflowError: Morast"},
    ]
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "out").rglob("*.parquet")}
    with pytest.warns(LossWarning):
        pd.testing.assert_frame_equal(run(), report)
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "out").rglob("*.parquet")} == before
    (written / "one.jsonl").unlink()
    assert run()["n_articles"].sum() == 100
    assert len(pd.read_parquet(tmp_path / "out" / "articles")) == 100


def test_articles_of_a_dataset_are_named_and_sorted_by_outlet_as_read_articles_does(
    client, saved, tmp_path, monkeypatch
):
    data = tmp_path / "dataset"
    for name in ("courier/2024.jsonl", "post/2024.jsonl", ".ipynb_checkpoints/2024.jsonl"):
        (data / name).parent.mkdir(parents=True)
        (data / name).write_text("".join(f'{{"text": "Edda Marlow left {name} {i}."}}\n' for i in range(40)))
    (data / "more.csv").write_text("text\nKell\n")
    with pytest.warns(LossWarning, match=r"left out: 1 of 81 items \(more.csv: the format .csv is not read"):
        report = analyse_dataset(data, folder=tmp_path / "out", client=client, nlp=saved)
    assert report["source_file"].tolist() == ["courier/2024.jsonl", "post/2024.jsonl"]
    articles = pd.read_parquet(tmp_path / "out" / "articles")
    read = read_articles(data)
    read = read[read["source_file"].str.endswith(".jsonl")]
    columns = ["article_id", "outlet", "source_file", "text"]
    assert articles[columns].to_numpy().tolist() == read[columns].to_numpy().tolist()
    monkeypatch.setattr(dataset, "_BLOCK", 1000)
    with pytest.warns(LossWarning, match="left out: 1"):
        analyse_dataset(data, folder=tmp_path / "out", client=client, nlp=saved)
    assert pd.read_parquet(tmp_path / "out" / "articles")["article_id"].is_unique


def test_ids_that_two_partitions_give_are_named(client, saved, tmp_path):
    for name in "ab":
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / f"{name}.jsonl").write_text(
            f'{{"article_id": "x", "text": "Edda Marlow {name}."}}\n'
        )
    with pytest.warns(
        LossWarning, match="guessed: 1 .x: this article_id names articles of several partitions"
    ):
        analyse_dataset(tmp_path / "data", folder=tmp_path / "out", client=client, nlp=saved)


def test_tables_do_not_go_into_the_dataset(written):
    with pytest.raises(ValueError, match="lies in the dataset, where its tables would be read as articles"):
        analyse_dataset(written, folder=written / "out", client=None)
    written.rename(written.parent / "articles")
    with pytest.raises(ValueError, match="lies in the dataset"):
        analyse_dataset(written.parent / "articles", folder=written.parent, client=None)


@given(st.lists(st.text(alphabet="ab", max_size=40), min_size=1), st.integers(5, 60))
def test_every_line_of_a_file_is_in_one_partition(tmp_path_factory, lines, block):
    file = tmp_path_factory.mktemp("lines") / "a.jsonl"
    file.write_text("\n".join(lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "_BLOCK", block)
        parts = list(dataset._partitions([file.name], file.parent, "version"))
    read = [line for part in parts for line in dataset._lines(file, part.start, part.stop)]
    assert b"".join(read) == file.read_bytes()


def test_what_is_no_dataset_is_one_clear_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere: no such file or folder"):
        analyse_dataset(tmp_path / "nowhere", folder=tmp_path / "out", client=None)
    (tmp_path / "a.txt").write_text("Morast")
    with pytest.raises(ValueError, match=r"accepted are .jsonl and .parquet files, or a folder of them"):
        analyse_dataset(tmp_path, folder=tmp_path / "out", client=None)
