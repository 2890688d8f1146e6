"""Word vectors packed to a sixth of their size."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import numpy as np
import spacy
from spacy.attrs import NORM
from spacy.strings import hash_string
from spacy.vectors import BaseVectors, Mode
from spacy.vocab import Vocab

CENTROIDS, ROUNDS, SAMPLE = 256, 12, 40_000


class PackedVectors(BaseVectors):
    """Vectors found by a token's norm, each stored as a few bytes: product quantisation (Jégou et al. 2011).

    A vector is cut into groups of `centroids.shape[2]` dimensions; a byte for each group says which of 256
    centroids stands for it. A word that is not there has the zero vector.
    """

    attr = NORM
    mode = Mode.default
    key2row: ClassVar[dict[int, int]] = {}

    def __init__(self, *, strings=None) -> None:
        super().__init__(strings=strings)
        self.strings, self.name = strings, None
        self.hashes = np.zeros(0, "uint64")  # sorted
        self.codes = np.zeros((0, 1), "uint8")
        self.centroids = np.zeros((1, CENTROIDS, 0), "float32")

    @classmethod
    def pack(cls, words: list[str], table: np.ndarray, *, group: int, seed: int) -> "PackedVectors":
        """Packs one vector for each of `words`; the width must be a multiple of `group`."""
        packed = cls()
        hashes = np.array([hash_string(word) for word in words], "uint64")
        order = np.argsort(hashes)
        parts = table[order].reshape(len(words), -1, group).astype("float32")
        packed.hashes = hashes[order]
        packed.centroids = np.stack([_centroids(parts[:, i], seed) for i in range(parts.shape[1])])
        packed.codes = np.stack([_nearest(parts[:, i], c) for i, c in enumerate(packed.centroids)], axis=1)
        return packed

    def get_batch(self, keys) -> np.ndarray:
        """(keys, width): the vectors of norms given as hashes or strings."""
        keys = np.array([hash_string(k) if isinstance(k, str) else k for k in keys], "uint64")
        vectors = np.zeros((len(keys), self.vectors_length), "float32")
        if len(self) and len(keys):
            rows = np.minimum(np.searchsorted(self.hashes, keys), len(self) - 1)
            known = self.hashes[rows] == keys
            groups = np.arange(len(self.centroids))
            vectors[known] = self.centroids[groups, self.codes[rows[known]]].reshape(-1, self.vectors_length)
        return vectors

    def __getitem__(self, key) -> np.ndarray:
        return self.get_batch([key])[0]

    def __contains__(self, key) -> bool:
        return bool(np.isin(self.strings[key] if isinstance(key, str) else key, self.hashes))

    def __len__(self) -> int:
        return len(self.hashes)

    def keys(self) -> np.ndarray:
        return self.hashes

    @property
    def shape(self) -> tuple[int, int]:
        return len(self), self.vectors_length

    @property
    def vectors_length(self) -> int:
        return self.centroids.shape[0] * self.centroids.shape[2]

    n_keys = property(__len__)
    size = property(lambda self: len(self) * self.vectors_length)
    is_full = True

    def to_disk(self, path: str | Path, **_) -> None:
        with Path(path, "packed_vectors.npz").open("wb") as file:
            np.savez(file, hashes=self.hashes, codes=self.codes, centroids=self.centroids)

    def from_disk(self, path: str | Path, **_) -> "PackedVectors":
        if (file := Path(path) / "packed_vectors.npz").exists():
            with np.load(file, allow_pickle=False) as data:
                self.hashes, self.codes, self.centroids = data["hashes"], data["codes"], data["centroids"]
        return self


def _centroids(points: np.ndarray, seed: int) -> np.ndarray:
    """k-means (Lloyd 1982) on a sample."""
    rng = np.random.default_rng(seed)
    points = points[rng.permutation(len(points))[:SAMPLE]]
    centroids = points[: min(CENTROIDS, len(points))].copy()
    for _ in range(ROUNDS):
        nearest = _nearest(points, centroids)
        for i in np.unique(nearest):
            centroids[i] = points[nearest == i].mean(axis=0)
    return np.concatenate([centroids, np.zeros((CENTROIDS - len(centroids), points.shape[1]), "float32")])


def _nearest(points: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    lengths = (centroids**2).sum(axis=1)
    blocks = np.array_split(points, len(points) // 10_000 + 1)
    return np.concatenate([(lengths - 2 * block @ centroids.T).argmin(axis=1) for block in blocks]).astype(
        "uint8"
    )


@spacy.registry.vectors("newsvoices.PackedVectors.v1")
def create_packed_vectors() -> Callable[[Vocab], PackedVectors]:
    """For [nlp.vectors] in a config; empty until loaded from disk."""
    return lambda vocab: PackedVectors(strings=vocab.strings)
