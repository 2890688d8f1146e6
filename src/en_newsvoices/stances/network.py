"""The network behind signed ties: of two actors that meet in a sentence, is either for or against the other?

A narrow transformer reads the sentence once for each two actors. What it reads are the vectors of the shared encoder
and of attribution's own layers, with a learned mark on the tokens where each of the two is mentioned and on those that
each of them says, and how far each token lies from both; two lines of weights then answer for both directions, from the
mean over the sentence and over each actor's tokens.
"""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import numpy as np
from thinc.api import Model
from thinc.types import Floats2d, Floats3d

from ..network.transformer import linear, normal, read
from .meetings import LONGEST, Meeting

STANCES = ("neither", "for", "against")
HEADS = 6
NEAR = 16  # buckets of the distance from an actor's nearest mention, on each side
MEETINGS = 64  # that are read at once
TOKENS = 4096  # whose vectors are narrowed at once
WEIGHTS = Path(__file__).parent / "stance.npz"
SCALE = ".scale"


def stance_model(path: Path = WEIGHTS) -> Model:
    """The network with its weights: matrices are a byte a number and a scale a row, the rest half precision."""
    model = Model("stance", _forward)
    with np.load(path, allow_pickle=False) as arrays:
        for name in arrays.files:
            if not name.endswith(SCALE):
                scale = arrays[name + SCALE].astype("f") if name + SCALE in arrays.files else np.float32(1)
                model.set_param(name, arrays[name].astype("f") * scale)
    return model


def _forward(model: Model, docs, is_train: bool):
    raise NotImplementedError("stance is trained by training/scripts/train_stance.py, not by spaCy")


def read_stances(model: Model, X: Floats2d, found: Sequence[Meeting]) -> Floats3d:
    """(meetings, 2, STANCES): probabilities of the first's stance towards the second, and of the second's to the first.

    Args:
        model: with the weights, as stance_model gives it.
        X: (tokens of the Doc, width): the encoder's vectors and, beside them, those of attribution's own layers;
            half precision will do.
        found: two actors in a sentence each; what of a sentence is beyond LONGEST tokens is not read.
    """
    out = np.zeros((len(found), 2, len(STANCES)), "f")
    if len(found):
        Y = np.concatenate(
            [linear(model, "token", X[n : n + TOKENS].astype("f")) for n in range(0, len(X), TOKENS)]
        )
        order = sorted(range(len(found)), key=lambda n: found[n].end - found[n].start)
        for at in range(0, len(order), MEETINGS):
            some = order[at : at + MEETINGS]
            out[some] = _read(model, Y, [found[n] for n in some])
    return out


def _read(model: Model, Y: Floats2d, some: list[Meeting]) -> Floats3d:
    """(some, 2, STANCES): probabilities; Y holds the tokens' vectors as wide as the reader is."""
    bounds = np.cumsum([0, *(_length(one) for one in some)])
    rows = np.concatenate([np.arange(one.start, one.start + _length(one)) for one in some])
    marks = np.concatenate([marks_of(one) for one in some])
    Z = Y[rows] + marks @ model.get_param("mark")
    for actor, table in enumerate(model.get_param("near")):
        Z += table[np.concatenate([distances(one, actor) for one in some])]
    Z = normal(model, "norm", Z)
    depth = next(n for n in count() if not model.has_param(f"layers.{n}.qkv.weight"))
    Z = read(model, [f"layers.{number}" for number in range(depth)], Z, bounds.tolist(), HEADS)
    parts = [np.add.reduceat(Z, bounds[:-1]) / np.diff(bounds)[:, None]]
    for actor in (0, 1):
        weights = _actor_tokens(marks, actor, bounds)
        parts.append(np.add.reduceat(Z * weights[:, None], bounds[:-1]))
    H = linear(model, "hidden", np.concatenate(parts, axis=1))
    S = linear(model, "out", H / (1 + np.exp(-1.702 * H))).reshape(len(some), 2, len(STANCES))
    S = np.exp(S - S.max(axis=2, keepdims=True))
    return S / S.sum(axis=2, keepdims=True)


def _length(one: Meeting) -> int:
    return min(one.end - one.start, LONGEST)


def marks_of(one: Meeting) -> Floats2d:
    """(tokens, 4): where the first and the second are mentioned, and what each of them says; 1 or 0."""
    marks = np.zeros((_length(one), 4), "f")
    for column, spans in enumerate(one[2:]):
        for start, end in spans:
            marks[start - one.start : end - one.start, column] = 1
    return marks


def distances(one: Meeting, actor: int) -> np.ndarray:
    """(tokens,): the bucket of how far the actor's nearest mention is, two for each doubling; the last for no mention."""
    tokens = np.arange(one.start, one.start + _length(one))
    spans = [span for span in one[2 + actor] if span[0] <= tokens[-1]]
    if not spans:
        return np.full(len(tokens), 2 * NEAR + 1)
    away = [np.minimum(tokens - start, 0) + np.maximum(tokens - end + 1, 0) for start, end in spans]
    nearest = np.take_along_axis(np.stack(away), np.abs(away).argmin(axis=0)[None], axis=0)[0]
    steps = np.minimum(np.ceil(np.log2(np.abs(nearest) + 1) * 2), NEAR)
    return (np.sign(nearest) * steps).astype("int64") + NEAR


def _actor_tokens(marks: Floats2d, actor: int, bounds: np.ndarray) -> np.ndarray:
    """(rows,): each row's share in an actor's vector: its mentions alike, or what it says where it has none."""
    named, says = marks[:, actor], marks[:, 2 + actor]
    lengths = np.diff(bounds)
    weights = np.where(np.repeat(np.add.reduceat(named, bounds[:-1]) > 0, lengths), named, says)
    total = np.add.reduceat(weights, bounds[:-1])
    return weights / np.repeat(np.maximum(total, 1), lengths)
