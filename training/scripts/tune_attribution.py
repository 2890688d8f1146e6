"""Tune attribution's own layers and its reader on behind the encoder, to be like two teachers at once.

Usage: python tune_attribution.py CORPORA CORPUS TAUGHT VECTORS STANCES STANCE_TEACHER OUT [EPOCHS]
TAUGHT and VECTORS are what taught.py and teacher_vectors.py wrote of attribution's teacher, STANCES what stances.py
wrote, STANCE_TEACHER what train_stance_teacher.py did. All begins as it is in the package, and the encoder stays so.
In articles with gold attributions half of the truth is the teacher's, in the others all of it; of each word the layers
become like the teacher's vector, by a linear map, and in STANCES' texts like that of the teacher of stances, by another:
what they hold is all that the reader of stances has to go by. Writes OUT/attribution.npz after each epoch, weights
averaged over the last steps, and scores it on the development articles.
"""

import pickle
import random
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy
import torch
from attributions import line, read_docs, score_docs
from networks import UPPER_INNER, WIDTH, Layer, Likeness, Reader, dropout, learn, save, tuning
from spacy.tokens import Doc
from spacy.vocab import Vocab
from stances import Read
from taught import load_taught, load_vectors, read_texts
from train_encoder import attribution_examples, flat, reader_loss, shuffled

from en_newsvoices.attribution.component import WORDS, Attribution
from en_newsvoices.attribution.network import UPPER_HEADS, attribution_model
from en_newsvoices.network.word_pieces import breaks, windows
from newsvoices import load_pipeline

SEED, WORDS_A_BATCH = 2026, 2600
LAYER_RATE, READER_RATE, MAP_RATE = 2e-4, 3e-4, 6e-4
LIKENESS, STANCE_LIKENESS = 1.0, 0.5  # weights in the loss
DROPOUT, DECAY, SAMPLE = 0.1, 0.998, 30  # SAMPLE: batches on which likeness begins


def package_reader(model) -> Reader:
    """Attribution's own layers and reader, with the package's weights."""
    weights = {
        n: torch.from_numpy(model.get_param(n).copy()) for n in model.param_names if model.has_param(n)
    }
    depth = sum(name.startswith("upper.") and name.endswith("qkv.weight") for name in weights)
    reader = Reader(WIDTH, [Layer(WIDTH, UPPER_INNER, UPPER_HEADS) for _ in range(depth)])
    reader.load_state_dict({name: weights[name] for name in reader.state_dict()})
    return reader


# --- examples: windows of words, with the encoder's vectors


def doc_windows(doc: Doc, columns: dict, first: float = 1.0):
    bounds = windows([1] * len(doc), breaks(doc), max(40, round(first * WORDS)), WORDS)
    for start, end in pairwise(bounds):
        if start < end:
            yield {
                "lengths": np.ones(end - start, "int64"), "start": start, "end": end,
                **{name: column[start:end] for name, column in columns.items()},
            }  # fmt: skip


def attribution_windows(doc: Doc, columns: dict, first: float):
    return doc_windows(doc, {**columns, "vectors": doc.user_data["vectors"]}, first)


def stance_windows(part: Read, vectors: np.ndarray) -> list[dict]:
    """The windows of a part's texts, with the vectors of the teacher of stances."""
    out, at = [], 0
    for words, own in zip(part.words, part.vectors, strict=True):
        columns = {"vectors": own[:, :WIDTH], "like": vectors[at : at + len(words)]}
        out += doc_windows(Doc(Vocab(), words=words), columns)
        at += len(words)
    return out


def words_of(batch: list[dict], reader: Reader, drop: float) -> torch.Tensor:
    """The vectors of attribution's own layers of the words of a batch."""
    H = dropout(flat(batch, "vectors").float(), drop, reader.training)
    return reader.words(H, [len(e["lengths"]) for e in batch], drop).float()


@torch.no_grad()
def begin_likeness(batches: list[list[dict]], reader: Reader) -> Likeness:
    reader.eval()
    X = torch.cat([words_of(batch, reader, 0.0) for batch in batches])
    reader.train()
    return Likeness(X, torch.cat([flat(batch, "like").float() for batch in batches]))


def score(articles: list[Doc], reader: Reader, before: Attribution) -> str:
    model = attribution_model()
    for name, value in reader.named_parameters():
        model.set_param(name, value.detach().numpy().copy())
    return line(
        score_docs(articles, Attribution(before.vocab, model, before.name, before.cfg).predict(articles))
    )


def main(
    corpora: Path,
    corpus: Path,
    taught: Path,
    vectors: Path,
    folder: Path,
    teacher: Path,
    out: Path,
    epochs: int = 3,
) -> None:
    random.seed(SEED)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    out.mkdir(parents=True, exist_ok=True)
    nlp, blank, polnear = load_pipeline(), spacy.blank("en"), corpora / "PolNeAR" / "data"
    encoder, attribution = nlp.get_pipe("tok2vec"), nlp.get_pipe("newsvoices_attribution")
    docs = read_docs(blank, polnear / "train") + read_texts(corpora, corpus)
    load_taught(taught, docs)
    load_vectors(vectors, docs)
    for doc in docs:
        doc.user_data["vectors"] = encoder.predict([doc])[0].astype("float16")
    dev = [encoder(doc) for doc in read_docs(blank, polnear / "dev")]
    stances = []
    for path in sorted(folder.glob("*.pickle")):
        if not path.stem.endswith("valid"):
            part = pickle.loads(path.read_bytes())
            stances += stance_windows(part, np.load(teacher / f"{path.stem}-vectors.npy", "r"))

    def attribution_batches():
        examples = attribution_examples(docs, attribution_windows, rng)
        return [
            ("attribution", b) for b in shuffled(examples, rng, WORDS_A_BATCH, lambda e: len(e["lengths"]))
        ]

    def stance_batches():
        return [("stances", b) for b in shuffled(stances, rng, WORDS_A_BATCH, lambda e: len(e["lengths"]))]

    def epoch_batches():
        both = attribution_batches() + stance_batches()
        rng.shuffle(both)
        return both

    reader = package_reader(attribution.model).train()
    likeness = {
        "attribution": begin_likeness([b for _, b in attribution_batches()[:SAMPLE]], reader),
        "stances": begin_likeness([b for _, b in stance_batches()[:SAMPLE]], reader),
    }
    networks = {"reader": reader, **likeness}
    average, own, mean, optimizer = tuning(
        networks, dict.fromkeys(networks, MAP_RATE) | {"reader": READER_RATE}
    )
    upper = set(map(id, reader.upper.parameters()))
    first = optimizer.param_groups[0]
    optimizer.add_param_group({"params": [p for p in first["params"] if id(p) in upper], "lr": LAYER_RATE})
    first["params"] = [p for p in first["params"] if id(p) not in upper]
    batches = epoch_batches()
    steps = len(batches) * epochs * 1.02
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / 100, max(0.02, (steps - n) / (steps - 100)))
    )
    begun, step = time.time(), 0
    for epoch in range(1, epochs + 1):
        losses = Counter()
        for task, batch in batches:
            X = words_of(batch, reader, DROPOUT)
            loss = likeness[task](X, flat(batch, "like").float())
            if task == "attribution":
                loss = LIKENESS * loss + reader_loss(batch, X, reader)
            else:
                loss = STANCE_LIKENESS * loss
            learn(loss, optimizer, rate, own, mean, max(1 - DECAY, 1 / (step + 1)))
            losses[task] += float(loss.detach())
            step += 1
        print(f"epoch {epoch} {time.time() - begun:.0f}s {dict(losses)}", flush=True)
        save(average["reader"], out / "attribution.npz")
        print(" ", score(dev, average["reader"], attribution), flush=True)
        batches = epoch_batches() if epoch < epochs else []


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*map(Path, given[:7]), *map(int, given[7:]))
