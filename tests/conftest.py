from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from spacy.language import Language

from newsvoices import Tables, frame, read_articles, read_gold
from newsvoices.actors.resolve import actors_table
from newsvoices.engine import annotate

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, also in processes that it starts; and no pipeline loaded by another test."""
    annotate.loaded.cache_clear()
    monkeypatch.setenv("NEWSVOICES_CACHE", str(tmp_path / "derived"))
    return tmp_path / "derived"


@pytest.fixture
def with_rules() -> Callable[[Language], Language]:
    """Adds to a pipeline with entities the components that make mentions, quotes and relations by rule."""

    def add(nlp: Language) -> Language:
        for name in ("quotes", "coreference", "speakers", "relations"):
            nlp.add_pipe(f"newsvoices_{name}")
        return nlp

    return add


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "corpus"
    path.mkdir()
    return path


@pytest.fixture
def write(folder: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file below ``folder``, bytes as they are and text as UTF-8 with its line ends as they are."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def small() -> Callable[..., Tables]:
    """Tables of articles given as (article_id, outlet, date, text), with quotes and mentions as mappings."""

    def tables(articles: list[tuple], *, quotes: list[dict] = (), mentions: list[dict] = ()) -> Tables:
        columns = ("article_id", "outlet", "date", "text")
        rows = [dict(zip(columns, article, strict=True)) | {"n_tokens": 0} for article in articles]
        offsets = {"start": 0, "end": 1}
        numbered = [
            {"quote_id": f"{quote['article_id']}#{i}", "kind": "direct"} | offsets | quote
            for i, quote in enumerate(quotes)
        ]
        mentioned = frame("mentions", [offsets | mention for mention in mentions])
        quoted = frame("quotes", numbered)
        return Tables(
            articles=frame("articles", rows),
            mentions=mentioned,
            quotes=quoted,
            actors=actors_table(mentioned, quoted),
            relations=frame("relations"),
        )

    return tables


@pytest.fixture(scope="session")
def gold_tables() -> Tables:
    """The sample corpus with its gold answers in place of what a pipeline finds."""
    path = SAMPLE / "articles"
    mentions, quotes = read_gold(path), read_gold(path, "quotes")
    actors = actors_table(mentions, quotes)
    relations = frame("relations")
    return Tables(
        articles=read_articles(path), mentions=mentions, quotes=quotes, actors=actors, relations=relations
    )


@pytest.fixture(scope="session")
def planted() -> pd.DataFrame:
    """What the sample was written to share: planted.csv with the quotes' ids of the tables."""
    table = pd.read_csv(SAMPLE / "planted.csv", dtype="str", keep_default_na=False)
    return table.assign(quote_id=table["article_id"] + "#" + table["quote_id"])
