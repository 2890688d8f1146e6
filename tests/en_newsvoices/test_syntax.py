import pytest
import spacy
from spacy.tokens import Doc

from en_newsvoices.syntax import agents, asserted, coordinated, objects, prepositional_objects, subjects
from newsvoices import load_pipeline

NLP = spacy.blank("en")


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def parsed(words: str, tags: str, heads: list[int], deps: str) -> Doc:
    words = words.split()
    lemmas = [word.lower() for word in words]
    return Doc(NLP.vocab, words=words, tags=tags.split(), heads=heads, deps=deps.split(), lemmas=lemmas)


def texts(tokens) -> list[str]:
    return [token.text for token in tokens]


def test_subject_object_and_agent_in_both_label_schemes():
    active = parsed("Maren praised Rudek", "NNP VBD NNP", [1, 1, 1], "nsubj ROOT obj")
    assert (texts(subjects(active[1])), texts(objects(active[1]))) == (["Maren"], ["Rudek"])
    words, tags = "Rudek was praised by Maren", "NNP VBD VBN IN NNP"
    for heads, deps in (
        ([2, 2, 2, 4, 2], "nsubj:pass aux:pass ROOT case obl"),
        ([2, 2, 2, 2, 3], "nsubjpass auxpass ROOT agent pobj"),
    ):
        assert texts(agents(parsed(words, tags, heads, deps)[2])) == ["Maren"]


def test_a_relative_pronoun_stands_for_its_antecedent():
    doc = parsed(
        "Maren who praised Rudek left",
        "NNP WP VBD NNP VBD",
        [4, 2, 0, 2, 4],
        "nsubj nsubj acl:relcl obj ROOT",
    )
    assert texts(subjects(doc[2])) == ["Maren"]


def test_coordination_and_prepositions():
    doc = parsed("talks with Maren and Rudek", "NNS IN NNP CC NNP", [0, 2, 0, 4, 2], "ROOT case nmod cc conj")
    (object_,) = prepositional_objects(doc[0], ("with",))
    assert texts(coordinated(object_)) == ["Maren", "Rudek"]


@pytest.mark.parametrize(
    ("text", "is_asserted"),
    [
        ("Veldania attacked Tresk.", True),
        ("Veldania began to attack Tresk.", True),
        ("Veldania did not attack Tresk.", False),
        ("Veldania may attack Tresk.", False),
        ("Veldania wants to attack Tresk.", False),
        ("If Veldania attacked Tresk, it would lose.", False),
        ("Did Veldania attack Tresk?", False),
    ],
)
def test_what_is_negated_possible_or_asked_is_not_asserted(nlp, text, is_asserted):
    doc = nlp(text)
    verb = next(token for token in doc if token.lower_.startswith("attack"))
    assert asserted(verb) is is_asserted
