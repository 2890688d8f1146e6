"""Embedded reports: what a speaker says that somebody said or thinks."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from ..lexicon import words
from ..syntax import is_verb, subjects
from ..text.quotation_marks import Quotation, quoted

Piece = tuple[int, int]
NEAR = 4  # tokens between a verb and what it introduces: an addressee and a mark


def inner_quotations(text: str, outer: Quotation) -> Iterator[Quotation]:
    """The quotations directly inside a quotation, as stretches of the same text."""
    for inner in quoted(text[outer.start : outer.end]):
        yield inner.moved(outer.start)


def introduced_by(doc: Doc, quotation: Quotation) -> tuple[Span, Span | None] | None:
    """The verb that says the quotation, directly before it, and its subject where it has one; None for other words in marks."""
    first = doc.char_span(quotation.start, quotation.end, alignment_mode="expand").start
    before = [token for token in doc[max(0, first - NEAR - 2) : first] if token.idx < quotation.start]
    while before and not before[-1].text.strip("‘’'\"“”«»‹› "):
        before.pop()
    apart = bool(before) and before[-1].text in (",", ":")
    for token in reversed(before[-NEAR:]):
        if is_verb(token):
            lemma = token.lemma_.lower()
            if (
                token.pos_ == "AUX"
                or lemma in words("naming verb")
                and not apart
                or not (apart or lemma in words("speech verb"))
            ):
                return None
            return doc[token.i : token.i + 1], _speaker(token)
        if token.is_sent_start or token.text in (".", "!", "?", ";"):
            break
    return None


def report_around(doc: Doc, quotation: Quotation, start: int, end: int) -> tuple[Piece, Span, Span] | None:
    """Whose words in marks they are by the verb above them, inside text[start:end]: content, verb and subject."""
    within = doc.char_span(quotation.start, quotation.end, alignment_mode="expand")
    for verb in within.root.ancestors:
        if verb.idx < start or verb.i >= within.start:
            continue
        if (
            verb.lemma_.lower() not in words("report verb")
            or not is_verb(verb)
            or not (speaker := _speaker(verb))
        ):
            continue
        first = doc[verb.i + 1]
        last = doc[max(within.end - 1, verb.right_edge.i)]
        begins = first.idx + len(first.text_with_ws) if first.lower_ == "that" else first.idx
        return (begins, min(end, last.idx + len(last))), doc[verb.i : verb.i + 1], speaker
    return None


def _speaker(verb: Token) -> Span | None:
    """The noun phrase of whoever does it, as far as it stands before the verb."""
    for subject in subjects(verb)[:1]:
        if subject.i < verb.i:
            return subject.doc[subject.left_edge.i : min(subject.right_edge.i + 1, verb.i)]
    return None
