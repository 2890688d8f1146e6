import pytest


def test_a_quote_tells_its_speakers_chain_role_and_verb(rows):
    (row,) = rows("The engineer Edda Marlow warned that the dam would not hold.")
    assert (row["actor"], row["role"], row["speaker_type"]) == ("Edda Marlow", "engineer", "person")
    assert (row["cue_verb"], row["cue_family"]) == ("warn", "warning")


def test_a_quote_that_nobody_speaks_has_none_of_them(rows):
    (row,) = rows("“Nobody owns these words at all.”")
    assert (row["actor"], row["role"], row["speaker_type"], row["anonymity"]) == ("", "", "none", "")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "The head of the Office of Works and Roads of the Town, Owen Tarrant, said the dam held.",
            "Owen Tarrant",
        ),
        ("Just one of them, Sen. Owen Tarrant, said the dam held.", "Owen Tarrant"),
        ("Owen Tarrant was one of only a few senators who said the dam held.", "Owen Tarrant"),
    ],
)
def test_whoever_a_description_ends_with_or_is_one_of_them_speaks(rows, text, actor):
    assert [row["actor"] for row in rows(text)] == [actor]
