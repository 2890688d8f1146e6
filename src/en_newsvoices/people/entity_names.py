"""The entity_names component: entities as names, without titles and possessives."""

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from ..lexicon import column
from .names import canonical
from .nicknames import bridged
from .roles import demonyms, is_person_noun

PARTICLES = set("abu al bin da de del den der di dos du el ibn la le ter van von".split())
PORTFOLIOS = set(
    "agriculture attorney commerce defence defense education energy environment finance foreign health home housing interior "
    "justice labor labour security state trade transport treasury".split()
)
NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "MISC", "EVENT", "WORK_OF_ART", "LAW")


@Language.component("newsvoices_entity_names", requires=["doc.ents", "token.tag"], assigns=["doc.ents"])
def entity_names(doc: Doc) -> Doc:
    """Trims `doc.ents` to the name alone; adds acronyms of what the article names otherwise ("IS"), and countries.

    A part that is nothing but a title is no name.
    """
    ents = bridged(doc, [ent for ent in map(_trimmed, doc.ents) if ent is not None])
    taken = {i for ent in ents for i in range(ent.start, ent.end)}
    doc.ents = [*ents, *_acronyms(doc, ents, taken), *_places(doc, ents, taken)]
    return doc


def _places(doc: Doc, ents: list[Span], taken: set[int]) -> list[Span]:
    """Countries and regions in one word, and their peoples, that the recogniser passed over.

    They stand beside no other name, but for a people's officers: the Turkish President.
    """
    known, proper = column("places", "place", "capital"), {"NNP", "NNPS"}
    peoples = {
        *demonyms(),
        *(f"{ent.text.lower()}{end}" for ent in ents for end in ("n", "ns") if ent.label_ in ("GPE", "LOC")),
    }
    found = []
    for token in doc:
        people = token.lower_ in peoples and token.lower_ not in known
        if token.i in taken or not token.is_title or not (people or token.lower_ in known):
            continue
        before, after = doc[max(token.i - 1, 0) : token.i], doc[token.i + 1 : token.i + 2]
        beside = [*before, *(near for near in after if not (people and is_person_noun(near)))]
        if (people and token.tag_ == "JJ") or (
            token.tag_ in proper and not any(near.tag_ in proper for near in beside)
        ):
            found.append(Span(doc, token.i, token.i + 1, label="NORP" if people else "LOC"))
    return found


def _acronyms(doc: Doc, ents: list[Span], taken: set[int]) -> list[Span]:
    """Capitals that lexicon/aliases.csv has for an actor that is named in full or by another alias."""
    label = {canonical(ent.text): ent.label_ for ent in reversed(ents)}
    return [
        Span(doc, token.i, token.i + 1, label=label[canonical(token.text)])
        for token in doc
        if token.is_upper and len(token) > 1 and token.i not in taken and canonical(token.text) in label
        and canonical(token.text) != token.text
    ]  # fmt: skip


def _trimmed(ent: Span) -> Span | None:
    start, end, doc = ent.start, ent.end, ent.doc
    while start < end and (doc[start].is_space or doc[start].is_quote):
        start += 1
    while start < end and (
        doc[end - 1].is_space or doc[end - 1].text in ("'s", "’s", "'", "’", ",", '"', "”")
    ):
        end -= 1
    label = ent.label_
    if label in NAMES and label != "NORP":
        while start + 1 < end and doc[start].is_lower and doc[start].text not in PARTICLES:
            start += 1
        while end - 1 > start and doc[end - 1].tag_ in ("IN", "DT", "CC", "TO"):
            end -= 1
        small = all(word.is_lower for word in doc[start + 1 : end])
        if doc[start].is_punct and start + 1 < end:  # anti-IS coalition
            start += 1
            end = next((i for i in range(start + 1, end) if doc[i].is_lower), end)
        elif start + 1 < end and small and doc[start].lower_ in demonyms():  # Swiss resort of
            end, label = start + 1, "NORP"
    if label == "ORG" and _is_portfolio(doc[start:end]):
        end, label = start + 1, "LOC"
    if ent.label_ == "PERSON":
        end = next((i for i in range(start + 2, end) if doc[i].lower_ in ("of", ",")), end)
        start = max([start, *(i + 1 for i in range(start, end) if _is_title(doc[i], end))])
    return Span(doc, start, end, label=label) if start < end else None


def _is_portfolio(span: Span) -> bool:
    """US Defence, before Secretary: a country and what its minister is for."""
    title = span.doc[span.end : span.end + 1]
    return bool(
        len(span) == 2
        and canonical(span[0].text).lower() in column("places", "place", "capital")
        and span[1].lower_ in PORTFOLIOS
        and title
        and title[0].is_title
        and is_person_noun(title[0])
    )


def _is_title(token: Token, end: int) -> bool:
    """Whether a word of a person's name is a title before it: the last word never is, nor a first name ("Dean")."""
    word = token.lower_.rstrip(".")
    if word in column("titles", "title", "gender"):
        return token.i + 1 < end
    return (
        token.i + 1 < end
        and word in column("persons", "lemma", "gender")
        and word not in column("first_names", "name", "gender")
        and token.doc[end - 1].lower_.rstrip(".") not in ("jr", "sr", "ii", "iii")
    )
