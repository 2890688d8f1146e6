import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsvoices.files.metadata.dates import iso_date
from newsvoices.files.metadata.first_lines import first_lines, split_front_matter


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-03-04", "2024-03-04"),
        ("2024-03-04T23:59:00Z", "2024-03-04"),
        ("20240304-talks", "2024-03-04"),
        ("2024_03_04_talks", "2024-03-04"),
        ("4 March 2024", "2024-03-04"),
        ("Mon, 04 Mar 2024 10:00:00 GMT", "2024-03-04"),
        ("March 4th, 2024", "2024-03-04"),
        ("SEPT. 4, 2024", "2024-09-04"),
        ("03/04/2024", ""),
        ("2024-02-30", ""),
        ("March 4", ""),
        ("", ""),
    ],
)
def test_iso_date(value, expected):
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    ("text", "fields", "rest"),
    [
        ("Title: Talks\nDate: 2024-03-04\n\nBody.\n", {"title": "Talks", "date": "2024-03-04"}, "Body.\n"),
        ("HEADLINE: Talks: day two\n \n\nBody.", {"title": "Talks: day two"}, "Body."),
        ("Source: MPA\nSection: World\n\n  Body.", {"outlet": "MPA"}, "  Body."),
        (
            '---\ntitle: "Talks"\ntags:\n  - peace\nmood: grim\n---\n\nBody.\n---\nMore.',
            {"title": "Talks"},
            "Body.\n---\nMore.",
        ),
    ],
)
def test_front_matter_is_split_off(text, fields, rest):
    assert split_front_matter(text) == (fields, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Warning: storms ahead\n\nBody.",
        "Paris: Defence ministers met.\n\nBody.",
        "Title: Talks\nVerdict: guilty\n\nBody.",
        "Section: World\n\nBody.",
        "Title: Talks\nBody without a blank line before it.",
        "Title: Talks\n",
        "---\nLONDON — Talks resumed.\n---\nBy: Jane Doe\n",
        "",
    ],
)
def test_text_is_not_taken_for_front_matter(text):
    assert split_front_matter(text) == ({}, text)


@pytest.mark.parametrize(
    ("first_line", "title"),
    [
        ("Ministers vow to end ‘siege’", "Ministers vow to end ‘siege’"),
        ("Envoy arrives in the U.S.", "Envoy arrives in the U.S."),
        ("“Never again”", "“Never again”"),
        ("The minister resigned today.", ""),
        ("“We will never give up.”", ""),
        ("Dear readers,", ""),
        ("word " * 40, ""),
        ("By Jane Doe", ""),
    ],
)
def test_headline(first_line, title):
    assert first_lines(f"{first_line}\n\nThe talks went on.\n")["title"] == title


def test_headline_needs_a_blank_line_and_something_below_it():
    assert first_lines("Talks resume\nThe talks went on.")["title"] == ""
    assert first_lines("Talks resume\n\n")["title"] == ""


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        ("Paris: Defence ministers met.", "Paris", ""),
        ("NEW DELHI: The envoy left.", "New Delhi", ""),
        ("GENEVA, March 4 (MPA) - The talks went on.", "Geneva", ""),
        ("GENEVA, March 4, 2024 (MPA) -- The talks went on.", "Geneva", "2024-03-04"),
        ("Geneva, 4 March 2024 – The talks went on.", "Geneva", "2024-03-04"),
        ("MORAST (MPA) — The talks went on.", "Morast", ""),
        ("LONDON — “Talks,” she said.", "London", ""),
        ("PORT-AU-PRINCE, Haiti — The talks went on.", "Port-au-Prince, Haiti", ""),
        ("RIO DE JANEIRO (AP) _ The talks went on.", "Rio de Janeiro", ""),
        ("The Hague — The talks went on.", "The Hague", ""),
        ("Russia — a staunch ally — was not invited.", "", ""),
        ("NATO — the alliance — was not invited.", "", ""),
        ("BREAKING — The talks have ended.", "", ""),
        ("Analysis: The talks have ended.", "", ""),
        ("In Paris: The talks have ended.", "", ""),
        ("The well-known envoy - Jane Doe - left.", "", ""),
        ("They met at 10:30 in Paris.", "", ""),
    ],
)
def test_dateline(line, place, date):
    found = first_lines(f"Talks resume\n\n{line}\n\nA second paragraph.")
    assert (found["place"], found["date"]) == (place, date)


def test_only_a_dateline_in_capitals_may_stand_below_the_first_paragraph():
    assert (
        first_lines("Talks resume\n\nMinisters met again.\n\nLONDON — The talks went on.")["place"]
        == "London"
    )
    assert first_lines("Talks resume\n\nMinisters met again.\n\nCarter: The talks went on.")["place"] == ""


@pytest.mark.parametrize(
    ("line", "byline", "place"),
    [
        ("By Jane Doe", "Jane Doe", ""),
        ("BY JANE DOE", "JANE DOE", ""),
        (
            "By Jane van der Doe and J. R. Roe, Diplomatic Editor",
            "Jane van der Doe and J. R. Roe, Diplomatic Editor",
            "",
        ),
        ("From Edda Marlow in Geneva", "Edda Marlow", "Geneva"),
        ("From Edda Marlow at Orrin Pass", "Edda Marlow", "Orrin Pass"),
        ("By our correspondent in Geneva", "", ""),
        ("By Monday the talks had failed", "", ""),
        ("By Monday.", "", ""),
    ],
)
def test_byline(line, byline, place):
    found = first_lines(f"Talks resume\n\n{line}\n\nThe talks went on.")
    assert (found["byline"], found["place"]) == (byline, place)


def test_byline_may_follow_the_headline_and_the_dateline_outranks_its_place():
    found = first_lines("Talks resume\nFrom Edda Marlow in Geneva\n\nMORAST (MPA) — The talks went on.")
    assert found == {
        "title": "Talks resume",
        "byline": "Edda Marlow",
        "place": "Morast",
        "date": "",
        "url": "",
    }


@given(st.text(alphabet=st.sampled_from("Tt :-—\n\t.“”(),4é\x85\u2028") | st.characters()))
@example("Title: Talks\n\n\n Body")
def test_whatever_stands_there_the_text_is_what_follows_the_front_matter(text):
    fields, rest = split_front_matter(text)
    assert text.endswith(rest)
    assert fields or rest == text
    first_lines(rest)


def test_a_web_address_in_the_first_line_is_no_headline():
    address = "https://www.example.com/news/2024/03/05/talks"
    found = first_lines(f"{address}\n\nTalks resume\n\nThe ministers met again.")
    assert found == {"title": "Talks resume", "byline": "", "place": "", "date": "2024-03-05", "url": address}
    dated = first_lines(f"{address}\n\nKIGALI, Jun 15 2022 (IPS) - A few years ago.")
    assert (dated["place"], dated["date"], dated["title"]) == ("Kigali", "2022-06-15", "")


@pytest.mark.parametrize(
    "line", ["Hofer: “We stay.”", "Ana Ruiz (Lab): I thank him.", "The Minister for Roads (Bo Carr): No."]
)
def test_who_speaks_before_a_colon_is_no_place(line):
    assert first_lines(f"Talks resume\n\n{line}")["place"] == ""


@pytest.mark.parametrize(
    "lines", ["Mill to close\n\nMarch 4, 2024", "Mill to close\nBy Ann Lowe\nMonday, 4 March 2024"]
)
def test_a_date_on_a_line_of_its_own_is_the_articles(lines):
    found = first_lines(f"{lines}\n\nThe mill will close.\n\nCorrection: March 9, 2024. He is Dale Orr.")
    assert (found["title"], found["date"]) == ("Mill to close", "2024-03-04")
