"""Which texts have words in common, in time that grows with their number and not with its square."""

import re
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

WORD = re.compile(r"\w+(?:[’']\w+)*")
BASE = np.uint64(0x9E3779B97F4A7C15)
REACH = 50  # quotes or articles, in order of time, that one fingerprint is looked up in


def words_of(text: str) -> list[str]:
    """The words in lower case, typographic apostrophes made straight.

    >>> words_of("One’s OWN burglary, 63 of them.")
    ["one's", 'own', 'burglary', '63', 'of', 'them']
    """
    return [word.lower() for word in WORD.findall(text.replace("’", "'"))]


@lru_cache(maxsize=1 << 20)
def _number(word: str) -> int:
    return zlib.crc32(word.encode()) + (zlib.adler32(word.encode()) << 32)


def prints(words: list[str], *, size: int, window: int = 1) -> np.ndarray:
    """Numbers that stand for runs of `size` words: of every `window` runs in a row, the smallest.

    Any `size + window - 1` words in a row that two texts share give them a number in common (winnowing;
    Schleimer, Wilkerson & Aiken 2003).
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
    fingerprints: Sequence[np.ndarray],
    *,
    least: np.ndarray,
    allowed: Callable[[np.ndarray, np.ndarray], np.ndarray] = lambda i, j: i != j,
) -> np.ndarray:
    """Pairs (i, j), i < j, of texts that share enough fingerprints; texts stand in order of time.

    A pair needs `least` of the one with fewer, and `allowed(i, j)` (on arrays). A fingerprint pairs a text
    with the next REACH that have it and no more, so that a phrase that is in all of them costs no square:
    time and memory grow with the number of texts.
    """
    owner = np.repeat(np.arange(len(fingerprints)), [len(part) for part in fingerprints])
    value = np.concatenate([np.empty(0, np.uint64), *fingerprints])
    order = np.lexsort((owner, value))
    owner, value = owner[order], value[order]
    found = [np.empty(0, np.int64)]
    for step in range(1, REACH + 1):
        same = np.flatnonzero(value[:-step] == value[step:])
        if not len(same):
            break
        i, j = owner[same], owner[same + step]
        keep = allowed(i, j)
        found.append(i[keep].astype(np.int64) * len(fingerprints) + j[keep])
    pairs, shared = np.unique(np.concatenate(found), return_counts=True)
    i, j = np.divmod(pairs, max(len(fingerprints), 1))
    enough = shared >= np.minimum(least[i], least[j])
    return np.column_stack([i[enough], j[enough]])


def in_common(a: Sequence[str], b: Sequence[str], *, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Which words of a, and which of b, stand in a run of `size` words that both have, wherever it stands.

    >>> [mask.tolist() for mask in in_common("x the ink speak".split(), "let the ink speak".split(), size=3)]
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
