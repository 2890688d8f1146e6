"""The attribution component: finds who says what in a Doc, as source, cue and content spans."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import Model, set_dropout_rate

from .attribution_features import Features, Pairs, Tokens, batch, pair_up
from .attribution_model import (
    CUE_LABELS,
    ROLE_LABELS,
    attribution_model,
    best_labels,
    encode,
    read_cues,
    read_roles,
    softmax,
    spans_of,
)

GROUP = "attributions"


@Language.factory("attribution", default_config={"candidate": 0.3, "threshold": 0.3, "source": 0.2})
def create_attribution(
    nlp: Language, name: str, candidate: float, threshold: float, source: float
) -> "Attribution":
    """An untrained component for a pipeline."""
    return Attribution(
        nlp.vocab, attribution_model(), name, candidate=candidate, threshold=threshold, source=source
    )


class Attribution(TrainablePipe):
    """Sets `doc.spans["attributions"]`: spans labelled source, cue and content, joined by their `id`.

    Needs a tagged and parsed Doc with Universal Dependencies, and the bundled encoder's vectors as its tensor.

    Words that are a cue with probability `candidate` are read for a source and a content; what is kept has
    a probability of at least `threshold`: the cue's times the content's (the geometric mean over its words).
    An attribution always has a cue and a content, and at most one source.
    """

    def __init__(
        self, vocab, model: Model, name: str = "attribution", *, candidate=0.3, threshold=0.3, source=0.2
    ) -> None:
        self.vocab, self.model, self.name = vocab, model, name
        self.cfg = {"candidate": candidate, "threshold": threshold, "source": source}

    def predict(self, docs: Iterable[Doc]) -> list[list[dict[str, list[tuple[int, int]]]]]:
        """For each Doc its attributions: part → token spans."""
        docs = list(docs)
        features = [Features(doc) for doc in docs if len(doc)]
        if not features:
            return [[] for _ in docs]
        tokens, starts = batch(features)
        H, _ = encode(self.model, tokens)
        scores = read_cues(self.model, H)[0]
        is_cue = softmax(scores)
        cues = self._cues(scores, tokens.lengths)
        pairs = pair_up(features, starts, cues)
        asides = [f.aside(cue) for f, doc_cues in zip(features, cues, strict=True) for cue in doc_cues]
        found = iter(self._roles(H, tokens, pairs, np.concatenate(asides)) if pairs else [])
        results = iter(
            [
                list(self._kept(f, is_cue[s : s + f.length], doc_cues, found))
                for f, s, doc_cues in zip(features, starts, cues, strict=True)
            ]
        )
        return [next(results) if len(doc) else [] for doc in docs]

    def _cues(self, scores: np.ndarray, lengths: np.ndarray) -> list[list[tuple[int, int]]]:
        """For each Doc the spans that may be cues."""
        odds = np.log(1 / self.cfg["candidate"] - 1)
        best = best_labels(scores + np.array([0.0, odds, odds], "f"), lengths, CUE_LABELS)
        parts = np.split(best, np.cumsum(lengths)[:-1])
        return [[(s, e) for s, e, _ in spans_of(CUE_LABELS[i] for i in part)] for part in parts]

    def _roles(
        self, H, tokens: Tokens, pairs: Pairs, asides: np.ndarray
    ) -> Iterator[list[tuple[int, int, str, float]]]:
        """For each cue its spans (start, end, role, mean log-probability), counted from the start of its run."""
        probabilities = softmax(read_roles(self.model, H, tokens, pairs)[0])
        scores = np.log(probabilities + 1e-9)
        scores[asides == 1] += np.array([-9, 9, 9, -9, -9], "f")
        scores[asides == 2] += np.array([-9, -9, -9, 9, 9], "f")
        favoured = scores + np.array([0, *[np.log(1 / self.cfg["source"] - 1)] * 2, 0, 0], "f")
        best, second = (best_labels(s, pairs.lengths, ROLE_LABELS) for s in (scores, favoured))
        at = 0
        for length in pairs.lengths:
            inside = np.log(1 - probabilities[at : at + length, 0] + 1e-9)
            labels = best[at : at + length]
            if not {1, 2} & set(labels):  # nearly everything said has a source: a less certain one will do
                labels = second[at : at + length]
            spans = spans_of(ROLE_LABELS[i] for i in labels)
            yield [(start, end, role, float(inside[start:end].mean())) for start, end, role in spans]
            at += length

    def _kept(self, features: Features, is_cue: np.ndarray, cues: list, found: Iterator) -> Iterator[dict]:
        for cue in cues:
            first = features.run(features.cue_head(cue))[0]
            spans = [(first + start, first + end, role, score) for start, end, role, score in next(found)]
            sources = sorted(
                (score, end - start, start, end) for start, end, role, score in spans if role == "source"
            )
            contents = [(start, end, score) for start, end, role, score in spans if role == "content"]
            if not contents:
                continue
            certainty = (1 - is_cue[cue[0] : cue[1], 0]).max() * np.exp(np.mean([c[2] for c in contents]))
            if certainty >= self.cfg["threshold"]:
                yield {
                    "source": [span[2:] for span in sources[-1:]],
                    "cue": [cue],
                    "content": [span[:2] for span in contents],
                }

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
        features = [Features(eg.predicted) for eg in examples]
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
        wrong = [
            [(s, e) for s, e in spans if not truth[first + s : first + e].any()]
            for first, spans in zip(starts, self._cues(scores, tokens.lengths), strict=True)
        ]  # read for roles too, to find nothing
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
