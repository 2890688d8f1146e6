"""What an attribution takes for said and nobody said: refusals, deeds, states, reasons not to be named, nicknames."""

import re

from spacy.tokens import Span, Token

from ..lexicon import column, words
from ..syntax import RELATIVE, is_conditional, is_noun, is_passive, is_verb
from .anonymity import REASON
from .quote_spans import MarkedText, Piece
from .reporting_verbs import listed_form, reporting_verb
from .speaker_types import is_person

NOBODY = re.compile(r"(nobody|no[ -]one|none|neither|not (one|a single))\b|no \w+", re.IGNORECASE)
HARDLY = {"hardly", "scarcely", "barely"}
NOTHING = re.compile(r"\b(nothing|no(t a)? (word|comment))\b", re.IGNORECASE)
BEFORE = 40  # characters before a content at which a reason may begin that holds it
NICKNAME_WORDS = 3  # at most
FINITE = ("VBD", "VBZ", "VBP", "MD")


def is_not_said(page: MarkedText, cue: Span, source: Span | None, pieces: list[Piece]) -> bool:
    """Whether the content of an attribution is not what its source says.

    True of "sick of the rain", "declined to comment", "would not name the buyer", "nobody said that", "voted for the bill",
    "the tide seems to have turned", "if she wants to stay", of a source's reason not to be named, and of the nickname that
    somebody goes by. "Denied" and "ruled out" are speech.
    """
    if source is not None and (NOBODY.match(source.text) or source.doc[source.start - 1].lower_ in HARDLY):
        return True
    if NOTHING.search(cue.text) or _is_before_colon(page, cue, source, pieces):
        return True
    if reporting_verb(cue)[0] == "know" and cue[-1].tag_ == "VBN" and _is_phrase(page, pieces):
        return True  # known by its initials, KMA
    marked = 0 < sum(page.inside[cue.start_char : cue.end_char]) < len(cue.text)
    if marked and reporting_verb(cue)[1] in ("", "other"):
        return True  # opened a “hub” for “people like you”; "said on “Fox and Friends”" reports
    if _is_phrase(page, pieces) and (source is None or _is_pronoun(page, pieces)):
        return True
    if _goes_on_with_a_deed(page, pieces):
        return True
    if _is_deed(page, cue, pieces):
        return True
    if not _begins_in_marks(page, pieces) and (
        _is_presumed(cue) if source is None else any(map(is_conditional, cue)) or _is_sign(cue, source)
    ):
        return True
    return (
        _is_state(page, cue, pieces)
        or _is_refused(page, cue, pieces)
        or _is_reason(page, pieces)
        or _is_nickname(page, cue, source, pieces)
    )


def _is_before_colon(page: MarkedText, cue: Span, source: Span | None, pieces: list[Piece]) -> bool:
    """Whether what stands before a colon is told and says nothing: Rudek quits: the guns stay; Guns go silent: 72 hours of peace."""
    if _begins_in_marks(page, pieces):
        return False
    if cue.text == ":":
        return source is not None and any(token.tag_ in FINITE for token in source)
    return cue.doc[cue.end : cue.end + 1].text == ":" and reporting_verb(cue)[1] in ("", "other")


def _is_phrase(page: MarkedText, pieces: list[Piece], *, finite: bool = False) -> bool:
    """Whether a content has no marks, and no verb (with `finite` no finite one) but those that say more of a noun."""
    spans = [page.doc.char_span(*piece, alignment_mode="expand") for piece in pieces]
    if any(any(page.inside[start:end]) for start, end in pieces):
        return False
    verbs = (
        token for span in spans for token in span if (token.tag_ in FINITE if finite else is_verb(token))
    )
    return all(any(_says_more(verb, span) for span in spans if verb in span) for verb in verbs)


def _says_more(verb: Token, content: Span) -> bool:
    """Whether a verb is part of a clause that a noun of the content has behind it."""
    chain = (token for token in (verb, *verb.ancestors) if token in content)
    return any(token.dep_ in {*RELATIVE, "acl"} and token.head in content for token in chain)


def _is_deed(page: MarkedText, cue: Span, pieces: list[Piece]) -> bool:
    """Whether the cue is done, not said: "voted for", "cancelled", any verb that lexicon/reporting_verbs.csv has not.

    Where a noun or adjective may say what the verb does not ("made the case for"), and of verbs of speech, only those that
    never have what is said behind them: "exchanged views on", "responded with". A clause is said, unless it is a question.
    """
    if _last_verb(cue, "deed verb"):
        return _is_phrase(page, pieces) or _is_question(page, pieces)
    if cue[0].is_sent_start and cue[0].tag_ == "VBG":  # commenting on the vote, she said
        return _is_phrase(page, pieces)
    alone = not any(token.tag_[:2] in ("NN", "JJ") for token in cue)
    if not alone or reporting_verb(cue)[1] != "other":
        return False
    return _is_question(page, pieces) or _is_phrase(page, pieces, finite=True)


def _last_verb(cue: Span, listed: str) -> bool:
    """Whether the last verb of a cue is in a list of words."""
    verb = next((token for token in reversed(cue) if is_verb(token)), None)
    return verb is not None and bool(listed_form(verb, words(listed)))


def _is_question(page: MarkedText, pieces: list[Piece]) -> bool:
    """Whether a content is a question without marks: whether to pay, what it would cost."""
    first = page.doc.char_span(*pieces[0], alignment_mode="expand")[0]
    return not _begins_in_marks(page, pieces) and (
        first.tag_[:2] == "WR" or first.tag_ == "WP" or first.lower_ == "whether"
    )


def _begins_in_marks(page: MarkedText, pieces: list[Piece]) -> bool:
    """Whether the first letter of a content stands in quotation marks."""
    return next((page.inside[i] for i in range(*pieces[0]) if page.text[i].isalnum()), False)


def _is_presumed(cue: Span) -> bool:
    """Whether it is thought or wanted by nobody in particular: seems to have left, is expected to sign, was meant to."""
    return reporting_verb(cue)[1] in ("thinking", "promising", "demanding", "other") and not any(
        map(is_noun, cue)
    )


def _is_sign(cue: Span, source: Span) -> bool:
    """Whether something shows it that is no text and no group: the decision indicates that Marlow will stay."""
    verb, noun = reporting_verb(cue)[0], source.root
    if verb not in words("showing verb") or noun.tag_ not in ("NN", "NNS", "DT") or noun.ent_type_:
        return False
    known = column("sources", "lemma", "type")
    return not (noun.lemma_.lower() in known or noun.lower_ in known or is_person(noun))


def _is_pronoun(page: MarkedText, pieces: list[Piece]) -> bool:
    """Whether a content is no more than "it", "which", "so" or "her again"."""
    content = (token for piece in pieces for token in page.doc.char_span(*piece, alignment_mode="expand"))
    small = ("PRP", "WDT", "WP", "DT", "RB")
    return all(token.tag_ in small or token.is_punct for token in content)


def _goes_on_with_a_deed(page: MarkedText, pieces: list[Piece]) -> bool:
    """Whether a content begins with a second verb of its speaker: they support and mobilise the families."""
    first = page.doc.char_span(*pieces[0], alignment_mode="expand")
    return (
        first[0].tag_ == "CC"
        and len(first) > 1
        and is_verb(first[1])
        and first[1].dep_ == "conj"
        and not _begins_in_marks(page, pieces)
    )


def _is_state(page: MarkedText, cue: Span, pieces: list[Piece]) -> bool:
    """Whether it is how somebody is, with no clause that they would say: sick of the rain. "Had deep doubts about" is thought."""
    if any(map(is_noun, cue)) or cue[-1].lower_ == "by":
        return False
    perfect = cue[0].lemma_.lower() == "have" and len(cue) > 1  # has been silent about
    first = cue[1] if perfect else cue[0]
    copula = first.lemma_.lower() in words("copula")
    if is_verb(first) and not copula:
        return False
    said, verbs = words("speech verb") | words("report verb"), [token for token in cue[1:] if is_verb(token)]
    state = any(token.tag_[:2] == "JJ" or copula and not perfect and token.tag_ == "VBN" for token in cue)
    if not state or any(token.lemma_.lower() in said or token.tag_ != "VBN" for token in verbs):
        return False
    return _is_phrase(page, pieces)


def _is_refused(page: MarkedText, cue: Span, pieces: list[Piece]) -> bool:
    verbs = [token for token in cue if is_verb(token)]
    told = [token for token in verbs if token.lemma_.lower() in words("disclosing verb")]
    if any(token.lemma_.lower() in words("refusal") for token in cue):
        return bool(told) or _begins_with_disclosing(cue, pieces)
    small = {token.lower_ for token in cue}
    if small & {"only", "just", "merely"}:
        return False
    return any(_is_negated(page, token, cue) for token in told)


def _is_negated(page: MarkedText, verb: Token, cue: Span) -> bool:
    """Whether a verb is denied, not by what is said itself: “Never,” she said."""
    near = {token.lower_ for token in cue if token.i < verb.i}
    adverbs = (child for child in verb.children if child.dep_ in ("neg", "advmod") and child.i < verb.i)
    near |= {child.lower_ for child in adverbs if not page.inside[child.idx]}
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
    if source is None and _last_verb(cue, "titling verb"):
        return True
    if cue[0].lemma_.lower() == "be" and any(token.lemma_.lower() in words("naming noun") for token in cue):
        return True  # “fiscal cliff” is the nickname for
    start, end = pieces[0][0], pieces[-1][1]
    marked = " ".join(page.text[slice(*page.quotations[number][:2])] for number in page.between(start, end))
    if not 0 < len(re.findall(r"\w+", marked)) <= NICKNAME_WORDS:
        return False
    if source is None and marked.istitle():
        return True  # a presentation on “Destination Kell”
    if source is not None and source.start >= cue.end:  # known as “the Blacksmith” by his men
        return False
    verbs = [token for token in cue if is_verb(token)]
    return any(
        token.lemma_.lower() in words("nickname verb")
        or token.lemma_.lower() in words("naming verb")
        and is_passive(token)
        for token in verbs
    )
