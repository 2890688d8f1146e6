"""The entity_names component: entities as names, without titles and possessives."""

from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from ..lexicon import column, words
from .credits import credit_tokens
from .name_bounds import trimmed
from .nicknames import with_nicknames
from .roles import demonyms
from .same_name import HYPHENS, canonical, listed_label, plain
from .surnames import with_surnames
from .titles import is_person_noun, short_titles


@Language.component("newsvoices_entity_names", requires=["doc.ents", "token.tag"], assigns=["doc.ents"])
def entity_names(doc: Doc) -> Doc:
    """Trims `doc.ents` to the name alone; adds surnames, acronyms of what the article names otherwise ("IS"), and countries.

    No name are titles on their own, and whatever stands in a byline or a credit.
    """
    credits = credit_tokens(doc)
    ents = _each_alone(with_nicknames(doc, [ent for ent in map(trimmed, doc.ents) if ent is not None]))
    surnames = {ent[-1].lower_ for ent in ents if ent.label_ == "PERSON" and len(ent) > 1}
    ents = [ent for ent in ents if ent.start not in credits and not _is_only_title(ent, surnames)]
    ents = with_surnames(doc, ents, skipped=credits)
    taken = credits | {i for ent in ents for i in range(ent.start, ent.end)}
    ents += _titled(doc, taken)
    ents += _acronyms(doc, ents, taken)
    ents += _places(doc, ents, taken)
    ents += _parties_and_faiths(doc, taken | {i for ent in ents for i in range(ent.start, ent.end)})
    ents += _laws(doc, taken)
    doc.ents = _one_label_each(filter_spans([*_court_cases(doc, ents), *_american_peoples(doc, ents), *ents]))
    return doc


def _each_alone(ents: list[Span]) -> list[Span]:
    """The entities, two in one parted where the article names each of them alone as well: the House and Senate."""
    alone, out = {ent.text for ent in ents}, []
    for ent in ents:
        parted = [token.i for token in ent if token.lower_ == "and"]
        halves = [(ent.start, parted[0]), (parted[0] + 1, ent.end)] if len(parted) == 1 else []
        both = [Span(ent.doc, *half, label=ent.label_) for half in halves]
        is_two = ent.label_ in ("ORG", "PERSON", "NORP") and both and all(half.text in alone for half in both)
        out += both if is_two else [ent]
    return out


def _court_cases(doc: Doc, ents: list[Span]) -> list[Span]:
    """What two parties before a court are called together, which neither of them is: King v. Burwell."""
    starts, ends = {ent.start: ent for ent in ents}, {ent.end: ent for ent in ents}
    found = []
    for token in doc[1:-1]:
        if token.text in ("v.", "vs."):
            first, second = ends.get(token.i), starts.get(token.i + 1)
            start = first.start if first else token.i - 1 if doc[token.i - 1].is_title else None
            end = second.end if second else token.i + 2 if doc[token.i + 1].is_title else None
            is_match = first and second and "PERSON" not in (first.label_, second.label_)  # of two teams
            if None not in (start, end) and not is_match:
                found.append(Span(doc, start, end, label="MISC"))
    return found


def _one_label_each(ents: list[Span]) -> list[Span]:
    """The entities, each name with the label that it has most often in the article, of equals the first one.

    One word that is as often a place as a person is a place. Several words that lexicon/aliases.csv has are what it says;
    members of a party and believers are NORP; the first words of a person's name are that person's.
    """
    counts: dict[str, Counter] = {}
    for ent in ents:
        counts.setdefault(plain(canonical(ent.text)), Counter())[ent.label_] += 1
    labels = {
        name: max(count, key=lambda label: (count[label], label != "PERSON" or " " in name))
        for name, count in counts.items()
    }
    listed = {name: listed_label(name) for e in ents if " " in f"{e.text} {(name := canonical(e.text))}"}
    listed |= {name: "NORP" for e in ents if (name := canonical(e.text)) in words("party or faith")}
    labels |= {plain(name): label for name, label in listed.items() if label}
    persons = [plain(e.text).split() for e in ents if labels[plain(canonical(e.text))] == "PERSON"]
    begun = {
        " ".join(name[:n]) for name in persons for n in range(2, len(name))
    }  # Suda Wan of Suda Wan Maren
    labels |= {name: "PERSON" for name in begun & labels.keys() if labels[name] in ("ORG", "LOC", "FAC")}
    return [Span(e.doc, e.start, e.end, label=labels[plain(canonical(e.text))]) for e in ents]


def _titled(doc: Doc, taken: set[int]) -> list[Span]:
    """Names that the recogniser passed over behind "Mr", "Sgt." and the like; marks them as taken."""
    found = []
    for token in doc:
        if not token.is_title or token.lower_.rstrip(".") not in short_titles():
            continue
        start = end = token.i + 1 + (doc[token.i + 1 : token.i + 2].text == ".")
        while end < len(doc) and doc[end].is_title and doc[end].tag_.startswith("NNP") and end not in taken:
            end += 1
        name = Span(doc, start, end, label="PERSON")
        if any(len(word) > 2 and not is_person_noun(word) for word in name) and end not in taken:
            found.append(name)
            taken.update(range(start, end))
    return found


def _is_only_title(name: Span, surnames: set[str]) -> bool:
    """Whether a name is no more than "Sgt." or a person's than "spokesman", and not a surname as well ("King")."""
    word = name[-1].lower_.rstrip(".")
    if len(name) > 1 or word in surnames:
        return False
    if name.label_ != "PERSON":
        return name.text.endswith(".") and word in short_titles()
    if word not in column("titles", "title", "gender") and word not in column("persons", "lemma", "gender"):
        return False
    before = name.doc[max(name.start - 1, 0) : name.start]
    described = bool(before) and (before[0].pos_ == "DET" or before[0].tag_ == "PRP$")
    return name[0].is_lower or described or word not in words("surname")


def _places(doc: Doc, ents: list[Span], taken: set[int]) -> list[Span]:
    """Countries and regions in one word, and their peoples, that the recogniser passed over.

    They stand beside no other name, but for a people's officers and persons: the Turkish President, Thai Suda Maren.
    """
    known, proper = column("places", "place", "capital"), {"NNP", "NNPS"}
    peoples = {
        *demonyms(),
        *(f"{ent.text.lower()}{end}" for ent in ents for end in ("n", "ns") if ent.label_ in ("GPE", "LOC")),
    }
    persons, found = {ent.start for ent in ents if ent.label_ == "PERSON"}, []
    for token in doc:
        people = token.lower_ in peoples and token.lower_ not in known
        if token.i in taken or not token.is_title or not (people or token.lower_ in known):
            continue
        before, after = doc[max(token.i - 1, 0) : token.i], doc[token.i + 1 : token.i + 2]
        theirs = {near.i for near in after if is_person_noun(near) or near.i in persons}
        beside = [*before, *(near for near in after if not (people and near.i in theirs))]
        if (people and token.tag_ == "JJ") or (
            token.tag_ in proper and not any(near.tag_ in proper for near in beside)
        ):
            found.append(Span(doc, token.i, token.i + 1, label="NORP" if people else "LOC"))
    return found


def _american_peoples(doc: Doc, ents: list[Span]) -> list[Span]:
    """African Americans, Native-American: one people, not Africans beside Americans."""
    found = []
    for ent in ents:
        if ent.text in ("American", "Americans"):
            first = ent.start - 1 - bool(HYPHENS.fullmatch(doc[max(ent.start - 1, 0)].text))
            if first >= 0 and doc[first].text in words("part of a people's name"):
                found.append(Span(doc, first, ent.end, label="NORP"))
    return found


def _parties_and_faiths(doc: Doc, taken: set[int]) -> list[Span]:
    """Members of a party and believers that the recogniser passed over, and whom they name: Republican senators.

    Their chamber is part of the name, House Democrats; they are no part of a longer one, Liberal Democrats.
    """
    found = []
    for token in doc:
        if token.i in taken or not (token.text in words("party or faith") or _is_members_adjective(token)):
            continue
        before = [near for near in doc[max(token.i - 1, 0) : token.i] if near.i not in taken]
        chamber = [near for near in before if near.text in words("legislative chamber")]
        if chamber or not any(near.is_title and not near.is_sent_start for near in before):
            found.append(Span(doc, token.i - len(chamber), token.i + 1, label="NORP"))
    return found


def _is_members_adjective(token: Token) -> bool:
    """Whether it says of which party or faith what follows is; not within a name, the Democratic Party, or "Republican-led"."""
    following = token.doc[token.i + 1 : token.i + 2]
    return (
        listed_label(canonical(token.text)) == "NORP"
        and token.head.i > token.i
        and not any(near.is_title or HYPHENS.fullmatch(near.text) for near in following)
    )


def _laws(doc: Doc, taken: set[int]) -> list[Span]:
    """Laws and programmes of lexicon/aliases.csv that the recogniser passed over: Obamacare."""
    return [
        Span(doc, token.i, token.i + 1, label="MISC")
        for token in doc
        if token.i not in taken and listed_label(canonical(token.text)) == "MISC"
    ]


def _acronyms(doc: Doc, ents: list[Span], taken: set[int]) -> list[Span]:
    """Capitals that lexicon/aliases.csv has for an actor that is named in full or by another alias."""
    label = {canonical(ent.text): ent.label_ for ent in reversed(ents)}
    return [
        Span(doc, token.i, token.i + 1, label=label[canonical(token.text)])
        for token in doc
        if token.is_upper and len(token) > 1 and token.i not in taken and canonical(token.text) in label
        and canonical(token.text) != token.text
    ]  # fmt: skip
