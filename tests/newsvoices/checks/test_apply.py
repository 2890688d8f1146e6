from dataclasses import replace

import pandas as pd
import pytest

from newsvoices import add_checks
from newsvoices.analysis.analyse import reduce
from newsvoices.checks.apply import apply_checks
from newsvoices.checks.places import kind_of


@pytest.fixture
def applied(three_quotes, tmp_path):
    def apply(*facts, tables=three_quotes):
        file = tmp_path / "checks.csv"
        file.unlink(missing_ok=True)
        add_checks(facts, file=file)
        return apply_checks(tables, file)

    return apply


def test_a_quote_that_is_right_stays_as_it_is(applied, fact, three_quotes):
    found = applied(fact(words="Goran Vasht had lied", kind="indirect", speaker="She", speaker_type="person"))
    assert found.quotes["checked"].tolist() == ["", "right", ""]
    assert found.quotes.drop(columns="checked").equals(three_quotes.quotes)
    assert found.relations.equals(three_quotes.relations)
    assert found.articles.attrs["checks"] == []


def test_no_quote_is_taken_out_and_nobody_speaks_about_anybody_in_it(applied, fact):
    found = applied(fact(words="Goran Vasht had lied", answer="no quote"))
    assert found.quotes["quote_id"].tolist() == ["a#1", "a#3"]
    assert found.relations.empty
    assert found.actors.set_index("actor").loc["Ilse Maren", "n_quotes"] == 1


def test_another_speaker_goes_on_into_actors_and_relations(applied, fact):
    found = applied(
        fact(words="Goran Vasht had lied", speaker="Ilse Maren", actor="Petra Lunde", speaker_type="person")
    )
    row = found.quotes.iloc[1]
    assert (row["speaker"], row["actor"], row["checked"], row["cue"]) == (
        "Ilse Maren",
        "Petra Lunde",
        "corrected",
        "said",
    )
    assert found.relations["source"].tolist() == ["Petra Lunde"]
    assert found.actors.set_index("actor").loc["Petra Lunde", "n_quotes"] == 1


def test_a_missed_quote_is_added_from_its_words_alone(applied, fact):
    found = applied(
        fact(words="the road  was gone.", spans="", speaker="A driver", speaker_type="unnamed person")
    )
    row = found.quotes.iloc[2]
    assert (row["text"], row["kind"], row["checked"]) == ("the road was gone", "indirect", "added")
    assert (row["speaker"], row["speaker_type"], row["actor"]) == ("A driver", "unnamed person", "")
    assert found.quotes["quote_id"].is_unique


def test_a_missed_quote_gets_its_actor_and_type_from_the_mention_that_speaks(applied, fact):
    found = applied(fact(words="denied it", speaker="Vasht"))
    row = found.quotes.query("checked == 'added'").iloc[0]
    assert (row["actor"], row["speaker_type"], row["speaker_start"]) == ("Goran Vasht", "person", 84)


def test_a_speaker_without_a_name_is_an_unnamed_person(applied, fact):
    found = applied(fact(words="Lies,", kind="direct", speaker="A driver"))
    assert found.quotes.loc[2, ["speaker_type", "actor"]].tolist() == ["unnamed person", ""]


def test_wrong_bounds_are_put_right_and_the_rest_stays(applied, fact, three_quotes):
    was = three_quotes.quotes.loc[0, "spans"].replace("-", "..")
    found = applied(fact(was=was, words="bridge is safe", speaker="Ilse Maren", speaker_type="person"))
    row = found.quotes.iloc[0]
    assert (row["text"], row["quote_id"], row["actor"], row["checked"]) == (
        "bridge is safe,",
        "a#1",
        "Ilse Maren",
        "corrected",
    )
    assert len(found.quotes) == 3


def test_who_an_actor_is_goes_for_all_its_chain(applied, fact):
    found = applied(fact("mention", "actor", words="Goran Vasht", actor="Goran Vasht (spokesman)"))
    assert found.mentions.query("chain == 'Goran Vasht'")["actor"].unique().tolist() == [
        "Goran Vasht (spokesman)"
    ]
    assert found.quotes["actor"].tolist() == ["Ilse Maren", "Ilse Maren", "Goran Vasht (spokesman)"]
    assert found.relations["target"].tolist() == ["Goran Vasht (spokesman)"]
    assert "Goran Vasht" not in set(found.actors["actor"])
    assert found.mentions["checked"].value_counts().to_dict() == {"": 4, "corrected": 3}


@pytest.fixture
def joint(three_quotes):
    """The article with a quote of which two people are found to be the speakers, a row for each."""
    quotes = three_quotes.quotes.copy()
    twin = quotes.iloc[[1]].assign(quote_id="a#4", actor="Petra Lunde")
    return replace(three_quotes, quotes=pd.concat([quotes, twin], ignore_index=True))


@pytest.mark.parametrize(
    ("said", "speakers"),
    [
        ({"speaker": "She", "speaker_type": "person"}, {"Ilse Maren": "right", "Petra Lunde": "right"}),
        ({"speaker": "She", "actor": "Edda Kell", "speaker_type": "person"}, {"Edda Kell": "corrected"}),
        ({"speaker": "Vasht"}, {"Goran Vasht": "corrected"}),
        ({"answer": "no quote"}, {}),
    ],
)
def test_what_is_said_of_a_joint_statement_is_said_of_all_its_speakers(applied, fact, joint, said, speakers):
    words = "Goran Vasht had lied"
    found = applied(fact(words=words, kind="indirect", **said), fact("article", "checked"), tables=joint)
    own = found.quotes[found.quotes["text"] == words]
    assert dict(zip(own["actor"], own["checked"], strict=True)) == speakers


def test_a_pipeline_that_misses_a_checked_quote_gets_it_back(applied, fact, three_quotes):
    fewer = replace(three_quotes, quotes=three_quotes.quotes.iloc[[0]])
    found = applied(fact(words="Lies,", kind="direct", speaker="Vasht", speaker_type="person"), tables=fewer)
    assert found.quotes[["text", "actor", "checked"]].to_numpy().tolist()[1] == [
        "Lies,",
        "Goran Vasht",
        "added",
    ]


def test_a_quote_that_only_the_machine_sees_in_an_article_read_as_a_whole_is_none(applied, fact):
    found = applied(fact(words="Lies,", kind="direct", speaker="Vasht"), fact("article", "checked"))
    assert found.quotes["text"].tolist() == ["Lies,"]


def test_a_text_that_has_changed_is_listed(applied, fact, three_quotes):
    with pytest.warns(match="not applied: 1 .*its text has changed since"):
        found = applied(fact(words="Lies,", text_hash="t0", answer="no quote"))
    assert found.articles.attrs["checks"][0]["line"] == "checks.csv, line 2"
    assert found.quotes.drop(columns="checked").equals(three_quotes.quotes)


def test_words_that_do_not_stand_there_are_listed(applied, fact):
    with pytest.warns(match="does not say, or more than once: 'the bridge fell'"):
        found = applied(fact(words="the bridge fell", spans=""))
    assert len(found.quotes) == 3


def test_words_that_stand_twice_need_their_place(applied, fact):
    with pytest.warns(match="more than once: 'Vasht'"):
        applied(fact(words="Vasht", spans=""))


def test_where_coders_disagree_nothing_is_decided(applied, fact, three_quotes):
    with pytest.warns(match="coders disagree: 'Goran Vasht had lied' is no quote or person Ilse Maren"):
        found = applied(
            fact(words="Goran Vasht had lied", answer="no quote"),
            fact(words="Goran Vasht had lied", speaker="She", speaker_type="person", coder="Goran"),
        )
    assert found.quotes["checked"].tolist() == ["", "coders disagree", ""]
    assert found.quotes.drop(columns="checked").equals(three_quotes.quotes)


def test_who_has_read_all_and_has_no_such_quote_disagrees_with_who_has(applied, fact):
    with pytest.warns(match="coders disagree: 'the road was gone' is unnamed person or no quote"):
        found = applied(
            fact(words="the road was gone", speaker="A driver", speaker_type="unnamed person"),
            fact("article", "checked", coder="Goran"),
            fact(words="Lies,", speaker="Vasht", coder="Goran", kind="direct"),
        )
    assert "the road was gone" not in set(found.quotes["text"])


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("“Go,” she said.", "Go,", "direct"),
        ("She called it “a lie” and left.", "it “a lie”", "mixed"),
        ("She left.", "left", "indirect"),
    ],
)
def test_the_kind_of_a_quote_is_told_by_its_marks(text, words, kind):
    start = text.index(words)
    assert kind_of(text, [(start, start + len(words))]) == kind


def test_analyse_applies_checks_on_every_run(tmp_path, fact, three_quotes):
    parts = {name: getattr(three_quotes, name) for name in ("mentions", "quotes", "relations")}
    add_checks([fact(words="Lies,", answer="no quote")], file=tmp_path / "checks.csv")
    found = reduce(three_quotes.articles, checks=tmp_path / "checks.csv", **parts)
    assert found.quotes["quote_id"].tolist() == ["a#1", "a#2"]
    assert "checked" not in reduce(three_quotes.articles, **parts).quotes
