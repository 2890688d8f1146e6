"""What a teacher found in articles, to be learned by a smaller network: how likely everything is, not only the best.

Usage: python taught.py CORPORA CORPUS PRETRAINED TEACHER OUT
TEACHER is what train_teacher.py wrote, PRETRAINED the folder of its pretrained transformer. The articles are those of
PolNeAR's train split and the running text of en-worldwide-newswire, but for the articles that CORPUS sets aside. Writes
OUT (.npz): for each word how likely it is a cue, for each cue how likely the moves from label to label are, in 255ths.
"""

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import spacy
import torch
from attributions import gold_attributions, read_docs
from networks import likely_moves

from en_newsvoices.attribution.component import passages, run_of
from en_newsvoices.attribution.network import ROLE_LABELS, moves, softmax

LEAST = 0.05  # probability of a cue to be read
CUES = 64  # that are read at once


class Taught(NamedTuple):
    """cue: (tokens, CUE_LABELS); runs: cue → the first token of its run, and its (tokens, moves) probabilities."""

    cue: np.ndarray
    runs: dict[tuple[int, int], tuple[int, np.ndarray]]


def moves_between(first: int, probabilities: np.ndarray, start: int, end: int) -> np.ndarray:
    """(tokens, labels, labels) from `start` to `end`; where a run is cut, it begins with no label before."""
    labels = len(ROLE_LABELS)
    out = np.zeros((end - start, labels, labels), "f")
    out[:, 0, 0] = 1  # what lies beyond the teacher's run is nothing
    a, b = max(start, first), min(end, first + len(probabilities))
    out[a - start : b - start] = probabilities[a - first : b - first].reshape(-1, labels, labels)
    own = out[0].sum(0)
    out[0] = 0
    out[0, 0] = own[0], own[1] + own[2], 0, own[3] + own[4], 0
    return out


def read_texts(corpora: Path, corpus: Path) -> list:
    """The articles of en-worldwide-newswire as Docs, without those set aside."""
    aside = set((corpus / "entities-test-articles.txt").read_text("utf-8").split())
    files = sorted((corpora / "en-worldwide-newswire" / "original_articles").glob("*.txt"))
    texts = [file.read_text("utf-8") for file in files if f"{file.name}.tsv" not in aside]
    return list(spacy.blank("en").pipe(text for text in texts if text.strip()))


@torch.no_grad()
def teach(doc, reader, attribution) -> tuple[np.ndarray, list[tuple]]:
    """For a Doc with the teacher's vectors: scores of its words as cues; cue, run and moves of each that is likely."""
    X = torch.from_numpy(doc.tensor)
    scores = reader.cue(X).numpy()
    gold = [cue for cue, _ in gold_attributions(doc)]
    known = np.zeros(len(doc), bool)
    for cue in gold:
        known[slice(*cue)] = True
    cues = [
        *gold,
        *(
            cue
            for cue in attribution._cues(scores, np.array([len(doc)]), LEAST)
            if not known[slice(*cue)].any()
        ),
    ]
    passage, quotation = passages(doc)
    runs, found = [run_of(passage, quotation, cue) for cue in cues], []
    cost = reader.moves + torch.from_numpy(moves(ROLE_LABELS))
    for at in range(0, len(cues), CUES):
        part = list(zip(cues, runs, strict=True))[at : at + CUES]
        places = (torch.tensor([row[i][k] for row in part]) for i in (0, 1) for k in (0, 1))
        E, inside = reader.roles(X, *places, 0.0)
        for (cue, run), likely in zip(part, likely_moves(E, inside, cost), strict=True):
            found.append((cue, run, likely[: run[1] - run[0]].reshape(-1, len(ROLE_LABELS) ** 2).numpy()))
    return softmax(scores), found


def in_255ths(probabilities: np.ndarray) -> np.ndarray:
    return np.rint(255 * probabilities).clip(0, 255).astype("uint8")


def load_taught(path: Path, docs: list) -> None:
    """Gives each Doc, in the order in which they were written, what the teacher found in it."""
    with np.load(path, allow_pickle=False) as arrays:
        table = arrays["runs"]
        cue, likely = (arrays[name].astype("f") for name in ("cue", "likely"))
        cue, likely = (some / some.sum(1, keepdims=True) for some in (cue, likely))
    at, row = 0, 0
    ends = np.cumsum(table[:, 4] - table[:, 3])
    for number, doc in enumerate(docs):
        runs = {}
        while row < len(table) and table[row, 0] == number:
            _, start, end, first, after = table[row].tolist()
            runs[start, end] = first, likely[ends[row] - (after - first) : ends[row]]
            row += 1
        doc.user_data["taught"] = Taught(cue[at : at + len(doc)], runs)
        at += len(doc)


def load_vectors(path: Path, docs: list) -> None:
    """Gives each Doc, in the order in which they were written, the teacher's vectors of its words."""
    vectors, at = np.load(path, mmap_mode="r"), 0
    for doc in docs:
        doc.user_data["like"] = vectors[at : at + len(doc)]
        at += len(doc)


def main(corpora: Path, corpus: Path, pretrained: Path, folder: Path, out: Path) -> None:
    from train_teacher import component, load_teacher, set_vectors, word_pieces

    teacher, reader = load_teacher(pretrained, folder)
    teacher.load_state_dict(torch.load(folder / "teacher.pt"))
    teacher.eval().halve()
    reader.eval()
    cut, attribution = word_pieces(pretrained), component(folder)
    docs = read_docs(spacy.blank("en"), corpora / "PolNeAR" / "data" / "train") + read_texts(corpora, corpus)
    cues, table, likely = [], [], []
    for number, doc in enumerate(docs):
        set_vectors(teacher, [doc], cut)
        cue, found = teach(doc, reader, attribution)
        doc.tensor = np.zeros((0,), "f")
        cues.append(in_255ths(cue))
        table += [(number, *cue, *run) for cue, run, _ in found]
        likely += [in_255ths(one) for *_, one in found]
        if number % 100 == 0:
            print(f"{number} of {len(docs)} articles, {len(table)} cues", flush=True)
    np.savez_compressed(
        out, cue=np.concatenate(cues), runs=np.array(table, "int32"), likely=np.concatenate(likely)
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
