import csv
import errno
import json
import os
import signal
from multiprocessing import get_context
from pathlib import Path
from threading import Thread

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsvoices import Tables, frame, save_tables
from newsvoices.files import saving
from newsvoices.files.saving import (
    FILES,
    RUN,
    escape_formula,
    read_tables,
    unescape_formula,
    without_formulas,
)

CELLS = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\tx",
    "\rx",
    "a=1",
    "“é,”\n=x",
    "",
    " =1",
    "\ufeff=1",
    "“-",
    "'=1",
    "'tis",
]


def tables_of(cells, run="a"):
    rows = [{"article_id": run, "start": 0, "end": len(cell), "text": cell} for cell in cells]
    articles = [{"article_id": run, "text": cell, "n_tokens": 1} for cell in cells]
    quotes = [{**row, "quote_id": run} for row in rows]
    relations = [{**row, "sign": -1} | dict.fromkeys(OFFSETS, 0) for row in rows]
    actors = [dict.fromkeys(("n_mentions", "n_articles", "n_quotes", "n_words_quoted"), 1) | {"actor": run}]
    return Tables(
        frame("articles", articles),
        frame("mentions", rows),
        frame("quotes", quotes),
        frame("actors", actors),
        frame("relations", relations),
    )


OFFSETS = ("source_start", "source_end", "target_start", "target_end")


@pytest.fixture
def tables():
    return tables_of(CELLS)


def runs_in(folder):
    """Which runs the articles and the quotes in a folder are of."""
    return {pd.read_csv(folder / name)["article_id"].iloc[0] for name in ("articles.csv", "quotes.csv")}


def test_tables_are_written_as_utf_8_with_a_header_and_the_run_they_are_of(tables, tmp_path):
    files = save_tables(tables, folder=tmp_path / "new" / "out")
    assert [file.name for file in files] == FILES
    assert (
        files[0].read_bytes().startswith((",".join(f'"{name}"' for name in tables.articles) + "\n").encode())
    )
    assert sorted(file.name for file in files[0].parent.iterdir()) == sorted([*FILES, RUN])
    about = json.loads((tmp_path / "new" / "out" / RUN).read_text())
    assert about["tables"]["mentions.csv"]["rows"] == len(CELLS)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out"]


def test_text_cells_cannot_be_formulas_and_numbers_stay_numbers(tables, tmp_path):
    tables.mentions.loc[0, "start"] = -1
    _, file, *_ = save_tables(tables, folder=tmp_path)
    with file.open(encoding="utf-8", newline="") as lines:
        saved = pd.read_csv(lines, keep_default_na=False)
    assert saved["text"].tolist() == [
        "'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "a=1", "“é,”\n=x", "", "' =1", "'\ufeff=1", "'“-",
        "''=1", "'tis",
    ]  # fmt: skip
    assert saved.loc[0, "start"] == -1


@pytest.mark.parametrize("dtype", ["str", "object", "category", "string"])
def test_headers_and_cells_of_every_kind_of_text_are_guarded(dtype):
    table = pd.DataFrame({"=HYPERLINK(1)": pd.Series(["@a", "b", None], dtype=dtype), "n": [-1, 2, 3]})
    guarded_table = without_formulas(table)
    assert list(guarded_table) == ["'=HYPERLINK(1)", "n"]
    assert guarded_table.iloc[:2, 0].tolist() == ["'@a", "b"]
    assert guarded_table.iloc[2, 0] is None or pd.isna(guarded_table.iloc[2, 0])
    assert guarded_table["n"].tolist() == [-1, 2, 3]
    assert list(table) == ["=HYPERLINK(1)", "n"]


def test_a_table_with_two_columns_of_one_name_or_none_is_guarded():
    table = pd.DataFrame([["=1", "+1"]], columns=["a", "a"])
    assert without_formulas(table).to_numpy().tolist() == [["'=1", "'+1"]]
    assert without_formulas(pd.DataFrame()).empty


@given(st.text(alphabet=" '\"“=+-@\t\r\n\ufeffa1"))
def test_what_was_guarded_reads_back_unchanged(cell):
    assert unescape_formula(escape_formula(cell)) == cell
    assert not escape_formula(cell).lstrip(' "“\n\ufeff').startswith(tuple("=+-@\t\r"))


def test_saved_tables_are_read_back_cell_by_cell(tables, tmp_path):
    tables.quotes.loc[0, "cue_start"] = 3
    save_tables(tables, folder=tmp_path)
    back = read_tables(tmp_path)
    for name in FILES:
        table = name.removesuffix(".csv")
        pd.testing.assert_frame_equal(getattr(back, table), getattr(tables, table))


def test_files_that_were_changed_since_are_not_read_as_one_run(tables, tmp_path):
    save_tables(tables, folder=tmp_path)
    with (tmp_path / "quotes.csv").open("a") as file:
        csv.writer(file).writerow(["more"])
    with pytest.raises(ValueError, match=r"quotes.csv not as run .* wrote them"):
        read_tables(tmp_path)


@pytest.mark.parametrize("beside", [False, True])
def test_a_disk_that_is_full_leaves_the_old_files_and_says_so(beside, tables, tmp_path, monkeypatch):
    folder = tmp_path / "out"
    files = save_tables(tables, folder=folder)
    if beside:
        (folder / "my notes.txt").write_text("kept")
    before = {file: file.read_bytes() for file in folder.iterdir()}
    to_csv = pd.DataFrame.to_csv

    def fail_at_mentions(self, path, **options):
        if "mentions" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        to_csv(self, path, **options)

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail_at_mentions)
    with pytest.raises(OSError, match=r"cannot write to .*out: No space left on device. Make room there"):
        save_tables(tables_of(["b"], "b"), folder=folder)
    assert {file: file.read_bytes() for file in folder.iterdir()} == before
    assert set(files) <= set(before)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def other_things_stay(folder):
    (folder / "my notes.txt").write_text("kept")


def nothing_else(folder):
    pass


def killed_at(call, folder):
    """Saves run b and is killed at its `call`-th step that changes the file system."""
    count = 0

    def step(function):
        def counted(*arguments, **options):
            nonlocal count
            count += 1
            if count == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return counted

    for name in ("rename", "unlink", "mkdir", "rmdir"):
        setattr(Path, name, step(getattr(Path, name)))
    saving._sha256, saving._swapped = step(saving._sha256), step(saving._swapped)
    os.unlink = step(os.unlink)
    save_tables(tables_of(["=b", "b"], "b"), folder=folder)


@pytest.mark.parametrize("beside", [nothing_else, other_things_stay])
@pytest.mark.parametrize("swaps", [True, False])
def test_killed_at_any_step_a_folder_never_holds_two_runs(beside, swaps, tables, tmp_path, monkeypatch):
    if not swaps:
        monkeypatch.setattr(saving, "_swapped", lambda new, folder: False)
    folder, context, call, ended = tmp_path / "out", get_context("fork"), 0, None
    while ended != 0:
        call += 1
        save_tables(tables, folder=folder)
        beside(folder)
        run = context.Process(target=killed_at, args=(call, folder))
        run.start()
        run.join()
        ended = run.exitcode
        assert ended in (0, -signal.SIGKILL)
        found = [name for name in FILES if (folder / name).exists()]
        if (folder / RUN).exists():
            read_tables(folder)
        elif found:
            assert not swaps or beside is other_things_stay
            assert len({pd.read_csv(folder / name).iloc[0, 0] for name in found}) == 1
        assert beside is nothing_else or (folder / "my notes.txt").exists()
    assert call > 8
    assert runs_in(folder) == {"b"}
    save_tables(tables, folder=folder)
    assert not list(tmp_path.rglob(".newsvoices-*"))


@pytest.mark.parametrize("beside", [nothing_else, other_things_stay])
def test_threads_that_save_into_one_folder_leave_one_run_whole(beside, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    beside(folder)
    runs = [tables_of([name] * 50, name) for name in "abcd"]
    failed = []

    def save(run):
        try:
            save_tables(run, folder=folder)
        except Exception as error:  # noqa: BLE001
            failed.append(error)

    threads = [Thread(target=save, args=(run,)) for run in runs * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    read_tables(folder)
    assert len(runs_in(folder)) == 1


def test_a_folder_that_is_a_link_stays_one(tables, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    save_tables(tables, folder=tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real" / RUN).exists()


def test_the_working_directory_stays_where_it_is(tables, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = Path().stat().st_ino
    save_tables(tables, folder=".")
    assert Path(RUN).exists()
    assert tmp_path.stat().st_ino == before
