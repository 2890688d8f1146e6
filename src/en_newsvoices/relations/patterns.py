"""Relation words and what stands in their slots: lexicon/relations.csv read against the parse.

The column `pattern` of the lexicon says where the two ends stand, as source>target. Slots are `subj` and `obj`;
a preposition or several (`with|to`); `place`, an object that is a named place; `agent`, whose deed a noun names ("X's attack", "X launched an attack");
`self`, whom a noun denotes ("X, an ally of Y"). Two ends in one slot: `between` ("talks between X and Y"),
`mutual` ("X and Y met"), `jointly` ("X and Y discussed it"), `pair` ("the X-Y war"). Around a hyphen:
`name>noun` ("X-led forces"), `noun>name` ("anti-X forces"). "supports or allies" is allies where an end is armed.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from ..lexicon import rows
from ..people.roles import is_person_noun
from ..syntax import (
    above,
    after,
    agents,
    asserted,
    children,
    is_passive,
    is_verb,
    objects,
    spread,
    subjects,
)
from .arguments import Page, group_noun, groups

HELD = set(
    "attend begin build carry chair claim conclude conduct continue declare do enter express extend face form forge gain give have hold "
    "host impose join launch lead lend make mount offer open point provide reach resume seize sign stage start step take voice "
    "wage win".split()
)
"""Verbs whose subject does what their object names: to launch an attack, to hold talks."""
POS = {"V": "VERB", "N": "NOUN", "J": "ADJ"}
ENGAGED = {"embroil", "engage", "involve", "lock"}
"""Verbs whose subject has a part in what follows "in": locked in a battle."""
APPOINTS = {"appoint", "declare", "elect", "name", "nominate", "swear"}
DEEDS = {
    "action",
    "bravery",
    "courage",
    "decision",
    "effort",
    "leadership",
    "move",
    "policy",
    "role",
    "statement",
    "work",
}
"""Nouns that stand for whom "of" tells: to praise the efforts of X is to praise X."""
OWNERS = {"its": False, "their": False, "his": True, "her": True}
COUNTS = {"dozen", "handful", "hundred", "majority", "member", "number", "score", "series", "thousand"}
"""Nouns that count what follows "of"."""

Tie = tuple[str, int, Token, Token]


class Entry(NamedTuple):
    """One row of lexicon/relations.csv."""

    before: tuple[str, ...]
    relation: str
    sign: int
    pattern: str


@cache
def lexicon() -> dict[tuple[str, str], list[Entry]]:
    """The rows of lexicon/relations.csv by last word and part of speech."""
    found = defaultdict(list)
    for row in rows("relations"):
        *before, last = row["lemma"].split()
        entry = Entry(tuple(before), row["relation"], int(row["sign"]), row["pattern"])
        found[last, row["pos"]].append(entry)
    return dict(found)


def stated(page: Page) -> Iterator[Tie]:
    """Relation, sign, source and target wherever the text states them; the ends are nouns, not actors yet."""
    yield from _compounds(page)
    for token in page.doc:
        entries = [entry for entry in _entries(token) if _preceded(token, entry.before)]
        if entries and token.i not in page.mention_of and asserted(token):
            for entry in entries:
                for source, target in _slots(page, token, entry.pattern, entry.relation):
                    ends = [_through(page, end, entry.relation) for end in (source, target)]
                    yield from ((entry.relation, entry.sign, a, b) for a, b in itertools.product(*ends))


def _entries(token: Token) -> list[Entry]:
    """Rows for a word; a learned lemmatizer errs on rare verbs, so regular endings are tried too."""
    word, pos = token.lower_, POS.get(token.tag_[:1], "")
    stems = [word.removesuffix(ending) for ending in ("s", "es", "ed", "d", "ing") if word.endswith(ending)]
    forms = [token.lemma_.lower(), word, *stems, *(f"{stem}e" for stem in stems if pos == "VERB")]
    return next((lexicon()[form, pos] for form in forms if (form, pos) in lexicon()), [])


def _preceded(token: Token, words: tuple[str, ...]) -> bool:
    return [t.lower_ for t in token.doc[max(token.i - len(words), 0) : token.i]] == list(words)


def _slots(page: Page, token: Token, pattern: str, relation: str) -> Iterator[tuple[Token, Token]]:
    """Pairs of source and target: what stands in the slots of a pattern."""
    source, _, target = pattern.partition(">")
    preps = target.split("|")
    if not target:
        for members in _together(token, pattern):
            yield from itertools.combinations(members, 2)
        return
    if target in ("obj", "place"):
        passive = is_passive(token)
        sources, targets = (agents(token), subjects(token)) if passive else (subjects(token), objects(token))
        sources = [_owner(page, noun) for noun in sources]
        targets = [noun for noun in targets if target == "obj" or page.is_place(noun)]
    elif source == "subj":
        sources = _bearers(token)
        targets = after(token, preps) or [noun for held in objects(token) for noun in after(held, preps)]
    elif source == "agent":
        targets = after(token, preps) or (after(token.head, preps) if _held(token) else [])
        sources = _agents(page, token, preps, relation) if targets else []
    elif source != "self":
        sources, targets = after(token, source.split("|")), after(token, preps)
    else:
        sources = _denoted(page, token)
        before = [noun for noun in _before(page, token) if not _one_person(page, noun)]
        targets = [*after(token, preps), *before] if sources else []
    one = source == "self" and token.tag_ in (
        "NN",
        "NNP",
    )  # of President Maren and commander Vasht one is president
    yield from itertools.product(sources if one else _all(sources), _all(targets))


def _through(page: Page, token: Token, relation: str) -> list[Token]:
    """Whom a deed of or against a thing concerns: a series of US strikes the US, an ISIL position ISIL."""
    if token.lemma_.lower() in COUNTS and (counted := after(token, ("of",))):
        return [member for noun in counted for member in _through(page, noun, relation)]
    if page.end(token) or relation not in ("fights", "criticises", "supports", "supports or allies"):
        return [token]
    whose = after(token, ("of", "from") if relation == "fights" else ("by",))
    whose += after(token, ("of",)) if token.lemma_.lower() in DEEDS else []
    return _all(_actors(page, _before(page, token) + whose)) or [token]


def _together(token: Token, pattern: str) -> list[list[Token]]:
    """Members of one slot: talks between X and Y; X and Y met; X and Y discussed it; the X-Y war."""
    if pattern == "between":
        below = [token, *token.children]  # talks in Geneva between
        return [spread(noun) for upper in below for noun in after(upper, ("between",))] or [
            spread(noun) for noun in after(token, ("of",))
        ]
    if pattern == "pair":
        before = token.doc[max(token.i - 3, 0) : token.i]
        return [[before[0], before[2]]] if len(before) == 3 and before[1].text in ("-", "–") else []
    return [] if pattern == "mutual" and objects(token) else [_all(subjects(token))]


def _all(tokens: list[Token]) -> list[Token]:
    return [member for token in tokens for member in spread(token)]


def _bearers(token: Token) -> list[Token]:
    """Of whom a verb or an adjective is said: subject, or the noun it modifies."""
    found = subjects(token)
    if not found and token.dep_ in ("acomp", "attr") and is_verb(token.head):
        found = subjects(token.head)
    if not found and token.dep_ in ("amod", "acl", "appos"):
        found = [token.head]
    return found


def _before(page: Page, noun: Token) -> list[Token]:
    """Names that stand before a noun and say whose it is: the Front's commander, Syrian ally, US strike."""
    found = [_owner(page, owner) for owner in children(noun, ("poss", "nmod:poss"))]
    for child in children(noun, ("compound", "amod", "nmod")):
        if child.i < noun.i and (child.i in page.mention_of or (child.tag_ != "NNP" and page.end(child))):
            found.append(page.mention_of[child.i].root if child.i in page.mention_of else child)
    return found


def _one_person(page: Page, noun: Token) -> bool:
    """Army spokeswoman Captain Rudek is captain of no spokeswoman; a rebel leader leads rebels."""
    described = noun.i not in page.mention_of and is_person_noun(noun)
    return described and not groups().get(group_noun(noun))


def _owner(page: Page, owner: Token) -> Token:
    """For a pronoun that nobody has resolved the nearest actor before it in the sentence; else the owner itself.

    Failing that the pronoun stands for the last organisation of the sentence before.
    """
    if page.end(owner) or owner.lower_ not in OWNERS:
        return owner
    sent, many = owner.sent, ("NNS", "NNPS") if owner.lower_ == "its" else ()
    for word in reversed(page.doc[sent.start : owner.i]):
        if word.tag_ not in many and page.end(word) and page.is_person(word) == OWNERS[owner.lower_]:
            return word
    earlier = page.doc[sent.start - 1].sent if sent.start and not OWNERS[owner.lower_] else ()
    if organisation := next(filter(page.is_organisation, reversed(earlier)), None):
        page.resolve(owner, organisation)
    return owner


def _agents(page: Page, noun: Token, preps: list[str], relation: str) -> list[Token]:
    """Whose deed a noun names: its owner or agent, else the subject of the verb that it completes."""
    own = _actors(page, _before(page, noun) + after(noun, {"by", "of"} - set(preps)))
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    beside = noun.dep_.startswith("obl") or noun.dep_ == "pobj"
    if own or not is_verb(verb):
        return own
    if beside and relation == "meets":  # said that … after a meeting with
        verbs = [verb, *(upper for upper in above(verb) if is_verb(upper))]
    else:
        verbs = [verb] if _held(noun) or (beside and verb.lemma_.lower() in ENGAGED) else []
    return next((found for upper in verbs if (found := _actors(page, subjects(upper)))), [])


def _held(noun: Token) -> bool:
    return noun.dep_ in ("obj", "dobj") and noun.head.lemma_.lower() in HELD


def _actors(page: Page, tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if any(page.end(member) for member in spread(token))]


def _denoted(page: Page, noun: Token) -> list[Token]:
    """Who is called by a noun: by apposition, title or "is"."""
    found = [noun] if page.end(noun) and not group_noun(noun) else []
    if noun.dep_ == "appos" or (
        noun.dep_ in ("nmod", "compound") and noun.head.i > noun.i and noun.head.i in page.mention_of
    ):
        found.append(noun.head)
    found += [child for child in children(noun, ("appos",)) if child.i in page.mention_of]
    if children(noun, ("cop",)):
        found += subjects(noun)
    if (
        noun.dep_ in ("attr", "appos")
        and is_verb(noun.head)
        and noun.head.lemma_ in ("be", "become", "remain")
    ):
        found += subjects(noun.head)
    if noun.dep_ in ("xcomp", "obj", "oprd", "attr") and noun.head.lemma_.lower() in APPOINTS:
        found += subjects(noun.head) if is_passive(noun.head) else objects(noun.head)
    return [token for token in found if token != noun or page.end(noun)]


def _compounds(page: Page) -> Iterator[Tie]:
    """X-led coalition, anti-X coalition: a name, a hyphen, a word of the lexicon, and the noun they modify."""
    for hyphen in page.doc[1:-2]:
        if hyphen.text not in ("-", "‑", "–"):
            continue
        left, right = page.doc[hyphen.i - 1], page.doc[hyphen.i + 1]
        for word, other, pos in ((right, left, "HYPHEN"), (left, right, "PREFIX")):
            entries = lexicon().get((word.lower_, pos), ())
            noun = (
                _next_noun(page, right.i if pos == "HYPHEN" else page.mention_of.get(right.i, [right])[-1].i)
                if entries
                else None
            )
            for entry in entries:
                if noun is not None and (other.i in page.mention_of or other.text[:1].isupper()):
                    yield entry.relation, entry.sign, *((other, noun) if pos == "HYPHEN" else (noun, other))


def _next_noun(page: Page, i: int) -> Token | None:
    """The last noun of the run of adjectives and nouns after token i."""
    run = list(itertools.takewhile(lambda t: t.tag_[:1] in "NJ" or t.text == "-", page.doc[i + 1 : i + 6]))
    nouns = [t for t in run if t.tag_[:1] == "N"]
    return nouns[-1] if nouns else None
