import itertools

import pytest

VOICES = [("Vera Kohl", "float"), ("Jon Marsh", "not"), ("Ilse Maren", "lake")]
SENTENCES = {"float": "It will float", "not": "It will not", "lake": "Nobody has asked the lake"}
FORMS = {
    "said X": "“{words},” said {name}.",
    "X said": "“{words},” {name} said.",
    "X said:": "{name} said: “{words}.”",
    "X said,": "{name} said, “{words}.”",
    "asked X": "“{words}?” asked {name}.",
    "interrupted": "“{first},” said {name}, “{rest} in the end.”",
    "resumed": "“{words},” said {name}. “We have tried it twice.”",
}


def told(form: str, name: str, key: str) -> str:
    words = SENTENCES[key]
    first, rest = " ".join(words.split()[:2]), " ".join(words.split()[2:])
    return FORMS[form].format(name=name, words=words, first=first, rest=rest)


@pytest.mark.parametrize("between", [" ", "\n\n"], ids=["one paragraph", "paragraphs"])
@pytest.mark.parametrize("voices", [2, 3])
@pytest.mark.parametrize("forms", list(itertools.product(FORMS, repeat=2)), ids=", ".join)
def test_every_quotation_has_one_speaker(rows, between, voices, forms):
    several = list(zip([*forms, "said X"], VOICES, strict=True))[:voices]
    text = "Vera Kohl met Jon Marsh and Ilse Maren on Friday.\n\n"
    text += between.join(told(form, *voice) for form, voice in several)
    found = rows(text)
    for name, key in VOICES[:voices]:
        assert [row["actor"] for row in found if key in row["text"]] == [name]


def test_what_one_says_that_another_says_is_both_of_theirs(rows):
    found = rows("Two officials said Ilse Maren wants “a clean start” for the dam, and left.")
    assert {row["speaker"] for row in found} == {"Two officials", "Ilse Maren"}


def test_a_dateline_is_no_part_of_a_quote(rows):
    (row,) = rows("KELL, March 4 (MPA) - Veldania will pay, Finance Minister Jo Marsh said on Monday.")
    assert row["text"] == "Veldania will pay"


def test_to_whom_it_is_said_does_not_say_it(rows):
    (row,) = rows("The court was informed that the clerk had died.")
    assert (row["speaker"], row["speaker_type"]) == ("", "none")


def test_a_speaker_of_another_sentence_does_not_take_over_a_quotation_that_has_ended(rows):
    text = (
        "“My men are tired,” Mr. Marsh said. “They have dug for a week. The clock is ticking.” "
        "Vera Kohl said the town could ask the army for help."
    )
    assert [row["actor"] for row in rows(text) if "clock" in row["text"]] == ["Marsh"]


def test_whom_a_paragraph_names_before_a_colon_speaks(rows):
    found = rows(
        "Baker Petra Lunde said she was tired.\n\nHer neighbour Hanno Breck: “Send the letter here. We are cold.”"
    )
    assert [(row["speaker"], row["actor"]) for row in found] == [
        ("Baker Petra Lunde", "Petra Lunde"),
        ("Her neighbour Hanno Breck", "Hanno Breck"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“The dam will hold,” Edda Marlow said, and soon the boats were leaving the harbour.",
        "“The dam will hold,” Edda Marlow said of the work at the mill.",
        "“The dam will hold,” Edda Marlow said on Kell Radio’s “Good Morning Kell.”",
    ],
)
def test_what_a_reporter_goes_on_to_tell_is_no_part_of_a_quotation(rows, text):
    assert [(row["text"], row["actor"]) for row in rows(text)] == [("The dam will hold,", "Edda Marlow")]
