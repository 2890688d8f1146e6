"""How often the intervals hold the truth, and what finding wire copies and shared quotes costs.

Usage: python benchmarks/compare.py [intervals] [copies] [quotes] [cut] [--corpora N]
All four by default. Writes benchmarks/results/compare.json; a part that is not asked for keeps its figures.
Everything is generated here from one seed. `cut` also runs datasketch's MinHash LSH where that is installed.
"""

import argparse
import json
import math
import multiprocessing
import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from newsvoices import Tables, frame, shared_quotes, wire_copies
from newsvoices.compare.concentration import MEASURES, _jackknifed
from newsvoices.compare.shares import _table
from newsvoices.reuse.text_overlap import words_of

SEED = 7
SIZES = (10_000, 30_000, 100_000)
OUTLETS = ("Courier", "Herald", "Ledger", "Mail", "Post", "Star", "Times", "Wire")
OUT = Path(__file__).parent / "results" / "compare.json"

# -- intervals --------------------------------------------------------------------------------------------

SHARES = np.array([[0.05, 0.20, 0.50], [0.10, 0.20, 0.40], [0.05, 0.30, 0.45]])  # outlets × values: the truth
QUOTES, ICC = 15, 0.2  # quotes an article on average; how alike those of one article are
ACTORS = 1 / np.arange(1, 41) ** 0.8  # how often each is quoted, before it is made a share


def corpus(articles: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts (articles × values), quotes of each article, outlet of each; one in ten articles has none."""
    codes = np.repeat(np.arange(len(SHARES)), articles)
    of = rng.poisson(rng.gamma(2, QUOTES / 2, len(codes))) * (rng.random(len(codes)) > 0.1)
    size = 1 / ICC - 1
    means = SHARES[codes]
    counts = rng.binomial(of[:, None], rng.beta(size * means, size * (1 - means)))
    return counts.astype(float), of.astype(float), codes


def coverage(corpora: int, articles: int) -> dict[str, object]:
    """How many of the 95 % intervals of shares and of differences hold the truth, in per cent."""
    rest = (SHARES.sum(axis=0) - SHARES) / (len(SHARES) - 1)
    share, difference = 100 * SHARES.T.ravel(), 100 * (SHARES - rest).T.ravel()
    held = {name: [] for name in ("t", "bca", "percentile", "difference", "rows drawn")}
    width = []
    for number in range(corpora):
        counts, of, codes = corpus(articles, np.random.default_rng([SEED, articles, number]))
        for method in ("bca", "percentile", "t"):
            table = _table(counts, of, codes, method=method, samples=1000, shuffles=1, seed=number)
            held[method].append((table["low"] <= share) & (share <= table["high"]))
        width.append((table["high"] - table["low"]).mean())
        above, below = table["difference_low"] <= difference, difference <= table["difference_high"]
        held["difference"].append(above & below)
        p = table["share"] / 100
        held["rows drawn"].append(np.abs(p - share / 100) <= 1.96 * np.sqrt(p * (1 - p) / table["of"]))
    return {
        "articles an outlet": articles,
        "corpora": corpora,
        **{name: round(100 * float(np.mean(rows)), 1) for name, rows in held.items()},
        "t, by true share": {
            f"{value:.0f} %": round(100 * float(np.array(held["t"])[:, share == value].mean()), 1)
            for value in np.unique(share)
        },
        "width of t in points": round(float(np.mean(width)), 1),
    }


def concentration_coverage(corpora: int, articles: int) -> dict[str, object]:
    """The same for effective sources, the top three and Gini of one outlet; two actors lead in each article."""
    p = np.sort(ACTORS / ACTORS.sum())[::-1]
    n = len(p)
    truth = ((n + 1 - 2 * p @ np.arange(1, n + 1)) / n, math.exp(-(p @ np.log(p))), 100 * p[:3].sum())
    held = []
    for number in range(corpora):
        rng = np.random.default_rng([SEED, articles, number])
        of = np.maximum(rng.poisson(rng.gamma(2, QUOTES / 2, articles)), 1)
        article = np.repeat(np.arange(articles), of)
        lead = rng.choice(n, (articles, 2), p=p)[article, rng.integers(0, 2, len(article))]
        actor = np.where(rng.random(len(article)) < 0.4, lead, rng.choice(n, len(article), p=p))
        actor = pd.factorize(actor)[0]
        found = _jackknifed(article, actor, n=articles)
        held.append([low <= value <= high for value, (_, low, high) in zip(truth, found, strict=True)])
    per_cent = (100 * np.mean(held, axis=0)).round(1).tolist()
    return {"articles": articles, "corpora": corpora, **dict(zip(MEASURES, per_cent, strict=True))}


def intervals(corpora: int) -> dict[str, object]:
    return {
        "what": f"per cent of 95 % intervals that hold the truth; 3 outlets × 3 values, {QUOTES} quotes an "
        f"article on average, intraclass correlation {ICC}, every tenth article without quotes",
        "shares": [coverage(corpora, n) for n in (12, 30, 100)],
        "concentration": [concentration_coverage(corpora, n) for n in (12, 30, 100, 300)],
    }


# -- time and memory --------------------------------------------------------------------------------------

VOCABULARY = np.array([f"w{number:x}" for number in range(40_000)], dtype=object)
ZIPF = np.cumsum(1 / np.arange(2.7, len(VOCABULARY) + 2.7))
WORDS = 350


def some_words(n: int, rng: np.random.Generator) -> np.ndarray:
    return VOCABULARY[np.searchsorted(ZIPF, rng.random(n) * ZIPF[-1])]


def edited(words: np.ndarray, rng: np.random.Generator, *, kept: float, changed: float = 0.02) -> np.ndarray:
    """The first part of a text, some of its words replaced."""
    words = words[: max(3, round(kept * len(words)))].copy()
    at = np.flatnonzero(rng.random(len(words)) < changed)
    words[at] = some_words(len(at), rng)
    return words


def articles_made(n: int, *, kept: tuple[float, ...] = (1.0, 0.8, 0.6, 0.4)) -> tuple[pd.DataFrame, set]:
    """Articles of invented words, one in ten a copy that is cut to a part; half end on one of ten notices."""
    rng = np.random.default_rng([SEED, n])
    notices = [some_words(30, rng) for _ in range(10)]
    texts, true = [], set()
    for number in range(n):
        if number % 10 == 9:
            source = number - 1 - int(rng.integers(8))
            words = edited(texts[source], rng, kept=kept[number // 10 % len(kept)])
            true.add((f"a{number}", f"a{source}"))
        else:
            words = some_words(max(80, int(rng.normal(WORDS, 80))), rng)
        texts.append(words)
    whole = [" ".join(np.concatenate([t, notices[i % 10]]) if i % 2 else t) for i, t in enumerate(texts)]
    days = (pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(n) * 300 // n, "D")).strftime("%Y-%m-%d")
    rows = {"article_id": [f"a{i}" for i in range(n)], "text": whole, "date": days}
    return pd.DataFrame(rows).assign(outlet=[OUTLETS[i % 8] for i in range(n)]), true


def copies(n: int) -> dict[str, object]:
    articles, true = articles_made(n)
    begun, before = time.perf_counter(), time.process_time()
    found = wire_copies(articles, share=0.5)
    pairs = set(zip(found["copy"], found["original"], strict=True))
    pairs |= {(b, a) for a, b in pairs}
    return figures(n, begun, before) | scores(pairs, true)


def quotes_made(n: int) -> tuple[Tables, set]:
    """Direct quotes, ten an article; one in ten prints (a part of) an earlier one of another outlet.

    Every third begins with one of 200 stock phrases.
    """
    rng = np.random.default_rng([SEED, n, 1])
    stock = [some_words(4, rng) for _ in range(200)]
    texts, true = [], set()
    for number in range(n):
        if number % 10 == 9 and number > 200:
            source = number - 10 * int(rng.integers(1, 8)) - 1
            words = edited(texts[source], rng, kept=(1.0, 0.6)[number // 10 % 2], changed=0.0)
            true.add((f"q{source}", f"q{number}"))
        else:
            words = some_words(int(rng.gamma(3, 7)) + 6, rng)
            if number % 3 == 0:
                words = np.concatenate([stock[int(rng.integers(200))], words])
        texts.append(words)
    articles, _ = articles_made(math.ceil(n / 10), kept=(0.1,))
    spoken = {"article_id": [f"a{i // 10}" for i in range(n)], "quote_id": [f"q{i}" for i in range(n)]}
    quotes = (
        frame("quotes").reindex(range(n)).assign(**spoken, text=[" ".join(t) for t in texts], kind="direct")
    )
    quotes[["actor", "speaker_type"]] = ""
    return Tables(
        articles=articles,
        mentions=frame("mentions"),
        quotes=quotes,
        actors=frame("actors"),
        relations=frame("relations"),
    ), true


def quotes(n: int) -> dict[str, object]:
    tables, true = quotes_made(n)
    begun, before = time.perf_counter(), time.process_time()
    found = shared_quotes(tables)
    pairs = set(zip(found["quote"], found["other"], strict=True))
    pairs |= {(b, a) for a, b in pairs}
    return figures(n, begun, before) | scores(pairs, true)


def figures(n: int, begun: float, before: float) -> dict[str, object]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # with the texts themselves
    seconds = {"seconds": time.perf_counter() - begun, "processor seconds": time.process_time() - before}
    return {"n": n, **{name: round(value, 1) for name, value in seconds.items()}, "peak MB": round(peak)}


def scores(pairs: set, true: set) -> dict[str, object]:
    """Two copies of one original are no planted pair but a true one, so false ones are those that join strangers."""
    root = {}
    for one, two in sorted(true):
        root[one] = root[two] = root.get(one, root.get(two, two))
    planted = sum(pair in pairs for pair in true)
    strange = sum(a < b and root.get(a, a) != root.get(b, b) for a, b in pairs)
    return {"planted": len(true), "found of these": planted, "joining strangers": strange}


def growth(rows: list[dict]) -> float:
    """The exponent of processor time in the number of texts, from the smallest to the largest run."""
    first, last = rows[0], rows[-1]
    return round(
        math.log(last["processor seconds"] / first["processor seconds"]) / math.log(last["n"] / first["n"]), 2
    )


def measured(part: Callable[[int], dict]) -> dict[str, object]:
    """Each size in a process of its own, so that the peak of memory is its own."""
    rows = []
    for n in SIZES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            rows.append(pool.apply(part, (n,)))
        print(rows[-1], flush=True)
    return {"runs": rows, "growth exponent": growth(rows)}


# -- copies that are cut, beside MinHash ------------------------------------------------------------------


def cut_copies(_: int = 0) -> dict[str, object]:
    """Per cent of copies found, by the part of the original that they print, and processor seconds for 4,000 articles."""
    result: dict[str, object] = {}
    for kept in (1.0, 0.75, 0.5, 0.25):
        articles, true = articles_made(4000, kept=(kept,))
        systems = {"newsvoices": ours}
        for threshold in (0.5, 0.2):
            name = f"datasketch MinHash LSH, 128 permutations, threshold {threshold}"
            systems[name] = partial(minhash, threshold=threshold)
        for name, system in systems.items():
            begun = time.process_time()
            try:
                pairs = system(articles)
            except ImportError:
                print("datasketch is not installed: left out")
                continue
            hits = sum(pair in pairs or pair[::-1] in pairs for pair in true)
            found = {
                "found": round(100 * hits / len(true), 1),
                "processor seconds": round(time.process_time() - begun, 1),
            }
            result.setdefault(name, {})[f"{100 * kept:.0f} % printed"] = found
    return result


def ours(articles: pd.DataFrame) -> set:
    found = wire_copies(articles)
    return set(zip(found["copy"], found["original"], strict=True))


def minhash(articles: pd.DataFrame, *, threshold: float) -> set:
    """Candidates alone; ours are aligned too."""
    from datasketch import MinHash, MinHashLSH

    index, pairs = MinHashLSH(threshold=threshold, num_perm=128), set()
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        words = words_of(text)
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)])
        pairs |= {(article_id, other) for other in index.query(sketch)}
        index.insert(article_id, sketch)
    return pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parts = ("intervals", "copies", "quotes", "cut")
    parser.add_argument("parts", nargs="*", choices=[*parts, []], default=parts)
    parser.add_argument("--corpora", type=int, default=1000)
    options = parser.parse_args()
    result = json.loads(OUT.read_text("utf-8")) if OUT.exists() else {}
    makers = {
        "intervals": lambda: intervals(options.corpora),
        "copies": lambda: measured(copies),
        "quotes": lambda: measured(quotes),
        "cut": cut_copies,
    }
    for part in options.parts:
        result[part] = makers[part]()
        OUT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
