"""What was left out and what was guessed: one report, one warning, one form for both."""

import functools
import sys
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

Entry = dict[str, str]


class LossWarning(UserWarning):
    """Something was left out or guessed; the warning counts it, and the frame's attrs list it."""


class NothingToCompare(ValueError):
    """A corpus has too few outlets, or too little in them, for a comparison; its message is a sentence to show."""


@dataclass
class Report:
    """What was left out (source_file, reason) and what was guessed (source_file, note)."""

    skipped: list[Entry] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)

    def skip(self, source_file: str, reason: str) -> None:
        """Names something that is left out."""
        self.skipped.append({"source_file": source_file, "reason": reason})

    def note(self, source_file: str, note: str) -> None:
        """Names something that is kept, but on a guess."""
        self.notes.append({"source_file": source_file, "note": note})

    def warn(self, *, n_kept: int) -> None:
        """One warning for what was left out of all items, and one for what was guessed."""
        if items := [f"{item['source_file']}: {item['reason']}" for item in self.skipped]:
            warn(f"left out: {len(items)} of {n_kept + len(items)} items ({first_of(items)})")
        if items := [f"{item['source_file']}: {item['note']}" for item in self.notes]:
            warn(f"guessed: {len(items)} ({first_of(items)})")


def empty_where_nothing_to_compare(columns: Mapping[str, str]) -> Callable[[Callable], Callable]:
    """Decorates a function to give an empty frame and a warning where it would raise NothingToCompare.

    Args:
        columns: the frame's columns with their dtypes; before them comes the one named by the function's argument `by`.

    Returns:
        A decorator. The empty frame says why it is empty in attrs["reason"].
    """

    def decorated(function: Callable) -> Callable:
        @functools.wraps(function)
        def tolerant(*args: object, by: str = "outlet", **options: object) -> "pd.DataFrame":
            try:
                return function(*args, by=by, **options)
            except NothingToCompare as reason:
                import pandas as pd  # not needed to say what was lost elsewhere

                warn(str(reason))
                dtypes = {by: "str", **columns}
                table = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})
                table.attrs["reason"] = str(reason)
                return table

        return tolerant

    return decorated


def warn(message: str) -> None:
    """A loss, told to whoever called the package, from whatever depth in it."""
    frame, level = sys._getframe(1), 2
    while frame.f_back and frame.f_globals.get("__name__", "").startswith(f"{__package__}."):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, LossWarning, stacklevel=level)


def losses_of(articles: "pd.DataFrame") -> list[tuple[str, str, str]]:
    """What a frame of articles says in attrs: "left out" or "guessed", source_file, and the reason or the note."""
    out = [("left out", item["source_file"], item["reason"]) for item in articles.attrs.get("skipped", [])]
    return out + [("guessed", item["source_file"], item["note"]) for item in articles.attrs.get("notes", [])]


def first_of(items: Iterable[str], *, most: int = 3) -> str:
    """The first few items, and how many more there are.

    >>> first_of(["a", "b", "c", "d"])
    'a; b; c; and 1 more'
    """
    items = list(items)
    more = [f"and {len(items) - most} more"] if len(items) > most else []
    return "; ".join([*items[:most], *more])


_LONG = 500
_JOINS = "\u200c\u200d"  # letters of Persian, parts of an emoji


def printable(text: str) -> str:
    r"""A stranger's text in one line of a message: what controls or hides is escaped, what is long is cut.

    >>> printable("caf\u00e9\x1b[2J\n\ufeff.txt")
    'café\\x1b[2J\\n\\ufeff.txt'
    """
    text = text if len(text) <= _LONG else f"{text[:_LONG]}… ({len(text)} characters)"
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in hidden and c not in _JOINS else c
        for c in text
    )
