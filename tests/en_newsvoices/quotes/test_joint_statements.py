import pytest


@pytest.mark.parametrize(
    "text",
    [
        "“We are ready for it,” Ana Ruiz and Ben Holt said in a joint statement.",
        "Sen. Ana Ruiz and Mr. Ben Holt said that they were ready for it.",
    ],
)
def test_both_who_speak_together_have_a_quote_with_the_same_words(rows, text):
    first, second = rows(text)
    assert (first["actor"], second["actor"]) == ("Ana Ruiz", "Ben Holt")
    assert (first["spans"], first["speaker"]) == (second["spans"], second["speaker"])


def test_one_speaker_beside_somebody_named_is_one(rows):
    (row,) = rows("“We are ready for it,” said Ana Ruiz, who follows Ben Holt as mayor.")
    assert row["actor"] == "Ana Ruiz"
