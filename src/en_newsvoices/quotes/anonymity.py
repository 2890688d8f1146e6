"""Why a source is not named: the reason that the article gives, and whose it is."""

import re

from spacy.tokens import Doc, Token

from ..syntax import above, is_noun, is_verb, subjects
from ..text.line_ends import unwrapped

REASON = re.compile(
    r"\b(on|under) (the )?condition of anonymity( because [^,.;\n]+)?|\b(not|un|n[’']t) ?authori[sz]ed to (speak|comment|talk|discuss|brief)[^,.;\n]*"
    r"|\b(declin|refus|ask)(ed|ing) (not )?to be (named|identified|quoted by name)[^,.;\n]*|\bspeaking anonymously[^,.;\n]*"
    r"|\b(can|could|may|must|would|do|does|did)( ?not|n[’']t) (wish to |want to )?be (named|identified)[^,.;\n]*|\b(not to be|without being) (named|identified)\b[^,.;\n]*"
    r"|\bfor fear of [^,.;\n]+",
    re.IGNORECASE,
)
PRONOUNS = ("he", "she", "they", "it", "i", "we")


def reasons_for_anonymity(doc: Doc) -> dict[int, str]:
    """The reasons that a Doc's text gives for not naming a source, by the token of whom it is said.

    That is the subject of the verb that says so, or the noun that it modifies, by the parse: an engineer, who asked
    not to be named because ….

    Limitation: without a parse there are none.
    """
    found: dict[int, str] = {}
    for match in REASON.finditer(unwrapped(doc.text)) if doc.has_annotation("DEP") else ():
        words = doc.char_span(*match.span(), alignment_mode="expand")
        if (source := _source(words.root)) is not None:
            found.setdefault(source.i, match[0])
    return found


def _source(word: Token) -> Token | None:
    """Of whom it is said: the nearest subject above, or noun that is modified; a pronoun where there is no other."""
    pronoun = None
    for token in (word, *above(word)):
        if token != word and is_noun(token) and token.lower_ not in PRONOUNS:
            return token
        for subject in subjects(token)[:1] if is_verb(token) else ():
            if subject.lower_ not in PRONOUNS:
                return subject
            pronoun = pronoun or subject
    return pronoun
