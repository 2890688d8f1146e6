"""Code that `spacy train` loads: noise that news brings and treebanks lack, and faster matrix products."""

import random
from typing import Callable, Iterator

import numpy as np
import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.api import NumpyOps

import newsvoices.vectors  # noqa: F401  (registers the packed vectors)

DOUBLE = {'"', "``", "''", "“", "”"}
DASHES = {"--", "–", "—", "-"}


def gemm(self, x, y, out=None, trans1=False, trans2=False):
    """Numpy's matrix product: three times as fast as BLIS on the machine that trained this (87 against 25 GFLOPS)."""
    product = np.matmul(x.T if trans1 else x, y.T if trans2 else y)
    if out is None:
        return product
    out[...] = product
    return out


NumpyOps.gemm = gemm


@spacy.registry.augmenters("newsvoices.newsprint.v1")
def create_newsprint_augmenter(typographic: float, capitals: float, lower: float, seed: int = 0) -> Callable:
    """Give a share of the examples “ ” ’ — marks, all capitals, or no capitals (at most one of the last two)."""
    rng = random.Random(seed)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        draw = rng.random()
        case = str.upper if draw < capitals else str.lower if draw < capitals + lower else str
        marks = rng.choice(["“”’—", "“”’–", "\"\"'-"]) if rng.random() < typographic else None
        if marks is None and case is str:
            yield example
            return
        words, inside = [], False
        for token in example.reference:
            word = case(token.text)
            if marks and word in DOUBLE:
                word = marks[1] if inside else marks[0]
                inside = not inside
            elif marks and word in DASHES and token.whitespace_ and token.i and token.nbor(-1).whitespace_:
                word = marks[3]
            elif marks:
                word = word.replace("'", marks[2]).replace("’", marks[2])
            words.append(word if len(word) else token.text)
        annotations = example.to_dict()
        annotations["token_annotation"]["ORTH"] = words
        text = "".join(w + t.whitespace_ for w, t in zip(words, example.reference))
        yield Example.from_dict(nlp.make_doc(text), annotations)

    return augment
