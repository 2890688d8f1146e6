"""Score a pipeline on documents it never saw, from their running text.

Usage: python evaluate.py CORPORA CORPUS_DIR PIPELINE
Prints a table and writes PIPELINE/scores.json: tags, lemmas, UAS and LAS (without punctuation) on the
treebanks' test documents, paragraph by paragraph; entities, exact spans, on the articles of
en-worldwide-newswire set aside, whole articles; and the speed on these articles as a ratio to a blank
pipeline with a tagger alone, one core, same run.
"""

import json
import re
import sys
import time
from pathlib import Path

import spacy
from convert_entities import SCHEME, worldwide
from spacy.tokens import DocBin
from spacy.training import Example

import en_newsvoices  # noqa: F401

SYNTAX = ("tagger", "morphologizer", "trainable_lemmatizer", "parser")
CORE = ("PERSON", "LOC", "ORG")
SPLIT = "LOC, split at commas"  # "Kigali, Rwanda" is one name in that corpus, and two in the pipeline


def syntax(nlp, path: Path) -> dict[str, float]:
    docs = list(DocBin(store_user_data=True).from_disk(path).get_docs(nlp.vocab))
    with nlp.select_pipes(enable=["tok2vec", *SYNTAX]):
        predicted = nlp.pipe(doc.text for doc in docs)
        examples = [Example(p, d) for p, d in zip(predicted, docs, strict=True)]
        scores = score(nlp, examples)
    names = {
        "tags": "tag_acc",
        "parts of speech": "pos_acc",
        "lemmas": "lemma_acc",
        "UAS": "dep_uas",
        "LAS": "dep_las",
    }
    return {name: round(100 * scores[key], 1) for name, key in names.items()} | {
        "sentences": round(100 * scores["sents_f"], 1)
    }


def score(nlp, examples: list[Example]) -> dict:
    scores = {}
    for name in SYNTAX:
        scores |= nlp.get_pipe(name).score(examples)
    return scores


def entities(nlp, corpora: Path, corpus: Path) -> dict[str, dict[str, float]]:
    names = set((corpus / "entities-test-articles.txt").read_text().split())
    gold = [
        doc for name, doc in worldwide(corpora / "en-worldwide-newswire", spacy.blank("en")) if name in names
    ]
    together = {"PERSON, LOC, ORG": CORE, "PERSON, LOC, ORG, split at commas": ("PERSON", "ORG", SPLIT)}
    counts = {label: [0, 0, 0] for label in (*together, *dict.fromkeys(SCHEME.values()), SPLIT)}
    for doc, found in zip(gold, nlp.pipe(d.text for d in gold), strict=True):
        sides = [
            {(e.start_char, e.end_char, label(e)) for e in d.ents}
            | {place for e in d.ents for place in parts(e)}
            for d in (found, doc)
        ]
        for key, count in counts.items():
            f, g = ({e for e in side if e[2] in together.get(key, (key,))} for side in sides)
            count[0] += len(f & g)
            count[1] += len(f)
            count[2] += len(g)
    return {
        key: {
            "precision": round(100 * right / max(found, 1), 1),
            "recall": round(100 * right / max(gold, 1), 1),
            "F1": round(200 * right / max(found + gold, 1), 1),
            "gold": gold,
        }
        for key, (right, found, gold) in counts.items()
        if key != "FAC"
    }


def parts(ent) -> list[tuple[int, int, str]]:
    """The names that commas part in a place's."""
    names = re.finditer(r"[^\s,][^,]*", ent.text) if label(ent) == "LOC" else ()
    return [(ent.start_char + name.start(), ent.start_char + name.end(), SPLIT) for name in names]


def label(ent) -> str:
    return {"FAC": "LOC", "GPE": "LOC"}.get(ent.label_, ent.label_)


def speed(nlp, corpora: Path, corpus: Path) -> dict[str, float]:
    names = set((corpus / "entities-test-articles.txt").read_text().split())
    texts = [
        (corpora / "en-worldwide-newswire" / "original_articles" / n.removesuffix(".tsv")).read_text("utf-8")
        for n in sorted(names)
    ]
    words = sum(len(text.split()) for text in texts)
    blank = spacy.blank("en")
    blank.add_pipe("tagger").add_label("NN")
    blank.initialize()
    rates = {}
    for name, pipeline in (("tagger alone", blank), ("whole pipeline", nlp)):
        best = 0.0
        for _ in range(2):
            begun = time.perf_counter()
            for _ in pipeline.pipe(texts):
                pass
            best = max(best, words / (time.perf_counter() - begun))
        rates[name] = best
    return {
        "words a second": round(rates["whole pipeline"]),
        "ratio to a tagger alone": round(rates["whole pipeline"] / rates["tagger alone"], 3),
    }


def main(corpora: Path, corpus: Path, pipeline: Path) -> None:
    nlp = spacy.load(pipeline)
    scores = {
        "syntax, GUM news and interview": syntax(nlp, corpus / "syntax-test-news.spacy"),
        "syntax, EWT and GUM": syntax(nlp, corpus / "syntax-test.spacy"),
        "entities, en-worldwide-newswire": entities(nlp, corpora, corpus),
        "speed": speed(nlp, corpora, corpus),
        "megabytes": round(sum(p.stat().st_size for p in pipeline.rglob("*") if p.is_file()) / 1e6, 1),
    }
    (pipeline / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
