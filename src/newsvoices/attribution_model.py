"""The network behind the attribution component: an encoder that sees the parse, and two readers.

Every token (its vector from the encoder, tag, dependency, entity, quotation marks) is passed through
convolutions over its neighbours in the text *and* in the parse (head and children). One reader then
marks cue words; the other is run once for each cue, as in semantic role labelling (Zhou & Xu 2015),
and marks the source and the content of that cue, from the encoded token, the encoded cue and where
the token hangs in the tree as seen from the cue.
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from thinc.api import HashEmbed, Linear, Maxout, Model
from thinc.types import Floats2d

from .attribution_features import Pairs, Tokens
from .weights import MatmulOps

CUE_LABELS = ("O", "B-cue", "I-cue")
ROLE_LABELS = ("O", "B-source", "I-source", "B-content", "I-content")
TOKEN_COLUMNS = {"tag": (150, 32), "dep": (150, 32), "entity": (50, 16), "marks": (50, 16)}
PAIR_COLUMNS = {"path": (1000, 48), "distance": (100, 16), "marks": (100, 16)}


def neighbours(heads: np.ndarray) -> tuple[Callable, Callable]:
    """Functions that give each row its head's row, and the mean of its children's rows (each other's adjoint)."""
    rows = np.arange(len(heads))
    children = rows[heads != rows]
    order = children[np.argsort(heads[children], kind="stable")]
    parents, starts, counts = np.unique(heads[order], return_index=True, return_counts=True)
    scale = np.zeros((len(heads), 1), "f")
    scale[parents, 0] = 1.0 / counts

    def total(X: Floats2d) -> Floats2d:
        sums = np.zeros_like(X)
        if len(order):
            sums[parents] = np.add.reduceat(X[order], starts, axis=0)
        return sums

    def from_head(X: Floats2d) -> Floats2d:
        Y = X[heads]
        Y[heads == rows] = 0.0
        return Y

    def backward(d_head: Floats2d, d_children: Floats2d) -> Floats2d:
        return total(d_head) + from_head(d_children * scale)

    return lambda X: (from_head(X), total(X) * scale), backward


def tree_convolution(width: int, depth: int, dropout: float) -> Model:
    """Residual convolutions over (before, itself, after, head, children)."""
    layers = [Maxout(width, 5 * width, nP=3, normalize=True, dropout=dropout) for _ in range(depth)]

    def forward(model: Model, inputs, is_train: bool):
        X, heads, lengths = inputs
        gather, scatter = neighbours(heads)
        lengths = model.ops.asarray1i(lengths)
        undo = []
        for layer in model.layers:
            window = model.ops.seq2col(X, 1, lengths=lengths)
            Y, back = layer(np.hstack([window, *gather(X)]), is_train)
            X = X + Y
            undo.append(back)

        def backprop(dX: Floats2d) -> Floats2d:
            for back in reversed(undo):
                dZ = back(dX)
                d_window = model.ops.backprop_seq2col(
                    model.ops.as_contig(dZ[:, : 3 * width]), 1, lengths=lengths
                )
                dX = dX + d_window + scatter(dZ[:, 3 * width : 4 * width], dZ[:, 4 * width :])
            return dX

        return X, backprop

    return Model("tree_convolution", forward, layers=layers)


def embedding(columns: dict[str, tuple[int, int]]) -> Model:
    """Hashed embeddings of several columns of ids, side by side."""
    layers = [HashEmbed(nO=w, nV=rows, column=i, seed=i + 1) for i, (rows, w) in enumerate(columns.values())]
    widths = [w for _, w in columns.values()]

    def forward(model: Model, ids: np.ndarray, is_train: bool):
        parts, undo = zip(*(layer(ids, is_train) for layer in model.layers), strict=True)

        def backprop(dX: Floats2d):
            at = 0
            for back, width in zip(undo, widths, strict=True):
                back(model.ops.as_contig(dX[:, at : at + width]))
                at += width

        return np.hstack(parts), backprop

    return Model("embedding", forward, layers=layers)


def attribution_model(width: int = 128, depth: int = 2, role_width: int = 96, role_depth: int = 3,
                      vector_width: int = 384, dropout: float = 0.2) -> Model:  # fmt: skip
    """The whole network; `encode`, `read_cues` and `read_roles` run its parts."""
    token_width = sum(w for _, w in TOKEN_COLUMNS.values()) + vector_width
    pair_width = 2 * width + sum(w for _, w in PAIR_COLUMNS.values())
    parts = {
        "embed": embedding(TOKEN_COLUMNS),
        "mix": Maxout(width, token_width, nP=3, normalize=True, dropout=dropout),
        "encode": tree_convolution(width, depth, dropout),
        "cue_hidden": Maxout(width, width, nP=2, normalize=True, dropout=dropout),
        "cue": Linear(len(CUE_LABELS), width),
        "pair_embed": embedding(PAIR_COLUMNS),
        "pair": Maxout(role_width, pair_width, nP=2, normalize=True, dropout=dropout),
        "roles": tree_convolution(role_width, role_depth, dropout),
        "role": Linear(len(ROLE_LABELS), role_width),
    }
    model = Model("attribution", None, layers=list(parts.values()), attrs={"parts": list(parts)})
    ops = MatmulOps()
    for layer in model.walk():
        layer.ops = ops
        if not layer.layers or layer.name == "maxout":
            layer.initialize()
    return model


def part(model: Model, name: str) -> Model:
    """One part of the network, by its name in `attribution_model`."""
    return model.layers[model.attrs["parts"].index(name)]


def encode(model: Model, tokens: Tokens, is_train: bool = False):
    """(tokens, width): each token in its context."""
    X, back_embed = part(model, "embed")(tokens.ids, is_train)
    X, back_mix = part(model, "mix")(np.hstack([X, tokens.vectors]), is_train)
    H, back_encode = part(model, "encode")((X, tokens.heads, tokens.lengths), is_train)
    return H, lambda dH: back_embed(back_mix(back_encode(dH)))


def read_cues(model: Model, H: Floats2d, is_train: bool = False):
    """(tokens, CUE_LABELS): scores."""
    X, back_hidden = part(model, "cue_hidden")(H, is_train)
    scores, back = part(model, "cue")(X, is_train)
    return scores, lambda d: back_hidden(back(d))


def read_roles(model: Model, H: Floats2d, tokens: Tokens, pairs: Pairs, is_train: bool = False):
    """(pairs, ROLE_LABELS): scores."""
    width = H.shape[1]
    E, back_embed = part(model, "pair_embed")(pairs.ids, is_train)
    X, back_pair = part(model, "pair")(np.hstack([H[pairs.token], H[pairs.cue], E]), is_train)
    X, back_roles = part(model, "roles")((X, local_heads(tokens, pairs), pairs.lengths), is_train)
    scores, back = part(model, "role")(X, is_train)

    def backprop(d: Floats2d) -> Floats2d:
        dX = back_pair(back_roles(back(d)))
        dH = np.zeros_like(H)
        model.ops.scatter_add(dH, pairs.token, model.ops.as_contig(dX[:, :width]))
        model.ops.scatter_add(dH, pairs.cue, model.ops.as_contig(dX[:, width : 2 * width]))
        back_embed(dX[:, 2 * width :])
        return dH

    return scores, backprop


def local_heads(tokens: Tokens, pairs: Pairs) -> np.ndarray:
    """Rows of Pairs: each token's head within the same cue's run, or itself where the head lies outside it."""
    rows = np.arange(len(pairs.token))
    first = np.repeat(np.cumsum(pairs.lengths) - pairs.lengths, pairs.lengths)
    last = first + np.repeat(pairs.lengths, pairs.lengths)
    heads = first + tokens.heads[pairs.token] - pairs.token[first]
    return np.where((heads >= first) & (heads < last), heads, rows)


def softmax(scores: Floats2d) -> Floats2d:
    """Probabilities along each row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def best_labels(scores: Floats2d, lengths: np.ndarray, labels: tuple[str, ...]) -> np.ndarray:
    """(rows,): the best sequence of labels for each run of rows, in which I- only continues its own role.

    Viterbi's algorithm, all runs side by side.
    """
    n, longest = len(lengths), int(max(lengths))
    starts = np.cumsum(lengths) - lengths
    steps = np.arange(longest)
    inside = steps < np.asarray(lengths)[:, None]
    padded = np.where(inside[..., None], scores[np.minimum(starts[:, None] + steps, len(scores) - 1)], 0.0)
    barred = np.array([[end[0] == "I" and begin[2:] != end[2:] for end in labels] for begin in labels])
    cost = np.where(barred, -1e9, 0.0)
    total = padded[:, 0] + cost[0]
    back = np.zeros((longest, n, len(labels)), "int8")
    for step in range(1, longest):
        reached = total[:, :, None] + cost
        back[step] = reached.argmax(axis=1)
        total = np.where(inside[:, step, None], reached.max(axis=1) + padded[:, step], total)
        back[step][~inside[:, step]] = np.arange(len(labels))
    chosen = np.zeros((n, longest), "int64")
    chosen[:, -1] = total.argmax(axis=1)
    for step in range(longest - 1, 0, -1):
        chosen[:, step - 1] = back[step][np.arange(n), chosen[:, step]]
    return chosen[inside]


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
