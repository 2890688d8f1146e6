"""How fast analyse is: against the raw pipeline, in two processes, cached, as corpora or an article grow, and on Dask.

Usage: OMP_NUM_THREADS=1 python benchmarks/speed.py [--texts FOLDER] [--former CHECKOUT] [--parts PART …] [--out FILE]
CHECKOUT is one of an earlier commit, such as `git worktree add CHECKOUT d99bd16` makes: then `newsvoices tables` over FOLDER
is timed from there and from here in turn, start-up and all, and a second time with the cache. FOLDER holds .txt articles
beside those of the sample (default: PolNeAR dev, where it lies beside this checkout).
Writes benchmarks/results/speed.json, which README's scorecard is made from. On a busy machine trust the ratios,
of which each comes from one run, and "on free cores": twice the CPU seconds of one process over those of two.
"""

import argparse
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from newsvoices import analyse, frame, load_pipeline, quotes, read_articles

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data/sample/articles"
POLNEAR = ROOT.parent / "shared/corpora/PolNeAR/data/dev/text"
SIZES = (500, 1000, 2000, 4000)
PIECE = 30  # words of an article of the growing corpora
# characters of the growing article, of which the last is read in parts
LENGTHS = (25_000, 50_000, 100_000, 200_000, 400_000, 1_500_000)


def timed(function: Callable) -> tuple[float, float]:
    """Seconds on the clock, and of CPU in this process and those it started."""

    def cpu() -> float:
        whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, whose))

    begun, used = time.perf_counter(), cpu()
    function()
    return time.perf_counter() - begun, cpu() - used


def corpus(texts: list[str]):
    rows = [{"article_id": str(i), "text": t, "n_tokens": len(t.split())} for i, t in enumerate(texts)]
    return frame("articles", rows)


def pieces(texts: list[str], n: int) -> list[str]:
    """`n` different texts of PIECE words, in the order of the texts and then again."""
    words = [word for text in texts for word in text.split()]
    starts = [i * PIECE % (len(words) - PIECE) for i in range(n)]
    return [f"{' '.join(words[start : start + PIECE])}\n\n{i}" for i, start in enumerate(starts)]


def against_raw(texts: list[str]) -> dict:
    nlp, articles, raw, ours = load_pipeline(), corpus(texts), [], []
    list(nlp.pipe(texts[:5]))
    for _ in range(2):
        raw.append(timed(lambda: list(nlp.pipe(texts))))
        with tempfile.TemporaryDirectory() as cache:
            ours.append(timed(partial(analyse, articles, nlp=nlp, cache=cache)))
    words = sum(articles["n_tokens"])
    return {
        "articles": len(texts),
        "words": int(words),
        "words a second, raw": round(words / min(raw)[0]),
        "words a second, analyse": round(words / min(ours)[0]),
        "analyse / raw": round(min(ours)[0] / min(raw)[0], 2),
        "analyse / raw, CPU": round(min(cpu for _, cpu in ours) / min(cpu for _, cpu in raw), 2),
    }


def processes_and_dask(texts: list[str]) -> dict:
    """Start and load of a process take seconds: so also the time for each further article, once it has started."""
    from distributed import Client, LocalCluster

    some, all_ = corpus(texts[: len(texts) // 3]), corpus(texts)

    def both(**how) -> tuple[list[float], list[float]]:
        """Seconds and CPU seconds: for all articles, and for the further two thirds of them."""
        less, more = (timed(partial(analyse, articles, cache=None, **how)) for articles in (some, all_))
        return list(more), [b - a for a, b in zip(less, more, strict=True)]

    one, one_further = both()
    two, two_further = both(workers=2)
    begun = time.perf_counter()
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        start = time.perf_counter() - begun
        timed(partial(analyse, some, cache=None, client=client))  # the workers load the pipeline
        dask_further = both(client=client)[1]
    return {
        "articles": len(all_),
        "seconds, one process": round(one[0], 1),
        "seconds, two": round(two[0], 1),
        "one / two": round(one[0] / two[0], 2),
        "one / two, once started": round(one_further[0] / two_further[0], 2),
        "one / two, once started, on free cores": round(2 * one_further[1] / two_further[1], 2),
        "seconds, start of the LocalCluster": round(start, 1),
        "LocalCluster / two, once started": round(dask_further[0] / two_further[0], 2),
    }


def cached() -> dict:
    articles = read_articles(SAMPLE)
    with tempfile.TemporaryDirectory() as cache:
        first, again = (timed(partial(analyse, articles, cache=cache))[0] for _ in range(2))
    return {
        "articles": len(articles),
        "seconds, first": round(first, 2),
        "seconds, again": round(again, 3),
        "first / again": round(first / again),
    }


def growing(folder: str, n: int) -> None:
    """In a process of its own: prints seconds, CPU seconds, and peak memory in MB."""
    texts = pieces(base(Path(folder)), n)
    nlp = load_pipeline()
    list(nlp.pipe(texts[:50]))
    with tempfile.TemporaryDirectory() as cache:
        clock, cpu = timed(partial(analyse, corpus(texts), nlp=nlp, cache=cache))
    print(json.dumps([clock, cpu, peak()]))


def peak() -> float:
    """Most memory ever used, in MB. Linux's ru_maxrss would be at least that of the process that started this one."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+) kB", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def long_article(folder: str, n: int) -> None:
    """In a process of its own: prints CPU seconds and peak memory in MB for one article, joined of others."""
    nlp, texts = load_pipeline(), base(Path(folder))
    list(nlp.pipe(texts[:5]))
    text = "\n\n".join(texts * (1 + n // sum(map(len, texts))))[:n]
    print(json.dumps([timed(partial(analyse, corpus([text]), nlp=nlp, cache=None))[1], peak()]))


def apart(option: str, sizes: tuple[int, ...], folder: Path) -> dict[int, list[float]]:
    """What this script prints with the option, for each size."""
    runs = {}
    for n in sizes:
        command = [sys.executable, __file__, "--texts", str(folder), option, str(n)]
        runs[n] = json.loads(subprocess.check_output(command, text=True))
        print(n, runs[n], flush=True)
    return runs


def exponent(runs: dict[int, list[float]], which: int) -> float:
    """With which power of the size a number grows."""
    x, y = [math.log(n) for n in runs], [math.log(run[which]) for run in runs.values()]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)


def length(folder: Path) -> dict:
    runs = apart("--characters", LENGTHS, folder)
    return {
        "CPU seconds for one article, by characters": {
            f"{n:,}": round(cpu, 1) for n, (cpu, _) in runs.items()
        },
        "peak MB": {f"{n:,}": round(memory) for n, (_, memory) in runs.items()},
        "exponent of CPU seconds": round(exponent(runs, 0), 2),
    }


def growth(folder: Path) -> dict:
    runs = apart("--only", SIZES, folder)
    return {
        "words an article": PIECE,
        "seconds": {n: round(run[0], 1) for n, run in runs.items()},
        "CPU seconds": {n: round(run[1], 1) for n, run in runs.items()},
        "peak MB": {n: round(run[2]) for n, run in runs.items()},
        "exponent of seconds": round(exponent(runs, 0), 2),
        "exponent of CPU seconds": round(exponent(runs, 1), 2),
        "memory, 4000 / 1000": round(runs[4000][2] / runs[1000][2], 2),
    }


def against_former(folder: Path, checkout: Path, rounds: int = 2) -> dict:
    """CPU seconds of `newsvoices tables` here and there, the smallest of some rounds; and here again, from the cache."""

    def tables(source: Path, cache: Path, out: Path) -> float:
        command = [
            sys.executable,
            "-m",
            "newsvoices",
            "tables",
            *map(str, (folder, "--out", out, "--cache", cache)),
        ]
        run = partial(subprocess.run, command, check=True, capture_output=True, cwd=folder)
        return timed(partial(run, env={**os.environ, "PYTHONPATH": str(source / "src")}))[1]

    seconds: dict[str, list[float]] = {"former": [], "now": [], "now, cached": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as made:
            caches = {name: Path(made) / name for name in ("former", "now")}
            for name, where in (("former", "former"), ("now", "now"), ("now, cached", "now")):
                source = checkout.absolute() if where == "former" else ROOT
                seconds[name].append(tables(source, caches[where], Path(made) / f"tables {name}"))
    least = {name: min(some) for name, some in seconds.items()}
    commit = subprocess.check_output(["git", "rev-parse", "--short", "HEAD"], cwd=checkout, text=True).strip()
    return {
        "commit": commit,
        "articles": len(list(folder.glob("*.txt"))),
        **{f"CPU seconds, {name}": round(value, 1) for name, value in least.items()},
        "former / now": round(least["former"] / least["now"], 2),
        "now / cached": round(least["now"] / least["now, cached"], 1),
    }


def against_textacy(texts: list[str]) -> dict:
    try:
        from attribution import textacys
        from textacy import __version__
    except ImportError:
        return {"textacy": "not installed"}
    docs = list(load_pipeline().pipe(texts))
    ours = min(timed(lambda: quotes(docs)) for _ in range(3))[0]
    theirs = min(timed(lambda: [textacys(doc) for doc in docs]) for _ in range(3))[0]
    words = sum(len(text.split()) for text in texts)
    return {
        f"words a second, textacy {__version__}": round(words / theirs),
        "words a second, quotes": round(words / ours),
        "quotes / textacy": round(ours / theirs, 2),
    }


def base(folder: Path) -> list[str]:
    """Texts of the sample and of `folder`, one of each in turn while both last."""
    sample = list(read_articles(SAMPLE)["text"])
    others = [file.read_text("utf-8") for file in sorted(folder.glob("*.txt"))]
    both = [text for pair in zip(sample, others, strict=False) for text in pair]
    return both + sample[len(others) :] + others[len(sample) :]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path, default=POLNEAR)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "speed.json")
    parser.add_argument("--former", type=Path, help="a checkout of an earlier commit")
    parser.add_argument(
        "--parts", nargs="+", help="cached, raw, two, textacy, growth, length (default: all), former"
    )
    for hidden in ("--only", "--characters"):
        parser.add_argument(hidden, type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        growing(str(options.texts), options.only)
        return
    if options.characters:
        long_article(str(options.texts), options.characters)
        return
    texts = base(options.texts)
    parts = {
        "cached": cached,
        "raw": partial(against_raw, texts[:30]),
        "two": partial(processes_and_dask, texts[:90]),
        "textacy": partial(against_textacy, texts[:40]),
        "growth": partial(growth, options.texts),
        "length": partial(length, options.texts),
    }
    if "former" in (options.parts or ()) and not options.former:
        parser.error("the part former needs --former CHECKOUT")
    if options.former:
        parts["former"] = partial(against_former, options.texts.absolute(), options.former)
    result = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
    for part in options.parts or parts:
        busy = round(os.getloadavg()[0], 1)
        result[part] = {"load of the machine before": busy, **parts[part]()}
        print(part, json.dumps(result[part], indent=1), flush=True)
        options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
