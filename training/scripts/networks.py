"""The networks that are tuned: the encoder and its teacher, plain heads, and attribution's reader."""

import copy
import random
from collections.abc import Iterable

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from en_newsvoices.attribution.network import (
    CUE_LABELS,
    NEAR,
    READER_HEADS,
    READERS,
    ROLE_LABELS,
    moves,
)
from en_newsvoices.network.encoder import HEADS
from en_newsvoices.network.transformer import EPSILON
from en_newsvoices.network.word_pieces import MARK_STATES, SHAPES, WINDOW

WIDTH, DEPTH = 384, 4
UPPER, UPPER_INNER = 2, 768  # attribution's own layers keep the stronger half of their inner width
DEEPER = 1  # more of them, once the encoder stays as it is
READER_WIDTH, READER_INNER = 192, 576

HALF = torch.autocast("cpu", torch.bfloat16)  # matrices are multiplied in half precision, the rest is not
_BANK = torch.rand(1 << 24)


def dropout(X: torch.Tensor, share: float, training: bool) -> torch.Tensor:
    """As F.dropout, with numbers drawn once: drawing them takes half the time of a step."""
    if not training or not share:
        return X
    size = X.numel()
    start = random.randrange(len(_BANK) - size)
    return X * ((_BANK[start : start + size] > share).float() / (1 - share)).view(X.shape)


def copied(weight: torch.Tensor, bias: torch.Tensor) -> nn.Linear:
    layer = nn.Linear(*weight.shape[::-1])
    layer.weight.data, layer.bias.data = weight.clone(), bias.clone()
    return layer


class Layer(nn.Module):
    """What `newsvoices.transformer.layer` reads."""

    def __init__(self, width: int, inner: int, heads: int):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.inner, self.outer = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=EPSILON), nn.LayerNorm(width, eps=EPSILON)

    def forward(self, X: torch.Tensor, mask: torch.Tensor, drop: float) -> torch.Tensor:
        n, longest, _ = X.shape
        q, k, v = self.qkv(X).view(n, longest, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        A = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        X = self.norm1(X + dropout(self.out(A.transpose(1, 2).reshape(X.shape)), drop, self.training))
        Z = self.inner(X)
        return self.norm2(X + dropout(self.outer(Z * torch.sigmoid(1.702 * Z)), drop, self.training))


BERT = (
    ("attention.self.query", "attention.self.key", "attention.self.value"),
    "attention.output.dense", "attention.output.LayerNorm",
)  # fmt: skip
MPNET = (
    ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
    "attention.attn.o",
    "attention.LayerNorm",
)


def pretrained_layer(weights: dict, number: int, inner: int | None = None, names: tuple = BERT) -> Layer:
    """A layer of a pretrained transformer, with the `inner` strongest of its inner units."""
    name = f"encoder.layer.{number}."
    w = {key.removeprefix(name): value for key, value in weights.items() if key.startswith(name)}
    parts, out_name, norm_name = names
    into, out = w["intermediate.dense.weight"], w["output.dense.weight"]
    kept = torch.argsort(into.norm(dim=1) * out.norm(dim=0), descending=True)[:inner].sort()[0]
    layer = Layer(into.shape[1], len(kept), HEADS)
    layer.qkv = copied(*(torch.cat([w[f"{part}.{kind}"] for part in parts]) for kind in ("weight", "bias")))
    layer.out = copied(w[f"{out_name}.weight"], w[f"{out_name}.bias"])
    layer.inner = copied(into[kept], w["intermediate.dense.bias"][kept])
    layer.outer = copied(out[:, kept], w["output.dense.bias"])
    for norm, part in ((layer.norm1, norm_name), (layer.norm2, "output.LayerNorm")):
        norm.weight.data, norm.bias.data = (w[f"{part}.{x}"].clone() for x in ("weight", "bias"))
    return layer


def passing_layer(like: Layer, X: torch.Tensor) -> Layer:
    """A layer that goes on from `like`, whose vectors are X (tokens, width): at first it all but leaves them alone."""
    layer = copy.deepcopy(like)
    for part in (layer.out, layer.outer):
        part.weight.data.zero_(), part.bias.data.zero_()
    for norm in (layer.norm1, layer.norm2):
        norm.weight.data.fill_(float(X.std(dim=1).mean())), norm.bias.data.fill_(float(X.mean()))
    return layer


def save(network: nn.Module, path, **more) -> None:
    np.savez(path, **{name: value.detach().numpy() for name, value in network.named_parameters()}, **more)


def padded(batch: list[dict], start: int) -> tuple[torch.Tensor, ...]:
    """(windows, longest) ids, shapes and marks of the pieces, and where there are any; each begins with `start`."""
    longest = 1 + max(len(e["ids"]) for e in batch)
    ids, shapes, marks = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    inside = torch.zeros(len(batch), longest, dtype=torch.bool)
    ids[:, 0], shapes[:, 0] = start, len(SHAPES) - 1
    for row, e in enumerate(batch):
        n = len(e["ids"])
        for column, name in ((ids, "ids"), (shapes, "shapes"), (marks, "marks")):
            column[row, 1 : n + 1] = torch.from_numpy(e[name])
        inside[row, : n + 1] = True
    return ids, shapes, marks, inside


def word_means(X: torch.Tensor, inside: torch.Tensor, batch: list[dict]) -> torch.Tensor:
    """(words of the batch, width): the mean over the pieces of each word."""
    inside = inside.clone()
    inside[:, 0] = False
    lengths = torch.from_numpy(np.concatenate([e["lengths"] for e in batch]))
    owner = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
    return torch.zeros(len(lengths), X.shape[-1]).index_add(0, owner, X[inside]) / lengths[:, None]


class Encoder(nn.Module):
    """What `newsvoices.encoder` reads."""

    def __init__(self, weights: dict, rows: list[int], start: int):
        super().__init__()
        self.start = start
        embeddings = {key.removeprefix("embeddings."): value for key, value in weights.items()}
        position = embeddings["position_embeddings.weight"][:WINDOW]
        self.piece = nn.Parameter(embeddings["word_embeddings.weight"][rows].clone())
        self.position = nn.Parameter(position + embeddings["token_type_embeddings.weight"][0])
        self.shape = nn.Parameter(torch.zeros(len(SHAPES), WIDTH))
        self.mark = nn.Parameter(torch.zeros(MARK_STATES, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.norm.weight.data, self.norm.bias.data = (
            embeddings[f"LayerNorm.{x}"].clone() for x in ("weight", "bias")
        )
        self.layers = nn.ModuleList(pretrained_layer(weights, number) for number in range(DEPTH))

    def forward(self, batch: list[dict], drop: float) -> torch.Tensor:
        """(words of the batch, WIDTH)"""
        ids, shapes, marks, inside = padded(batch, self.start)
        X = self.piece[ids] + self.position[: ids.shape[1]] + self.shape[shapes] + self.mark[marks]
        X = dropout(self.norm(X), drop, self.training)
        with HALF:
            for layer in self.layers:
                X = layer(X, inside[:, None, None, :], drop)
        return word_means(X, inside, batch)


class Teacher(nn.Module):
    """The lower layers of MPNet (Song et al. 2020), with capitals and quotation marks; the lowest stay as they are."""

    def __init__(self, weights: dict, depth: int, frozen: int):
        super().__init__()
        embeddings = {key.removeprefix("embeddings."): value for key, value in weights.items()}
        self.piece = nn.Parameter(embeddings["word_embeddings.weight"].clone(), requires_grad=False)
        self.position = nn.Parameter(embeddings["position_embeddings.weight"][2 : 2 + WINDOW].clone())
        width = self.piece.shape[1]
        self.shape, self.mark = (nn.Parameter(torch.zeros(n, width)) for n in (len(SHAPES), MARK_STATES))
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.norm.weight.data, self.norm.bias.data = (
            embeddings[f"LayerNorm.{x}"].clone() for x in ("weight", "bias")
        )
        self.layers = nn.ModuleList(pretrained_layer(weights, n, names=MPNET) for n in range(depth))
        for layer in self.layers[:frozen]:
            layer.requires_grad_(False)
        near = weights["encoder.relative_attention_bias.weight"]
        self.near = nn.Parameter(near[_near_buckets(WINDOW, len(near))].permute(2, 0, 1), requires_grad=False)

    def forward(self, batch: list[dict], drop: float) -> torch.Tensor:
        """(words of the batch, width)"""
        ids, shapes, marks, inside = padded(batch, 0)
        longest = ids.shape[1]
        X = self.piece[ids] + self.position[:longest] + self.shape[shapes] + self.mark[marks]
        X = dropout(self.norm(X), drop, self.training)
        mask = self.near[None, :, :longest, :longest].masked_fill(~inside[:, None, None, :], -1e4)
        with HALF:
            for layer in self.layers:
                X = layer(X, mask.bfloat16(), drop)
        return word_means(X, inside, batch)

    def halve(self) -> None:
        """Rounds the matrices once to what they are multiplied in; else each window rounds them anew."""
        for part in self.layers.modules():
            if isinstance(part, nn.Linear):
                part.bfloat16()


def _near_buckets(longest: int, buckets: int, furthest: int = 128) -> torch.Tensor:
    """(longest, longest): the bucket of how far, and on which side, one position lies from another."""
    away = torch.arange(longest)[:, None] - torch.arange(longest)[None, :]
    half, exact = buckets // 2, buckets // 4
    distance = away.abs().clamp(min=1)
    far = exact + (torch.log(distance / exact) / np.log(furthest / exact) * (half - exact)).long()
    own = torch.where(away.abs() < exact, away.abs(), far.clamp(max=half - 1))
    return own + half * (away < 0)


class Heads(nn.Module):
    """As plain as can be: they teach the encoder tags, heads, labels, sentence starts and entities."""

    def __init__(self, sizes: dict[str, int]):
        super().__init__()
        self.plain = nn.ModuleDict({n: nn.Linear(WIDTH, sizes[n]) for n in ("tag", "morph", "entity")})
        self.starts = nn.Linear(WIDTH, 2)
        self.arc = nn.ModuleList([nn.Linear(WIDTH, 192), nn.Linear(WIDTH, 192)])
        self.arc_weight = nn.Parameter(torch.eye(192) * 0.1)
        self.label = nn.ModuleList([nn.Linear(WIDTH, 64), nn.Linear(WIDTH, 64)])
        self.label_weight = nn.Parameter(torch.randn(sizes["dep"], 65, 65) * 0.02)

    def arcs(self, H, drop):
        a = dropout(F.gelu(self.arc[0](H)), drop, self.training)
        b = dropout(F.gelu(self.arc[1](H)), drop, self.training)
        return (a @ self.arc_weight) @ b.T

    def labels(self, H, heads, drop):
        one = torch.ones(len(H), 1)
        a = torch.cat([dropout(F.gelu(self.label[0](H)), drop, self.training), one], 1)
        b = torch.cat([dropout(F.gelu(self.label[1](H)), drop, self.training), one], 1)[heads]
        return torch.einsum("ni,lij,nj->nl", a, self.label_weight, b)


class Reader(nn.Module):
    """What `newsvoices.attribution_model` reads."""

    def __init__(self, width: int, upper: Iterable[Layer] = ()):
        super().__init__()
        self.upper = nn.ModuleList(upper)
        self.cue = nn.Linear(width, len(CUE_LABELS))
        self.token, self.centre = nn.Linear(width, READER_WIDTH), nn.Linear(width, READER_WIDTH, bias=False)
        self.near = nn.Embedding(2 * NEAR + 1, READER_WIDTH)
        self.near.weight.data *= 0.1
        self.norm = nn.LayerNorm(READER_WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(READER_WIDTH, READER_INNER, READER_HEADS) for _ in range(READERS))
        self.role = nn.Linear(READER_WIDTH, len(ROLE_LABELS))
        self.moves = nn.Parameter(torch.zeros(len(ROLE_LABELS), len(ROLE_LABELS)))

    def words(self, H: torch.Tensor, lengths: list[int], drop: float) -> torch.Tensor:
        """(words, WIDTH), read on within their windows."""
        inside = torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]
        X = torch.zeros(*inside.shape, H.shape[1])
        X[inside] = H
        with HALF:
            for layer in self.upper:
                X = layer(X, inside[:, None, None, :], drop)
        return X[inside]

    def roles(self, X, cue_start, cue_end, start, end, drop):
        """(cues, longest run, labels) scores, and where the runs are; the arguments are rows of X, one a cue."""
        steps = torch.arange(int((end - start).max()))
        inside = steps < (end - start)[:, None]
        token = torch.minimum(start[:, None] + steps, (end - 1)[:, None])
        away = (token - cue_start[:, None]).clamp(max=0) + (token - cue_end[:, None] + 1).clamp(min=0)
        bucket = torch.sign(away) * torch.ceil(torch.log2(away.abs() + 1.0) * 2).clamp(max=NEAR)
        sums = torch.cat([torch.zeros(1, X.shape[1]), X.cumsum(0)])
        centre = (sums[cue_end] - sums[cue_start]) / (cue_end - cue_start)[:, None]
        Y = self.token(X)[token] + self.centre(centre)[:, None] + self.near(bucket.long() + NEAR)
        Y = dropout(self.norm(Y), drop, self.training)
        with HALF:
            for layer in self.layers:
                Y = layer(Y, inside[:, None, None, :], drop)
        return self.role(dropout(Y, drop, self.training)), inside

    def surprise(self, E: torch.Tensor, inside: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
        """Cross-entropy between the truth and all sequences of labels, summed over the runs.

        truth: (runs, longest, labels, labels), how likely it is at each step to go from one label to the next; the
        step before the first has the first label. Where that is certain this is the negative log-likelihood, else
        the distillation of a structure (Wang et al. 2020).
        """
        cost = self.moves + torch.from_numpy(moves(ROLE_LABELS))
        gold = (E * truth.sum(2)).sum() + (cost * truth).sum()
        return log_total(E, inside, cost).sum() - gold


class Likeness(nn.Module):
    """How far vectors are, by a linear map, from a teacher's: the mean square, in the teacher's standard deviations."""

    def __init__(self, X: torch.Tensor, teacher: torch.Tensor):
        """Begins where the two are nearest for X (words, width) and the teacher's (words, its width)."""
        super().__init__()
        self.register_buffer("mean", teacher.mean(0))
        self.register_buffer("spread", teacher.std(0))
        X = torch.cat([X, torch.ones(len(X), 1)], 1)
        best = torch.linalg.lstsq(X, (teacher - self.mean) / self.spread).solution.T
        self.map = copied(best[:, :-1], best[:, -1])

    def forward(self, X: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
        return F.mse_loss(self.map(X), (teacher - self.mean) / self.spread)


def log_total(E: torch.Tensor, inside: torch.Tensor, cost: torch.Tensor) -> torch.Tensor:
    """(runs,): the logarithm of the sum over all sequences of labels; cost may differ by run and step."""
    cost = cost.expand(*E.shape, E.shape[-1])
    total = E[:, 0] + cost[:, 0, 0]
    for step in range(1, E.shape[1]):
        reached = torch.logsumexp(total[:, :, None] + cost[:, step], 1) + E[:, step]
        total = torch.where(inside[:, step, None], reached, total)
    return torch.logsumexp(total, 1)


def likely_moves(E: torch.Tensor, inside: torch.Tensor, cost: torch.Tensor) -> torch.Tensor:
    """(runs, longest, labels, labels): how likely it is at each step to go from one label to the next."""
    with torch.enable_grad():  # the derivative of the total by what a move adds
        cost = cost.detach().expand(*E.shape, E.shape[-1]).clone().requires_grad_()
        return torch.autograd.grad(log_total(E.detach(), inside, cost).sum(), cost)[0]


def certain_moves(labels: np.ndarray) -> np.ndarray:
    """(n, labels, labels): `likely_moves` of a sequence of labels that is known."""
    out = np.zeros((len(labels), len(ROLE_LABELS), len(ROLE_LABELS)), "f")
    out[np.arange(len(labels)), np.append(0, labels[:-1]), labels] = 1
    return out


def tuning(networks: dict[str, nn.Module], rates: dict[str, float]):
    """Copies whose weights are averages, the weights that are tuned and those of the copies, and an optimizer for them."""
    average = {name: copy.deepcopy(network).eval() for name, network in networks.items()}
    own, mean = (
        [p for n in some.values() for p in n.parameters() if p.requires_grad] for some in (networks, average)
    )
    groups = [
        {"params": [p for p in network.parameters() if p.requires_grad], "lr": rates[name]}
        for name, network in networks.items()
    ]
    return average, own, mean, torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def learn(loss, optimizer, rate, own: list, mean: list, share: float) -> None:
    """One step down the loss; `mean`, the average of the weights `own`, goes a share of the way to them."""
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(own, 1.0)
    optimizer.step()
    rate.step()
    with torch.no_grad():
        torch._foreach_lerp_(mean, own, share)
