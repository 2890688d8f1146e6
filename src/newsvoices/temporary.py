"""Folders that are gone when their process is, or at the next run where it was killed; and what hinders writing, in words."""

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = ".newsvoices"


@contextmanager
def temporary_folder(*, within: Path | None = None) -> Iterator[Path]:
    """A folder for this process alone; what killed processes of this machine left beside it is cleared away first.

    Args:
        within: where it is made; the system's temporary folder by default.

    Limitation: outside POSIX systems nobody can tell whether a process lives, and nothing is cleared away.
    """
    within = within or Path(tempfile.gettempdir())
    ours = f"{_NAME}-{platform.node()}-"
    for left in within.glob(f"{ours}*") if os.name == "posix" else ():
        process = left.name.removeprefix(ours).partition("-")[0]
        if process.isdecimal() and not _is_running(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{ours}{os.getpid()}-", dir=within))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def explained_write_errors(folder: Path, advice: str) -> Iterator[None]:
    """An error of the system within says which folder cannot be written to, and what to do."""
    try:
        yield
    except OSError as error:
        raise type(error)(
            f"cannot write to {folder}: {error.strerror or error}. Make room there or name another folder; {advice}"
        ) from error


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass  # another user's, or no number of a process
    return True
