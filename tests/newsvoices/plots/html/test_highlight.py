import pandas as pd

from newsvoices import frame, show, show_versions


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


def test_versions_strike_out_what_is_cut_and_escape_what_is_printed():
    columns = ["quote_id", "outlet", "date", "text", "kind", "speaker", "actor", "cue"]
    rows = [
        ("1", "Mail", "2024-03-02", "ink & <b> speak", "direct", "", "Holm", "said"),
        ("2", "Post", "2024-03-01", "Let the ink & <b> speak, she said", "direct", "Holm", "Holm", ""),
        ("3", "Wire", "2024-03-01", "that the ink would speak", "indirect", "", "", ""),
    ]
    page = show_versions(pd.DataFrame(rows, columns=columns)).data
    cut, full, indirect = page.split("<tr>")[1:]
    assert ">Let the</del> ink &amp; &lt;b&gt; speak <del" in cut
    assert "<del" not in full
    assert ">would</ins>" in indirect
    assert "nobody named" in indirect
    assert "n = 3 versions, 3 outlets" in page
    assert "<b> speak" not in page


def test_versions_by_a_column_of_any_name():
    quotes = pd.DataFrame({"quote_id": ["1"], "news desk": ["<Wire>"], "date": [""], "text": ["We wait"],
                           "kind": ["direct"], "speaker": [""], "actor": ["Holm"], "cue": ["said"]})  # fmt: skip
    page = show_versions(quotes, by="news desk").data
    assert "&lt;Wire&gt;" in page
    assert "1 news desks" in page


def test_marks_leave_the_themes_colour_and_dollars_are_no_formula():
    text = "Bread cost $5 in May and $6 in June"
    html = show(
        text, frame("mentions", [{"article_id": "a", "start": 0, "end": 5, "text": "Bread", "label": "ORG"}])
    ).data
    assert html.startswith('<div class="mathjax_ignore tex2jax_ignore"')
    assert "color:" not in html.replace("background:", "")
