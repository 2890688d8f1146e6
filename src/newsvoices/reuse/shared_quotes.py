"""Shared quotes: the same words in several outlets, with what each of them cut."""

import re
from collections import defaultdict

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq

from ..losses import empty_where_nothing_to_compare
from ..schema import Tables, spans_of
from .outlets import outlets_named
from .publication_days import publication_days
from .text_overlap import fingerprints, overlapping, words_in_common, words_of
from .wire_copies import without_copies

RUN = 3  # words in a row that count as words in common
LONGEST_NAME = 6  # words; a quote of no more that are all words of names is a name
WITHIN_MARKS = re.compile(r"[“„«]([^“”„«»\n]+)|\"([^\"\n]+)\"?|(?<!\w)[‘']([^‘\n]+?)[’'](?!\w)")
VERBATIM, REPORTED, REPORTED_BY_ANYONE = 0.7, 0.6, 0.85  # of the shorter one's words

_OF_BOTH = ("outlet", "date", "speaker", "actor", "kind")
_COLUMNS = {
    **dict.fromkeys(("quote", "other"), "str"),
    **{f"{end}{what}": "str" for what in _OF_BOTH for end in ("", "other_")},
    "common": "int64",
    "share": "float64",
    "cut": "str",
    "added": "str",
}


@empty_where_nothing_to_compare(_COLUMNS)
def shared_quotes(
    tables: Tables, *, by: str = "outlet", copies: str | pd.DataFrame = "each", days: int = 14
) -> pd.DataFrame:
    """One row per pair of quotes in which two outlets print the same words.

    Words within quotation marks are the same when runs of three or more make up 70 % of the shorter quote;
    of three or four words, all must be the same, and three only count on one day or the next. Where one of
    the two is indirect, tense and person change, so 60 % (and at least five words) are enough if the actor
    is the same, else 85 %. A name alone is no quote.

    Args:
        tables: as analyse gives them.
        by: the column of articles whose values are compared.
        copies: "each" wire copy counts, or "once"; or what wire_copies gave.
        days: quotes further apart are not compared; those without a date are compared with all.

    Returns:
        quote, other (quote_id; `quote` is the earlier one, of one day the longer); outlet, other_outlet,
        date, other_date, speaker, other_speaker, actor, other_actor, kind, other_kind; common: words in common; share: per cent of
        the shorter one; cut: words of `quote` that `other` leaves out; added: words that it has instead or
        besides, both by longest common subsequence. Words that more than 50 quotes have are paired with the
        next 50 in time, so that a famous quote is linked but not in every pair.

    Raises:
        ValueError: no such column, or a date that is not written YYYY-MM-DD.

    With fewer than two outlets the frame is empty, with a warning.

    Limitation: a paraphrase in words of its own is not found.
    """
    tables = without_copies(tables, copies)
    groups = outlets_named(tables.articles, by=by, least=2)
    quotes = tables.quotes[tables.quotes["article_id"].isin(groups.index)]
    quotes = _chronological(quotes.assign(outlet=quotes["article_id"].map(groups)), tables.articles)
    owner, words, verbatim = _comparable(quotes, tables)
    day = (quotes["day"] - pd.Timestamp("1970-01-01")).dt.days.to_numpy(float)[owner]
    outlet = pd.factorize(quotes["outlet"])[0][owner]
    pairs = overlapping(
        [fingerprints(own, size=RUN) for own in words],
        least=np.array([max(1.0, 0.2 * len(own)) for own in words]),
        allowed=lambda i, j: (outlet[i] != outlet[j]) & ~(np.abs(day[i] - day[j]) > days),
    )
    actors, best = quotes["actor"].to_numpy(), {}
    for i, j in pairs.tolist():
        mask, other = words_in_common(words[i], words[j], size=RUN)
        common, n = (mask.sum(), len(mask)) if len(mask) <= len(other) else (other.sum(), len(other))
        one, two = owner[i], owner[j]
        same = actors[one] == actors[two] != ""
        if _same_words(common, n, verbatim[i] and verbatim[j], same, abs(day[i] - day[j])):
            best[one, two] = max(best.get((one, two), (0, 0)), (common / n, common))
    return _pairs(quotes, best)


def _chronological(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The quotes with date and day, in order of time, of one day the longest first; those without a date come last."""
    dates = articles.set_index("article_id")["date"]
    day, length = quotes["article_id"].map(publication_days(articles)), -quotes["text"].str.len()
    quotes = quotes.assign(date=quotes["article_id"].map(dates), day=day, length=length)
    return quotes.sort_values(["day", "length", "quote_id"], ignore_index=True).drop(columns="length")


def _same_words(common: int, n: int, verbatim: bool, same_actor: bool, days: float) -> bool:
    if verbatim and n < 5:
        return common == n and (n > 3 or days <= 1)
    if verbatim:
        return common >= VERBATIM * n
    return common >= 5 and common >= (REPORTED if same_actor else REPORTED_BY_ANYONE) * n


def _comparable(quotes: pd.DataFrame, tables: Tables) -> tuple[np.ndarray, list[list[str]], list[bool]]:
    """What is compared: each quote whole and, of a mixed one, the words within its marks by themselves.

    The row of `quotes` that each comes from, its words, and whether all stand in quotation marks.
    """
    named = tables.mentions.loc[tables.mentions["kind"] == "name", "text"].unique()
    names = {"the", "a", "an"} | {word for name in named for word in words_of(name)}
    texts = tables.articles.set_index("article_id")["text"]
    mixed = quotes.loc[quotes["kind"] == "mixed", "article_id"].unique()
    marks = {
        name: [found.span(found.lastindex) for found in WITHIN_MARKS.finditer(texts[name])] for name in mixed
    }
    owner, words, verbatim = [], [], []
    for row, quote in enumerate(quotes.itertuples()):
        texts_of_quote = [(words_of(quote.text), quote.kind == "direct")]
        if quote.kind == "mixed":
            spans = spans_of(quote.spans)
            inside = [(max(a, c), min(b, d)) for a, b in spans for c, d in marks[quote.article_id]]
            own = [word for a, b in inside for word in words_of(texts[quote.article_id][a:b])]
            texts_of_quote.append((own, True))
        for own, is_verbatim in texts_of_quote:
            if len(own) > LONGEST_NAME or len(own) >= RUN and not names.issuperset(own):
                owner.append(row)
                words.append(own)
                verbatim.append(is_verbatim)
    return np.array(owner, dtype=int), words, verbatim


def _pairs(quotes: pd.DataFrame, best: dict[tuple[int, int], tuple[float, int]]) -> pd.DataFrame:
    columns = {name: quotes[name].to_numpy() for name in ("quote_id", "text", *_OF_BOTH)}
    rows = []
    for (one, two), (share, common) in best.items():
        row = {"quote": columns["quote_id"][one], "other": columns["quote_id"][two]}
        for name in _OF_BOTH:
            row |= {name: columns[name][one], f"other_{name}": columns[name][two]}
        cut, added = differences(columns["text"][one], columns["text"][two])
        rows.append(row | {"common": common, "share": 100 * share, "cut": cut, "added": added})
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    return table.sort_values(["date", "quote", "other_date", "other"], ignore_index=True)


def differences(text: str, other: str) -> tuple[str, str]:
    """Words that only `text` has, and words that only `other` has, with … between passages.

    >>> differences("Peace, now and for ever.", "Peace for us and for ever.")
    ('now', 'for us')
    """
    a, b = words_of(text), words_of(other)
    changes = [code for code in LCSseq.opcodes(a, b) if code.tag != "equal"]
    cut = [" ".join(a[code.src_start : code.src_end]) for code in changes]
    added = [" ".join(b[code.dest_start : code.dest_end]) for code in changes]
    return " … ".join(filter(None, cut)), " … ".join(filter(None, added))


def quote_items(tables: Tables, *, pairs: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """One row per quote, with the item that it shares with other quotes: the same words, whoever prints them.

    Args:
        tables: as analyse gives them.
        pairs: what shared_quotes gave for them.
        by: as given to shared_quotes.

    Returns:
        quotes' columns; the column named by `by`; date; item: a number that quotes linked by pairs share,
        in order of time; outlets: how many of them print the item. A quote that no pair has is an item of
        its own. Within an item, by date and the longest first.

    Limitation: a long quote can tie two sayings of one speech into one item.
    """
    groups = tables.articles.set_index("article_id")[by]
    quotes = tables.quotes.assign(**{by: tables.quotes["article_id"].map(groups)})
    quotes = _chronological(quotes, tables.articles).drop(columns="day")
    quotes["item"] = pd.factorize(quotes["quote_id"].map(_roots(quotes["quote_id"], pairs)))[0] + 1
    quotes["outlets"] = quotes.groupby("item")[by].transform("nunique")
    return quotes.sort_values("item", kind="stable", ignore_index=True)


def _roots(ids: pd.Series, pairs: pd.DataFrame) -> dict[str, str]:
    """One quote of each connected set stands for all of it."""
    links = defaultdict(list)
    for one, two in zip(pairs["quote"], pairs["other"], strict=True):
        links[one].append(two)
        links[two].append(one)
    root: dict[str, str] = {}
    for start in ids:
        waiting = [] if start in root else [start]
        while waiting:
            if (here := waiting.pop()) not in root:
                root[here] = start
                waiting += links[here]
    return root
