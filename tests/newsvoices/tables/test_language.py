from importlib import import_module

import pytest
import spacy

from newsvoices.tables.language import other_language

ENGLISH = 2 * (
    "The council of Kell said on Friday that it would open the bridge to lorries before the end of the month. "
    "Engineers had asked for more time, and the mayor told reporters that she could not say who would pay for the work. "
    "“We have waited for two winters,” she said, “and we can wait for a third if it has to be.” The army, which built the "
    "first of the two bridges, has not said whether it will come back to mend what the flood in March took away from it."
)


@pytest.mark.parametrize("language", ["fr", "de", "es", "pt", "da", "fi", "ru", "ar", "hi", "zh", "ja"])
def test_a_text_in_another_language_than_the_pipelines_is_told(language):
    text = " ".join(5 * import_module(f"spacy.lang.{language}.examples").sentences)
    assert other_language(spacy.blank("en")(text))


def test_a_pipeline_of_any_language_knows_its_own():
    french = " ".join(5 * import_module("spacy.lang.fr.examples").sentences)
    assert not other_language(spacy.blank("en")(ENGLISH))
    assert not other_language(spacy.blank("fr")(french))
    assert other_language(spacy.blank("fr")(ENGLISH))


@pytest.mark.parametrize("text", ["", "Der Damm hielt.", "1 2 3 " * 400])
def test_of_a_text_too_short_to_tell_nothing_is_said(text):
    assert not other_language(spacy.blank("en")(text))


def test_a_language_without_stop_words_is_no_measure():
    assert not other_language(spacy.blank("xx")(ENGLISH))
