"""Tokens cut into word pieces, and articles into windows: what the encoder reads."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from ..text.line_ends import unwrapped
from ..text.quotation_marks import quoted

WINDOW = 256  # pieces that are read together, the mark of the window's start among them
SHAPES = ("lower", "Title", "UPPER", "MiXed", "digits", "other")
MARK_STATES = 8
START, END, UNKNOWN, BLANK = "[CLS]", "[SEP]", "[UNK]", "[PAD]"
PARTS = re.compile(r"[^\W_]+|[\W_]")
ENDS = frozenset(".?!")


class Pieces(NamedTuple):
    """The pieces of one Doc, token after token."""

    ids: np.ndarray  # (pieces,), rows of the vocabulary
    shapes: np.ndarray  # (pieces,), rows of SHAPES
    marks: np.ndarray  # (pieces,), as `token_marks`
    lengths: np.ndarray  # pieces a token, at least one
    windows: np.ndarray  # the token at which each window begins, and the number of tokens


class WordPieces:
    """Cuts tokens into the longest pieces of a vocabulary (Wu et al. 2016), in lower case and without accents."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.rows = {piece: row for row, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[list[int], int]] = {}

    def __call__(self, doc: Doc, first: int = WINDOW) -> Pieces:
        """The pieces of a Doc with at least one token; its first window has `first` pieces at most."""
        tokens = [self.token(text) for text in _read_on(doc)]
        lengths = np.array([len(ids) for ids, _ in tokens])
        return Pieces(
            np.array([i for ids, _ in tokens for i in ids]),
            np.repeat([shape for _, shape in tokens], lengths),
            np.repeat(token_marks(doc), lengths),
            lengths,
            np.array(windows(lengths.tolist(), breaks(doc), first)),
        )

    def token(self, text: str) -> tuple[list[int], int]:
        """Rows of the pieces of a token, and the row of its shape."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = (self._cut(text), shape(text))
            if len(self._known) > 100_000:
                self._known.clear()
        return known

    def _cut(self, text: str) -> list[int]:
        if text.isspace() or not text:
            return [self.rows[END if "\n" in text else BLANK]]
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
        rows = [row for part in PARTS.findall(plain) for row in self._longest(part)]
        return rows[: WINDOW // 8] or [self.rows[BLANK]]

    def _longest(self, part: str) -> list[int]:
        rows, start = [], 0
        while start < len(part):
            for end in range(min(len(part), start + 24), start, -1):
                row = self.rows.get("##" * (start > 0) + part[start:end])
                if row is not None:
                    rows.append(row)
                    start = end
                    break
            else:
                return [self.rows[UNKNOWN]]
        return rows


def shape(text: str) -> int:
    """Row of SHAPES."""
    if not any(c.isalpha() for c in text):
        return 4 if any(c.isdigit() for c in text) else 5
    if text.islower():
        return 0
    if text.isupper():
        return 2 if len(text) > 1 else 1
    return 1 if text[0].isupper() and text[1:].islower() else 3


def breaks(doc: Doc) -> list[int]:
    """For each token: 2 a line's end, 1 a mark that may end a sentence, 0 any other."""
    return [2 if "\n" in text else int(text in ENDS) for text in _read_on(doc)]


def _read_on(doc: Doc) -> list[str]:
    """The tokens' texts, with a blank for a line end that ends no paragraph."""
    text = unwrapped(doc.text)
    return [text[t.idx : t.idx + len(t)] if t.is_space else t.text for t in doc]


def windows(lengths: list[int], breaks: list[int], first: int, size: int = WINDOW) -> list[int]:
    """Where each window begins, and the number of tokens.

    The pieces of the first window and those of any other are fewer than `first` and `size`. A window is as long as fits, but ends with a paragraph (a break of 2) or else a sentence (1), if one
    ends in its second half.
    """
    cuts, start, room = [0], 0, first - 1
    while True:
        used, at, best = 0, start, (0, 0)
        while at < len(lengths) and used + lengths[at] <= room:
            used += lengths[at]
            at += 1
            if used > room // 2 and breaks[at - 1] >= best[0]:
                best = (breaks[at - 1], at)
        if at == len(lengths):
            return [*cuts, at]
        start = best[1] if best[0] else max(at, start + 1)
        cuts.append(start)
        room = size - 1


def token_marks(doc: Doc) -> np.ndarray:
    """For each token: 0 outside quotation marks, 1 inside, 2 the first inside, 3 the last; + 4 for single marks."""
    widths = np.array([len(token.text_with_ws) for token in doc])
    starts = np.cumsum(widths) - widths
    state = np.zeros(len(doc), "int64")
    for quote in quoted(doc.text):
        begin, after = np.searchsorted(starts, (quote.start, quote.end))
        if begin < after:
            single = 4 * quote.single
            state[begin:after] = 1 + single
            state[after - 1] = 3 + single
            state[begin] = 2 + single
    return state
