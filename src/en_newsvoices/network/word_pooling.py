"""Layers that let every occurrence of a word in an article inform all the others."""

import numpy as np
import spacy
from spacy.attrs import NORM
from spacy.tokens import Doc
from thinc.api import Maxout, Model
from thinc.types import Floats2d

from .long_articles import reach_of, read_in_pieces


@spacy.registry.architectures("en_newsvoices.WordPooling.v1")
def word_pooling(
    read: Model[list[Doc], list[Floats2d]], decode: Model, width: int
) -> Model[list[Doc], list[Floats2d]]:
    """Read → each token beside the mean over its word's occurrences in the Doc → decode.

    Names are used the same way all through an article, but only some of their uses are easy to read
    (one sense per discourse, Gale et al. 1992; pooled contextual embeddings, Akbik et al. 2019).

    Args:
        read: layers before the words of an article are pooled, such as a Tok2VecListener.
        decode: layers after it.
        width: of what `decode` reads and gives.
    """
    mix = Maxout(width, 2 * read.get_dim("nO"), nP=3, normalize=True, dropout=0.0)
    return Model("word_pooling", _forward, init=_init, layers=[read, mix, decode], dims={"nO": width})


def _init(model: Model, X=None, Y=None) -> None:
    read, mix, decode = model.layers
    read.initialize(X)
    mix.initialize()
    decode.initialize()


def _forward(model: Model, docs: list[Doc], is_train: bool):
    read, mix, decode = model.layers
    parts, back_read = read(docs, is_train)
    if not is_train:
        return [_predicted(model, doc, X) for doc, X in zip(docs, parts, strict=True)], back_read
    cuts = np.cumsum([len(part) for part in parts])[:-1]
    X = np.concatenate(parts)
    mean = _mean_by_word(docs)
    Y, back_mix = mix(np.hstack([X, mean(X)]), is_train)
    out, back_decode = decode(np.split(Y, cuts), is_train)

    def backprop(d_out: list[Floats2d]):
        dX = np.concatenate(back_decode(d_out))
        dZ = back_mix(dX)
        width = X.shape[1]
        return back_read(np.split(dZ[:, :width] + mean(dZ[:, width:]), cuts))

    return out, backprop


def _predicted(model: Model, doc: Doc, X: Floats2d) -> Floats2d:
    _, mix, decode = model.layers
    mean = _mean_by_word([doc])(X)

    def decoded(start: int, end: int) -> Floats2d:
        return decode.predict([mix.predict(np.hstack([X[start:end], mean[start:end]]))])[0]

    return read_in_pieces(decoded, len(X), reach_of(decode))


def _mean_by_word(docs: list[Doc]):
    """A function that gives each row the mean of the rows with its word in its Doc; it is its own adjoint."""
    words = np.concatenate([doc.to_array([NORM]).reshape(-1) for doc in docs])
    owner = np.repeat(np.arange(len(docs), dtype="uint64"), [len(doc) for doc in docs])
    _, group = np.unique(words ^ owner * np.uint64(0x9E3779B97F4A7C15), return_inverse=True)
    order = np.argsort(group, kind="stable")
    counts = np.bincount(group)
    starts = np.cumsum(counts) - counts

    def mean(X: Floats2d) -> Floats2d:
        if not len(X):
            return X
        sums = np.add.reduceat(X[order], starts, axis=0)
        return (sums / counts[:, None].astype("float32"))[group]

    return mean
