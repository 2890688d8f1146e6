"""The words that show a relation: in which sentence they stand, who says them, and in which order they come."""

from bisect import bisect_right
from collections.abc import Callable

from spacy.tokens import Doc

from ..text.offsets import innermost


def sentence(doc: Doc, *at: int) -> tuple[int, int]:
    """Where the sentence around a character begins and ends, or those from one to another."""
    if not doc.has_annotation("SENT_START"):
        return 0, len(doc.text)
    sents = [doc.char_span(i, i + 1, alignment_mode="expand").sent for i in sorted(at)]
    before = next((token for token in sents[0] if not token.is_space), sents[0][0])
    after = next((token for token in reversed(sents[-1]) if not token.is_space), sents[-1][-1])
    return before.idx, after.idx + len(after)


def claimants(doc: Doc) -> Callable[[int], str]:
    """Tells who says what stands at a character: the speaker's chain, or the words for an unnamed one; "" outside quotes.

    Of a quote within another the inner speaker counts.
    """
    text, starts = doc.text, [token.idx for token in doc]

    def speaker(quote: dict) -> str:
        return quote["chain"] or (text[slice(*quote["speaker"])] if quote.get("speaker") else "")

    said = innermost(doc, [(quote["spans"], speaker(quote)) for quote in doc._.quotes or ()], "")
    return lambda character: said[bisect_right(starts, character) - 1]


def in_order(relations: list[dict]) -> list[dict]:
    """Relations in the order of the text."""
    return sorted(
        relations,
        key=lambda row: (row["span"][0], row["source_span"][0], row["target_span"][0], row["relation"]),
    )
