import os
import subprocess
import sys

import export_layouts as exports
import pytest

from newsvoices import LossWarning, read_articles

pytestmark = pytest.mark.filterwarnings("ignore:left out", "ignore:guessed")


def reasons(articles):
    return {item["source_file"]: item["reason"] for item in articles.attrs["skipped"]}


def test_a_table_beside_the_texts_says_what_they_do_not(write, folder):
    write("metadata.csv", "filename,outlet,date\na.txt,Post,2024-03-04\nsub/b,Echo,2024-03-05\nc.txt,X,\n")
    write("a.txt", "It rains.")
    write("sub/b.txt", "It snows.")
    articles = read_articles(folder)
    assert articles[["outlet", "date"]].to_numpy().tolist() == [
        ["Post", "2024-03-04"],
        ["Echo", "2024-03-05"],
    ]
    assert "1 of 3 rows name no file, such as 'c.txt'" in articles.attrs["notes"][0]["note"]


def test_a_csv_per_outlet(write, folder):
    write("post.csv", "text\nIt rains.\n")
    write("echo.csv", "text\nIt snows.\n")
    assert read_articles(folder)["outlet"].tolist() == ["echo", "post"]


@pytest.mark.parametrize(
    ("names", "options", "outlets"),
    [
        (["articles/Post/2024/a.txt", "articles/Echo/2024/b.txt"], {}, ["Echo", "Post"]),
        (["2024/Post/a.txt", "2024/Echo/b.txt"], {}, ["Echo", "Post"]),
        (["Post/politics/a.txt", "Post/sports/b.txt"], {}, ["Post", "Post"]),
        (["kit/Post/a.txt", "kit/Echo/2024/b.txt"], {}, ["Echo", "Post"]),
        (["UK/Post/a.txt", "US/Echo/b.txt"], {}, ["UK", "US"]),
        (["UK/Post/a.txt", "US/Echo/b.txt"], {"outlet_from": 2}, ["Post", "Echo"]),
        (["x/Post.txt", "x/Echo.txt"], {"outlet_from": "file"}, ["Echo", "Post"]),
    ],
)
def test_the_folder_that_names_an_outlet(write, folder, names, options, outlets):
    for name in names:
        write(name, f"Of {name} it is said.")
    assert read_articles(folder, **options)["outlet"].tolist() == outlets


def test_spellings_of_one_outlet_are_noted_and_joined_when_told_so(write, folder):
    rows = "".join(
        f"{name},It is {n}.\n" for n, name in enumerate(["The Post", "THE POST", "Post (London)", "Echo"])
    )
    path = write("a.csv", f"outlet,text\n{rows}")
    articles = read_articles(path)
    assert articles["outlet"].nunique() == 4
    assert "looks like one outlet in 3 spellings" in articles.attrs["notes"][0]["note"]
    assert read_articles(path, outlets={"THE POST": "The Post"})["outlet"].nunique() == 3
    write("outlets.csv", "spelling,outlet\nTHE POST,The Post\nPost (London),The Post\n")
    assert sorted(read_articles(folder)["outlet"].unique()) == ["Echo", "The Post"]


def test_links_are_followed_once_and_what_is_no_file_is_named(write, folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.txt").write_text("It snows.")
    write("a.txt", "It rains.")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "zagain").symlink_to(tmp_path / "elsewhere")
    (folder / "loop").symlink_to(folder)
    (folder / "nothing.txt").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.txt")
    articles = read_articles(folder)
    assert articles["source_file"].tolist() == ["a.txt", "linked/b.txt"]
    assert reasons(articles) == {
        "loop": "a link to a folder that is read already",
        "zagain": "a link to a folder that is read already",
        "nothing.txt": "a link to nothing, or in a circle",
        "pipe.txt": "no file, but a pipe, a socket or a device",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_utf_8_or_hold_control_characters_are_shown_so(folder):
    (folder / "a\x1b[31m.txt").write_text("It rains.")
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123
        file.write(b"It snows.")
    articles = read_articles(folder)
    assert articles["source_file"].tolist() == ["a\\x1b[31m.txt", "caf\ufffd.txt"]
    assert len(articles.attrs["notes"]) == 2


def test_what_is_about_the_files_is_no_article(write, folder):
    write("README.txt", "About these files.")
    write("Page.html", "<html><body><p>It rains, said Edda Marlow.</p></body></html>")
    write("Page_files/script.js", "x")
    write("Thumbs.db", "x")
    articles = read_articles(folder)
    assert articles["source_file"].tolist() == ["Page.html"]
    assert reasons(articles) == {"README.txt": "about the files, by its name: no article"}


def test_found_and_left_out_are_what_the_folder_holds(write, folder):
    write("a.docx", exports.docx(exports.nexis_paragraphs()))
    write("b.docx", exports.docx(exports.nexis_paragraphs()))
    write("c.csv", 'text\nIt rains.\n"\n')
    articles = read_articles(folder)
    assert (len(articles), len(articles.attrs["skipped"])) == (4, 4)


def test_a_format_whose_reader_is_not_installed_is_named(write, folder):
    write("a.html", "<html><body><p>It rains.</p></body></html>")
    write("b.txt", "It snows.")
    code = (
        "import sys, warnings; warnings.simplefilter('ignore')\n"
        "sys.modules['lxml'] = None\n"
        "from importlib import util; find = util.find_spec\n"
        "util.find_spec = lambda name, *a: None if name == 'lxml' else find(name, *a)\n"
        "import newsvoices.extras; newsvoices.extras.find_spec = util.find_spec\n"
        f"a = newsvoices.read_articles({str(folder)!r}) if hasattr(newsvoices, 'read_articles') else None\n"
        "print(len(a), a.attrs['skipped'][0]['reason'])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "1 lxml is missing; install it with pip install 'newsvoices[files]'"


def test_a_warning_says_what_was_guessed(write):
    with pytest.warns(LossWarning, match=r"named .txt, but RTF: read as that"):
        articles = read_articles(write("a.txt", exports.rtf(["Talks resume", "“We met,” said Edda Marlow."])))
    assert articles.loc[0, "text"] == "Talks resume\n\n“We met,” said Edda Marlow."
