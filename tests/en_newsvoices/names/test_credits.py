import pytest
import spacy

from en_newsvoices.names.credits import credit_tokens

BODY = "Talks begin\n\n{}\n\nIlse Maren spoke on Monday.\n\n{}"


def told(text: str) -> str:
    doc = spacy.blank("en")(text)
    return " ".join(doc[i].text for i in sorted(credit_tokens(doc)) if not doc[i].is_space)


@pytest.mark.parametrize(
    "line",
    [
        "By Jo Marsh",
        "BY JO MARSH AND ANN LOWE",
        "Jo Marsh, Transport Correspondent",
        "By Jo Marsh in Kell and Ann van der Lowe for The Morast Courier",
        "By Jo Marsh | jo.marsh@courier.example",
    ],
)
def test_bylines_are_credits_at_the_start_alone(line):
    doc = spacy.blank("en")(line)
    assert told(BODY.format(line, "")) == " ".join(token.text for token in doc)
    assert told("One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\n" + line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Jo Marsh; editing by Ann Lowe",
        "Additional reporting by Jo Marsh in Kell",
        "Photographs by Jo Marsh",
        "© 2024 The Morast Courier. All rights reserved.",
        "Jo Marsh contributed to this report.",
        "(Reporting by Jo Marsh; Editing by Ann Lowe)",
        "Maren left on Monday. (Photo by Jo Marsh/Kell Images)",
        "Maren left on Monday. • Jo Marsh contributed to this story. Sign up for our letters.",
        "The boats had left on Monday. - Marsh",
    ],
)
def test_credits_at_the_end_hold_no_actors(line):
    assert "Marsh" in told(BODY.format("", line)) or "Courier" in told(BODY.format("", line))
    assert "Maren" not in told(BODY.format("", line)) and "left" not in told(BODY.format("", line))


@pytest.mark.parametrize(
    "line",
    [
        "By the river Jo Marsh waited for the boats.",
        "By Monday Jo Marsh had left.",
        "Courier Sacks Its Editor",
        "Reported by the police, the fire was soon out.",
        "Edited by hand, the film of Jo Marsh lasted an hour.",
    ],
)
def test_sentences_that_begin_like_credits_are_read(line):
    assert told(BODY.format(line, line)) == ""
