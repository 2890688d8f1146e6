import os
import re
import signal
import subprocess
import sys
from threading import Event

import nbformat
import pandas as pd
import pytest
import spacy

from newsvoices.__main__ import main


@pytest.fixture
def fake_pipeline(monkeypatch, with_rules):
    """A pipeline that knows two names, in place of the bundled one."""

    def load_pipeline(name=None):
        if name not in (None, "ruler"):
            raise ValueError(f"no pipeline {name}")
        nlp = spacy.blank("en")
        patterns = [{"label": "PERSON", "pattern": "Edda Marlow"}, {"label": "GPE", "pattern": "Morast"}]
        nlp.add_pipe("entity_ruler").add_patterns(patterns)
        return with_rules(nlp)

    for module in ("annotate", "versions"):
        monkeypatch.setattr(f"newsvoices.engine.{module}.load_pipeline", load_pipeline)


def notebook(path, *cells):
    nb = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    nb.cells = [nbformat.v4.new_code_cell("articles = 'none'", metadata={"tags": ["parameters"]})]
    new = {True: nbformat.v4.new_markdown_cell, False: nbformat.v4.new_code_cell}
    nb.cells += [new[cell.startswith("# ")](cell.removeprefix("# ")) for cell in cells]
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nb, path)


def test_tables_of_articles_without_a_loss_say_nothing(write, folder, tmp_path, fake_pipeline, capfd):
    write("a.txt", "Edda Marlow left Morast.")
    write("b.jsonl", '{"article_id": "b", "text": "In Morast."}\n')
    assert main(["tables", str(folder), "--out", str(tmp_path / "out"), "--pipeline", "ruler"]) == 0
    mentions = pd.read_csv(tmp_path / "out" / "mentions.csv")
    assert mentions[["article_id", "start", "end", "text"]].to_numpy().tolist() == [
        ["a", 0, 11, "Edda Marlow"],
        ["a", 17, 23, "Morast"],
        ["b", 3, 9, "Morast"],
    ]
    assert len(pd.read_csv(tmp_path / "out" / "articles.csv")) == 2
    assert capfd.readouterr() == ("", "")


def test_what_was_skipped_is_counted_and_listed_with_status_0(write, folder, tmp_path, fake_pipeline, capfd):
    write("a.txt", "Caf\xe9".encode("cp1252"))
    write("b.txt", b"")
    assert main(["tables", str(folder), "--out", str(tmp_path / "out")]) == 0
    assert capfd.readouterr().err.splitlines() == [
        "newsvoices: left out: 1 of 2 items",
        "  b.txt: empty",
        "newsvoices: guessed: 1",
        "  a.txt: not UTF-8: read as Windows-1252",
    ]


@pytest.mark.parametrize(
    ("content", "status", "message"),
    [
        (
            {"a.txt": b"\0"},
            1,
            "left out: 1 of 1 items\n  a.txt: binary\nnewsvoices: corpus: no article could be read",
        ),
        ({"a.csv": b"name\nA\n", "b.txt": b""}, 1, "left out: 2 of 2 items"),
        ({"a.mp3": b"ID3"}, 2, "no articles in this folder; found are 1 .mp3, accepted .txt"),
        ({}, 2, "no articles in this folder; found are no files, accepted .txt"),
    ],
)
def test_nothing_to_read_is_an_error_and_writes_nothing(
    content, status, message, write, folder, tmp_path, fake_pipeline, monkeypatch, capfd
):
    for name, data in content.items():
        write(name, data)
    monkeypatch.chdir(tmp_path)
    assert main(["tables", "corpus", "--out", "out"]) == status
    assert message in capfd.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_path_or_pipeline_that_is_not_there_is_one_line(write, folder, tmp_path, fake_pipeline, capfd):
    write("a.txt", "Talks resumed.")
    assert main(["tables", str(folder / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert main(["tables", str(folder), "--out", str(tmp_path / "out"), "--pipeline", "none"]) == 2
    first, second = capfd.readouterr().err.splitlines()
    assert first.endswith("nowhere: no such file or folder")
    assert second == "newsvoices: no pipeline none"


@pytest.mark.parametrize("workers", ["0", "-1", "two"])
def test_workers_is_a_number_of_processes(workers, folder, tmp_path, capfd):
    with pytest.raises(SystemExit) as stopped:
        main(["tables", str(folder), "--out", str(tmp_path), f"--workers={workers}"])
    assert stopped.value.code == 2
    assert f"{workers} is not a number of processes" in capfd.readouterr().err


def test_run_needs_notebooks(write, folder, tmp_path, fake_pipeline, capfd):
    write("a.txt", "Talks resumed.")
    arguments = [
        "run",
        str(folder),
        "--out",
        str(tmp_path / "out"),
        "--notebooks",
        str(tmp_path / "notebooks"),
    ]
    assert main(arguments) == 2
    (tmp_path / "notebooks").mkdir()
    assert main(arguments) == 2
    missing, empty = capfd.readouterr().err.splitlines()
    assert missing.endswith("notebooks: no such folder of notebooks; name it with --notebooks")
    assert "notebooks: no notebook (.ipynb) in this folder" in empty
    assert not (tmp_path / "out").exists()


def test_run_leaves_pages_figures_and_tables_and_names_a_notebook_that_stops(
    write, folder, tmp_path, fake_pipeline, monkeypatch, capfd
):
    write("a.txt", "Edda Marlow left Morast.")
    write("b<i>.txt", b"")
    notebook(
        tmp_path / "notebooks" / "01-fine.ipynb",
        "from pathlib import Path; print(Path(articles, 'a.txt').read_text(), Path().absolute().name)",
        "import matplotlib.pyplot as plt; _ = plt.plot([1, 2])",
        "# # One <fine> notebook\n[next](02-broken.ipynb#there), [more](../README.md)",
    )
    notebook(tmp_path / "notebooks" / "02-broken.ipynb", "print('before')", "1 / 0")
    before = [path.read_bytes() for path in sorted((tmp_path / "notebooks").iterdir())]
    (tmp_path / "out" / "figures").mkdir(parents=True)
    (tmp_path / "out" / "figures" / "01-fine-2.png").write_bytes(b"of another corpus")
    monkeypatch.chdir(tmp_path)
    assert main(["run", "corpus", "--out", "out"]) == 1
    out, error = capfd.readouterr()
    assert out == ""
    assert (
        error.splitlines()[-1] == "newsvoices: 02-broken.ipynb stopped: ZeroDivisionError: division by zero"
    )
    assert "KeyboardInterrupt" not in error
    assert sorted(path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.glob("out/**/*.*")) == [
        "01-fine.html",
        "01-fine.ipynb",
        "02-broken.html",
        "02-broken.ipynb",
        "explore.html",
        "figures/01-fine-1.png",
        "index.html",
        "report.csv",
        "tables/actors.csv",
        "tables/articles.csv",
        "tables/mentions.csv",
        "tables/quotes.csv",
        "tables/relations.csv",
        "tables/run.json",
    ]
    page = (tmp_path / "out" / "01-fine.html").read_text(encoding="utf-8")
    assert "Edda Marlow left Morast. notebooks" in page
    assert "<script src=" not in page
    assert "://cdn" not in page
    assert "<title>One &lt;fine&gt; notebook</title>" in page
    assert 'href="02-broken.html#there"' in page
    assert "README.md" not in page
    assert page.count("Parameters") == 1
    assert "&#39;none&#39;" not in page
    assert 'id="show-code"' in page
    assert "before" in (tmp_path / "out" / "02-broken.html").read_text(encoding="utf-8")
    assert [path.read_bytes() for path in sorted((tmp_path / "notebooks").iterdir())] == before
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    links = re.findall('href="([^"]*)"', index)
    assert all((tmp_path / "out" / link).is_file() for link in links)
    assert {"01-fine.html", "02-broken.html", "tables/quotes.csv", "figures/01-fine-1.png"} <= set(links)
    assert "b&lt;i&gt;.txt" in index
    assert "stopped: ZeroDivisionError" in index
    report = pd.read_csv(tmp_path / "out" / "report.csv").to_numpy().tolist()
    assert report == [["left out", "b<i>.txt", "empty"]]


def test_control_characters_reach_no_terminal(write, folder, tmp_path, fake_pipeline, capfd):
    write("a.txt", "Morast.")
    write("b\x1b[2J\n.txt", b"")
    write("c.jsonl", '{"text": "Morast again.", "date": "\\u001b]0;title\\u0007", "outlet": "x"}')
    assert main(["tables", str(folder), "--out", str(tmp_path / "out")]) == 0
    assert main(["tables", str(folder / "no\x1b[2J"), "--out", str(tmp_path / "out")]) == 2
    said = capfd.readouterr().err
    assert "  b\\x1b[2J\\n.txt: empty\n" in said
    assert "\\x1b]0;title\\x07" in said
    assert not set(said) & {"\x1b", "\x07"}


def test_no_cache_keeps_nothing_and_cache_keeps_it_where_it_says(
    write, folder, tmp_path, fake_pipeline, cache
):
    write("a.txt", "Morast.")
    assert main(["tables", str(folder), "--out", str(tmp_path / "out"), "--no-cache"]) == 0
    assert not cache.exists()
    assert (
        main(["tables", str(folder), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "mine")]) == 0
    )
    assert not cache.exists()
    assert any((tmp_path / "mine").glob("quotes-*/*.parquet"))
    assert main(["tables", str(folder), "--out", str(tmp_path / "out")]) == 0
    assert cache.exists()


def stop(*_):
    raise KeyboardInterrupt


def terminate(*_):
    os.kill(os.getpid(), signal.SIGTERM)
    until = Event()
    until.wait(60)


@pytest.mark.parametrize("ending", [stop, terminate])
@pytest.mark.parametrize("how", [[], ["--no-cache"]])
def test_broken_off_says_what_is_kept(
    ending, how, write, folder, tmp_path, fake_pipeline, cache, monkeypatch, capfd
):
    write("a.txt", "Morast.")
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("newsvoices.engine.annotate._annotated", ending)
    assert main(["tables", str(folder), "--out", str(tmp_path / "out"), *how]) == 130
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    kept = "nothing is kept (--no-cache)" if how else f"what was worked out is kept in {cache}"
    assert said.startswith(f"newsvoices: stopped; {kept}")
    assert signal.getsignal(signal.SIGTERM) == before


def raising(error):
    def fail(*_, **__):
        raise error

    return fail


@pytest.mark.parametrize(
    ("where", "error", "said"),
    [
        (
            "analysis.analyse.annotate_batch",
            RuntimeError("a worker process ended unexpectedly"),
            "a worker process ended",
        ),
        (
            "files.saving._write",
            OSError(28, "No space left on device"),
            "out: No space left on device. Make room",
        ),
    ],
)
def test_a_worker_killed_or_a_full_disk_is_one_line(
    where, error, said, write, folder, tmp_path, fake_pipeline, monkeypatch, capfd
):
    write("a.txt", "Morast.")
    monkeypatch.setattr(f"newsvoices.{where}", raising(error))
    assert main(["tables", str(folder), "--out", str(tmp_path / "out")]) == 2
    message = capfd.readouterr().err
    assert said in message
    assert message.count("\n") == 1


def test_module_runs_as_a_command(folder):
    arguments = [sys.executable, "-m", "newsvoices", "tables", str(folder / "nowhere"), "--out", "out"]
    done = subprocess.run(arguments, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("newsvoices: ")
    assert done.stderr.count("\n") == 1


def test_columns_and_dates_are_named_on_the_command_line(write, tmp_path, fake_pipeline, capfd):
    path = write("a.csv", "story,paper,when\nEdda Marlow left Morast.,Courier,03/04/2024\n")
    options = ["--columns", "text=story", "outlet=paper", "date=when", "--dates", "day-first"]
    assert main(["tables", str(path), "--out", str(tmp_path / "out"), *options]) == 0
    articles = pd.read_csv(tmp_path / "out" / "articles.csv")
    assert articles[["text", "outlet", "date"]].to_numpy().tolist() == [
        ["Edda Marlow left Morast.", "Courier", "2024-04-03"]
    ]
    with pytest.raises(SystemExit, match="2"):
        main(["tables", str(path), "--out", str(tmp_path / "out"), "--columns", "story"])
    assert "story does not say whose column is whose, as text=body does" in capfd.readouterr().err


def test_notebooks_read_articles_whose_columns_were_named(write, tmp_path, fake_pipeline):
    path = write("a.csv", "story\nEdda Marlow left Morast.\n")
    notebook(
        tmp_path / "books" / "a.ipynb",
        "import newsvoices\nassert len(newsvoices.read_articles(articles)) == 1",
    )
    options = [
        "--out",
        str(tmp_path / "out"),
        "--notebooks",
        str(tmp_path / "books"),
        "--columns",
        "text=story",
    ]
    assert main(["run", str(path), *options]) == 0
