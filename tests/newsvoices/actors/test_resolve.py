import pytest

from newsvoices import alias_candidates, frame, resolve_actors
from newsvoices.actors.resolve import actors_table, speaker_types


def mention(article, chain, *, text=None, label="PERSON", kind="name", start=0):
    text = chain if text is None else text
    return {
        "article_id": article, "chain": chain, "text": text, "label": label, "kind": kind, "start": start,
        "end": start + len(text), "actor": chain,
    }  # fmt: skip


def resolved(*rows, **options):
    return resolve_actors(frame("mentions", rows), **options).to_dict()


def test_one_full_name_is_one_actor_and_a_unique_surname_joins_it():
    found = resolved(mention("a", "Ashton Carter"), mention("b", "Carter"), mention("c", "Ashton B. Carter"))
    assert len(set(found.values())) == 1


def test_a_surname_of_two_people_joins_neither():
    found = resolved(mention("a", "Tomas Rudek"), mention("b", "Lena Rudek"), mention("c", "Rudek"))
    assert len(set(found.values())) == 3


@pytest.mark.parametrize(
    ("names", "actors"),
    [
        (["George H. W. Bush", "George W. Bush"], 2),
        (["Martin Keller", "Martin Keller Jr."], 2),
        (["Martin Keller Sr.", "Martin Keller Jr."], 2),
        (["Siobhan D'Arcy", "Siobhan D’Arcy"], 1),
        (["Zoë Brandt", "Zoe\u0308 Brandt"], 1),
        (["Mary-Lou Maren", "Mary\u2010Lou Maren", "Mary Lou\u00a0Maren"], 1),
        (["Omar el-Sayed", "Omar El Sayed", "el-Sayed"], 1),
        (["SOPHIE MAREN", "Sophie Maren"], 1),
    ],
)
def test_writings_of_a_name_are_one_actor_and_other_persons_are_not(names, actors):
    found = resolved(*(mention(f"a{i}", name) for i, name in enumerate(names)))
    assert len(set(found.values())) == actors
    assert set(found.values()) <= set(names)


@pytest.mark.parametrize(
    ("rows", "actors"),
    [
        ([("a", "Eric Marlow Jr.", "Attorney General"), ("b", "Eric Marlow", "the Attorney General")], 1),
        ([("a", "Eric Marlow Jr.", "Attorney General"), ("b", "Eric Marlow", "farmer")], 2),
        ([("a", "Eric Marlow Jr.", "Attorney General"), ("b", "Eric Marlow Sr.", "Attorney General")], 2),
        ([("a", "Eric Marlow Jr.", "senator"), ("a", "Eric Marlow", "senator")], 2),
    ],
)
def test_one_office_makes_one_of_a_name_with_and_without_jr(rows, actors):
    found = resolved(
        *(mention(article, name) for article, name, _ in rows),
        *(mention(article, name, text=role, kind="role", start=40) for article, name, role in rows),
    )
    assert len(set(found.values())) == actors


def test_initials_that_fit_two_persons_are_nobodys():
    found = resolved(mention("a", "John Smith"), mention("b", "James Smith"), mention("c", "J. Smith"))
    assert found == {
        ("a", "John Smith"): "John Smith",
        ("b", "James Smith"): "James Smith",
        ("c", "J. Smith"): "",
    }


@pytest.mark.parametrize("label", ["LOC", "ORG"])
def test_a_person_is_never_a_place_nor_does_a_surname_join_one_that_is_a_place_elsewhere(label):
    found = resolved(
        mention("a", "Denzel Washington"), mention("b", "Washington", label=label), mention("c", "Washington")
    )
    assert len(set(found.values())) == 3
    assert found["a", "Denzel Washington"] == "Denzel Washington"


@pytest.mark.parametrize("chain", ["Goldman Kell", "Oxfam"])
def test_one_name_labelled_person_here_and_organisation_there_is_one_actor(chain):
    rows = [mention("a", chain), *(mention(article, chain, label="ORG") for article in "bc")]
    assert set(resolved(*rows).values()) == {chain}
    table = actors_table(frame("mentions", rows), frame("quotes"))
    assert table[["actor", "label", "n_mentions"]].to_dict("list") == {
        "actor": [chain], "label": ["ORG"], "n_mentions": [3],
    }  # fmt: skip


def test_a_well_known_surname_is_that_persons_in_spite_of_a_namesake_and_a_wrong_label():
    rows = [mention(f"a{i}", "Edda Marlow", text="Marlow") for i in range(8)]
    rows += [mention("b", "Jo Marlow"), mention("c", "Marlow", label="ORG"), mention("d", "Marlow")]
    found = resolved(*rows)
    assert found["c", "Marlow"] == found["d", "Marlow"] == "Edda Marlow"


def test_a_surname_of_two_people_is_the_one_whose_role_it_is_given_with():
    rows = [mention("a", "Tomas Rudek"), mention("a", "Tomas Rudek", text="defence minister", kind="role")]
    rows += [mention("b", "Lena Rudek"), mention("b", "Lena Rudek", text="Captain", kind="role")]
    rows += [
        mention("c", "Rudek"),
        mention("c", "Rudek", text="Minister", kind="role"),
        mention("d", "Rudek"),
    ]
    found = resolved(*rows)
    assert found["c", "Rudek"] == "Tomas Rudek"
    assert found["d", "Rudek"] == "Rudek"


def test_titles_that_do_not_contradict_are_no_second_person():
    rows = [
        mention(article, chain, text=text, kind="role")
        for article, chain, text in (("b", "Cruz", "Sen."), ("c", "Cruz", "Mr."), ("d", "Ted Cruz", "Sen."))
    ]
    rows += [mention("a", "Ted Cruz"), mention("b", "Cruz"), mention("c", "Cruz"), mention("d", "Ted Cruz")]
    assert set(resolved(*rows).values()) == {"Ted Cruz"}


def test_two_of_one_name_with_other_roles_and_company_stay_two():
    rows = [
        mention("a", "John Smith"), mention("a", "John Smith", text="baker", kind="role"), mention("a", "Leeds", label="LOC"),
        mention("b", "John Smith"), mention("b", "John Smith", text="US senator", kind="role"), mention("b", "Congress", label="ORG"),
    ]  # fmt: skip
    found = resolved(*rows)
    assert found["a", "John Smith"] == "John Smith (baker)"
    assert found["b", "John Smith"] == "John Smith (US senator)"


def test_an_acronym_joins_the_name_that_another_article_gives_it():
    rows = [
        mention("a", "Tresk Liberation Front", label="ORG"),
        mention("a", "Tresk Liberation Front", text="TLF", label="ORG"),
        mention("b", "TLF", label="ORG"),
    ]
    assert set(resolved(*rows).values()) == {"Tresk Liberation Front"}


def test_people_place_and_government_are_kept_apart():
    rows = [
        mention("a", "Russians", label="NORP"),
        mention("a", "Moscow", label="LOC"),
        mention("a", "Russia", label="LOC"),
    ]
    assert len(set(resolved(*rows).values())) == 3


def test_no_mention_gives_empty_tables_with_their_columns():
    assert resolved() == {}
    table = actors_table(frame("mentions"), frame("quotes"))
    assert table.empty
    assert list(table.columns) == list(frame("actors").columns)
    assert alias_candidates(table).empty


def test_actors_count_mentions_articles_and_words_and_list_what_they_are_called():
    rows = [mention("a", "Ashton Carter"), mention("a", "Ashton Carter", text="Carter"), mention("a", "Ashton Carter", text="he", kind="pronoun"),
            mention("a", "Ashton Carter", text="US Defence Secretary", kind="role")]  # fmt: skip
    said = frame(
        "quotes",
        [
            {
                "article_id": "a",
                "quote_id": "a#1",
                "text": "We will go.",
                "start": 0,
                "end": 3,
                "actor": "Ashton Carter",
            }
        ],
    )
    row = actors_table(frame("mentions", rows), said).iloc[0]
    assert (row["aliases"], row["roles"]) == ("Carter", "US Defence Secretary")
    assert (row["n_mentions"], row["n_articles"], row["n_quotes"], row["n_words_quoted"]) == (3, 1, 1, 3)


def test_a_role_is_listed_once_in_its_commonest_spelling():
    told = ["Captain", "Baker", "baker", "Captain", "baker", "Baker", "baker"]
    rows = [mention("a", "Petra Lunde", text=role, kind="role") for role in told]
    assert actors_table(frame("mentions", rows), frame("quotes"))["roles"].tolist() == ["baker; Captain"]


def test_a_named_speaker_is_of_the_type_that_the_actor_has_over_all_articles():
    mentions = [
        mention("a", "Morast", label="LOC"), mention("b", "Morast", label="LOC"), mention("c", "Morast"),
        mention("d", "Edda Marlow"),
    ]  # fmt: skip
    said = [
        {"article_id": "c", "actor": "Morast", "speaker_type": "person"},
        {"article_id": "d", "actor": "Edda Marlow", "speaker_type": "person"},
        {"article_id": "d", "actor": "", "speaker_type": "unnamed group"},
    ]
    quotes = frame(
        "quotes", [{"quote_id": f"{i}", "start": 0, "end": 1, **row} for i, row in enumerate(said)]
    )
    found = speaker_types(quotes, actors_table(frame("mentions", mentions), quotes))
    assert found.tolist() == ["place", "person", "unnamed group"]
