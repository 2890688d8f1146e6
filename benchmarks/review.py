"""How often corrected intervals hold the truth, on errors that the pipeline really makes.

Usage: python benchmarks/review.py FOLDER [--draws N] [--out FILE]
FOLDER is a split of PolNeAR (with `text` and `attributions`), such as CORPORA/PolNeAR/data/dev.
"""

import re
from collections import Counter
from pathlib import Path

import numpy as np
from polnear import Attribution, f1, has_marks, matched, read_split

from newsvoices import load_pipeline, quotes
from newsvoices.schema import spans_of

PRONOUNS = set("i he she it we they you who this that him her them us me which".split())


def name_in(words: str) -> str:
    """The last word that begins with a capital, by which a source is known here: PolNeAR has no actors."""
    names = re.findall(r"\b[A-Z][\w-]+", words)
    return names[-1] if names else ""


def unnamed(words: str) -> bool:
    """A described source: neither a name nor a pronoun, by capitals after the first word."""
    said = re.findall(r"[\w-]+", words)
    if len(said) < 2:
        return bool(said) and said[0].islower() and said[0] not in PRONOUNS
    return not any(word[0].isupper() for word in said[1:]) and said[0].lower() not in PRONOUNS


def population(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Articles × (machine, gold) × (all quotes, with marks, unnamed, one actor's); and each article's F1."""
    nlp, rows, sources = load_pipeline(), [], Counter()
    for article in read_split(folder):
        found = quotes(nlp(article.text))
        machine = [Attribution((), (), tuple(spans_of(spans))) for spans in found["spans"]]
        gold = [a for a in article.attributions if a.content]
        said = [" ".join(article.text[start:end] for start, end in a.source) for a in gold]
        sources.update(name for source in said if (name := name_in(source)))
        right = f1(len(matched(article.text, machine, gold)), len(machine), len(gold))["f1"]
        ours = (found["kind"] != "indirect", found["speaker"].map(unnamed), found["speaker"].map(name_in))
        theirs = ([has_marks(article.text, a.content) for a in gold], map(unnamed, said), map(name_in, said))
        rows.append((len(found), *ours, len(gold), *theirs, right))
    actor = sources.most_common(1)[0][0]
    counts = [
        [[n, sum(marks), sum(unknown), sum(name == actor for name in names)] for n, marks, unknown, names in (row[:4], row[4:8])]
        for row in rows
    ]
    return np.array(counts, float), np.array([row[8] for row in rows])


if __name__ == "__main__":
    import sys
    c, e = population(Path(sys.argv[1]))
    np.savez("/tmp/review-pop.npz", counts=c, right=e)
    print(c.sum(axis=0), e.mean(), len(e), (c[:,1]>0).mean(axis=0))
