import re
import subprocess
import sys

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

import en_newsvoices
from newsvoices import analyse, frame, load_pipeline, mentions, quotes, relations

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


def spoken(doc):
    """A pipeline's own way to find things: whoever stands before "sagt:" speaks, and about whoever comes after."""
    names = [token for token in doc if token.is_title and token.text in ("Marlow", "Maren", "Morast")]
    doc.spans["mentions"] = [
        Span(doc, t.i, t.i + 1, label="PERSON", kb_id="name", span_id=f"Frau {t.text}") for t in names
    ]
    doc._.quotes, doc._.relations = [], []
    for said in (token for token in doc if token.text == "sagt"):
        who, words = doc[said.i - 1], doc[said.i + 2 :]
        doc._.quotes.append(
            {"spans": [(words.start_char, words.end_char)], "kind": "direct", "cue": (said.idx, said.idx + 4),
             "speaker": (who.idx, who.idx + len(who)), "speaker_type": "person", "chain": f"Frau {who}", "role": "",
             "anonymity": "", "how": "by hand"}
        )  # fmt: skip
        about = words[0]
        doc._.relations.append(
            {"relation": "speaks about", "sign": 0, "source": f"Frau {who}", "target": f"Frau {about}",
             "source_span": (who.idx, who.idx + len(who)), "target_span": (about.idx, about.idx + len(about)),
             "span": (0, len(doc.text))}
        )  # fmt: skip
    return doc


def test_a_pipeline_for_another_language_that_sets_the_annotations_stands_in(tmp_path, monkeypatch):
    for name in ("quotes", "relations"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    assigns = ["doc.spans", "doc._.quotes", "doc._.relations"]
    Language.component("spoken_by_hand", func=spoken, assigns=assigns)
    nlp = spacy.blank("de")
    nlp.add_pipe("spoken_by_hand")
    nlp.to_disk(tmp_path / "de_toy")
    loaded = load_pipeline(str(tmp_path / "de_toy"))
    assert loaded.pipe_names == ["spoken_by_hand"]
    articles = frame(
        "articles",
        [
            {"article_id": "a", "text": "Marlow sagt: Maren lügt.", "n_tokens": 6},
            {"article_id": "b", "text": "Nichts.", "n_tokens": 2},
        ],
    )
    for given in (loaded, str(tmp_path / "de_toy")):
        tables = analyse(articles, nlp=given)
        assert tables.mentions["text"].tolist() == ["Marlow", "Maren"]
        assert tables.quotes[["quote_id", "text", "speaker", "cue"]].to_numpy().tolist() == [
            ["a#1", "Maren lügt.", "Marlow", "sagt"]
        ]
        assert tables.quotes["actor"].tolist() == ["Frau Marlow"]
        assert tables.relations[["source", "target"]].to_numpy().tolist() == [["Frau Marlow", "Frau Maren"]]
        assert tables.actors["actor"].tolist() == ["Frau Maren", "Frau Marlow"]
        assert tables.articles["sentences"].tolist() == ["0-24", "0-7"]


def test_the_bundled_pipeline_loads_by_name_in_an_interpreter_that_knows_nothing_of_us():
    script = (
        "import spacy, sys; nlp = spacy.load('en_newsvoices'); "
        "doc = nlp('“We are leaving,” said Edda Marlow.'); "
        "assert not [name for name in sys.modules if name.partition('.')[0] == 'newsvoices']; "
        "print([str(span) for span in doc.spans['mentions']], [quote['kind'] for quote in doc._.quotes])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.strip() == "['Edda Marlow'] ['direct']"


def test_components_read_the_labels_of_spacys_english_models():
    """Each token's tag, head and label as en_core_web_sm gives them; nothing of the parse is the bundled pipeline's."""
    text = "Veldania was condemned by Tresk. Edda Marlow met Ilse Maren in Kell. Maren said that Tresk had attacked Veldania."
    parse = [
        ("NNP", 2, "nsubjpass"), ("VBD", 2, "auxpass"), ("VBN", 2, "ROOT"), ("IN", 2, "agent"), ("NNP", 3, "pobj"),
        (".", 2, "punct"), ("NNP", 7, "compound"), ("NNP", 8, "nsubj"), ("VBD", 8, "ROOT"), ("NNP", 10, "compound"),
        ("NNP", 8, "dobj"), ("IN", 8, "prep"), ("NNP", 11, "pobj"), (".", 8, "punct"), ("NNP", 15, "nsubj"),
        ("VBD", 15, "ROOT"), ("IN", 19, "mark"), ("NNP", 19, "nsubj"), ("VBD", 19, "aux"), ("VBN", 15, "ccomp"),
        ("NNP", 19, "dobj"), (".", 15, "punct"),
    ]  # fmt: skip
    lemmas = {"condemned": "condemn", "met": "meet", "said": "say", "attacked": "attack"}
    names = {
        "Veldania": "GPE",
        "Tresk": "GPE",
        "Edda Marlow": "PERSON",
        "Ilse Maren": "PERSON",
        "Maren": "PERSON",
        "Kell": "GPE",
    }

    def by_hand(doc):
        parsed = Doc(
            doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc],
            tags=[tag for tag, _, _ in parse], heads=[head for _, head, _ in parse], deps=[dep for _, _, dep in parse],
            lemmas=[lemmas.get(t.text, t.text) for t in doc],
        )  # fmt: skip
        found = [
            (m.start(), m.end(), names[m[0]])
            for m in re.finditer("|".join(sorted(names, key=len, reverse=True)), text)
        ]
        parsed.set_ents([parsed.char_span(*span) for span in found])
        return parsed

    Language.component("parsed_by_hand", func=by_hand, assigns=["doc.ents", "token.dep", "token.tag"])
    nlp = spacy.blank("en")
    nlp.add_pipe("parsed_by_hand", name="ner")
    doc = en_newsvoices.add_components(nlp)(text)
    found = relations(doc)
    stated = found[found["relation"] != "speaks about"]
    assert list(zip(stated["source"], stated["relation"], stated["target"], strict=True)) == [
        ("Tresk", "criticises", "Veldania"),
        ("Edda Marlow", "meets", "Ilse Maren"),
        ("Tresk", "fights", "Veldania"),
    ]
    assert mentions(doc)["text"].tolist() == [
        "Veldania",
        "Tresk",
        "Edda Marlow",
        "Ilse Maren",
        "Kell",
        "Maren",
        "Tresk",
        "Veldania",
    ]
    said = quotes(doc).tail(1)
    assert said[["kind", "speaker", "cue", "actor"]].to_numpy().tolist() == [
        ["indirect", "Maren", "said", "Ilse Maren"]
    ]
