import spacy
from spacy.tokens import Doc, Span

from en_newsvoices.names.surnames import with_surnames


def found(words: str, tags: str, *ents: tuple[int, int, str]) -> list[tuple[str, str, int]]:
    doc = Doc(
        spacy.blank("en").vocab,
        words=words.split(),
        tags=tags.split(),
        sent_starts=[True] + [False] * (len(words.split()) - 1),
    )
    given = [Span(doc, start, end, label=label) for start, end, label in ents]
    return [(e.text, e.label_, e.start) for e in with_surnames(doc, given, skipped=set())]


def test_a_surname_that_the_recogniser_passed_over_is_the_persons():
    ents = found(
        "Ben LaBolt left . “ Yes , ” LaBolt said", "NNP NNP VBD . `` UH , '' NNP VBD", (0, 2, "PERSON")
    )
    assert ents[-1] == ("LaBolt", "PERSON", 8)


def test_a_surname_taken_for_a_place_is_the_persons_unless_the_article_goes_there():
    words, tags = "Edda Kell left . Kell said no", "NNP NNP VBD . NNP VBD UH"
    assert found(words, tags, (0, 2, "PERSON"), (4, 5, "LOC"))[-1][:2] == ("Kell", "PERSON")
    words, tags = "Edda Kell is in Kell . Kell said no", "NNP NNP VBZ IN NNP . NNP VBD UH"
    labels = [label for _, label, _ in found(words, tags, (0, 2, "PERSON"), (4, 5, "LOC"), (6, 7, "LOC"))]
    assert labels == ["PERSON", "LOC", "LOC"]


def test_a_surname_in_a_longer_name_and_a_month_are_left_alone():
    words, tags = "Ada May left . The May Hotel shut on May 4", "NNP NNP VBD . DT NNP NNP VBD IN NNP CD"
    assert len(found(words, tags, (0, 2, "PERSON"))) == 1
