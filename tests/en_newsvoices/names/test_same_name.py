import pytest

from en_newsvoices.names.same_name import canonical, compared, initials, plain, same_person, split_generation
from newsvoices.actors import name_matching as across_articles


@pytest.mark.parametrize(
    "name", ["Siobhan D’Arcy", "Zoe\u0308 Brandt", "Mary‑Lou Maren", "Ilse\u00a0Maren", "Omar EL-Sayed"]
)
def test_names_are_compared_alike_within_an_article_and_across_articles(name):
    assert plain(name) == across_articles.plain(name)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("John F. Kerry", "J. Kerry", True),
        ("Omar el-Sayed", "Omar El Sayed", True),
        ("George H. W. Bush", "George W. Bush", False),
        ("Abe Marlow", "Abraham Marlow", True),
        ("Abe Marlow", "Abraham T. Marlow", True),
        ("Alex Marlow", "Alexandra Marlow", True),
        ("Alexander Marlow", "Alexandra Marlow", False),
        ("Bill Marlow", "Abraham Marlow", False),
        ("Martin Keller", "Martin Keller Jr.", False),
        ("Martin Keller Jr", "Martin Keller Jr.", True),
        ("Mary Ann Lee", "Mary Jane Lee", False),
        ("Tomas Rudek", "Lena Rudek", False),
        ("Carlos Marlow", "Carlos Marlow Vasht", True),
        ("Carlos Marlow", "Carlos Marlow Jr.", False),
    ],
)
def test_two_names_of_one_person(one, other, alike):
    assert same_person(tuple(one.split()), tuple(other.split())) == alike


def test_what_tells_a_parent_from_a_child_is_written_in_one_way():
    assert split_generation(("Martin", "Keller", "jr")) == (("Martin", "Keller"), "Jr.")
    assert split_generation(("Ilse", "Maren", "iii")) == (("Ilse", "Maren"), "III")
    assert compared(("Ursula", "van", "der", "Meer")) == (("ursula", "meer"), "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Courier group", "Courier"),
        ("the Courier Group", "Courier Group"),
        ("Kell Mining, Inc.", "Kell Mining"),
        ("The Group", "Group"),
        ("Kell Mining Co., Ltd.", "Kell Mining"),
        ("CPC", "Chinese Communist Party"),
        ("CPC Corp", "CPC"),
        ("the K.M.A.", "KMA"),
        ("the Republic of Turkey", "Turkey"),
        ("Republic of Korea", "South Korea"),
        ("Republic of Letters", "Republic of Letters"),
        ("the U.S. Department of Education", "Education Department"),
        ("Ministry of Home Affairs", "Home Affairs Ministry"),
        ("Labor Dept.", "Labor Department"),
        ("US Defense Department", "Pentagon"),
        ("the United States Senate", "U.S. Senate"),
        ("US Senate", "U.S. Senate"),
        ("U.S. Federal Reserve", "Federal Reserve"),
        ("Ministry of Health and Sport", "Ministry of Health and Sport"),
        ("Kell & Co.", "Kell & Co."),
        ("Department of Health of Kell", "Department of Health of Kell"),
    ],
)
def test_article_company_and_form_of_state_are_no_part_of_a_name(text, name):
    assert canonical(text) == name


def test_initials_with_and_without_small_words():
    assert initials("Bank of Veldania") == {"BV", "BOV"}
    assert initials("Veldania") == set()
    assert initials("Education Department") == {"ED", "DE", "DOE"}
