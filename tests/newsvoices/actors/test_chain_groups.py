from newsvoices import frame
from newsvoices.actors.chain_groups import group_chains
from newsvoices.actors.chains import named_chains


def groups(*rows: tuple[str, ...]) -> tuple[list[list[str]], list[str]]:
    """Articles of each group, and those of the chains that are nobody's.

    Rows: article, chain, text, label, kind, full_name.
    """
    columns = ("article_id", "chain", "text", "label", "kind", "full_name")
    some = {"kind": "name", "start": 0, "end": 1}
    table = frame("mentions", [some | dict(zip(columns, row, strict=False)) for row in rows])
    found, unclear = group_chains(named_chains(table))
    return sorted(sorted(article for article, _ in group) for group in found), [
        article for article, _ in unclear
    ]


def test_a_first_name_and_an_acronym_join_who_bears_them():
    found, _ = groups(
        ("a", "Edda Marlow", "Edda Marlow", "PERSON"),
        ("a", "Edda Marlow", "Edda", "PERSON"),
        ("b", "Edda", "Edda", "PERSON"),
        ("c", "Tresk Liberation Front", "TLF", "ORG"),
        ("d", "TLF", "TLF", "ORG"),
    )
    assert found == [["a", "b"], ["c", "d"]]


def test_a_full_name_that_fits_two_persons_is_a_third_and_initials_are_nobodys():
    found, unclear = groups(
        ("a", "Jo A. Marlow", "Jo A. Marlow", "PERSON"),
        ("b", "Jo B. Marlow", "Jo B. Marlow", "PERSON"),
        ("c", "Jo Marlow", "Jo Marlow", "PERSON"),
        ("d", "J. Marlow", "J. Marlow", "PERSON"),
    )
    assert found == [["a"], ["b"], ["c"]]
    assert unclear == ["d"]


def test_a_surname_is_not_the_one_whom_an_article_tells_apart_from_it():
    found, _ = groups(
        ("a", "Marlow", "Marlow", "PERSON"),
        ("a", "Ada Marlow", "Ada Marlow", "PERSON"),
        ("b", "Marlow", "Marlow", "PERSON"),
    )
    assert found == [["a"], ["a", "b"]]


def test_one_article_of_many_does_not_tell_a_surname_apart_from_its_bearer():
    found, _ = groups(
        ("a", "Marlow", "Marlow", "PERSON"),
        ("a", "Ada Marlow", "Ada Marlow", "PERSON"),
        ("b", "Marlow", "Marlow", "PERSON"),
        ("c", "Marlow", "Marlow", "PERSON"),
    )
    assert found == [["a", "a", "b", "c"]]


def test_who_is_told_apart_from_a_surname_does_not_compete_for_it():
    found, _ = groups(
        *((article, "Marlow", "Marlow", "PERSON") for article in "abc"),
        *((article, "Ada Marlow", "Ada Marlow", "PERSON") for article in "ad"),
        *((article, "Jo Marlow", "Jo Marlow", "PERSON") for article in "efgh"),
    )
    assert found == [["a", "b", "c", "e", "f", "g", "h"], ["a", "d"]]


def test_two_names_that_lead_to_each_other_lose_no_chain():
    found, _ = groups(
        ("a", "Kell Front", "Kell Front", "ORG"),
        ("a", "Kell Front", "Front", "ORG"),
        ("b", "Front", "Front", "ORG"),
        ("b", "Front", "Kell Front", "ORG"),
    )
    assert sorted(article for group in found for article in group) == ["a", "b"]


def test_a_place_that_one_article_takes_for_a_person_stays_a_place_where_nobody_bears_its_name():
    found, _ = groups(
        ("a", "Kell", "Kell", "PERSON"), ("b", "Kell", "Kell", "LOC"), ("c", "Kell", "Kell", "LOC")
    )
    assert found == [["a", "b", "c"]]


def test_a_chain_of_two_labels_is_what_most_of_its_names_are():
    chains = named_chains(
        frame("mentions", [
            {"article_id": "a", "chain": "Kell", "text": "Kell", "label": label, "kind": "name", "start": 0, "end": 4}
            for label in ("PERSON", "ORG", "ORG")
        ])
    )  # fmt: skip
    assert chains["a", "Kell"].label == "ORG"


def test_who_is_met_in_many_more_articles_is_meant_by_a_namesake_of_another_role():
    many, few = met("abcde", "Jo Marsh", "President"), met("abcd", "Jo Marsh", "President")
    assert groups(*many, *met("f", "Jo Marsh", "candidate"))[0] == [["a", "b", "c", "d", "e", "f"]]
    assert groups(*few, *met("f", "Jo Marsh", "baker"))[0] == [["a", "b", "c", "d"], ["f"]]


def test_a_short_first_name_joins_the_full_one_that_it_may_stand_for():
    found, _ = groups(
        ("a", "Robert E. Maren", "Robert E. Maren", "PERSON"),
        ("b", "Bob Maren", "Bob Maren", "PERSON", "name", "Robert Maren"),
        ("c", "Rob Maren", "Rob Maren", "PERSON", "name", "Robert Maren"),
        ("d", "Pat Voss", "Pat Voss", "PERSON", "name", "Patricia Voss; Patrick Voss"),
        ("e", "Patricia Voss", "Patricia Voss", "PERSON"),
        ("f", "Patrick Voss", "Patrick Voss", "PERSON"),
    )
    assert found == [["a", "b", "c"], ["d"], ["e"], ["f"]]


def test_of_one_office_a_name_may_be_spelt_in_two_ways():
    alike = [*met("a", "Sergei Maren", "foreign minister"), *met("b", "Sergey Maren", "foreign minister")]
    assert groups(*alike)[0] == [["a", "b"]]
    other = [*met("a", "Sergei Maren", "foreign minister"), *met("b", "Sergey Maren", "painter")]
    assert groups(*other)[0] == [["a"], ["b"]]


def test_of_one_office_jr_may_be_left_out_unless_articles_tell_two_apart():
    whole, short = "Martin Keller Jr.", "Martin Keller"
    beside = ("a", short, short, "PERSON")
    joined = [*met("abc", whole, "governor"), beside, *met("def", short, "governor")]
    assert groups(*joined)[0] == [["a", "a", "b", "c", "d", "e", "f"]]
    apart = [*met("ab", whole, "governor"), beside, *met("d", short, "governor")]
    assert groups(*apart)[0] == [["a", "b"], ["a", "d"]]


def test_whose_relative_somebody_is_tells_nothing_of_their_own_office():
    found, _ = groups(
        *met("a", "Martin Keller III", "President Martin Keller's son"),
        ("a", "Martin Keller", "Martin Keller", "PERSON"),
        *met("b", "Martin Keller Jr.", "President"),
        *met("c", "Martin Keller", "President"),
    )
    assert found == [["a"], ["a", "b", "c"]]


def test_a_bare_surname_is_theirs_who_have_its_office_most_often():
    found, _ = groups(
        *met("abcd", "Jo Marsh", "vice president"),
        *met("e", "Ada Marsh", "wife of the vice president"),
        *met("f", "Marsh", "vice president"),
    )
    assert ["a", "b", "c", "d", "f"] in found


def test_a_first_name_with_another_role_is_somebody_else():
    reid = [*met("a", "Harry Maren", "senator"), ("a", "Harry Maren", "Harry", "PERSON")]
    assert groups(*reid, *met("b", "Harry", "prince"))[0] == [["a"], ["b"]]
    assert groups(*reid, *met("b", "Harry", "senator"))[0] == [["a", "b"]]


def test_a_name_that_is_known_by_itself_is_not_its_only_bearers():
    bearer = [("a", "Bank of Kell", name, "ORG") for name in ("Bank of Kell", "BOK")]
    bearer.append(("a", "Veldania", "Veldania", "LOC"))
    alone = [(article, "BOK", "BOK", "ORG") for article in "bcdefg"]
    beside = [(article, "Veldania", "Veldania", "LOC") for article in "bcd"]
    assert ["a", "b", "c", "d", "e", "f"] in groups(*bearer, *alone[:5])[0]
    assert ["b", "c", "d", "e", "f", "g"] in groups(*bearer, *alone)[0]
    assert ["a", "b", "c", "d", "e", "f", "g"] in groups(*bearer, *alone, *beside)[0]


def met(articles: str, chain: str, role: str) -> list[tuple[str, ...]]:
    """Rows of a person of this name and role in each of these articles."""
    return [
        row
        for article in articles
        for row in ((article, chain, chain, "PERSON"), (article, chain, role, "PERSON", "role"))
    ]
