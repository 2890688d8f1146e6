import pytest


@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_who_spoke_so_may_stand_in_the_next_sentence(rows, between):
    (row,) = rows(
        f"“We built this road with our own hands.”{between}So spoke Edda Lind, the last of the engineers."
    )
    assert row["actor"] == "Edda Lind"


def test_a_verb_of_speech_beside_the_marks_names_a_speaker_whom_no_attribution_has(rows):
    found = rows("“It will float?” asked Vera Kohl. “It will not,” Jon Marsh said.")
    assert [(row["text"], row["actor"]) for row in found] == [
        ("It will float?", "Vera Kohl"),
        ("It will not,", "Jon Marsh"),
    ]


def test_dialogue_with_dashes_is_direct_speech(rows):
    found = rows("— We are leaving, said Ciara Nolan.\n\n— Why so soon? asked Declan Burke.")
    assert [(row["text"], row["kind"], row["actor"]) for row in found] == [
        ("We are leaving,", "direct", "Ciara Nolan"),
        ("Why so soon?", "direct", "Declan Burke"),
    ]


def test_a_dash_before_a_name_is_read(rows):
    (row,) = rows("“It is late for the dam.”—Vera Kohl")
    assert (row["text"], row["speaker"]) == ("It is late for the dam.", "Vera Kohl")
