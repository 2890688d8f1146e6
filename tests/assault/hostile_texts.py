"""Texts that make parsers slow, rules trip and offsets drift; and the time that twice the text takes."""

from collections.abc import Iterator
from functools import lru_cache
from random import Random
from time import process_time

import pandas as pd
from common import Outcome, attack
from fuzzed_files import ODD, WORDS, prose

from newsvoices import analyse, load_pipeline

UNITS = [
    "$", "=", "'s", "“”", "(", "🙂", "…", ":)", "x:)", "-", ".", "a", "http://a.example/", "“We go,” said Marlow. ", "said ", "He said ",
    "“", "”", "\n", "\n\n", " ", "Marlow, ", "Marlow and ", "the minister of ", "that Maren said ", "Morast's ", "Mr. ", "1,", "‘no’ ",
    "Vasht told Maren that Marlow met Kell. ", "“Go,” “no,” ", "\u202e", "e\u0301", "漢字。", "&amp;", "<b>", "U.S. ", "who ", "not ", ", said Marlow, ",
]  # fmt: skip
SENTENCES = [
    "“We will not leave {b},” {a} said on Friday. ", "{a} told {b} that the dam was “a disgrace”. ", "{a} met {b} in Kell. ",
    "According to {a}, {b} had known for months. ", "{b}’s deputy denied it. ", "She accused {a} of breaking the ceasefire.\n\n",
    "“It is over,” the official added, “and {b} knows it.” ", "The ministry did not comment. ",
]  # fmt: skip
NAMES = "Edda Marlow, Ilse Maren, Goran Vasht, Veldania, Tresk, Morast, the Accord, Marlow, Maren, Mr. Vasht".split(
    ", "
)


def news(chance: Random, length: int) -> str:
    """Sentences as the news writes them, up to a length."""
    parts, n = [], 0
    while n < length:
        parts.append(chance.choice(SENTENCES).format(a=chance.choice(NAMES), b=chance.choice(NAMES)))
        n += len(parts[-1])
    return "".join(parts)[:length]


def texts(number: int, *, seed: int = 0, length: int = 1500) -> Iterator[str]:
    """Runs of one unit, prose with odd characters, news with pieces put in, cut out and turned round."""
    for i in range(number):
        chance = Random(f"{seed}-text-{i}")
        if i < len(UNITS):
            yield f"Edda Marlow left. {UNITS[i] * (length // len(UNITS[i]))} Goran Vasht came."
        elif chance.random() < 0.4:
            yield "A" + prose(chance, 200)[:length].replace("\0", "").replace("\r", "\n")
        else:
            text = news(chance, chance.randrange(length))
            for _ in range(chance.randrange(12)):
                at = chance.randrange(len(text) + 1)
                piece = chance.choice([*ODD, *UNITS, *WORDS]).replace("\0", "").replace("\r", "\n")
                text = text[:at] + piece + text[at + chance.choice([0, 0, 1, 5]) :]
            yield f"A{text}"


@lru_cache(maxsize=1)
def pipeline():
    return load_pipeline()


def tables_of(text: str):
    articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    return analyse(articles, nlp=pipeline(), cache=None)


def check(text: str) -> list[str]:
    """It is analysed, and every offset of every table leads to what the row says."""
    tables = tables_of(text)
    wrong = []
    for row in tables.mentions.itertuples():
        if text[row.start : row.end] != row.text:
            wrong.append(f"mention {row.text!r} stands not at {row.start}")
    for row in tables.quotes.itertuples():
        pieces = [text[slice(*map(int, span.split("-")))] for span in row.spans.split(";")]
        if " ".join(pieces) != row.text or (
            row.speaker and text[row.speaker_start : row.speaker_end] != row.speaker
        ):
            wrong.append(f"quote {row.text[:40]!r} stands not at {row.spans}")
    for row in tables.relations.itertuples():
        if text[row.start : row.end] != row.text:
            wrong.append(f"relation's sentence stands not at {row.start}")
    return wrong


def run(number: int, *, seed: int = 0) -> Outcome:
    if number:
        pipeline()  # loaded before the clock runs
    return attack("texts", texts(number, seed=seed), check)


def slow(unit: str, *, length: int) -> list[str]:
    """Whether twice the text takes more than two and a half times the time; what takes no half second is quick enough."""
    one, two = (min(_seconds(unit, n) for _ in range(2)) for n in (length, 2 * length))
    return (
        [f"{unit[:20]!r}: {one:.1f} s for {length} characters, {two:.1f} s for twice"]
        if two > max(2.5 * one, 0.5)
        else []
    )


def _seconds(unit: str, length: int) -> float:
    text = news(Random(0), length) if unit == "news" else (unit * (length // len(unit) + 1))[:length]
    start = process_time()
    tables_of(f"Edda Marlow left. {text}")
    return process_time() - start


def run_times(*, length: int) -> Outcome:
    return attack("times", ["news", *UNITS] if length else [], lambda unit: slow(unit, length=length))
