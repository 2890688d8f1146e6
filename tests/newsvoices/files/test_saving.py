import pandas as pd
import pytest

from newsvoices import Tables, frame, save_tables


@pytest.fixture
def tables():
    def mention(text, start=0):
        return {"article_id": "a", "start": start, "end": start + len(text), "text": text}

    texts = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "a=1", "“é,”\n=x", ""]
    return Tables(
        frame("articles"),
        frame("mentions", map(mention, texts)),
        frame("quotes"),
        frame("actors"),
        frame("relations"),
    )


def test_tables_are_written_as_utf_8_with_a_header(tables, tmp_path):
    files = save_tables(tables, folder=tmp_path / "new" / "out")
    assert [file.name for file in files] == [
        f"{name}.csv" for name in ("articles", "mentions", "quotes", "actors", "relations")
    ]
    assert (
        files[0].read_bytes() == (",".join(f'"{name}"' for name in tables.articles.columns) + "\n").encode()
    )
    assert sorted(file.name for file in files[0].parent.iterdir()) == [
        "actors.csv",
        "articles.csv",
        "mentions.csv",
        "quotes.csv",
        "relations.csv",
    ]


def test_text_cells_cannot_be_formulas_and_numbers_stay_numbers(tables, tmp_path):
    tables.mentions.loc[0, "start"] = -1
    _, file, *_ = save_tables(tables, folder=tmp_path)
    with file.open(encoding="utf-8", newline="") as lines:
        saved = pd.read_csv(lines, keep_default_na=False)
    assert saved["text"].tolist() == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "a=1", "“é,”\n=x", ""]
    assert saved.loc[0, "start"] == -1


def test_a_run_that_breaks_off_leaves_the_old_files(tables, tmp_path, monkeypatch):
    files = save_tables(tables, folder=tmp_path)
    before = [file.read_bytes() for file in files]
    broken = Tables(
        tables.articles.rename(columns=str.upper),
        tables.mentions,
        tables.quotes,
        tables.actors,
        tables.relations,
    )
    to_csv = pd.DataFrame.to_csv

    def fail_at_mentions(self, path, **options):
        if "mentions" in path.name:
            raise OSError(28, "No space left on device")
        to_csv(self, path, **options)

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail_at_mentions)
    with pytest.raises(OSError, match="No space left"):
        save_tables(broken, folder=tmp_path)
    assert [file.read_bytes() for file in files] == before
    assert sorted(tmp_path.iterdir()) == sorted(files)
