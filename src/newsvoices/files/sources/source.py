"""Where bytes come from: a file, a gzipped one, a member of a zip; never more of them than is safe."""

import errno
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ... import losses
from .text import Unreadable, decode, lines

IN_MEMORY = 1 << 30
"""The most bytes that a format may have that is read as a whole."""
_HARMLESS = 1 << 27
_RATIO = 200


@dataclass(frozen=True)
class Source:
    """A file to read, which names in a report what of it is lost or guessed.

    Attributes:
        name: its path below what is read, as the report and the articles show it.
        opener: opens its bytes.
        report: where losses and guesses go.
        kind: what it is, such as "html"; see kinds.py.
        path: the file itself, where it is one on its own.
        folders: the folders above it that may name an outlet.
        unpacked: the name without .gz, where it is gzipped.
    """

    name: str
    opener: Callable[[], BinaryIO]
    report: losses.Report
    kind: str = ""
    path: Path | None = None
    folders: tuple[str, ...] = ()
    unpacked: str = ""

    @property
    def suffix(self) -> str:
        """The name's last suffix in small letters, such as .html; that before .gz, where it is gzipped."""
        return PurePosixPath(self.unpacked or self.name).suffix.lower()

    @property
    def without_suffix(self) -> str:
        """The name with its folders, without the last suffix."""
        name = self.unpacked or self.name
        return name[: len(name) - len(PurePosixPath(name).suffix)]

    @property
    def stem(self) -> str:
        """The name without folders and last suffix."""
        return PurePosixPath(self.unpacked or self.name).stem

    def skip(self, reason: str) -> None:
        """Names the file, or something in it, that is left out."""
        self.report.skip(self.name, reason)

    def note(self, note: str) -> None:
        """Names something that is kept, but on a guess."""
        self.report.note(self.name, note)

    def head(self, size: int = 1 << 16) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(size)

    def read(self) -> bytes:
        """All bytes, if that is safe."""
        with self.open() as stream:
            data = stream.read(IN_MEMORY + 1)
        if len(data) > IN_MEMORY:
            raise Unreadable(f"larger than {IN_MEMORY >> 30} GB, which this format is read up to")
        return data

    def text(self) -> str:
        """All of it as text; it is noted if the encoding is a guess."""
        text, guessed = decode(self.read())
        if guessed:
            self.note("not UTF-8: read as Windows-1252")
        return text

    def lines(self) -> Iterator[tuple[int, str | Unreadable]]:
        """Number and text of each line; see text.lines."""
        with self.open() as stream:
            yield from lines(stream, self.note)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes as a stream; what is wrong with a compressed file is said in words."""
        try:
            with self.opener() as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile) as error:
            raise Unreadable(f"unreadable: cut off or damaged ({str(error)[:80]})") from error
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            raise Unreadable("unreadable: cut off or damaged (a place before its beginning)") from error
        except RuntimeError as error:
            if "password" not in str(error) and "encrypted" not in str(error):
                raise
            raise Unreadable("protected by a password: save it without") from error
        except NotImplementedError as error:
            raise Unreadable(f"unreadable: {error}") from error


def of_file(path: Path, name: str, report: losses.Report) -> Source:
    """The file at ``path``."""
    return Source(name, lambda: path.open("rb"), report, path=path, folders=PurePosixPath(name).parts[:-1])


def unzipped(source: Source) -> Source:
    """What a .gz holds, under the name without .gz."""

    def opener() -> BinaryIO:
        with source.open() as stream:
            packed = stream.seek(0, io.SEEK_END)
        return io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=source.opener()), packed))

    return replace(source, opener=opener, path=None, unpacked=source.name.removesuffix(".gz"))


def printable_name(name: str) -> str:
    """A file's name as it can be printed: bytes that are no UTF-8 replaced, control characters escaped."""
    return losses.printable(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def members(source: Source, *, prefix: str = "") -> list[Source]:
    """The files in a zip, by name; folders are passed over.

    Raises:
        Unreadable: it is damaged, or grows beyond all measure (a zip bomb).
    """
    try:
        archive = zipfile.ZipFile(source.opener())  # closed with the last member that can be read from it
    except zipfile.BadZipFile as error:
        raise Unreadable("unreadable: a zip that is cut off or damaged") from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    check_size(infos)
    return [
        Source(
            printable_name(f"{prefix}{info.filename}"),
            partial(archive.open, info),
            source.report,
            folders=(*source.folders, *PurePosixPath(info.filename).parts[:-1]),
        )
        for info in sorted(infos, key=lambda info: info.filename)
    ]


def check_size(infos: list[zipfile.ZipInfo]) -> None:
    """Raises Unreadable if a zip unpacks to more than is sane, or is locked by a password."""
    size, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if size > _HARMLESS and size > _RATIO * packed:
        raise Unreadable(f"a zip bomb: {packed >> 10} KB would become {size >> 20} MB")
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable("protected by a password: save it without")


class _Bounded(io.RawIOBase):
    """A stream that refuses to give much more than was packed."""

    def __init__(self, stream: BinaryIO, packed: int) -> None:
        self.stream, self.packed, self.given = stream, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        data = self.stream.read(len(buffer))
        self.given += len(data)
        if self.given > _HARMLESS and self.given > _RATIO * self.packed:
            raise Unreadable(
                f"a zip bomb: {self.packed >> 10} KB would become more than {self.given >> 20} MB"
            )
        buffer[: len(data)] = data
        return len(data)
