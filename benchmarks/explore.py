"""How fast the explorer's page opens, filters and scrolls, in Chromium, and what it costs Python to make it.

Usage: python benchmarks/explore.py [--articles N] [--quotes N] [--out FILE]
The corpus is generated: 2,000 articles of some 600 words with 15 quotes each. Wants selenium, chromium and
chromium-driver. Writes benchmarks/results/explore.json; on a busy machine trust the CPU times.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import tempfile
import time
import tracemalloc
from pathlib import Path

from newsvoices import Tables, frame, save_explorer
from newsvoices.actors.resolve import actors_table
from newsvoices.schema import spans_cell

ROOT = Path(__file__).parents[1]
OUTLETS = ["The Morast Courier", "Daily Lantern", "Meridian Press Agency"]
CUES = ["said", "told reporters", "warned", "argued", "demanded", "according to"]
SEED = 22


def corpus(n_articles: int, n_quotes: int) -> Tables:
    """Articles of invented words in which every other sentence is a quote of an invented name."""
    draw = random.Random(SEED)
    words = ["".join(draw.choices("aeioubdklmnrstv", k=draw.randint(2, 9))) for _ in range(20_000)]
    names = [f"{draw.choice(words).title()} {draw.choice(words).title()}" for _ in range(800)]
    rows = {"articles": [], "quotes": [], "mentions": [], "relations": []}
    for number in range(n_articles):
        key, text, sentences = f"article-{number:05d}", "", []
        for at in range(n_quotes // n_articles):
            plain, quoted = (" ".join(draw.choices(words, k=draw.randint(8, 30))) for _ in range(2))
            name, cue = names[int(800 * draw.random() ** 3)], draw.choice(CUES)
            start = len(text) + len(plain) + 4
            speaker, end = start + len(quoted) + 2, start + len(quoted)
            sentence = f"{plain.capitalize()}. “{quoted}” {name} {cue}.\n\n"
            cue_start = speaker + len(name) + 1
            rows["quotes"].append(
                {
                    "article_id": key,
                    "quote_id": f"{key}#{at}",
                    "kind": draw.choice(["direct", "mixed", "indirect"]),
                    "text": quoted,
                    "start": start,
                    "end": end,
                    "spans": spans_cell([(start, end)]),
                    "cue": cue,
                    "cue_start": cue_start,
                    "cue_end": cue_start + len(cue),
                    "speaker": name,
                    "speaker_start": speaker,
                    "speaker_end": cue_start - 1,
                    "speaker_type": "person",
                    "actor": name,
                    "how": "content + cue + source",
                }
            )
            place = {"article_id": key, "start": speaker, "end": cue_start - 1, "text": name}
            rows["mentions"].append(place | {"label": "PERSON", "kind": "name", "chain": name, "actor": name})
            first = (len(text), len(text) + len(plain) + 1)
            sentences += [first, (first[1] + 1, len(text) + len(sentence) - 2)]
            text += sentence
        day = f"2024-{1 + number % 12:02d}-{1 + number % 28:02d}"
        about = {"outlet": OUTLETS[number % 3], "date": day, "title": f"Report {number}", "n_tokens": 0}
        rows["articles"].append(
            {"article_id": key, "text": text, "sentences": spans_cell(sentences), **about}
        )
    tables = {name: frame(name, found) for name, found in rows.items()}
    return Tables(**tables, actors=actors_table(tables["mentions"], tables["quotes"]))


def size(tables: Tables) -> int:
    parts = (tables.articles, tables.quotes, tables.mentions, tables.relations)
    return sum(int(part.memory_usage(deep=True).sum()) for part in parts)


# From the click to the frame after the one in which everything is drawn.
TIMED = """
const [selector, number, done] = arguments;
const begun = performance.now();
document.querySelectorAll(selector)[number].click();
requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun), 0));
"""
TYPED = """
const [words, done] = arguments, search = document.querySelector("input[type=search]"), begun = performance.now();
search.value = words;
search.dispatchEvent(new Event("input"));
requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun), 0));
"""
SCROLLED = """
const done = arguments[0], rows = document.querySelector(".nv-rows"), frames = [];
let last = performance.now(), step = 0;
const next = (now) => {
  frames.push(now - last);
  last = now;
  rows.scrollTop += 900;
  ++step < 120 ? requestAnimationFrame(next) : done(frames.slice(1));
};
requestAnimationFrame(next);
"""


OPENED = """
const done = arguments[0], page = document.documentElement.dataset;
const look = () => page.opened ? done(+page.opened) : setTimeout(look, 10);
look();
"""


def started():
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    return browser


def used(browser) -> float:
    """Milliseconds of CPU that the page's own thread has used."""
    metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return 1000 * next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def measured(page: Path) -> dict[str, float]:
    """Times on the clock, as medians of what was tried, and of CPU, which a busy machine does not lengthen."""
    browser = started()

    def each(script: str, cases: list[tuple]) -> tuple[list[float], list[float]]:
        clock, cpu = [], []
        for case in cases:
            before = used(browser)
            clock.append(browser.execute_async_script(script, *case))
            cpu.append(used(browser) - before)
        return sorted(clock), sorted(cpu)

    try:
        opened, opened_cpu = [], []
        for _ in range(5):
            browser.get("about:blank")
            before = used(browser)
            browser.get(page.as_uri())
            opened.append(browser.execute_async_script(OPENED))
            opened_cpu.append(used(browser) - before)
        time.sleep(3)  # until what the search looks through is made
        filters, filters_cpu = each(TIMED, [(".nv-value", number) for number in (0, 4, 12, 0, 5, 9)])
        browser.find_element("xpath", "//button[text()='clear all']").click()
        searches, searches_cpu = each(TYPED, [(words,) for words in ("a", "an", "and", "xyz", "")])
        frames = sorted(browser.execute_async_script(SCROLLED))
    finally:
        browser.quit()
    found = {
        "opens_ms": statistics.median(opened), "opens_cpu_ms": statistics.median(opened_cpu),
        "filter_ms": statistics.median(filters), "filter_ms_most": filters[-1], "filter_cpu_ms_most": filters_cpu[-1],
        "search_ms": statistics.median(searches), "search_ms_most": searches[-1], "search_cpu_ms_most": searches_cpu[-1],
        "scroll_frame_ms": statistics.median(frames), "scroll_frame_ms_95": frames[int(len(frames) * 0.95)],
    }  # fmt: skip
    return {name: round(value) for name, value in found.items()} | {"load": round(os.getloadavg()[0], 1)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--quotes", type=int, default=30_000)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results/explore.json")
    options = parser.parse_args()
    tables = corpus(options.articles, options.quotes)
    with tempfile.TemporaryDirectory() as folder:
        tracemalloc.start()
        page = save_explorer(tables, Path(folder, "explore.html"), most=10**9)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        result = {
            "articles": len(tables.articles),
            "quotes": len(tables.quotes),
            "tables_mb": round(size(tables) / 1e6, 1),
            "peak_beside_tables_mb": round(peak / 1e6, 1),
            "page_mb": round(page.stat().st_size / 1e6, 1),
            **measured(page),
        }
    options.out.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
