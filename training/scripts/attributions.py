"""PolNeAR's articles as Docs, and the scores of what was found in them."""

import sys
from pathlib import Path

from spacy.tokens import Span

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
import polnear


def read_docs(nlp, folder: Path) -> list:
    """One Doc an article; doc.spans["attributions"] holds the gold spans."""
    articles = list(polnear.read_split(folder))
    docs = list(nlp.pipe((article.text for article in articles), batch_size=32))
    moved = total = 0
    for article, doc in zip(articles, docs, strict=True):
        spans = []
        for number, attribution in enumerate(article.attributions):
            for role, pieces in attribution._asdict().items():
                for start, end in pieces:
                    span = doc.char_span(start, end, alignment_mode="expand")
                    total += 1
                    moved += (span.start_char, span.end_char) != (start, end)
                    spans.append(Span(doc, span.start, span.end, label=role, span_id=str(number)))
        doc.spans["attributions"] = spans
    print(f"{folder.name}: {len(docs)} articles, {total} spans, {moved} moved to a token's bound", flush=True)
    return docs


def gold_attributions(doc) -> list[tuple[tuple[int, int], dict[str, list[tuple[int, int]]]]]:
    """(cue, role → spans) for each attribution with a cue in `doc.spans`; a cue in pieces counts from first to last."""
    parts: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for span in doc.spans.get("attributions", []):
        parts.setdefault(span.id_, {}).setdefault(span.label_, []).append((span.start, span.end))
    return [((min(p["cue"])[0], max(p["cue"])[1]), p) for p in parts.values() if "cue" in p]


def as_attributions(doc) -> list[polnear.Attribution]:
    parts = {}
    for span in doc.spans["attributions"]:
        parts.setdefault(span.id_, {}).setdefault(span.label_, []).append((span.start_char, span.end_char))
    return [
        polnear.Attribution(*(polnear.merged(p.get(r, [])) for r in polnear.ROLES)) for p in parts.values()
    ]


def score_docs(docs, found: list[tuple]) -> dict:
    """Scores of attributions as `Attribution.predict` gives them, each Doc's with the vectors that they were read from."""
    triples = []
    for doc, (attributions, _) in zip(docs, found, strict=True):
        chars = [
            polnear.Attribution(
                *(
                    polnear.merged([(doc[s:e].start_char, doc[s:e].end_char) for s, e in a[r]])
                    for r in polnear.ROLES
                )
            )
            for a in attributions
        ]
        triples.append((doc.text, chars, as_attributions(doc)))
    return polnear.score(triples)


def line(scores: dict) -> str:
    exact = " ".join(f"{role} {v['f1']:.1f}" for role, v in scores["exact"].items())
    who, what = scores["who_said_what"], scores["attribution"]
    return (
        f"{exact} | attribution {what['f1']:.1f} (P {what['precision']:.1f} R {what['recall']:.1f}) | who {who['f1']:.1f}"
        f" | marks {scores['recall_with_marks']:.1f} none {scores['recall_without_marks']:.1f}"
    )
