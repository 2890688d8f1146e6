"""The stances component: who is for or against whom, by what a sentence or a quote says."""

import itertools
from functools import cached_property
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Token
from thinc.api import Model
from thinc.types import Floats1d

from ..annotations import MENTIONS, UNNAMED
from ..names.titles import is_person_noun
from ..relations.evidence import claimants, in_order, sentence
from ..text.datelines import datelines
from ..text.offsets import covering
from .meetings import Meeting, Span, meetings
from .network import STANCES, read_stances, stance_model

CLEARLY = 10  # times as likely as the other sign; chosen on SEESAW valid
FIRST_PERSON = {"i", "me", "my", "mine", "myself"}
ACTORS = {"PERSON", "ORG", "GPE", "LOC", "NORP", "MISC"}
RELATIONS = {"for": ("supports", 1), "against": ("criticises", -1)}


@Language.factory(
    "newsvoices_stances",
    requires=["doc.spans", "doc._.quotes", "doc._.attribution_vectors"],
    assigns=["doc._.relations"],
    default_config={"threshold": 0.4},
)
def create_stances(nlp: Language, name: str, threshold: float) -> "Stances":
    """A component for a pipeline; its weights come with the package."""
    return Stances(threshold)


class Stances:
    """Adds to `doc._.relations` who supports or criticises whom, with a certainty of at least `threshold`.

    Read are any two named actors that meet in a sentence: both are mentioned in it, by name, pronoun or description, or
    one says something in it that mentions the other. Of both signs the likelier one is kept, once a sentence and
    direction; where a rule has found a signed relation of the two in the sentence already, none; nor of
    "Republicans" beside one of "Republican lawmakers".

    Limitation: a sentence is read alone; irony, and what a spokesman denies for his own side, is taken at its word.
    """

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold

    @cached_property
    def model(self) -> Model:
        return stance_model()

    def __call__(self, doc: Doc) -> Doc:
        vectors, doc._.attribution_vectors = doc._.attribution_vectors, None
        if not len(doc):
            return doc
        if vectors is None:
            raise ValueError(
                "newsvoices_stances reads vectors that newsvoices_attribution leaves: add it before"
            )
        said, claimed = quotes_of_named_speakers(doc), claimants(doc)
        sents = doc.sents if doc.has_annotation("SENT_START") else ()
        bounds = [(sent.start, sent.end) for sent in sents]
        found = list(meetings(bounds, mentions_of(doc), [(quote.speaker, quote.content) for quote in said]))
        signed = [row for row in doc._.relations or () if row["sign"]]
        probabilities = read_stances(self.model, vectors, [meeting for *_, meeting in found])
        rows = []
        for (first, second, meeting), both in zip(found, probabilities, strict=True):
            ends = (first, meeting.first), (second, meeting.second)
            for one, other, towards in ((*ends, both[0]), (*ends[::-1], both[1])):
                relation, sign, certainty = _likelier(towards)
                if certainty < self.threshold:
                    continue
                (source, target), (here, there) = zip(
                    *((actor, _place(doc, actor, at, meeting, said)) for actor, at in (one, other)),
                    strict=True,
                )
                span = sentence(doc, here[0], there[0])
                if not any(
                    row["span"] == span
                    and _is_same_end(row["source"], row["source_span"], source, here)
                    and _is_same_end(row["target"], row["target_span"], target, there)
                    for row in signed
                ):
                    rows.append(
                        {
                            "relation": relation, "sign": sign, "certainty": certainty,
                            "source": source, "source_span": here, "target": target, "target_span": there,
                            "span": span, "claimed_by": claimed(there[0]) or claimed(here[0]),
                        }
                    )  # fmt: skip
        doc._.relations = in_order([*(doc._.relations or ()), *rows])
        return doc


class AttributedQuote(NamedTuple):
    """A quote: its speaker's chain, where it stands who that is, and the content in tokens."""

    speaker: str
    voice: tuple[int, int]
    content: list[Span]


def quotes_of_named_speakers(doc: Doc) -> list[AttributedQuote]:
    """The quotes of named speakers, in the order of the text."""
    starts = [token.idx for token in doc]
    return [
        AttributedQuote(quote["chain"], quote["voice"], [covering(starts, *span) for span in quote["spans"]])
        for quote in doc._.quotes
        if quote["chain"]
    ]


def mentions_of(doc: Doc) -> list[tuple[int, int, str]]:
    """(start, end, chain) of each mention of a named actor, in tokens; not in datelines, nor "Halvian" in "the Halvian envoy"."""
    outside = datelines(doc.text)
    return [
        (span.start, span.end, span.id_)
        for span in doc.spans[MENTIONS]
        if span.kb_id_ != "role" and span.label_ in ACTORS and span.id_ and not span.id_.startswith(UNNAMED)
        and not (span.label_ == "NORP" and _describes_a_person(span.root))
        and not any(start <= span.start_char < end for start, end in outside)
    ]  # fmt: skip


def _describes_a_person(adjective: Token) -> bool:
    head = adjective.head
    singular = head.tag_ in ("NN", "NNP") and head.i > adjective.i
    return singular and (is_person_noun(head) or head.ent_type_ == "PERSON")


def _likelier(towards: Floats1d) -> tuple[str, int, float]:
    """Relation, sign and probability of the likelier of both stances; 0 where it is not CLEARLY likelier."""
    other, stance = sorted(RELATIONS, key=lambda name: towards[STANCES.index(name)])
    certainty, doubt = (float(towards[STANCES.index(name)]) for name in (stance, other))
    return *RELATIONS[stance], round(certainty, 2) if certainty >= CLEARLY * doubt else 0.0


def _is_same_end(actor: str, at: tuple[int, int], other: str, there: tuple[int, int]) -> bool:
    """Whether two rows have one actor at an end, or one words of the other's: "Republicans" in "Republican lawmakers"."""
    return actor == other or at[0] < there[1] and there[0] < at[1]


def _place(
    doc: Doc, actor: str, mentions: tuple[Span, ...], meeting: Meeting, said: list[AttributedQuote]
) -> tuple[int, int]:
    """Where the actor stands, in characters: a mention in the sentence; for one who is only "I" in it, who says so."""
    spans = [doc[start:end] for start, end in mentions]
    others = [(span.start_char, span.end_char) for span in spans if span[0].lower_ not in FIRST_PERSON]
    voices = (
        quote.voice
        for quote in said
        if quote.speaker == actor
        and any(start < meeting.end and meeting.start < end for start, end in quote.content)
    )
    return next(itertools.chain(others, voices, ((span.start_char, span.end_char) for span in spans)))
