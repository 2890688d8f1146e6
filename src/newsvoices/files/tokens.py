"""How long articles are, in words and punctuation marks."""

from collections.abc import Iterable

from tqdm import tqdm

from ..nonlinguistic import passed_over


def n_tokens(texts: Iterable[str]) -> list[int]:
    """Words and punctuation marks of each text; a stretch that is no language is one."""
    import spacy  # takes a second to load: not before there is something to count
    from spacy.attrs import IS_SPACE

    tokenizer = spacy.blank("en").tokenizer
    counts = []
    for text in tqdm(list(texts), unit=" articles", desc="counting words", disable=None, leave=False):
        read = passed_over(text, make_doc=tokenizer)
        doc = tokenizer(read) if isinstance(read, str) else read
        counts.append(len(doc) - int(doc.to_array([IS_SPACE]).sum()))
    return counts
