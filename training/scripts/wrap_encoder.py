"""A pipeline of the tuned encoder and attribution alone, for the other components to be trained on.

Usage: python wrap_encoder.py FOLDER OUT
FOLDER is what train_encoder.py wrote. The weights are rounded as the package stores them.
"""

import sys
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from thinc.api import Model

import en_newsvoices  # noqa: F401


def load_weights(model: Model, path: Path) -> None:
    """Sets what train_encoder.py saved."""
    with np.load(path, allow_pickle=False) as arrays:
        for name in arrays.files:
            if name == "vocabulary":
                model.attrs["vocabulary"] = arrays[name].tolist()
            else:
                model.set_param(name, arrays[name])


def wrapped(folder: Path) -> Language:
    """The pipeline of what train_encoder.py wrote."""
    nlp = spacy.blank("en")
    with np.load(folder / "encoder.npz", allow_pickle=False) as arrays:
        width = arrays["position"].shape[1]
        depth = sum(name.endswith("qkv.weight") for name in arrays.files)
    architecture = {"@architectures": "en_newsvoices.Transformer.v1", "width": width, "depth": depth}
    load_weights(nlp.add_pipe("tok2vec", config={"model": architecture}).model, folder / "encoder.npz")
    load_weights(nlp.add_pipe("newsvoices_attribution").model, folder / "attribution.npz")
    weights = nlp.add_pipe("newsvoices_weights")
    weights.pack()
    weights.restore()
    nlp.remove_pipe("newsvoices_weights")
    return nlp


def main(folder: Path, out: Path) -> None:
    wrapped(folder).to_disk(out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
