"""Write the tables of README and of the model card anew from the notebooks, the code and the measured results.

Usage: python benchmarks/readme.py
Each table stands between two comments, <!-- NAME --> and <!-- /NAME -->.
"""

import json
import re
from pathlib import Path

import newsvoices
from newsvoices.schema import TABLES

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "src/en_newsvoices/model/README.md")


def table(header: list[str], rows: list[list[str]]) -> str:
    cells = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in cells)


def notebooks() -> str:
    rows = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        text = "".join(json.loads(path.read_text("utf-8"))["cells"][0]["source"])
        title = re.search(r"^# \d+ · (.+)$", text, re.M)[1]
        question = re.search(r"\*\*Question:\*\* (.+)$", text, re.M)[1]
        rows.append(
            [f"[{path.stem[:2]} · {title}](notebooks/{path.name})", question[0].upper() + question[1:]]
        )
    return table(["notebook", "question"], rows)


def columns() -> str:
    rows = [
        [f"**{name}**" if i == 0 else "", f"`{column.name}`", column.meaning]
        for name, parts in TABLES.items()
        if name in newsvoices.Tables.__dataclass_fields__
        for i, column in enumerate(parts)
    ]
    return table(["table", "column", "meaning"], rows)


def functions() -> str:
    rows = [
        [f"`{name}`", (getattr(newsvoices, name).__doc__ or "").split("\n")[0]] for name in newsvoices.__all__
    ]
    return table(["name", "what it gives"], rows)


def scorecard() -> str:
    scores = json.loads((ROOT / "src/en_newsvoices/model/scores.json").read_text("utf-8"))
    syntax = scores["syntax, GUM news and interview"]
    rows = [
        ["syntax", "GUM news and interview, test documents", f"{name} {syntax[name]}"]
        for name in ("tags", "UAS", "LAS")
    ]
    for label, score in scores["entities, en-worldwide-newswire"].items():
        if label.startswith(("PERSON", "LOC", "ORG")):
            rows.append(
                [
                    "entities",
                    "en-worldwide-newswire, articles set aside, exact spans",
                    f"{label}: F1 {score['F1']}",
                ]
            )
    rows += (
        attribution_rows()
        + quote_rows()
        + resolution_rows()
        + relation_rows()
        + stance_rows()
        + comparison_rows()
        + speed_rows()
    )
    return table(["what", "measured on", "result"], rows)


def scores() -> str:
    """All of the bundled pipeline's scores."""
    measured = json.loads((ROOT / "src/en_newsvoices/model/scores.json").read_text("utf-8"))
    rows = []
    for part, values in measured.items():
        if part.startswith("syntax"):
            rows += [[part, name, value] for name, value in values.items()]
        elif part.startswith("entities"):
            rows += [
                [part, f"{label} (n = {s['gold']})", f"P {s['precision']} R {s['recall']} F1 {s['F1']}"]
                for label, s in values.items()
            ]
    speed = measured["speed"]
    rows.append(["speed", "words a second on one core, whole pipeline", speed["words a second"]])
    rows.append(["speed", "ratio to a blank pipeline with a tagger alone", speed["ratio to a tagger alone"]])
    rows.append(["size", "megabytes", measured["megabytes"]])
    return table(["on", "what", "result"], rows)


def attribution_rows() -> list[list[str]]:
    path = ROOT / "benchmarks/results/attribution.json"
    if not path.exists():
        return []
    rows = []
    for name, scores in json.loads(path.read_text("utf-8"))["systems"].items():
        result = (
            f"attribution F1 {scores['attribution']['f1']:.1f}, who said what F1 {scores['who_said_what']['f1']:.1f}, "
            f"recall with marks {scores['recall_with_marks']:.1f}"
        )
        if "exact" in scores:
            exact = (f"{scores['exact'][role]['f1']:.1f}" for role in ("source", "cue", "content"))
            result += f", exact source / cue / content F1 {' / '.join(exact)}"
        rows.append([f"attribution, {name}", "PolNeAR dev", result])
    return rows


def speed_rows() -> list[list[str]]:
    path = ROOT / "benchmarks/results/speed.json"
    if not path.exists():
        return []
    measured = json.loads(path.read_text("utf-8"))
    told = {
        "raw": "{articles} articles: {words a second, analyse} words a second in one process, "
        "{analyse / raw, CPU} times the raw pipeline's CPU time",
        "two": "{articles} articles: two processes {one / two, once started} times as fast as one, by CPU time "
        "{one / two, once started, on free cores}; LocalCluster {LocalCluster / two, once started} times their time",
        "cached": "the sample again: {seconds, again} s, {first / again} times faster",
        "growth": "500 to 4,000 articles: CPU time ~ n^{exponent of CPU seconds}, memory × {memory, 4000 / 1000} "
        "from 1,000 to 4,000",
        "former": "{articles} articles, start-up and all: {former / now} times as fast as at commit {commit} by CPU time; "
        "from the cache {now / cached} times as fast as the first time",
        "length": "one article of 25,000 to 1,500,000 characters, the longest in three parts: CPU time ~ n^{exponent of CPU seconds}, "
        "{CPU seconds for one article, by characters[1,500,000]} s and {peak MB[1,500,000]} MB for it",
    }
    return [
        [
            f"speed, two cores, load {measured[part]['load of the machine before']}",
            *text.format_map(measured[part]).split(": ", 1),
        ]
        for part, text in told.items()
        if part in measured
    ]


def resolution_rows() -> list[list[str]]:
    path = ROOT / "benchmarks/results/resolution.json"
    if not path.exists():
        return []
    measured = json.loads(path.read_text("utf-8"))
    gum, sample, across = (
        measured["gum"]["end_to_end"],
        measured["sample"],
        measured["across articles"]["valid"],
    )
    genres = "GUM bio, interview, news, speech, dev and test documents"
    right, answered = gum["pronouns_right_of_answered"], gum["pronouns_answered"]
    return [
        ["he and she", f"{genres} (n = {gum['pronouns']})", f"{right:.1f} % right of the {answered:.1f} % answered"],
        ["persons' names in chains", f"{genres} (n = {gum['names']})", f"B³ F1 {gum['names_b_cubed']['f1']:.1f}"],
        ["persons across articles", f"SEESAW valid, {across['articles']} articles (n = {across['persons']})",
         f"B³ F1 {across['f1']:.1f}: precision {across['precision']:.1f}, recall {across['recall']:.1f}"],
        ["speaker → actor", f"the sample's {sample['quotes']} gold quotes with a speaker",
         f"{sample['speaker_to_actor']:.1f} % right; {sample['where_a_name']:.1f} % where the speaker is a name"],
    ]  # fmt: skip


def quote_rows() -> list[list[str]]:
    path = ROOT / "benchmarks/results/quotes-by-eye.json"
    if not path.exists():
        return []
    sections = json.loads(path.read_text(encoding="utf-8"))
    rows = []
    for table, name in (("quotes", "quotes with speaker, actor, kind"), ("actors", "actors")):
        found = [section[table] for section in sections.values() if table in section][-1]
        faults = "; ".join(f"{fault} {n}" for fault, n in found["rows by fault"].items())
        what = f"{found['rows']} rows of {found['articles']} articles of SEESAW and en-worldwide-newswire, read once"
        rows.append([name, what, f"{found['right per cent']} % right (rows: {faults})"])
    return rows


def relation_rows() -> list[list[str]]:
    path = ROOT / "benchmarks/results/relations.json"
    if not path.exists():
        return []
    halves = json.loads(path.read_text("utf-8"))
    rows = []
    for half, text in (("all", "all documents"), ("test", "the half that no rule was written on")):
        together = halves[half]["mentioned in one sentence, best single type"]
        scores = halves[half]["newsvoices"]["all"]
        result = f"P {scores['precision']} R {scores['recall']} F1 {scores['f1']}; mentioned together: F1 {together['f1']}"
        rows.append(["relations of seven types", f"re3d, {text}, both ends overlap", result])
    return rows


def stance_rows() -> list[list[str]]:
    path = ROOT / "benchmarks/results/stance.json"
    if not path.exists():
        return []
    measured = json.loads(path.read_text("utf-8"))
    pairs, sentences = measured["SEESAW, valid"], measured["directed-sentiment, valid"]
    told = "P {precision} R {recall} F1 {f1}"
    drawn, rules = pairs["the table"], pairs["by rules alone"]
    beside = pairs["everybody against whom they speak about"]
    return [
        [
            "who is for or against whom",
            f"SEESAW valid, {pairs['articles']} articles, from running text",
            f"{told.format(**drawn)}, sign right {drawn['sign right']}; by rules alone: {told.format(**rules)}; "
            f"everybody against whom they speak about: {told.format(**beside)}",
        ],
        [
            "who is for or against whom",
            "directed-sentiment valid, sentences",
            f"ends given: macro F1 {with_interval(sentences['ends given'], 'macro F1')}; from running text: signed micro "
            f"F1 {with_interval(sentences['ends found by the pipeline'], 'signed micro F1')}",
        ],
    ]


def with_interval(scores: dict, name: str) -> str:
    low, high = scores[f"{name}, 95 %"]
    return f"{scores[name]} ({low} to {high})"


def comparison_rows() -> list[list[str]]:
    path = ROOT / "benchmarks/results/compare.json"
    if not path.exists():
        return []
    measured = json.loads(path.read_text("utf-8"))
    held = measured["intervals"]["shares"]
    sizes, covered = (", ".join(str(row[key]) for row in held) for key in ("articles an outlet", "t"))
    where = f"{held[0]['corpora']:,} simulated corpora of {sizes} articles an outlet"
    rows = [["comparisons", where, f"95 % intervals of shares hold the truth in {covered} per cent"]]
    for part, what in (("copies", "wire copies among articles"), ("quotes", "shared quotes among quotes")):
        last = measured[part]["runs"][-1]
        found = f"{last['found of these']:,} of {last['planted']:,} planted found, {last['joining strangers']} false"
        cost = f"{last['processor seconds']:.0f} s of one core, {last['peak MB'] / 1000:.1f} GB"
        rows.append([what, f"{last['n']:,} generated texts", f"{found}; {cost}"])
    return rows


def written(text: str) -> str:
    """The text with those of the tables made anew that it has."""
    for make in (notebooks, columns, functions, scorecard, scores):
        name = make.__name__
        pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        text = re.sub(pattern, lambda m, make=make: f"{m[1]}{make()}\n{m[2]}", text, flags=re.S)
    return text


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(written(path.read_text("utf-8")), "utf-8")
