"""Corpora of named entities to spaCy's binary format, in one scheme of labels.

Usage: python convert_entities.py CORPORA OUT
Reads CORPORA/en-worldwide-newswire, wikigold, CrossNER and UniversalNER;
writes OUT/entities-{train,dev,test}.spacy.

en-worldwide-newswire gives the scheme: PERSON, ORG, LOC, FAC, NORP, DATE, MONEY, PRODUCT, MISC.
The other corpora add persons, organisations and locations; where they may disagree with the
scheme or be silent (dates, nationalities, works, …) their tokens are marked as unknown.
"""

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.training import iob_to_biluo

SCHEME = {
    "Person": "PERSON", "Organization": "ORG", "Location": "LOC", "Facility": "FAC",
    "NORP": "NORP", "Date": "DATE", "Money": "MONEY", "Product": "PRODUCT", "Misc": "MISC",
}  # fmt: skip
OTHERS = {
    "PER": "PERSON", "person": "PERSON", "politician": "PERSON", "writer": "PERSON",
    "musicalartist": "PERSON", "scientist": "PERSON", "researcher": "PERSON",
    "ORG": "ORG", "organisation": "ORG", "politicalparty": "ORG", "university": "ORG",
    "band": "ORG", "LOC": "LOC", "location": "LOC", "country": "LOC",
}  # fmt: skip
SILENT = re.compile(
    r".*\d.*|(Jan|Febr)uary|March|April|May|June|July|August|(Sept|Nov|Dec)ember|October"
    r"|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|week|month|year|years"
    r"|\w+ese|\w+ish|\w+[ia]an|\w+ians?|\w+icans?|Arabs?|Jews?|Jewish|Greeks?|Dutch|French|Muslims?",
)
SEED = 2026
HELD_OUT, DEVELOPMENT = 0.10, 0.05


def align(tokens: list[tuple[str, str]], text: str) -> list[tuple[int, int, str]]:
    """Character spans of the entities of one article; a token that is not found ends its entity."""
    spans, at, start, end, label = [], 0, 0, 0, ""
    for word, tag in [*tokens, ("", "O")]:
        found = text.find(word, at) if word else at
        lost = found < 0 or found - at > 200
        if label and (lost or not tag.startswith("I-")):
            spans.append((start, end, label))
            label = ""
        if lost:
            continue
        if tag != "O" and not label:
            start, label = found, tag[2:]
        at = end = found + len(word)
    return spans


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave quotation marks, spaces and a possessive out of a span."""
    while start < end and text[start] in " \n\"'“”‘’(,":
        start += 1
    while start < end and (text[end - 1] in ' \n"“”‘,;:' or text[end - 1] in "'’" and text[end - 2] != "s"):
        end -= 1
    for mark in ("'s", "’s"):
        end -= 2 * text[start:end].endswith(mark)
    return start, end


def worldwide(folder: Path, nlp) -> Iterator[tuple[str, Doc]]:
    """Yield (article name, Doc)."""
    for path in sorted((folder / "processed_annotated").glob("*.tsv")):
        text = (folder / "original_articles" / path.name.removesuffix(".tsv")).read_text("utf-8")
        lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        tokens = [(row[0].strip(), row[1].strip()) for row in lines if len(row) > 1 and row[0].strip()]
        spans = [(*trimmed(text, *span[:2]), SCHEME[span[2]]) for span in align(tokens, text)]
        yield path.name, to_doc(nlp, text, spans)


def to_doc(nlp, text: str, spans: list[tuple[int, int, str]]) -> Doc:
    """The whole article; the address in its first line left out."""
    first = re.match(r"\s*https?://\S+\s*", text)
    start = first.end() if first else 0
    doc = nlp.make_doc(text[start:].rstrip())
    inside = [(s - start, e - start, label) for s, e, label in spans if start <= s < e]
    ents = [doc.char_span(s, e, label, alignment_mode="expand") for s, e, label in inside]
    doc.set_ents(spacy.util.filter_spans([e for e in ents if e is not None]), default="outside")
    return doc


def columns(path: Path, word: int, tag: int) -> Iterator[list[tuple[str, str]]]:
    """Sentences of (word, tag) from a file with a token a line."""
    sentence = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        row = line.split("\t" if "\t" in line else " ")
        if line.startswith(("# ", "-DOCSTART-")):
            continue
        if len(row) > tag:
            sentence.append((row[word], row[tag]))
        elif sentence:
            yield sentence
            sentence = []


def other(nlp, sentence: list[tuple[str, str]]) -> Doc:
    """A Doc with persons, organisations and locations; what the corpus does not decide is unknown."""
    words, tags = [w for w, _ in sentence], [t for _, t in sentence]
    iob = [t if t == "O" or i and tags[i - 1][1:] == t[1:] else "B" + t[1:] for i, t in enumerate(tags)]
    doc = Doc(nlp.vocab, words=words)
    ents, unknown = [], []
    for start, end, label in spans_of(iob_to_biluo(iob)):
        if label in OTHERS:
            ents.append(Span(doc, start, end, OTHERS[label]))
        else:
            unknown.append(doc[start:end])
    silent = [doc[i : i + 1] for i, w in enumerate(words) if iob[i] == "O" and SILENT.fullmatch(w)]
    doc.set_ents(ents, missing=[*unknown, *silent], default="outside")
    return doc


def spans_of(biluo: list[str]) -> Iterator[tuple[int, int, str]]:
    start = 0
    for i, tag in enumerate(biluo):
        if tag[0] in "BU":
            start = i
        if tag[0] in "LU":
            yield start, i + 1, tag[2:]


def main(corpora: Path, out: Path) -> None:
    nlp = spacy.blank("en")
    articles = list(worldwide(corpora / "en-worldwide-newswire", nlp))
    random.Random(SEED).shuffle(articles)
    held, dev = round(len(articles) * HELD_OUT), round(len(articles) * DEVELOPMENT)
    splits = {"test": articles[:held], "dev": articles[held : held + dev], "train": articles[held + dev :]}
    bins = {name: DocBin(docs=[doc for _, doc in part]) for name, part in splits.items()}
    (out / "entities-test-articles.txt").write_text("\n".join(sorted(n for n, _ in splits["test"])) + "\n")
    ner = corpora / "UniversalNER"
    files = [(corpora / "wikigold" / "wikigold.conll.txt", 0, 1)]
    files += [(p, 0, 1) for p in sorted((corpora / "CrossNER").glob("*/*.txt"))]
    files += [(ner / "UNER_English-EWT" / "en_ewt-ud-dev.iob2", 1, 2)]
    files += [(ner / "UNER_English-PUD" / "en_pud-ud-test.iob2", 1, 2)]
    for path, word, tag in files:
        for sentence in columns(path, word, tag):
            bins["train"].add(other(nlp, sentence))
    for name, docs in bins.items():
        docs.to_disk(out / f"entities-{name}.spacy")
        print(f"entities-{name}: {len(splits[name])} articles, {len(docs)} docs")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
