"""Train the attribution component on parsed PolNeAR.

Usage: python train_attribution.py CORPUS_DIR BASE_PIPELINE OUT [EPOCHS]
BASE_PIPELINE gives the vocab with the word vectors; OUT gets the component (to_disk) of the best epoch by
who-said-what F1 on the articles of `train` set aside for it, with weights averaged over the steps.
"""

import random
import sys
import time
from pathlib import Path

import spacy
from spacy.tokens import DocBin
from spacy.training import Example
from thinc.api import Adam, warmup_linear

import newsvoices.pipeline  # noqa: F401  (registers the components)

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
import polnear

SEED, WORDS_A_BATCH, DROPOUT, RATE = 2026, 2500, 0.25, 0.002


def as_attributions(doc) -> list[polnear.Attribution]:
    parts = {}
    for span in doc.spans["attributions"]:
        parts.setdefault(span.id_, {}).setdefault(span.label_, []).append((span.start_char, span.end_char))
    return [
        polnear.Attribution(*(polnear.merged(p.get(r, [])) for r in polnear.ROLES)) for p in parts.values()
    ]


def evaluate(pipe, docs) -> dict:
    triples = []
    for doc in docs:
        copy = doc.copy()
        copy.spans["attributions"] = []
        triples.append((doc.text, as_attributions(pipe(copy)), as_attributions(doc)))
    return polnear.score(triples)


def batches(docs, rng):
    rng.shuffle(docs)
    batch, words = [], 0
    for doc in docs:
        batch.append(doc)
        words += len(doc)
        if words >= WORDS_A_BATCH:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def line(scores: dict) -> str:
    exact = " ".join(f"{role} {v['f1']:.1f}" for role, v in scores["exact"].items())
    who, what = scores["who_said_what"], scores["attribution"]
    return (
        f"{exact} | attribution {what['f1']:.1f} (P {what['precision']:.1f} R {what['recall']:.1f}) | who {who['f1']:.1f}"
        f" | marks {scores['recall_with_marks']:.1f} none {scores['recall_without_marks']:.1f}"
    )


def main(corpus: Path, base: Path, out: Path, epochs: int = 15) -> None:
    nlp = spacy.load(base)
    pipe = nlp.add_pipe("attribution")
    rng = random.Random(SEED)
    train = list(
        DocBin(store_user_data=True).from_disk(corpus / "attribution-train.spacy").get_docs(nlp.vocab)
    )
    dev = list(DocBin(store_user_data=True).from_disk(corpus / "attribution-dev.spacy").get_docs(nlp.vocab))
    steps = epochs * (sum(map(len, train)) // WORDS_A_BATCH)
    sgd = Adam(warmup_linear(RATE, 200, int(steps * 1.05)), L2=0.01, grad_clip=1.0, use_averages=True)
    step, begun = 0, time.time()
    for epoch in range(1, epochs + 1):
        losses = {}
        for docs in batches(train, rng):
            pipe.update([Example(doc, doc) for doc in docs], drop=DROPOUT, sgd=sgd, losses=losses)
            sgd.step_schedules()
            step += 1
        with pipe.model.use_params(sgd.averages):
            print(
                f"epoch {epoch} step {step} {time.time() - begun:.0f}s loss {losses['attribution']:.2f}\n  {line(evaluate(pipe, dev))}",
                flush=True,
            )
            pipe.to_disk(out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), *map(int, sys.argv[4:]))
