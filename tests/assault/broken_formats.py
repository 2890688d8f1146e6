"""Sound files of every other format that read_articles reads, with odd text put in, cut out, and bytes changed."""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from common import Outcome, attack
from fuzzed_files import NAMES, ODD, check, damaged, prose
from test_archives import LAYOUTS
from test_newswire import G2, NEWSML, NINJS, NITF
from test_tables import FORMATS
from test_web import PAGE, mhtml, warc


@cache
def sound() -> dict[str, bytes]:
    """A file of each format and of each archive's layouts, by name."""
    files = {name: make() for name, make in LAYOUTS.items()}
    with TemporaryDirectory() as folder:
        for name, write in FORMATS.items():
            write(Path(folder, name))
            files[name] = Path(folder, name).read_bytes()
    web = {
        "a.html": PAGE.encode(),
        "a.mhtml": mhtml(PAGE),
        "a.warc": warc(PAGE),
        "a.warc.gz": gzip.compress(warc(PAGE)),
    }
    wires = {"nitf.xml": NITF, "newsml.xml": NEWSML, "g2.xml": G2, "ninjs.json": json.dumps(NINJS)}
    rss = "<rss><channel><title>Kell</title><item><title>Talks</title><description>&lt;p&gt;Ministers met.&lt;/p&gt;</description></item></channel></rss>"
    wires |= {"a.rss": rss}
    return files | web | {name: text.encode() for name, text in wires.items()}


def odd_text(chance: Random, data: bytes) -> bytes:
    """Text with odd words and news put in and pieces cut out; markup is hit as well."""
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text) + 1)
        piece = chance.choice(
            [chance.choice(ODD), prose(chance, 20), "<", "&#0;", "&", "]]>", "</p>", "<p>", '="', "\\u"]
        )
        text = text[:at] + piece + text[at + chance.choice([0, 0, 0, 1, 30, 300]) :]
    return text.encode("utf-8", "replace" if chance.random() < 0.5 else "surrogatepass")


def odd_member(chance: Random, data: bytes) -> bytes:
    """A zip in which one member's text is odd, or has another name, or stands there twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == chosen:
                content = odd_text(chance, content)
                name = chance.choice([name] * 6 + ["../up.txt", "x" * 300 + ".txt", "a/\x1b[2J.csv"])
            new.writestr(name, content)
    return stream.getvalue()


def files(number: int, *, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Names and contents; each depends on the seed and its number only."""
    for i in range(number):
        chance = Random(f"{seed}-format-{i}")
        name = chance.choice(sorted(sound()))
        data = sound()[name]
        if chance.random() < 0.6 and zipfile.is_zipfile(io.BytesIO(data)):
            data = odd_member(chance, data)
        elif chance.random() < 0.6 and not name.endswith((".gz", ".parquet", ".feather", ".sqlite")):
            data = odd_text(chance, data)
        suffix = (
            re.search(r"\.[^.]*(\.gz)?$", name)[0]
            if chance.random() < 0.9
            else chance.choice([".txt", ".html", ""])
        )
        yield chance.choice(NAMES) + suffix, damaged(chance, data)


def run(number: int, *, seed: int = 0) -> Outcome:
    if number:
        for item in sound().items():
            check(item)  # what reads them is imported before the clock runs
    return attack("formats", files(number, seed=seed), check)
