"""The encoder: a small transformer that reads an article window by window, with numpy alone."""

from functools import cache

import numpy as np
import spacy
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d

from .transformer import normal, read
from .word_pieces import SHAPES, START, WordPieces

HEADS = 12


@spacy.registry.architectures("en_newsvoices.Transformer.v1")
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


def _forward(model: Model, docs: list[Doc], is_train: bool):
    cut = _word_pieces(tuple(model.attrs["vocabulary"]))
    return [_vectors(model, doc, cut) for doc in docs], _no_gradient


def _no_gradient(_):
    raise NotImplementedError("the transformer is not trained by spaCy: list it under frozen_components")


@cache
def _word_pieces(vocabulary: tuple[str, ...]) -> WordPieces:
    return WordPieces(vocabulary)


def _vectors(model: Model, doc: Doc, cut: WordPieces) -> Floats2d:
    width = model.get_dim("nO")
    if not len(doc):
        return np.zeros((0, width), "f")
    pieces = cut(doc)
    starts = np.cumsum(pieces.lengths) - pieces.lengths
    begins = np.append(starts, len(pieces.ids))[pieces.windows]
    first = {"piece": cut.rows[START], "shape": len(SHAPES) - 1, "mark": 0}  # of each window
    rows = {
        name: np.insert(column, begins[:-1], first[name])
        for name, column in zip(first, pieces[:3], strict=True)
    }
    bounds = begins + np.arange(len(begins))
    rows["position"] = np.arange(bounds[-1]) - np.repeat(bounds[:-1], np.diff(bounds))
    X = np.zeros((bounds[-1], width), "f")
    for name, numbers in rows.items():
        X += model.get_param(name)[numbers]
    normal(model, "norm", X)
    read(model, [f"layers.{number}" for number in range(model.attrs["depth"])], X, bounds.tolist(), HEADS)
    X = np.delete(X, bounds[:-1], axis=0)
    return np.add.reduceat(X, starts, axis=0) / pieces.lengths[:, None].astype("f")
