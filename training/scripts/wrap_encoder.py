"""A pipeline of the tuned encoder alone, for the components to be trained on.

Usage: python wrap_encoder.py ENCODER OUT
ENCODER is the encoder.npz that train_encoder.py wrote. Its weights are rounded as the package stores them.
"""

import sys
from pathlib import Path

import numpy as np
import spacy

import newsvoices.pipeline  # noqa: F401  (registers the components)
from newsvoices.encoder import load_weights


def main(encoder: Path, out: Path) -> None:
    nlp = spacy.blank("en")
    with np.load(encoder, allow_pickle=False) as arrays:
        width = arrays["position"].shape[1]
        depth = sum(name.endswith("qkv.weight") for name in arrays.files)
    architecture = {"@architectures": "newsvoices.Transformer.v1", "width": width, "depth": depth}
    tok2vec = nlp.add_pipe("tok2vec", config={"model": architecture})
    load_weights(tok2vec.model, encoder)
    weights = nlp.add_pipe("weights")
    weights.pack()
    weights.restore()
    nlp.remove_pipe("weights")
    nlp.to_disk(out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
