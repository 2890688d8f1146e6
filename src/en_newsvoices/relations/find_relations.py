"""Who stands to whom, and who speaks about whom: typed, signed relations, each with the sentence that says it."""

import re
from collections.abc import Collection, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from ..lexicon import words
from ..syntax import asserted, children, prepositional_objects
from .arguments import Argument, MentionIndex, group_noun, group_nouns
from .evidence import claimants, in_order, sentence
from .patterns import pattern_matches, predicated_of

OFFICE = {"'s", "’s", "the", "his", "her", "its", "their"}
INDEFINITE = {"a", "an", "that", "which", "who"}
OPEN = {"when", "as", "than", "no"}  # beside what makes a clause conditional: it may not be so
ALIAS = re.compile(
    r"\W{0,3}((also|better|formerly|commonly) )?(known (by its initials, |to \w+ |by \w+ \w+ )?(as )?|nicknamed |dubbed )(the )?\W?"
)
ALIAS_REACH = 8  # tokens between a name and another name that it is also known by


@Language.component(
    "newsvoices_relations",
    requires=["doc.spans", "doc._.quotes", "token.dep", "token.tag"],
    assigns=["doc._.relations"],
)
def relations(doc: Doc) -> Doc:
    """Sets `doc._.relations`: relations between two actors that a sentence states, and each quote's speaker about whom it names.

    Who stands to whom is read from the parse with the verbs, nouns and adjectives of lexicon/relations.csv. What is
    negated, planned, wanted, possible or asked is left out; coordinations are spread. The arguments are mentions (their
    chain where names are resolved within the article), or groups described by a noun of lexicon/groups.csv
    ("the coalition"), which go by their own words. "speaks about" ties the speaker of a quote to each actor named
    within it, as in Quotegraph (Čuljak et al. 2024); where they call it wrong, a threat or a hero, they criticise or
    support it. meets, allies and same as hold both ways, whichever is the source.

    Limitation: a sentence is read alone; irony, metaphor ("attacked the plan") and hearsay pass for facts.
    """
    index, claimed = MentionIndex(doc), claimants(doc)
    found = [
        {
            "relation": relation,
            "sign": sign,
            "source": source.actor,
            "source_span": (source.start, source.end),
            "target": target.actor,
            "target_span": (target.start, target.end),
            "span": sentence(doc, source.start, target.start),
            "certainty": None,
            "claimed_by": "" if relation == "speaks about" else claimed(target.start),
        }
        for relation, sign, source, target in sorted(
            {*_stated_relations(index), *_speaker_relations(index), *_judgements(index)}
        )
    ]
    doc._.relations = in_order(found)
    return doc


def _stated_relations(index: MentionIndex) -> Iterator[tuple[str, int, Argument, Argument]]:
    """What stands to whom by the lexicon and by apposition."""
    if not index.doc.has_annotation("DEP"):
        return
    for relation, sign, source, target in pattern_matches(index):
        a, b = index.argument(source), index.argument(target)
        if (
            a and b and a.start < b.end and b.start < a.end
        ):  # Iran-backed rebels: the rebels alone, beside Iran
            a, b = index.head_argument(source), index.head_argument(target)
        if a and b and a.actor != b.actor and (a.end <= b.start or b.end <= a.start):
            b = index.country(b) if relation == "leads" else b  # whoever leads a people leads its country
            armed = any(group_nouns().get(group_noun(token)) for token in (source, target))
            yield relation.split(" or ")[-1 if armed else 0], sign, a, b
    for a, b in _same_actors(index):
        yield "same as", 0, a, b


def _same_actors(index: MentionIndex) -> Iterator[tuple[Argument, Argument]]:
    """Two names, or a name and an office, of one actor: the Front (TLF); Boris Johnson, the Foreign Secretary."""
    names = {span.start: span for span in index.mentions}
    for span in index.mentions:
        after_it = span.end + (index.doc[span.end : span.end + 1].text in ("'s", "’s"))
        follows = index.doc[after_it : after_it + 3]
        if [t.text for t in follows][::2] == ["(", ")"] and _initials(follows[1].text, span.text):
            yield index.of_mention(span), index.of_mention(names.get(follows[1].i, follows[1:2]))
        reach = index.doc[min(span.end + ALIAS_REACH, len(index.doc)) - 1].idx
        for other, name in index.within(span.end_char + 1, reach):
            if ALIAS.fullmatch(index.text, span.end_char, other.start_char):
                yield index.of_mention(span), name
        if span.label_ == "PERSON":
            yield from ((index.of_mention(span), end) for end in _offices(index, span))


def _initials(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym stand in this order in a name, the first one at the start of a word."""
    wanted = ".*".join(re.escape(letter) for letter in acronym if letter.isalnum())
    return acronym.isupper() and len(acronym) > 1 and bool(re.search(rf"\b{wanted}", name.upper()))


def _offices(index: MentionIndex, span: Span) -> list[Argument]:
    """Definite descriptions of a person: in apposition, or by "is"."""
    root = span.root
    beside = children(root, ("appos",)) + ([root.head] if root.dep_ == "appos" else [])
    if root.dep_ == "nsubj" and children(root.head, ("cop",)) and asserted(root.head):
        beside.append(root.head)
    described = (_description(index, noun, span) for noun in beside if noun.tag_ in ("NN", "NNP"))
    return [
        Argument(office.start_char, office.end_char, office.text)
        for office in described
        if office is not None
    ]


def _description(index: MentionIndex, noun: Token, span: Span) -> Span | None:
    """The words around a noun that describe the person of `span`; None where they tell of no office."""
    below, first, last = set(noun.subtree), noun.i, noun.i
    stops = {"case", "cop", "nsubj"}
    while first > 0 and index.doc[first - 1] in below and not _stops(index.doc[first - 1], span, stops):
        first -= 1
    while (
        last + 1 < len(index.doc) and index.doc[last + 1] in below and not _stops(index.doc[last + 1], span)
    ):
        last += 1
    small = {word.lower_ for word in index.doc[first : noun.i + 1]}
    definite = small & OFFICE or noun.tag_ == "NNP" or prepositional_objects(noun, ("of", "to", "for"))
    if (
        not definite
        or small & INDEFINITE
        or noun.lemma_.lower() in words("relational noun")
        or noun.ent_type_
    ):
        return None
    return index.doc[first : last + 1]


def _stops(token: Token, span: Span, labels: Collection[str] = ()) -> bool:
    mark = token.is_space or token.is_punct and token.text != "-"
    return (
        mark or token in span or token.tag_[:1] in "WC" or (token.dep_ in labels and token.head.i > token.i)
    )


def _speaker_relations(index: MentionIndex) -> Iterator[tuple[str, int, Argument, Argument]]:
    """The speaker of each quote and the actors named within it; their first mention each."""
    for quote in index.doc._.quotes or ():
        speaker = quote["chain"]
        if not speaker:
            continue
        source, seen = Argument(*quote["voice"], speaker), {speaker}
        for start, end in quote["spans"]:
            for span, name in index.within(start, end):
                if name.end <= end and name.actor not in seen and span.kb_id_ in ("", "name"):
                    seen.add(name.actor)
                    yield "speaks about", 0, source, name


def _judgements(index: MentionIndex) -> Iterator[tuple[str, int, Argument, Argument]]:
    """The speaker of a quote and whom they judge in it: “The Halvians are on the wrong track,” Marlow said."""
    for quote in index.doc._.quotes or () if index.doc.has_annotation("DEP") else ():
        contents = (index.doc.char_span(*span, alignment_mode="expand") for span in quote["spans"])
        for token in (token for content in contents for token in content if quote["chain"]):
            judgement = _judgement(token)
            for noun in predicated_of(token) if judgement else ():
                judged = index.argument(noun)
                if judged and judged.actor != quote["chain"]:
                    yield *judgement, Argument(*quote["voice"], quote["chain"]), judged


def _judgement(token: Token) -> tuple[str, int] | None:
    """Relation and sign of a predicate that praises or blames: "is a hero", "are on the wrong track"; None for any other."""
    if not (children(token, ("cop",)) or token.dep_ in ("acomp", "attr")):
        return None
    told = {token.lower_, *(child.lower_ for child in children(token, ("amod",)))}
    blamed, praised = told & words("blaming word"), told & words("praising word")
    if not (blamed or praised) or not asserted(token) or any(c.lower_ in OPEN for c in token.children):
        return None
    return ("criticises", -1) if blamed else ("supports", 1)
