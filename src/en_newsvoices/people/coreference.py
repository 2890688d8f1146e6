"""The coreference component: within one article, names, pronouns and descriptions of one person are one chain."""

from collections import Counter
from collections.abc import Callable
from itertools import takewhile

import numpy as np
from spacy.language import Language
from spacy.strings import hash_string
from spacy.tokens import Doc, Span, Token

from ..annotations import FULL_NAMES, MENTIONS, UNNAMED
from ..names.credits import credit_tokens
from ..names.roles import tells
from ..names.same_name import full_names
from ..text.offsets import innermost
from ..text.quotation_marks import quoted
from .descriptions import add_descriptions
from .name_chains import Chain, Mention, name_chains, name_words
from .pronouns import DiscourseModel, choose

THIRD = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
FIRST = {"i", "me", "my", "mine", "myself"}
PRONOUNS = np.array([hash_string(word) for word in (*THIRD, *FIRST)], "uint64")


@Language.component(
    "newsvoices_coreference",
    requires=["doc.ents", "doc._.quotes", "token.dep", "token.tag"],
    assigns=["doc.spans"],
)
def coreference(doc: Doc) -> Doc:
    """Sets `doc.spans["mentions"]`: names, pronouns and descriptions of persons; and `doc.spans["full_names"]`.

    Of each span, label_ is the entity's type, id_ its chain within the article (the fullest name, or the first
    description in quotation marks for somebody unnamed) and kb_id_ its kind: name, nominal, pronoun or role.
    """
    found = resolve(doc)
    names = chain_names(doc, found)
    spans = [
        Span(doc, m.start, m.end, label=m.label, kb_id=m.kind, span_id=name)
        for chain, name in zip(found, names, strict=True)
        for m in (*chain.mentions, *_roles(chain))
    ]
    doc.spans[MENTIONS] = sorted(spans, key=lambda span: (span.start, span.end))
    doc.spans[FULL_NAMES] = [
        Span(doc, span.start, span.end, label=span.label, span_id=name)
        for span in doc.spans[MENTIONS]
        if (span.label_, span.kb_id_) == ("PERSON", "name")
        for name in full_names(name_words(span))
    ]
    return doc


def _roles(chain: Chain) -> list[Mention]:
    return sorted({Mention(role.start, role.end, "role", chain.label) for role in filter(tells, chain.roles)})


def resolve(doc: Doc, *, choose: Callable = choose) -> list[Chain]:
    """All chains of an article: names first, then descriptions, then pronouns from left to right.

    `choose` says whom a pronoun means; the training of the weights puts its own in.
    """
    chains = name_chains(doc)
    taken = {i for c in chains for m in c.mentions for i in range(m.start, m.end)}
    taken |= {token.i for c in chains for role in c.roles for token in role}
    taken |= credit_tokens(doc) | _post_nominals(doc, chains)
    _add_short_organisations(doc, chains, taken)
    inside = _within_quotation_marks(doc)
    spoken = sorted({quote["voice"] for quote in doc._.quotes or () if quote["voice"]})
    add_descriptions(doc, chains, taken, voices=[doc.char_span(*voice) for voice in spoken], inside=inside)
    discourse = DiscourseModel(doc, chains, inside, _speakers(doc))
    for token in sorted(_pronouns(doc), key=lambda token: (discourse.quoted[token.i], token.i)):
        gender = THIRD.get(token.lower_)
        chain = choose(discourse, token, gender) if gender else discourse.speaker(token)
        if chain is not None:
            discourse.add(chain, Mention(token.i, token.i + 1, "pronoun", "PERSON"))
            chain.gender = chain.gender or gender or ""
    return chains


def _post_nominals(doc: Doc, chains: list[Chain]) -> set[int]:
    """Capitals behind a person's name, which describe nobody else: Alice Frost KC MP."""
    found = set()
    for end in (m.end for c in chains if c.label == "PERSON" for m in c.mentions):
        found |= {token.i for token in takewhile(lambda token: token.is_upper, doc[end : end + 4])}
    return found


def _pronouns(doc: Doc) -> list[Token]:
    found = (doc[int(i)] for i in np.flatnonzero(np.isin(doc.to_array("LOWER"), PRONOUNS)))
    return [token for token in found if token.text != "MY"]


def _within_quotation_marks(doc: Doc) -> list[bool]:
    """For each token whether it stands within quotation marks."""
    inside = np.zeros(len(doc), bool)
    starts = doc.to_array("IDX")
    for quotation in quoted(doc.text):
        first, after = np.searchsorted(starts, (quotation.start, quotation.end))
        inside[first:after] = True
    return inside.tolist()


def _speakers(doc: Doc) -> list[Span | None]:
    """For each token the speaker of the quote that it stands in, of several the shortest."""
    quotes = [
        (quote["spans"], doc.char_span(*quote["voice"])) for quote in doc._.quotes or () if quote["voice"]
    ]
    return innermost(doc, [(spans, speaker) for spans, speaker in quotes if speaker is not None], None)


def _add_short_organisations(doc: Doc, chains: list[Chain], taken: set[int]) -> None:
    """Adds "the Council" to the Northern Seas Council, "the ministry" to the Ministry of Works.

    Only where nobody else's name has that head, nor is there a town council.
    """
    named = [c for c in chains if c.label == "ORG" and " " in c.name]
    heads = Counter(_head_noun(c.name) for c in named)
    bearer = {_head_noun(c.name): c for c in named}
    nouns = [token for token in (doc[1:] if bearer else ()) if heads[token.lower_] == 1]
    nouns = [noun for noun in nouns if not (noun.i in taken and noun.ent_type_)]
    starts = {noun.i: _article_before(noun, bearer[noun.lower_].name) for noun in nouns}
    others = {noun.text for noun in nouns if starts[noun.i] is None}
    for noun in nouns:
        if noun.i not in taken and noun.text not in others:
            bearer[noun.lower_].add(Mention(starts[noun.i], noun.i + 1, "nominal", "ORG"))
            taken.update(range(starts[noun.i], noun.i + 1))


def _head_noun(name: str) -> str:
    """The word of an organisation's name that says what it is: Ministry of Works, Northern Seas Council."""
    found = name.lower().split()
    return found[found.index("of") - 1] if "of" in found[1:] else found[-1]


def _article_before(noun: Token, name: str) -> int | None:
    """Where "the" stands before a noun, with none but words of the name between them: the metropolitan government."""
    words_of_name, at = set(name.lower().split()), noun.i - 1
    while at > 0 and noun.doc[at].lower_ in words_of_name - {"the"}:
        at -= 1
    return at if noun.doc[at].lower_ == "the" else None


def chain_names(doc: Doc, chains: list[Chain]) -> list[str]:
    """A name for each chain, unique within the article."""
    seen: Counter = Counter()
    out = []
    for chain in chains:
        first = next((mention for mention in chain.mentions if mention.kind == "nominal"), chain.mentions[0])
        name = chain.name or UNNAMED + " ".join(doc[first.start : first.end].text.split()) + "”"
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out
