import pytest


def turns(found: list[dict]) -> list[tuple[str, str, str]]:
    return [(row["actor"] or row["speaker"], row["kind"], row["text"]) for row in found]


def test_each_turn_is_a_direct_quote_of_its_speaker(rows):
    found = rows(
        "Mayor faces panel\n\nPat Moss spoke to Senator Lena Orr on Tuesday.\n\n"
        "PAT MOSS, ANCHOR: Good evening. Will you resign?\n\nSEN. ORR (D-N.M.): No. I will stay.\n\n(APPLAUSE)\n\n"
        "MOSS: Why?\n\nORR: Because the mill is open.\n\nIt will stay open."
    )
    assert turns(found) == [
        ("Pat Moss", "direct", "Good evening. Will you resign?"),
        ("Lena Orr", "direct", "No. I will stay."),
        ("Pat Moss", "direct", "Why?"),
        ("Lena Orr", "direct", "Because the mill is open. It will stay open."),
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("[00:01:12] Vera Kohl: We are ready.\n[00:01:20] Bo Carr: We are not.", ["Vera Kohl", "Bo Carr"]),
        (
            "Ana Ruiz (Lakewood) (Lab): I thank the Minister. Will he come?\n\n"
            "The Minister for Roads (Bo Carr): I will come in May.",
            ["Ana Ruiz", "Bo Carr"],
        ),
        (
            "CHAIRWOMAN RUIZ. The committee will come to order.\n\nMr. CARR. Thank you.\n\nCHAIRWOMAN RUIZ. Begin.",
            ["RUIZ", "CARR", "RUIZ"],
        ),
        (
            "**Ana Ruiz:** We go.\n\n**Bo Carr:** We stay.\n\n**Ana Ruiz:** Wait.",
            ["Ana Ruiz", "Bo Carr", "Ana Ruiz"],
        ),
        (
            "SPEAKER_01: We open at nine.\n\nSPEAKER_02: And close?\n\nSPEAKER_01: At six.",
            ["SPEAKER_01", "SPEAKER_02", "SPEAKER_01"],
        ),
    ],
)
def test_labels_of_many_forms_name_the_speaker(rows, text, speakers):
    assert [row[0] for row in turns(rows(text))] == speakers


def test_answers_are_of_the_one_person_named_before_and_questions_of_nobody(rows):
    questions = "Q. Why did you leave?\n\nA. I was tired of it.\n\nQ. And now?\n\nA. I teach."
    named = [row[0] for row in turns(rows(f"Lena Vogt, the engineer, resigned on Monday.\n\n{questions}"))]
    assert named == ["", "Lena Vogt", "", "Lena Vogt"]
    assert {row[0] for row in turns(rows(questions))} == {""}


def test_what_somebody_within_a_turn_said_stays_a_quote_of_its_own(rows):
    found = rows("ORR: He said the mill would close.\n\nMOSS: And then?\n\nORR: It did not.")
    assert [row["text"] for row in found if row["speaker"] == "He"] == ["the mill would close"]


@pytest.mark.parametrize(
    "text",
    [
        "What to do\n\nWhen: Friday\nWhere: Kell Hall\n\nWhen: Sunday\nWhere: The Lake",
        "RUDEK QUITS: minister walks\n\nThe minister left on Monday.\n\nPhoto: Edda Marlow",
    ],
)
def test_other_lines_with_colons_are_no_turns(rows, text):
    assert not [row for row in rows(text) if row["how"] == "turn of a transcript"]
