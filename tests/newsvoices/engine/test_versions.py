"""Results on fixed texts may change only together with a version, or a cache would go on serving the old ones.

After a change that was meant: raise the table's number in engine/versions.py, or the version in en_newsvoices/model/meta.json
where the pipeline's code changed, then write the new results' hashes down: python tests/newsvoices/engine/test_versions.py
"""

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from newsvoices.engine.annotate import EXTRACTORS
from newsvoices.engine.pipeline import load_pipeline
from newsvoices.engine.versions import TABLES, pipeline_version, short_hash

KNOWN = Path(__file__).with_name("results.json")
TEXTS = [
    "Minister quits over dam\n\nKELL: Foreign Minister Edda Marlow resigned on Friday after talks in Morast with Goran Vasht.\n\n"
    "“I am leaving an office, not a war,” Marlow told reporters. She said the government of Veldania had known of the plan, "
    "and that Vasht, its defence minister, “never asked”.\n\n"
    "A spokesman for the ministry, who spoke on condition of anonymity, denied the claim. According to The Morast Courier, "
    "Veldania condemned Tresk and backed the Accord. “We were not told,” one official said.",
    "Talks resume\n\nIlse Maren, the Tresk leader, accused Veldania of breaking the ceasefire. “They fired first,” she said, "
    "“and we will answer.” Vasht's deputy called Maren a liar; the United Nations urged both sides to meet in Kell.\n\n"
    "Edda Marlow and Ilse Maren met on Sunday. Asked whether Tresk would withdraw, Maren replied: ‘Not while Vasht rules.’",
]


def results() -> dict[str, str]:
    """A hash for each table of what the bundled pipeline finds in the texts; shares, which differ by machine, left out."""
    nlp = load_pipeline()
    docs = [nlp(text) for text in TEXTS]
    tables = {table: extract(docs).select_dtypes(exclude="float") for table, extract in EXTRACTORS.items()}
    return {table: short_hash(rows.to_csv(index=False)) for table, rows in tables.items()}


def versions() -> dict[str, str]:
    """For each table what its cached rows depend on: its own version and the pipeline's files but its code."""
    return {table: f"{number} {pipeline_version(None)}" for table, number in TABLES.items()}


def stale(known: dict, found: dict[str, str], now: dict[str, str]) -> list[str]:
    """The tables whose results changed while their version did not."""
    return [
        table
        for table in found
        if found[table] != known["results"].get(table) and now[table] == known["versions"][table]
    ]


def test_results_on_fixed_texts_change_only_with_a_version():
    known, found, now = json.loads(KNOWN.read_text(encoding="utf-8")), results(), versions()
    assert stale(known, found, now) == [], f"results changed and no version was raised. {__doc__}"
    assert known == {"results": found, "versions": now}, (
        f"versions changed: write the results down. {__doc__}"
    )


@pytest.mark.parametrize(
    ("result", "version", "tables"), [("b", "1", ["quotes"]), ("b", "2", []), ("a", "2", [])]
)
def test_a_changed_result_is_stale_unless_its_version_was_raised(result, version, tables):
    known = {"results": {"quotes": "a"}, "versions": {"quotes": "1"}}
    assert stale(known, {"quotes": result}, {"quotes": version}) == tables


def test_every_table_that_is_kept_has_a_version_and_columns_of_its_own():
    assert TABLES.keys() == EXTRACTORS.keys()
    assert all(isinstance(extract([]), pd.DataFrame) for extract in EXTRACTORS.values())


if __name__ == "__main__":
    found, now = results(), versions()
    if KNOWN.exists() and (tables := stale(json.loads(KNOWN.read_text(encoding="utf-8")), found, now)):
        sys.exit(f"{', '.join(tables)}: results changed and no version was raised. {__doc__}")
    KNOWN.write_text(json.dumps({"results": found, "versions": now}, indent=1) + "\n", encoding="utf-8")
