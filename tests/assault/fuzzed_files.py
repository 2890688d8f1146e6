"""Files as a careless or hostile world makes them, for every format that read_articles reads.

To add a format: a function from a Random to bytes, and a line in MAKERS.
"""

import csv
import io
import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from common import Outcome, attack

from newsvoices import LossWarning, read_articles

WORDS = "Marlow Maren Vasht Morast Tresk Kell said that the dam “We go,” — ‘no’ told reporters on Friday 5 March 2024".split()
ODD = [
    "\0", "\ufeff", "\x1b[2J", "\x07", "\r", "\r\n", "\n\n", "\t", "\u2028", "\u202e", "\u200b", "\xa0", "e\u0301" * 9, "🙂" * 50,
    "=HYPERLINK(1)", "-1+1", "@x", "<script>alert(1)</script>", '"', "''", "“" * 40, "$" * 200, "x" * 3000, "(" * 300,
    "Outlet: The Morast Courier\n\n", "---\nTitle: x\n---\n", "Date: 31/02/2024\n\n", "KELL (Agency) — ", "https://a.example/2024/05/06/x",
    "\x85", "\x1c", "\ufffe", "漢字" * 30, "१२३", "٣", "9" * 5000, "NaN", "null", "{}", "[]", ",;|\t",
]  # fmt: skip
ENCODINGS = [
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "cp1252",
    "latin-1",
    "utf-32",
    "cp037",
]
COLUMNS = [
    "text",
    "Text",
    "body",
    "title",
    "outlet",
    "date",
    "id",
    "article_id",
    "url",
    "=x",
    "",
    "text ",
    "byline",
    "n" * 500,
]


def prose(chance: Random, n: int = 40) -> str:
    """Words of the news, with something odd among them."""
    words = [chance.choice(ODD if chance.random() < 0.1 else WORDS) for _ in range(chance.randrange(n))]
    return "".join(word + chance.choice(["", " ", " ", " ", "\n", "\n\n"]) for word in words)


def damaged(chance: Random, data: bytes) -> bytes:
    """In one of three files, bytes changed, cut off, doubled or put in."""
    if chance.random() < 0.67:
        return data
    data = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        at, how = chance.randrange(len(data) + 1), chance.randrange(4)
        if how == 0:
            data[at : at + 1] = chance.randbytes(1)
        elif how == 1:
            del data[at : at + chance.randrange(100)]
        elif how == 2:
            data[at:at] = chance.randbytes(chance.randrange(20))
        else:
            data[at:at] = data[at : at + 200]
    return bytes(data)


def text(chance: Random) -> bytes:
    if chance.random() < 0.05:
        return chance.randbytes(chance.randrange(2000))
    return prose(chance, 120).encode(chance.choice(ENCODINGS), errors="replace")


def table(chance: Random) -> bytes:
    out = io.StringIO()
    quoting = chance.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
    writer = csv.writer(
        out, delimiter=chance.choice(",;\t|"), quoting=quoting, lineterminator=chance.choice(["\n", "\r\n"])
    )
    columns = chance.choices(COLUMNS, k=chance.randrange(1, 6))
    writer.writerow(["text", *columns] if chance.random() < 0.8 else columns)
    for _ in range(chance.randrange(12)):
        writer.writerow([prose(chance) for _ in range(len(columns) + chance.choice([1, 1, 1, 1, 1, 0, 2]))])
    return out.getvalue().encode(chance.choice(ENCODINGS), errors="replace")


def value(chance: Random) -> object:
    plain = [
        prose(chance),
        prose(chance),
        7,
        -1.5,
        10**400,
        None,
        True,
        "\ud800",
        [prose(chance)],
        {"a": {"b": []}},
    ]
    return chance.choice(plain)


def lines(chance: Random) -> bytes:
    out = []
    for _ in range(chance.randrange(12)):
        row = {chance.choice(COLUMNS): value(chance) for _ in range(chance.randrange(5))}
        line = json.dumps(
            {"text": prose(chance), **row} if chance.random() < 0.8 else row,
            ensure_ascii=chance.random() < 0.5,
        )
        odd = [
            "",
            "{",
            "[1]",
            "null",
            "[" * 900 + "]" * 900,
            '{"text": "a", "text": "b"}',
            '{"text": NaN}',
            "\ufeff" + line,
        ]
        out.append(chance.choice(odd) if chance.random() < 0.15 else line)
    encoding = chance.choice(ENCODINGS)
    return chance.choice(["\n", "\n", "\r\n"]).join(out).encode(encoding, errors="replace")


MAKERS: dict[str, Callable[[Random], bytes]] = {".txt": text, ".csv": table, ".jsonl": lines}
NAMES = [
    "a",
    "Courier 2024-03-05",
    "=x",
    "b\x1b[2J",
    "c\nd",
    "e<b>",
    "-f",
    "ÄÖ",
    "e\u0301",
    "x.y",
    "'",
    "$a$",
    "2024",
]


def files(number: int, *, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Names and contents; each depends on the seed and its number only."""
    for i in range(number):
        chance = Random(f"{seed}-{i}")
        suffix = chance.choice(list(MAKERS))
        data = damaged(chance, MAKERS[suffix](chance))
        yield (
            f"{chance.choice(NAMES)}{chance.choice(['', suffix.upper() if chance.random() < 0.1 else suffix])}",
            data,
        )


def check(item: tuple[str, bytes]) -> list[str]:
    """Alone and beside a sound file: read or named, never lost, never an error without a name."""
    name, data = item
    with TemporaryDirectory() as temporary, warnings.catch_warnings():
        warnings.simplefilter("ignore", LossWarning)
        folder = Path(temporary, "corpus")
        folder.mkdir()
        (folder / name).write_bytes(data)
        (folder / "zz sound.txt").write_text("Edda Marlow left Morast.")
        complaints = accounted(read_articles(folder), name)
        try:
            read_articles(folder / name)
        except ValueError as error:
            if len(str(error)) > 2000 or isinstance(error, UnicodeError):
                complaints.append(f"no error for a reader: {str(error)[:200]}")
    return complaints


def accounted(articles, name: str) -> list[str]:
    """What is wrong with the articles of a folder that holds the file `name` and a sound one."""
    skipped = {item["source_file"] for item in articles.attrs["skipped"]}
    read = set(articles["source_file"])
    wrong = [] if "zz sound.txt" in read | skipped else ["the sound file is lost"]
    wrong += [] if len(read | skipped) >= 2 else [f"{name!r} is lost"]
    wrong += [] if articles["article_id"].is_unique else ["two articles of one id"]
    wrong += [] if articles["text"].str.strip().ne("").all() else ["an article without text"]
    wrong += [] if not articles["text"].str.contains("\0|\r", regex=True).any() else ["a text with NUL or CR"]
    return wrong


def run(number: int, *, seed: int = 0) -> Outcome:
    return attack("files", files(number, seed=seed), check)
