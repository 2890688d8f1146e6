import csv
import io
import multiprocessing
import os
import signal

import pytest

from newsvoices import add_checks, read_checks
from newsvoices.check_files.ledger import COLUMNS

SAID = {
    "coder": "Edda",
    "article_id": "007",
    "text_hash": "t1e5",
    "about": "quote",
    "answer": "quote",
    "spans": "12..18;30..41",
    "words": "“The bridge, I’d say,” … “is safe”",
    "kind": "direct",
    "speaker": "Ilse Maren",
    "speaker_spans": "1..11",
    "speaker_type": "person",
}
DRAWN = SAID | {
    "about": "drawn",
    "answer": "one coder",
    "spans": "",
    "probability": 0.25,
    "of": 12,
    "stratum": "outlet: X",
}


def test_what_is_said_is_read_back(tmp_path):
    add_checks([DRAWN, SAID], file=tmp_path / "checks" / "edda.csv")
    drawn, said = read_checks(tmp_path / "checks").to_dict("records")
    assert (said["spans"], said["words"], said["article_id"]) == ("12-18;30-41", SAID["words"], "007")
    assert (drawn["probability"], drawn["of"], drawn["stratum"]) == (0.25, 12, "outlet: X")


@pytest.mark.parametrize("words", ["=1+1", "“=1", '"=1', "'=1", "\ufeff=1", "＝1", "-1", "'tis"])
def test_words_are_no_formula_in_a_spreadsheet_and_are_read_back(tmp_path, words):
    add_checks([SAID | {"words": words, "speaker": words}], file=tmp_path / "checks.csv")
    cells = next(csv.DictReader(io.StringIO((tmp_path / "checks.csv").read_text("utf-8-sig"))))
    assert cells["words"] == words if words == "'tis" else cells["words"] == f"'{words}"
    (said,) = read_checks(tmp_path / "checks.csv").to_dict("records")
    assert [said["words"], said["speaker"]] == [words, words]


def test_the_last_word_counts_and_what_is_undone_is_not_said(tmp_path):
    file = tmp_path / "checks.csv"
    add_checks([SAID, SAID | {"answer": "no quote"}, SAID | {"coder": "Goran"}], file=file)
    assert read_checks(file)[["coder", "answer"]].to_numpy().tolist() == [
        ["Edda", "no quote"],
        ["Goran", "quote"],
    ]
    add_checks([SAID | {"answer": "undone"}], file=file)
    assert read_checks(file)["coder"].tolist() == ["Goran"]


def test_an_unknown_column_writes_nothing(tmp_path):
    with pytest.raises(ValueError, match="no column mood"):
        add_checks([SAID, SAID | {"mood": "good"}], file=tmp_path / "checks.csv")
    assert not (tmp_path / "checks.csv").exists()


def number_of(row) -> int:
    return int(row.removeprefix("word "))


def keep_adding(file, done) -> None:
    for number in range(1000):
        add_checks([SAID | {"spans": "", "words": f"word {number}"}], file=file)
        os.write(done, b".")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process by a signal")
def test_a_kill_loses_no_action_and_leaves_none_half_written(tmp_path):
    for run in range(100):
        file = tmp_path / f"{run}.csv"
        seen, done = os.pipe()
        writer = multiprocessing.get_context("fork").Process(target=keep_adding, args=(file, done))
        writer.start()
        acknowledged = sum(len(os.read(seen, 1)) for _ in range(run % 4))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        os.close(done)
        acknowledged += len(os.read(seen, 2000))
        os.close(seen)
        if acknowledged:
            facts = read_checks(file)
            assert facts.attrs["problems"] == []
            assert facts["words"].tolist() == [f"word {number}" for number in range(len(facts))]
            assert len(facts) in (acknowledged, acknowledged + 1)


def test_a_line_that_was_cut_off_is_named_and_the_next_one_is_whole(tmp_path):
    file = tmp_path / "checks.csv"
    add_checks([SAID], file=file)
    add_checks([SAID | {"words": "other", "spans": ""}], file=file)
    file.write_bytes(file.read_bytes()[:-30])
    with pytest.warns(match="1 .*line 3: not a whole line"):
        assert len(read_checks(file)) == 1
    add_checks([SAID | {"coder": "Goran"}], file=file)
    assert read_checks(file)["coder"].tolist() == ["Edda", "Goran"]


def test_lines_added_at_once_count_together_or_not_at_all(tmp_path):
    file = tmp_path / "checks.csv"
    add_checks([SAID | {"coder": "Goran"}], file=file)
    before = len(file.read_bytes())
    add_checks([SAID | {"spans": "", "words": word} for word in ("one", "two", "three")], file=file)
    whole = file.read_bytes()
    for end in range(before + 1, len(whole) - 1, 7):
        file.write_bytes(whole[:end])
        with pytest.warns(match="not a whole line|what it only counts with is missing"):
            assert read_checks(file)["coder"].tolist() == ["Goran"]
    add_checks([SAID | {"coder": "Ilse"}], file=file)
    assert read_checks(file)["coder"].tolist() == ["Goran", "Ilse"]


def test_another_file_is_never_taken_for_a_ledger(tmp_path):
    file = tmp_path / "sheet.csv"
    file.write_text("row,article_id,words,right?\nquote,007,It is.,yes\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"sheet\.csv is no ledger, and stays as it is"):
        add_checks([SAID], file=file)
    assert file.read_text("utf-8").endswith("yes\n")


def add_many(file, coder) -> None:
    for number in range(40):
        add_checks([SAID | {"coder": coder, "spans": "", "words": f"word {number}"}], file=file)


def test_two_people_write_into_one_file_and_one_folder(tmp_path):
    fork = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    files = (tmp_path / "both.csv", tmp_path / "both.csv", tmp_path / "ilse.csv")
    writers = [
        fork.Process(target=add_many, args=args)
        for args in zip(files, ("Edda", "Goran", "Ilse"), strict=True)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    facts = read_checks(tmp_path)
    assert facts.attrs["problems"] == []
    assert facts.groupby("coder")["words"].nunique().tolist() == [40, 40, 40]


def through_excel(data: bytes, *, encoding: str, delimiter: str, comma: bool = False) -> bytes:
    """As a spreadsheet saves it: dates and decimals in its own way, empty rows at the end, Windows line ends."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    for row in rows[1:]:
        row[0] = "18.03.2024 10:00"
        row[list(COLUMNS).index("complete")] = "Yes"
        if comma:
            row[list(COLUMNS).index("probability")] = row[list(COLUMNS).index("probability")].replace(
                ".", ","
            )
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([*rows, [""] * len(COLUMNS)])
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "delimiter", "comma"),
    [("utf-8-sig", ",", False), ("cp1252", ";", True), ("utf-16", "\t", True), ("utf-8", ";", False)],
)
def test_a_ledger_that_a_spreadsheet_saved_is_read_and_goes_on(tmp_path, encoding, delimiter, comma):
    file = tmp_path / "checks.csv"
    add_checks([DRAWN, SAID, SAID | {"spans": "", "words": "=cmd()", "actor": "@Kell"}], file=file)
    before = read_checks(file).drop(columns="line")
    file.write_bytes(through_excel(file.read_bytes(), encoding=encoding, delimiter=delimiter, comma=comma))
    assert read_checks(file).drop(columns="line").equals(before)
    add_checks([SAID | {"coder": "Goran"}], file=file)
    assert read_checks(file)["coder"].tolist() == ["Edda", "Edda", "Edda", "Goran"]
    assert read_checks(file)["words"].tolist()[2] == "=cmd()"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"about": "mood"}, "about is 'mood'"),
        ({"answer": "maybe"}, "answer is 'maybe'"),
        ({"text_hash": ""}, "of which text"),
        ({"spans": "12-Dec"}, "spans is '12-Dec'"),
        ({"speaker_type": "robot"}, "speaker_type is 'robot'"),
        ({"spans": "", "words": ""}, "neither spans nor words"),
    ],
)
def test_what_is_not_understood_is_named_by_its_line(tmp_path, wrong, message):
    add_checks([SAID, SAID | {"coder": "Goran"} | wrong], file=tmp_path / "checks.csv")
    with pytest.warns(match=f"checks.csv, line 3: .*{message}"):
        facts = read_checks(tmp_path / "checks.csv")
    assert len(facts) == len(facts.attrs["problems"]) == 1


def test_a_folder_without_checks_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match="no checks in"):
        read_checks(tmp_path)
