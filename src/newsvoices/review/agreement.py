"""How far two coders agree who checked the same articles."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from ..checks.quotes import of_one_quote
from ..schema import Tables
from ..sentences import sentence_bounds
from .checked_articles import by_coder, located_checks


def agreement(tables: Tables, *, checks: str | Path | pd.DataFrame) -> pd.DataFrame:
    """One row per question: Krippendorff's alpha between the coders of articles that several checked as a whole.

    Args:
        tables: as analyse gives them, without checks=.
        checks: what read_checks gives, or a path that it reads.

    Returns:
        question: found (does this sentence quote anybody?), speaker (which actor, or which words) and type of
        speaker, of the quotes that at least two have; alpha (Krippendorff 2004, ch. 11: 1 perfect, 0 as by chance;
        nan where all say the same); same: per cent of units on which all agree; units: sentences or quotes;
        articles, coders.

    Limitation: two who find different quotes in one sentence agree that it has some.
    """
    views = [
        (coder, set(ids), view.quotes)
        for coder, ids, view in by_coder(tables, located_checks(tables, checks))
    ]
    times = Counter(article_id for _, ids, _ in views for article_id in ids)
    both = sorted(article_id for article_id, number in times.items() if number > 1)
    texts = tables.articles.set_index("article_id")
    units: dict[str, list[list[str]]] = {"found": [], "speaker": [], "type": []}
    for article_id in both:
        readers = [(coder, quotes) for coder, ids, quotes in views if article_id in ids]
        said = [
            quotes[quotes["article_id"] == article_id].assign(coder=coder, was="")
            for coder, quotes in readers
        ]
        for group in of_one_quote(pd.concat(said)):
            units["speaker"].append([row["actor"] or row["speaker"] for row in group])
            units["type"].append([row["speaker_type"] for row in group])
        for start, end in sentence_bounds(
            texts.loc[article_id, "text"], texts.loc[article_id].get("sentences", "")
        ):
            quoted = [((own["start"] < end) & (own["end"] > start)).any() for own in said]
            units["found"].append(["yes" if any_of_it else "no" for any_of_it in quoted])
    rows = []
    for question, answers in units.items():
        answers = [unit for unit in answers if len(unit) > 1]
        same = sum(len(set(unit)) == 1 for unit in answers)
        row = {"question": question, "alpha": krippendorff_alpha(answers)}
        row |= {"same": 100 * same / len(answers) if answers else float("nan"), "units": len(answers)}
        rows.append(
            row | {"articles": len(both), "coders": len({c for c, ids, _ in views if ids & set(both)})}
        )
    return pd.DataFrame(rows)


def krippendorff_alpha(units: Iterable[Sequence[str]]) -> float:
    """Krippendorff's alpha of nominal values; each unit is the values that its coders gave, two or more.

    >>> round(krippendorff_alpha(["aa", "ab", "bb", "bb"]), 3)
    0.533
    """
    units = [Counter(unit) for unit in units if len(unit) > 1]
    total = sum(units, Counter())
    n = total.total()
    apart = sum((unit.total() ** 2 - sum(k**2 for k in unit.values())) / (unit.total() - 1) for unit in units)
    by_chance = (n**2 - sum(k**2 for k in total.values())) / (n - 1) if n > 1 else 0
    return 1 - apart / by_chance if by_chance else float("nan")
