"""How long articles are, in words and punctuation marks."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from tqdm import tqdm

from ..nonlinguistic import without_nonlinguistic

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer


@cache
def _tokenizer() -> "Tokenizer":
    import spacy  # takes a second to load: not before there is something to count

    return spacy.blank("en").tokenizer


def n_tokens(texts: Iterable[str]) -> list[int]:
    """Words and punctuation marks of each text; a stretch that is no language is one."""
    texts = list(texts)
    if not texts:
        return []
    from spacy.attrs import IS_SPACE

    tokenizer = _tokenizer()
    counts = []
    for text in tqdm(texts, unit=" articles", desc="counting words", disable=None, leave=False):
        read = without_nonlinguistic(text, make_doc=tokenizer)
        doc = tokenizer(read) if isinstance(read, str) else read
        counts.append(len(doc) - int(doc.to_array([IS_SPACE]).sum()))
    return counts
