"""PolNeAR to spaCy's binary format, tagged and parsed by the pipeline that the attribution will run behind.

Usage: python convert_polnear.py CORPORA SYNTAX_PIPELINE OUT
Writes OUT/attribution-{train,dev}.spacy: one Doc an article; doc.spans["attributions"] holds spans
labelled source, cue and content, joined by their id.
"""

import sys
from pathlib import Path

import spacy
from spacy.tokens import DocBin, Span

import newsvoices.pipeline  # noqa: F401  (registers the components)

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from polnear import read_split


def main(corpora: Path, pipeline: Path, out: Path) -> None:
    nlp = spacy.load(pipeline)
    nlp.add_pipe("weights").restore()
    for split in ("train", "dev"):
        articles = list(read_split(corpora / "PolNeAR" / "data" / split))
        docs = DocBin(store_user_data=True)
        moved = total = 0
        for article, doc in zip(articles, nlp.pipe(a.text for a in articles), strict=True):
            spans = []
            for number, attribution in enumerate(article.attributions):
                for role, pieces in attribution._asdict().items():
                    for start, end in pieces:
                        span = doc.char_span(start, end, alignment_mode="expand")
                        total += 1
                        moved += (span.start_char, span.end_char) != (start, end)
                        spans.append(Span(doc, span.start, span.end, label=role, span_id=str(number)))
            doc.spans["attributions"] = spans
            docs.add(doc)
        docs.to_disk(out / f"attribution-{split}.spacy")
        print(f"attribution-{split}: {len(docs)} articles, {total} spans, {moved} moved to a token's bound")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
