import pytest

from en_newsvoices.relations.arguments import MentionIndex
from en_newsvoices.relations.patterns import pattern_matches
from newsvoices import load_pipeline


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def matches(doc) -> set[tuple[str, str, str]]:
    return {
        (source.text, name, target.text) for name, _, source, target in pattern_matches(MentionIndex(doc))
    }


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("Germany criticised Turkey.", ("Germany", "criticises", "Turkey")),
        ("Germany launched an attack on Turkey.", ("Germany", "fights", "Turkey")),
        ("Turkey was praised by Germany.", ("Germany", "supports", "Turkey")),
        ("Talks between Germany and Turkey began.", ("Germany", "meets", "Turkey")),
        ("Germany and Turkey met.", ("Germany", "meets", "Turkey")),
    ],
)
def test_slots_are_filled_from_the_parse(nlp, text, match):
    assert match in matches(nlp(text))
