"""Tune the reader of stances behind the frozen encoder and attribution's frozen layers.

Usage: python train_stance.py FOLDER OUT [EPOCHS] [TAUGHT]
FOLDER is what stances.py wrote, OUT the file that `en_newsvoices.stances.network` reads: matrices as a byte a
number with a scale a row. The reader's layers begin as those that look for source and content of a cue, with the
stronger part of their inner width. TAUGHT holds a teacher's probabilities of the train parts, NAME.npy of each
(meetings, 2, STANCES): the share TEACHER of the truth where there is one, all of it elsewhere; what is made up is
known. Weights are averaged over the last steps; after each epoch they are written and scored on the valid parts.
"""

import copy
import pickle
import random
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from networks import READER_WIDTH, Layer, dropout, learn
from stances import FAVOUR, UNKNOWN, Example, Read, label_of, label_scores, score
from torch import nn
from torch.nn import functional as F
from train_encoder import batched, shuffled

from en_newsvoices.network.transformer import EPSILON
from en_newsvoices.stances.network import (
    HEADS,
    LONGEST,
    NEAR,
    SCALE,
    STANCES,
    distances,
    marks_of,
)
from newsvoices import load_pipeline

SEED, ROWS_A_BATCH = 2026, 3000
RATE, DROPOUT, BLANK = 1e-3, 0.15, 0.15  # BLANK: of actors, their words are not read, so that names tell less
DEPTH, INNER, HIDDEN = 2, 192, 96
DECAY = 0.996  # of the average of the weights, a step
OUTSIDE = 0.1  # of the meetings with somebody outside SEESAW's lists and no stance that an epoch reads
TEACHER = 0.75


class StanceReader(nn.Module):
    """What `en_newsvoices.stances.network` reads."""

    def __init__(self, width: int):
        super().__init__()
        self.token = nn.Linear(width, READER_WIDTH)
        self.mark = nn.Parameter(torch.randn(4, READER_WIDTH) * 0.1)
        self.near = nn.Parameter(torch.randn(2, 2 * NEAR + 2, READER_WIDTH) * 0.03)
        self.norm = nn.LayerNorm(READER_WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(READER_WIDTH, INNER, HEADS) for _ in range(DEPTH))
        self.hidden = nn.Linear(3 * READER_WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, 2 * len(STANCES))
        self.gone = nn.Parameter(
            torch.zeros(width)
        )  # in place of the words of an actor; not read by the package

    def forward(self, X, marks, near, inside):
        """(meetings, 2, STANCES) scores, of vectors (meetings, longest, width), and what stances.network makes of each."""
        if self.training:
            blank = (marks[..., :2] > 0) & (torch.rand(len(X), 1, 2) < BLANK)
            X = dropout(torch.where(blank.any(2, keepdim=True), self.gone, X), 0.1, True)
        Y = self.token(X) + marks @ self.mark + self.near[0][near[..., 0]] + self.near[1][near[..., 1]]
        Y = dropout(self.norm(Y), DROPOUT, self.training)
        for layer in self.layers:
            Y = layer(Y, inside[:, None, None, :], DROPOUT)
        parts = [inside.float(), *(actor_tokens(marks, actor) for actor in (0, 1))]
        pooled = [(Y * w[..., None]).sum(1) / w.sum(1, keepdim=True).clamp(min=1) for w in parts]
        H = self.hidden(dropout(torch.cat(pooled, 1), DROPOUT, self.training))
        return self.out(dropout(H * torch.sigmoid(1.702 * H), DROPOUT, self.training)).view(
            -1, 2, len(STANCES)
        )


def actor_tokens(marks, actor):
    named = marks[..., actor]
    return torch.where(named.sum(1, keepdim=True) > 0, named, marks[..., 2 + actor])


def reader_weights() -> dict[str, torch.Tensor]:
    """Those of attribution's reader in the package."""
    model = load_pipeline().get_pipe("newsvoices_attribution").model
    names = [name for name in model.param_names if model.has_param(name)]
    return {name: torch.from_numpy(model.get_param(name)) for name in names}


@torch.no_grad()
def begin(reader: StanceReader, weights: dict[str, torch.Tensor]) -> None:
    """Sets what of attribution's reader there is; the vectors beside attribution's own count for nothing at first."""
    own = weights["token.weight"]
    reader.token.weight.copy_(
        torch.cat([torch.zeros(len(own), reader.token.in_features - own.shape[1]), own], 1)
    )
    reader.token.bias.copy_(weights["token.bias"])
    reader.near[:, :-1] = weights["near.weight"] / 2
    state = reader.state_dict()
    for name in state:
        if name.startswith(("layers", "norm")):
            value = weights[name]
            if ".inner" in name or name.endswith("outer.weight"):
                layer = name.split(".")[1]
                into, out = weights[f"layers.{layer}.inner.weight"], weights[f"layers.{layer}.outer.weight"]
                kept = torch.argsort(into.norm(dim=1) * out.norm(dim=0), descending=True)[:INNER].sort()[0]
                value = value[kept] if ".inner" in name else value[:, kept]
            state[name].copy_(value)


# --- examples


def collate(part: Read, rows: Sequence[int]) -> tuple[torch.Tensor, ...]:
    """What a StanceReader reads of these examples; the Docs' vectors may be arrays or tensors that are tuned."""
    some = [part.examples[row] for row in rows]
    longest = max(map(length, some))
    X = torch.zeros(len(some), longest, part.vectors[0].shape[1])
    marks, near = np.zeros((len(some), longest, 4), "f"), np.zeros((len(some), longest, 2), "int64")
    for row, (number, meeting, *_) in enumerate(some):
        n = length(some[row])
        X[row, :n] = torch.as_tensor(part.vectors[number][meeting.start : meeting.start + n])
        marks[row, :n] = marks_of(meeting)
        near[row, :n] = np.stack([distances(meeting, actor) for actor in (0, 1)], axis=1)
    inside = torch.arange(longest) < torch.tensor([length(e) for e in some])[:, None]
    return X, torch.from_numpy(marks), torch.from_numpy(near), inside


def length(example: Example) -> int:
    return min(example.meeting.end - example.meeting.start, LONGEST)


def is_read(example: Example, taught: bool, rng: random.Random) -> bool:
    """Whether an epoch reads it: what nobody knows only where there is a teacher, what is easy now and then."""
    if set(example.stances) == {UNKNOWN}:
        return taught
    outside = any(name[0] == "?" for name in example.names) and example.names != ("?", "?")
    return not outside or max(example.stances) > 0 or rng.random() < OUTSIDE


def truth(part: Read, rows: list[int], taught: np.ndarray | None) -> torch.Tensor:
    """(meetings, 2, STANCES): how likely each is; nought where nobody knows."""
    known = np.array([part.examples[row].stances for row in rows])
    out = np.where((known == UNKNOWN)[..., None], 0, np.eye(len(STANCES))[np.maximum(known, 0)])
    if taught is not None:
        share = np.where(known == UNKNOWN, 1, TEACHER)[..., None]
        out = out + share * (taught[rows] - out)
    return torch.from_numpy(out.astype("f"))


# --- scores


@torch.no_grad()
def probabilities(reader: StanceReader, part: Read) -> np.ndarray:
    out = np.zeros((len(part.examples), 2, len(STANCES)), "f")
    for rows in batched(range(len(out)), None, 2 * ROWS_A_BATCH, lambda row: length(part.examples[row])):
        out[rows] = reader(*collate(part, rows)).softmax(2).numpy()
    return out


def score_sentences(part: Read, P: np.ndarray) -> dict:
    gold = [label_of(np.eye(3)[list(e.stances)], e.turned, 1.0) for e in part.examples]
    return label_scores([label_of(p, e.turned, FAVOUR) for p, e in zip(P, part.examples, strict=True)], gold)


def score_articles(part: Read, P: np.ndarray) -> dict:
    """Of pairs that meet, at the threshold where F1 is the best."""
    doubt, gold = defaultdict(lambda: 1.0), set()
    for e, both in zip(part.examples, P, strict=True):
        if "?" not in (e.names[0][0], e.names[1][0]):
            for ends, known, p in zip((e.names, e.names[::-1]), e.stances, both, strict=True):
                for row, sign in ((1, 1), (2, -1)):
                    doubt[e.doc, *ends, sign] *= 1 - p[row]
                    gold |= {(e.doc, *ends, sign)} if known == row else set()
    tried = [
        {"at": float(t)} | score([pair for pair, value in doubt.items() if 1 - value >= t], gold)
        for t in np.arange(1, 19) / 20
    ]
    return max(tried, key=lambda scores: scores["f1"])


def write(reader: StanceReader, path: Path) -> None:
    arrays = {}
    for name, value in reader.state_dict().items():
        value = value.numpy()
        if name.endswith(".weight") and value.ndim == 2:
            arrays[name + SCALE] = (np.abs(value).max(axis=1, keepdims=True) / 127).astype("float16")
            arrays[name] = np.rint(value / np.maximum(arrays[name + SCALE].astype("f"), 1e-9)).astype("int8")
        elif name != "gone":
            arrays[name] = value.astype("float16")
    np.savez_compressed(path, **arrays)


def main(folder: Path, out: Path, epochs: int = 8, taught: Path | None = None) -> None:
    random.seed(SEED)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    parts = {path.stem: pickle.loads(path.read_bytes()) for path in sorted(folder.glob("*.pickle"))}
    teachers = {
        name: np.load(taught / f"{name}.npy")
        for name in parts
        if taught and name != "made-up" and (taught / f"{name}.npy").exists()
    }
    reader = StanceReader(next(iter(parts.values())).vectors[0].shape[1])
    begin(reader, reader_weights())
    average = copy.deepcopy(reader).eval()
    own, mean = list(reader.parameters()), list(average.parameters())
    optimizer = torch.optim.AdamW(own, lr=RATE, weight_decay=0.02, betas=(0.9, 0.98), fused=True)

    def epoch_batches():
        out = []
        for name, part in parts.items():
            if not name.endswith("valid"):
                rows = [row for row, e in enumerate(part.examples) if is_read(e, name in teachers, rng)]
                size = lambda row, part=part: length(part.examples[row])  # noqa: E731
                out += [(name, some) for some in shuffled(rows, rng, ROWS_A_BATCH, size)]
        rng.shuffle(out)
        return out

    batches = epoch_batches()
    steps = len(batches) * epochs * 1.03
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / 100, max(0.0, (steps - n) / (steps - 100)))
    )
    begun, step = time.time(), 0
    for epoch in range(1, epochs + 1):
        total = 0.0
        for name, rows in batches:
            target = truth(parts[name], rows, teachers.get(name))
            scores = reader(*collate(parts[name], rows))
            loss = -(target * F.log_softmax(scores, 2)).sum() / target.sum()
            learn(loss, optimizer, rate, own, mean, max(1 - DECAY, 1 / (step + 1)))
            step, total = step + 1, total + float(loss.detach())
        print(f"epoch {epoch} {time.time() - begun:.0f}s {total / len(batches):.4f}", flush=True)
        write(average, out)
        print(
            " ", score_sentences(parts["sentences-valid"], probabilities(average, parts["sentences-valid"]))
        )
        print(
            " ",
            score_articles(parts["seesaw-valid"], probabilities(average, parts["seesaw-valid"])),
            flush=True,
        )
        batches = epoch_batches() if epoch < epochs else []


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*map(Path, given[:2]), *map(int, given[2:3]), *map(Path, given[3:]))
