import pytest

from en_newsvoices.relations.arguments import MentionIndex
from newsvoices import load_pipeline


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def argument(doc, word: str):
    return MentionIndex(doc).argument(next(token for token in doc if token.text == word))


def test_a_mention_goes_by_its_chain_and_a_group_by_its_words(nlp):
    doc = nlp("Ilse Maren met Goran Vasht. Maren said the rebel forces had left the town.")
    assert argument(doc, "Vasht").actor == "Goran Vasht"
    assert argument(doc, "forces").actor == "rebel forces"
    assert argument(doc, "town") is None


def test_names_in_a_dateline_are_no_arguments(nlp):
    index = MentionIndex(nlp("KELL, March 4 (MPA) - Ilse Maren left."))
    assert [name.actor for name in index.names] == ["Ilse Maren"]


def test_mentions_are_found_by_place(nlp):
    doc = nlp("Ilse Maren met Goran Vasht. Edda Lind stayed.")
    index, at = MentionIndex(doc), doc.text.index("Goran")
    assert [span.text for span, _ in index.within(at, len(doc.text))] == ["Goran Vasht", "Edda Lind"]
