"""Tune a larger pretrained transformer on attribution alone: the teacher of the one in the package.

Usage: python train_teacher.py CORPORA PRETRAINED FOLDER OUT [EPOCHS]
PRETRAINED is the folder of all-mpnet-base-v2 (model.safetensors, vocab.txt), FOLDER what train_encoder.py wrote: what
of its reader does not depend on the width of the vectors is where the teacher's begins. Writes OUT/teacher.pt and
OUT/attribution.npz after each epoch, weights averaged over the last steps, and prints scores on the development articles.
Matrices are multiplied in half precision (bfloat16).
"""

import random
import sys
import time
from pathlib import Path

import numpy as np
import spacy
import torch
from attributions import line, read_docs, score_docs
from networks import Reader, Teacher, dropout, learn, save, tuning
from safetensors.torch import load_file
from train_encoder import (
    DROPOUT,
    SEED,
    UNREAD,
    attribution_examples,
    attribution_loss,
    batched,
    shuffled,
    word_windows,
)
from wrap_encoder import load_weights

from en_newsvoices.attribution.component import Attribution
from en_newsvoices.attribution.network import attribution_model
from en_newsvoices.network.word_pieces import END, START, UNKNOWN, WordPieces
from newsvoices.engine.pipeline import load_pipeline

TEACHER_DEPTH, FROZEN = 9, 2  # layers that are used, and those of them that are not tuned
TEACHER_RATE, READER_RATE = 5e-5, 8e-4
PIECES_A_BATCH = 1300
DECAY = 0.997  # of the average of the weights, a step


def word_pieces(pretrained: Path) -> WordPieces:
    """MPNet's vocabulary, with the special pieces under the names that WordPieces looks for."""
    vocabulary = (pretrained / "vocab.txt").read_text("utf-8").splitlines()
    special = {0: START, 2: END}
    return WordPieces(
        special.get(row, f"({piece})" if piece in special.values() else piece)
        for row, piece in enumerate(vocabulary)
    )


def load_teacher(pretrained: Path, folder: Path) -> tuple[Teacher, Reader]:
    """Before it is tuned."""
    teacher = Teacher(load_file(pretrained / "model.safetensors"), TEACHER_DEPTH, FROZEN)
    reader = Reader(teacher.piece.shape[1])
    with np.load(folder / "attribution.npz", allow_pickle=False) as arrays:
        known = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    fit = {name for name, value in reader.state_dict().items() if known[name].shape == value.shape}
    reader.load_state_dict({name: known[name] for name in fit}, strict=False)
    return teacher, reader


@torch.no_grad()
def set_vectors(teacher: Teacher, docs: list, cut: WordPieces) -> None:
    """Sets each Doc's tensor to the teacher's vectors."""
    for doc in docs:
        batches = batched(word_windows(doc, cut, {}), None, PIECES_A_BATCH)
        parts = {}
        for batch in batches:
            bounds = np.cumsum([len(e["lengths"]) for e in batch])[:-1]
            for e, part in zip(batch, np.split(teacher(batch, 0.0).numpy(), bounds), strict=True):
                parts[e["start"]] = part
        doc.tensor = np.concatenate([parts[start] for start in sorted(parts)])


def component(out: Path) -> Attribution:
    """The package's component with the teacher's weights."""
    model = attribution_model()
    load_weights(model, out / "attribution.npz")
    bundled = load_pipeline().get_pipe("newsvoices_attribution")
    return Attribution(bundled.vocab, model, "newsvoices_attribution", bundled.cfg)


def main(corpora: Path, pretrained: Path, folder: Path, out: Path, epochs: int = 2) -> None:
    random.seed(SEED)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    out.mkdir(parents=True, exist_ok=True)
    polnear = corpora / "PolNeAR" / "data"
    articles, dev = (read_docs(spacy.blank("en"), polnear / split) for split in ("train", "dev"))
    cut = word_pieces(pretrained)
    teacher, reader = load_teacher(pretrained, folder)
    networks = {"teacher": teacher, "reader": reader}
    rates = {"teacher": TEACHER_RATE, "reader": READER_RATE}
    average, own, mean, optimizer = tuning(networks, rates)

    def epoch_batches():
        examples = attribution_examples(
            articles, lambda doc, columns, first: word_windows(doc, cut, columns, first), rng
        )
        return shuffled(examples, rng, PIECES_A_BATCH)

    batches = epoch_batches()
    steps = len(batches) * epochs * 1.02
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(n / 150, max(0.0, (steps - n) / (steps - 150)))
    )
    begun, step, total = time.time(), 0, 0.0
    print(f"{len(batches)} steps an epoch", flush=True)
    for epoch in range(1, epochs + 1):
        for batch in batches:
            unread = [
                np.where(torch.rand(len(e["ids"])) < UNREAD, cut.rows[UNKNOWN], e["ids"]) for e in batch
            ]
            H = teacher([{**e, "ids": ids} for e, ids in zip(batch, unread, strict=True)], DROPOUT)
            loss = attribution_loss(batch, dropout(H, DROPOUT, True), reader)
            learn(loss, optimizer, rate, own, mean, max(1 - DECAY, 1 / (step + 1)))
            step, total = step + 1, total + float(loss.detach())
            if step % 50 == 0:
                print(f"step {step} {time.time() - begun:.0f}s {total / 50:.3f}", flush=True)
                total = 0.0
            if step % 250 == 0:
                torch.save(average["teacher"].state_dict(), out / "teacher.pt")
                save(average["reader"], out / "attribution.npz")
        torch.save(average["teacher"].state_dict(), out / "teacher.pt")
        save(average["reader"], out / "attribution.npz")
        set_vectors(average["teacher"], dev, cut)
        print(
            f"epoch {epoch} {time.time() - begun:.0f}s {line(score_docs(dev, component(out).predict(dev)))}",
            flush=True,
        )
        batches = epoch_batches() if epoch < epochs else []


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*map(Path, given[:4]), *map(int, given[4:]))
