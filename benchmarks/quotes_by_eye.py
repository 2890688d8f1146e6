"""Quotes and their speakers, drawn to be read by a person, and counts of what the reader found.

Usage: python benchmarks/quotes_by_eye.py draw OUT.csv FOLDER … [--rows 150] [--articles 75] [--seed 1]
       python benchmarks/quotes_by_eye.py count OUT.csv [--out FILE]
FOLDER holds .txt files, or SEESAW's .json articles. The reader writes one word of FAULTS into the column `fault` of each
row; nothing in it says what is expected. Counts go to benchmarks/results/quotes-by-eye.json, without any text. Those
there are of: draw SHEET SEESAW/articles en-worldwide-newswire/original_articles --rows 60 --articles 40 --seed 20261130,
read once by one person who also wrote rules for speakers.
"""

import argparse
import json
import random
from pathlib import Path

import pandas as pd

from newsvoices import analyse, frame

FAULTS = {
    "right": "quote, speaker, actor and kind of speaker are right",
    "no quote": "nobody is said to say, write or think this",
    "bounds": "words are missing, or others in it, so that it says something else",
    "speaker": "somebody else says it, or somebody where it names nobody",
    "actor": "the speaker is right, the actor is another or lacks though the article names one",
    "type": "all that is right but the kind of speaker",
}
AROUND = 250  # characters of the article on either side


def texts(folder: Path) -> dict[str, str]:
    found = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}
    for path in sorted(folder.glob("*.json")):
        found[path.stem] = " ".join(
            part["text"].strip() for part in json.loads(path.read_text("utf-8"))["text"]
        )
    return found


def draw(folders: list[Path], *, rows: int, articles: int, seed: int) -> pd.DataFrame:
    """Rows of quotes, as many of each article as can be, from as many articles of each folder, in a drawn order."""
    rng, drawn = random.Random(seed), {}
    for folder in folders:
        found = texts(folder)
        drawn |= {name: found[name] for name in rng.sample(sorted(found), articles // len(folders))}
    corpus = frame(
        "articles", [{"article_id": name, "text": text, "n_tokens": 0} for name, text in drawn.items()]
    )
    quotes = analyse(corpus, cache=None).quotes.sample(frac=1, random_state=seed)
    quotes = (
        quotes.assign(turn=quotes.groupby("article_id").cumcount())
        .sort_values("turn", kind="stable")
        .head(rows)
    )
    around = [
        drawn[row.article_id][max(0, row.start - AROUND) : row.end + AROUND] for row in quotes.itertuples()
    ]
    kept = ["article_id", "quote_id", "kind", "text", "cue", "speaker", "speaker_type", "actor"]
    return quotes[kept].assign(around=around, fault="").sample(frac=1, random_state=seed)


def count(sheet: pd.DataFrame) -> dict:
    unknown = sorted(set(sheet["fault"]) - set(FAULTS))
    if unknown:
        raise ValueError(f"faults {unknown}; accepted are {', '.join(FAULTS)}")
    counts = sheet["fault"].value_counts()
    return {
        "rows": len(sheet),
        "articles": int(sheet["article_id"].nunique()),
        "right per cent": round(100 * counts.get("right", 0) / len(sheet), 1),
        "rows by fault": {fault: int(counts.get(fault, 0)) for fault in FAULTS},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("sheet", type=Path)
    drawing.add_argument("folders", type=Path, nargs="+")
    for name, default in (("rows", 150), ("articles", 75), ("seed", 1)):
        drawing.add_argument(f"--{name}", type=int, default=default)
    counting = commands.add_parser("count")
    counting.add_argument("sheet", type=Path)
    results = Path(__file__).parent / "results" / "quotes-by-eye.json"
    counting.add_argument("--out", type=Path, default=results)
    options = parser.parse_args()
    if options.command == "draw":
        how = {name: getattr(options, name) for name in ("rows", "articles", "seed")}
        draw(options.folders, **how).to_csv(options.sheet, index=False)
    else:
        result = count(pd.read_csv(options.sheet, keep_default_na=False))
        options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
        print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
