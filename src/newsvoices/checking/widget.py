"""The view in JupyterLab in which a person checks articles."""

import getpass
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from importlib.resources import files
from pathlib import Path

import pandas as pd

from ..explorer.columns import compressed_json
from ..explorer.page import source, stylesheet
from ..explorer.widget import WidgetWithFallback
from ..extras import needs
from ..schema import Tables, frame
from .actions import Action, Article, place_of
from .session import Session

needs("anywidget", extra="notebooks")

import traitlets  # noqa: E402

_QUOTE = (
    "spans start end kind cue cue_start cue_end speaker speaker_start speaker_end speaker_type actor role "
    "anonymity how"
).split()
_OF_NO_QUOTE = dict.fromkeys(name for name in _QUOTE if name.startswith(("cue", "speaker", "actor")))


def module() -> str:
    """The view as one ES module."""
    shared = [source(name) for name in ("tables.js", "article.js")]
    return "\n".join([*shared, *map(_own, ("chooser.js", "checked_article.js", "checking.js"))])


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def check(
    tables: Tables,
    sample: pd.DataFrame,
    *,
    folder: str | Path = "data/checks",
    coder: str = "",
    blind: bool = False,
) -> "Check":
    """A view in which a person checks the articles of a sample as a whole, by keyboard, one after the other.

    The article with its quotes marked, and beside it the list of them. A key says that a quote is right, none, or
    what of it is wrong; words selected with the mouse are a missed quote, the right bounds or the speaker; `d` says
    that all else in the article is right and goes on to the next. Each key's line is in CODER.csv in the folder
    before the view shows it; opened again, the view goes on where it was left. Where no widget runs, see
    check_sheet.

    Args:
        tables: as analyse gives them, without checks=.
        sample: from draw_sample; for a second coder `sample[sample["coders"] == 2]`.
        folder: where the checks are; analyse(…, checks=folder) applies them.
        coder: who checks; by default the name of the computer's account.
        blind: without what the pipeline found, as a second coder should check; they select each quote.

    Returns:
        A widget.

    Raises:
        ValueError: an article of the sample is not in the tables, the tables are corrected already, or the coder's
            name cannot be that of a file.
        ModuleNotFoundError: anywidget is not installed.

    Limitation: `u` takes back what was done since the view was opened; earlier answers are changed by new ones. A
    coder has one view open at a time; several coders may check at once.
    """
    session = Session(tables, sample, folder=folder, coder=coder or _account(), blind=blind)
    return Check(tables, session)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise ValueError("this account has no name: say who checks with coder=") from error


class Check(WidgetWithFallback):
    """What check shows. Python holds what was said, and the browser shows what Python has written down."""

    _esm = module()
    _css = stylesheet() + _own("checking.css")
    _tables = traitlets.Bytes().tag(sync=True)
    _blind = traitlets.Bool().tag(sync=True)
    _file = traitlets.Unicode().tag(sync=True)
    _state = traitlets.Dict().tag(sync=True)

    def __init__(self, tables: Tables, session: Session) -> None:
        self._session, self._at = session, 0
        tables = compressed_json(_initial_state(tables, session.ids))
        super().__init__(_tables=tables, _blind=session.blind, _file=str(session.file))
        self._next_article()
        self._show("")
        self.on_msg(lambda _, message, buffers: self.on_message(message))

    def on_message(self, message: Mapping[str, object]) -> None:
        """Does what the browser asks for: {"article": its number, "do": …} and the rest of an Action."""
        number, rest = message["article"], {key: value for key, value in message.items() if key != "article"}
        try:
            told, at = self._done(number, Action(**rest))
            self._show(told, at=at)
        except (OSError, ValueError) as error:
            self._show(str(error), wrong=True)

    def _done(self, number: int, action: Action) -> tuple[str, str]:
        """Does it, and says what to tell and which quote to show."""
        self._at = number
        if action.do == "open":
            return "", ""
        if action.do == "undo":
            article_id, at = self._session.undo()
            self._at = self._session.ids.index(article_id)
            return "taken back", at
        at = self._session.apply(self._session.ids[number], action)
        if action.do == "done":
            self._next_article()
            return f"article {number + 1} is checked as a whole; u takes that back", ""
        return "", at

    def _next_article(self) -> None:
        """To the next article that is not checked."""
        n = len(self._session.ids)
        ahead = [(self._at + step) % n for step in range(n)]
        self._at = next((number for number in ahead if not self._are_done[number]), self._at)

    @property
    def _are_done(self) -> list[bool]:
        return [self._session.is_checked(article_id) for article_id in self._session.ids]

    def _show(self, told: str, *, at: str = "", wrong: bool = False) -> None:
        """Tells the browser how the article stands."""
        ids, done = self._session.ids, self._are_done
        self._state = {"step": self._state.get("step", 0) + 1, "article": self._at, "done": done} | (
            _article_state(self._session.article(ids[self._at])) | {"at": at, "told": told, "wrong": wrong}
            if ids
            else {}
        )
        text = f"{len(done)} articles to check by {self._session.coder}: {sum(done)} checked"
        html = f"<p>{escape(text)}. They are checked in this cell in JupyterLab.</p>"
        self.described = (text, html) if ids else ("no article to check", "<p>No article to check.</p>")


def _article_state(article: Article) -> dict[str, list]:
    """How an article stands: its quotes, the actors of its mentions, and what was said of it that does not fit."""
    return {
        "quotes": _columns(article),
        "names": list(article.mentions["actor"]),
        "problems": article.problems,
    }


def _columns(article: Article) -> dict[str, list]:
    """The article's quotes for the browser, column by column: each as it is now, or where it is none, as it was."""
    rows = []
    for quote in article.quotes:
        shown = (quote.now or quote.old) | ({} if quote.now else _OF_NO_QUOTE)
        said = quote.checked if quote.now else "no quote"
        rows.append({name: shown.get(name) for name in _QUOTE} | {"said": said, "place": place_of(quote)})
    return {name: [row[name] for row in rows] for name in (*_QUOTE, "said", "place")}


def _initial_state(tables: Tables, ids: list[str]) -> Tables:
    """Of the tables, what the browser needs from the start: the articles in the sample's order, and who is named."""
    articles = tables.articles.set_index("article_id").loc[ids].reset_index()
    mentions = tables.mentions[tables.mentions["article_id"].isin(ids)]
    return replace(
        tables, articles=articles, mentions=mentions, quotes=frame("quotes"), relations=frame("relations")
    )
