import pandas as pd
import pytest

from newsvoices import LossWarning, read_articles
from newsvoices.files.metadata.dates import iso_date, iso_dates
from newsvoices.files.own_frame import with_article_columns


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024/03/04", "2024-03-04"),
        ("4-Mar-2024", "2024-03-04"),
        ("4th of March 2024", "2024-03-04"),
        ("20240304101500", "2024-03-04"),
        ("20240304T101500Z", "2024-03-04"),
        ("March 4, 2024 Monday 9:20 AM GMT", "2024-03-04"),
        ("March 4, 2024, Monday, FINAL EDITION", "2024-03-04"),
        ("Dienstag 10.Dezember 2019", "2019-12-10"),
        ("décembre 10 2019", "2019-12-10"),
        ("1er janvier 2020", "2020-01-01"),
        ("12 de agosto de 2017", "2017-08-12"),
        ("3 мая 2010", "2010-05-03"),
        ("2022年3月4日", "2022-03-04"),
        ("1887-05-03", "1887-05-03"),
        ("Page 3 of 2019", ""),
        ("20240304123", ""),
        ("March 2024", ""),
    ],
)
def test_every_form_that_has_one_reading_is_read(value, day):
    assert iso_date(value) == day


@pytest.mark.parametrize(
    ("values", "days"),
    [
        (["15/01/2018", "03/04/2018"], ["2018-01-15", "2018-04-03"]),
        (["01/15/2018", "03/04/2018"], ["2018-01-15", "2018-03-04"]),
        (["18.08.2017", "3.4.2017"], ["2017-08-18", "2017-04-03"]),
        (["05/05/2018"], ["2018-05-05"]),
        (["1709510400", "1709510400000.0", ""], ["2024-03-04", "2024-03-04", ""]),
        (["13/01/2018", "01/13/2018"], ["2018-01-13", "2018-01-13"]),
    ],
)
def test_a_column_shows_its_order(values, days):
    assert iso_dates(values) == (days, "")


def test_a_column_with_two_readings_is_named_once_and_not_read_until_it_is_said(write):
    path = write("a.csv", "text,date\nOne.,03/04/2024\nTwo.,05/06/2024\n")
    with pytest.warns(LossWarning, match="guessed: 1 .*2 dates such as 03/04/2024 have two readings"):
        assert read_articles(path)["date"].tolist() == ["", ""]
    assert read_articles(path, day_first=True)["date"].tolist() == ["2024-04-03", "2024-06-05"]
    assert read_articles(path, day_first=False)["date"].tolist() == ["2024-03-04", "2024-05-06"]


def test_a_frame_of_ones_own_has_the_same_rules():
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["One.", "Two."]})
    dated = with_article_columns(articles.assign(date=["25/01/2024", "05/02/2024"]))
    assert dated["date"].tolist() == ["2024-01-25", "2024-02-05"]
    stamps = pd.to_datetime(["2024-01-25 10:00", None])
    assert with_article_columns(articles.assign(date=stamps))["date"].tolist() == ["2024-01-25", ""]
    with pytest.warns(LossWarning, match="two readings"):
        assert with_article_columns(articles.assign(date="05/02/2024"))["date"].tolist() == ["", ""]
    with pytest.warns(LossWarning, match="dates not understood: 2 of 2, such as 'last week'"):
        with_article_columns(articles.assign(date="last week"))


def test_a_date_of_five_thousand_digits_is_one_short_note(write):
    with pytest.warns(LossWarning) as told:
        articles = read_articles(write("a.csv", f"text,date\nIt rains.,{'9' * 5000}\n"))
    assert articles["date"].tolist() == [""]
    assert len(str(told[0].message)) < 700


def test_dates_in_file_names_and_addresses(write, folder):
    for name in ("15-01-2024 mill", "mill 4 March 2024", "Post_2024-03-04_mill"):
        write(f"{name}.txt", f"{name} is closed.")
    write("links.csv", "url,text\nhttps://kell.example/2024/03/05/mill,It rains.\n")
    assert read_articles(folder)["date"].tolist() == ["2024-01-15", "2024-03-04", "2024-03-05", "2024-03-04"]
