"""Which texts have words in common, in time that grows with their number and not with its square."""

import re
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

WORD = re.compile(r"\w+(?:[’']\w+)*")
BASE = np.uint64(0x9E3779B97F4A7C15)
NEXT = 50  # texts, in order of time, that a text is compared with for each of its fingerprints


def words_of(text: str) -> list[str]:
    """The words in lower case, typographic apostrophes made straight.

    >>> words_of("One’s OWN burglary, 63 of them.")
    ["one's", 'own', 'burglary', '63', 'of', 'them']
    """
    return [word.lower() for word in WORD.findall(text.replace("’", "'"))]


@lru_cache(maxsize=1 << 20)
def _number(word: str) -> int:
    return zlib.crc32(word.encode()) + (zlib.adler32(word.encode()) << 32)


def fingerprints(words: list[str], *, size: int, window: int = 1) -> np.ndarray:
    """Numbers that stand for runs of `size` words: of every `window` runs in a row, the smallest.

    Any `size + window - 1` words in a row that two texts share give them a number in common (winnowing;
    Schleimer, Wilkerson & Aiken 2003). With a window of one, every run has its number.
    """
    n = len(words) - size + 1
    if n < 1:
        return np.empty(0, np.uint64)
    numbers = np.array([_number(word) for word in words], dtype=np.uint64)
    mixed = np.zeros(n, np.uint64)
    for at in range(size):
        mixed = (mixed ^ numbers[at : at + n]) * BASE
        mixed ^= mixed >> np.uint64(29)
    if window > 1:
        mixed = np.lib.stride_tricks.sliding_window_view(mixed, min(window, n)).min(axis=1)
    return np.unique(mixed)


def overlapping(
    texts: Sequence[np.ndarray],
    *,
    least: np.ndarray,
    allowed: Callable[[np.ndarray, np.ndarray], np.ndarray] = lambda i, j: i != j,
) -> np.ndarray:
    """Pairs (i, j), i < j, of texts that share enough fingerprints.

    Args:
        texts: each text's fingerprints, in order of time.
        least: for each text, how many must be shared; a pair needs the smaller one of its two.
        allowed: which pairs are looked at, given arrays of i and j.

    A fingerprint pairs a text with the 50 that have it next and no more, so that time and memory grow with the
    number of texts, and not with its square, even where all of them have a phrase in common.
    """
    owner = np.repeat(np.arange(len(texts)), [len(own) for own in texts])
    value = np.concatenate([np.empty(0, np.uint64), *texts])
    order = np.lexsort((owner, value))
    owner, value = owner[order], value[order]
    found = [np.empty(0, np.int64)]
    for step in range(1, NEXT + 1):
        same = np.flatnonzero(value[:-step] == value[step:])
        if not len(same):
            break
        i, j = owner[same], owner[same + step]
        keep = allowed(i, j)
        found.append(i[keep].astype(np.int64) * len(texts) + j[keep])
    pairs, shared = np.unique(np.concatenate(found), return_counts=True)
    i, j = np.divmod(pairs, max(len(texts), 1))
    enough = shared >= np.minimum(least[i], least[j])
    return np.column_stack([i[enough], j[enough]])


def words_in_common(a: Sequence[str], b: Sequence[str], *, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Which words of a, and which of b, stand in a run of `size` words that both have, wherever it stands.

    >>> [mask.tolist() for mask in words_in_common("x the ink speak".split(), "let the ink speak".split(), size=3)]
    [[False, True, True, True], [False, True, True, True]]
    """
    runs = [[tuple(words[at : at + size]) for at in range(len(words) - size + 1)] for words in (a, b)]
    both = set(runs[0]) & set(runs[1])
    masks = np.zeros(len(a), bool), np.zeros(len(b), bool)
    for mask, own in zip(masks, runs, strict=True):
        for at, run in enumerate(own):
            if run in both:
                mask[at : at + size] = True
    return masks
