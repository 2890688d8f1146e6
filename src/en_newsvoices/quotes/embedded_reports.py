"""Quotes inside quotes: what a speaker says that somebody said or thinks."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from ..syntax import is_verb, subjects
from ..text.quotation_marks import Quoted, quoted

SAYING = set(
    "add announce answer ask beg call chant cry declare demand exclaim explain insist joke laugh mutter order plead "
    "promise remark repeat reply say scream shout sigh sing sob state tell think vow warn whisper wonder write yell".split()
)
"""Verbs before which words in marks are said; any other verb needs a comma or a colon between."""
HOLDING = set(
    "accuse assume believe blame claim consider deny doubt expect fear hope regret say suspect tell think want warn wish".split()
)
"""Verbs of what somebody says or thinks, whose complement is taken for it where it has words in marks."""
NAMING = {"brand", "call", "describe", "dub", "entitle", "label", "name", "term", "title"}
Piece = tuple[int, int]
NEAR = 4  # tokens between a verb and what it introduces: an addressee and a mark


def inner_marks(text: str, outer: Quoted) -> Iterator[Quoted]:
    """The quotations directly inside a quotation, as stretches of the same text."""
    for mark in quoted(text[outer.start : outer.end]):
        yield mark._replace(start=outer.start + mark.start, end=outer.start + mark.end)


def introduced(doc: Doc, mark: Quoted) -> tuple[Span, Span | None] | None:
    """The verb that says the quotation, directly before it, and its subject where it has one; None for other words in marks."""
    first = doc.char_span(mark.start, mark.end, alignment_mode="expand").start
    before = [token for token in doc[max(0, first - NEAR - 2) : first] if token.idx < mark.start]
    while before and not before[-1].text.strip("‘’'\"“”«»‹› "):
        before.pop()
    parted = bool(before) and before[-1].text in (",", ":")
    for token in reversed(before[-NEAR:]):
        if is_verb(token):
            lemma = token.lemma_.lower()
            if token.pos_ == "AUX" or lemma in NAMING and not parted or not (parted or lemma in SAYING):
                return None
            return doc[token.i : token.i + 1], _speaker(token)
        if token.is_sent_start or token.text in (".", "!", "?", ";"):
            break
    return None


def held(doc: Doc, mark: Quoted, start: int, end: int) -> tuple[Piece, Span, Span] | None:
    """Whose words in marks they are by the verb above them, inside text[start:end]: content, verb and subject."""
    words = doc.char_span(mark.start, mark.end, alignment_mode="expand")
    for verb in words.root.ancestors:
        if verb.idx < start or verb.i >= words.start:
            continue
        if verb.lemma_.lower() not in HOLDING or not is_verb(verb) or not (speaker := _speaker(verb)):
            continue
        first = doc[verb.i + 1]
        last = doc[max(words.end - 1, verb.right_edge.i)]
        begins = first.idx + len(first.text_with_ws) if first.lower_ == "that" else first.idx
        return (begins, min(end, last.idx + len(last))), doc[verb.i : verb.i + 1], speaker
    return None


def _speaker(verb: Token) -> Span | None:
    """The noun phrase of whoever does it, as far as it stands before the verb."""
    for subject in subjects(verb)[:1]:
        if subject.i < verb.i:
            return subject.doc[subject.left_edge.i : min(subject.right_edge.i + 1, verb.i)]
    return None
