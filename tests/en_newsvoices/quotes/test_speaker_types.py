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
