"""The layers of a transformer (Vaswani et al. 2017), read with numpy alone."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from thinc.api import Model
from thinc.types import Floats2d

EPSILON = 1e-6
ROWS = 512  # that are read together: few enough for the processor's cache, many enough to fetch weights for


def read(model: Model, names: Iterable[str], X: Floats2d, bounds: list[int], heads: int) -> Floats2d:
    """(rows, width): X after the layers of these names, in place.

    `bounds` are the rows at which runs begin, and the number of rows; a row attends to those of its own run only.
    """
    for runs in _together(bounds):
        for name in names:
            _layer(model, name, X[runs[0] : runs[-1]], [start - runs[0] for start in runs], heads)
    return X


def _together(bounds: list[int]) -> Iterator[list[int]]:
    """The bounds of runs that have ROWS rows together at most, or of one that has more."""
    begun = 0
    for at in range(1, len(bounds)):
        if at + 1 == len(bounds) or bounds[at + 1] - bounds[begun] > ROWS:
            yield bounds[begun : at + 1]
            begun = at


def _layer(model: Model, name: str, X: Floats2d, bounds: list[int], heads: int) -> None:
    """Attention and a hidden layer over X, in place."""
    qkv, A = linear(model, f"{name}.qkv", X), np.empty_like(X)
    for start, end in pairwise(bounds):
        A[start:end] = _attention(qkv[start:end], heads)
    X += linear(model, f"{name}.out", A)
    normal(model, f"{name}.norm1", X)
    X += linear(model, f"{name}.outer", _gelu(linear(model, f"{name}.inner", X)))
    normal(model, f"{name}.norm2", X)


def _attention(qkv: Floats2d, heads: int) -> Floats2d:
    """(rows, width): what the rows' queries find in their keys and values; the queries are overwritten."""
    q, k, v = qkv.reshape(len(qkv), 3, heads, -1).transpose(1, 2, 0, 3)
    q *= np.float32(q.shape[2] ** -0.5)
    A = k @ q.transpose(0, 2, 1)  # (heads, keys, queries): numpy is at its fastest along the last axis
    A -= A.max(axis=1, keepdims=True)
    np.exp(A, out=A)
    seen = A.transpose(0, 2, 1) @ v
    seen /= A.sum(axis=1)[:, :, None]
    return seen.transpose(1, 0, 2).reshape(len(qkv), -1)


def linear(model: Model, name: str, X: Floats2d) -> Floats2d:
    """X times the weights of that name, and its bias."""
    Y = X @ model.get_param(f"{name}.weight").T
    Y += model.get_param(f"{name}.bias")
    return Y


def normal(model: Model, name: str, X: Floats2d) -> Floats2d:
    """Layer normalisation, in place."""
    X -= X.mean(axis=1, keepdims=True)
    X /= np.sqrt(np.einsum("ij,ij->i", X, X) / X.shape[1] + EPSILON)[:, None]
    X *= model.get_param(f"{name}.weight")
    X += model.get_param(f"{name}.bias")
    return X


def _gelu(X: Floats2d) -> Floats2d:
    """In place, by its sigmoid approximation (Hendrycks & Gimpel 2016)."""
    gate = X * np.float32(-1.702)
    with np.errstate(over="ignore"):  # a number over infinity is the nought that is meant
        np.exp(gate, out=gate)
    gate += 1
    X /= gate
    return X
