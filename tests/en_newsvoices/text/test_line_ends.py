import textwrap

from hypothesis import given
from hypothesis import strategies as st

from en_newsvoices.text.line_ends import unwrapped

PARAGRAPHS = [
    "The council met on Monday to hear the engineers on the state of the dam above Kell, which Vera Kohl built.",
    "“It will not float,” she said, “and nobody should sleep below it before the spring, when the snow has gone.”",
]


def test_lines_cut_at_a_width_are_read_on():
    wrapped = "\n\n".join(textwrap.fill(paragraph, 66) for paragraph in PARAGRAPHS)
    assert unwrapped(wrapped) == "\n\n".join(PARAGRAPHS)


def test_paragraphs_in_lines_of_their_own_stay():
    for text in (
        "\n".join(PARAGRAPHS),
        "Present were:\nChris Mann\nAmy Chow\nBo Carr",
        "Q: Why?\nA: It was late.",
    ):
        assert unwrapped(text) == text


def test_a_divided_word_is_read_on_in_any_text():
    assert unwrapped("It was Hans Schu-\nmacher.\nHe left.") == "It was Hans Schu- macher.\nHe left."


@given(st.text(alphabet="ab .-\n", max_size=300))
def test_every_other_character_stays_where_it_is(text):
    assert unwrapped(text).replace(" ", "\n") == text.replace(" ", "\n")
