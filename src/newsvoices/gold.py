"""Gold answers beside a corpus, and how right a table is by them."""

import json
from pathlib import Path

import pandas as pd

from .schema import frame


def read_gold(articles: str | Path, table: str = "mentions") -> pd.DataFrame:
    """One row per gold mention or quote, from the file `gold.jsonl` beside the folder or file `articles`.

    Returns:
        The columns of `table` ("mentions" or "quotes"); no rows where there is no gold.jsonl. Its form is
        described in data/sample/README.md.
    """
    path = Path(articles).parent / "gold.jsonl"
    if not path.exists():
        return frame(table)
    rows = []
    for line in path.read_text("utf-8").splitlines():
        article = json.loads(line)
        rows += [{"article_id": article["article_id"], **row} for row in article[table]]
    if table == "quotes":
        rows = [row | {"quote_id": f"{row['article_id']}#{row['quote_id']}"} | _extent(row) for row in rows]
    return frame(table, [{"kind": "name", **row} if table == "mentions" else row for row in rows])


def _extent(row: dict) -> dict[str, int]:
    offsets = [int(at) for span in row["spans"].split(";") for at in span.split("-")]
    return {"start": offsets[0], "end": offsets[-1]}


def score_mentions(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """One row per label, and one for all: how many are right, and precision, recall and F1 in per cent.

    A mention is right when its offsets and its label are those of a gold mention. Only articles with gold
    mentions count. GPE and FAC count as LOC.
    """
    found, gold = (
        table.assign(label=table["label"].replace({"GPE": "LOC", "FAC": "LOC"}))[
            ["article_id", "start", "end", "label"]
        ]
        for table in (found[found["article_id"].isin(gold["article_id"])], gold)
    )
    right = found.merge(gold)
    counts = pd.DataFrame(
        {name: t["label"].value_counts() for name, t in (("right", right), ("found", found), ("gold", gold))}
    )
    counts = counts.fillna(0).astype(int).sort_values(["gold", "found"], ascending=False, kind="stable")
    counts.loc["all"] = counts.sum()
    counts["precision"] = 100 * counts["right"] / counts["found"].where(counts["found"] > 0)
    counts["recall"] = 100 * counts["right"] / counts["gold"].where(counts["gold"] > 0)
    counts["F1"] = 200 * counts["right"] / (counts["found"] + counts["gold"])
    return counts.rename_axis("label")
