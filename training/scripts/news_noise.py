"""Code that `spacy train` loads: noise that news brings and corpora lack, and faster matrix products."""

import random
from collections.abc import Callable, Iterator

import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.api import NumpyOps

from en_newsvoices.network import encoder
from en_newsvoices.network.weights import MatmulOps

DOUBLE = {'"', "``", "''", "“", "”"}
DASHES = {"--", "–", "—", "-"}


NumpyOps.gemm = MatmulOps.gemm
READ, KEPT = encoder._vectors, {}


def _kept(model, doc, cut):
    """An encoder is frozen, so what it says of a text is kept."""
    key = model.id, doc.text, len(doc)
    if key not in KEPT:
        KEPT[key] = READ(model, doc, cut).astype("float16")
    return KEPT[key].astype("float32")


encoder._vectors = _kept


GENERIC = set(
    "North South East West Northern Southern Eastern Western Central Middle New Old Upper Lower Great Greater United "
    "Republic Kingdom State States Province Region Regional City Town Village River Lake Island Islands Mount Mountain "
    "Bay Sea Ocean Gulf Valley Port Cape Street Road Avenue District County Park Saint San Santa St Al El La Los De Del "
    "Von Van Bin Ibn Jr Sr III II The Of And".split()
)
SYLLABLES = [
    "ba be bo bra da del dor fa fen ga gor ha hal ja jo ka kar kel kos la lan len lo lun ma mar men mi mo na nor o or pa pel "
    "ra ras ri ro sa sel so sta ta tar ten to tra u va vel vo ya yor za zem".split(),
    "ban bar da dan den der do ga gan ger ka kan ker la lan len li lo lun ma man mer na nan ni no ra ran ren ri ro sa san sen "
    "so ta tan ten ti to va van ven vi wa wen za zen".split(),
]


@spacy.registry.augmenters("en_newsvoices.newsprint.v1")
def create_newsprint_augmenter(
    typographic: float, capitals: float, lower: float, new_names: float = 0.0, seed: int = 0
) -> Callable:
    """Give a share of the examples “ ” ’ — marks, all capitals or no capitals, and names that nobody has.

    New names: in the share `new_names` of the examples, half of the words in names of persons, places and
    peoples become invented ones, the same all through the example, so that context has to tell what they are.
    """
    rng = random.Random(seed)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        draw = rng.random()
        case = str.upper if draw < capitals else str.lower if draw < capitals + lower else str
        marks = rng.choice(["“”’—", "“”’–", '""\'-']) if rng.random() < typographic else None
        invented = _new_names(example, rng) if rng.random() < new_names else {}
        if marks is None and case is str and not invented:
            yield example
            return
        words, inside = [], False
        for token in example.reference:
            word = case(invented.get(token.text, token.text))
            if marks and word in DOUBLE:
                word = marks[1] if inside else marks[0]
                inside = not inside
            elif marks and word in DASHES and token.whitespace_ and token.i and token.nbor(-1).whitespace_:
                word = marks[3]
            elif marks:
                word = word.replace("'", marks[2]).replace("’", marks[2])
            words.append(word)
        annotations = example.to_dict()
        annotations["token_annotation"]["ORTH"] = words
        text = "".join(w + t.whitespace_ for w, t in zip(words, example.reference, strict=True))
        yield Example.from_dict(nlp.make_doc(text), annotations)

    return augment


def _new_names(example: Example, rng: random.Random) -> dict[str, str]:
    words = {
        token.text
        for ent in example.reference.ents
        if ent.label_ in ("PERSON", "LOC", "NORP")
        for token in ent
        if token.is_alpha and token.is_title and len(token) > 2 and token.text not in GENERIC
    }
    return {word: _invent(word, rng) for word in sorted(words) if rng.random() < 0.5}


def _invent(word: str, rng: random.Random) -> str:
    stem = "".join(rng.choice(SYLLABLES[i > 0]) for i in range(rng.randint(1, 3)))
    ending = word[-rng.randint(2, 3) :] if len(word) > 4 and rng.random() < 0.6 else rng.choice(SYLLABLES[1])
    return (stem + ending).capitalize()
