"""Layers that see a few tokens on either side, read a stretch at a time: a long article takes no more memory for them."""

from collections.abc import Callable
from functools import partial

import numpy as np
import spacy
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d

PIECE = 4096  # tokens


def read_in_pieces(read: Callable[[int, int], Floats2d], length: int, reach: int) -> Floats2d:
    """(length, width): what `read` gives for all rows, asked for PIECE of them at a time and `reach` more on each side."""
    parts = []
    for start in range(0, max(length, 1), PIECE):
        first = max(start - reach, 0)
        part = read(first, min(start + PIECE + reach, length))
        parts.append(part[start - first : start - first + PIECE])
    return np.concatenate(parts)


def reach_of(layer: Model) -> int:
    """How many tokens on either side a layer sees, as spaCy's encoders say by the blanks that they put between Docs."""
    return sum(inner.attrs.get("pad", 0) for inner in layer.walk())


@spacy.registry.architectures("en_newsvoices.InPieces.v1")
def in_pieces(layer: Model[list[Doc], list[Floats2d]]) -> Model[list[Doc], list[Floats2d]]:
    """The same layer; it is trained as it stands, and annotates a Doc piece by piece.

    Args:
        layer: gives a row for each token, such as a HashEmbedCNN.

    Limitation: a layer that sees further than `reach_of` knows of gives other rows at the edges of the pieces.
    """
    return Model("in_pieces", _forward, init=_init, layers=[layer], dims={"nO": layer.get_dim("nO")})


def _init(model: Model, X=None, Y=None) -> None:
    model.layers[0].initialize(X, Y)


def _forward(model: Model, docs: list[Doc], is_train: bool):
    layer = model.layers[0]
    if is_train:
        return layer(docs, is_train)
    reach = reach_of(layer)
    return [read_in_pieces(partial(_read, layer, doc), len(doc), reach) for doc in docs], _no_gradient


def _read(layer: Model, doc: Doc, start: int, end: int) -> Floats2d:
    piece = (
        doc if end - start == len(doc) else doc[start:end].as_doc()
    )  # layers take names of attributes of Docs only
    return layer.predict([piece])[0]


def _no_gradient(_):
    raise NotImplementedError("only what was read for training is trained on")
