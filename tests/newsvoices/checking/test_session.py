import multiprocessing
import os
import signal
import warnings
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from newsvoices import analyse, draw_sample, frame, read_checks
from newsvoices.checking.actions import Action, place_of
from newsvoices.checking.session import Session
from newsvoices.checks.apply import apply_checks

FORK = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")


@pytest.fixture
def session(three_quotes, tmp_path):
    """Opens a session on the article of conftest, which the folder's ledger goes on with."""

    def opened(tables=three_quotes, *, coder="Edda", blind=False):
        sample = draw_sample(tables, n=9, seed=1)
        return Session(tables, sample, folder=tmp_path / "checks", coder=coder, blind=blind)

    return opened


@pytest.fixture
def at(three_quotes):
    """The offsets of words in its text, the nth time that they stand there."""
    text = three_quotes.articles["text"][0]

    def place(words, nth=0):
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        return {"start": start, "end": start + len(words)}

    return place


@pytest.fixture
def of(three_quotes):
    """By which a quote of its pipeline is known."""
    return three_quotes.quotes.set_index("text")["spans"]


def checked(session) -> list[list[str]]:
    return [
        [(quote.now or quote.old)["text"], quote.checked if quote.now else "no quote"]
        for quote in session.article("a").quotes
    ]


def applied(tables, tmp_path):
    return apply_checks(tables, tmp_path / "checks").quotes.set_index("text")


def test_one_action_says_that_all_else_is_right(session, three_quotes, of, tmp_path):
    one = session()
    one.apply("a", Action("no quote", of["Lies,"]))
    one.apply("a", Action("done"))
    assert one.is_checked("a")
    assert checked(one) == [
        ["The bridge is safe,", "right"],
        ["Goran Vasht had lied", "right"],
        ["Lies,", "no quote"],
    ]
    found = applied(three_quotes, tmp_path)
    assert found["checked"].to_dict() == {"The bridge is safe,": "right", "Goran Vasht had lied": "right"}
    assert (found["actor"] == "Ilse Maren").all()


def test_analyse_gives_what_was_checked(tmp_path):
    text = (
        "Edda Marlow met Goran Vasht. “We go,” she said. “It is late,” said Goran Vasht. He thought of rain."
    )
    articles = pd.DataFrame({"article_id": ["a"], "text": [text], "outlet": ["Courier"]})
    tables = analyse(articles, cache=None)
    one = Session(tables, draw_sample(tables, n=1, seed=1), folder=tmp_path / "checks", coder="Edda")
    we_go = tables.quotes.set_index("text").loc["We go,", "spans"]
    one.apply("a", Action("speaker", we_go, start=text.index("Goran"), end=text.index("Goran") + 11))
    one.apply("a", Action("add", start=text.index("Edda"), end=text.index("met")))
    one.apply("a", Action("done"))
    found = analyse(articles, cache=None, checks=tmp_path / "checks").quotes.set_index("text")
    assert found.loc[["We go,", "It is late,", "Edda Marlow"], ["checked", "actor"]].to_numpy().tolist() == [
        ["corrected", "Goran Vasht"],
        ["right", "Goran Vasht"],
        ["added", ""],
    ]


def test_one_goes_on_where_one_stopped(session, of):
    session().apply("a", Action("right", of["Lies,"]))
    again = session()
    assert checked(again)[2] == ["Lies,", "right"]
    assert not again.is_checked("a")
    again.apply("a", Action("done"))
    assert session().is_checked("a")


def test_the_sample_is_in_the_ledger_with_the_first_action_and_once(session, of, tmp_path):
    for quote in of:
        session().apply("a", Action("right", quote))
    lines = (tmp_path / "checks" / "Edda.csv").read_text("utf-8").splitlines()
    assert sum(",drawn,one coder," in line for line in lines) == 1
    facts = read_checks(tmp_path / "checks")
    assert facts.loc[facts["about"] == "drawn", ["stratum", "probability", "of"]].to_numpy().tolist() == [
        ["outlet: The Morast Courier", 1.0, 1.0]
    ]


def test_a_missed_quote_takes_whole_words_and_its_speaker_the_mention_there(
    session, at, three_quotes, tmp_path
):
    one = session()
    words = at("he road was gon")
    one.apply("a", Action("add", **words))
    added = place_of(one.article("a").quotes[2])
    one.apply("a", Action("speaker", added, **at("A driver")))
    row = applied(three_quotes, tmp_path).loc["the road was gone"]
    assert row[["checked", "speaker", "speaker_type", "actor"]].tolist() == [
        "added",
        "A driver",
        "unnamed person",
        "",
    ]


def test_words_added_where_the_pipeline_has_a_quote_are_its_bounds(session, at, three_quotes, tmp_path):
    session().apply("a", Action("add", **at("said Goran Vasht had lied")))
    row = applied(three_quotes, tmp_path).loc["said Goran Vasht had lied"]
    assert row[["checked", "speaker", "quote_id"]].tolist() == ["corrected", "She", "a#2"]


def test_a_quote_in_parts_is_put_together(session, at, of, three_quotes, tmp_path):
    one = session()
    one.apply("a", Action("bounds", of["Lies,"], **at("“Lies,”")))
    one.apply("a", Action("more words", of["Lies,"], **at("denied it")))
    row = applied(three_quotes, tmp_path).loc["denied it Lies,"]
    assert row[["checked", "kind", "actor"]].tolist() == ["corrected", "mixed", "Goran Vasht"]


@pytest.mark.parametrize(
    ("how", "speaker", "speaker_type", "actor"),
    [
        ({"typed": "Ilse Maren"}, "Ilse Maren", "person", "Ilse Maren"),
        ({"typed": "<b>Petra Lunde</b>"}, "", "person", "<b>Petra Lunde</b>"),
        ({}, "", "none", ""),
    ],
)
def test_a_speaker_is_typed_or_nobody(session, of, three_quotes, tmp_path, how, speaker, speaker_type, actor):
    session().apply("a", Action("speaker", of["Lies,"], **how))
    row = applied(three_quotes, tmp_path).loc["Lies,"]
    assert row[["checked", "speaker", "speaker_type", "actor"]].tolist() == [
        "corrected",
        speaker,
        speaker_type,
        actor,
    ]


def test_type_and_actor_are_changed_without_the_words(session, of, three_quotes, tmp_path):
    one = session()
    one.apply("a", Action("type", of["Lies,"], typed="organisation"))
    one.apply("a", Action("actor", of["Lies,"], typed="The Vasht Company"))
    row = applied(three_quotes, tmp_path).loc["Lies,"]
    assert row[["speaker", "speaker_type", "actor"]].tolist() == [
        "Vasht",
        "organisation",
        "The Vasht Company",
    ]


def test_who_somebody_is_goes_for_the_whole_article_and_the_last_word_counts(
    session, at, three_quotes, tmp_path
):
    one = session()
    one.apply("a", Action("actor", typed="Goran Vasht (spokesman)", **at("Goran Vasht")))
    one.apply("a", Action("actor", typed="G. Vasht", **at("Vasht", 1)))
    assert one.article("a").mentions.query("chain == 'Goran Vasht'")["actor"].unique().tolist() == [
        "G. Vasht"
    ]
    assert applied(three_quotes, tmp_path).loc["Lies,", "actor"] == "G. Vasht"
    facts = read_checks(tmp_path / "checks")
    assert facts.loc[facts["about"] == "mention", "actor"].tolist() == ["G. Vasht"]


def test_those_who_speak_together_are_one_quote_to_check(session, of, three_quotes, tmp_path):
    twin = three_quotes.quotes.iloc[[2]].assign(quote_id="a#4", actor="Petra Lunde")
    tables = replace(three_quotes, quotes=pd.concat([three_quotes.quotes, twin], ignore_index=True))
    one = session(tables)
    assert [quote.now["actor"] for quote in one.article("a").quotes][2] == "Goran Vasht and Petra Lunde"
    one.apply("a", Action("done"))
    found = applied(tables, tmp_path).loc["Lies,", ["actor", "checked"]].to_numpy().tolist()
    assert found == [["Goran Vasht", "right"], ["Petra Lunde", "right"]]


def test_undo_restores_what_was_said_before_and_loses_no_line(session, of, tmp_path):
    one = session()
    for action in (
        Action("speaker", of["Lies,"], typed="Ilse Maren"),
        Action("no quote", of["Lies,"]),
        Action("done"),
    ):
        one.apply("a", action)
    states = [checked(one)]
    for _ in range(3):
        one.undo()
        states.append(checked(one))
        assert checked(session()) == states[-1]
    assert [state[2][1] for state in states] == ["no quote", "no quote", "corrected", ""]
    assert not one.is_checked("a")
    lines = (tmp_path / "checks" / "Edda.csv").read_text("utf-8").splitlines()
    assert [
        sum(f",quote,{answer}," in line for line in lines) for answer in ("no quote", "quote", "undone")
    ] == [1, 4, 3]
    with pytest.raises(ValueError, match="nothing was done since"):
        one.undo()


def test_what_is_taken_back_opens_the_article_again(session, of):
    one = session()
    one.apply("a", Action("done"))
    one.apply("a", Action("take back", of["Lies,"]))
    assert [quote[1] for quote in checked(one)] == ["right", "right", ""]
    assert not one.is_checked("a")


def test_who_checks_blind_sees_no_quote_of_the_pipeline_or_of_another(
    session, at, of, three_quotes, tmp_path
):
    session().apply("a", Action("done"))
    other = session(coder="Goran", blind=True)
    assert checked(other) == []
    other.apply("a", Action("add", **at("The bridge is safe")))
    other.apply("a", Action("speaker", place_of(other.article("a").quotes[0]), **at("Ilse Maren")))
    other.apply("a", Action("done"))
    assert checked(session(coder="Goran", blind=True)) == [["The bridge is safe,", "added"]]
    with pytest.warns(match="coders disagree"):
        found = applied(three_quotes, tmp_path)
    assert found["checked"].tolist() == ["right", "coders disagree", "coders disagree"]


def test_after_the_pipeline_has_changed_its_answer_can_still_be_changed(session, of, three_quotes, tmp_path):
    session().apply("a", Action("no quote", of["Goran Vasht had lied"]))
    start, end = map(int, of["Goran Vasht had lied"].split("-"))
    moved = three_quotes.quotes.copy()
    moved.loc[1, ["spans", "start"]] = [f"{start - 5}-{end}", start - 5]
    tables = replace(three_quotes, quotes=moved)
    one = session(tables)
    assert [quote[1] for quote in checked(one)] == ["", "no quote", ""]
    one.apply("a", Action("right", f"{start - 5}-{end}"))
    assert [quote[1] for quote in checked(session(tables))] == ["", "right", ""]
    assert (read_checks(tmp_path / "checks")["about"] == "quote").sum() == 1


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (Action("add"), "select the words first"),
        (Action("right"), "no quote is chosen"),
        (Action("type", "quote", typed="robot"), "type is 'robot'"),
        (Action("speaker", "quote", typed="…"), "is no name"),
        (Action("actor", start=0, end=5, typed=""), "nobody was found"),
        (Action("dance", "quote"), "nothing can be done by 'dance'"),
    ],
)
def test_what_cannot_be_done_says_so_and_writes_nothing(session, of, action, message, tmp_path):
    action = action._replace(quote=of["Lies,"] if action.quote else "")
    with pytest.raises(ValueError, match=message):
        session().apply("a", action)
    assert not (tmp_path / "checks").exists()


ACTIONS = [
    lambda one, of: one.apply("a", Action("right", of["Lies,"])),
    lambda one, of: one.apply("a", Action("add", start=100, end=130)),
    lambda one, of: one.apply("a", Action("no quote", of["Lies,"])),
    lambda one, of: one.apply("a", Action("done")),
    lambda one, of: one.undo(),
]


def killed_at(point: int, session: Session, file, action) -> None:
    """Does something, and is killed as it writes: before the first byte, within the line, or when all is written."""
    session.file, write = file, os.write

    def cut_off(descriptor: int, data: bytes) -> int:
        write(descriptor, data[: len(data) * point // 19])
        os.kill(os.getpid(), signal.SIGKILL)

    os.write = cut_off
    action()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process by a signal")
def test_a_hundred_kills_lose_no_action_and_leave_none_half_written(session, of, tmp_path):
    one = session()
    one.apply("a", Action("right", of["The bridge is safe,"]))
    for number, act in enumerate(ACTIONS):
        before, files = said_in(one.file), [tmp_path / f"{number}-{point}.csv" for point in range(20)]
        for point, file in enumerate(files):
            file.write_bytes(one.file.read_bytes())
            action = partial(act, one, of)
            killed = FORK.Process(target=killed_at, args=(point, one, file, action))
            killed.start()
            killed.join()
            assert killed.exitcode == -signal.SIGKILL
        act(one, of)
        after = said_in(one.file)
        assert after != before
        assert [said_in(file) == before for file in files] == [True] * 19 + [False]
        assert said_in(files[-1]) == after


def said_in(file) -> set[tuple]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a line that was cut off is told of
        return set(read_checks(file).drop(columns="line").fillna("").itertuples(index=False, name=None))


def checks_all(session: Session, of) -> None:
    for quote in [*of, *of, *of]:
        session.apply("a", Action("right", quote))
    session.apply("a", Action("done"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="two processes from one")
def test_two_people_check_into_one_folder_at_once(session, of, tmp_path):
    people = [FORK.Process(target=checks_all, args=(session(coder=name), of)) for name in ("Edda", "Goran")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    facts = read_checks(tmp_path / "checks")
    assert facts.attrs["problems"] == []
    assert facts.groupby("coder")["about"].value_counts().tolist() == [3, 1, 1, 3, 1, 1]


def test_what_cannot_be_opened_says_so(three_quotes, session):
    with pytest.raises(ValueError, match="a name has letters"):
        session(coder="../Edda")
    with pytest.raises(ValueError, match="have been corrected"):
        session(replace(three_quotes, quotes=three_quotes.quotes.assign(checked="")))
    with pytest.raises(ValueError, match="not in the tables: a"):
        Session(
            replace(three_quotes, articles=frame("articles")),
            draw_sample(three_quotes, n=1, seed=1),
            folder=".",
            coder="Edda",
        )
