from newsvoices import frame
from newsvoices.actors.chain_groups import group_chains, named_chains


def groups(*rows: tuple[str, str, str, str]) -> tuple[list[list[str]], list[str]]:
    """Articles of each group, and those of the chains that are nobody's; rows: article, chain, text, label, kind."""
    columns, some = ("article_id", "chain", "text", "label", "kind"), {"kind": "name", "start": 0, "end": 1}
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
    def met(articles: str, role: str) -> list[tuple[str, ...]]:
        chain = "Jo Marsh"
        return [
            row
            for article in articles
            for row in ((article, chain, chain, "PERSON"), (article, chain, role, "PERSON", "role"))
        ]

    assert groups(*met("abcde", "President"), *met("f", "candidate"))[0] == [["a", "b", "c", "d", "e", "f"]]
    assert groups(*met("abcd", "President"), *met("f", "baker"))[0] == [["a", "b", "c", "d"], ["f"]]
