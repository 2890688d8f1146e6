"""How long articles are, in words and punctuation marks."""

import re
from collections.abc import Iterable

from tqdm import tqdm

_LONG_WORD = re.compile(r"\S{300,}")


def n_tokens(texts: Iterable[str]) -> list[int]:
    """Words and punctuation marks of each text; an unbroken run of 300 characters counts as one."""
    import spacy  # takes a second to load: not before there is something to count
    from spacy.attrs import IS_SPACE

    tokenizer = spacy.blank("en").tokenizer
    counts = []
    for text in tqdm(list(texts), unit=" articles", desc="counting words", disable=None, leave=False):
        doc = tokenizer(_LONG_WORD.sub("x", text))
        counts.append(len(doc) - int(doc.to_array([IS_SPACE]).sum()))
    return counts
