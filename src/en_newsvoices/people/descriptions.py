"""Descriptions of persons, such as "the French minister" or "the 39-year-old", and whom of an article they mean."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span, Token

from ..lexicon import rows, words
from ..names import roles, titles
from ..syntax import SUBJECT
from .mentions import speaker_mention
from .name_chains import Chain, Mention

NEAR = 60  # tokens
TOPIC = 100  # tokens
DEFINITE = {"the", "this", "that"}
TELLING = ("nmod", "prep", "acl", "relcl", "appos", "flat")


def add_descriptions(
    doc: Doc, chains: list[Chain], taken: set[int], *, voices: list[Span], inside: list[bool]
) -> None:
    """Adds each singular description of a person to the chain it fits, or as a chain of its own.

    `taken` are tokens that describe nobody, such as those of names; `voices` are the speakers of the quotes in
    the order of the text; `inside` tells of each token whether it stands within quotation marks.
    """
    persons = _Persons(doc, chains, voices, inside)
    for noun in doc:
        if noun.i in taken or not _is_description(noun):
            continue
        start = min([noun.i, *(t.i for t in noun.lefts if t.dep_ in ("det", "amod", "compound", "nummod"))])
        start = noun.left_edge.i if _is_age(noun) else start
        definite = doc[start].lower_ in DEFINITE or start == noun.i
        chain = persons.antecedent(noun) if definite else None
        if chain is None and not inside[noun.i] and _takes_up(noun):
            chain = persons.topic(noun)
        if chain is None:
            chain = Chain("PERSON", noun=noun.lemma_.lower(), gender=titles.noun_gender(noun))
            chains.append(chain)
        is_somebody = start < noun.i or noun.dep_ in SUBJECT  # "as governor" brings in nobody
        described = noun.lemma_.lower() if is_somebody else ""
        persons.add(chain, Mention(start, noun.i + 1, "nominal", "PERSON"), described)
    _name_later(doc, chains)


def _is_description(noun: Token) -> bool:
    return (
        (_is_age(noun) or noun.tag_ in ("NN", "NNP") and titles.is_person_noun(noun))
        and noun.dep_ not in ("compound", "flat", "amod", "appos", "fixed")
        and not any(child.dep_ == "cop" for child in noun.children)
    )


def _is_age(token: Token) -> bool:
    """Whether it ends "39-year-old"."""
    return token.lower_ == "old" and token.doc[max(token.i - 3, 0) : token.i].text.lower().endswith("-year-")


def _takes_up(noun: Token) -> bool:
    """Whether "the …" can take up somebody mentioned: as a subject, with nothing behind it that says who is meant."""
    if noun.dep_ not in SUBJECT or noun.doc[noun.left_edge.i].lower_ != "the":
        return False
    behind = [child for child in noun.children if child.i > noun.i and child.dep_.startswith(TELLING)]
    apart = {child.lower_ for child in noun.children} & words("other one")
    if behind or apart or noun.conjuncts:
        return bool(behind) and all(child.tag_ == "CD" for child in behind)  # the mother of two
    return noun.lemma_.lower() not in words("relational noun") | words("party to a trial")


def _name_later(doc: Doc, chains: list[Chain]) -> None:
    """Puts "a baker" to the person whom the article goes on to name so: the baker, Petra Lunde."""
    described = defaultdict(list)
    for chain in chains:
        if chain.label == "PERSON" and not chain.named:
            described[chain.noun].append(chain)
    named = set()
    for chain in (chain for chain in chains if chain.label == "PERSON" and chain.named):
        for role in chain.roles if described else ():
            if not role.start or doc[role.start - 1].lower_ != "the":
                continue
            earlier = [one for noun in sorted(roles.role_nouns(role)) for one in described.get(noun, ())]
            if len(earlier) == 1 and id(earlier[0]) not in named and _is_before(doc, earlier[0], role.start):
                named.add(id(earlier[0]))
                for mention in earlier[0].mentions:
                    chain.add(mention)
                chain.gender = chain.gender or earlier[0].gender
    chains[:] = [chain for chain in chains if id(chain) not in named]


def _is_before(doc: Doc, described: Chain, at: int) -> bool:
    """Whether somebody is brought in by "a …" before a token."""
    first = described.mentions[0].start
    return first < at and doc[first].lower_ in ("a", "an")


class _Persons:
    """The persons of an article while it is read from left to right: by what they are, and where they are mentioned.

    `nouns` are the nouns of the roles of each named person, `described` the person that a noun described last, `at` the
    chain of each token, `voices` who speaks where, in order.
    """

    def __init__(self, doc: Doc, chains: list[Chain], voices: list[Span], inside: list[bool]) -> None:
        self.doc, self.voices, self.inside = doc, voices, inside
        self.at = {i: c for c in chains for m in c.mentions for i in range(m.start, m.end)}
        persons = [chain for chain in chains if chain.label == "PERSON"]
        self.nouns = {id(c): {head for role in c.roles for head in roles.role_nouns(role)} for c in persons}
        self.named: dict[tuple[str, str], list[Chain]] = defaultdict(list)  # by noun and word of a role
        self.alone: dict[str, dict[int, Chain]] = defaultdict(dict)  # by noun, where it is all of a role
        self.starting: dict[int, list[Chain]] = defaultdict(list)
        self.described: dict[str, Chain] = {}
        for chain in persons:
            for noun in self.nouns[id(chain)]:
                for word in {"", *chain.role_words}:
                    self.named[noun, word].append(chain)
            for role in chain.roles:
                is_all = len(role) == 1 or roles.is_first_lady(role) and len(role) == 2
                for noun in roles.role_nouns(role) if is_all else ():
                    self.alone[noun][id(chain)] = chain
            for mention in chain.mentions:
                self.starting[mention.start].append(chain)

    def add(self, chain: Chain, mention: Mention, noun: str) -> None:
        chain.add(mention)
        self.at |= dict.fromkeys(range(mention.start, mention.end), chain)
        if chain.named:
            self.starting[mention.start].append(chain)
        self.described[noun] = chain

    def antecedent(self, noun: Token) -> Chain | None:
        """The person whose role "the …" names; of several the one mentioned shortly before, or with nothing more to it.

        Where nobody's role is that word, the one person mentioned shortly before whose role means as much: the mediator
        is "the envoy" (lexicon/role_synonyms.csv).
        """
        lemma, narrowed = noun.lemma_.lower(), roles.modifiers(noun)
        fewest = min((self.named[lemma, word] for word in narrowed or {""}), key=len)
        fitting = (chain for chain in fewest if narrowed <= chain.role_words)
        first, second = next(fitting, None), next(fitting, None)
        if first is not None and second is None:
            return first
        if first is None and lemma in self.described:
            return self.described[lemma]
        wanted = {lemma} if first is not None else _synonyms(lemma)
        near = [c for c in self._near(noun) if self.nouns[id(c)] & wanted and narrowed <= c.role_words]
        if len(near) != 1 and not narrowed:  # President Rudek, not the French president
            near = list(self.alone[lemma].values())
        return near[0] if len(near) == 1 else None

    def topic(self, noun: Token) -> Chain | None:
        """The named person whom "the …" takes up: who spoke last, or where nobody did the one that the text is about.

        News names a person once and goes on with what else there is to tell of them: the Melbourne MP, the 39-year-old.
        Nobody is meant who holds another office, or has said nothing and is something else.
        """
        last = bisect_right(self.voices, noun.left_edge.i, key=lambda voice: voice.end) - 1
        voice = self.voices[last] if last >= 0 and self.voices[last].start >= noun.i - TOPIC else None
        if voice is not None and voice.root.tag_ != "PRP":
            chain = speaker_mention(voice, self.at)
        else:  # "she said": whoever was the last subject
            chain = self._last_subject(
                noun, voice.start if voice is not None else noun.sent.start, voice is None
            )
        if chain is None or not chain.named or chain.label != "PERSON":
            return None
        lemma, known = noun.lemma_.lower(), self.nouns[id(chain)] - titles.COURTESY
        if {chain.gender, titles.noun_gender(noun)} == {"m", "f"}:
            return None
        other = bool(known) and not known & _synonyms(lemma)
        return None if other and (voice is None or lemma in words("office")) else chain

    def _last_subject(self, noun: Token, end: int, alone: bool) -> Chain | None:
        """The person who is the subject nearest before a token; with `alone` nobody where others are mentioned too."""
        found = [
            (self.doc[i].dep_ == "nsubj", chain)
            for i in range(max(noun.i - TOPIC, 0), end)
            if not self.inside[i] and (chain := self.at.get(i)) is not None and chain.label == "PERSON"
        ]
        subjects = [chain for is_subject, chain in found if is_subject]
        one = not alone or len({id(chain) for _, chain in found}) == 1
        return subjects[-1] if subjects and one else None

    def _near(self, noun: Token) -> Iterator[Chain]:
        """The named persons who are mentioned shortly before a noun."""
        found = {id(c): c for i in range(noun.i - NEAR, noun.i) for c in self.starting.get(i, ())}
        return iter(found.values())


@cache
def _synonyms(noun: str) -> frozenset[str]:
    return frozenset(row["role"] for row in rows("role_synonyms") if row["noun"] == noun)
