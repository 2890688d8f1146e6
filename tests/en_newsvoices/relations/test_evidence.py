import spacy

from en_newsvoices.relations.evidence import claimants, sentence

TEXT = "  Ana fell. “Bo said ‘Cy lies’ again,” an aide said.  "


def doc_with(*quotes):
    doc = spacy.blank("en")(TEXT)
    doc._.quotes = [
        {"spans": [(TEXT.index(words), TEXT.index(words) + len(words))], "chain": chain, "speaker": speaker}
        for words, chain, speaker in quotes
    ]
    return doc


def test_the_inner_speaker_claims_what_is_quoted_and_nobody_what_is_not():
    aide = TEXT.index("an aide"), TEXT.index("an aide") + len("an aide")
    claimed = claimants(doc_with(("Cy lies", "Bo", None), ("Bo said ‘Cy lies’ again,", "", aide)))
    assert [claimed(TEXT.index(word)) for word in ("Ana", "Bo", "Cy", "again", "an aide")] == [
        "", "an aide", "Bo", "an aide", "",
    ]  # fmt: skip


def test_without_sentences_the_whole_text_is_the_evidence():
    assert sentence(doc_with(), 2) == (0, len(TEXT))


def test_from_one_sentence_to_another_without_blanks_around():
    doc = doc_with()
    for token in doc:
        token.is_sent_start = token.text == "“"
    assert TEXT[slice(*sentence(doc, TEXT.index("Bo"), TEXT.index("Ana")))] == TEXT.strip()
    assert TEXT[slice(*sentence(doc, TEXT.index("Ana")))] == "Ana fell."
