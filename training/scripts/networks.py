"""The networks that train_encoder.py tunes: the encoder, plain heads that teach it, and attribution's reader."""

import random

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from newsvoices.attribution_model import CUE_LABELS, NEAR, READER_HEADS, READERS, ROLE_LABELS, UPPER, moves
from newsvoices.encoder import HEADS
from newsvoices.transformer import EPSILON
from newsvoices.wordpieces import MARK_STATES, SHAPES, WINDOW

WIDTH, INNER, DEPTH = 384, 1536, 4
UPPER_INNER = 768  # attribution's own layers keep the stronger half of their inner width
READER_WIDTH, READER_INNER = 192, 576

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


def pretrained_layer(weights: dict, number: int, inner: int = INNER) -> Layer:
    """A layer of the pretrained transformer, with the `inner` strongest of its inner units."""
    name, layer = f"encoder.layer.{number}.", Layer(WIDTH, inner, HEADS)
    w = {key.removeprefix(name): value for key, value in weights.items() if key.startswith(name)}
    parts = [f"attention.self.{part}" for part in ("query", "key", "value")]
    layer.qkv = copied(*(torch.cat([w[f"{part}.{kind}"] for part in parts]) for kind in ("weight", "bias")))
    layer.out = copied(w["attention.output.dense.weight"], w["attention.output.dense.bias"])
    into, out = w["intermediate.dense.weight"], w["output.dense.weight"]
    kept = torch.argsort(into.norm(dim=1) * out.norm(dim=0), descending=True)[:inner].sort()[0]
    layer.inner = copied(into[kept], w["intermediate.dense.bias"][kept])
    layer.outer = copied(out[:, kept], w["output.dense.bias"])
    for norm, part in ((layer.norm1, "attention.output"), (layer.norm2, "output")):
        norm.weight.data, norm.bias.data = (w[f"{part}.LayerNorm.{x}"].clone() for x in ("weight", "bias"))
    return layer


def save(network: nn.Module, path, **more) -> None:
    np.savez(path, **{name: value.detach().numpy() for name, value in network.named_parameters()}, **more)


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
        longest = 1 + max(len(e["ids"]) for e in batch)
        ids, shapes, marks = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
        inside = torch.zeros(len(batch), longest, dtype=torch.bool)
        ids[:, 0], shapes[:, 0] = self.start, len(SHAPES) - 1
        for row, e in enumerate(batch):
            n = len(e["ids"])
            for column, name in ((ids, "ids"), (shapes, "shapes"), (marks, "marks")):
                column[row, 1 : n + 1] = torch.from_numpy(e[name])
            inside[row, : n + 1] = True
        X = self.piece[ids] + self.position[:longest] + self.shape[shapes] + self.mark[marks]
        X = dropout(self.norm(X), drop, self.training)
        for layer in self.layers:
            X = layer(X, inside[:, None, None, :], drop)
        inside[:, 0] = False
        lengths = torch.from_numpy(np.concatenate([e["lengths"] for e in batch]))
        owner = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
        return torch.zeros(len(lengths), WIDTH).index_add(0, owner, X[inside]) / lengths[:, None]


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

    def __init__(self, weights: dict):
        super().__init__()
        self.upper = nn.ModuleList(pretrained_layer(weights, DEPTH + i, UPPER_INNER) for i in range(UPPER))
        self.cue = nn.Linear(WIDTH, len(CUE_LABELS))
        self.token, self.centre = nn.Linear(WIDTH, READER_WIDTH), nn.Linear(WIDTH, READER_WIDTH, bias=False)
        self.near = nn.Embedding(2 * NEAR + 1, READER_WIDTH)
        self.near.weight.data *= 0.1
        self.norm = nn.LayerNorm(READER_WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(READER_WIDTH, READER_INNER, READER_HEADS) for _ in range(READERS))
        self.role = nn.Linear(READER_WIDTH, len(ROLE_LABELS))
        self.moves = nn.Parameter(torch.zeros(len(ROLE_LABELS), len(ROLE_LABELS)))

    def words(self, H: torch.Tensor, lengths: list[int], drop: float) -> torch.Tensor:
        """(words, WIDTH), read on within their windows."""
        inside = torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]
        X = torch.zeros(*inside.shape, WIDTH)
        X[inside] = H
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
        sums = torch.cat([torch.zeros(1, WIDTH), X.cumsum(0)])
        centre = (sums[cue_end] - sums[cue_start]) / (cue_end - cue_start)[:, None]
        Y = self.token(X)[token] + self.centre(centre)[:, None] + self.near(bucket.long() + NEAR)
        Y = dropout(self.norm(Y), drop, self.training)
        for layer in self.layers:
            Y = layer(Y, inside[:, None, None, :], drop)
        return self.role(dropout(Y, drop, self.training)), inside

    def surprise(self, E: torch.Tensor, inside: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
        """Negative log-likelihood of the true labels of all runs, over all sequences of labels."""
        cost = self.moves + torch.from_numpy(moves(ROLE_LABELS))
        gold = (E.gather(2, truth[..., None])[..., 0] * inside).sum(1) + cost[0][truth[:, 0]]
        gold = gold + (cost[truth[:, :-1], truth[:, 1:]] * inside[:, 1:]).sum(1)
        total = E[:, 0] + cost[0]
        for step in range(1, E.shape[1]):
            reached = torch.logsumexp(total[:, :, None] + cost, 1) + E[:, step]
            total = torch.where(inside[:, step, None], reached, total)
        return (torch.logsumexp(total, 1) - gold).sum()


def learn(loss, optimizer, rate, own: list, mean: list, share: float) -> None:
    """One step down the loss; `mean`, the average of the weights `own`, goes a share of the way to them."""
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(own, 1.0)
    optimizer.step()
    rate.step()
    with torch.no_grad():
        torch._foreach_lerp_(mean, own, share)
