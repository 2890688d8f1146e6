import os
import signal
from multiprocessing import get_context

from newsvoices.temporary import temporary_folder


def killed(within):
    with temporary_folder(within=within) as folder:
        (folder / "text").write_text("Morast")
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_killed_process_left_is_gone_at_the_next_run_and_what_a_living_one_has_is_not(tmp_path):
    process = get_context("fork").Process(target=killed, args=(tmp_path,))
    process.start()
    process.join()
    assert len(list(tmp_path.glob(".newsvoices-*/text"))) == 1
    (tmp_path / ".newsvoices-elsewhere-1-x").mkdir()
    with temporary_folder(within=tmp_path) as one, temporary_folder(within=tmp_path) as two:
        assert sorted(tmp_path.iterdir()) == sorted([one, two, tmp_path / ".newsvoices-elsewhere-1-x"])
    assert [path.name for path in tmp_path.iterdir()] == [".newsvoices-elsewhere-1-x"]
