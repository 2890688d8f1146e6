"""How often corrected intervals hold the truth, on errors that the pipeline really makes.

Usage: python benchmarks/review.py FOLDER [--draws N] [--workers N] [--out FILE]
FOLDER is a split of PolNeAR (with `text` and `attributions`), such as CORPORA/PolNeAR/data/dev. The pipeline reads
it once; corpora are drawn from its articles, each with the machine's counts and the annotators'. Writes
benchmarks/results/review.json. PolNeAR has neither actors nor types of source: on both sides the words of a source
tell whether it is a name, and which.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations, product
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from polnear import Attribution, f1, has_marks, matched, read_split

from newsvoices import analyse, draw_sample, load_pipeline, quotes, read_articles, read_gold
from newsvoices.review.difference_estimator import corrected_share
from newsvoices.schema import spans_of
from newsvoices.statistics.counts import PARTS, per_article
from newsvoices.statistics.intervals import difference_interval

ARTICLES = Path(__file__).parents[1] / "data" / "sample" / "articles"
SEED = 7
SHARES = ("with marks", "unnamed", "one actor's")
CASES = (*product((300, 600, 3000), (30, 60, 120)), (300, 12))  # articles, checked
NULL_CASES = ((600, 60), (3000, 120))
LEAN = 2  # an outlet draws the article the machine does best on e² times as often as the worst
SAMPLES, NAIVE_SAMPLES = 400, 100
PRONOUNS = set("i he she it we they you who this that him her them us me which".split())


def name_in(words: str) -> str:
    """The last word that begins with a capital, by which a source is known here: PolNeAR has no actors."""
    names = re.findall(r"\b[A-Z][\w-]+", words)
    return names[-1] if names else ""


def unnamed(words: str) -> bool:
    """A described source: neither a name nor a pronoun, by capitals after the first word."""
    said = re.findall(r"[\w-]+", words)
    if len(said) < 2:
        return bool(said) and said[0].islower() and said[0] not in PRONOUNS
    return not any(word[0].isupper() for word in said[1:]) and said[0].lower() not in PRONOUNS


def population(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Articles × (machine, gold) × (all quotes, with marks, unnamed, one actor's); and each article's F1."""
    nlp, rows, sources = load_pipeline(), [], Counter()
    for article in read_split(folder):
        found = quotes(nlp(article.text))
        machine = [Attribution((), (), tuple(spans_of(spans))) for spans in found["spans"]]
        gold = [a for a in article.attributions if a.content]
        said = [" ".join(article.text[start:end] for start, end in a.source) for a in gold]
        sources.update(name for source in said if (name := name_in(source)))
        right = f1(len(matched(article.text, machine, gold)), len(machine), len(gold))["f1"]
        ours = (found["kind"] != "indirect", found["speaker"].map(unnamed), found["speaker"].map(name_in))
        theirs = ([has_marks(article.text, a.content) for a in gold], map(unnamed, said), map(name_in, said))
        rows.append((len(found), *ours, len(gold), *theirs, right))
    actor = sources.most_common(1)[0][0]
    counts = [
        [
            [n, sum(marks), sum(unknown), sum(name == actor for name in names)]
            for n, marks, unknown, names in (row[:4], row[4:8])
        ]
        for row in rows
    ]
    return np.array(counts, float), np.array([row[8] for row in rows])


def outlets(right: np.ndarray, truth: np.ndarray, *, alike: bool = False) -> list[np.ndarray]:
    """For each outlet how often it draws each article: the more, the better or worse the machine is on it.

    Where they are to be alike, they are tilted until the true share is that of all articles.
    """
    rank = right.argsort().argsort() / (len(right) - 1) - 0.5
    share = truth[:, 0].sum() / truth[:, 1].sum()
    apart, found = truth[:, 0] - share * truth[:, 1], []
    for lean in (LEAN, 0, -LEAN):
        low, high = -1.0, 1.0
        for _ in range(60 if alike else 0):
            tilt = (low + high) / 2
            low, high = (low, tilt) if np.exp(lean * rank + tilt * apart) @ apart > 0 else (tilt, high)
        weight = np.exp(lean * rank + (low + high) / 2 * apart)
        found.append(weight / weight.sum())
    return found


def held(
    machine: np.ndarray,
    truth: np.ndarray,
    drawn: list[np.ndarray],
    *,
    articles: int,
    checked: int,
    draws: int,
) -> dict[str, dict[str, float]]:
    """Per cent of intervals of shares and of differences that hold the truth, and their mean width, in three ways."""
    true = [(weight @ truth)[0] / (weight @ truth)[1] for weight in drawn]
    holds, width, apart = (defaultdict(list) for _ in range(3))
    for number in range(draws):
        rng, found = np.random.default_rng([SEED, articles, checked, number]), []
        for weight in drawn:
            ids = rng.choice(len(machine), articles // 3, p=weight)
            at = rng.choice(len(ids), checked // 3, replace=False)
            ours, theirs, each = machine[ids], truth[ids][at], np.arange(len(ids))
            found.append(
                {
                    "naive": corrected_share(
                        ours, ours, checked=each, rng=rng, tuning=0, samples=NAIVE_SAMPLES
                    ),
                    "checked alone": corrected_share(
                        ours, theirs, checked=at, rng=rng, tuning=0, samples=SAMPLES
                    ),
                    "corrected": corrected_share(ours, theirs, checked=at, rng=rng, samples=SAMPLES),
                }
            )
        for way in found[0]:
            for share, estimates in zip(true, found, strict=True):
                holds[way].append(estimates[way].low <= share <= estimates[way].high)
                width[way].append(estimates[way].high - estimates[way].low)
            for one, two in combinations(range(3), 2):
                _, low, high = difference_interval(found[one][way][:3], found[two][way][:3])
                apart[way].append(low <= true[one] - true[two] <= high)
    return {
        way: {
            "holds": round(100 * float(np.mean(holds[way])), 1),
            "difference holds": round(100 * float(np.mean(apart[way])), 1),
            "width": round(100 * float(np.mean(width[way])), 1),
        }
        for way in holds
    }


def one_case(job: tuple) -> dict[str, object]:
    name, pairs, right, alike, articles, checked, draws = job
    machine, truth = pairs[:, 0], pairs[:, 1]
    drawn = outlets(right, truth, alike=alike)
    ways = held(machine, truth, drawn, articles=articles, checked=checked, draws=draws)
    row = {"share": name, "articles": articles, "checked": checked}
    if alike:
        row["false findings"] = {way: round(100 - own["difference holds"], 1) for way, own in ways.items()}
    else:
        row |= ways
        row["width over checked alone"] = round(
            ways["corrected"]["width"] / ways["checked alone"]["width"], 2
        )
    print(row, flush=True)
    return row


def sample_of_the_kit(draws: int) -> dict[str, object]:
    """The unnamed share of the sample's outlets, 12 of its 36 articles checked, gold being the coder."""
    machine = analyse(read_articles(ARTICLES), cache=None)
    groups = machine.articles.set_index("article_id")["outlet"].sort_index()
    ours, theirs = (
        np.column_stack(per_article(PARTS["unnamed"](t), groups, top=1, whole=False, values=["unnamed"])[:2])
        for t in (machine, replace(machine, quotes=read_gold(ARTICLES, "quotes")))
    )
    off = defaultdict(list)
    for seed in range(draws):
        drawn = groups.index.isin(draw_sample(machine, n=12, seed=seed)["article_id"])
        for name in np.unique(groups):
            own = groups.to_numpy() == name
            at = np.flatnonzero(drawn[own])
            rng = np.random.default_rng(seed)
            found = corrected_share(ours[own], theirs[own][at], checked=at, rng=rng, samples=1)
            off[name].append(found.share - theirs[own, 0].sum() / theirs[own, 1].sum())
    rows = {}
    for name, errors in off.items():
        own, errors = groups.to_numpy() == name, np.abs(errors)
        true, naive = (side[own, 0].sum() / side[own, 1].sum() for side in (theirs, ours))
        rows[name] = {
            "true": round(100 * true, 1),
            "naive": round(100 * naive, 1),
            "corrected is off by": round(100 * float(errors.mean()), 1),
            "corrected is nearer, per cent of draws": round(100 * float((errors < abs(naive - true)).mean())),
        }
    return {"draws": draws, "outlets": rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "review.json")
    options = parser.parse_args()
    counts, right = population(options.folder)
    shares = {name: counts[:, :, [column, 0]] for column, name in enumerate(SHARES, 1)}
    jobs = [
        (name, pairs, right, alike, *case, options.draws)
        for alike, cases in ((False, CASES), (True, NULL_CASES))
        for name, pairs in shares.items()
        for case in cases
    ]
    with Pool(options.workers) as pool:
        rows = list(pool.imap(one_case, jobs))
    true = {name: per_cent(pairs, outlets(right, pairs[:, 1])) for name, pairs in shares.items()}
    result = {
        "sample, 12 of 36 checked, unnamed": sample_of_the_kit(options.draws),
        "what": "per cent of 95 % intervals that hold the truth, corpora of three outlets drawn from the articles of "
        f"{options.folder.name}, whose machine errors differ; differences over all pairs of outlets",
        "articles": len(right),
        "draws": options.draws,
        "shares in the outlets": true,
        "cases": [row for row in rows if "false findings" not in row],
        "no difference": [row for row in rows if "false findings" in row],
    }
    options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")


def per_cent(pairs: np.ndarray, drawn: list[np.ndarray]) -> dict[str, list[float]]:
    """The share in each outlet as the machine finds it in endless articles, and as it is."""
    sides = {"machine": pairs[:, 0], "true": pairs[:, 1]}
    return {
        name: [round(float(100 * (w @ side)[0] / (w @ side)[1]), 1) for w in drawn]
        for name, side in sides.items()
    }


if __name__ == "__main__":
    main()
