import pytest

from en_newsvoices.names.shortened import longer_names


@pytest.mark.parametrize(
    ("name", "other", "stands_for_it"),
    [
        ("TRC", "Tresk Relief Corps", True),
        ("Tresk Relief", "Tresk Relief Corps", True),
        ("Relief Corps", "Tresk Relief Corps", True),
        ("Senate", "Senate Democrats", False),
        ("Senate", "Senate Rules Committee", False),
        ("Senate Rules Committee", "Senate", False),
        ("House", "House of Representatives", True),
        ("House", "House Ways and Means", False),
    ],
)
def test_what_a_shorter_name_may_stand_for(name, other, stands_for_it):
    names = {text.lower(): text for text in (name, other)}
    found = longer_names(names, set(names))
    assert found.get(name.lower(), set()) == ({other.lower()} if stands_for_it else set())


def test_a_name_is_not_short_for_two_others():
    names = {
        text.lower(): text for text in ("House", "Senate", "House and Senate", "Marks", "Marks and Spencer")
    }
    found = longer_names(names, set(names))
    assert (found["house"], found["senate"], found["marks"]) == (set(), set(), {"marks and spencer"})
