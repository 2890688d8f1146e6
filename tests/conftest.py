import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from chromium import chromium
from spacy.language import Language

from newsvoices import Tables, add_checks, checks_from, draw_sample, frame, read_articles, read_gold
from newsvoices.actors.resolve import actors_table
from newsvoices.check_files.ledger import hash_of
from newsvoices.engine import annotate

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, also in processes that it starts; and no pipeline loaded by another test."""
    annotate.pipeline_of_process.cache_clear()
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


@pytest.fixture
def machine(gold_tables: Tables) -> Tables:
    """The sample's gold as a pipeline might have it: every fifth quote missed, every seventh without its speaker."""
    quotes = gold_tables.quotes.copy()
    rows = quotes.index[quotes.index % 7 == 3]
    quotes.loc[rows, ["speaker", "actor"]] = ""
    quotes.loc[rows, ["speaker_start", "speaker_end"]] = pd.NA
    quotes.loc[rows, "speaker_type"] = "none"
    return replace(gold_tables, quotes=quotes[quotes.index % 5 != 2].reset_index(drop=True))


@pytest.fixture
def checked(gold_tables: Tables, tmp_path: Path) -> Callable[..., Path]:
    """A ledger by which a coder found what is gold in n articles drawn."""

    def check(
        n: int = 36, *, coder: str = "Edda", quotes: pd.DataFrame | None = None, drawn: bool = True, **how
    ) -> Path:
        sample = draw_sample(gold_tables, n=n, seed=1, **how)
        rows = checks_from(
            gold_tables.quotes if quotes is None else quotes,
            articles=gold_tables.articles,
            coder=coder,
            sample=sample,
        )
        add_checks(
            [row for row in rows if drawn or row["about"] != "drawn"],
            file=tmp_path / "checks" / f"{coder}.csv",
        )
        return tmp_path / "checks"

    return check


CHECKED_TEXT = (
    "Maren speaks\n\n“The bridge is safe,” said Ilse Maren. She said Goran Vasht had lied. "
    "Vasht denied it. A driver said the road was gone. “Lies,” Vasht added."
)


def _at(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = CHECKED_TEXT.index(words, start + 1)
    return start, start + len(words)


def _quote(number: int, words: str, speaker: str, *, nth: int = 0, **values) -> dict:
    start, end = _at(words)
    first, last = _at(speaker, nth) if speaker else (None, None)
    return {
        "article_id": "a", "quote_id": f"a#{number}", "kind": "indirect", "text": words, "start": start, "end": end,
        "spans": f"{start}-{end}", "cue": "said", "speaker": speaker, "speaker_start": first, "speaker_end": last,
        "speaker_type": "person", "how": "rule",
    } | values  # fmt: skip


def _mention(words: str, chain: str, *, nth: int = 0, kind: str = "name", label: str = "PERSON") -> dict:
    start, end = _at(words, nth)
    actor = "" if chain.startswith("“") else chain
    return {
        "article_id": "a", "start": start, "end": end, "text": words, "label": label, "kind": kind, "chain": chain,
        "actor": actor,
    }  # fmt: skip


@pytest.fixture
def three_quotes() -> Tables:
    """One article as a pipeline might have it: three quotes, of which the last has the wrong speaker; one missed."""
    quotes = [
        _quote(1, "The bridge is safe,", "Ilse Maren", kind="direct", actor="Ilse Maren"),
        _quote(2, "Goran Vasht had lied", "She", actor="Ilse Maren"),
        _quote(3, "Lies,", "Vasht", nth=2, kind="direct", actor="Goran Vasht"),
    ]
    names = [
        _mention("Maren", "Ilse Maren"), _mention("Ilse Maren", "Ilse Maren"), _mention("She", "Ilse Maren", kind="pronoun"),
        _mention("Goran Vasht", "Goran Vasht"), _mention("Vasht", "Goran Vasht", nth=1),
        _mention("A driver", "“A driver", kind="nominal"), _mention("Vasht", "Goran Vasht", nth=2),
    ]  # fmt: skip
    start, end = _at("She said Goran Vasht had lied.")
    spoken = {
        "article_id": "a", "source": "Ilse Maren", "source_start": _at("She")[0], "source_end": _at("She")[1],
        "target": "Goran Vasht", "target_start": _at("Goran Vasht")[0], "target_end": _at("Goran Vasht")[1],
        "relation": "speaks about", "sign": 0, "start": start, "end": end, "text": CHECKED_TEXT[start:end],
    }  # fmt: skip
    mentions, said = frame("mentions", names), frame("quotes", quotes)
    articles = frame(
        "articles",
        [{"article_id": "a", "outlet": "The Morast Courier", "text": CHECKED_TEXT, "n_tokens": 40}],
    )
    return Tables(articles, mentions, said, actors_table(mentions, said), frame("relations", [spoken]))


@pytest.fixture
def fact():
    """A line of the ledger about that article."""

    def line(
        about: str = "quote", answer: str = "quote", words: str = "", coder: str = "Edda", **said
    ) -> dict:
        if words and "spans" not in said and "was" not in said:
            said["spans"] = "..".join(map(str, _at(words)))
        known = {
            "coder": coder,
            "article_id": "a",
            "text_hash": hash_of(CHECKED_TEXT),
            "about": about,
            "answer": answer,
        }
        return known | {"words": words} | said

    return line


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Waits for a state, however long a busy machine takes for it."""

    def wait(state: Callable[[], object]) -> None:
        for _ in range(6000):
            if state():
                return
            time.sleep(0.02)
        raise AssertionError("it never came to this")

    return wait


@pytest.fixture
def lives() -> Callable[[int | str], bool]:
    """Whether a process runs, by its number."""

    def looked_up(process: int | str) -> bool:
        try:
            return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except FileNotFoundError:
            return False

    return looked_up


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """A Chromium without a head that writes down what it asks for."""
    downloads = tmp_path_factory.mktemp("downloads")
    if (started := chromium(downloads)) is None:
        pytest.skip("no selenium, chromium and chromedriver here (Debian: chromium, chromium-driver)")
    started.downloads = downloads
    yield started
    started.quit()


# The contrast of an element's ink with the ground that lies under it, as WCAG 2 computes it.
CONTRAST = """
const light = (colour) => {
  const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
let node = document.querySelector(arguments[0]), ink = light(getComputedStyle(node).color), ground;
for (; node && !ground; node = node.parentElement) {
  const colour = getComputedStyle(node).backgroundColor;
  if (colour !== "rgba(0, 0, 0, 0)") ground = colour;
}
const [a, b] = [ink, light(ground)].sort((x, y) => y - x);
return (a + 0.05) / (b + 0.05);
"""


@pytest.fixture
def contrast() -> Callable[..., float]:
    """How well the first element of a selector can be read in a browser; from 4.5 on, it can."""
    return lambda browser, selector: browser.execute_script(CONTRAST, selector)
