"""Relation patterns: the words of lexicon/relations.csv and what fills their slots in the parse.

The column `pattern` of the lexicon says where the two arguments stand, as source>target. Slots are `subj` and `obj`;
a preposition or several (`with|to`); `place`, an object that is a named place; `agent`, whose deed a noun names ("X's attack", "X launched an attack");
`self`, whom a noun denotes ("X, an ally of Y"). Two arguments in one slot: `between` ("talks between X and Y"),
`mutual` ("X and Y met"), `jointly` ("X and Y discussed it"), `pair` ("the X-Y war"). Around a hyphen:
`name>noun` ("X-led forces"), `noun>name` ("anti-X forces"). "supports or allies" is allies where an argument is armed.
"""

import itertools
from collections.abc import Iterator

from spacy.tokens import Token

from ..lexicon import words
from ..names.titles import is_person_noun
from ..syntax import (
    agents,
    asserted,
    children,
    coordinated,
    is_passive,
    is_verb,
    objects,
    prepositional_objects,
    subjects,
)
from .arguments import MentionIndex, group_noun, group_nouns
from .relation_words import entries_of, lexicon

OWNERS = {"its": False, "their": False, "his": True, "her": True}
Match = tuple[str, int, Token, Token]


def pattern_matches(index: MentionIndex) -> Iterator[Match]:
    """Relation, sign, source and target wherever a pattern matches; the arguments are nouns, not actors yet."""
    yield from _compounds(index)
    for token in index.doc:
        entries = entries_of(token)
        if entries and token.i not in index.mention_of and asserted(token):
            for entry in entries:
                for source, target in _slot_fillers(index, token, entry.pattern, entry.relation):
                    fillers = [_resolve_metonymy(index, noun, entry.relation) for noun in (source, target)]
                    yield from ((entry.relation, entry.sign, a, b) for a, b in itertools.product(*fillers))


def _slot_fillers(
    index: MentionIndex, token: Token, pattern: str, relation: str
) -> Iterator[tuple[Token, Token]]:
    """Pairs of source and target: what fills the slots of a pattern."""
    source, _, target = pattern.partition(">")
    preps = target.split("|")
    if not target:
        for members in _reciprocal_fillers(token, pattern):
            yield from itertools.combinations(members, 2)
        return
    if target in ("obj", "place"):
        passive = is_passive(token)
        sources, targets = (agents(token), subjects(token)) if passive else (subjects(token), objects(token))
        sources = [_resolve_possessive(index, noun) for noun in sources]
        targets = [noun for noun in targets if target == "obj" or index.is_place(noun)]
    elif source == "subj":
        sources = predicated_of(token)
        targets = prepositional_objects(token, preps) or [
            noun for event in objects(token) for noun in prepositional_objects(event, preps)
        ]
    elif source == "agent":
        targets = prepositional_objects(token, preps) or (
            prepositional_objects(token.head, preps) if _is_light_verb_object(token) else []
        )
        sources = _agents_of_noun(index, token, preps, relation) if targets else []
    elif source != "self":
        sources, targets = (
            prepositional_objects(token, source.split("|")),
            prepositional_objects(token, preps),
        )
    else:
        sources = _denotees(index, token)
        before = [noun for noun in _prenominal_names(index, token) if not _one_person(index, noun)]
        targets = [*prepositional_objects(token, preps), *before] if sources else []
    one = source == "self" and token.tag_ in (
        "NN",
        "NNP",
    )  # of President Maren and commander Vasht one is president
    yield from itertools.product(sources if one else _with_coordinated(sources), _with_coordinated(targets))


def _resolve_metonymy(index: MentionIndex, token: Token, relation: str) -> list[Token]:
    """Whom a noun stands for by metonymy: a series of US strikes for the US, an ISIL position for ISIL."""
    if token.lemma_.lower() in words("quantity") and (counted := prepositional_objects(token, ("of",))):
        return [member for noun in counted for member in _resolve_metonymy(index, noun, relation)]
    if index.argument(token) or relation not in ("fights", "criticises", "supports", "supports or allies"):
        return [token]
    whose = prepositional_objects(token, ("of", "from") if relation == "fights" else ("by",))
    whose += prepositional_objects(token, ("of",)) if token.lemma_.lower() in words("deed") else []
    return _with_coordinated(_actors(index, _prenominal_names(index, token) + whose)) or [token]


def _reciprocal_fillers(token: Token, pattern: str) -> list[list[Token]]:
    """The fillers of a slot that two share: talks between X and Y; X and Y met; X and Y discussed it; the X-Y war."""
    if pattern == "between":
        below = [token, *token.children]  # talks in Geneva between
        return [
            coordinated(noun) for upper in below for noun in prepositional_objects(upper, ("between",))
        ] or [coordinated(noun) for noun in prepositional_objects(token, ("of",))]
    if pattern == "pair":
        before = token.doc[max(token.i - 3, 0) : token.i]
        return [[before[0], before[2]]] if len(before) == 3 and before[1].text in ("-", "–") else []
    return [] if pattern == "mutual" and objects(token) else [_with_coordinated(subjects(token))]


def _with_coordinated(tokens: list[Token]) -> list[Token]:
    return [member for token in tokens for member in coordinated(token)]


def predicated_of(token: Token) -> list[Token]:
    """Of whom a verb or an adjective is predicated: subject, or the noun it modifies."""
    found = subjects(token)
    if not found and token.dep_ in ("acomp", "attr") and is_verb(token.head):
        found = subjects(token.head)
    if not found and token.dep_ in ("amod", "acl", "appos"):
        found = [token.head]
    return found


def _prenominal_names(index: MentionIndex, noun: Token) -> list[Token]:
    """Names that stand before a noun and say whose it is: the Front's commander, Syrian ally, US strike."""
    found = [_resolve_possessive(index, owner) for owner in children(noun, ("poss", "nmod:poss"))]
    for child in children(noun, ("compound", "amod", "nmod")):
        if child.i < noun.i and (
            child.i in index.mention_of or (child.tag_ != "NNP" and index.argument(child))
        ):
            found.append(index.mention_of[child.i].root if child.i in index.mention_of else child)
    return found


def _one_person(index: MentionIndex, noun: Token) -> bool:
    """Army spokeswoman Captain Rudek is captain of no spokeswoman; a rebel leader leads rebels."""
    described = noun.i not in index.mention_of and is_person_noun(noun)
    return described and not group_nouns().get(group_noun(noun))


def _resolve_possessive(index: MentionIndex, owner: Token) -> Token:
    """For a pronoun that nobody has resolved the nearest actor before it in the sentence; else the owner itself.

    Failing that the pronoun stands for the last organisation of the sentence before.
    """
    if index.argument(owner) or owner.lower_ not in OWNERS:
        return owner
    sent, many = owner.sent, ("NNS", "NNPS") if owner.lower_ == "its" else ()
    for word in reversed(index.doc[sent.start : owner.i]):
        if word.tag_ not in many and index.argument(word) and index.is_person(word) == OWNERS[owner.lower_]:
            return word
    earlier = index.doc[sent.start - 1].sent if sent.start and not OWNERS[owner.lower_] else ()
    if organisation := next(filter(index.is_organisation, reversed(earlier)), None):
        index.resolve(owner, organisation)
    return owner


def _agents_of_noun(index: MentionIndex, noun: Token, preps: list[str], relation: str) -> list[Token]:
    """Whose deed an event noun names: its possessor or agent, else the subject of its light verb."""
    own = _actors(
        index, _prenominal_names(index, noun) + prepositional_objects(noun, {"by", "of"} - set(preps))
    )
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    beside = noun.dep_.startswith("obl") or noun.dep_ == "pobj"
    if own or not is_verb(verb):
        return own
    if beside and relation == "meets":  # said that … after a meeting with
        verbs = [verb, *(upper for upper in verb.ancestors if is_verb(upper))]
    else:
        verbs = (
            [verb]
            if _is_light_verb_object(noun) or (beside and verb.lemma_.lower() in words("involvement verb"))
            else []
        )
    return next((found for upper in verbs if (found := _actors(index, subjects(upper)))), [])


def _is_light_verb_object(noun: Token) -> bool:
    return noun.dep_ in ("obj", "dobj") and noun.head.lemma_.lower() in words("light verb")


def _actors(index: MentionIndex, tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if any(index.argument(member) for member in coordinated(token))]


def _denotees(index: MentionIndex, noun: Token) -> list[Token]:
    """Whom a noun denotes: by apposition, title or "is"."""
    found = [noun] if index.argument(noun) and not group_noun(noun) else []
    if noun.dep_ == "appos" or (
        noun.dep_ in ("nmod", "compound") and noun.head.i > noun.i and noun.head.i in index.mention_of
    ):
        found.append(noun.head)
    found += [child for child in children(noun, ("appos",)) if child.i in index.mention_of]
    if children(noun, ("cop",)):
        found += subjects(noun)
    if (
        noun.dep_ in ("attr", "appos")
        and is_verb(noun.head)
        and noun.head.lemma_ in ("be", "become", "remain")
    ):
        found += subjects(noun.head)
    if noun.dep_ in ("xcomp", "obj", "oprd", "attr") and noun.head.lemma_.lower() in words("appointing verb"):
        found += subjects(noun.head) if is_passive(noun.head) else objects(noun.head)
    return [token for token in found if token != noun or index.argument(noun)]


def _compounds(index: MentionIndex) -> Iterator[Match]:
    """X-led coalition, anti-X coalition: a name, a hyphen, a word of the lexicon, and the noun they modify."""
    for hyphen in index.doc[1:-2]:
        if hyphen.text not in ("-", "‑", "–"):
            continue
        left, right = index.doc[hyphen.i - 1], index.doc[hyphen.i + 1]
        for word, other, pos in ((right, left, "HYPHEN"), (left, right, "PREFIX")):
            entries = lexicon().get((word.lower_, pos), ())
            noun = (
                _next_noun(
                    index, right.i if pos == "HYPHEN" else index.mention_of.get(right.i, [right])[-1].i
                )
                if entries
                else None
            )
            for entry in entries:
                if noun is not None and (other.i in index.mention_of or other.text[:1].isupper()):
                    yield entry.relation, entry.sign, *((other, noun) if pos == "HYPHEN" else (noun, other))


def _next_noun(index: MentionIndex, i: int) -> Token | None:
    """The last noun of the run of adjectives and nouns after token i."""
    run = list(itertools.takewhile(lambda t: t.tag_[:1] in "NJ" or t.text == "-", index.doc[i + 1 : i + 6]))
    nouns = [t for t in run if t.tag_[:1] == "N"]
    return nouns[-1] if nouns else None
