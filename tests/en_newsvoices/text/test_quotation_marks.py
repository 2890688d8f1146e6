import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from en_newsvoices.text.quotation_marks import quoted


def inside(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quoted(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” she said. “Now.”", ["We go,", "Now."]),
        ('"We go," she said. "Now."', ["We go,", "Now."]),
        ("``We go,'' she said.", ["We go,"]),
        ("«On part», dit-elle.", ["On part"]),
        ("‘We go,’ she said. It’s Maren’s plan.", ["We go,"]),
        ("'I don't,' he said of Maren's plan.", ["I don't,"]),
        ("‘The ministers’ talks failed,’ he said.", ["The ministers’ talks failed,"]),
        ("Ministers vow to end ‘power centres’", ["power centres"]),
        ("“He called it ‘a farce’ twice,” she said.", ["He called it ‘a farce’ twice,"]),
        ("„We go“, she said. „Now.”", ["We go", "Now."]),
        ("‚We go‘, she said. ‚Now.’", ["We go", "Now."]),
        ("“We knew, said Maren.\n\n“We all knew,” said Rudek.", ["We knew,", "We all knew,"]),
        ("»We go«, she said. »Now.«", ["We go", "Now."]),
        ("“We go„, she said. “We stay“, he said.", ["We go", "We stay"]),
        ("« We go ! » she said.", ["We go !"]),
        ("» Roads closed\n» Schools open", []),
        (
            "″We go,″ she said. ＂Now.＂ 「We stay.」 ´So be it,´ he said.",
            ["We go,", "Now.", "We stay.", "So be it,"],
        ),
        ('" We go , " said Maren . " Now . "', ["We go ,", "Now ."]),
        ('The roads are shut , " said Maren.', []),
        ("‘She told me “never come back” and left,’ he said.", ["She told me “never come back” and left,"]),
        ("In the '60s rock 'n' roll was 'big business', they say; 'twas not.", ["big business"]),
        ("'I'm goin' home, rock 'n' roll is over,' he said.", ["I'm goin' home, rock 'n' roll is over,"]),
        ('The man is 5\'10" tall and wore a "Go Team" cap.', ["Go Team"]),
        ("“It is late”—Vera Kohl", ["It is late"]),
        ("— We go, said Maren.\n— Why so soon? asked Rudek.", ["We go,", "Why so soon?"]),
        ("The dogs' ears and the cat's.", []),
        ("It was a 5' wall, 12' long", []),
    ],
)
def test_finds_what_stands_between_marks(text, expected):
    assert inside(text) == expected


def test_a_quotation_ends_with_its_paragraph():
    text = "“First part.\n\n“Second part,” he said."
    assert inside(text) == ["First part.", "Second part,"]
    assert [q.closed for q in quoted(text)] == [False, True]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("“We go, said Maren. The talks ended. Nobody came.\n\nThe mill closed.", "We go,"),
        ("The “smart city was shut. Nobody came.", "smart city was shut."),
        ("She said: “We go. We do not stay.\n\nThe mill closed.", "We go. We do not stay."),
    ],
)
def test_a_forgotten_closing_mark_does_not_swallow_the_rest(text, spoken):
    assert inside(text) == [spoken]


def test_a_quotation_knows_where_its_marks_stand():
    text = 'She said " We go . " and left.'
    (found,) = quoted(text)
    assert text[found.before : found.after] == '" We go . "'


def test_an_unclosed_mark_does_not_swallow_the_next_quotation():
    assert inside("“He left. “I stay,” she said.") == ["He left.", "I stay,"]


@given(st.text(alphabet="ab .,\n“”‘’\"'«»`\u200b\u200f", max_size=80))
def test_any_text_gives_ordered_stretches_of_it(text):
    found = quoted(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(text[q.start : q.end] == text[q.start : q.end].strip() for q in found)
