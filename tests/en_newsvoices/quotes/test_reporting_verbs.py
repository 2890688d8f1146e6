import pytest
import spacy
from spacy.tokens import Doc

from en_newsvoices.lexicon import rows
from en_newsvoices.quotes.reporting_verbs import reporting_verb


def cue(words: str, tags: str, lemmas: str):
    return Doc(spacy.blank("en").vocab, words=words.split(), tags=tags.split(), lemmas=lemmas.split())[:]


@pytest.mark.parametrize(
    ("words", "tags", "lemmas", "expected"),
    [
        ("said", "VBD", "say", ("say", "neutral")),
        ("claimed :", "VBD :", "claim :", ("claim", "doubting")),
        ("announced on Thursday", "VBD IN NNP", "announce on Thursday", ("announce", "neutral")),
        ("is expected to tell", "VBZ VBN TO VB", "be expect to tell", ("tell", "neutral")),
        ("called for", "VBD IN", "call for", ("call for", "demanding")),
        ("according to", "VBG IN", "accord to", ("according to", "neutral")),
        ("wagged", "VBD", "wag", ("wag", "other")),
        ("grinned", "VBD", "grinne", ("grin", "manner")),
        ("warns", "VBZ", "warns", ("warn", "warning")),
        ("raging", "VBG", "rag", ("rage", "attacking")),
        ("denied", "VBD", "denie", ("deny", "denying")),
        (":", ":", ":", ("", "")),
        ("claim", "NN", "claim", ("", "")),
        ("slammed", "VBD", "slamm", ("slam", "attacking")),
        ("rejected", "VBD", "rejecte", ("reject", "denying")),
        ("accusing", "VBG", "accusing", ("accuse", "attacking")),
        ("stresses", "VBZ", "stresse", ("stress", "asserting")),
    ],
)
def test_the_verb_of_a_cue_and_its_family(words, tags, lemmas, expected):
    assert reporting_verb(cue(words, tags, lemmas)) == expected


def test_a_verb_has_one_family():
    verbs = [row["verb"] for row in rows("reporting_verbs")]
    assert verbs == sorted(set(verbs))
