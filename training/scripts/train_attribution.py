"""Train the attribution component on PolNeAR, behind the pipeline that it will run in.

Usage: python train_attribution.py CORPORA PIPELINE OUT [EPOCHS]
PIPELINE tags, parses and finds entities. Writes the component (to_disk) to OUT after each epoch, its weights
averaged over the steps, and prints its scores on PolNeAR's dev articles.
"""

import random
import sys
import time
from pathlib import Path

import spacy
from spacy.tokens import Span
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam, warmup_linear

import newsvoices.pipeline  # noqa: F401  (registers the components)

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
import polnear

SEED, WORDS_A_BATCH, DROPOUT, RATE = 2026, 2500, 0.35, 0.002


def read_docs(nlp, folder: Path) -> list:
    """One Doc an article; doc.spans["attributions"] holds the gold spans."""
    articles = list(polnear.read_split(folder))
    docs = list(nlp.pipe((article.text for article in articles), batch_size=32))
    moved = total = 0
    for article, doc in zip(articles, docs, strict=True):
        spans = []
        for number, attribution in enumerate(article.attributions):
            for role, pieces in attribution._asdict().items():
                for start, end in pieces:
                    span = doc.char_span(start, end, alignment_mode="expand")
                    total += 1
                    moved += (span.start_char, span.end_char) != (start, end)
                    spans.append(Span(doc, span.start, span.end, label=role, span_id=str(number)))
        doc.spans["attributions"] = spans
    print(f"{folder.name}: {len(docs)} articles, {total} spans, {moved} moved to a token's bound", flush=True)
    return docs


def as_attributions(doc) -> list[polnear.Attribution]:
    parts = {}
    for span in doc.spans["attributions"]:
        parts.setdefault(span.id_, {}).setdefault(span.label_, []).append((span.start_char, span.end_char))
    return [
        polnear.Attribution(*(polnear.merged(p.get(r, [])) for r in polnear.ROLES)) for p in parts.values()
    ]


def score_docs(docs, found: list[list[dict]]) -> dict:
    """Scores of attributions as `Attribution.predict` gives them."""
    triples = []
    for doc, attributions in zip(docs, found, strict=True):
        chars = [
            polnear.Attribution(
                *(
                    polnear.merged([(doc[s:e].start_char, doc[s:e].end_char) for s, e in a[r]])
                    for r in polnear.ROLES
                )
            )
            for a in attributions
        ]
        triples.append((doc.text, chars, as_attributions(doc)))
    return polnear.score(triples)


def evaluate(pipe, docs) -> dict:
    return score_docs(docs, [pipe.predict([doc])[0] for doc in docs])


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


def main(corpora: Path, pipeline: Path, out: Path, epochs: int = 12) -> None:
    fix_random_seed(SEED)
    nlp = spacy.load(pipeline)
    train, dev = (read_docs(nlp, corpora / "PolNeAR" / "data" / split) for split in ("train", "dev"))
    pipe = nlp.add_pipe("attribution")
    rng = random.Random(SEED)
    steps = epochs * (sum(map(len, train)) // WORDS_A_BATCH + 1)
    rates = warmup_linear(RATE, min(200, steps // 4), int(steps * 1.03) + 1)
    sgd = Adam(rates, L2=0.01, grad_clip=1.0, use_averages=True)
    begun = time.time()
    for epoch in range(1, epochs + 1):
        losses = {}
        for docs in batches(train, rng):
            pipe.update([Example(doc, doc) for doc in docs], drop=DROPOUT, sgd=sgd, losses=losses)
            sgd.step_schedules()
        with pipe.model.use_params(sgd.averages):
            scores = line(evaluate(pipe, dev))
            pipe.to_disk(out)
        print(
            f"epoch {epoch} {time.time() - begun:.0f}s loss {losses['attribution']:.1f}\n  {scores}",
            flush=True,
        )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), *map(int, sys.argv[4:]))
