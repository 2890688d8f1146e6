import pytest

from en_newsvoices.text.datelines import datelines


@pytest.mark.parametrize(
    "dateline",
    [
        "KELL, March 4 (MPA) - ",
        "KELL (MPA) — ",
        "Kell, Veldania (Reuters) – ",
        "SUNDGATE, Veldania (MPA) _ ",
        "UPPER TRESK — ",
    ],
)
def test_where_and_when_a_report_was_written_ends_before_its_first_words(dateline):
    text = f"Dam holds\n\n{dateline}The dam held, said Edda Marlow."
    ((start, end),) = datelines(text)
    assert (text[start:end], text[end:]) == (dateline, "The dam held, said Edda Marlow.")


@pytest.mark.parametrize(
    "text", ["Edda Marlow (58) - she built it - left.", "“NO,” she said - at last.", "It held."]
)
def test_other_dashes_and_brackets_make_no_dateline(text):
    assert datelines(text) == []
