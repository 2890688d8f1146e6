"""What a person does, as lines of the ledger."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from ..check_files.ledger import quote_columns
from ..check_files.read import SPEAKER_TYPES, key_of
from ..checks.places import find_words
from ..checks.quotes import CheckedQuote
from ..evaluate import match_quotes
from ..schema import spans_cell, spans_of
from .selected_words import selected_spans

Line = dict[str, object]
Spans = list[tuple[int, int]]
_NOBODY = {"speaker": "", "speaker_spans": "", "speaker_type": "none", "actor": ""}


class Article(NamedTuple):
    """An article as it stands at the moment: what the pipeline found, and what the coder has said of it."""

    known: Line  # a line that says nothing yet: coder, article_id, text_hash
    text: str
    quotes: list[CheckedQuote]
    mentions: pd.DataFrame
    said: list[Line]  # as written; a fact of the quotes has its number there as its line
    done: bool
    problems: list[str]


class Action(NamedTuple):
    """What is done to which quote, with which words of the text selected, and what was typed or chosen."""

    do: str
    quote: str = ""  # where it stands, see place_of
    start: int = 0
    end: int = 0
    typed: str = ""


def place_of(quote: CheckedQuote) -> str:
    """By which a quote is known while its article is shown: where the pipeline has it, or else the person."""
    return (quote.old or quote.now)["spans"]


def lines_of(article: Article, action: Action) -> list[Line]:
    """What the ledger has to say for it; nothing where it says so already.

    Raises:
        ValueError: it cannot be done; the message says why.
    """
    spans, typed = selected_spans(article.text, action.start, action.end), " ".join(action.typed.split())
    if action.do == "actor" and spans:
        return _named(article, spans[0], typed)
    if action.do in ("done", "open again"):
        return _as_a_whole(article, action.do == "done")
    if action.do in ("add", "bounds", "more words") and not spans:
        raise ValueError("select the words first")
    quote = next((one for one in article.quotes if place_of(one) == action.quote), None)
    if action.do == "add":
        quote = _with_other_bounds(article.quotes, spans)
    elif quote is None:
        raise ValueError("no quote is chosen")
    if action.do == "take back" or (action.do == "no quote" and quote.old is None):
        return _taken_back(article, quote)
    if action.do == "right" and quote.checked and quote.now:
        return []
    if action.do not in _ANSWERS:
        raise ValueError(f"nothing can be done by {action.do!r}; it can be {', '.join(_ANSWERS)}")
    line = article.known | _ANSWERS[action.do](article.text, quote, spans, typed)
    earlier = [article.said[int(fact["line"])] for fact in (quote.said if quote else ())]
    return [undone(other) for other in earlier if key_of(other) != key_of(line)] + [line]


def undone(line: Line) -> Line:
    """That a line is no longer said."""
    return line | {"answer": "undone"}


def _as_a_whole(article: Article, done: bool) -> list[Line]:
    """That the article is checked as a whole, and with it every quote right of which nothing else was said."""
    whole = article.known | {"about": "article", "answer": "checked"}
    if not done:
        return [undone(whole)]
    right = [article.known | _right(article.text, one, [], "") for one in article.quotes if not one.checked]
    return [*right, whole]


def _taken_back(article: Article, quote: CheckedQuote) -> list[Line]:
    """That nothing is said of the quote; an article that had it checked is to be finished again."""
    lines = [undone(article.said[int(fact["line"])]) for fact in quote.said]
    return lines + (_as_a_whole(article, False) if article.done and quote.old else [])


def _named(article: Article, span: tuple[int, int], actor: str) -> list[Line]:
    """That who is named there is this actor, in the whole article."""
    rows = article.mentions[article.mentions["kind"] != "role"]
    here = rows[(rows["start"] < span[1]) & (rows["end"] > span[0])]
    if here.empty or not actor:
        raise ValueError("nobody was found to be named there: select a name, a description or a pronoun")
    name = here.iloc[-1]
    chain = rows[rows["chain"] == name["chain"]] if name["chain"] else here
    places = {spans_cell([place]) for place in chain[["start", "end"]].itertuples(index=False)}
    line = {"about": "mention", "answer": "actor", "spans": f"{name['start']}..{name['end']}"}
    line = article.known | line | {"words": name["text"], "actor": actor}
    earlier = [one for one in article.said if one["about"] == "mention" and key_of(one)[-1] in places]
    return [undone(other) for other in earlier if key_of(other) != key_of(line)] + [line]


def _with_other_bounds(quotes: list[CheckedQuote], spans: Spans) -> CheckedQuote | None:
    """The quote of which the words are other bounds, as they are taken when the checks are applied."""
    places = pd.DataFrame([("", place_of(one)) for one in quotes], columns=["article_id", "spans"])
    pairs = match_quotes(places, pd.DataFrame({"article_id": [""], "spans": [spans_cell(spans)]}))
    return None if pairs.empty else quotes[pairs["found"].iloc[0]]


def _right(text: str, quote: CheckedQuote, spans: Spans, typed: str) -> Line:
    """That the quote is as it is shown. Who the actor is stays open, unless a person said so."""
    shown = quote_columns(quote.now or quote.old)
    actor = quote.said[0]["actor"] if quote.said else ""
    return {"about": "quote", "answer": "quote", **shown, "actor": actor} | _found_at(quote, shown["spans"])


def _no_quote(text: str, quote: CheckedQuote, spans: Spans, typed: str) -> Line:
    known = quote_columns(quote.old)
    return {"about": "quote", "answer": "no quote", "spans": known["spans"], "words": known["words"]}


def _bounds(text: str, quote: CheckedQuote | None, spans: Spans, typed: str) -> Line:
    """That these words are a quote: a missed one, or `quote` in its right bounds."""
    said = {"spans": spans_cell(spans).replace("-", ".."), "words": " ".join(text[a:b] for a, b in spans)}
    if quote is None:
        return {"about": "quote", "answer": "quote"} | said | _NOBODY
    return _right(text, quote, [], "") | said | {"kind": ""} | _found_at(quote, said["spans"])


def _more_words(text: str, quote: CheckedQuote, spans: Spans, typed: str) -> Line:
    """That these words belong to the quote, too."""
    joined: Spans = []
    for start, end in sorted([*spans_of((quote.now or quote.old)["spans"]), *spans]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return _bounds(text, quote, joined, "")


def _speaker(text: str, quote: CheckedQuote, spans: Spans, typed: str) -> Line:
    """That these words, or a name typed, say who speaks; nobody, where neither is given.

    A name that does not stand in the text is kept as the actor, of a speaker without words.
    """
    if typed and not re.search(r"\w", typed):
        raise ValueError(f"{typed!r} is no name")
    found = spans[0] if spans else find_words(text, typed, near=spans_of(place_of(quote))[0][0])
    if found:
        said = {"speaker": text[slice(*found)], "speaker_spans": "..".join(map(str, found))}
        return _right(text, quote, [], "") | said | {"speaker_type": "", "actor": ""}
    said = {"speaker_type": "person", "actor": typed} if typed else {}
    return _right(text, quote, [], "") | _NOBODY | said


def _type(text: str, quote: CheckedQuote, spans: Spans, typed: str) -> Line:
    if typed not in SPEAKER_TYPES:
        raise ValueError(f"type is {typed!r}; it can be {', '.join(SPEAKER_TYPES)}")
    return _right(text, quote, [], "") | (_NOBODY if typed == "none" else {"speaker_type": typed})


def _actor(text: str, quote: CheckedQuote, spans: Spans, typed: str) -> Line:
    """That this actor speaks."""
    if not typed:
        raise ValueError("no actor is chosen")
    line = _right(text, quote, [], "") | {"actor": typed}
    return line | ({"speaker_type": "person"} if line["speaker_type"] == "none" else {})


def _found_at(quote: CheckedQuote, spans: str) -> Line:
    """Where the pipeline has it, if that is elsewhere."""
    was = quote_columns(quote.old)["spans"] if quote.old else ""
    return {"was": "" if was == spans else was}


_ANSWERS: dict[str, Callable[[str, CheckedQuote | None, Spans, str], Line]] = {
    "right": _right,
    "no quote": _no_quote,
    "add": _bounds,
    "bounds": _bounds,
    "more words": _more_words,
    "speaker": _speaker,
    "type": _type,
    "actor": _actor,
}
