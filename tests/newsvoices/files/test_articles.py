import json
import warnings

import pytest

from newsvoices import LossWarning, read_articles

ARTICLE = """Ministers vow to end ‘siege’

Paris: Ministers from seven countries vowed today to end the “siege” of Morast.

“We will not wait,” Edda Marlow said.
"""


def read_quietly(path, **options):
    """The frame, and the reasons by source_file; the tests of warnings call read_articles itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossWarning)
        articles = read_articles(path, **options)
    return articles, [(item["source_file"], item["reason"]) for item in articles.attrs["skipped"]]


def json_lines(*items):
    return "".join(json.dumps(item) + "\n" for item in items)


def test_text_file_is_kept_to_the_character(write):
    articles = read_articles(write("siege.txt", ARTICLE))
    assert articles.drop(columns=["n_tokens", "sentences"]).to_dict("records") == [
        {
            "article_id": "siege",
            "text": ARTICLE,
            "title": "Ministers vow to end ‘siege’",
            "outlet": "",
            "date": "",
            "place": "Paris",
            "byline": "",
            "url": "",
            "source_file": "siege.txt",
        }
    ]
    assert articles.attrs == {"skipped": [], "notes": []}


def test_n_tokens_counts_words_and_punctuation(write):
    assert read_articles(write("a.txt", "“Wait,”  she\n\nsaid.\n")).loc[0, "n_tokens"] == 7


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE.encode("utf-8-sig"),
        ARTICLE.replace("\n", "\r\n").encode(),
        ARTICLE.replace("\n", "\r").encode(),
        ARTICLE.encode("utf-16"),
    ],
    ids=["byte order mark", "CRLF", "CR", "UTF-16"],
)
def test_bytes_that_say_what_they_are_give_the_same_text(write, data):
    articles = read_articles(write("a.txt", data))
    assert articles.loc[0, "text"] == ARTICLE
    assert articles.attrs["notes"] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "{}"),
        ("a.csv", 'text\n"{}"\n'),
        ("a.jsonl", '{{"text": "{}"}}\n'),
        ("a.json", '[{{"text": "{}"}}]'),
    ],
)
def test_windows_1252_is_read_and_reported_as_a_guess(write, name, text):
    path = write(name, text.format("Café “Morast” – 5 €").encode("cp1252"))
    with pytest.warns(LossWarning, match=rf"guessed: 1 \({name}: not UTF-8: read as Windows-1252"):
        articles = read_articles(path)
    assert articles.loc[0, "text"] == "Café “Morast” – 5 €"


def test_one_windows_1252_line_leaves_the_other_lines_alone(write):
    lines = [b'{"text": "Caf\xe9"}', '{"text": "“Café”"}'.encode()]
    articles, _ = read_quietly(write("a.jsonl", b"\n".join(lines)))
    assert articles["text"].tolist() == ["Café", "“Café”"]


def test_front_matter_is_metadata_and_not_text(write):
    front = "Headline: Siege ends\nSource: The Courier\nDate: 4 March 2024\nAuthor: Jane Doe\nURL: http://a.example/1\n"
    article = read_articles(write("2020-01-01.txt", f"{front}\n{ARTICLE}")).loc[0]
    assert article["text"] == ARTICLE
    assert article[["title", "outlet", "date", "place", "byline", "url"]].tolist() == [
        "Siege ends", "The Courier", "2024-03-04", "Paris", "Jane Doe", "http://a.example/1",
    ]  # fmt: skip


def test_folder_gives_ids_outlets_and_dates_from_paths_in_a_fixed_order(write, folder):
    for name in ("wire/2024-03-04-siege.txt", "daily/2024/b.TXT", "a.txt", "2024/c.txt", ".hidden/d.txt"):
        write(name, f"An article called {name}.")
    articles = read_articles(folder)
    assert articles[["article_id", "outlet", "date"]].to_numpy().tolist() == [
        ["2024/c", "", ""],
        ["a", "", ""],
        ["daily/2024/b", "daily", ""],
        ["wire/2024-03-04-siege", "wire", "2024-03-04"],
    ]


def test_csv_by_the_names_that_others_use(write):
    path = write(
        "export.csv",
        'ID;Publisher;"Publication Date";Body;Words\n'
        '007;NA;2024-03-04;"First line\r\n\r\nsaid ""yes""; then left";12\n'
        "008;Courier;03/04/2024;Second;1\n",
    )
    with pytest.warns(LossWarning, match="1 dates such as 03/04/2024 have two readings .*day_first=True"):
        articles = read_articles(path)
    assert articles[["article_id", "outlet", "date", "text"]].to_numpy().tolist() == [
        ["007", "NA", "2024-03-04", 'First line\n\nsaid "yes"; then left'],
        ["008", "Courier", "", "Second"],
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_columns_by_the_callers_names(write, name):
    item = {"source": "interview", "lede": "Talks resumed.", "body": "Page 4", "paper": "Courier"}
    csv = ",".join(item) + "\n" + ",".join(item.values()) + "\n"
    path = write(name, csv if name == "a.csv" else json_lines(item))
    article = read_articles(path, columns={"text": "lede", "outlet": "paper"}).loc[0]
    assert article[["text", "outlet"]].tolist() == ["Talks resumed.", "Courier"]


def test_json_lines_values_become_text(write):
    path = write(
        "a.jsonl", json_lines({"id": 7, "text": "Talks\r\nresumed.", "authors": ["A", "B"], "url": None})
    )
    article = read_articles(path).loc[0]
    assert article[["article_id", "text", "byline", "url"]].tolist() == ["7", "Talks\nresumed.", "A, B", ""]


def test_items_without_an_id_are_named_by_file_and_line(write, folder):
    write("sub/a.jsonl", json_lines({"text": "One."}, {"text": "Two."}))
    assert read_articles(folder)["article_id"].tolist() == ["sub/a-1", "sub/a-2"]


def test_ids_that_repeat_are_made_unique_and_reported(write):
    path = write("a.jsonl", json_lines(*({"id": "x", "text": text} for text in ("One.", "Two.", "Three."))))
    with pytest.warns(LossWarning, match="guessed: 2 "):
        articles = read_articles(path)
    assert articles["article_id"].tolist() == ["x", "x-2", "x-3"]


@pytest.mark.filterwarnings("ignore:guessed")
def test_every_broken_file_costs_one_row_and_is_named(write, folder):
    write("good.txt", ARTICLE)
    write("empty.txt", "")
    write("blank.txt", " \n\n")
    write("only-front-matter.txt", "Title: Talks\n\n")
    write("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    write("bytes.txt", bytes(range(1, 256)))
    write("odd.txt", b"caf\xe9 \x81")
    write("paper.xyz", b"%XYZ-1.7")
    write("no-text.csv", "name,age\nA,1\n")
    write("latin.txt", "Café".encode("latin-1"))
    write("long.txt", "Talks resumed. " * 140_000)
    with pytest.warns(LossWarning, match="left out: 8 of 11 items"):
        articles = read_articles(folder)
    assert articles["article_id"].tolist() == ["good", "latin", "long"]
    assert {
        (item["source_file"], item["reason"].partition(":")[0]) for item in articles.attrs["skipped"]
    } == {
        ("empty.txt", "empty"),
        ("blank.txt", "empty"),
        ("only-front-matter.txt", "empty"),
        ("picture.txt", "binary"),
        ("bytes.txt", "binary"),
        ("odd.txt", "unreadable"),
        ("paper.xyz", "the format .xyz is not read"),
        ("no-text.csv", "no column of text"),
    }


def test_a_file_that_the_system_refuses_is_left_out(write, folder, monkeypatch):
    write("a.txt", "Talks resumed.")
    refused = write("b.txt", "Talks failed.")
    open_file = type(refused).open

    def refuse(path, *how):
        if path == refused:
            raise PermissionError(13, "Permission denied")
        return open_file(path, *how)

    monkeypatch.setattr(type(refused), "open", refuse)
    articles, skipped = read_quietly(folder)
    assert articles["article_id"].tolist() == ["a"]
    assert skipped == [("b.txt", "unreadable: Permission denied")]


def test_bad_json_lines_cost_one_row_each(write):
    lines = [
        '{"text": "One."}',
        '{"text": "Two."',
        "[1]",
        "",
        '{"text": 3}',
        '{"title": "Four"}',
        '{"text": "half \\ud83d"}',
        '{"text": ""}',
        "[" * 100_000,
        '{"text": "Nine."}',
    ]
    articles, skipped = read_quietly(write("a.jsonl", "\n".join(lines)))
    assert articles["article_id"].tolist() == ["a-1", "a-10"]
    assert sorted(int(reason.split(":")[0].removeprefix("line ")) for _, reason in skipped) == [
        2,
        3,
        5,
        6,
        7,
        8,
        9,
    ]


def test_bad_csv_rows_cost_themselves(write):
    path = write("a.csv", 'id,text\n1,One.\n2,Two,2.\n3\n4,"Four" and more\n5,Five.\n6,"Six\n7,Seven.\n')
    articles, skipped = read_quietly(path)
    assert articles["article_id"].tolist() == ["1", "5", "7"]
    assert [reason for _, reason in skipped] == [
        "line 3: 3 cells where the header has 2",
        "line 4: 1 cells where the header has 2",
        "line 5: ',' expected after '\"'",
        "line 7: a quotation mark is opened and not closed",
    ]


def test_the_same_text_again_is_left_out_unless_asked_for(write, folder):
    for number in range(1000):
        write(f"copy-{number:03}.txt", ARTICLE + "\n" * (number % 2))
    with pytest.warns(LossWarning, match="left out: 999 of 1000 items .copy-001.txt: same text as copy-000;"):
        assert read_articles(folder)["article_id"].tolist() == ["copy-000"]
    assert len(read_articles(folder, duplicates="keep")) == 1000


def test_a_wire_copy_in_two_outlets_is_not_a_duplicate(write, folder):
    for name in ("courier/a.txt", "courier/b.txt", "daily/a.txt", "loose.txt"):
        write(name, ARTICLE)
    articles, skipped = read_quietly(folder)
    assert articles["article_id"].tolist() == ["courier/a", "daily/a"]
    assert skipped == [("courier/b.txt", "same text as courier/a"), ("loose.txt", "same text as courier/a")]


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", b""), ("a.txt", b"\0\1"), ("a.csv", b""), ("a.jsonl", b"\n")]
)
def test_a_single_file_without_text_gives_an_empty_frame_and_a_report(write, name, content):
    articles, skipped = read_quietly(write(name, content))
    assert articles.empty
    assert [source_file for source_file, _ in skipped] == [name]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "a.xyz",
            "x",
            r"a\.xyz: the format \.xyz is not read; accepted are \.txt, \.csv, \.tsv, .*, or a folder",
        ),
        ("a.csv", "name,age\nA,1\n", "no column of text: found are name, age; accepted are text, body, "),
        ("a.csv", "name,age\n", "no column of text: found are name, age; accepted are text, body, "),
        ("a.jsonl", '{"name": "A"}\n', "no column of text: found are name; accepted are text, body, "),
        ("a.jsonl", "[\n1\n]\n", r"no item is a JSON object \(item 1: "),
        ("a.jsonl", "Talks resumed.", r"no line is a JSON object \(line 1: "),
    ],
)
def test_one_clear_error_for_a_file_that_is_something_else(write, name, content, message):
    with pytest.raises(ValueError, match=message):
        read_articles(write(name, content))


def test_one_clear_error_for_a_path_that_is_not_there(folder):
    with pytest.raises(FileNotFoundError, match="nowhere: no such file or folder"):
        read_articles(folder / "nowhere")


def test_one_clear_error_for_a_folder_without_articles(folder, write):
    with pytest.raises(ValueError, match=r"found are no files, accepted \.txt"):
        read_articles(folder)
    write("a.xyz", "x")
    write("Makefile", "x")
    with pytest.raises(ValueError, match=r"found are 1 \.xyz, 1 without suffix, accepted \.txt"):
        read_articles(folder)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"columns": {"text": "story"}}, "no column story; found are text"),
        ({"columns": {"words": "text"}}, "columns names words; it can name article_id, text, "),
        ({"duplicates": "first"}, "duplicates is 'first'; it can be 'drop' or 'keep'"),
    ],
)
def test_one_clear_error_for_arguments_that_mean_nothing(write, options, message):
    with pytest.raises(ValueError, match=message):
        read_articles(write("a.csv", "text\nTalks resumed.\n"), **options)
