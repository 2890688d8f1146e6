"""The network behind the attribution component: two more layers over the encoder's, and a reader for each cue.

The layers go on where the shared encoder stops; one line of weights marks cue words. The reader is then run once for
each cue, as in semantic role labelling (Zhou & Xu 2015): a narrow transformer over the cue's paragraph in which every
token knows the cue and how far it lies, with a conditional random field (Lafferty et al. 2001) over its labels.
"""

from collections.abc import Iterable, Iterator
from itertools import count

import numpy as np
from thinc.api import Model
from thinc.types import Floats2d

from ..network.transformer import linear, normal, read

CUE_LABELS = ("O", "B-cue", "I-cue")
ROLE_LABELS = ("O", "B-source", "I-source", "B-content", "I-content")
UPPER_HEADS = 12
READERS, READER_HEADS = 2, 6
NEAR = 16  # buckets of the distance from a cue, on each side
NEVER = np.float32(-1e4)

Span = tuple[int, int]


def attribution_model() -> Model:
    """The network without weights; `read_words`, `read_cues` and `read_roles` run its parts."""
    return Model("attribution", _forward, attrs={"bytes": True})


def _forward(model: Model, docs, is_train: bool):
    raise NotImplementedError("attribution is trained by training/scripts/train_encoder.py, not by spaCy")


def read_words(model: Model, vectors: Floats2d, bounds: list[int]) -> Floats2d:
    """(tokens, width): the encoder's vectors, read on within the windows that begin at `bounds`."""
    depth = next(n for n in count() if not model.has_param(f"upper.{n}.qkv.weight"))
    return read(model, [f"upper.{number}" for number in range(depth)], vectors.copy(), bounds, UPPER_HEADS)


def read_cues(model: Model, X: Floats2d) -> Floats2d:
    """(tokens, CUE_LABELS): scores."""
    return linear(model, "cue", X)


def read_roles(model: Model, X: Floats2d, cues: list[Span], runs: list[Span]) -> Floats2d:
    """(rows of all runs, ROLE_LABELS): scores of the tokens of each cue's run as its source and content."""
    rows = np.concatenate([np.arange(*run) for run in runs])
    lengths = [end - start for start, end in runs]
    near = np.concatenate([_buckets(cue, run) for cue, run in zip(cues, runs, strict=True)])
    centres = np.stack([X[start:end].mean(axis=0) for start, end in cues])
    Y = linear(model, "token", X)[rows]
    Y += np.repeat(centres @ model.get_param("centre.weight").T, lengths, axis=0)
    Y += model.get_param("near.weight")[near]
    Y = normal(model, "norm", Y)
    bounds = [0, *np.cumsum(lengths).tolist()]
    Y = read(model, [f"layers.{number}" for number in range(READERS)], Y, bounds, READER_HEADS)
    return linear(model, "role", Y)


def _buckets(cue: Span, run: Span) -> np.ndarray:
    """Rows of the vectors of distances: two for each doubling, before and after the cue; NEAR inside it."""
    tokens = np.arange(*run)
    distance = np.minimum(tokens - cue[0], 0) + np.maximum(tokens - cue[1] + 1, 0)
    steps = np.minimum(np.ceil(np.log2(np.abs(distance) + 1) * 2), NEAR)
    return (np.sign(distance) * steps).astype("int64") + NEAR


def moves(labels: tuple[str, ...], learned: Floats2d | float = 0.0) -> Floats2d:
    """(labels, labels): what it adds to go from one label to the next; I- only continues its own role."""
    barred = np.array(
        [[after[0] == "I" and before[2:] != after[2:] for after in labels] for before in labels]
    )
    return np.where(barred, NEVER, np.float32(learned))


def _padded(scores: Floats2d, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(longest, runs, labels) and (longest, runs): the runs side by side, and where they are."""
    steps = np.arange(int(max(lengths)))[:, None]
    inside = steps < lengths
    rows = np.minimum(np.cumsum(lengths) - lengths + steps, len(scores) - 1)
    return np.where(inside[..., None], scores[rows], 0), inside


def softmax(A: np.ndarray) -> np.ndarray:
    """Probabilities along the last axis, in place."""
    A -= A.max(axis=-1, keepdims=True)
    np.exp(A, out=A)
    A /= A.sum(axis=-1, keepdims=True)
    return A


def best_labels(scores: Floats2d, lengths: Iterable[int], cost: Floats2d) -> np.ndarray:
    """(rows,): the best sequence of labels for each run of rows (Viterbi's algorithm, all runs side by side)."""
    S, inside = _padded(scores, np.asarray(lengths))
    total, back = S[0] + cost[0], np.zeros(S.shape, "int8")
    for step in range(1, len(S)):
        reached = total[:, :, None] + cost
        here = inside[step, :, None]
        back[step] = np.where(here, reached.argmax(axis=1), np.arange(len(cost)))
        total = np.where(here, reached.max(axis=1) + S[step], total)
    chosen = np.zeros(inside.shape, "int64")
    chosen[-1] = total.argmax(axis=1)
    for step in range(len(S) - 1, 0, -1):
        chosen[step - 1] = back[step][np.arange(inside.shape[1]), chosen[step]]
    return chosen.T[inside.T]


def log_inside(scores: Floats2d, lengths: Iterable[int], cost: Floats2d) -> np.ndarray:
    """(rows,): log-probability that a row has any label but the first, over all sequences (forward–backward)."""
    S, inside = _padded(scores, np.asarray(lengths))
    ahead, behind = np.zeros_like(S), np.zeros_like(S)
    ahead[0] = S[0] + cost[0]
    for step in range(1, len(S)):
        here = _log_sum(ahead[step - 1][:, :, None] + cost, 1) + S[step]
        ahead[step] = np.where(inside[step, :, None], here, ahead[step - 1])
        at = len(S) - 1 - step
        here = _log_sum((S[at + 1] + behind[at + 1])[:, None, :] + cost, 2)
        behind[at] = np.where(inside[at + 1, :, None], here, 0)
    outside = ahead[..., 0] + behind[..., 0] - _log_sum(ahead[-1], 1)
    return np.log(np.maximum(1 - np.exp(outside), 1e-9)).T[inside.T]


def _log_sum(A: np.ndarray, axis: int) -> np.ndarray:
    top = A.max(axis=axis, keepdims=True)
    return np.log(np.exp(A - top).sum(axis=axis)) + top.squeeze(axis)


def spans_of(labels: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Spans (start, end, role) of a sequence of BIO labels; an I- that continues nothing begins a span."""
    start, role = 0, ""
    for i, label in enumerate([*labels, "O"]):
        kind = label[2:]
        if role and (label == "O" or label[0] == "B" or kind != role):
            yield start, i, role
            role = ""
        if label != "O" and not role:
            start, role = i, kind
