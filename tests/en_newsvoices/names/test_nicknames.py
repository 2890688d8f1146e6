import pytest
import spacy
from spacy.tokens import Doc, Span

from en_newsvoices.names.nicknames import nickname, with_nicknames, without_nickname


@pytest.mark.parametrize("name", ["Ivar “the Blacksmith” Rudek", "Ivar (The Blacksmith) Rudek"])
def test_a_nickname_stands_between_marks_inside_a_name(name):
    assert nickname(name) == "Blacksmith"
    assert without_nickname(name).split() == ["Ivar", "Rudek"]


def test_a_name_without_one_has_none():
    assert nickname("Ivar Rudek") == ""


def test_a_name_that_a_nickname_parts_is_made_whole():
    words = ["Ivar", "“", "the", "Blacksmith", "”", "Rudek", "left"]
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=[True, False, True, False, True, True, False])
    parts = [Span(doc, 0, 1, label="PERSON"), Span(doc, 5, 6, label="ORG")]
    assert [ent.text for ent in with_nicknames(doc, parts)] == ["Ivar “the Blacksmith” Rudek"]
