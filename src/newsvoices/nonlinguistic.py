"""Stretches of a text that are no language, such as ten thousand dollar signs, on which tokenizers take minutes."""

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MARKS = 100  # on end, at most two letters apart; a line drawn across a page has some 80
_WORD = 10_000  # characters without a blank: no word, and in a language without blanks no paragraph
_CHUNK = re.compile(rf"\S{{{_MARKS},}}")
_RUN = re.compile(rf"(?:a{{0,2}}\.){{{_MARKS},}}(?:a{{0,2}}(?!a))?")


def nonlinguistic(text: str) -> list[tuple[int, int]]:
    """Where a text is no language: first character and the one after the last of each stretch.

    >>> nonlinguistic("It cost " + "$" * 200 + " then.")
    [(8, 208)]
    """
    found = []
    for chunk in _CHUNK.finditer(text):
        if len(chunk[0]) >= _WORD:
            found.append(chunk.span())
        elif not chunk[0].isalnum():
            kinds = "".join("a" if unicodedata.category(c)[0] in "LNM" else "." for c in chunk[0])
            at = chunk.start()
            found += [(at + run.start(), at + run.end()) for run in _RUN.finditer(kinds)]
    return found


def without_nonlinguistic(text: str, *, make_doc: Callable[[str], "Doc"]) -> "str | Doc":
    """A text as a pipeline can take it: the text itself, or a Doc in which each stretch that is no language is in one token.

    Limitation: a word that such a stretch is written onto is in its token too.
    """
    if not (stretches := nonlinguistic(text)):
        return text
    from spacy.tokens import Doc

    parts, at = [], 0
    for start, end in stretches:
        parts += [text[at:start], "x" * (end - start)]
        at = end
    read = make_doc("".join([*parts, text[at:]]))
    words = [text[token.idx : token.idx + len(token)] for token in read]
    doc = Doc(read.vocab, words=words, spaces=[bool(token.whitespace_) for token in read])
    for token, other in zip(doc, read, strict=True):
        if token.text == other.text:
            token.norm_ = other.norm_  # "n't" is "not" by the tokenizer's own rule
    return doc
