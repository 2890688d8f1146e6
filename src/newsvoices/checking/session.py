"""What one coder has said of the articles of a sample, and what is left to say."""

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from ..check_files.annotations import sampling_columns
from ..check_files.ledger import COLUMNS, add_checks, hash_of
from ..check_files.read import facts_frame, key_of, read_checks
from ..check_files.sheets import sampled
from ..checks.actors import with_actors
from ..checks.places import located
from ..checks.quotes import CheckedQuote, checked_quotes, records_of
from ..schema import Tables, frame, spans_of
from .actions import Action, Article, Line, lines_of, place_of, undone


class Session:
    """One coder's checks of a sample, from the ledger that they left in a folder on.

    Args:
        tables: as analyse gives them.
        sample: from draw_sample.
        folder: of the checks; the coder's are added to CODER.csv there.
        coder: who checks.
        blind: without the pipeline's quotes.

    Raises:
        ValueError: an article of the sample is not in the tables, the tables are corrected already, or the coder's
            name cannot be a file's.
    """

    def __init__(
        self, tables: Tables, sample: pd.DataFrame, *, folder: str | Path, coder: str, blind: bool = False
    ) -> None:
        if "checked" in tables.quotes:
            raise ValueError("these tables have been corrected: give those of analyse without checks=")
        if not re.fullmatch(r"\w[\w .'-]*", coder):
            raise ValueError(
                f"coder is {coder!r}: a name has letters, digits, blanks, and . ' - between them"
            )
        articles = sampled(tables, sample)
        self.coder, self.blind = coder, blind
        self.ids, self.file = list(articles["article_id"]), Path(folder) / f"{coder}.csv"
        self._texts = dict(zip(self.ids, articles["text"], strict=True))
        empty = dict.fromkeys((name for name in COLUMNS if name not in ("time", "complete")), "")
        self._known = {
            name: {**empty, "coder": coder, "article_id": name, "text_hash": hash_of(text)}
            for name, text in self._texts.items()
        }
        self._tables = _by_article(tables, self.ids, blind)
        self._said = _earlier_checks(Path(folder), coder)
        drawn = [self._known[row["article_id"]] | sampling_columns(row) for row in sample.to_dict("records")]
        self._drawn = [line for line in drawn if _design(line) != _design(self._said.get(key_of(line), {}))]
        self._backwards: list[tuple[str, str, list[Line]]] = []
        self._standing: dict[str, Article] = {}  # until something is written

    def is_checked(self, article_id: str) -> bool:
        """Whether the article is checked as a whole."""
        return key_of(self._known[article_id] | {"about": "article"}) in self._said

    def article(self, article_id: str) -> Article:
        """The article as it stands at the moment."""
        if article_id not in self._standing:
            self._standing[article_id] = self._read(article_id)
        return self._standing[article_id]

    def _read(self, article_id: str) -> Article:
        known, tables = self._known[article_id], self._tables[article_id]
        said = [line for line in self._said.values() if line["text_hash"] == known["text_hash"]]
        numbered = [line | {"line": str(number)} for number, line in enumerate(said)]
        facts, problems = located(facts_frame(numbered), tables)
        named = with_actors(tables, facts[facts["about"] == "mention"], problems)
        quotes = checked_quotes(named.quotes, records_of(named.mentions), facts, problems)
        return Article(
            known=known,
            text=self._texts[article_id],
            quotes=sorted(_joint_statements(quotes), key=lambda quote: spans_of(place_of(quote))),
            mentions=named.mentions,
            said=said,
            done=self.is_checked(article_id),
            problems=[problem["problem"] for problem in problems],
        )

    def apply(self, article_id: str, action: Action) -> str:
        """Does one thing; it is in the ledger, on disk, when this returns. Gives the place of its quote.

        Raises:
            ValueError: it cannot be done; the message says why.
            OSError: it could not be written; nothing has changed.
        """
        lines = lines_of(self.article(article_id), action)
        before = [self._said.get(key_of(line), undone(line)) for line in lines]
        if not lines:
            return action.quote
        self._write(lines)
        self._backwards.append((article_id, action.quote, before))
        last = lines[-1]
        return (last["was"] or last["spans"]).replace("..", "-") if last["about"] == "quote" else action.quote

    def undo(self) -> tuple[str, str]:
        """Takes back the last thing done since this was opened, by further lines; the article and quote of it.

        Raises:
            ValueError: there is none.
            OSError: it could not be written; nothing has changed.
        """
        if not self._backwards:
            raise ValueError("nothing was done since this was opened; what was said before can be changed")
        self._write(self._backwards[-1][2])
        return self._backwards.pop()[:2]

    def _write(self, lines: list[Line]) -> None:
        add_checks([*self._drawn, *lines], file=self.file)
        self._standing = {}
        for line in [*self._drawn, *lines]:
            self._said.pop(key_of(line), None)
            if line["answer"] != "undone":
                self._said[key_of(line)] = line
        self._drawn = []


def _joint_statements(quotes: Iterable[CheckedQuote]) -> list[CheckedQuote]:
    """The quotes, and as one those rows of which the speakers speak together; what is said is said of all."""
    one_of: dict[str, CheckedQuote] = {}
    for quote in quotes:
        first = one_of.setdefault(place_of(quote), quote)
        if first is not quote and first.now and quote.now:
            together = f"{first.now['actor']} and {quote.now['actor']}"
            one_of[place_of(quote)] = first._replace(now=first.now | {"actor": together})
    return list(one_of.values())


def _by_article(tables: Tables, ids: list[str], blind: bool) -> dict[str, Tables]:
    """Of the tables, what is checked of each article."""
    empty = {name: frame(name) for name in ("quotes", "actors", "relations")}
    own = {name: {} for name in ("articles", "mentions", "quotes")}
    for name, groups in own.items():
        rows = getattr(tables, name)
        groups |= dict(list(rows[rows["article_id"].isin(ids)].groupby("article_id")))
    if blind:
        own["quotes"] = {}
    return {
        article_id: Tables(
            **empty
            | {name: groups.get(article_id, getattr(tables, name)[:0]) for name, groups in own.items()}
        )
        for article_id in ids
    }


def _earlier_checks(folder: Path, coder: str) -> dict[tuple[str, ...], Line]:
    """What the coder's lines in the folder say, as they are written."""
    try:
        facts = read_checks(folder)
    except FileNotFoundError:
        return {}
    own = facts[facts["coder"] == coder].drop(columns="line").to_dict("records")
    lines = [{name: value for name, value in line.items() if pd.notna(value)} for line in own]
    return {key_of(line): line for line in lines}


def _design(line: Line) -> tuple:
    """How an article was drawn."""
    return tuple(line.get(name) for name in ("answer", "stratum", "probability", "of"))
