import pytest

from newsvoices.checking.selected_words import selected_spans


@pytest.mark.parametrize(
    ("text", "selected", "words"),
    [
        ("“We go,” she said.", "e g", ["We go,"]),
        ("“We go,” she said.", "“We go,” ", ["We go,"]),
        ("He called it “a lie” again.", "called it “a lie”", ["called it “a lie”"]),
        ("Kell, the town's mayor, left.", ", the town's mayor, ", ["the town's mayor"]),
        ("“We go.\n\n“And stay.”", "“We go.\n\n“And stay.”", ["We go.", "And stay."]),
        ("« On y va », dit-elle.", "« On y va »", ["On y va"]),
        ("It is “so”.", "“”", []),
    ],
)
def test_a_selection_is_whole_words_without_what_stands_around_them(text, selected, words):
    start = text.find(selected) if selected in text else text.index("”")
    spans = selected_spans(text, start, start + (len(selected) if selected in text else 1))
    assert [text[first:last] for first, last in spans] == words
