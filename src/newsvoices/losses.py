"""What was left out and what was guessed: one report, one warning, one form for both."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field

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

    def warn(self, *, n_kept: int, stacklevel: int = 2) -> None:
        """One warning for what was left out of all items, and one for what was guessed."""
        n_items = n_kept + len(self.skipped)
        if self.skipped:
            items = [f"{item['source_file']}: {item['reason']}" for item in self.skipped]
            message = f"left out: {len(items)} of {n_items} items ({first_of(items)})"
            warnings.warn(message, LossWarning, stacklevel=stacklevel + 1)
        if self.notes:
            items = [f"{item['source_file']}: {item['note']}" for item in self.notes]
            warnings.warn(
                f"guessed: {len(items)} ({first_of(items)})", LossWarning, stacklevel=stacklevel + 1
            )


def warn(message: str, *, stacklevel: int = 3) -> None:
    """A loss, told to whoever called the public function that lost it."""
    warnings.warn(message, LossWarning, stacklevel=stacklevel + 1)


def first_of(items: Iterable[str], *, most: int = 3) -> str:
    """The first few items, and how many more there are.

    >>> first_of(["a", "b", "c", "d"])
    'a; b; c; and 1 more'
    """
    items = list(items)
    more = [f"and {len(items) - most} more"] if len(items) > most else []
    return "; ".join([*items[:most], *more])
