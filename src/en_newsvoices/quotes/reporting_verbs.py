"""The verb of a cue, and what it does to what is reported.

Families after Caldas-Coulthard (1994), regrouped for news: neutral, asserting, doubting, conceding, denying, demanding,
promising, warning, attacking, praising, manner, thinking (lexicon/reporting_verbs.csv).
"""

from collections.abc import Collection

from spacy.tokens import Span, Token

from ..lexicon import column
from ..syntax import is_verb


def reporting_verb(cue: Span) -> tuple[str, str]:
    """The lemma of a cue's verb and its family; ("", "") where the cue has none, the family "other" where no list has it.

    The last word that lexicon/reporting_verbs.csv knows decides ("is expected to say": say), of two words together
    before one ("called for"), else the last verb.

    Limitation: irony is not heard, and a noun as a cue ("his claim that") has no verb.
    """
    families = column("reporting_verbs", "verb", "family")
    words = [listed_form(token, families) or token.lemma_.lower() for token in cue]
    pairs = [f"{word} {after.lower_}" for word, after in zip(words, cue[1:], strict=False)]
    if "according to" in cue.text.lower():
        return "according to", "neutral"
    for known in (pairs[::-1], words[::-1]):
        if (verb := next((word for word in known if word in families), "")) and any(map(is_verb, cue)):
            return verb, families[verb]
    verb = next((token for token in reversed(cue) if is_verb(token)), None)
    return (verb.lemma_.lower(), "other") if verb is not None else ("", "")


def listed_form(token: Token, listed: Collection[str]) -> str:
    """The form in which a list has a verb: its lemma, or where a wrong one was learned, what "slammed" can be of; else ""."""
    word, lemma = token.lower_, token.lemma_.lower()
    stems = (
        [word[: -len(end)] for end in ("s", "es", "ed", "ing") if word.endswith(end)]
        if is_verb(token)
        else []
    )
    shorter = [stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]]  # slamm
    denied = [f"{stem[:-1]}y" for stem in stems if stem.endswith("i")]
    forms = (lemma, *stems, *(f"{stem}e" for stem in stems), *shorter, *denied)
    return next((form for form in forms if form in listed), "")
