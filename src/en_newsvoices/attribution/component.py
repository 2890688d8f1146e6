"""The attribution component: finds who says what in a Doc, as source, cue and content spans."""

from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from thinc.api import Model
from thinc.types import Floats2d

from ..annotations import ATTRIBUTIONS
from ..network.word_pieces import breaks, windows
from ..text.quotation_marks import quoted
from .network import (
    CUE_LABELS,
    ROLE_LABELS,
    Span,
    attribution_model,
    best_labels,
    log_inside,
    moves,
    read_cues,
    read_roles,
    read_words,
    softmax,
    spans_of,
)

REACH = 64  # tokens on either side of a cue that are read for its source and content
FAR = 192  # more of them at most, to the end of a quotation
CUES = 64  # cues that are read at once
WORDS = 200  # tokens that are read together before
SAME = 0.5  # of the tokens of two contents, or of a quotation; from here on they are one
QUOTED = 4  # tokens with the marks; shorter quotations get no second look

Parts = dict[str, list[Span]]  # source, cue and content


@Language.factory(
    "newsvoices_attribution",
    assigns=["doc.spans", "doc._.attribution_vectors"],
    default_config={"candidate": 0.2, "threshold": 0.4, "source": 0.4, "second": 0.02},
)
def create_attribution(
    nlp: Language, name: str, candidate: float, threshold: float, source: float, second: float
) -> "Attribution":
    """A component for a pipeline, without weights."""
    cfg = {"candidate": candidate, "threshold": threshold, "source": source, "second": second}
    return Attribution(nlp.vocab, attribution_model(), name, cfg)


class Attribution(TrainablePipe):
    """Sets `doc.spans["attributions"]`: spans labelled source, cue and content, joined by their `id`.

    Needs the bundled encoder's vectors as the Doc's tensor.

    Words that are a cue with probability `candidate` are read for a source and a content in their passage; what is
    kept has a probability of at least `threshold`: the cue's times the content's (the geometric mean over its words).
    Where that leaves a quotation in marks to nobody, a second look is content with a probability of `second` for
    the cue, and for an attribution of this quotation. An attribution always has a cue and a content, and at most one
    source; where it would have none, one with probability `source` will do.
    """

    def __init__(self, vocab, model: Model, name: str, cfg: dict[str, float]) -> None:
        self.vocab, self.model, self.name, self.cfg = vocab, model, name, cfg

    def predict(self, docs: Iterable[Doc]) -> list[tuple[list[Parts], np.ndarray | None]]:
        """For each Doc its attributions, part → token spans; and the vectors that they were read from."""
        return [self._read_doc(doc) if len(doc) else ([], None) for doc in docs]

    def _read_doc(self, doc: Doc) -> tuple[list[Parts], np.ndarray]:
        bounds = windows([1] * len(doc), breaks(doc), WORDS, WORDS)
        X = read_words(self.model, doc.tensor, bounds)
        vectors = np.concatenate([doc.tensor, X], axis=1, dtype="float16", casting="same_kind")
        return self._attributions(doc, X, bounds), vectors

    def _attributions(self, doc: Doc, X: Floats2d, bounds: list[int]) -> list[Parts]:
        passage, quotation = passages(doc)
        scores, lengths = read_cues(self.model, X), np.diff(bounds)
        read = partial(self._read, X, 1 - softmax(scores.copy())[:, 0], passage, quotation)
        found = read(self._cues(scores, lengths, self.cfg["candidate"]))
        kept = _without_duplicates([one for one in found if one[0] >= self.cfg["threshold"]], len(doc))
        sizes = np.bincount(quotation)
        left = np.flatnonzero((_shares(kept, quotation) < SAME) & (sizes >= QUOTED))
        if len(left):
            here = np.isin(quotation, left)  # nobody says a quotation inside it
            near, taken = np.isin(passage, passage[here]), here | _inside(kept, "cue", len(doc))
            cues, more = self._cues(scores, lengths, self.cfg["second"]), []
            for certainty, one in read(
                [cue for cue in cues if near[cue[0]] and not taken[slice(*cue)].any()]
            ):
                if certainty >= self.cfg["second"] and _covers(one, quotation, sizes, left):
                    more.append((certainty, one))
            kept = _without_duplicates([*((1.0, one) for one in kept), *more], len(doc))
        return sorted(kept, key=lambda parts: parts["cue"])

    def _read(
        self, X: Floats2d, is_cue: np.ndarray, passage: np.ndarray, quotation: np.ndarray, cues: list[Span]
    ) -> Iterator[tuple[float, Parts]]:
        """The attributions of these cues, with their certainty."""
        for at in range(0, len(cues), CUES):
            some = cues[at : at + CUES]
            runs = [run_of(passage, quotation, cue) for cue in some]
            for cue, spans in zip(some, self._roles(X, some, runs), strict=True):
                sources = [
                    (score, end - start, start, end) for start, end, role, score in spans if role == "source"
                ]
                contents = [(start, end) for start, end, role, _ in spans if role == "content"]
                if contents:
                    scores = [score for *_, role, score in spans if role == "content"]
                    source = [span[2:] for span in sorted(sources)[-1:]]
                    parts = {"source": source, "cue": [cue], "content": contents}
                    yield is_cue[slice(*cue)].max() * np.exp(np.mean(scores)), parts

    def _cues(self, scores: Floats2d, lengths: np.ndarray, least: float) -> list[Span]:
        """The spans that are cues with a probability of `least`, window by window."""
        odds = np.log(1 / least - 1)
        best = best_labels(scores + np.array([0.0, odds, odds], "f"), lengths, moves(CUE_LABELS))
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
        for doc, (attributions, vectors) in zip(docs, predictions, strict=True):
            doc._.attribution_vectors = vectors
            doc.spans[ATTRIBUTIONS] = [
                DocSpan(doc, start, end, label=role, span_id=str(number))
                for number, roles in enumerate(attributions)
                for role, spans in roles.items()
                for start, end in spans
            ]


def _inside(attributions: Iterable[Parts], role: str, n: int) -> np.ndarray:
    """For each of `n` tokens whether it is in this part of any attribution."""
    inside = np.zeros(n, bool)
    for parts in attributions:
        for span in parts[role]:
            inside[slice(*span)] = True
    return inside


def _shares(attributions: Iterable[Parts], quotation: np.ndarray) -> np.ndarray:
    """For each quotation the share of it that is content; 1 for what is outside them."""
    inside = np.bincount(quotation, weights=_inside(attributions, "content", len(quotation)))
    shares = inside / np.maximum(np.bincount(quotation), 1)
    shares[0] = 1
    return shares


def _covers(one: Parts, quotation: np.ndarray, sizes: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether half of any wanted quotation is content of this attribution."""
    numbers, counts = np.unique(quotation[_tokens(one["content"])], return_counts=True)
    return bool(np.isin(numbers[counts >= SAME * sizes[numbers]], wanted).any())


def _without_duplicates(found: list[tuple[float, Parts]], n: int) -> list[Parts]:
    """Of attributions whose contents are all but the same, the most certain one; a Doc has `n` tokens.

    Both stay where one is what the other says: Maren, according to Rudek, thinks that ….
    """
    owner, kept = np.full(n, -1), []
    for number in sorted(range(len(found)), key=lambda number: -found[number][0]):
        parts = found[number][1]
        tokens = _tokens(parts["content"])
        others, common = np.unique(owner[tokens], return_counts=True)
        if all(
            c < SAME * (len(tokens) + len(_tokens(found[o][1]["content"])) - c)
            or _says(parts, found[o][1])
            or _says(found[o][1], parts)
            for o, c in zip(others.tolist(), common.tolist(), strict=True)
            if o >= 0
        ):
            owner[tokens[owner[tokens] < 0]] = number
            kept.append(number)
    return [found[number][1] for number in sorted(kept)]


def _tokens(spans: list[Span]) -> np.ndarray:
    return np.concatenate([np.arange(*span) for span in spans])


def _says(one: Parts, other: Parts) -> bool:
    """Whether source and cue of the other attribution are what this one says."""
    inside = set(_tokens(one["content"]).tolist())
    return bool(other["source"]) and inside.issuperset(_tokens([*other["source"], *other["cue"]]).tolist())


def passages(doc: Doc) -> tuple[np.ndarray, np.ndarray]:
    """For each token the passage and the quotation that it is in, by number; 0 is no quotation.

    A passage is a paragraph, together with those after it that a colon before a quotation announces or that go on
    with its quotation. A quotation has its marks with it.
    """
    starts = np.array([token.idx for token in doc])
    ends, quotation = np.array(breaks(doc)) == 2, np.zeros(len(doc), "int64")
    number, opened = 0, -1
    for quote in quoted(doc.text):
        begin, after = np.searchsorted(starts, (quote.start, quote.end)).tolist()
        before = begin = max(begin - 1, 0)  # the mark
        while before and doc[before - 1].is_space:
            before -= 1
        goes_on = before == opened
        if goes_on or before and doc[before - 1].text == ":":
            ends[before:begin] = False
            begin = before if goes_on else begin
        number += not goes_on
        quotation[begin : after + quote.closed] = number
        opened = -1 if quote.closed else after
    return np.cumsum(ends), quotation


def run_of(passage: np.ndarray, quotation: np.ndarray, cue: tuple[int, int]) -> tuple[int, int]:
    """The tokens that are read for a cue: its passage, as far as REACH goes and the quotation that ends there."""
    first, after = np.searchsorted(passage, [passage[cue[0]], passage[cue[0]] + 1]).tolist()
    start, end = max(cue[0] - REACH, first), min(cue[1] + REACH, after)
    if quotation[start]:
        start -= _alike(quotation[max(first, start - FAR) : start][::-1], quotation[start])
    if quotation[end - 1]:
        end += _alike(quotation[end : min(end + FAR, after)], quotation[end - 1])
    return start, end


def _alike(values: np.ndarray, value: int) -> int:
    """How many of the first values are `value`."""
    other = np.flatnonzero(values != value)
    return int(other[0]) if len(other) else len(values)
