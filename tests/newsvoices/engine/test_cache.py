import os
import resource

import pandas as pd
import pytest
import spacy

from newsvoices import analyse, frame
from newsvoices.engine.cache import parquet_of
from newsvoices.engine.versions import short_hash

ARTICLES = frame(
    "articles",
    [{"article_id": f"a{i}", "text": f"Edda Marlow left Morast {i}.", "n_tokens": 6} for i in range(20)],
)


@pytest.fixture
def nlp(with_rules):
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Edda Marlow"}])
    return with_rules(nlp)


def truncated(data):
    return data[: len(data) // 2]


def one_bit_flipped(data):
    return data[:40] + bytes([data[40] ^ 1]) + data[41:]


def empty(data):
    return b""


def foreign(data):
    return b"PAR1 but nothing else"


def of_another_step(data):
    return parquet_of(frame("mentions"), step="mentions-other", keys=[short_hash(ARTICLES.loc[0, "text"])])


def of_other_columns(data):
    key = short_hash(ARTICLES.loc[0, "text"])
    return lambda step: parquet_of(pd.DataFrame({"article_id": [key], "n": [1]}), step=step, keys=[key])


def of_other_types(data):
    key = short_hash(ARTICLES.loc[0, "text"])
    rows = frame("mentions", [{"article_id": key, "start": 0, "end": 1}]).astype({"start": "str"})
    return lambda step: parquet_of(rows.assign(start="here"), step=step, keys=[key])


@pytest.mark.parametrize("of", [of_other_columns, of_other_types])
def test_a_file_under_its_own_hash_but_of_another_form_is_set_aside(of, nlp, cache):
    first = analyse(ARTICLES, nlp=nlp)
    folder = next(cache.glob("mentions-*"))
    for file in folder.iterdir():
        file.unlink()
    data = of(None)(folder.name)
    (folder / f"{short_hash(data)}.parquet").write_bytes(data)
    with pytest.warns(UserWarning, match=short_hash(data)):
        pd.testing.assert_frame_equal(analyse(ARTICLES, nlp=nlp).mentions, first.mentions)


def test_a_pipe_among_its_files_is_set_aside_and_not_waited_for(nlp, cache):
    first = analyse(ARTICLES, nlp=nlp)
    file = next(cache.glob("mentions-*/*.parquet"))
    file.unlink()
    os.mkfifo(file)
    with pytest.warns(UserWarning, match=file.name):
        pd.testing.assert_frame_equal(analyse(ARTICLES, nlp=nlp).mentions, first.mentions)


def test_a_file_in_place_of_a_folder_is_set_aside(nlp, cache):
    first = analyse(ARTICLES, nlp=nlp)
    folder = next(cache.glob("mentions-*"))
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.write_text("no folder")
    with pytest.warns(UserWarning, match=folder.name):
        pd.testing.assert_frame_equal(analyse(ARTICLES, nlp=nlp).mentions, first.mentions)
    assert folder.is_dir()


@pytest.mark.parametrize("damage", [truncated, one_bit_flipped, empty, foreign, of_another_step])
def test_a_damaged_or_foreign_file_is_named_set_aside_and_worked_out_anew(damage, nlp, cache):
    first = analyse(ARTICLES, nlp=nlp)
    file = sorted(cache.glob("mentions-*/*.parquet"))[0]
    file.write_bytes(damage(file.read_bytes()))
    with pytest.warns(UserWarning, match=file.name):
        again = analyse(ARTICLES, nlp=nlp)
    pd.testing.assert_frame_equal(again.mentions, first.mentions)
    assert file.with_suffix(".damaged").exists()
    pd.testing.assert_frame_equal(analyse(ARTICLES, nlp=nlp).mentions, first.mentions)


def test_a_cache_that_cannot_be_written_is_one_clear_error_before_the_work(nlp, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr("newsvoices.analysis.analyse.annotate_batch", None)
    with pytest.raises(OSError, match=r"cannot write to .*file/cache: Not a directory. Make room"):
        analyse(ARTICLES, nlp=nlp, cache=tmp_path / "file" / "cache")


def test_a_full_disk_is_one_clear_error_and_leaves_nothing_half_written(nlp, cache):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match=r"cannot write to .*derived: File too large"):
            analyse(ARTICLES, nlp=nlp)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [file for file in cache.rglob("*") if file.is_file()] == []


def test_a_cache_that_can_only_be_read_serves_what_it_holds(nlp, cache, monkeypatch):
    first = analyse(ARTICLES, nlp=nlp)
    monkeypatch.setattr("newsvoices.analysis.analyse.check_writable", None)
    monkeypatch.setattr("newsvoices.analysis.analyse.store", None)
    pd.testing.assert_frame_equal(analyse(ARTICLES, nlp=nlp).mentions, first.mentions)
