import pytest


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It held,” said Edda Marlow.", "person"),
        ("“It held,” said an engineer.", "unnamed person"),
        ("“It held,” engineers said.", "unnamed group"),
        ("“It held,” said the army.", "organisation"),
        ("The dam held, according to the report.", "document"),
        ("“It held at the time of the flood.”", "none"),
    ],
)
def test_what_kind_of_source_a_speaker_is(rows, text, kind):
    assert [row["speaker_type"] for row in rows(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They will stay, according to two of her advisers.", "unnamed group"),
        ("A group of lawmakers said the dam held.", "unnamed group"),
        ("Some 40 percent of voters said the dam held.", "unnamed group"),
        ("Nearly two-thirds of likely voters said the dam held.", "unnamed group"),
        ("A similar percentage said the dam held.", "unnamed group"),
        ("“It held,” one of them said.", "unnamed person"),
        ("A senior party figure said the dam held.", "unnamed person"),
        ("The dam held, according to a copy of the text seen by reporters.", "document"),
        ("The army left the town. It said the dam held.", "organisation"),
        ("Nineteen pages were leaked on Monday. They say the dam held.", "document"),
        ("The president said the dam held.", "person"),
        ("A president said the dam held.", "unnamed person"),
        ("“It held,” said the organisers, who reckon the water is falling.", "unnamed group"),
        ("An engineer, who said the dam held, left on Monday.", "unnamed person"),
    ],
)
def test_who_is_meant_decides_what_kind_of_source_it_is(rows, text, kind):
    assert rows(text)[-1]["speaker_type"] == kind


def test_of_whom_something_is_said_to_be_true_does_not_say_it(rows):
    (row,) = rows("Edda Marlow, the minister, is said to have begun by asking for a single day.")
    assert (row["speaker"], row["speaker_type"]) == ("", "none")


def test_an_age_alone_is_no_speaker(rows):
    (row,) = rows("Out-of-work welder Tam Orrell, 44: “If that is 20,000 then I am the Queen of Halvia.”")
    assert row["actor"] == "Tam Orrell"
