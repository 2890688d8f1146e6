"""Tune a larger pretrained transformer on stances alone: the teacher of the reader in the package.

Usage: python train_stance_teacher.py FOLDER PRETRAINED OUT [EPOCHS]
FOLDER is what stances.py wrote, PRETRAINED the folder of all-mpnet-base-v2. Writes OUT/teacher.pt as it goes and begins
where it ends, if it is there. At the end OUT/NAME.npy gets the teacher's probabilities of each part of FOLDER
(meetings, 2, STANCES), which train_stance.py takes as TAUGHT, and the scores on the valid parts are printed; with no
EPOCHS that is all. Matrices are multiplied in half precision (bfloat16).
"""

import pickle
import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from networks import Teacher, dropout, learn, tuning
from safetensors.torch import load_file
from spacy.tokens import Doc
from spacy.vocab import Vocab
from stances import Read
from torch.nn import functional as F
from train_encoder import UNREAD, batched, shuffled, word_windows
from train_stance import (
    StanceReader,
    begin,
    collate,
    is_read,
    length,
    reader_weights,
    score_articles,
    score_sentences,
    truth,
)
from train_teacher import word_pieces

from en_newsvoices.network.word_pieces import UNKNOWN

SEED, DEPTH, FROZEN = 2026, 10, 2  # layers that are used, and those of them that are not tuned
TEACHER_RATE, READER_RATE, DROPOUT = 5e-5, 8e-4, 0.1
PIECES_A_BATCH = 1300
DECAY = 0.997  # of the average of the weights, a step


def part_windows(name: str, part: Read, cut) -> list[dict]:
    """The windows of a part's Docs, each with the rows of the examples that lie in it whole."""
    rows_of = defaultdict(list)
    for row, example in enumerate(part.examples):
        rows_of[example.doc].append(row)
    out = []
    for number, words in enumerate(part.words):
        for window in word_windows(Doc(Vocab(), words=words), cut, {}):
            rows = [
                row
                for row in rows_of[number]
                if window["start"] <= (start := part.examples[row].meeting.start)
                and start + length(part.examples[row]) <= window["end"]
            ]
            out.append({**window, "part": name, "doc": number, "rows": rows})
    return out


def batch_scores(H: torch.Tensor, batch: list[dict], parts: dict[str, Read], reader: StanceReader):
    """For each window that has examples the scores of them, and where they stand in `truth`'s order."""
    bounds = np.cumsum([0, *(len(window["lengths"]) for window in batch)])
    vectors, examples = [], []
    for window, start, end in zip(batch, bounds[:-1], bounds[1:], strict=True):
        vectors.append(H[start:end])
        for row in window["read"]:
            example = parts[window["part"]].examples[row]
            moved = example.meeting._replace(
                start=example.meeting.start - window["start"], end=example.meeting.end - window["start"],
                **{
                    field: tuple((a - window["start"], b - window["start"]) for a, b in getattr(example.meeting, field))
                    for field in ("first", "second", "first_says", "second_says")
                },
            )  # fmt: skip
            examples.append(example._replace(doc=len(vectors) - 1, meeting=moved))
    return reader(*collate(Read([], vectors, examples), range(len(examples))))


@torch.no_grad()
def probabilities(teacher: Teacher, reader: StanceReader, part: Read, windows: list[dict]) -> np.ndarray:
    """(meetings, 2, STANCES) of all examples of a part."""
    pieces = defaultdict(dict)
    for batch in batched(windows, None, PIECES_A_BATCH):
        bounds = np.cumsum([len(window["lengths"]) for window in batch])[:-1]
        for window, vectors in zip(batch, np.split(teacher(batch, 0.0).numpy(), bounds), strict=True):
            pieces[window["doc"]][window["start"]] = vectors.astype("float16")
    vectors = [np.concatenate([pieces[n][at] for at in sorted(pieces[n])]) for n in range(len(part.words))]
    whole = Read(part.words, [torch.from_numpy(V) for V in vectors], part.examples)
    out = np.zeros((len(part.examples), 2, 3), "f")
    for rows in batched(range(len(out)), None, 6000, lambda row: length(part.examples[row])):
        out[rows] = reader(*collate(whole, rows)).softmax(2).numpy()
    return out


def save_teacher(networks: dict, out: Path) -> None:
    torch.save({name: network.state_dict() for name, network in networks.items()}, out / "teacher.pt")


def main(folder: Path, pretrained: Path, out: Path, epochs: int = 2) -> None:
    random.seed(SEED)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    out.mkdir(parents=True, exist_ok=True)
    parts = {
        path.stem: pickle.loads(path.read_bytes())._replace(vectors=[])
        for path in sorted(folder.glob("*.pickle"))
    }
    cut = word_pieces(pretrained)
    windows = {name: part_windows(name, part, cut) for name, part in parts.items()}
    teacher = Teacher(load_file(pretrained / "model.safetensors"), DEPTH, FROZEN)
    reader = StanceReader(teacher.piece.shape[1])
    begin(reader, reader_weights())
    networks = {"teacher": teacher, "reader": reader}
    if (out / "teacher.pt").exists():
        for name, weights in torch.load(out / "teacher.pt").items():
            networks[name].load_state_dict(weights)
    rates = {"teacher": TEACHER_RATE, "reader": READER_RATE}
    average, own, mean, optimizer = tuning(networks, rates)

    def epoch_batches():
        some = []
        for name, part in parts.items():
            if not name.endswith("valid"):
                for window in windows[name]:
                    read = [row for row in window["rows"] if is_read(part.examples[row], False, rng)]
                    some += [{**window, "read": read}] if read else []
        return shuffled(some, rng, PIECES_A_BATCH)

    batches = epoch_batches()
    steps = len(batches) * epochs * 1.02
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / 150, max(0.0, (steps - n) / (steps - 150)))
    )
    begun, step, total = time.time(), 0, 0.0
    print(f"{len(batches)} steps an epoch", flush=True)
    for epoch in range(1, epochs + 1):
        for batch in batches:
            unread = [
                np.where(torch.rand(len(e["ids"])) < UNREAD, cut.rows[UNKNOWN], e["ids"]) for e in batch
            ]
            H = teacher([{**e, "ids": ids} for e, ids in zip(batch, unread, strict=True)], DROPOUT)
            scores = batch_scores(dropout(H, DROPOUT, True), batch, parts, reader)
            target = torch.cat(
                [truth(parts[window["part"]], window["read"], None) for window in batch if window["read"]]
            )
            loss = -(target * F.log_softmax(scores, 2)).sum() / target.sum()
            learn(loss, optimizer, rate, own, mean, max(1 - DECAY, 1 / (step + 1)))
            step, total = step + 1, total + float(loss.detach())
            if step % 50 == 0:
                print(f"step {step} {time.time() - begun:.0f}s {total / 50:.3f}", flush=True)
                total = 0.0
            if step % 300 == 0:
                save_teacher(average, out)
        save_teacher(average, out)
        batches = epoch_batches() if epoch < epochs else []

    for name, part in parts.items():
        P = probabilities(average["teacher"], average["reader"], part, windows[name])
        np.save(out / f"{name}.npy", P)
        if name.endswith("valid"):
            scored = (score_sentences if name.startswith("sentences") else score_articles)(part, P)
            print(f"{time.time() - begun:.0f}s {name} {scored}", flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*map(Path, given[:3]), *map(int, given[3:]))
