import pytest

from newsvoices import load_pipeline, mentions, quotes


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


@pytest.fixture
def chains(nlp):
    """Chain by text of the mentions of a text, the last of equal ones; roles apart."""

    def read(text: str) -> dict[str, str]:
        table = mentions(nlp(text))
        return dict(table.loc[table["kind"] != "role", ["text", "chain"]].itertuples(index=False))

    return read


@pytest.mark.parametrize(
    ("text", "mention", "chain"),
    [
        ("US Defence Secretary Ashton Carter spoke in Paris. Carter left.", "Carter", "Ashton Carter"),
        ("Mr Carter met Ashton Carter's critics in London.", "Carter", "Ashton Carter"),
        ("John F. Kerry arrived. John Kerry then spoke.", "John Kerry", "John F. Kerry"),
        ("Angela Merkel spoke in Berlin. She then left.", "She", "Angela Merkel"),
        ("Angela Merkel met Vladimir Putin in Berlin. He said nothing.", "He", "Vladimir Putin"),
        ("The United Nations met in Geneva. The UN voted.", "UN", "United Nations"),
        ("Islamic State retreated in Iraq. ISIL fought on in Syria.", "ISIL", "Islamic State"),
        ("The Tresk Liberation Front (TLF) left the talks. The TLF was angry.", "TLF", "Tresk Liberation Front"),
    ],
)  # fmt: skip
def test_names_and_pronouns_of_one_are_one_chain(chains, text, mention, chain):
    assert chains(text)[mention] == chain


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Tomas Rudek won. His wife, Ada Rudek, was with him. Rudek spoke.", "Tomas Rudek"),
        ("Tomas Rudek won. The banker thanked his son Jan Rudek. Rudek spoke.", "Tomas Rudek"),
        ("Rudek won the vote.\n\nHis daughter, Ada Rudek, was with him. Rudek spoke.", "Rudek"),
        ("Ada Rudek, the wife of a banker, won. Rudek spoke.", "Ada Rudek"),
        ("His wife, Ada Rudek, was with him. Rudek spoke.", "Ada Rudek"),
    ],
)
def test_a_surname_is_not_the_relatives_who_came_later(chains, text, chain):
    assert chains(text)["Rudek"] == chain


def test_an_office_that_is_only_spoken_of_is_nobody_else(chains):
    found = chains(
        "Chris Marlow spoke of his time as governor of Kell. Marlow left. “Who knows?” the governor said."
    )
    assert found["the governor"] == "Chris Marlow"


def test_what_a_short_first_name_may_stand_for_is_told(nlp):
    table = mentions(nlp("Senator Bob Maren met Pat Voss Jr. and Robert Holt in Paris."))
    assert dict(table.loc[table["full_name"] != "", ["text", "full_name"]].itertuples(index=False)) == {
        "Bob Maren": "Robert Maren",
        "Pat Voss Jr.": "Patricia Voss Jr.; Patrick Voss Jr.",
    }


def test_a_nickname_inside_a_name_is_its_bearers(nlp):
    table = mentions(
        nlp("Ivar “the Blacksmith” Rudek led the rebels. On Friday the Blacksmith left the city.")
    )
    assert set(table["chain"]) == {"Ivar Rudek"}


def test_a_nickname_that_somebody_else_bears_by_right_is_left_to_them(nlp):
    table = mentions(nlp("Tomas Kell, known as the Captain, met John Baker in Paris. John Baker then left."))
    assert set(table.loc[table["text"] == "John Baker", "chain"]) == {"John Baker"}


def test_the_minister_is_the_one_whose_role_it_is(chains):
    text = (
        "French Defence Minister Jean-Yves Le Drian met Sergei Lavrov, the Russian foreign minister, in Paris.\n\n"
        "Later the French minister said that the talks had failed."
    )
    assert chains(text)["the French minister"] == "Jean-Yves Le Drian"


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The Ridge Army left the talks. “We wait,” it said. On Friday the army returned.", "Ridge Army"),
        ("The Ridge Army left the talks. The Veldanian army stayed. On Friday the army returned.", None),
    ],
)
def test_the_army_is_the_named_one_where_there_is_no_other(chains, text, chain):
    assert chains(text).get("the army") == chain


@pytest.mark.parametrize(
    ("text", "description", "chain"),
    [
        ("Mediator Samira Lind ran about. The weary envoy left.", "The weary envoy", "Samira Lind"),
        ("Mayor Helen Abbot ran about. The weary baker left.", "The weary baker", "“The weary baker”"),
        ("Mediator Samira Lind met negotiator Bo Carr. The envoy left.", "The envoy", "“The envoy”"),
    ],
)
def test_a_description_is_of_somebody_named_where_a_role_means_as_much(chains, text, description, chain):
    assert chains(text)[description] == chain


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("The President of the Russian Federation Mr. Ilya Maren left.", "Ilya Maren", ["President of the Russian Federation"]),
        ("The Head of Public Service Dr Joseph Rudek spoke in Paris.", "Joseph Rudek", ["Head of Public Service"]),
        ("House Ways and Means Chairman Kevin Rudek told Democrats so.", "Kevin Rudek", ["House Ways and Means Chairman"]),
        ("The doc-fix bill President Barack Obama signed into law is old.", "Barack Obama", ["President"]),
        ("The adopted brother of Goran Vasht was there.", "Goran Vasht", []),
        ("The panel, whose chairman, Goran Vasht, is leaving, met.", "Goran Vasht", ["chairman"]),
        ("The Front and its spokeswoman, Ilse Maren, left.", "Ilse Maren", ["spokeswoman"]),
        ("Tomas Rudek is a proud man. Ilse Maren left.", "Tomas Rudek", []),
        ("Tomas Rudek is a baker. Ilse Maren left.", "Tomas Rudek", ["baker"]),
        ("Ada Holt, Jan Rudek and Goran Vasht, two possible presidential contenders, signed.", "Goran Vasht", []),
        ("Mr. Tomas Rudek met Mrs Ilse Maren.", "Tomas Rudek", []),
        ("As the board's top aide, Ms. Ada Holt also had an account.", "Ada Holt", ["board's top aide"]),
        ("“He is not an expert in law,” Mr. Rudek said. “I am.”", "Rudek", []),
        ("Former prime minister Ivar Rudek is my guru, he said.", "Ivar Rudek", ["Former prime minister", "my guru"]),
        ("At the time Israeli Prime Minister Yair Rudek, Emirati leader Sheikh Omar Vasht and Indian Prime Minister Jan Maren met.", "Yair Rudek", ["Israeli Prime Minister"]),
    ],
)  # fmt: skip
def test_a_role_is_whole_and_that_of_the_one_who_bears_it(nlp, text, name, told):
    table = mentions(nlp(text))
    assert table.loc[(table["kind"] == "role") & (table["chain"] == name), "text"].tolist() == told
    assert name in set(table["chain"])


def test_nobody_else_is_meant_by_what_stands_behind_a_name(nlp):
    table = mentions(nlp("Dame Alice Frost KC MP said that the court was wrong."))
    assert set(table["chain"]) == {"Alice Frost"}


def test_a_byline_and_credits_name_nobody(nlp):
    text = "By Jo Marsh\n\nIlse Maren spoke on Monday.\n\nReporting by Jo Marsh; editing by Ann Lowe"
    assert set(mentions(nlp(text))["chain"]) == {"Ilse Maren"}


def test_nobody_is_meant_by_a_word_inside_their_own_description(nlp):
    text = (
        "Roots Party Presidential candidate George Wajackoyah and his Agano Party counterpart David Mwaure "
        "had ratings of 2.8 percent and 1 percent respectively."
    )
    assert "David Mwaure" in set(mentions(nlp(text))["chain"])


def test_a_bare_surname_is_not_the_juniors(chains):
    text = "Goran Vasht and Goran Vasht Jr. met Ilse Maren. Vasht left."
    assert chains(text)["Vasht"] == "Goran Vasht"


def test_two_people_with_one_surname_stay_two(chains):
    text = (
        "Defence Minister Tomas Rudek resigned on Friday.\n\n"
        "Captain Lena Rudek, an army spokeswoman, declined to comment. Ms Rudek left at once."
    )
    found = chains(text)
    assert found["Tomas Rudek"] != found["Lena Rudek"]
    assert found["Rudek"] == "Lena Rudek"


def test_i_in_a_quotation_is_its_speaker_and_he_is_not(nlp):
    text = "Ashton Carter met John Kerry in Paris.\n\n“I told him that he was late,” Carter said."
    table = mentions(nlp(text)).set_index("text")["chain"]
    assert table["I"] == "Ashton Carter"
    assert table["him"] == table["he"] == "John Kerry"


def test_somebody_unnamed_has_a_chain_and_no_actor(nlp):
    doc = nlp("A senior official spoke in Paris on Monday. He said the talks had failed.")
    table = mentions(doc).set_index("text")
    assert table.loc["He", "chain"] == table.loc["A senior official", "chain"] == "“A senior official”"
    assert table.loc["He", "actor"] == ""
    assert quotes(doc)["speaker_type"].tolist() == ["unnamed person"]


def test_a_quote_knows_its_speakers_actor_and_role(nlp):
    row = quotes(nlp("US Defence Secretary Ashton Carter left. “We have a plan,” he said.")).iloc[-1]
    assert (row["actor"], row["role"]) == ("Ashton Carter", "US Defence Secretary")


@pytest.mark.parametrize(
    ("text", "kind", "actor"),
    [
        (
            "Oxfam warned that the food crisis is set to worsen. It said conflict was to blame.",
            "organisation",
            "Oxfam",
        ),
        (
            "Bases use mains electricity, the ministry said.\n\n"
            "The army has bought mobile generators, it added.\n\nIn wartime there is a reserve, it said.",
            "organisation",
            "",
        ),
        ("The report adds that the charges were wired. It says who laid them.", "document", ""),
        ("It said that talks had failed.", "organisation", ""),
    ],
)
def test_it_is_what_the_sentence_or_the_one_before_is_about(nlp, text, kind, actor):
    row = quotes(nlp(text)).query("speaker.str.lower() == 'it'").iloc[-1]
    assert (row["speaker_type"], row["actor"]) == (kind, actor)


def test_the_reason_for_anonymity_is_told_in_the_articles_words(nlp):
    text = (
        "“The talks have failed,” said a senior official, who spoke on condition of anonymity because he was "
        "not authorised to speak to the media."
    )
    reason = quotes(nlp(text)).iloc[0]["anonymity"]
    assert reason.startswith("on condition of anonymity")
    assert reason in text


def test_every_mention_is_a_span_of_the_text(nlp):
    text = "“I did,” she said.\n\nIlse Maren, the president of Veldania, met him. His wife left. Who is he?"
    for row in mentions(nlp(text)).itertuples():
        assert text[row.start : row.end] == row.text


def test_who_is_brought_in_without_a_name_speaks_on(chains):
    text = (
        "Goran Vasht came to Kell. He looked at the dam. Vasht left at noon.\n\n"
        "“We were asleep,” a resident said.\n\n“Nobody rang the bell,” he added."
    )
    assert chains(text)["he"] == chains(text)["a resident"]


def test_who_is_named_with_an_indirect_quote_speaks_on(chains):
    text = (
        "Goran Vasht said the dam was safe. “It will hold,” he said. He said he would stay. Vasht is mayor.\n\n"
        "Tomas Rudek, a geologist at the University of Kell, says the rock is soft.\n\n"
        "“I would not sleep there,” he says."
    )
    assert chains(text)["he"] == "Tomas Rudek"


@pytest.mark.parametrize(
    ("text", "short", "chain"),
    [
        ("The Assembly of River Towns met in Kell. On Friday the assembly said it would vote.", "the assembly", "Assembly of River Towns"),
        ("The Kell Metropolitan Government shut the bridge. Then the metropolitan government opened it.", "the metropolitan government", "Kell Metropolitan Government"),
        ("The Guild of Bakers and Merchants (BAMI) met in Kell. BAMI was angry.", "BAMI", "Guild of Bakers and Merchants"),
    ],
)  # fmt: skip
def test_what_an_organisation_is_called_for_short_is_the_organisation(chains, text, short, chain):
    assert chains(text)[short] == chain
