"""The encoder: a small transformer that reads an article window by window, with numpy alone."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d

from .wordpieces import SHAPES, START, WordPieces

HEADS = 12
EPSILON = 1e-6


@spacy.registry.architectures("newsvoices.Transformer.v1")
def transformer(width: int, depth: int) -> Model[list[Doc], list[Floats2d]]:
    """Word pieces → `depth` layers of attention → for each token the mean over its pieces.

    A token is read together with its window only (about 200 words that end with a paragraph or a sentence), beside
    its pieces' vectors those of its capitals and of the quotation marks around it. Transformer: Vaswani et al. 2017;
    the weights come from MiniLM (Wang et al. 2020) and are tuned by training/scripts/train_encoder.py.

    Args:
        width: of the vectors, a multiple of 12.
        depth: layers.

    Limitation: it is not trained further with the components that listen to it; keep it frozen.
    """
    return Model(
        "transformer", _forward, dims={"nO": width}, attrs={"depth": depth, "vocabulary": [], "bytes": True}
    )


def load_weights(model: Model, path: Path) -> None:
    """Sets what training/scripts/train_encoder.py saved."""
    with np.load(path, allow_pickle=False) as arrays:
        for name in arrays.files:
            if name == "vocabulary":
                model.attrs["vocabulary"] = arrays[name].tolist()
            else:
                model.set_param(name, arrays[name])


def _forward(model: Model, docs: list[Doc], is_train: bool):
    cut = _word_pieces(tuple(model.attrs["vocabulary"]))
    return [_read(model, doc, cut) for doc in docs], _no_gradient


def _no_gradient(_):
    raise NotImplementedError("the transformer is not trained by spaCy: list it under frozen_components")


@cache
def _word_pieces(vocabulary: tuple[str, ...]) -> WordPieces:
    return WordPieces(vocabulary)


def _read(model: Model, doc: Doc, cut: WordPieces) -> Floats2d:
    width = model.get_dim("nO")
    if not len(doc):
        return np.zeros((0, width), "f")
    pieces = cut(doc)
    starts = np.cumsum(pieces.lengths) - pieces.lengths
    bounds = np.append(starts, len(pieces.ids))[pieces.windows]
    Z = [
        _window(model, *(np.concatenate([[first], column[a:b]]) for first, column in zip(
            (cut.rows[START], len(SHAPES) - 1, 0), pieces[:3], strict=True)))[1:]
        for a, b in pairwise(bounds)
    ]  # fmt: skip
    return np.add.reduceat(np.concatenate(Z), starts, axis=0) / pieces.lengths[:, None].astype("f")


def _window(model: Model, ids: np.ndarray, shapes: np.ndarray, marks: np.ndarray) -> Floats2d:
    """(pieces, width): one window read."""
    n = len(ids)

    def linear(X: Floats2d, name: str) -> Floats2d:
        Y = X @ model.get_param(f"{name}.weight").T
        Y += model.get_param(f"{name}.bias")
        return Y

    def normal(X: Floats2d, name: str) -> Floats2d:
        X -= X.mean(axis=1, keepdims=True)
        X /= np.sqrt(np.einsum("ij,ij->i", X, X) / X.shape[1] + EPSILON)[:, None]
        X *= model.get_param(f"{name}.weight")
        X += model.get_param(f"{name}.bias")
        return X

    tables = zip(("piece", "shape", "mark"), (ids, shapes, marks), strict=True)
    X = normal(
        sum(model.get_param(name)[rows] for name, rows in tables) + model.get_param("position")[:n], "norm"
    )
    for i in range(model.attrs["depth"]):
        layer = f"layers.{i}."
        q, k, v = linear(X, layer + "qkv").reshape(n, 3, HEADS, -1).transpose(1, 2, 0, 3)
        q *= np.float32(q.shape[2] ** -0.5)
        A = _softmax(q @ k.transpose(0, 2, 1)) @ v
        X += linear(A.transpose(1, 0, 2).reshape(n, -1), layer + "out")
        X = normal(X, layer + "norm1")
        X += linear(_gelu(linear(X, layer + "inner")), layer + "outer")
        X = normal(X, layer + "norm2")
    return X


def _softmax(A: np.ndarray) -> np.ndarray:
    """Along the last axis, in place."""
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
