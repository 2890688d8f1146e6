import warnings

from newsvoices import LossWarning
from newsvoices.plots.html import findings as room
from newsvoices.plots.html.findings import findings, named


def shown(monkeypatch, *sentences):
    outputs = []
    monkeypatch.setattr(room, "display", lambda data, **how: outputs.append((data, how["metadata"])))
    findings(*sentences)
    return outputs[0]


def test_sentences_are_a_list_that_a_run_can_collect(monkeypatch):
    data, metadata = shown(monkeypatch, f"{named('Ada <i>')} leads.", "", "Bo follows.")
    assert metadata == {"newsvoices": "findings"}
    assert data["text/plain"] == "Ada <i> leads.\nBo follows."
    assert "<li><b>Ada &lt;i&gt;</b> leads.</li><li>Bo follows.</li>" in data["text/html"]
    assert "mathjax_ignore" in data["text/html"]


def test_where_nothing_was_found_a_sentence_says_so(monkeypatch):
    assert shown(monkeypatch)[0]["text/plain"] == "Nothing in this corpus stands out here."


def test_a_loss_is_a_box_and_another_warning_stays_as_it_is(monkeypatch):
    boxes, others = [], []
    monkeypatch.setattr(room, "display", lambda data, **how: boxes.append(data["text/plain"]))
    with warnings.catch_warnings():
        warnings.showwarning = lambda *what, **how: others.append(str(what[0]))
        room.show_losses()
        warnings.warn("2 of 3 <lost>", LossWarning, stacklevel=1)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert (boxes, others) == (["2 of 3 <lost>"], ["old"])
