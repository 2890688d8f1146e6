import spacy
from spacy.tokens import Doc

from en_newsvoices.relations.relation_words import entries_of


def word(words: str, at: int, tag: str) -> object:
    words = words.split()
    tags = [tag] * len(words)
    return Doc(spacy.blank("en").vocab, words=words, tags=tags, lemmas=words)[at]


def test_a_word_is_found_by_its_part_of_speech_and_by_a_regular_ending():
    (entry, *_) = entries_of(word("they criticised it", 1, "VBD"))
    assert (entry.relation, entry.sign, entry.pattern) == ("criticises", -1, "subj>obj")
    assert entries_of(word("the criticised it", 1, "JJ")) == []


def test_words_that_must_stand_before_count():
    for entry in entries_of(word("an ally of", 1, "NN")):
        assert entry.before in ((), ("an",))
