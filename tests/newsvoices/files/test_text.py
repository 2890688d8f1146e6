import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsvoices.files.sources.text import Unreadable, decode


@given(st.text(alphabet=st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_utf_8_is_kept_to_the_character_but_for_line_ends(text):
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert decode(text.encode()) == (expected, False)
    assert decode(text.encode("utf-8-sig")) == (expected, False)
    assert decode(text.encode("utf-16")) == (expected, False)


@given(st.binary())
def test_any_bytes_are_text_or_unreadable(data):
    try:
        text, _ = decode(data)
    except Unreadable:
        return
    assert "\0" not in text


@pytest.mark.parametrize("data", [b"\x00", b"GIF89a\x01\xff", bytes(range(256))])
def test_binary_is_unreadable(data):
    with pytest.raises(Unreadable, match="binary"):
        decode(data)
