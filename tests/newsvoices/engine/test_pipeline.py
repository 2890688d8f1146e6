import pytest
import spacy

from newsvoices import load_pipeline, mentions, quotes

TEXT = (
    "Veldanian minister quits\n\n"
    "LONDON: Foreign Minister Anna Brandt resigned on Friday after talks in Paris with John Kerry.\n\n"
    "“I am leaving an office, not a war,” Brandt told reporters in London.\n\n"
    "She said the government of France had known about the plan."
)


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def test_the_bundled_pipeline_tags_parses_and_finds_sentences(nlp):
    doc = nlp("The ministers met in Paris. They were not invited.")
    assert [t.lemma_ for t in doc][:4] == ["the", "minister", "meet", "in"]
    assert (doc[2].pos_, doc[1].dep_, doc[2].dep_) == ("VERB", "nsubj", "ROOT")
    assert [s.text for s in doc.sents] == ["The ministers met in Paris.", "They were not invited."]


def test_names_stand_without_their_titles(nlp):
    found = mentions(nlp(TEXT))
    names = set(zip(found["text"], found["label"], strict=True))
    assert {
        ("Anna Brandt", "PERSON"),
        ("Brandt", "PERSON"),
        ("Paris", "LOC"),
        ("John Kerry", "PERSON"),
    } <= names
    assert all(TEXT[row.start : row.end] == row.text for row in found.itertuples())


def test_who_said_what(nlp):
    found = quotes(nlp(TEXT))
    direct = found[found["kind"] == "direct"].iloc[0]
    assert direct["text"] == "I am leaving an office, not a war,"
    assert (direct["speaker"], direct["speaker_type"]) == ("Brandt", "person")
    indirect = found[found["kind"] == "indirect"].iloc[-1]
    assert (indirect["speaker"], indirect["cue"]) == ("She", "said")


@pytest.mark.parametrize("text", ["", "a", "“", "”“”“", "\u200f\u200b", "“" * 501, "\n\n\n"])
def test_odd_texts_make_no_trouble(nlp, text):
    doc = nlp(text)
    assert len(mentions(doc)) + len(quotes(doc)) <= 1


def test_results_do_not_depend_on_the_batch(nlp):
    texts = [TEXT, "“We go,” said Maren.", TEXT[::2], TEXT]
    one = [quotes(doc) for doc in nlp.pipe(texts, batch_size=1)]
    four = [quotes(doc) for doc in nlp.pipe(texts, batch_size=4)]
    assert all(a.equals(b) for a, b in zip(one, four, strict=True))


def test_any_other_pipeline_gets_names_and_attribution(tmp_path):
    other = spacy.blank("en")
    other.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Mr Brandt"}])
    other.to_disk(tmp_path / "other")
    doc = load_pipeline(str(tmp_path / "other"))("“We are leaving tomorrow,” said Mr Brandt.")
    assert mentions(doc)["text"].tolist() == ["Brandt"]
    assert quotes(doc)["speaker"].tolist() == ["Mr Brandt"]


def test_an_unknown_pipeline_says_what_there_is(tmp_path):
    with pytest.raises(ValueError, match=r"no spaCy pipeline 'en_core_nowhere'; installed: .*spacy download"):
        load_pipeline("en_core_nowhere")
    spacy.blank("en").to_disk(tmp_path / "empty")
    with pytest.raises(ValueError, match="finds no entities"):
        load_pipeline(str(tmp_path / "empty"))


def test_a_speaker_between_commas_is_found_and_a_dateline_speaks_not(nlp):
    text = (
        "Paris: Ministers from seven countries vowed on Friday to step up their work.\n\n"
        "The second aim, said Carter, was “to combat the spread of the group worldwide,” using another name for it.\n"
    )
    table = quotes(nlp(text))
    aside = table[table["speaker"] == "Carter"].iloc[0]
    assert aside["text"].startswith("The second aim was “to combat the spread")
    assert not table["speaker"].str.contains("Paris").any()
