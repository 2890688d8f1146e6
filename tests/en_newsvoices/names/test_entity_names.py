import pytest
import spacy
from spacy.tokens import Doc, Span

from en_newsvoices.names.entity_names import entity_names


def doc_with(words: str, *ents: tuple[int, int, str]) -> Doc:
    doc = Doc(spacy.blank("en").vocab, words=words.split())
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in ents]
    return doc


def found(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in entity_names(doc).ents]


@pytest.mark.parametrize(
    ("words", "span", "expected"),
    [
        ("President Ilse Maren left", (0, 3, "PERSON"), "Ilse Maren"),
        ("Capt. Lena Rudek left", (0, 3, "PERSON"), "Lena Rudek"),
        ("Maren 's plan failed", (0, 2, "PERSON"), "Maren"),
        ("Supt Bo Carr left", (0, 3, "PERSON"), "Bo Carr"),
        ("Alice Frost KC MP left", (0, 4, "PERSON"), "Alice Frost"),
        ("Alice Frost D-N.M. left", (0, 3, "PERSON"), "Alice Frost"),
        ("Alice Frost D - N.M. left", (0, 5, "PERSON"), "Alice Frost"),
        ("Alice Frost D-West Kell left", (0, 4, "PERSON"), "Alice Frost"),
        ("Casanare , Yopal , dries up", (0, 3, "LOC"), "Casanare"),
        ("Vera Kohl ( 58 ) left", (0, 5, "PERSON"), "Vera Kohl"),
        ("Crooked Ted Brook lost", (0, 3, "PERSON"), "Ted Brook"),
        ("Kell burns again", (0, 2, "PERSON"), "Kell"),
        ("Martin Keller Jr. left", (0, 3, "PERSON"), "Martin Keller Jr."),
        ("The President spoke", (1, 2, "ORG"), "President"),
    ],
)
def test_titles_and_possessives_are_no_part_of_a_name(words, span, expected):
    assert found(doc_with(words, span)) == [(expected, span[2])]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Arizona Republican", [("Republican", "NORP")]),
        ("New Jersey Democrat", [("Democrat", "NORP")]),
        ("Christian Democrat", [("Christian Democrat", "ORG")]),
    ],
)
def test_a_member_of_a_party_is_named_by_the_party(words, expected):
    assert found(doc_with(words, (0, len(words.split()), "ORG"))) == expected


def test_an_organisations_reporter_is_a_person():
    doc = doc_with("Kell Radio 's John Marsh called", (0, 2, "ORG"), (3, 5, "ORG"))
    doc[2].tag_ = "POS"
    assert found(doc) == [("Kell Radio", "ORG"), ("John Marsh", "PERSON")]


def test_a_people_that_the_recogniser_passed_over_is_added():
    doc = doc_with("The Turkish President met British Airways staff")
    for token, tag in zip(doc, "DT JJ NNP VBD NNP NNP NN".split(), strict=True):
        token.tag_ = tag
    assert found(doc) == [("Turkish", "NORP")]


@pytest.mark.parametrize(
    ("words", "tags", "span", "expected"),
    [
        ("US Defence Secretary Carter", "NNP NNP NNP NNP", (0, 2, "ORG"), [("US", "LOC")]),
        ("the Swiss resort of Davos", "DT JJ NN IN NNP", (1, 4, "FAC"), [("Swiss", "NORP")]),
        ("the anti - IS coalition", "DT JJ HYPH NNP NN", (1, 5, "ORG"), [("IS", "ORG")]),
        ("the Bank of England", "DT NNP IN NNP", (1, 4, "ORG"), [("Bank of England", "ORG")]),
        ("NAFTA 's been bad", "NNP VBZ VBN JJ", (0, 3, "MISC"), [("NAFTA", "MISC")]),
        ("Superstorm Sandy came", "NNP NNP VBD", (0, 2, "PERSON"), [("Superstorm Sandy", "MISC")]),
        ("Hurricane Ada came", "NNP NNP VBD", (1, 2, "PERSON"), [("Hurricane Ada", "MISC")]),
        (
            "Ada Poon Man - kay left",
            "NNP NNP NNP HYPH NN VBD",
            (0, 5, "PERSON"),
            [("Ada Poon Man - kay", "PERSON")],
        ),
        (
            "Thai Suda Maren won",
            "JJ NNP NNP VBD",
            (0, 3, "PERSON"),
            [("Thai", "NORP"), ("Suda Maren", "PERSON")],
        ),
        ("Roman Lee Maren won", "NNP NNP NNP VBD", (0, 3, "PERSON"), [("Roman Lee Maren", "PERSON")]),
        ("in sub - Saharan Africa", "IN JJ HYPH JJ NNP", (1, 5, "LOC"), [("sub - Saharan Africa", "LOC")]),
        ("by Al Qaeda fighters", "IN NNP NNP NNS", (1, 3, "PERSON"), [("Al Qaeda", "ORG")]),
    ],
)
def test_what_is_around_a_name_is_no_part_of_it(words, tags, span, expected):
    doc = doc_with(words, span)
    for token, tag in zip(doc, tags.split(), strict=True):
        token.tag_, token.pos_ = tag, "PROPN" if tag == "NNP" else "NOUN"
    assert found(doc) == expected


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("Sgt . Kit left", (0, 1, "PERSON")),
        ("a spokesman left", (1, 2, "PERSON")),
        ("the Secretary left", (1, 2, "PERSON")),
        ("Bo Carr ( D-N.M. ) left", (3, 4, "PERSON")),
    ],
)
def test_titles_and_parties_on_their_own_are_no_names(words, span):
    assert found(doc_with(words, span)) == []


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("the panel met", (1, 2, "ORG")),
        ("They met on Friday", (3, 4, "MISC")),
        ("@ilsemaren wrote", (0, 1, "ORG")),
        ("the letter R fell", (2, 3, "ORG")),
    ],
)
def test_small_letters_days_handles_and_single_letters_are_no_names(words, span):
    assert found(doc_with(words, span)) == []


@pytest.mark.parametrize(
    ("words", "span", "expected"),
    [
        ("the House Majority Leader spoke", (1, 3, "ORG"), ("House", "ORG")),
        ("Bo Carr , Republican of Utah , left", (3, 6, "ORG"), ("Republican", "NORP")),
        ("the Roads Act ( Act 30 ) passed", (1, 6, "LAW"), ("Roads Act ( Act 30 )", "LAW")),
        ("The New York Times wrote", (1, 4, "PERSON"), ("New York Times", "ORG")),
    ],
)
def test_offices_are_no_part_of_an_organisation_and_well_known_names_are_what_they_are(words, span, expected):
    doc = doc_with(words, span)
    for token in doc:
        token.pos_ = "PROPN"
    assert expected in found(doc)


@pytest.mark.parametrize(
    ("words", "span", "expected"),
    [
        ("Trump Tower was shut", (0, 2, "PERSON"), ("Trump Tower", "FAC")),
        ("Maren Street was shut", (0, 2, "PERSON"), ("Maren Street", "FAC")),
        ("Jerry Hall was there", (0, 2, "PERSON"), ("Jerry Hall", "PERSON")),
        ("Jerry Airport was shut", (0, 2, "PERSON"), ("Jerry Airport", "FAC")),
    ],
)
def test_a_buildings_noun_makes_a_name_a_building_but_for_surnames_behind_a_first_name(words, span, expected):
    assert found(doc_with(words, span)) == [expected]


def test_a_king_and_a_cook_may_bear_the_surname():
    assert found(doc_with("King said so", (0, 1, "PERSON"))) == [("King", "PERSON")]


def test_a_name_behind_a_rank_is_a_person_whatever_the_recogniser_found():
    doc = doc_with("Sgt . Kit Dawlish met Mr . President")
    for token, tag in zip(doc, "NNP . NNP NNP VBD NNP . NNP".split(), strict=True):
        token.tag_, token.pos_ = tag, "PROPN" if tag == "NNP" else "VERB"
    assert found(doc) == [("Kit Dawlish", "PERSON")]


def test_one_name_has_one_label_in_an_article_and_a_word_as_often_a_place_is_a_place():
    doc = doc_with(
        "Kell and Kell and Oxfam and Oxfam and Oxfam",
        (0, 1, "PERSON"),
        (2, 3, "LOC"),
        (4, 5, "PERSON"),
        (6, 7, "ORG"),
        (8, 9, "ORG"),
    )
    assert [label for _, label in found(doc)] == ["LOC", "LOC", "ORG", "ORG", "ORG"]


def test_a_name_that_a_blank_of_fixed_width_holds_together_is_whole():
    doc = Doc(spacy.blank("en").vocab, words=["Ana", "\u00a0", "Ruiz", "left"])
    doc.ents = [Span(doc, 0, 1, label="PERSON")]
    assert [text.split() for text, _ in found(doc)] == [["Ana", "Ruiz"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Most Republicans left", [("Republicans", "NORP")]),
        ("The Liberal Democrats left", []),
        ("Some Kurds left", [("Kurds", "NORP")]),  # a people as well
        ("Many House Democrats left", [("House Democrats", "NORP")]),
        ("Maren will end Obamacare", [("Obamacare", "MISC")]),
    ],
)
def test_parties_and_laws_that_everybody_knows_are_names_but_not_part_of_another(words, expected):
    assert found(doc_with(words)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Four Republican senators left", [("Republican", "NORP")]),
        ("The Democratic Party won", []),
        ("The Republican - led chamber", []),
    ],
)
def test_whom_a_party_names_is_a_mention_of_it_but_not_within_its_name(words, expected):
    words = words.split()
    heads = [min(i + 1, len(words) - 1) for i in range(len(words))]
    doc = Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=["dep"] * len(words))
    assert found(doc) == expected


def test_a_day_and_a_sum_of_money_are_entities_as_they_are():
    doc = doc_with(
        "Last week on Friday they paid two million euros", (0, 2, "DATE"), (3, 4, "DATE"), (6, 9, "MONEY")
    )
    assert found(doc) == [("Last week", "DATE"), ("Friday", "DATE"), ("two million euros", "MONEY")]


@pytest.mark.parametrize(
    ("words", "spans", "expected"),
    [
        ("African Americans left", [(0, 1), (1, 2)], ["African Americans"]),
        ("A Native - American artist", [(3, 4)], ["Native - American"]),
        ("German Americans left", [(0, 1), (1, 2)], ["German", "Americans"]),
    ],
)
def test_a_people_of_americans_is_one(words, spans, expected):
    assert [text for text, _ in found(doc_with(words, *((*span, "NORP") for span in spans)))] == expected


def test_members_of_a_party_are_no_person():
    assert found(doc_with("Maren left the Tories", (0, 1, "PERSON"), (3, 4, "PERSON"))) == [
        ("Maren", "PERSON"),
        ("Tories", "NORP"),
    ]


def test_two_names_in_one_are_parted_where_each_stands_alone_as_well():
    doc = doc_with(
        "House and Senate met ; Senate voted , House not", (0, 3, "ORG"), (5, 6, "ORG"), (8, 9, "ORG")
    )
    assert [name for name, _ in found(doc)] == ["House", "Senate", "Senate", "House"]
    doc = doc_with("Marks and Spencer grew ; Marks hired", (0, 3, "ORG"), (5, 6, "ORG"))
    assert [name for name, _ in found(doc)] == ["Marks and Spencer", "Marks"]


@pytest.mark.parametrize(
    ("words", "ents", "expected"),
    [
        ("King v. Burwell was heard", [(2, 3, "PERSON")], [("King v. Burwell", "MISC")]),
        ("Obergefell v. Hodges was heard", [], [("Obergefell v. Hodges", "MISC")]),
        ("Kell v. Wexburg ended", [(0, 1, "LOC"), (2, 3, "LOC")], [("Kell", "LOC"), ("Wexburg", "LOC")]),
    ],
)
def test_a_case_before_a_court_is_neither_of_its_parties(words, ents, expected):
    assert found(doc_with(words, *ents)) == expected


def test_the_first_words_of_a_persons_name_are_that_person():
    doc = doc_with("Suda Wan Maren left ; Suda Wan stayed", (0, 3, "PERSON"), (5, 7, "LOC"))
    assert found(doc) == [("Suda Wan Maren", "PERSON"), ("Suda Wan", "PERSON")]


@pytest.mark.parametrize(("whose", "label"), [("Ohio", "LOC"), ("Republican", "NORP")])
def test_members_of_a_chamber_are_no_part_of_their_states_or_partys_name(whose, label):
    doc = doc_with(f"{whose} Reps. Ada Holt", (0, 2, "ORG"), (2, 4, "PERSON"))
    assert found(doc) == [(whose, label), ("Ada Holt", "PERSON")]


def test_what_a_hyphen_joins_to_a_persons_name_is_part_of_it():
    nlp = spacy.blank("en")
    for text, tag, expected in (
        ("Kim Jong-un left", "NNP", "Kim Jong-un"),
        ("Ada Holt-era laws", "NN", "Ada Holt"),
    ):
        doc = nlp(text)
        doc[3].tag_ = tag
        doc.ents = [Span(doc, 0, 2, label="PERSON")]
        assert found(doc) == [(expected, "PERSON")]


@pytest.mark.parametrize(
    ("words", "label", "expected"),
    [
        ("GOP - leaning", "ORG", ("GOP", "ORG")),
        ("Republican - controlled Senate", "ORG", ("Senate", "ORG")),
        ("Office of Trade for President - elect", "ORG", ("Office of Trade", "ORG")),
        ("Office of Trade for Kell", "ORG", ("Office of Trade for Kell", "ORG")),
        ("Hurricane Ada", "LOC", ("Hurricane Ada", "MISC")),
    ],
)
def test_a_name_ends_before_what_is_made_of_it(words, label, expected):
    doc = doc_with(words, (0, len(words.split()), label))
    for token in doc:
        if token.text in ("leaning", "controlled"):
            token.tag_ = "VBG" if token.text == "leaning" else "VBN"
    assert found(doc) == [expected]


def test_a_rank_alone_is_no_organisation():
    assert found(doc_with("Capt. Ada Holt", (0, 1, "ORG"), (1, 3, "PERSON"))) == [("Ada Holt", "PERSON")]
