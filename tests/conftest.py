from collections.abc import Callable
from pathlib import Path

import pytest

from newsvoices import analyse, steps


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, where analyse would take data/derived; and no pipeline loaded by another test."""
    steps.loaded.cache_clear()
    monkeypatch.setitem(analyse.__kwdefaults__, "cache", tmp_path / "derived")
    return tmp_path / "derived"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "corpus"
    path.mkdir()
    return path


@pytest.fixture
def write(folder: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file below ``folder``, bytes as they are and text as UTF-8 with its line ends as they are."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file
