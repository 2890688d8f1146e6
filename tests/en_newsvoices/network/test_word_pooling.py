import numpy as np
import spacy
from spacy import registry
from thinc.api import Model

from en_newsvoices.network.word_pooling import _mean_by_word


def test_a_words_rows_are_averaged_within_its_doc_only():
    nlp = spacy.blank("en")
    docs = [nlp("Maren met maren"), nlp("Maren left")]
    X = np.arange(10, dtype="float32").reshape(5, 2)
    mean = _mean_by_word(docs)(X)
    assert np.allclose(mean[0], (X[0] + X[2]) / 2)
    assert np.allclose(mean[2], mean[0])
    assert np.allclose(mean[3], X[3])


def test_the_mean_is_its_own_adjoint():
    nlp = spacy.blank("en")
    mean = _mean_by_word([nlp("a b a c b a")])
    rng = np.random.default_rng(1)
    X, Y = (rng.normal(size=(6, 3)).astype("float32") for _ in range(2))
    assert np.isclose((mean(X) * Y).sum(), (X * mean(Y)).sum(), atol=1e-4)


def test_the_pooling_can_be_named_in_a_config():
    embed = registry.architectures.get("spacy.MultiHashEmbed.v2")(8, ["NORM", "SHAPE"], [50, 50], False)
    tok2vec = registry.architectures.get("spacy.Tok2Vec.v2")
    encode = registry.architectures.get("spacy.MaxoutWindowEncoder.v2")
    make = registry.architectures.get("en_newsvoices.WordPooling.v1")
    model: Model = make(tok2vec(embed, encode(8, 1, 3, 1)), encode(6, 1, 3, 1), 6)
    docs = [spacy.blank("en")("Maren met Maren ."), spacy.blank("en")("")]
    model.initialize(X=docs)
    parts, backprop = model(docs, is_train=True)
    assert [part.shape for part in parts] == [(4, 6), (0, 6)]
    backprop(parts)


def test_a_long_doc_is_read_in_pieces_with_the_words_of_all_of_it(monkeypatch):
    monkeypatch.setattr("en_newsvoices.network.long_articles.PIECE", 3)
    embed = registry.architectures.get("spacy.MultiHashEmbed.v2")(8, ["NORM", "SHAPE"], [50, 50], False)
    encode = registry.architectures.get("spacy.MaxoutWindowEncoder.v2")
    read = registry.architectures.get("spacy.Tok2Vec.v2")(embed, encode(8, 1, 3, 1))
    model = registry.architectures.get("en_newsvoices.WordPooling.v1")(read, encode(6, 1, 3, 2), 6)
    doc = spacy.blank("en")("Maren met Marlow , and Marlow met Maren .")
    model.initialize(X=[doc])
    trained, _ = model([doc], is_train=True)
    assert np.allclose(model.predict([doc])[0], trained[0], atol=1e-6)
