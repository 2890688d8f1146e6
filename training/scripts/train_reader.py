"""Tune attribution's own layers and its reader on, behind an encoder that stays as it is.

Usage: python train_reader.py CORPORA FOLDER OUT [EPOCHS] [CORPUS TAUGHT]
FOLDER is what train_encoder.py wrote, TAUGHT what taught.py wrote of a teacher: its share in the truth of the articles
with gold attributions is TEACHER, of others it is all the truth. The encoder's vectors, rounded as the package stores
it, are worked out once. Writes OUT/encoder.npz, a copy, and OUT/attribution.npz, weights averaged over the last steps,
after each epoch, and prints scores on the development articles.
"""

import copy
import random
import shutil
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy
import torch
from attributions import line, read_docs, score_docs
from networks import DEEPER, UPPER, UPPER_INNER, WIDTH, Layer, Reader, dropout, learn, passing_layer, save
from taught import load_taught, read_texts
from train_encoder import (
    DROPOUT,
    READER_RATE,
    SEED,
    UPPER_RATE,
    attribution_examples,
    attribution_loss,
    shuffled,
)
from wrap_encoder import wrapped

from newsvoices.attribution import WORDS
from newsvoices.encoder import HEADS
from newsvoices.wordpieces import breaks, windows

WORDS_A_BATCH = 2000
DECAY = 0.996  # of the average of the weights, a step


def read_windows(doc, columns: dict, first: float):
    """One dict a window of the words of a Doc: their vectors and labels."""
    ends = breaks(doc)
    bounds = windows([1] * len(doc), ends, round(first * WORDS), WORDS)
    for start, end in pairwise(bounds):
        if start < end:
            yield {
                "vectors": doc.tensor[start:end], "lengths": np.ones(end - start, "int64"), "start": start, "end": end,
                **{name: value[start:end] for name, value in columns.items()},
            }  # fmt: skip


def load_reader(path: Path) -> Reader:
    with np.load(path, allow_pickle=False) as arrays:
        weights = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    depth = sum(name.startswith("upper.") and name.endswith("qkv.weight") for name in weights)
    reader = Reader(WIDTH, [Layer(WIDTH, UPPER_INNER, HEADS) for _ in range(depth)])
    reader.load_state_dict(weights)
    return reader


@torch.no_grad()
def deepen(reader: Reader, docs: list) -> None:
    """Adds a layer of its own to attribution; what it does at first is measured on the Docs."""
    examples = [window for doc in docs[:20] for window in read_windows(doc, {}, 1.0)]
    H = torch.from_numpy(np.concatenate([e["vectors"] for e in examples]))
    X = reader.eval().words(H, [len(e["lengths"]) for e in examples], 0.0)
    reader.upper.append(passing_layer(reader.upper[-1], X))
    reader.train()


def main(
    corpora: Path,
    folder: Path,
    out: Path,
    epochs: int = 3,
    corpus: Path | None = None,
    taught: Path | None = None,
) -> None:
    random.seed(SEED)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / "encoder.npz", out)
    encode = wrapped(folder).get_pipe("tok2vec")
    polnear = corpora / "PolNeAR" / "data"
    articles, dev = (read_docs(spacy.blank("en"), polnear / split) for split in ("train", "dev"))
    articles += read_texts(corpora, corpus) if taught else []
    for doc in [*articles, *dev]:
        encode(doc)
    if taught:
        load_taught(taught, articles)
    reader = load_reader(folder / "attribution.npz")
    for _ in range(UPPER + DEEPER - len(reader.upper)):
        deepen(reader, dev)
    average = copy.deepcopy(reader).eval()
    own, mean = list(reader.parameters()), list(average.parameters())
    upper = {id(p) for p in reader.upper[:UPPER].parameters()}
    groups = [
        {"params": [p for p in own if (id(p) in upper) == is_upper], "lr": rate / 2}
        for is_upper, rate in ((True, UPPER_RATE), (False, READER_RATE))
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)

    def epoch_batches():
        examples = attribution_examples(articles, read_windows, rng)
        return shuffled(examples, rng, WORDS_A_BATCH, lambda e: len(e["lengths"]))

    batches = epoch_batches()
    steps = len(batches) * epochs * 1.02
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min(n / 100, max(0.0, 1 - n / steps)))
    begun, step, total = time.time(), 0, 0.0
    for epoch in range(1, epochs + 1):
        for batch in batches:
            vectors = torch.from_numpy(np.concatenate([e["vectors"] for e in batch]))
            loss = attribution_loss(batch, dropout(vectors, DROPOUT, True), reader)
            learn(loss, optimizer, rate, own, mean, max(1 - DECAY, 1 / (step + 1)))
            step, total = step + 1, total + float(loss.detach())
            if step % 100 == 0:
                print(f"step {step} {time.time() - begun:.0f}s {total / 100:.3f}", flush=True)
                total = 0.0
        save(average, out / "attribution.npz")
        found = wrapped(out).get_pipe("attribution").predict(dev)
        print(f"epoch {epoch} {time.time() - begun:.0f}s {line(score_docs(dev, found))}", flush=True)
        batches = epoch_batches() if epoch < epochs else []


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*map(Path, given[:3]), *map(int, given[3:4]), *map(Path, given[4:]))
