import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import pytest

from newsvoices.analysis.pool import own_processes
from newsvoices.temporary import temporary_folder

SCRIPT = """
import os, sys, time
from pathlib import Path
from newsvoices.analysis.pool import own_processes
from newsvoices.temporary import temporary_folder

def work(folder):
    Path(folder, str(os.getpid())).touch()
    time.sleep(600)

if __name__ == "__main__":
    with temporary_folder(within=Path(sys.argv[2])), own_processes(2) as pool:
        list(pool.map(work, [sys.argv[1]] * 4))
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_the_process_that_started_them(ending, tmp_path, lives, until):
    (tmp_path / "script.py").write_text(SCRIPT)
    (tmp_path / "workers").mkdir()
    (tmp_path / "temporary").mkdir()
    command = [sys.executable, "script.py", str(tmp_path / "workers"), str(tmp_path / "temporary")]
    heeded = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell's background job ignores it
    parent = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, preexec_fn=heeded)
    until(lambda: len(list((tmp_path / "workers").iterdir())) == 2)
    workers = [int(path.name) for path in (tmp_path / "workers").iterdir()]
    assert all(map(lives, workers))
    parent.send_signal(ending)
    until(lambda: not any(map(lives, workers)))
    said = parent.communicate()[1]
    assert b"SpawnProcess" not in said
    left = list((tmp_path / "temporary").iterdir())
    assert len(left) == (0 if ending == signal.SIGINT else 1)
    with temporary_folder(within=tmp_path / "temporary") as ours:
        assert list((tmp_path / "temporary").iterdir()) == [ours]


def killed():
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_killed_is_told_and_the_others_are_not_waited_for():
    with pytest.raises(BrokenProcessPool), own_processes(2) as pool:
        pool.submit(time.sleep, 600)
        pool.submit(killed).result()


def test_arrays_are_multiplied_in_one_thread_unless_the_user_has_set_a_number(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    with own_processes(1) as pool:
        assert pool.submit(os.getenv, "OMP_NUM_THREADS").result() == "1"
    assert "OMP_NUM_THREADS" not in os.environ
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    with own_processes(1) as pool:
        assert pool.submit(os.getenv, "OMP_NUM_THREADS").result() == "3"
