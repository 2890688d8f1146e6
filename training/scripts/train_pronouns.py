"""Learn the weights that rank whom a pronoun means, from GUM's train documents.

Usage: python train_pronouns.py CORPORA PIPELINE OUT.csv
A softmax over the candidates of each pronoun, with L2; candidates and features are those of the package.
"""

import csv
import sys
from pathlib import Path

import numpy as np

from newsvoices.engine.pipeline import load_pipeline

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
import gum
import resolution

from en_newsvoices.people import coreference, pronouns

STEPS, RATE, L2 = 300, 1.0, 0.003


def collect(nlp, documents) -> tuple[list, list[str]]:
    """(features (candidates, names), rows that are right) for each pronoun with a right candidate; the names."""
    asked = []
    for document in documents:
        doc = resolution.annotated(nlp, document, given=True)
        entity_of = resolution.chains_to_entities(doc, document)
        gold = {m.start: m.entity for m in document.mentions if m.type == "person" and m.form == "pronoun"}

        def teach(discourse, token, gender, entity_of=entity_of, gold=gold):
            name_of = dict(
                zip(
                    map(id, discourse.chains),
                    coreference.chain_names(discourse.doc, discourse.chains),
                    strict=True,
                )
            )
            found = pronouns.candidates(discourse, token, gender)
            right = [entity_of.get(name_of[id(chain)]) == gold.get(token.idx) for chain, _ in found]
            if token.idx not in gold or not any(right):
                return None
            asked.append(([features for _, features in found], right))
            return found[right.index(True)][0]

        coreference.resolve(doc, choose=teach)
    names = sorted({name for features, _ in asked for f in features for name in f})
    column = {name: i for i, name in enumerate(names)}
    out = []
    for features, right in asked:
        X = np.zeros((len(features), len(names)))
        for i, f in enumerate(features):
            for name, value in f.items():
                X[i, column[name]] = value
        out.append((X, np.array(right)))
    return out, names


def fit(asked: list, width: int) -> np.ndarray:
    weights = np.zeros(width)
    for step in range(STEPS):
        gradient = L2 * weights
        for X, right in asked:
            scores = X @ weights
            p = np.exp(scores - scores.max())
            p /= p.sum()
            q = p * right / (p @ right)
            gradient += X.T @ (p - q) / len(asked)
        weights -= RATE * gradient / (1 + step / STEPS)
    return weights


def main(corpora: Path, pipeline: str, out: Path) -> None:
    nlp = load_pipeline(pipeline) if pipeline != "-" else load_pipeline()
    asked, names = collect(nlp, gum.read_split(corpora / "UD_English-GUM", "train"))
    weights = fit(asked, len(names))
    hits = sum(bool(right[int(np.argmax(X @ weights))]) for X, right in asked)
    print(
        f"{len(asked)} pronouns with a right candidate, {100 * hits / len(asked):.1f} % right on themselves"
    )
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((name, round(float(w), 3)) for name, w in zip(names, weights, strict=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
