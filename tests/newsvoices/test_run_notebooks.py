import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

from newsvoices.run_notebooks import find_notebooks, run_notebooks, set_articles

ROOT = Path(__file__).parents[2]
RUN = """
if __name__ == "__main__":
    from newsvoices.run_notebooks import find_notebooks, run_notebooks
    run_notebooks(find_notebooks(), articles="corpus", folder="out")
"""


def notebook(path, *cells):
    nb = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    nb.cells = [nbformat.v4.new_code_cell("articles = ''", metadata={"tags": ["parameters"]})]
    nb.cells += map(nbformat.v4.new_code_cell, cells)
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nb, path)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
def test_killed_it_leaves_no_process_and_no_text_in_the_temporary_folder(tmp_path, lives, until):
    notebook(
        tmp_path / "notebooks" / "waits.ipynb",
        "import os; open(f'../{os.getpid()}.pid', 'w')",
        "import time; time.sleep(600)",
    )
    (tmp_path / "script.py").write_text(RUN)
    (tmp_path / "temporary").mkdir()
    run = subprocess.Popen(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env=os.environ | {"TMPDIR": str(tmp_path / "temporary")},
        stderr=subprocess.DEVNULL,
    )
    until(lambda: list(tmp_path.glob("*.pid")))
    (kernel,) = [int(path.stem) for path in tmp_path.glob("*.pid")]
    worker = int(Path(f"/proc/{kernel}/stat").read_text().rpartition(")")[2].split()[1])
    assert lives(kernel)
    assert lives(worker)
    run.send_signal(signal.SIGKILL)
    run.wait()
    until(lambda: not lives(kernel) and not lives(worker))
    assert not list((tmp_path / "temporary").rglob("*.ipynb"))


def test_a_kernel_that_is_killed_stops_its_notebook_and_no_other(tmp_path):
    notebook(tmp_path / "notebooks" / "a.ipynb", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    notebook(tmp_path / "notebooks" / "b.ipynb", "print('through')")
    pages = run_notebooks(find_notebooks(tmp_path / "notebooks"), articles="corpus", folder=tmp_path / "out")
    assert [(page.name, page.error) for page in pages] == [
        ("a", "its kernel was killed, perhaps for want of memory"),
        ("b", ""),
    ]
    assert "through" in (tmp_path / "out" / "b.html").read_text(encoding="utf-8")


def test_run_finds_the_kits_own_notebooks_elsewhere_and_never_writes_over_its_sources(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert [path.name[:2] for path in find_notebooks()][:2] == ["01", "02"]
    notebook(tmp_path / "notebooks" / "own.ipynb", "1")
    assert find_notebooks() == [tmp_path / "notebooks" / "own.ipynb"]
    with pytest.raises(ValueError, match="holds the notebooks themselves"):
        run_notebooks(find_notebooks(), articles="corpus", folder="notebooks")


def test_a_wheel_brings_the_notebooks():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"]["notebooks"] == "newsvoices/notebooks"


def test_a_corpus_of_ones_own_becomes_the_parameter(tmp_path):
    notebook(tmp_path / "notebooks" / "01.ipynb", "print(articles)")
    other = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("n = 1", metadata={"tags": ["parameters"]})]
    )
    nbformat.write(other, tmp_path / "notebooks" / "07.ipynb")
    before = (tmp_path / "notebooks" / "07.ipynb").read_bytes()
    set_articles(find_notebooks(tmp_path / "notebooks"), tmp_path / "my 'own' corpus")
    cells = nbformat.read(tmp_path / "notebooks" / "01.ipynb", as_version=4).cells
    assert [cell.source for cell in cells] == ["articles = \"../my 'own' corpus\"", "print(articles)"]
    assert (tmp_path / "notebooks" / "07.ipynb").read_bytes() == before
