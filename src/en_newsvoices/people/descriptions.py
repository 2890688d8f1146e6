"""Descriptions of a person, such as "the French minister", and whom of the persons of an article they mean."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from ..lexicon import rows
from . import roles
from .name_chains import Chain, Mention

NEAR = 60  # tokens
DEFINITE = {"the", "this", "that"}


def add_descriptions(doc: Doc, chains: list[Chain], taken: set[int]) -> None:
    """Adds each singular description of a person to the chain it fits, or as a chain of its own.

    `taken` are tokens that describe nobody, such as those of names.
    """
    persons = _Persons(chains)
    for noun in doc:
        if noun.i in taken or not _is_description(noun):
            continue
        start = min([noun.i, *(t.i for t in noun.lefts if t.dep_ in ("det", "amod", "compound", "nummod"))])
        definite = doc[start].lower_ in DEFINITE or start == noun.i
        chain = persons.antecedent(noun) if definite else None
        if chain is None:
            chains.append(chain := Chain("PERSON", noun=noun.lemma_.lower(), gender=roles.noun_gender(noun)))
        persons.add(chain, Mention(start, noun.i + 1, "nominal", "PERSON"))


def _is_description(noun: Token) -> bool:
    return (
        noun.tag_ in ("NN", "NNP")
        and roles.is_person_noun(noun)
        and noun.dep_ not in ("compound", "flat", "amod", "appos", "fixed")
        and not any(child.dep_ == "cop" for child in noun.children)
    )


class _Persons:
    """The persons of an article while it is read from left to right: by what they are, and where they are mentioned.

    `nouns` are the nouns of the roles of each named person, `described` the unnamed person that a noun described last.
    """

    def __init__(self, chains: list[Chain]) -> None:
        persons = [chain for chain in chains if chain.label == "PERSON"]
        self.nouns = {id(c): {head for role in c.roles for head in roles.role_nouns(role)} for c in persons}
        self.named: dict[tuple[str, str], list[Chain]] = defaultdict(list)  # by noun and word of a role
        self.starting: dict[int, list[Chain]] = defaultdict(list)
        self.described: dict[str, Chain] = {}
        for chain in persons:
            for noun in self.nouns[id(chain)]:
                for word in {"", *chain.role_words}:
                    self.named[noun, word].append(chain)
            for mention in chain.mentions:
                self.starting[mention.start].append(chain)

    def add(self, chain: Chain, mention: Mention) -> None:
        chain.add(mention)
        if chain.named:
            self.starting[mention.start].append(chain)
        else:
            self.described[chain.noun] = chain

    def antecedent(self, noun: Token) -> Chain | None:
        """The person whose role "the …" names; of several the one mentioned shortly before, or nobody.

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
        return near[0] if len(near) == 1 else None

    def _near(self, noun: Token) -> Iterator[Chain]:
        """The named persons who are mentioned shortly before a noun."""
        found = {id(c): c for i in range(noun.i - NEAR, noun.i) for c in self.starting.get(i, ())}
        return iter(found.values())


@cache
def _synonyms(noun: str) -> frozenset[str]:
    return frozenset(row["role"] for row in rows("role_synonyms") if row["noun"] == noun)
