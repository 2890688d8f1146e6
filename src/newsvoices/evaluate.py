"""Gold answers beside a corpus, and how right a table is by them."""

import json
from pathlib import Path

import pandas as pd

from .schema import frame, spans_of

BOTH_WAYS = {"allies", "fights", "meets", "same as"}


def read_gold(articles: str | Path, table: str = "mentions") -> pd.DataFrame:
    """One row per gold mention, quote or relation, from the file `gold.jsonl` beside the folder or file `articles`.

    Returns:
        The columns of `table` ("mentions", "quotes" or "relations"); no rows where there is no gold.jsonl. Its form
        is described in data/sample/README.md; quotes that it marks as refusals to say something are left out.
    """
    path = Path(articles).parent / "gold.jsonl"
    if not path.exists():
        return frame(table)
    rows = []
    for line in path.read_text("utf-8").splitlines():
        article = json.loads(line)
        own = (row for row in article.get(table, []) if not row.get("refusal"))
        rows += [{"article_id": article["article_id"], **row} for row in own]
    if table == "quotes":
        for row in rows:
            spans = spans_of(row["spans"])
            row |= {
                "quote_id": f"{row['article_id']}#{row['quote_id']}",
                "start": spans[0][0],
                "end": spans[-1][1],
            }
    return frame(table, [{"kind": "name", **row} if table == "mentions" else row for row in rows])


def score_mentions(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """One row per label, and one for all: how many are right, and precision, recall and F1 in per cent.

    Mentions of kind name count. One is right when its offsets and its label are those of a gold mention. Only articles with gold
    mentions count. GPE and FAC count as LOC.
    """
    found = found[found["article_id"].isin(gold["article_id"]) & found["kind"].isin(["name", ""])]
    places, columns = {"GPE": "LOC", "FAC": "LOC"}, ["article_id", "start", "end", "label"]
    found, gold = (table.assign(label=table["label"].replace(places))[columns] for table in (found, gold))
    right = found.merge(gold)
    counts = _scored({"right": right["label"], "found": found["label"], "gold": gold["label"]})
    counts["F1"] = 200 * counts["right"] / (counts["found"] + counts["gold"])
    return counts.rename_axis("label")


def _scored(types: dict[str, pd.Series]) -> pd.DataFrame:
    """Counts by type, and of all, with precision and recall in per cent.

    Args:
        types: those of what is right, found and gold; `hit` where the gold ones found are counted by themselves.
    """
    counts = (
        pd.DataFrame({name: labels.value_counts() for name, labels in types.items()}).fillna(0).astype(int)
    )
    counts = counts.sort_values(["gold", "found"], ascending=False, kind="stable")
    counts.loc["all"] = counts.sum()
    counts["precision"] = 100 * counts["right"] / counts["found"].where(counts["found"] > 0)
    counts["recall"] = 100 * counts.get("hit", counts["right"]) / counts["gold"].where(counts["gold"] > 0)
    return counts


def score_quotes(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """One row per kind of gold quote, and one for all: how many were found, and with the right speaker.

    A quote is found when its content and that of a gold quote share at least half of their characters
    (intersection over union, one to one); its speaker is right when it overlaps the gold speaker, or when
    neither has one. Only articles with gold quotes count.

    Returns:
        gold, found, recall (in per cent), speaker right (in per cent of those found); in the row "all" also
        precision, the share of our quotes that are gold. A share of nothing is missing.
    """
    found = found[found["article_id"].isin(gold["article_id"])]
    pairs = match_quotes(found, gold)
    ours = found.loc[pairs["found"]].reset_index(drop=True)
    theirs = gold.loc[pairs["gold"]].reset_index(drop=True)
    begins, ends = (
        ours["speaker_start"] < theirs["speaker_end"],
        theirs["speaker_start"] < ours["speaker_end"],
    )
    right = (begins & ends).fillna(False) | ((ours["speaker"] == "") & (theirs["speaker"] == ""))
    rows = {}
    for kind in ("direct", "mixed", "indirect", "all"):
        these = pd.Series(True, index=theirs.index) if kind == "all" else theirs["kind"] == kind
        n = len(gold) if kind == "all" else (gold["kind"] == kind).sum()
        rows[kind] = {
            "gold": n,
            "found": these.sum(),
            "recall": _per_cent(these.sum(), n),
            "speaker right": _per_cent(right[these].sum(), these.sum()),
            "precision": _per_cent(len(pairs), len(found)) if kind == "all" else float("nan"),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("kind")


def _per_cent(part: int, of: int) -> float:
    return 100 * part / of if of else float("nan")


def score_speaker_types(
    found: pd.DataFrame, gold: pd.DataFrame, *, articles: pd.DataFrame, by: str = "outlet"
) -> pd.DataFrame:
    """One row per outlet, and one for all: how often the kind of speaker is right, and what share is unnamed.

    Args:
        found: quotes, as analyse gives them.
        gold: quotes with their gold speaker_type.
        articles: with the column `by`.
        by: the column of articles that parts the rows.

    Returns:
        quotes (gold ones that were found), type right (of these, in per cent), unnamed (found) and unnamed (gold): per
        cent of all quotes of the articles with gold answers whose speaker is an unnamed person or group.

    Limitation: quotes that were missed have no type, and those that are none count among the found.
    """
    found = found[found["article_id"].isin(gold["article_id"])]
    pairs = match_quotes(found, gold)
    outlet = articles.set_index("article_id")[by].replace("", "(none given)")
    ours, theirs = found.loc[pairs["found"]], gold.loc[pairs["gold"]]
    right = ours["speaker_type"].to_numpy() == theirs["speaker_type"].to_numpy()
    of = theirs["article_id"].map(outlet).to_numpy()
    sides = {"unnamed (found)": found, "unnamed (gold)": gold}
    unnamed = {
        name: (side["article_id"].map(outlet), side["speaker_type"].str.startswith("unnamed"))
        for name, side in sides.items()
    }
    rows = []
    for name in [*sorted(set(gold["article_id"].map(outlet))), "all"]:
        own = right[(of == name) | (name == "all")]
        row = {by: name, "quotes": len(own), "type right": _per_cent(own.sum(), len(own))}
        for side, (who, hidden) in unnamed.items():
            these = hidden[(who == name) | (name == "all")]
            row[side] = _per_cent(these.sum(), len(these))
        rows.append(row)
    return pd.DataFrame(rows[:-1] + rows[-1:] * bool(rows[:-1]), columns=[by, "quotes", "type right", *sides])


def match_quotes(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """One row per pair of matching quotes: their index labels in `found` and in `gold`; see score_quotes."""
    characters = {"found": found["spans"].map(_characters), "gold": gold["spans"].map(_characters)}
    candidates = []
    for article_id, ours in found.groupby("article_id"):
        theirs = gold.index[gold["article_id"] == article_id]
        for i in ours.index:
            for j in theirs:
                a, b = characters["found"][i], characters["gold"][j]
                if 2 * len(a & b) >= len(a | b):
                    candidates.append((-len(a & b) / len(a | b), i, j))
    used_found, used_gold, pairs = set(), set(), []
    for _, i, j in sorted(candidates):
        if i not in used_found and j not in used_gold:
            used_found.add(i)
            used_gold.add(j)
            pairs.append((i, j))
    return pd.DataFrame(sorted(pairs), columns=["found", "gold"])


def _characters(spans: str) -> set[int]:
    return {at for span in spans_of(spans) for at in range(*span)}


def score_relations(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """One row per relation, and one for all: how many are right, and precision, recall and F1 in per cent.

    A relation is right when its type is that of a gold relation and each end overlaps the gold end; which end is the
    source counts for supports, criticises and leads. Only articles with gold relations count, and "speaks about" is
    left out where gold has none.
    """
    checked = found["article_id"].isin(gold["article_id"]) & found["relation"].isin(
        {*gold["relation"]} | {*found["relation"]} - {"speaks about"}
    )
    found = found[checked]
    pairs = match_relations(found, gold)
    counts = _scored(
        {
            "right": found.loc[pairs["found"].unique(), "relation"],
            "found": found["relation"],
            "hit": gold.loc[pairs["gold"].unique(), "relation"],
            "gold": gold["relation"],
        }
    )
    both = counts["precision"] + counts["recall"]
    counts["F1"] = 2 * counts["precision"] * counts["recall"] / both.where(both > 0)
    return counts.rename_axis("relation")


def match_relations(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """One row per found relation and gold relation that say the same: their index labels; see score_relations."""
    ours, theirs = (table.rename_axis("row").reset_index() for table in (found, gold))
    both = ours.merge(theirs, on=["article_id", "relation"], suffixes=("", "_gold"))
    straight = _overlap(both, "source", "source") & _overlap(both, "target", "target")
    crossed = _overlap(both, "source", "target") & _overlap(both, "target", "source")
    right = both[straight | (crossed & both["relation"].isin(BOTH_WAYS))]
    return right[["row", "row_gold"]].set_axis(["found", "gold"], axis=1).reset_index(drop=True)


def _overlap(both: pd.DataFrame, end: str, gold_end: str) -> pd.Series:
    return (both[f"{end}_start"] < both[f"{gold_end}_end_gold"]) & (
        both[f"{gold_end}_start_gold"] < both[f"{end}_end"]
    )
