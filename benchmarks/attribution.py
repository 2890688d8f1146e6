"""How right attribution is on PolNeAR, for this kit (as learned, and as in the table) and, where installed, for textacy.

Usage: python benchmarks/attribution.py FOLDER [--out FILE]
FOLDER is a split of PolNeAR (with `text` and `attributions`), such as CORPORA/PolNeAR/data/dev. Writes
benchmarks/results/attribution.json, which README's scorecard is made from. Speed: words a second of the
attribution component and of the rest of the pipeline, on the same texts in the same run.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from polnear import ROLES, Article, Attribution, merged, read_split, score
from spacy.tokens import Doc

from newsvoices import load_pipeline


def ours(doc: Doc) -> list[Attribution]:
    parts = defaultdict(lambda: defaultdict(list))
    for span in doc.spans["attributions"]:
        parts[span.id_][span.label_].append((span.start_char, span.end_char))
    return [Attribution(*(merged(part[role]) for role in ROLES)) for part in parts.values()]


def in_the_table(doc: Doc) -> list[Attribution]:
    """The quotes as the table has them, when the marks and all rules have been applied.

    They stand without their marks, as gold does not, so their spans are not scored as exact ones.
    """
    return [
        Attribution(
            *(() if quote[part] is None else (quote[part],) for part in ("speaker", "cue")),
            tuple(quote["spans"]),
        )
        for quote in doc._.quotes
    ]


def textacys(doc: Doc) -> list[Attribution]:
    """textacy's direct quotations; a text that it refuses has none."""
    from textacy.extract import direct_quotations

    try:
        triples = list(direct_quotations(doc))
    except ValueError:
        return []
    return [
        Attribution(
            tuple((t.idx, t.idx + len(t)) for t in triple.speaker),
            tuple((t.idx, t.idx + len(t)) for t in triple.cue),
            ((triple.content.start_char, triple.content.end_char),),
        )
        for triple in triples
    ]


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return round(value, 1)


def scored(system: Callable[[Doc], list[Attribution]], articles: list[Article], docs: list[Doc]) -> dict:
    scores = score([(a.text, system(d), a.attributions) for a, d in zip(articles, docs, strict=True)])
    kept = {name: value for name, value in scores.items() if system != in_the_table or "exact" not in name}
    return rounded(kept)


def former_scores(path: Path, peer: str) -> dict:
    """What an earlier run, whose result is there, measured of a peer that is not installed now."""
    former = json.loads(path.read_text("utf-8"))["systems"] if path.exists() else {}
    return {name: scores for name, scores in former.items() if name.startswith(peer)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "attribution.json")
    options = parser.parse_args()
    articles: list[Article] = list(read_split(options.folder))
    words = sum(len(article.text.split()) for article in articles)
    nlp = load_pipeline()
    texts = [article.text for article in articles]
    begun = time.perf_counter()
    later = [f"newsvoices_{name}" for name in ("quotes", "coreference", "speakers", "relations", "stances")]
    with nlp.select_pipes(disable=["newsvoices_attribution", *later]):
        docs = list(nlp.pipe(texts))
    parsed = time.perf_counter()
    docs = list(nlp.get_pipe("newsvoices_attribution").pipe(docs, batch_size=nlp.batch_size))
    done = time.perf_counter()
    for name in later[:3]:
        docs = [nlp.get_pipe(name)(doc) for doc in docs]
    systems = {"newsvoices": ours, "newsvoices, quotes in the table": in_the_table}
    former = {}
    try:
        import textacy

        systems[f"textacy {textacy.__version__}"] = textacys
    except ImportError:
        print("textacy is not installed: its scores stay as they were")
        former = former_scores(options.out, "textacy")
    result = {
        "split": options.folder.name,
        "articles": len(articles),
        "attributions": sum(len(article.attributions) for article in articles),
        "systems": {name: scored(system, articles, docs) for name, system in systems.items()} | former,
        "words a second": {
            "attribution": round(words / (done - parsed)),
            "the rest": round(words / (parsed - begun)),
        },
        "time of attribution over the rest": round((done - parsed) / (parsed - begun), 2),
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
