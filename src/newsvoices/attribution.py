"""The attribution component: finds who says what in a Doc, as source, cue and content spans."""

from collections.abc import Iterable, Iterator

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from thinc.api import Model
from thinc.types import Floats2d

from .attribution_model import (
    CUE_LABELS,
    ROLE_LABELS,
    attribution_model,
    best_labels,
    log_inside,
    moves,
    read_cues,
    read_roles,
    spans_of,
    words,
)
from .transformer import softmax
from .wordpieces import breaks, windows

GROUP = "attributions"
REACH = 64  # tokens on either side of a cue that are read for its source and content
CUES = 64  # cues that are read at once
WORDS = 200  # tokens that are read together before, about as many as the encoder's windows have
SAME = 0.5  # of the tokens of two contents; from here on they are one


@Language.factory("attribution", default_config={"candidate": 0.3, "threshold": 0.3, "source": 0.2})
def create_attribution(
    nlp: Language, name: str, candidate: float, threshold: float, source: float
) -> "Attribution":
    """A component for a pipeline, without weights."""
    return Attribution(
        nlp.vocab, attribution_model(), name, candidate=candidate, threshold=threshold, source=source
    )


class Attribution(TrainablePipe):
    """Sets `doc.spans["attributions"]`: spans labelled source, cue and content, joined by their `id`.

    Needs the bundled encoder's vectors as the Doc's tensor.

    Words that are a cue with probability `candidate` are read for a source and a content in their paragraph; what is
    kept has a probability of at least `threshold`: the cue's times the content's (the geometric mean over its words).
    An attribution always has a cue and a content, and at most one source; where it would have none, one with
    probability `source` will do.
    """

    def __init__(
        self, vocab, model: Model, name: str = "attribution", *, candidate=0.3, threshold=0.3, source=0.2
    ) -> None:
        self.vocab, self.model, self.name = vocab, model, name
        self.cfg = {"candidate": candidate, "threshold": threshold, "source": source}

    def predict(self, docs: Iterable[Doc]) -> list[list[dict[str, list[tuple[int, int]]]]]:
        """For each Doc its attributions: part → token spans."""
        return [_apart(list(self._read(doc)), len(doc)) if len(doc) else [] for doc in docs]

    def _read(self, doc: Doc) -> Iterator[tuple[float, dict[str, list[tuple[int, int]]]]]:
        """Attributions with their certainty, in the order of their cues."""
        ends = breaks(doc)
        paragraphs = np.cumsum(np.array(ends) == 2)
        X = words(self.model, doc.tensor, windows([1] * len(doc), ends, WORDS, WORDS))
        is_cue = read_cues(self.model, X)
        cues = self._cues(is_cue)
        is_cue = softmax(is_cue)
        for at in range(0, len(cues), CUES):
            some = cues[at : at + CUES]
            runs = [run_of(paragraphs, cue) for cue in some]
            for cue, spans in zip(some, self._roles(X, some, runs), strict=True):
                sources = [
                    (score, end - start, start, end) for start, end, role, score in spans if role == "source"
                ]
                contents = [(start, end) for start, end, role, _ in spans if role == "content"]
                scores = [score for *_, role, score in spans if role == "content"]
                certainty = (1 - is_cue[slice(*cue), 0]).max() * np.exp(np.mean(scores)) if scores else 0.0
                if certainty >= self.cfg["threshold"]:
                    source = [span[2:] for span in sorted(sources)[-1:]]
                    yield certainty, {"source": source, "cue": [cue], "content": contents}

    def _cues(self, scores: Floats2d) -> list[tuple[int, int]]:
        """The spans that may be cues."""
        odds = np.log(1 / self.cfg["candidate"] - 1)
        best = best_labels(scores + np.array([0.0, odds, odds], "f"), [len(scores)], moves(CUE_LABELS))
        return [(start, end) for start, end, _ in spans_of(CUE_LABELS[i] for i in best)]

    def _roles(self, X: Floats2d, cues: list, runs: list) -> Iterator[list[tuple[int, int, str, float]]]:
        """For each cue its spans (start, end, role, mean log-probability)."""
        scores, lengths = read_roles(self.model, X, cues, runs), [end - start for start, end in runs]
        cost = moves(ROLE_LABELS, self.model.get_param("moves"))
        inside = log_inside(scores, lengths, cost)
        favoured = scores + np.array([0, *[np.log(1 / self.cfg["source"] - 1)] * 2, 0, 0], "f")
        best, second = best_labels(scores, lengths, cost), best_labels(favoured, lengths, cost)
        at = 0
        for (first, _), length in zip(runs, lengths, strict=True):
            labels, here = best[at : at + length], inside[at : at + length]
            if not {1, 2} & set(labels):  # nearly everything said has a source: a less certain one will do
                labels = second[at : at + length]
            yield [
                (first + start, first + end, role, float(here[start:end].mean()))
                for start, end, role in spans_of(ROLE_LABELS[i] for i in labels)
            ]
            at += length

    def set_annotations(self, docs: Iterable[Doc], predictions: list) -> None:
        for doc, attributions in zip(docs, predictions, strict=True):
            doc.spans[GROUP] = [
                Span(doc, start, end, label=role, span_id=str(number))
                for number, roles in enumerate(attributions)
                for role, spans in roles.items()
                for start, end in spans
            ]


def _apart(found: list[tuple[float, dict]], n: int) -> list[dict]:
    """Of attributions whose contents are all but the same, the most certain one; a Doc has `n` tokens."""
    owner, sizes, kept = np.full(n, -1), [], []
    for number in sorted(range(len(found)), key=lambda number: -found[number][0]):
        tokens = np.concatenate([np.arange(*span) for span in found[number][1]["content"]])
        others, common = np.unique(owner[tokens], return_counts=True)
        if all(
            c < SAME * (len(tokens) + sizes[o] - c)
            for o, c in zip(others.tolist(), common.tolist(), strict=True)
            if o >= 0
        ):
            owner[tokens[owner[tokens] < 0]] = len(sizes)
            sizes.append(len(tokens))
            kept.append(number)
    return [found[number][1] for number in sorted(kept)]


def run_of(paragraphs: np.ndarray, cue: tuple[int, int]) -> tuple[int, int]:
    """The tokens that are read for a cue: its paragraph, as far as REACH goes."""
    here = paragraphs[cue[0]]
    first, after = np.searchsorted(paragraphs, [here, here + 1])
    return max(cue[0] - REACH, int(first)), min(cue[1] + REACH, int(after))


def gold_attributions(doc: Doc) -> list[tuple[tuple[int, int], dict[str, list[tuple[int, int]]]]]:
    """(cue, role → spans) for each attribution with a cue in `doc.spans`; a cue in pieces counts from first to last."""
    parts: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for span in doc.spans.get(GROUP, []):
        parts.setdefault(span.id_, {}).setdefault(span.label_, []).append((span.start, span.end))
    return [((min(p["cue"])[0], max(p["cue"])[1]), p) for p in parts.values() if "cue" in p]
