import pytest


def reasons(found: list[dict]) -> list[tuple[str, str]]:
    return [(row["speaker"], row["anonymity"]) for row in found]


def test_a_reason_belongs_to_the_source_that_it_is_said_of(rows):
    found = rows(
        "“The dam is cracked,” said an engineer, who asked not to be named because he was not authorised to speak. "
        "“It is fine,” said an official."
    )
    reason = "asked not to be named because he was not authorised to speak"
    assert reasons(found) == [("an engineer", reason), ("an official", "")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The plan is dead, a diplomat said on condition of anonymity. A farmer said it lives.", "on condition of anonymity"),
        ("A diplomat said the plan was dead. He spoke on condition of anonymity.", "on condition of anonymity"),
        ("A diplomat, who was not authorised to speak, said the plan was dead.", "not authorised to speak"),
    ],
)  # fmt: skip
def test_the_reason_is_found_by_the_parse(rows, text, reason):
    assert {row["speaker"].lower(): row["anonymity"] for row in rows(text)}["a diplomat"] == reason


def test_the_next_speaker_of_the_paragraph_inherits_none(rows):
    found = rows("The plan is dead, a diplomat said on condition of anonymity. A farmer said it lives.")
    assert found[-1]["anonymity"] == ""
