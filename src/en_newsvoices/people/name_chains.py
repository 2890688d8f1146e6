"""Names of one article that mean the same person, organisation or place."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc, Span

from ..lexicon import column
from . import roles
from .entity_names import NAMES
from .names import canonical, initials, listed_label, same_person
from .nicknames import nickname, occurrences, without

SUFFIXES = {"jr", "sr", "i", "ii", "iii", "iv", "v", "vi"}


class Mention(NamedTuple):
    """Tokens start to end; kind is name, pronoun or nominal."""

    start: int
    end: int
    kind: str
    label: str


@dataclass
class Chain:
    """What is one in an article: its names as tuples of words, and what is said of it."""

    label: str
    names: Counter = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    gender: str = ""
    noun: str = ""  # the lemma of an unnamed person's description

    @property
    def named(self) -> bool:
        return bool(self.names)

    @property
    def name(self) -> str:
        """The fullest name, of equals the commonest; "" for somebody unnamed."""
        best = max(self.names, key=lambda n: (len(n), self.names[n], n), default=())
        return " ".join(best)

    def add(self, mention: Mention, name: tuple[str, ...] = ()) -> None:
        self.mentions.append(mention)
        if name:
            self.names[name] += 1


def words_of(name: Span) -> tuple[str, ...]:
    """The words of a name, without punctuation marks, an article, a nickname inside it and "Jr."."""
    words = [word for w in without(name.text).split() if (word := w.strip(',()[]"“”'))]
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    if len(words) > 1 and words[-1].lower().rstrip(".") in SUFFIXES:
        words = words[:-1]
    return tuple(words)


def name_chains(doc: Doc) -> list[Chain]:
    """Chains of the named entities of a Doc, in the order of their first mention."""
    ents = [ent for ent in doc.ents if ent.label_ in NAMES and words_of(ent)]
    label = _labels(ents)
    persons = [ent for ent in ents if label[ent.text] == "PERSON"]
    chains = _persons(persons) + _others([e for e in ents if label[e.text] != "PERSON"], label)
    chains = _nicknamed(doc, chains, ents)
    for chain in chains:
        chain.mentions.sort()
    return sorted(chains, key=lambda chain: chain.mentions[0])


def _labels(ents: Iterable[Span]) -> dict[str, str]:
    """The commonest label of each text."""
    counts: dict[str, Counter] = {}
    for ent in ents:
        counts.setdefault(ent.text, Counter())[ent.label_] += 1
    return {text: max(c, key=lambda label: (c[label], label)) for text, c in counts.items()}


def _mention(ent: Span) -> Mention:
    return Mention(ent.start, ent.end, "name", ent.label_)


def _persons(ents: list[Span]) -> list[Chain]:
    chains: list[Chain] = []
    for ent in sorted(ents, key=lambda e: (len(words_of(e)) == 1, e.start)):
        words = words_of(ent)
        if len(words) > 1:
            chain = next((c for c in chains if any(same_person(words, name) for name in c.names)), None)
        else:
            chain = _bearer(ent, words[0], chains)
        if chain is None:
            chains.append(chain := Chain("PERSON"))
        chain.add(_mention(ent), words)
        chain.roles += roles.roles_of(ent)
        chain.gender = chain.gender or _gender(ent, words)
    return chains


def _bearer(ent: Span, word: str, chains: list[Chain]) -> Chain | None:
    """The person whom one word names: by surname, else first name; of several the one meant here, or nobody."""
    word = word.lower()
    for place in (-1, 0, None):
        found = [
            c for c in chains
            if any(word in {w.lower() for w in (n if place is None else (n[place],))} for n in c.names)
        ]  # fmt: skip
        if found:
            break
    title = roles.title_before(ent)
    gender = roles.noun_gender(title[-1]) if title is not None else ""
    said = roles.described(title) if title is not None else set()
    fits = [c for c in found if not (gender and c.gender and gender != c.gender)]
    if len(fits) < 2:
        return fits[0] if fits else None
    fits = [c for c in fits if any(said & roles.described(role) for role in c.roles)] or fits
    before = [c for c in fits if min(c.mentions).start < ent.start]
    if len(before) > 1:
        return _last_mentioned(ent, before)
    return before[0] if before else fits[0] if len(fits) == 1 else None


def _last_mentioned(ent: Span, chains: list[Chain]) -> Chain | None:
    """The one mentioned last, where the paragraph mentions it and none of the others."""
    paragraph = ent.start
    while paragraph > 0 and "\n" not in ent.doc[paragraph - 1].text:
        paragraph -= 1
    here = [c for c in chains if any(paragraph <= m.start < ent.start for m in c.mentions)]
    return here[0] if len(here) == 1 else None


def _gender(ent: Span, words: tuple[str, ...]) -> str:
    """By title, role, or first name; "" where none of them tells."""
    told = [roles.noun_gender(token) for role in roles.roles_of(ent) for token in role]
    known = next(filter(None, told), "")
    first = column("first_names", "name", "gender")
    return known or (
        first.get(words[0].lower(), "") or first.get(words[0].lower().split("-")[0], "")
        if len(words) > 1
        else ""
    )


def _others(ents: list[Span], label: dict[str, str]) -> list[Chain]:
    chains: dict[str, Chain] = {}
    labels: dict[str, Counter] = {}
    for ent in ents:
        key = canonical(ent.text)
        chains.setdefault(key.lower(), Chain("")).add(_mention(ent), tuple(key.split()))
        labels.setdefault(key.lower(), Counter())[label[ent.text]] += 1
    for key, chain in chains.items():
        chain.label = listed_label(chain.name) or max(labels[key], key=lambda name: (labels[key][name], name))
        if listed_label(chain.name):
            chain.mentions = [mention._replace(label=chain.label) for mention in chain.mentions]
    merged = dict(chains)
    for key, chain in chains.items():
        if (longer := _longer(key, chain, merged)) is not None:
            longer.mentions += chain.mentions
            del merged[key]
    return list(merged.values())


def _nicknamed(doc: Doc, chains: list[Chain], ents: list[Span]) -> list[Chain]:
    """The chains, with what stands for a nickname in the chain of its bearer; the nickname is none of its names."""
    text = doc.text
    for ent in ents:
        if (found := nickname(ent, text)) is None:
            continue
        owner = next((c for c in chains if _mention(ent) in c.mentions), None)
        if owner is None:
            continue
        places = [found, *occurrences(doc, *found)]
        same = [
            c for c in chains if c is not owner and all(any(_meet(m, p) for p in places) for m in c.mentions)
        ]
        chains = [c for c in chains if c not in same]
        owner.mentions += [m._replace(label=owner.label) for c in same for m in c.mentions]
        owner.mentions += [
            Mention(start, end, "name", owner.label)
            for start, end in places
            if not any(_meet(m, (start, end)) for c in chains for m in c.mentions)
        ]
    return chains


def _meet(mention: Mention, place: tuple[int, int]) -> bool:
    return mention.start < place[1] and place[0] < mention.end


def _longer(key: str, chain: Chain, chains: dict[str, Chain]) -> Chain | None:
    """The one longer name that an acronym or a shortened name of an organisation stands for."""
    text = chain.name
    if text.isupper() and 2 <= len(text) <= 6 and " " not in text:
        fits = [c for c in chains.values() if c is not chain and text in initials(c.name)]
    elif chain.label == "ORG":
        fits = [
            c for k, c in chains.items()
            if c is not chain and c.label == "ORG" and (k.endswith(" " + key) or k.startswith(key + " "))
        ]  # fmt: skip
    else:
        fits = []
    return fits[0] if len(fits) == 1 else None
