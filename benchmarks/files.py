"""Real exports and saved pages read: articles found, fields filled, text against gold, and the time for large archives.

    python benchmarks/files.py ../shared/files

Prints a table and writes benchmarks/results/files.json. How many articles each export holds stands in the README of
the folder of exports, which is read here.
"""

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from pathlib import Path

from newsvoices import read_articles

RESULTS = Path(__file__).parent / "results" / "files.json"
FIELDS = ("title", "outlet", "date", "byline", "place", "url")
ROW = re.compile(r"^\| (?P<files>[\w/.,* -]+\.\w+[^|]*) \|[^|]*\|[^|]*\| (?P<counts>[^|]+) \|$", re.MULTILINE)


def expected_counts(readme: str) -> dict[str, int | None]:
    """Articles by file, as the table in the folder's README has them; None where it gives no number."""
    counts = {}
    for row in ROW.finditer(readme):
        names = [name.strip() for name in row["files"].split(",")]
        folder = names[0].rpartition("/")[0]
        numbers = [int(n) for n in re.findall(r"\d+", row["counts"])]
        numbers = numbers * len(names) if "each" in row["counts"] else numbers
        for i, name in enumerate(names):
            counts[name if "/" in name else f"{folder}/{name}"] = numbers[i] if i < len(numbers) else None
    return counts


def counted(file: Path, expected: int | None) -> dict:
    """What reading one export gives; repeated texts are kept, because the export holds them."""
    start = time.perf_counter()
    articles = read_articles(file, duplicates="keep")
    if expected is None:  # a headline element for each article
        expected = len(re.findall(rb"<headline>", file.read_bytes()))
    return {
        "expected": expected,
        "found": len(articles),
        "left out": len(articles.attrs["skipped"]),
        **{field: int((articles[field] != "").sum()) for field in FIELDS},
        "seconds": round(time.perf_counter() - start, 2),
    }


def words(text: str) -> Counter:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(text: str, gold: str) -> float:
    """Agreement of two texts in words, with their numbers, in per cent."""
    ours, theirs = words(text), words(gold)
    same = sum((ours & theirs).values())
    return round(200 * same / (sum(ours.values()) + sum(theirs.values())), 1) if same else 0.0


def gold_text(version: dict) -> str:
    """Headline, summary and body."""
    parts = [version["title"], *version["body"]["summary"]]
    for section in version["body"]["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    return "\n".join(parts)


def page(file: Path) -> dict:
    """The text of a saved page against the version of its outlet that is nearest, and which fields agree."""
    versions = json.loads((file.parent / f"{file.name.split('_')[0]}.json").read_text(encoding="utf-8"))
    article = read_articles(file).iloc[0]
    gold = max(versions.values(), key=lambda version: f1(article["text"], gold_text(version)))
    return {
        "f1": f1(article["text"], gold_text(gold)),
        "date": article["date"] == gold["publishing_date"][:10],
        "author": all(author.lower() in article["byline"].lower() for author in gold["authors"]),
        "outlet": bool(article["outlet"]),
        "words on the page": sum(
            words(gzip.decompress(file.read_bytes()).decode("utf-8", "replace")).values()
        ),
    }


def paragraph(seed: random.Random) -> str:
    vocabulary = (
        "the minister of Morast said on Tuesday that talks with Veldania would resume in the capital Tresk after the "
        "border crossing at Orrin Pass was closed by troops and the harvest failed in the valley below Kell"
    ).split()
    return " ".join(seed.choices(vocabulary, k=60)).capitalize() + "."


def large_docx(file: Path, n: int) -> None:
    """A Nexis export of ``n`` invented articles."""
    seed = random.Random(1)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as xml,
    ):
        xml.write(f'<w:document xmlns:w="{space}"><w:body>'.encode())
        for i in range(n):
            lines = [
                f"Talks resume in Tresk, day {i}",
                "The Morast Courier",
                f"March {i % 28 + 1}, 2024 Monday",
            ]
            lines += ["Copyright 2024 The Morast Courier", "Length: 480 words", "Byline: Edda Marlow", "Body"]
            lines += [*(paragraph(seed) for _ in range(8)), "Load-Date: March 5, 2024", "End of Document"]
            xml.write("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines).encode())
        xml.write(b"</w:body></w:document>")


def large_html(file: Path, n: int) -> None:
    """An older Nexis export of ``n`` invented articles."""
    seed = random.Random(1)
    with file.open("w", encoding="utf-8") as page:
        page.write("<HTML><BODY>")
        for i in range(n):
            lines = [f"{i + 1} of {n} DOCUMENTS", "The Morast Courier", f"March {i % 28 + 1}, 2024 Monday"]
            lines += [f"Talks resume in Tresk, day {i}", "BYLINE: Edda Marlow", "LENGTH: 480 words"]
            lines += [
                *(paragraph(seed) for _ in range(8)),
                "LOAD-DATE: March 5, 2024",
                "Copyright 2024 Courier",
            ]
            page.write(
                "".join(f'<DIV><P CLASS="c1"><SPAN CLASS="c2">{line}</SPAN></P></DIV>' for line in lines)
            )
        page.write("</BODY></HTML>")


def timed(n: int) -> dict:
    """Seconds for ``n`` articles in one file."""
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for make, name in ((large_docx, "large.docx"), (large_html, "large.html")):
            make(file := Path(folder, name), n)
            start = time.process_time()
            found = len(read_articles(file))
            results[name] = {
                "articles": n,
                "found": found,
                "seconds of one core": round(time.process_time() - start, 1),
            }
    return results


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, help="the folder of exports, with its README.md")
    parser.add_argument("--articles", type=int, default=10_000, help="in each large archive")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    exports = {}
    for name, expected in expected_counts((options.files / "README.md").read_text(encoding="utf-8")).items():
        if "*" not in name:
            exports[name] = counted(options.files / name, expected)
            print(f"{name:40}", " ".join(f"{key} {value}" for key, value in exports[name].items()))
    pages = {}
    for file in sorted((options.files / "web").glob("*.html.gz")):
        pages[file.name] = page(file)
        print(f"{file.name:40}", " ".join(f"{key} {value}" for key, value in pages[file.name].items()))
    total = {
        "files": len(exports),
        "files exact": sum(row["expected"] == row["found"] for row in exports.values()),
        "articles expected": sum(row["expected"] for row in exports.values()),
        "articles found": sum(row["found"] for row in exports.values()),
        **{f"{f} filled": sum(row[f] for row in exports.values()) for f in ("title", "outlet", "date")},
        "web text F1": round(sum(row["f1"] for row in pages.values()) / len(pages), 1),
        "web dates right": sum(row["date"] for row in pages.values()),
        "web pages": len(pages),
    }
    large = timed(options.articles)
    print(json.dumps({"total": total, "large": large}, indent=1))
    results = {"total": total, "exports": exports, "web": pages, "large": large}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
