"""What the attribution component reads of a Doc, as arrays."""

from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from .wordpieces import token_marks

REACH = 128  # tokens on either side of a cue that are read for its source and content
STEPS = 12  # longest way up the tree from a token to the cue or one above it
ASIDE = 12  # tokens of a speaker between two commas
NOUN_PHRASE = {"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "POS", "IN", "HYPH", "CD"}
COLUMNS = [
    "TAG",
    "DEP",
    "ENT_TYPE",
    "HEAD",
    "SENT_START",
    "IS_SPACE",
]


class Tokens(NamedTuple):
    """The tokens of a batch of Docs, one after the other."""

    ids: np.ndarray  # (tokens, TOKEN_COLUMNS), uint64
    vectors: np.ndarray  # (tokens, width of the pipeline's encoder)
    heads: np.ndarray  # (tokens,), rows of the heads
    lengths: np.ndarray  # tokens a Doc


class Pairs(NamedTuple):
    """Each token near a cue, paired with that cue; one run of rows for each cue."""

    token: np.ndarray  # (pairs,), rows of Tokens
    cue: np.ndarray  # (pairs,), rows of Tokens
    ids: np.ndarray  # (pairs, PAIR_COLUMNS), uint64
    lengths: np.ndarray  # pairs a cue


class Features:
    """What the network reads of one Doc."""

    def __init__(self, doc: Doc) -> None:
        self.length = len(doc)
        tag, dep, entity, head, begins, blank = doc.to_array(COLUMNS).T
        self.marks = token_marks(doc)
        self.ids = np.column_stack([tag, dep, entity, self.marks.astype("uint64") + 1])
        self.vectors = doc.tensor
        self.heads = np.arange(self.length) + head.astype("int64")
        self.deps = dep
        line_ends = np.zeros(self.length, bool)
        for i in np.flatnonzero(blank):
            line_ends[i] = "\n" in doc[int(i)].text
        self.paragraph = np.cumsum(line_ends)
        self.sentence = np.cumsum(begins.astype("int64") == 1)
        ends = np.isin(self.marks, (3, 7))
        self.segment = np.cumsum(np.isin(self.marks, (2, 6))) + np.cumsum(ends) - ends
        self._level = np.full(self.length, -1)
        self._doc = doc

    def run(self, cue: int) -> tuple[int, int]:
        """The tokens that are read for a cue: its paragraph, as far as REACH goes."""
        first, after = np.searchsorted(self.paragraph, [self.paragraph[cue], self.paragraph[cue] + 1])
        start, end = max(cue - REACH, int(first)), min(cue + REACH, int(after))
        return start, end

    def pair_ids(self, cue: tuple[int, int]) -> np.ndarray:
        """(tokens of the run, PAIR_COLUMNS): the way in the tree, the distance and the marks, seen from the cue."""
        centre = self.cue_head(cue)
        start, end = self.run(centre)
        tokens = np.arange(start, end)
        inside = (tokens >= cue[0]) & (tokens < cue[1])
        distance = tokens - centre
        bucket = np.sign(distance) * np.minimum(np.ceil(np.log2(np.abs(distance) + 1) * 2), 14)
        sentence = np.clip(self.sentence[start:end] - self.sentence[centre], -3, 3)
        segment = np.clip(self.segment[start:end] - self.segment[centre], -4, 4)
        return np.column_stack(
            [
                self.path(centre, tokens) * 2 + inside,
                (bucket + 20) * 2 + inside,
                ((segment + 5) * 8 + self.marks[start:end]) * 8 + sentence + 4,
            ]
        ).astype("uint64")

    def aside(self, cue: tuple[int, int]) -> np.ndarray:
        """(tokens of the run,): 1 for the speaker of an aside, 2 for what it breaks into ("The aim, said Carter, was …")."""
        doc, (start, end) = self._doc, self.run(self.cue_head(cue))
        found = np.zeros(end - start, "int64")
        first = last = cue[1]
        while last < min(end, first + ASIDE) and doc[last].tag_ in NOUN_PHRASE:
            last += 1
        before = cue[0] - 1
        named = last > first and doc[first].tag_ in ("NNP", "PRP", "DT")
        closed = last + 1 < end and doc[last].text == "," and doc[last + 1].tag_ != "CC"
        if named and closed and before >= start and doc[before].text == "," and doc[cue[0]].tag_[:2] == "VB":
            found[: before - start][self.sentence[start:before] == self.sentence[before]] = 2
            found[first - start : last - start] = 1
        return found

    def cue_head(self, cue: tuple[int, int]) -> int:
        """The token of a cue whose own head lies outside it."""
        inside = range(*cue)
        return next((i for i in inside if self.heads[i] not in inside or self.heads[i] == i), cue[0])

    def path(self, centre: int, tokens: np.ndarray) -> np.ndarray:
        """A number for how each token hangs in the tree as seen from the cue's head.

        How many steps above the cue the two meet (up to three), by which dependency the token's side
        hangs there and by which the cue's side does.
        """
        above = [centre]
        while len(above) < 4 and self.heads[above[-1]] != above[-1]:
            above.append(int(self.heads[above[-1]]))
        level = self._level
        level[above[::-1]] = np.arange(len(above))[::-1]
        here, branch = tokens.copy(), np.full(len(tokens), 7, "int64")
        for _ in range(STEPS):
            away = level[here] < 0
            branch = np.where(away, (self.deps[here] % 9973).astype("int64"), branch)
            here = np.where(away, self.heads[here], here)
        met = level[here]
        level[above] = -1
        below = np.array([0, *(int(self.deps[i] % 9973) for i in above)])
        return np.where(met < 0, 1, ((met + 1) * 10007 + below[np.maximum(met, 0)]) * 10007 + branch)


def batch(features: list[Features]) -> tuple[Tokens, np.ndarray]:
    """Tokens of several Docs, and the row at which each Doc starts."""
    lengths = np.array([f.length for f in features])
    starts = np.cumsum(lengths) - lengths
    tokens = Tokens(
        np.concatenate([f.ids for f in features]),
        np.concatenate([f.vectors for f in features]),
        np.concatenate([f.heads + s for f, s in zip(features, starts, strict=True)]),
        lengths,
    )
    return tokens, starts


def pair_up(features: list[Features], starts: np.ndarray, cues: list[list[tuple[int, int]]]) -> Pairs | None:
    """Pairs for the cues of each Doc; None where there is no cue."""
    token, centre, ids, lengths = [], [], [], []
    for doc_features, first, doc_cues in zip(features, starts, cues, strict=True):
        for cue in doc_cues:
            head = doc_features.cue_head(cue)
            start, end = doc_features.run(head)
            token.append(np.arange(start, end) + first)
            centre.append(np.full(end - start, head + first))
            ids.append(doc_features.pair_ids(cue))
            lengths.append(end - start)
    if not token:
        return None
    return Pairs(np.concatenate(token), np.concatenate(centre), np.concatenate(ids), np.array(lengths))
