from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc


@pytest.fixture(scope="session")
def doc_of() -> Callable[[str, str, list[int], str], Doc]:
    """Makes a Doc of words, their parts of speech, heads and labels; lemmas are the words in small letters."""

    def make(words: str, pos: str, heads: list[int], deps: str) -> Doc:
        return Doc(
            spacy.blank("en").vocab,
            words=words.split(),
            pos=pos.split(),
            heads=heads,
            deps=deps.split(),
            lemmas=words.lower().split(),
        )

    return make
