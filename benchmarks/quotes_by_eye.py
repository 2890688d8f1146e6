"""Quotes with their speakers, and actors, drawn to be read by a person, and counts of what the reader found.

Usage: python benchmarks/quotes_by_eye.py draw OUT.csv FOLDER … [--table quotes] [--rows 150] [--articles 60] [--seed 1]
       python benchmarks/quotes_by_eye.py count OUT.csv SECTION [--out FILE]
FOLDER holds .txt files, or is SEESAW's, of which the train stories are taken. The reader writes one word of FAULTS into
the column `fault` of each row; nothing in it says what is expected. Counts go to benchmarks/results/quotes-by-eye.json,
without any text, each below its SECTION and table. Those there are of: draw SHEET SEESAW
en-worldwide-newswire/original_articles --seed 20261201 (section before), 20261202 (after, when the worst kinds of fault of
the first had been mended: 57 other articles and three of the first), 20261203 (third, with the same rules as the second) and
20261204 (fourth, when deeds, presumptions, conditions and relatives' surnames had been mended), each a second time with
--table actors --rows 100 (150 in the last two); and quotes alone with 20261205 (fifth, after the faults of the fourth). Each
was read once by one reader, who also wrote the mends. The quotes of the second seed were drawn twice: a first reading (108 of
150 right) found books' titles taken for quotes and "has rejected it" taken for none, which were mended too. What was found
wrong in the last was partly mended after it.
"""

import argparse
import json
import random
from pathlib import Path

import pandas as pd
import seesaw

from newsvoices import analyse, frame

FAULTS = {
    "quotes": {
        "right": "quote, speaker, actor and kind of speaker are right",
        "no quote": "nobody is said to say, write or think this",
        "bounds": "words are missing, or others in it, so that it says something else",
        "speaker": "somebody else says it, or somebody where it names nobody",
        "actor": "the speaker is right, the actor is another or lacks though the article names one",
        "type": "all that is right but the kind of speaker",
    },
    "actors": {
        "right": "a name, its label right, and all its aliases the same actor's",
        "no name": "a title, a word, a day, several names, or whoever a credit names",
        "bounds": "words of the name are missing, or others in it",
        "label": "a name of another kind",
        "joined": "among its aliases is another actor's name",
        "split": "another actor of the table is the same one",
    },
}
KEPT = {
    "quotes": ["article_id", "quote_id", "kind", "text", "cue", "speaker", "speaker_type", "actor"],
    "actors": ["article_id", "actor", "label", "aliases", "roles", "n_mentions", "n_quotes"],
}
AROUND = {"quotes": 250, "actors": 80}  # characters of the article on either side


def texts(folder: Path) -> dict[str, str]:
    if (folder / "meta").exists():
        return {article.name: article.text for article in seesaw.read(folder, "train")}
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


def draw(folders: list[Path], table: str, *, rows: int, articles: int, seed: int) -> pd.DataFrame:
    """Rows of a table, as many of each article as can be, from as many articles of each folder, in a drawn order.

    An actor stands with the first article that mentions it.
    """
    rng, drawn = random.Random(seed), {}
    for folder in folders:
        found = texts(folder)
        drawn |= {name: found[name] for name in rng.sample(sorted(found), articles // len(folders))}
    corpus = frame(
        "articles", [{"article_id": name, "text": text, "n_tokens": 0} for name, text in drawn.items()]
    )
    tables = analyse(corpus, cache=None)
    sheet = tables.quotes
    if table == "actors":
        names = tables.mentions[tables.mentions["kind"] == "name"]
        first = names.drop_duplicates("actor")[["actor", "article_id", "start", "end"]]
        sheet = tables.actors.merge(first, on="actor")
    sheet = sheet.sample(frac=1, random_state=seed)
    sheet = sheet.assign(turn=sheet.groupby("article_id").cumcount())
    sheet = sheet.sort_values("turn", kind="stable").head(rows)
    reach = AROUND[table]
    around = [
        drawn[row.article_id][max(0, row.start - reach) : row.end + reach] for row in sheet.itertuples()
    ]
    return sheet[KEPT[table]].assign(around=around, fault="").sample(frac=1, random_state=seed)


def count(sheet: pd.DataFrame) -> tuple[str, dict]:
    """The table that a sheet is of, and what was found in it."""
    table = "quotes" if "quote_id" in sheet else "actors"
    unknown = sorted(set(sheet["fault"]) - set(FAULTS[table]))
    if unknown:
        raise ValueError(f"faults {unknown}; accepted are {', '.join(FAULTS[table])}")
    counts = sheet["fault"].value_counts()
    return table, {
        "rows": len(sheet),
        "articles": int(sheet["article_id"].nunique()),
        "right per cent": round(100 * counts.get("right", 0) / len(sheet), 1),
        "rows by fault": {fault: int(counts.get(fault, 0)) for fault in FAULTS[table]},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("sheet", type=Path)
    drawing.add_argument("folders", type=Path, nargs="+")
    drawing.add_argument("--table", choices=[*FAULTS], default="quotes")
    for name, default in (("rows", 150), ("articles", 60), ("seed", 1)):
        drawing.add_argument(f"--{name}", type=int, default=default)
    counting = commands.add_parser("count")
    counting.add_argument("sheet", type=Path)
    counting.add_argument("section")
    results = Path(__file__).parent / "results" / "quotes-by-eye.json"
    counting.add_argument("--out", type=Path, default=results)
    options = parser.parse_args()
    if options.command == "draw":
        how = {name: getattr(options, name) for name in ("rows", "articles", "seed")}
        draw(options.folders, options.table, **how).to_csv(options.sheet, index=False)
    else:
        table, found = count(pd.read_csv(options.sheet, keep_default_na=False))
        result = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
        result.setdefault(options.section, {})[table] = found
        options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
        print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
