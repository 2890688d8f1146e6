"""The arguments of relations: which words of a Doc stand for an actor."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from ..annotations import MENTIONS, UNNAMED
from ..lexicon import rows, words
from ..names.roles import demonyms
from ..syntax import children, prepositional_objects
from ..text.datelines import datelines

ACTORS = {"PERSON", "ORG", "GPE", "LOC", "NORP"}


class Argument(NamedTuple):
    """One argument of a relation: where it stands and who it is, by its chain or its own words."""

    start: int
    end: int
    actor: str


@cache
def group_nouns() -> dict[str, bool]:
    """Nouns for a group or an office that acts, and whether it is armed (lexicon/groups.csv)."""
    return {row["lemma"]: row["armed"] == "yes" for row in rows("groups")}


def group_noun(token: Token) -> str:
    """The noun of lexicon/groups.csv that a token is, "" if none; a learned lemmatizer may leave the plural."""
    forms = (token.lemma_.lower(), token.lower_, token.lower_.removesuffix("s"))
    return next((form for form in forms if form in group_nouns()), "") if token.tag_[:1] == "N" else ""


class MentionIndex:
    """The mentions of a Doc that stand for actors, by token and by place; datelines have none."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, doc.text
        spans = [span for span in doc.spans.get(MENTIONS, doc.ents) if span.kb_id_ != "role"]
        spans = [span for span in spans if not span.id_.startswith(UNNAMED)]
        self.datelines = datelines(self.text)
        spans = sorted(spans, key=lambda span: span.start)
        self.mentions = [
            span for span in spans if span.label_ in ACTORS and not self.in_dateline(span.start_char)
        ]
        self.names = [self.of_mention(span) for span in self.mentions]
        self.starts = [name.start for name in self.names]
        self.labels = {
            name: span.label_ for name, span in zip(self.names[::-1], self.mentions[::-1], strict=True)
        }
        self.mention_of = {token.i: span for span in self.mentions for token in span}
        self.resolved: dict[int, Argument] = {}
        last = self.mentions[::-1]  # of equals the first one stays
        self.places = {span.text.lower(): span for span in last if span.label_ in ("GPE", "LOC")}
        self.last_words = {span[-1].text: span for span in last if span.label_ == "ORG" and len(span) > 1}

    def in_dateline(self, at: int) -> bool:
        """Whether a character stands in a dateline: "KELL (MPA) —"."""
        number = bisect_right(self.datelines, (at, len(self.text))) - 1
        return number >= 0 and at < self.datelines[number][1]

    def within(self, start: int, end: int) -> Iterator[tuple[Span, Argument]]:
        """The mentions that begin in text[start:end], in the order of the text."""
        for number in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            yield self.mentions[number], self.names[number]

    def of_mention(self, span: Span) -> Argument:
        """A mention as an argument."""
        return Argument(span.start_char, span.end_char, span.id_ or span.text)

    def resolve(self, pronoun: Token, noun: Token) -> None:
        """Lets a pronoun stand for whom a noun stands for."""
        actor = self.argument(noun).actor
        self.resolved[pronoun.i] = Argument(pronoun.idx, pronoun.idx + len(pronoun), actor)

    def country(self, argument: Argument) -> Argument:
        """For a people the country: "Turkish", "Veldanian" where the article names Veldania; any other argument as it is."""
        word = self.text[argument.start : argument.end].lower()
        place = demonyms().get(word, "")
        if span := self.places.get(place.lower()) or self.places.get(word.removesuffix("n")):
            return argument._replace(actor=self.of_mention(span).actor)
        return argument._replace(actor=place) if place else argument

    def argument(self, token: Token) -> Argument | None:
        """Whom a noun stands for: a mention, a name in capitals, or a described group."""
        if token.i in self.resolved:
            return self.resolved[token.i]
        if (span := self.mention_of.get(token.i)) is not None:
            return self.of_mention(span)
        title = token.dep_ in ("nmod", "compound") and token.head.i == token.i + 1
        if (token.dep_ == "appos" or title) and token.head.i in self.mention_of:
            return self.of_mention(self.mention_of[token.head.i])
        for child in children(token, ("appos", "flat", "compound", "nmod")):
            span = self.mention_of.get(child.i)
            if span is None:
                continue
            gap = self.doc[min(token.i, span.end - 1) + 1 : max(token.i, span.start)]
            beside = child.dep_ == "appos" or not (any(t.is_punct for t in gap) or children(child, ("case",)))
            title = child.i > token.i and beside
            if title or (
                span.label_ == "ORG"
                and child.i < token.i
                and token.lemma_.lower() in words("part of an organisation")
            ):
                return self.of_mention(span)
        for child in (
            prepositional_objects(token, ("of",))
            if token.lemma_.lower() in words("kind of place") | words("part of an organisation")
            else ()
        ):
            if (span := self.mention_of.get(child.i)) is not None:
                return self.of_mention(span)
        full = self.last_words.get(token.text) if token.is_title and not token.is_sent_start else None
        if full is not None:  # the Front: the Liberation Front
            return Argument(token.idx, token.idx + len(token), self.of_mention(full).actor)
        if group_noun(token):
            return self._described_group(token)
        return None if self.in_dateline(token.idx) else self._unrecognised_name(token)

    def _unrecognised_name(self, token: Token) -> Argument | None:
        """A name that the recogniser did not take for one: capitals in a sentence that has few others."""
        small = sum(t.text.islower() for t in token.sent)
        if 2 * small < len(token.sent) or token.ent_type_ or token.text in words("acronym of no actor"):
            return None
        if re.fullmatch(r"[A-Z]{2,6}", token.text):
            return Argument(token.idx, token.idx + len(token), token.text)
        if token.tag_ not in ("NNP", "NNPS") or token.is_sent_start or not token.text[:1].isupper():
            return None
        start = token.i
        while (
            start > token.sent.start
            and self.doc[start - 1].tag_ == "NNP"
            and self.doc[start - 1].head.i >= start
        ):
            start -= 1
        span = self.doc[start : token.i + 1]
        return Argument(span.start_char, span.end_char, span.text) if span[0].text.istitle() else None

    def is_person(self, token: Token) -> bool:
        """Whether a noun stands for a named person."""
        return self._label(token) == "PERSON"

    def is_organisation(self, token: Token) -> bool:
        """Whether a noun stands for a named organisation."""
        return self._label(token) == "ORG"

    def is_place(self, token: Token) -> bool:
        """Whether a noun stands for a named place."""
        return self._label(token) in ("GPE", "LOC")

    def _label(self, token: Token) -> str:
        return self.labels.get(self.argument(token), "")

    def head_argument(self, token: Token) -> Argument | None:
        """The argument, a described group by its noun alone."""
        described = token.i not in self.mention_of and group_noun(token)
        return Argument(token.idx, token.idx + len(token), token.text) if described else self.argument(token)

    def _described_group(self, noun: Token) -> Argument:
        """A described group, with the words before its noun that tell which."""
        start = noun.i
        while start > noun.sent.start and _tells_which(self.doc[start - 1], noun):
            start -= 1
        span = self.doc[start : noun.i + 1]
        named = "".join(
            t.text_with_ws if t.ent_type_ or t.tag_[:3] == "NNP" else t.text_with_ws.lower() for t in span
        )
        return Argument(span.start_char, span.end_char, named.strip())


def _tells_which(word: Token, noun: Token) -> bool:
    below = noun in word.ancestors or word.head == noun
    return (
        below
        and (word.dep_ in ("compound", "amod", "nmod", "flat") or word.text == "-")
        and not word.is_quote
    )
