from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from newsvoices import Tables, add_checks, checks_from, draw_sample


@pytest.fixture
def machine(gold_tables: Tables) -> Tables:
    """The sample's gold as a pipeline might have it: every fifth quote missed, every seventh without its speaker."""
    quotes = gold_tables.quotes.copy()
    rows = quotes.index[quotes.index % 7 == 3]
    quotes.loc[rows, ["speaker", "actor"]] = ""
    quotes.loc[rows, ["speaker_start", "speaker_end"]] = pd.NA
    quotes.loc[rows, "speaker_type"] = "none"
    return replace(gold_tables, quotes=quotes[quotes.index % 5 != 2].reset_index(drop=True))


@pytest.fixture
def checked(gold_tables: Tables, tmp_path: Path) -> Callable[..., Path]:
    """A ledger by which a coder found what is gold in n articles drawn."""

    def check(
        n: int = 36, *, coder: str = "Edda", quotes: pd.DataFrame | None = None, drawn: bool = True, **how
    ) -> Path:
        sample = draw_sample(gold_tables, n=n, seed=1, **how)
        rows = checks_from(
            gold_tables.quotes if quotes is None else quotes,
            articles=gold_tables.articles,
            coder=coder,
            sample=sample,
        )
        add_checks(
            [row for row in rows if drawn or row["about"] != "drawn"],
            file=tmp_path / "checks" / f"{coder}.csv",
        )
        return tmp_path / "checks"

    return check
