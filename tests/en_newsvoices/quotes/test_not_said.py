import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz declined to comment.",
        "Edda Lind would not name the buyer.",
        "She refused to say who had paid for the mill.",
        "The police did not name the owner.",
        "Nobody said anything about the flood.",
        "No one said a word about it. None of the ministers said that the dam was safe.",
        "Carr has not said whether the mill was sold.",
        "The report does not say who laid the charges.",
        "Marlow has not offered details on how she would pay for the dam.",
    ],
)
def test_refusals_and_what_nobody_says_are_no_quotes(rows, text):
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Marlow denied that she had sold the mill.", "she had sold the mill"),
        ("Marlow did not deny that the draft was genuine.", "the draft was genuine"),
        ("Edda Lind said the dam was not safe.", "the dam was not safe"),
        ("“They did not tell us anything,” said Vera Kohl.", "They did not tell us anything,"),
        ("The mayor has questioned the very need for a dam.", "the very need for a dam"),
        ("“Never,” von der Berg said. Ursula von der Berg then left.", "Never,"),
    ],
)
def test_denials_are_speech(rows, text, said):
    assert [row["text"] for row in rows(text)] == [said]


def test_a_reason_not_to_be_named_is_no_quote(rows):
    text = (
        "An aide to the mayor, asking not to be named because the talks are secret, said the plan was dead."
    )
    assert [row["text"] for row in rows(text)] == ["the plan was dead"]


@pytest.mark.parametrize("known", ["known on the pier as “Captain.”", "who goes by the name “Captain.”"])
def test_the_nickname_of_a_speaker_is_no_second_quote(rows, known):
    (row,) = rows(f"“We are lost,” said a fisherman {known}")
    assert (row["text"], row["speaker"]) == ("We are lost,", f"a fisherman {known}")


def test_words_in_marks_in_the_verb_report_nothing(rows):
    assert rows("The “smart” city opened a “hub” for “people like you”.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The Halden Council voted against the new bridge on Tuesday.",
        "The Senate on Monday approved a plan that would close the mill, angering farmers.",
        "Ministers from both sides exchanged views on matters of common interest.",
        "The law, widely known as the Salt Tax, takes effect in May.",
        "Rudek's refusal to acknowledge the flood has angered farmers.",
        "The film, titled “The Long Winter of the Mill and the Miller”, opens in May.",
        "Lind did not address the fire at the mill in her speech.",
        "The party has been silent about the strike that left two men dead.",
        "Farmers are exploring the possibility of a move to the coast.",
        "The police are investigating whether Marlow paid the harbour master.",
        "The council allows farmers with a permit of their own one field for salt.",
        "Ana Ruiz responded with scorn.",
        "The scheme required farmers to keep a record of their salt.",
        "The court acquitted the mayor of stealing the salt money.",
        "Marlow heard a loud bang at the mill.",
        "The overall presentation on “Destination Kell” will be made on Friday.",
        "“Salt cliff” is the nickname for the moment at which the tax ends.",
        "Edda Lind dismissed her again.",
        "They also support and mobilise the families of the victims.",
    ],
)
def test_deeds_names_and_what_is_passed_over_in_silence_are_no_quotes(rows, text):
    assert rows(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ministers are expected to raise the tax on salt.",
        "The vote seems to have turned the harbour into a battlefield.",
        "The dam is meant to keep the lower town dry.",
        "If Marlow believes that the mill is lost, she can sell it.",
        "The decision to close the mill indicates that the council has lost its patience.",
        "Salt is dear. This shows that the tax has failed.",
        "Nothing will change until Marlow thinks that the mill is lost.",
    ],
)
def test_what_is_thought_by_nobody_who_is_told_is_no_quote(rows, text):
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Marlow asked if the mill was lost.", "if the mill was lost"),
        ("If the mill is lost, Marlow said, the town is lost.", "If the mill is lost the town is lost"),
        ("The report indicates that the dam will break.", "the dam will break"),
        ("Ruiz called the dam a disgrace.", "the dam a disgrace"),
        ("It was said that the dam would break.", "the dam would break"),
    ],
)
def test_what_is_asked_and_what_a_report_shows_are_quotes(rows, text, said):
    assert [row["text"] for row in rows(text)] == [said]


def test_what_a_speaker_comments_on_is_not_said(rows):
    found = rows("Commenting on the new dam, Edda Marlow said: “It will hold.”")
    assert [row["text"] for row in found] == ["It will hold."]


@pytest.mark.parametrize(
    "title",
    [
        "RUDEK QUITS: war minister walks over dam - but 'the guns stay'",
        "Guns go SILENT: 72 hours to 'bury the dead'",
    ],
)
def test_what_a_headline_tells_before_a_colon_is_not_said(rows, title):
    said = title[title.index("'") + 1 : -1].removesuffix("'")
    found = rows(f"{title}\n\nTomas Rudek left. “In Kell {said},” Rudek said.")
    assert said in {row["text"] for row in found}
    assert not any("hours" in row["text"] or "walks" in row["text"] for row in found)
