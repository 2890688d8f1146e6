"""A layer of a transformer (Vaswani et al. 2017), read with numpy alone."""

from itertools import pairwise

import numpy as np
from thinc.api import Model
from thinc.types import Floats2d

EPSILON = 1e-6


def layer(model: Model, name: str, X: Floats2d, bounds: list[int], heads: int) -> Floats2d:
    """(rows, width): attention and a hidden layer over X, which is overwritten.

    `bounds` are the rows at which runs begin, and the number of rows; a row attends to those of its own run only.
    """
    qkv, A = linear(model, f"{name}.qkv", X), np.empty_like(X)
    for start, end in pairwise(bounds):
        q, k, v = qkv[start:end].reshape(end - start, 3, heads, -1).transpose(1, 2, 0, 3)
        q *= np.float32(q.shape[2] ** -0.5)
        seen = softmax(q @ k.transpose(0, 2, 1)) @ v
        A[start:end] = seen.transpose(1, 0, 2).reshape(end - start, -1)
    X += linear(model, f"{name}.out", A)
    X = normal(model, f"{name}.norm1", X)
    X += linear(model, f"{name}.outer", _gelu(linear(model, f"{name}.inner", X)))
    return normal(model, f"{name}.norm2", X)


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


def softmax(A: np.ndarray) -> np.ndarray:
    """Probabilities along the last axis, in place."""
    A -= A.max(axis=-1, keepdims=True)
    np.exp(A, out=A)
    A /= A.sum(axis=-1, keepdims=True)
    return A


def _gelu(X: Floats2d) -> Floats2d:
    """In place, by its sigmoid approximation (Hendrycks & Gimpel 2016)."""
    gate = X * np.float32(-1.702)
    with np.errstate(over="ignore"):  # a number over infinity is the nought that is meant
        np.exp(gate, out=gate)
    gate += 1
    X /= gate
    return X
