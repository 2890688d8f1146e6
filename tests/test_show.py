from newsvoices import frame, show


def test_every_character_of_the_article_is_escaped():
    text = "<script>alert('x')</script> said Maren & Co"
    rows = frame(
        "mentions",
        [{"article_id": "a", "start": 33, "end": 38, "text": "Maren", "label": "PERSON", "actor": '"><b>'}],
    )
    html = show(text, rows).data
    assert "<script" not in html and "&lt;script&gt;" in html
    assert "<b>" not in html and "&amp; Co" in html
    assert ">Maren</span>" in html


def test_marks_of_a_quote_may_overlap():
    text = "“Go,” said Maren."
    row = {
        "article_id": "a", "quote_id": "a#1", "kind": "direct", "text": "Go,", "start": 1, "end": 4, "spans": "1-4",
        "cue": "said", "cue_start": 6, "cue_end": 10, "speaker": "said Maren", "speaker_start": 6, "speaker_end": 16,
        "speaker_type": "person",
    }  # fmt: skip
    html = show(text, frame("quotes", [row])).data
    assert html.count("<span") == 3
    assert ">said</span>" in html and "> Maren</span>" in html
