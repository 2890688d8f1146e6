"""Why a source is not named: the reason that the article gives, and whose it is."""

import re

from spacy.tokens import Doc, Token

from ..syntax import RELATIVE_PRONOUNS, SUBJECT, is_noun, is_verb, subjects
from ..text.line_ends import unwrapped

REASON = re.compile(
    r"\b(on|under) (the )?condition of anonymity( because [^,.;\n]+)?|\b(not|un|n[’']t) ?authori[sz]ed to (speak|comment|talk|discuss|brief)[^,.;\n]*"
    r"|\b(declin|refus|ask)(ed|ing) (not )?to be (named|identified|quoted by name)[^,.;\n]*|\bspeaking anonymously[^,.;\n]*"
    r"|\b(can|could|may|must|would|do|does|did)( ?not|n[’']t) (wish to |want to )?be (named|identified)[^,.;\n]*|\b(not to be|without being) (named|identified)\b[^,.;\n]*"
    r"|\bfor fear of [^,.;\n]+",
    re.IGNORECASE,
)
PRONOUNS = {"he", "she", "they", "it", "i", "we"} | RELATIVE_PRONOUNS


def reasons_for_anonymity(doc: Doc) -> dict[int, str]:
    """The reasons that a Doc's text gives for not naming a source, by the token of whom it is said.

    That is the subject of the verb that says so, or the noun that it modifies, by the parse: an engineer, who asked
    not to be named because …. For "He spoke on condition of anonymity" it is the subject of the sentence before too.

    Limitation: without a parse there are none.
    """
    found: dict[int, str] = {}
    for match in REASON.finditer(unwrapped(doc.text)) if doc.has_annotation("DEP") else ():
        words = doc.char_span(*match.span(), alignment_mode="expand")
        for source in _source_candidates(words.root):
            found.setdefault(source.i, match[0])
    return found


def _source_candidates(word: Token) -> list[Token]:
    """Of whom it is said: the nearest noun above that is modified or subject; else a pronoun, and whom that may mean."""
    pronouns = []
    for token in (word, *word.ancestors):
        nouns = [token] if token != word and is_noun(token) else subjects(token)[:1] if is_verb(token) else []
        if named := [noun for noun in nouns if noun.lower_ not in PRONOUNS]:
            return named
        pronouns += nouns
    sent = word.sent
    earlier = word.doc[sent.start - 1].sent if pronouns and sent.start else sent[:0]
    return pronouns[:1] + [t for t in earlier if t.dep_ in SUBJECT and t.head == earlier.root]
