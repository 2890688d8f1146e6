"""What an attribution takes for said and nobody said: refusals, denials of having said, reasons not to be named, nicknames."""

import re

from spacy.tokens import Span, Token

from ..lexicon import words
from ..syntax import is_passive, is_verb
from .anonymity import REASON
from .quote_spans import MarkedText, Piece

NOBODY = re.compile(r"(nobody|no[ -]one|none|neither|not (one|a single))\b|no \w+", re.IGNORECASE)
HARDLY = {"hardly", "scarcely", "barely"}
NOTHING = re.compile(r"\b(nothing|no(t a)? (word|comment))\b", re.IGNORECASE)
BEFORE = 40  # characters before a content at which a reason may begin that holds it
NICKNAME_WORDS = 3  # at most


def is_not_said(page: MarkedText, cue: Span, source: Span | None, pieces: list[Piece]) -> bool:
    """Whether the content of an attribution is not what its source says.

    True of "sick of the rain", "declined to comment", "would not name the buyer", "nobody said that", a source's reason not to be named,
    and of the nickname that somebody goes by. "Denied" and "ruled out" are speech.
    """
    if source is not None and (NOBODY.match(source.text) or source.doc[source.start - 1].lower_ in HARDLY):
        return True
    if NOTHING.search(cue.text):
        return True
    if 0 < sum(page.inside[cue.start_char : cue.end_char]) < len(cue.text):
        return True  # a cue with words in marks reports nothing: opened a “hub” for “people like you”
    return (
        _is_state(page, cue, pieces)
        or _is_refused(cue, pieces)
        or _is_reason(page, pieces)
        or _is_nickname(page, cue, source, pieces)
    )


def _is_state(page: MarkedText, cue: Span, pieces: list[Piece]) -> bool:
    """Whether it is how somebody is, with no clause that they would say: sick of the rain."""
    said, copula = words("speech verb") | words("report verb"), cue[0].lemma_.lower() in words("copula")
    verbs = [token for token in cue[1:] if is_verb(token)]
    state = any(token.tag_[:2] == "JJ" or copula and token.tag_ == "VBN" for token in cue)
    if not state or any(token.lemma_.lower() in said or token.tag_ != "VBN" for token in verbs):
        return False
    spans = [page.doc.char_span(*piece, alignment_mode="expand") for piece in pieces]
    return not any(
        page.inside[start] or any(map(is_verb, span)) for (start, _), span in zip(pieces, spans, strict=True)
    )


def _is_refused(cue: Span, pieces: list[Piece]) -> bool:
    verbs = [token for token in cue if is_verb(token)]
    told = [token for token in verbs if token.lemma_.lower() in words("disclosing verb")]
    if any(token.lemma_.lower() in words("refusing verb") for token in verbs):
        return bool(told) or _begins_with_disclosing(cue, pieces)
    small = {token.lower_ for token in cue}
    if small & {"only", "just", "merely"}:
        return False
    return any(_is_negated(token, cue) for token in told)


def _is_negated(verb: Token, cue: Span) -> bool:
    near = {token.lower_ for token in cue if token.i < verb.i}
    near |= {child.lower_ for child in verb.children if child.dep_ in ("neg", "advmod") and child.i < verb.i}
    return bool(near & {"not", "n't", "n’t", "never"})


def _begins_with_disclosing(cue: Span, pieces: list[Piece]) -> bool:
    """To comment, to be named, to say who: what is declined, where the attribution takes it for the content."""
    first = min(start for start, _ in pieces)
    content = cue.doc.char_span(first, max(end for _, end in pieces), alignment_mode="expand")
    verb = next(
        (token for token in content[:4] if is_verb(token) and token.lower_ not in ("be", "have")), None
    )
    return verb is not None and verb.lemma_.lower() in words("disclosing verb")


def _is_reason(page: MarkedText, pieces: list[Piece]) -> bool:
    start, end = pieces[0][0], pieces[-1][1]
    for reason in REASON.finditer(page.text, max(start - BEFORE, 0), end):
        common = min(end, reason.end()) - max(start, reason.start())
        if 2 * common > end - start:
            return True
    return False


def _is_nickname(page: MarkedText, cue: Span, source: Span | None, pieces: list[Piece]) -> bool:
    start, end = pieces[0][0], pieces[-1][1]
    marked = " ".join(page.text[slice(*page.quotations[number][:2])] for number in page.between(start, end))
    if not 0 < len(re.findall(r"\w+", marked)) <= NICKNAME_WORDS:
        return False
    if source is not None and source.start >= cue.end:  # known as “the Blacksmith” by his men
        return False
    verbs = [token for token in cue if is_verb(token)]
    return any(
        token.lemma_.lower() in words("nickname verb")
        or token.lemma_.lower() in words("naming verb")
        and is_passive(token)
        for token in verbs
    )
