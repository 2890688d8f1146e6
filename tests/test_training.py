"""The recipe in training/ runs: conversion and a few steps, on a handful of sentences made here."""

import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.cli.train import train
from spacy.tokens import DocBin
from spacy.util import import_file

from en_newsvoices.attribution.network import NEAR
from en_newsvoices.network.word_pieces import MARK_STATES, SHAPES, WINDOW
from newsvoices import load_pipeline

DEVELOPMENT = {"syntax": "syntax-dev-news.spacy", "entities": "entities-dev.spacy"}
TRAINING = Path(__file__).parents[1] / "training"
SENTENCE = """# newdoc id = {name}
# newpar
# sent_id = {name}-1
# text = Maren didn't leave Morast.
1\tMaren\tMaren\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\tTense=Past\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tleave\tleave\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
5\tMorast\tMorast\tPROPN\tNNP\tNumber=Sing\t4\tobj\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""
ARTICLE = "http://x.example/1\n\nMaren left Morast. The Council met.\n"
TOKENS = (
    "http://x.example/1\tO\n\nMaren\tB-Person\nleft\tO\nMorast\tB-Location\n.\tO\nThe\tO\nCouncil\tB-Organization\n"
    "met\tO\n.\tO\n"
)
REPORT = "Maren said that the talks failed.\n\n“We go,” said Rudek.\n"
STANDOFF = (
    "T1\tSource 0 5\tMaren\nT2\tCue 6 10\tsaid\nT3\tContent 11 32\tthat the talks failed\nT4\tAttribution 6 10\tsaid\n"
    "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    "T5\tSource 49 54\tRudek\nT6\tCue 44 48\tsaid\nT7\tContent 35 43\t“We go,”\nT8\tAttribution 44 48\tsaid\n"
    "E2\tAttribution:T8 Source:T5 Cue:T6 Content:T7\n"
)


@pytest.fixture(scope="module")
def script():
    sys.path.insert(0, str(TRAINING / "scripts"))
    import_file("training_code", TRAINING / "scripts" / "news_noise.py")
    yield import_module
    sys.path.remove(str(TRAINING / "scripts"))


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    root = tmp_path_factory.mktemp("corpora")

    def write(path: str, text: str) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")

    for treebank, genre in (("EWT", "weblog_"), ("GUM", "GUM_news_")):
        for split in ("train", "dev", "test"):
            write(f"UD_English-{treebank}/file-lists/files.{split}", f"{genre}{split}\n")
            write(
                f"UD_English-{treebank}/sources/{genre}{split}.conllu",
                SENTENCE.format(name=genre + split) * 3,
            )
    for number in range(20):
        write(f"en-worldwide-newswire/original_articles/xx_{number}.txt", ARTICLE)
        write(f"en-worldwide-newswire/processed_annotated/xx_{number}.txt.tsv", TOKENS)
    write("wikigold/wikigold.conll.txt", "Maren I-PER\nleft O\nin O\n1999 O\n. O\n\n")
    write("CrossNER/politics/train.txt", "Maren\tB-politician\nwon\tO\nan\tO\nOscar\tB-award\n\n")
    for treebank in ("EWT/en_ewt-ud-dev", "PUD/en_pud-ud-test"):
        write(
            f"UniversalNER/UNER_English-{treebank}.iob2",
            "# text = Maren left\n1\tMaren\tB-PER\t-\t-\n2\tleft\tO\t-\t-\n\n",
        )
    for split in ("train", "dev"):
        write(f"PolNeAR/data/{split}/text/a.txt", REPORT)
        write(f"PolNeAR/data/{split}/attributions/a_1f2e.ann", STANDOFF)
    return root


@pytest.fixture(scope="module")
def corpus(corpora, script, tmp_path_factory):
    out = tmp_path_factory.mktemp("corpus")
    script("convert_ud").main(corpora, out)
    script("convert_entities").main(corpora, out)
    return out


def docs_of(path: Path) -> list:
    return list(DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("en").vocab))


def test_treebanks_keep_their_text_and_get_our_labels(corpus):
    doc = docs_of(corpus / "syntax-test.spacy")[0]
    assert doc.text.strip() == "Maren didn't leave Morast."
    assert [t.dep_ for t in doc] == ["nsubj", "aux", "advmod", "ROOT", "obj", "punct"]


def test_entities_are_aligned_with_the_running_text(corpus):
    test = docs_of(corpus / "entities-test.spacy")
    assert len(test) == len((corpus / "entities-test-articles.txt").read_text().split()) == 2
    assert [(e.text, e.label_) for e in test[0].ents] == [
        ("Maren", "PERSON"),
        ("Morast", "LOC"),
        ("Council", "ORG"),
    ]


def test_what_another_corpus_does_not_decide_is_unknown(corpus):
    wikigold = next(d for d in docs_of(corpus / "entities-train.spacy") if "1999" in d.text)
    assert [t.ent_iob_ for t in wikigold] == ["B", "O", "O", "", "O"]
    award = next(d for d in docs_of(corpus / "entities-train.spacy") if "Oscar" in d.text)
    assert award[3].ent_iob_ == ""


def layer(name: str, width: int, inner: int = 64) -> dict[str, tuple]:
    """Shapes of the weights of a layer of a transformer."""
    parts = {
        "qkv": (3 * width, width),
        "out": (width, width),
        "inner": (inner, width),
        "outer": (width, inner),
    }
    return {
        **{f"{name}.{part}.weight": shape for part, shape in parts.items()},
        **{f"{name}.{part}.bias": shape[:1] for part, shape in parts.items()},
        **{f"{name}.{norm}.{kind}": (width,) for norm in ("norm1", "norm2") for kind in ("weight", "bias")},
    }


def toy_networks(folder: Path) -> None:
    """What train_encoder.py writes, untrained: an encoder of one layer, its vocabulary the single letters."""
    letters = "abcdefghijklmnopqrstuvwxyz.,“”"
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{x}" for x in letters)]
    width, narrow = 384, 192
    shapes = {
        "encoder": {
            "piece": (len(vocabulary), width), "position": (WINDOW, width), "shape": (len(SHAPES), width),
            "mark": (MARK_STATES, width), "norm.weight": (width,), "norm.bias": (width,), **layer("layers.0", width),
        },
        "attribution": {
            **layer("upper.0", width), **layer("upper.1", width), "cue.weight": (3, width), "cue.bias": (3,),
            "token.weight": (narrow, width), "token.bias": (narrow,), "centre.weight": (narrow, width),
            "near.weight": (2 * NEAR + 1, narrow), "norm.weight": (narrow,), "norm.bias": (narrow,),
            **layer("layers.0", narrow), **layer("layers.1", narrow), "role.weight": (5, narrow), "role.bias": (5,),
            "moves": (5, 5),
        },
    }  # fmt: skip
    rng = np.random.default_rng(1)
    for name, parts in shapes.items():
        arrays = {part: rng.normal(0, 0.1, shape).astype("float32") for part, shape in parts.items()}
        more = {"vocabulary": np.array(vocabulary)} if name == "encoder" else {}
        np.savez(folder / f"{name}.npz", **arrays, **more)


def test_a_few_steps_of_everything(corpora, corpus, script, tmp_path):
    toy_networks(tmp_path)
    script("wrap_encoder").main(tmp_path, tmp_path / "encoder")
    for name in ("syntax", "entities"):
        overrides = {
            "paths.train": str(corpus / f"{name}-train.spacy"),
            "paths.dev": str(corpus / DEVELOPMENT[name]),
            "paths.encoder": str(tmp_path / "encoder"),
            "training.max_steps": 2,
            "training.eval_frequency": 2,
        }
        train(TRAINING / "configs" / f"{name}.cfg", tmp_path / name, overrides=overrides)
    parts = tmp_path / "syntax" / "model-last", tmp_path / "entities" / "model-last"
    model = tmp_path / "model"
    script("assemble").main(*parts, tmp_path / "encoder", model)
    doc = spacy.load(model)(REPORT)
    assert doc.has_annotation("DEP") and "attributions" in doc.spans
    assert "mentions" in doc.spans


def test_attributions_become_spans_of_tokens(corpora, script):
    doc = script("attributions").read_docs(spacy.blank("en"), corpora / "PolNeAR" / "data" / "train")[0]
    assert [(span.label_, span.text) for span in doc.spans["attributions"]] == [
        ("source", "Maren"), ("cue", "said"), ("content", "that the talks failed"),
        ("source", "Rudek"), ("cue", "said"), ("content", "“We go,”"),
    ]  # fmt: skip


def test_scores_are_of_what_the_component_predicts(corpora, script):
    attributions = script("attributions")
    docs = attributions.read_docs(spacy.blank("en"), corpora / "PolNeAR" / "data" / "dev")
    nlp = load_pipeline()
    component = nlp.get_pipe("newsvoices_attribution")
    found = component.predict([nlp.get_pipe("tok2vec")(doc.copy()) for doc in docs])
    assert attributions.score_docs(docs, found)["who_said_what"]["f1"] == 100


def test_the_pipeline_cuts_at_a_dash_without_blanks():
    words = [
        token.text for token in load_pipeline().tokenizer("the U.K.—countries left.—Why?—“No.”—Maren at 3–4")
    ]
    assert words[1:8] == ["U.K.", "—", "countries", "left", ".", "—", "Why"]
    assert words[8:] == ["?", "—", "“", "No", ".", "”", "—", "Maren", "at", "3–4"]
