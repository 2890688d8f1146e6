"""The teacher's vectors of the words that it taught, for a smaller network to become like.

Usage: python teacher_vectors.py CORPORA CORPUS PRETRAINED TEACHER OUT [PART PARTS]
Writes OUT (.npy), (words, width) in half precision, of the articles of taught.py in their order; it is about 1.9 GB.
PART of PARTS, from 0: every so-manieth article, to be run side by side.
"""

import sys
from pathlib import Path

import numpy as np
import spacy
import torch
from attributions import read_docs
from taught import read_texts
from train_teacher import load_teacher, set_vectors, word_pieces


def main(
    corpora: Path, corpus: Path, pretrained: Path, folder: Path, out: Path, part: int = 0, parts: int = 1
) -> None:
    teacher, _ = load_teacher(pretrained, folder)
    teacher.load_state_dict(torch.load(folder / "teacher.pt"))
    teacher.eval().halve()
    cut = word_pieces(pretrained)
    docs = read_docs(spacy.blank("en"), corpora / "PolNeAR" / "data" / "train") + read_texts(corpora, corpus)
    ends = np.cumsum([len(doc) for doc in docs])
    shape = int(ends[-1]), teacher.piece.shape[1]
    mode = "r+" if out.exists() else "w+"
    vectors = np.lib.format.open_memmap(out, mode, "float16", None if mode == "r+" else shape)
    for number in range(part, len(docs), parts):
        doc = docs[number]
        with torch.no_grad():
            set_vectors(teacher, [doc], cut)
        vectors[ends[number] - len(doc) : ends[number]] = doc.tensor
        doc.tensor = np.zeros((0,), "f")
        if number % 100 < parts:
            print(f"{number} of {len(docs)} articles", flush=True)
    vectors.flush()


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*map(Path, given[:5]), *map(int, given[5:]))
