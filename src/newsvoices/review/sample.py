"""Which articles to check: drawn at random, with known probabilities."""

import zlib

import numpy as np
import pandas as pd

from ..losses import warn
from ..schema import Tables


def draw_sample(
    tables: Tables,
    *,
    n: int,
    by: str = "outlet",
    seed: int,
    more_of: pd.Series | None = None,
    two_coders: int = 0,
) -> pd.DataFrame:
    """One row per article to check: n articles, as many of each outlet, in an order that may be cut short.

    A larger n with the same seed draws the same articles and more.

    Args:
        tables: as analyse gives them.
        n: articles in all; an outlet with fewer than its part is checked whole.
        by: the column of articles to draw within; estimates are best by the same column.
        seed: of the draw.
        more_of: by article_id, how often each is to be drawn in proportion to others (all above 0), to have more
            of what is rare or uncertain; estimates weight it back. A larger n then draws others.
        two_coders: how many of them a second person checks too.

    Returns:
        article_id, the column named by `by`, stratum, probability, of (articles in the stratum), coders.

    Raises:
        ValueError: no such column, n below 1, or weights that are missing or not above 0.

    Limitation: articles without a value in `by` are not drawn; they are counted in a warning.
    """
    if by not in tables.articles or n < 1:
        raise ValueError(f"n={n}, by={by!r}: n must be 1 or more, and by a column of articles")
    groups = tables.articles.set_index("article_id")[by].astype("str").fillna("")
    if none := int((groups == "").sum()):
        warn(f"left out: {none} of {len(groups)} articles have no {by}")
    weight = pd.Series(1.0, groups.index) if more_of is None else more_of.reindex(groups.index)
    if not (weight > 0).all():
        raise ValueError("more_of needs a number above 0 for every article")
    sizes = groups[groups != ""].value_counts().sort_index()
    parts = []
    for name, size in _spread(n, sizes).items():
        rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
        ids = rng.permutation(np.sort(groups.index[groups == name].to_numpy(object)))
        chosen, probability = _drawn(ids, weight[ids].to_numpy(float), size, rng)
        parts.append(
            pd.DataFrame(
                {"article_id": chosen, by: name, "probability": probability, "turn": range(len(chosen))}
            )
        )
    parts.append(pd.DataFrame({"article_id": [], by: [], "probability": [], "turn": []}).astype({by: "str"}))
    drawn = pd.concat(parts[:-1] or parts).sort_values(["turn", by], kind="stable", ignore_index=True)
    drawn["stratum"], drawn["of"] = f"{by}: " + drawn[by], drawn[by].map(sizes)
    drawn["coders"] = np.where(drawn.index < two_coders, 2, 1)
    return drawn[["article_id", by, "stratum", "probability", "of", "coders"]]


def _spread(n: int, sizes: pd.Series) -> dict[str, int]:
    """How many of each stratum: evenly, and none more than it has."""
    out = dict.fromkeys(sizes.index, 0)
    for _ in range(min(n, int(sizes.sum()))):
        fewest = min((name for name in out if out[name] < sizes[name]), key=lambda name: (out[name], name))
        out[fewest] += 1
    return out


def _drawn(
    ids: np.ndarray, weight: np.ndarray, n: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Some ids and their probabilities: the first n, or systematically by weight (Madow 1949)."""
    if np.ptp(weight) == 0:
        return ids[:n], np.full(n, n / len(ids))
    probability, certain = np.zeros(len(ids)), np.zeros(len(ids), bool)
    while True:
        left = n - certain.sum()
        probability = np.where(certain, 1.0, left * weight / weight[~certain].sum())
        if not (above := (probability > 1) & ~certain).any():
            break
        certain |= above
    at = np.searchsorted(np.cumsum(probability) - 1e-9, rng.random() + np.arange(n))
    chosen = rng.permutation(np.minimum(at, len(ids) - 1))
    return ids[chosen], probability[chosen]
