"""The attribution component: finds who says what in a Doc, as source, cue and content spans."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import Model, set_dropout_rate

from newsvoices.attribution_model import (
    CUE_LABELS,
    ROLE_LABELS,
    Pairs,
    Tokens,
    attribution_model,
    encode,
    read_cues,
    read_roles,
    softmax,
)
from newsvoices.marks import quoted

GROUP = "attributions"
REACH = 128  # tokens on either side of a cue that are read for its source and content
STEPS = 12  # longest way up the tree from a token to the cue or one above it


def token_marks(doc: Doc, starts: np.ndarray) -> np.ndarray:
    """For each token: 0 outside quotation marks, 1 inside, 2 the first inside, 3 the last; + 4 for single marks."""
    state = np.zeros(len(doc), "int64")
    for quote in quoted(doc.text):
        first, after = np.searchsorted(starts, (quote.start, quote.end))
        if first < after:
            single = 4 * (quote.mark == "'")
            state[first:after] = 1 + single
            state[after - 1] = 3 + single
            state[first] = 2 + single
    return state


class Features:
    """What the network reads of one Doc."""

    def __init__(self, doc: Doc, vectors) -> None:
        self.length = len(doc)
        columns = [
            "NORM",
            "SUFFIX",
            "SHAPE",
            "TAG",
            "DEP",
            "HEAD",
            "SENT_START",
            "LENGTH",
            "SPACY",
            "IS_SPACE",
        ]
        norm, suffix, shape, tag, dep, head, begins, letters, space, blank = doc.to_array(columns).T
        widths = (letters + space).astype("int64")
        self.marks = token_marks(doc, np.cumsum(widths) - widths)
        self.ids = np.column_stack([norm, suffix, shape, tag, dep, self.marks.astype("uint64") + 1])
        self.vectors = vectors.get_batch(norm)
        self.heads = np.arange(self.length) + head.astype("int64")
        self.deps = dep
        line_ends = np.zeros(self.length, bool)
        for i in np.flatnonzero(blank):
            line_ends[i] = "\n" in doc[int(i)].text
        self.paragraph = np.cumsum(line_ends)
        self.sentence = np.cumsum(begins.astype("int64") == 1)
        ends = np.isin(self.marks, (3, 7))
        self.segment = np.cumsum(np.isin(self.marks, (2, 6))) + np.cumsum(ends) - ends

    def run(self, cue: int) -> tuple[int, int]:
        """The tokens that are read for a cue: its paragraph, as far as REACH goes."""
        same = self.paragraph == self.paragraph[cue]
        start = max(cue - REACH, int(np.argmax(same)))
        end = min(cue + REACH, int(len(same) - np.argmax(same[::-1])))
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
        level = np.full(self.length, -1)
        level[above[::-1]] = np.arange(len(above))[::-1]
        here, branch = tokens.copy(), np.full(len(tokens), 7, "int64")
        for _ in range(STEPS):
            away = level[here] < 0
            branch = np.where(away, (self.deps[here] % 9973).astype("int64"), branch)
            here = np.where(away, self.heads[here], here)
        met = level[here]
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


def spans_of(labels: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Spans (start, end, role) of a sequence of BIO labels; an I- that continues nothing begins a span."""
    start, role = 0, ""
    for i, label in enumerate([*labels, "O"]):
        kind = label[2:]
        if role and (label == "O" or label[0] == "B" or kind != role):
            yield start, i, role
            role = ""
        if label != "O" and not role:
            start, role = i, kind


@Language.factory("attribution", default_config={"threshold": 0.5})
def create_attribution(nlp: Language, name: str, threshold: float) -> "Attribution":
    """An untrained component for a pipeline."""
    return Attribution(nlp.vocab, attribution_model(), name, threshold=threshold)


class Attribution(TrainablePipe):
    """Sets `doc.spans["attributions"]`: spans labelled source, cue and content, joined by their `id`.

    Needs a tagged and parsed Doc with Universal Dependencies. Word vectors are those of the vocab that
    the component was made with. A cue of the parts with one id may have no source.
    """

    def __init__(self, vocab, model: Model, name: str = "attribution", *, threshold: float = 0.5) -> None:
        self.vocab, self.model, self.name = vocab, model, name
        self.cfg = {"threshold": threshold}

    def predict(self, docs: Iterable[Doc]) -> list[list[dict[str, list[tuple[int, int]]]]]:
        """For each Doc its attributions: part → token spans."""
        docs = list(docs)
        features = [Features(doc, self.vocab.vectors) for doc in docs if len(doc)]
        if not features:
            return [[] for _ in docs]
        tokens, starts = batch(features)
        H, _ = encode(self.model, tokens)
        probabilities = softmax(read_cues(self.model, H)[0])
        cues = [self._cues(probabilities[s : s + f.length]) for f, s in zip(features, starts, strict=True)]
        pairs = pair_up(features, starts, cues)
        found = iter(self._roles(H, tokens, pairs) if pairs else [])
        results = []
        for doc_features, doc_cues in zip(features, cues, strict=True):
            doc_found = []
            for cue in doc_cues:
                first = doc_features.run(doc_features.cue_head(cue))[0]
                roles = {"source": [], "cue": [cue], "content": []}
                for start, end, role in next(found):
                    roles[role].append((first + start, first + end))
                if roles["content"]:
                    doc_found.append(roles)
            results.append(doc_found)
        filled = iter(results)
        return [next(filled) if len(doc) else [] for doc in docs]

    def _cues(self, probabilities: np.ndarray) -> list[tuple[int, int]]:
        is_cue = 1 - probabilities[:, 0] > self.cfg["threshold"]
        labels = [
            CUE_LABELS[1 + int(p[2] > p[1])] if yes else "O"
            for p, yes in zip(probabilities, is_cue, strict=True)
        ]
        return [(start, end) for start, end, _ in spans_of(labels)]

    def _roles(self, H, tokens: Tokens, pairs: Pairs) -> Iterator[list[tuple[int, int, str]]]:
        best = read_roles(self.model, H, tokens, pairs)[0].argmax(axis=1)
        at = 0
        for length in pairs.lengths:
            yield list(spans_of(ROLE_LABELS[i] for i in best[at : at + length]))
            at += length

    def set_annotations(self, docs: Iterable[Doc], predictions: list) -> None:
        for doc, attributions in zip(docs, predictions, strict=True):
            doc.spans[GROUP] = [
                Span(doc, start, end, label=role, span_id=str(number))
                for number, roles in enumerate(attributions)
                for role, spans in roles.items()
                for start, end in spans
            ]

    def update(self, examples: Iterable[Example], *, drop: float = 0.0, sgd: Callable | None = None,
               losses: dict[str, float] | None = None) -> dict[str, float]:  # fmt: skip
        """One step on Examples whose predicted Docs are tagged and parsed, and whose reference has the gold spans."""
        examples = [eg for eg in examples if len(eg.predicted)]
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        set_dropout_rate(self.model, drop)
        features = [Features(eg.predicted, self.vocab.vectors) for eg in examples]
        gold = [gold_attributions(eg.reference) for eg in examples]
        tokens, starts = batch(features)
        H, back_encode = encode(self.model, tokens, True)
        scores, back_cues = read_cues(self.model, H, True)
        truth = np.zeros(len(scores), "int64")
        for first, attributions in zip(starts, gold, strict=True):
            for cue, _ in attributions:
                truth[first + cue[0] : first + cue[1]] = 2
                truth[first + cue[0]] = 1
        d_scores, loss = cross_entropy(scores, truth)
        dH = back_cues(d_scores)
        losses[self.name] += loss
        wrong = self._false_cues(softmax(scores), truth, features, starts)
        cues = [[cue for cue, _ in g] + w for g, w in zip(gold, wrong, strict=True)]
        if (pairs := pair_up(features, starts, cues)) is not None:
            scores, back_roles = read_roles(self.model, H, tokens, pairs, True)
            d_scores, loss = cross_entropy(scores, gold_roles(features, cues, gold))
            dH = dH + back_roles(d_scores)
            losses[self.name] += loss
        back_encode(dH)
        if sgd is not None:
            self.finish_update(sgd)
        return losses

    def _false_cues(self, probabilities, truth, features, starts) -> list[list[tuple[int, int]]]:
        """Cues that the network finds at this moment and that are none: read for roles too, to find nothing."""
        out = []
        for doc_features, first in zip(features, starts, strict=True):
            here = slice(first, first + doc_features.length)
            spans = self._cues(probabilities[here])
            out.append([(s, e) for s, e in spans if not truth[here][s:e].any()])
        return out


def gold_attributions(doc: Doc) -> list[tuple[tuple[int, int], dict[str, list[tuple[int, int]]]]]:
    """(cue, role → spans) for each attribution with a cue in `doc.spans`; a cue in pieces counts from first to last."""
    parts: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for span in doc.spans.get(GROUP, []):
        parts.setdefault(span.id_, {}).setdefault(span.label_, []).append((span.start, span.end))
    return [((min(p["cue"])[0], max(p["cue"])[1]), p) for p in parts.values() if "cue" in p]


def gold_roles(features: list[Features], cues: list, gold: list) -> np.ndarray:
    """(pairs,): rows of ROLE_LABELS for the cues, gold ones first in each Doc."""
    out = []
    for doc_features, doc_cues, doc_gold in zip(features, cues, gold, strict=True):
        for number, cue in enumerate(doc_cues):
            start, end = doc_features.run(doc_features.cue_head(cue))
            labels = np.zeros(doc_features.length, "int64")
            parts = doc_gold[number][1] if number < len(doc_gold) else {}
            for role, begin in (("source", 1), ("content", 3)):
                for first, last in parts.get(role, []):
                    labels[first:last], labels[first] = begin + 1, begin
            out.append(labels[start:end])
    return np.concatenate(out)


def cross_entropy(scores: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, float]:
    """Gradient of the mean loss over the rows, times 100 rows, and the loss."""
    probabilities = softmax(scores)
    rows = np.arange(len(truth))
    loss = -float(np.log(probabilities[rows, truth] + 1e-9).sum())
    probabilities[rows, truth] -= 1
    return probabilities.astype("f") / 1000, loss / 1000
