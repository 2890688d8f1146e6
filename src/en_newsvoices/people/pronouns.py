"""Antecedents of "he" and "she": a linear ranking of the persons mentioned before (weights in lexicon/pronouns.csv).

The features are those of the salience factors of Lappin & Leass (1994), learned as in a ranking model of
Denis & Baldridge (2008) from GUM's coreference (training/scripts/train_pronouns.py).
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice
from math import exp, log

import numpy as np
from spacy.tokens import Doc, Span, Token

from ..lexicon import rows
from ..syntax import SUBJECT
from .mentions import speaker_mention
from .name_chains import Chain, Mention

MARGIN = 0.1  # of probability between the best person and the next, or nobody is chosen
OBJECT = ("obj", "dobj", "iobj", "dative")
SPOKEN = 150  # tokens before a pronoun in which the last speaker is looked for
CANDIDATES = 8  # persons mentioned last
REACH = 2000  # tokens before a pronoun; who is not mentioned in them is out of mind


class DiscourseModel:
    """An article while its pronouns are resolved: who has been mentioned where, and who speaks in which token.

    `quoted` tells of each token whether it stands within quotation marks, `speakers` whose quote it is part of, `voices`
    are the single words that speak;
    `chain_at` is the coreference chain of a token, `sentence` and `paragraph` count from 0; `starting` are the mentions
    of persons by their first token, `outside` those of each person outside quotation marks.
    """

    def __init__(
        self, doc: Doc, chains: list[Chain], quoted: list[bool], speakers: list[Span | None]
    ) -> None:
        self.doc, self.chains, self.quoted, self.speakers = doc, chains, quoted, speakers
        self.starting: dict[int, list[tuple[Mention, Chain]]] = defaultdict(list)
        self.outside: dict[int, list[Mention]] = defaultdict(list)
        for chain in chains:
            for mention in chain.mentions:
                self._index(chain, mention)
        self.voices = {speaker.start for speaker in speakers if speaker is not None and len(speaker) == 1}
        self.chain_at = {token.i: chain for chain in chains for role in chain.roles for token in role}
        self.chain_at |= {m.start + k: c for c in chains for m in c.mentions for k in range(m.end - m.start)}
        begins, space = doc.to_array(["SENT_START", "IS_SPACE"]).T
        self.sentence = np.cumsum(begins == 1).tolist()
        ends = np.zeros(len(doc), int)
        for i in np.flatnonzero(space).tolist():
            ends[i] = "\n" in doc[i].text
        self.paragraph = (np.cumsum(ends) - ends).tolist()

    def add(self, chain: Chain, mention: Mention) -> None:
        chain.add(mention)
        self.chain_at[mention.start] = chain
        self._index(chain, mention)

    def _index(self, chain: Chain, mention: Mention) -> None:
        if chain.label == "PERSON":
            self.starting[mention.start].append((mention, chain))
            if not self.quoted[mention.start]:
                insort(self.outside[id(chain)], mention)

    def mentioned_before(self, token: Token) -> Iterator[tuple[Mention, int, Chain]]:
        """Persons by their last mention before a token, with the number of those mentions; who is mentioned last is first.

        Outside quotation marks a mention within them does not count: it is somebody else's talk.
        """
        seen, quoted = set(), self.quoted[token.i]
        for i in range(token.i - 1, max(token.i - REACH, 0) - 1, -1):
            if i not in self.starting or (self.quoted[i] and not quoted):
                continue
            for last, chain in sorted(self.starting[i], key=lambda item: item[0], reverse=True):
                if last.end <= token.i and id(chain) not in seen:
                    seen.add(id(chain))
                    mentions = chain.mentions if quoted else self.outside[id(chain)]
                    yield last, bisect_right(mentions, last), chain

    def speaker(self, token: Token) -> Chain | None:
        """Who says the quotation that a token stands in."""
        speaker = self.speakers[token.i]
        return speaker_mention(speaker, self.chain_at) if speaker is not None else None


def choose(discourse: DiscourseModel, pronoun: Token, gender: str) -> Chain | None:
    """The antecedent of a pronoun of the third person; None where two are equally likely.

    Who speaks on ("A resident said …. He added") is the last speaker, unless a sentence since then is about another.
    """
    if pronoun.i in discourse.voices and (speaker := _speaks_on(discourse, pronoun, gender)) is not None:
        return speaker
    ranked = rank(discourse, pronoun, gender)
    if not ranked:
        return None
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return ranked[0][1] if ranked[0][0] - second >= MARGIN else None


def rank(discourse: DiscourseModel, pronoun: Token, gender: str) -> list[tuple[float, Chain]]:
    """Candidate antecedents with their probability, the likeliest first."""
    found = candidates(discourse, pronoun, gender)
    weights = _weights()
    scores = [sum(weights.get(name, 0.0) * value for name, value in f.items()) for _, f in found]
    total = sum(exp(s - max(scores)) for s in scores)
    order = sorted(range(len(found)), key=lambda i: (-scores[i], i))
    return [(exp(scores[i] - max(scores)) / total, found[i][0]) for i in order]


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("pronouns")}


def candidates(
    discourse: DiscourseModel, pronoun: Token, gender: str
) -> list[tuple[Chain, dict[str, float]]]:
    """Candidate antecedents of a pronoun with their salience features, those mentioned last first."""
    speaker, quoted = discourse.speaker(pronoun), discourse.quoted[pronoun.i]
    found = (
        item
        for item in discourse.mentioned_before(pronoun)
        if {gender, item[2].gender} != {"m", "f"} and not (quoted and item[2] is speaker)
    )
    found = [item for item in islice(found, CANDIDATES) if not _clashes(discourse, pronoun, item[0])]
    topic = max((count for _, count, _ in found), default=0)
    return [
        (chain, _features(discourse, pronoun, last, count, chain, order) | {"topic": float(count == topic),
         "speaker": float(chain is speaker), "only": float(len(found) == 1)})
        for order, (last, count, chain) in enumerate(found)
    ]  # fmt: skip


def _head(doc: Doc, mention: Mention) -> Token:
    """The head of the whole noun phrase: "secretary" where the parse hangs a name under its title."""
    head = doc[mention.start : mention.end].root
    while head.dep_ in ("flat", "appos", "compound") and head.head.i < head.i:
        head = head.head
    return head


def _clashes(discourse: DiscourseModel, pronoun: Token, last: Mention) -> bool:
    """Subject and object of one verb are two persons, unless the object is "himself"; "his" is not its own owner."""
    other = _head(discourse.doc, last)
    if pronoun.lower_.endswith("self"):
        return False
    if pronoun.dep_ in ("nmod:poss", "poss"):
        return other == pronoun.head
    arguments = (*SUBJECT, *OBJECT, "obl", "pobj")
    return other.head == pronoun.head and other.dep_ in arguments and pronoun.dep_ in arguments


def _features(
    discourse: DiscourseModel, pronoun: Token, last: Mention, count: int, chain: Chain, order: int
) -> dict[str, float]:
    doc = discourse.doc
    head = _head(doc, last)
    away = discourse.sentence[pronoun.i] - discourse.sentence[head.i]
    subject, is_subject = head.dep_ in SUBJECT, pronoun.dep_ in SUBJECT
    return {
        f"order {min(order, 4)}": 1.0,
        f"sentences {min(away, 4)}": 1.0,
        f"last {last.kind}": 1.0,
        "last subject": float(subject),
        "last object": float(head.dep_ in OBJECT),
        "last owner": float(head.dep_ in ("nmod:poss", "poss")),
        "last subject of sentence": float(subject and head.head.dep_.lower() == "root"),
        "both subjects": float(subject and is_subject),
        "same role": float(head.dep_ == pronoun.dep_),
        "paragraph": float(discourse.paragraph[pronoun.i] == discourse.paragraph[head.i]),
        "mentions": log(count),
        "named": float(chain.named),
        "gender known": float(chain.gender != ""),
        "one quoted": float(discourse.quoted[pronoun.i] != discourse.quoted[head.i]),
        "distance": log(1 + pronoun.i - head.i) / 5,
        "last he": float(last.kind == "pronoun" and doc[last.start].lower_ in ("he", "she")),
        "self subject": float(pronoun.lower_.endswith("self") and subject and away == 0),
        "owned by subject": float(pronoun.dep_ in ("nmod:poss", "poss") and subject and away == 0),
        "spoke last": float(_spoke_last(discourse, pronoun) is chain),
    }


def _speaks_on(discourse: DiscourseModel, pronoun: Token, gender: str) -> Chain | None:
    """The last speaker before a speaking pronoun, where nobody else has been a subject in between."""
    last = _last_speaker(discourse, pronoun)
    chain = speaker_mention(last, discourse.chain_at) if last is not None else None
    if chain is None or chain.label != "PERSON" or {gender, chain.gender} == {"m", "f"}:
        return None
    between = (
        mention
        for i in range(last.end, pronoun.i)
        for mention, other in discourse.starting.get(i, ())
        if other is not chain and not discourse.quoted[i] and {gender, other.gender} != {"m", "f"}
    )
    return None if any(_head(discourse.doc, mention).dep_ in SUBJECT for mention in between) else chain


def _spoke_last(discourse: DiscourseModel, pronoun: Token) -> Chain | None:
    last = _last_speaker(discourse, pronoun)
    return speaker_mention(last, discourse.chain_at) if last is not None else None


def _last_speaker(discourse: DiscourseModel, pronoun: Token) -> Span | None:
    """The speaker of the nearest quotation before that is neither the pronoun's own (“…,” he said) nor part of one."""
    own, quoted = discourse.speakers[pronoun.i], discourse.quoted
    for i in range(pronoun.i - 1, max(pronoun.i - SPOKEN, -1), -1):
        speaker = discourse.speakers[i]
        if speaker is None or speaker is own or speaker.start <= pronoun.i < speaker.end:
            continue
        if not quoted[speaker.start] or quoted[pronoun.i]:
            return speaker
    return None
