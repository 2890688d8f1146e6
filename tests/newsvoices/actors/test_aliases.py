import pandas as pd
import pytest

from newsvoices import alias_candidates, frame, resolve_actors
from newsvoices.actors.resolve import actors_table


def mention(article, chain, *, text=None, label="PERSON", kind="name", start=0):
    text = chain if text is None else text
    return {
        "article_id": article, "chain": chain, "text": text, "label": label, "kind": kind, "start": start,
        "end": start + len(text), "actor": chain,
    }  # fmt: skip


def resolved(*rows, **options):
    return resolve_actors(frame("mentions", rows), **options).to_dict()


def test_the_users_aliases_win_and_may_hold_for_one_outlet(tmp_path):
    (tmp_path / "aliases.csv").write_text("alias,actor,outlet\nMoscow,Russia,Courier\n")
    articles = frame(
        "articles",
        [{"article_id": i, "outlet": o, "n_tokens": 1} for i, o in (("a", "Courier"), ("b", "Lantern"))],
    )
    found = resolved(
        mention("a", "Moscow", label="LOC"),
        mention("b", "Moscow", label="LOC"),
        articles=articles,
        aliases=tmp_path / "aliases.csv",
    )
    assert found == {("a", "Moscow"): "Russia", ("b", "Moscow"): "Moscow"}


def test_an_alias_holds_for_every_writing_of_a_name():
    aliases = pd.DataFrame([("Omar El Sayed", "Sayed Party")], columns=["alias", "actor"])
    assert resolved(mention("a", "Omar el-Sayed"), aliases=aliases) == {("a", "Omar el-Sayed"): "Sayed Party"}


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([("A", "B"), ("B", "A")], r"circle.*row 2: A → B; row 3: B → A"),
        ([("A", "B"), ("A", "C")], r"one alias for two actors: row 2: A → B; row 3: A → C"),
    ],
)
def test_bad_aliases_are_named_row_by_row(rows, error):
    aliases = pd.DataFrame(rows, columns=["alias", "actor"])
    with pytest.raises(ValueError, match=error):
        resolved(mention("a", "A"), aliases=aliases)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("alias,actor\nJosé,Kell\n".encode("cp1252"), "'utf-8' codec can't decode byte 0xe9"),
        (b'alias,actor\n"A,B\n', "EOF inside string"),
        (b"alias,actor\nA,B\nA,B,,,,,C\n", "Expected 2 fields in line 3, saw 7"),
        (b"", "No columns"),
    ],
)
def test_a_file_of_aliases_that_cannot_be_read_is_named_with_what_to_do(tmp_path, data, error):
    (tmp_path / "aliases.csv").write_bytes(data)
    with pytest.raises(ValueError, match=rf"aliases\.csv: save it as a CSV file in UTF-8: .*{error}"):
        resolved(mention("a", "A"), aliases=tmp_path / "aliases.csv")


def test_unknown_columns_of_aliases_are_named():
    with pytest.raises(ValueError, match="have the columns name, actor; needed are alias and actor"):
        resolved(mention("a", "A"), aliases=pd.DataFrame(columns=["name", "actor"]))


def test_the_queue_proposes_what_names_suggest_and_tells_the_ranks():
    names = {"Tomas Rudek": 5, "Rudek": 3, "Lydia Buchtmann": 2, "Lydia Bauchtmann": 1, "Paris": 9}
    rows = [
        mention("a", name, label="LOC" if name == "Paris" else "PERSON", start=10 * i)
        for name, n in names.items()
        for i in range(n)
    ]
    table = actors_table(frame("mentions", rows), frame("quotes"))
    queue = alias_candidates(table).set_index("actor")
    assert queue.loc["Tomas Rudek", "other"] == "Rudek"
    assert queue.loc["Tomas Rudek", ["rank_now", "rank_joined"]].tolist() == [2, 2]
    assert queue.loc["Lydia Buchtmann", "other"] == "Lydia Bauchtmann"
    assert len(queue) == 2
