import pytest
import spacy

from en_newsvoices.attribution.component import REACH, passages, run_of
from newsvoices import load_pipeline


def test_attributions_do_not_depend_on_the_other_articles_of_a_batch():
    nlp = load_pipeline()
    texts = [
        "Maren said that talks had failed.",
        "",
        "“We go,” said Rudek. “Now.”\n\nThe army denied it." * 30,
    ]
    together, alone = nlp.pipe(texts, batch_size=3), map(nlp, texts)
    for one, other in zip(together, alone, strict=True):
        spans = ([(s.start, s.end, s.label_, s.id_) for s in d.spans["attributions"]] for d in (one, other))
        assert next(spans) == next(spans)


LONG = "We have waited for this road since my mother was a girl. " * 7


@pytest.mark.parametrize(
    "text",
    [
        f"“{LONG},” she said.",
        f"She said:\n\n“{LONG}”\n\nNothing else came of it.",
        f"She said: “{LONG}\n\n“{LONG}”\n\nNothing else came of it.",
    ],
)
def test_a_cue_is_read_with_the_whole_of_its_quotation(text):
    doc = spacy.blank("en")(text)
    cue = next(token.i for token in doc if token.text == "said")
    start, end = run_of(*passages(doc), (cue, cue + 1))
    assert end - start > REACH
    quotation = doc[start:end].text.strip()
    assert "“" in quotation
    assert quotation[quotation.index("“") :].startswith(f"“{LONG.split('.')[0]}")
    assert "”" in quotation
    assert "Nothing" not in quotation


def test_a_cue_is_not_read_with_other_paragraphs_and_quotations():
    doc = spacy.blank("en")("“We go.”\n\nShe said no more.\n\n“They stay.”")
    cue = next(token.i for token in doc if token.text == "said")
    start, end = run_of(*passages(doc), (cue, cue + 1))
    assert doc[start:end].text.strip() == "She said no more."


@pytest.mark.parametrize("text", ["”", "“", ":\n“a", "\n\n“a\n\n“", "“a\n“b\n“c", "x:\n\n\n“”“”:"])
def test_any_text_has_passages(text):
    doc = spacy.blank("en")(text)
    passage, quotation = passages(doc)
    assert len(passage) == len(quotation) == len(doc)
    for i in range(len(doc)):
        start, end = run_of(passage, quotation, (i, i + 1))
        assert start <= i < end


def test_what_one_says_that_another_thinks_is_both_of_theirs():
    doc = load_pipeline()(
        "Those around her are less serene. Tomas Rudek, the Defence Minister, wants all marches forbidden for as long "
        "as the talks in Geneva last; Ms Maren, according to a person close to her, thinks that a ban would be “a "
        "present with a ribbon on it” for the Civic Union."
    )
    cues = {span.text for span in doc.spans["attributions"] if span.label_ == "cue"}
    assert {"according to", "thinks"} <= cues
