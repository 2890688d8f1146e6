"""Relations against re3d (Dstl 2017), its gold of confidence over 0.5; beside "mentioned in one sentence".

Usage: python benchmarks/relations.py FOLDER [--half dev|test] [--out FILE]
A relation is right when its type is and both ends overlap the gold ends; direction counts for supports, criticises
and leads. The documents are halved by the order of their ids; rules were tuned on the first half (dev) only.
"""

import argparse
import itertools
import json
from collections import defaultdict
from pathlib import Path

import pandas as pd
from spacy.tokens import Doc

from en_newsvoices.relations.arguments import MentionIndex
from en_newsvoices.syntax import is_noun
from newsvoices import load_pipeline, relations

TYPES = {
    "FightingAgainst": "fights", "AlliesOf": "allies", "CommWith": "meets", "Likes": "supports",
    "Dislikes": "criticises", "InChargeOf": "leads", "IsSynonymOf": "same as",
}  # fmt: skip
BOTH_WAYS = {"fights", "allies", "meets", "same as"}

Row = tuple[str, str, tuple[int, int], tuple[int, int]]


def read(folder: Path, name: str) -> list[dict]:
    paths = sorted(folder.glob(f"*/{name}.json"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def gold_rows(folder: Path, documents: set[str]) -> list[Row]:
    rows = set()
    for row in read(folder, "relations"):
        if row["type"] in TYPES and float(row["confidence"]) > 0.5 and row["documentId"] in documents:
            ends = (row["sourceBegin"], row["sourceEnd"]), (row["targetBegin"], row["targetEnd"])
            relation = TYPES[row["type"]]
            rows.add((row["documentId"], relation, *(sorted(ends) if relation in BOTH_WAYS else ends)))
    return sorted(rows)


def found_rows(table: pd.DataFrame) -> list[Row]:
    rows = set()
    for row in table[table["relation"].isin(TYPES.values())].itertuples():
        ends = (row.source_start, row.source_end), (row.target_start, row.target_end)
        rows.add((row.article_id, row.relation, *(sorted(ends) if row.relation in BOTH_WAYS else ends)))
    return sorted(rows)


def together(docs: list[Doc], relation: str) -> list[Row]:
    """Every two actors of a sentence, whatever counts as one for us."""
    rows = set()
    for index in map(MentionIndex, docs):
        for sent in index.doc.sents:
            ends = sorted(
                {(end.start, end.end) for token in sent if is_noun(token) and (end := index.argument(token))}
            )
            rows |= {
                (index.doc.user_data["article_id"], relation, *two) for two in itertools.combinations(ends, 2)
            }
    return sorted(rows)


def same(found: Row, gold: Row, loose: bool = False) -> bool:
    if found[:2] != gold[:2]:
        return False
    orders = [gold[2:], gold[:1:-1]] if loose or gold[1] in BOTH_WAYS else [gold[2:]]
    return any(
        all(a[0] < b[1] and b[0] < a[1] for a, b in zip(found[2:], ends, strict=True)) for ends in orders
    )


def score(found: list[Row], gold: list[Row], loose: bool = False) -> dict[str, float]:
    by_document = defaultdict(list)
    for row in gold:
        by_document[row[:2]].append(row)
    right = sum(any(same(row, other, loose) for other in by_document[row[:2]]) for row in found)
    by_document = defaultdict(list)
    for row in found:
        by_document[row[:2]].append(row)
    hit = sum(any(same(other, row, loose) for other in by_document[row[:2]]) for row in gold)
    p, r = right / max(len(found), 1), hit / max(len(gold), 1)
    values = {"precision": 100 * p, "recall": 100 * r, "f1": 200 * p * r / max(p + r, 1e-9)}
    return {"gold": len(gold), "found": len(found), **{k: round(v, 1) for k, v in values.items()}}


def by_type(rows: list[Row], gold: list[Row]) -> dict[str, dict]:
    parts = {t: [[row for row in side if row[1] == t] for side in (rows, gold)] for t in TYPES.values()}
    return {"all": score(rows, gold)} | {t: score(*sides) for t, sides in parts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=["dev", "test"], help="one half of the documents; all by default")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "relations.json")
    options = parser.parse_args()
    texts = {row["_id"]: row["text"] for row in read(options.folder, "documents")}
    halves = {"dev": sorted(texts)[::2], "test": sorted(texts)[1::2], None: sorted(texts)}
    docs = list(load_pipeline().pipe(texts[name] for name in halves[None]))
    for name, doc in zip(halves[None], docs, strict=True):
        doc.user_data["article_id"] = name
    table = relations(docs)
    result = {}
    for half in [options.half] if options.half else ["dev", "test", None]:
        chosen = set(halves[half])
        gold = gold_rows(options.folder, chosen)
        rows = [row for row in found_rows(table) if row[0] in chosen]
        mine = [doc for doc in docs if doc.user_data["article_id"] in chosen]
        lines = {t: score(together(mine, t), gold, loose=True) for t in TYPES.values()}
        best = max(lines, key=lambda t: lines[t]["f1"])
        result[half or "all"] = {
            "documents": len(chosen),
            "newsvoices": by_type(rows, gold),
            "mentioned in one sentence, best single type": {"type": best, **lines[best]},
        }
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
