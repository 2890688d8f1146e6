"""SEESAW and directed-sentiment as examples: two actors that meet in a sentence, and the stance of each to the other.

Usage: python stances.py CORPORA OUT
Runs the pipeline over the train and valid parts, over made-up sentences and world news, and writes
OUT/NAME.pickle of each:
the Docs' words, the vectors of the frozen layers in half precision, and the examples.
"""

import pickle
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
import directed_sentiment
import seesaw
import stance_sentences
from stance import (  # noqa: F401  (train_stance reads some of them from here)
    COMPONENT,
    FAVOUR,
    given_ends,
    joined,
    label_of,
    label_scores,
    said_by,
    score,
    tokens,
)

from en_newsvoices.stances.component import mentions_of
from en_newsvoices.stances.meetings import Meeting, meetings
from newsvoices import load_pipeline

UNKNOWN = -100
SEED, MADE_UP = 2026, 12000  # sentences
SIGN_ROWS = {0: 0, 1: 1, -1: 2}
BOTH_WAYS = (
    (0, 0),
    (1, 0),
    (0, 1),
    (2, 0),
    (0, 2),
)  # rows of STANCES for each of directed-sentiment's labels


class Example(NamedTuple):
    """A meeting in the Doc of this number, and the rows of STANCES of the first to the second and of the second to it.

    `turned` says that the second is the one that directed-sentiment names first; names are actors of the article's
    list, or begin with "?".
    """

    doc: int
    meeting: Meeting
    stances: tuple[int, int]
    names: tuple[str, str] = ("?", "?")
    turned: bool = False


class Read(NamedTuple):
    """Docs as far as they are needed, and their examples."""

    words: list[list[str]]
    vectors: list[np.ndarray]
    examples: list[Example]


def sentence_examples(corpora: Path, split: str, nlp) -> Iterator[tuple[Doc, list[Example]]]:
    for sentence in directed_sentiment.read(corpora / "directed-sentiment" / f"{split}.txt"):
        doc = nlp(sentence.text)
        meeting, turned = given_ends(sentence, doc)
        stances = BOTH_WAYS[sentence.label]
        yield doc, [Example(0, meeting, stances[::-1] if turned else stances, turned=turned)]


def seesaw_examples(corpora: Path, split: str, nlp) -> Iterator[tuple[Doc, list[Example]]]:
    for article in seesaw.read(corpora / "SEESAW", split):
        doc = nlp(article.text)
        actor_of = joined(doc, article.actors)
        mentions = [(start, end, actor_of.get(c, "?" + c)) for start, end, c in mentions_of(doc)]
        said = [(actor_of.get(chain, "?" + chain), spans) for chain, spans in said_by(doc)]
        signs, examples = defaultdict(set), []
        for number, source, sign, target in article.stances:
            signs[number, source, target].add(sign)
        for number, bounds in enumerate(article.sentences):
            if bounds[0] == bounds[1]:
                continue
            found = list(meetings([tokens(doc, *bounds)], mentions, said))
            outside = {name for one in found for name in one[:2] if name[0] == "?"}
            known = partial(stance_in, signs, number, outside)
            examples += [Example(0, m, (known(a, b), known(b, a)), (a, b)) for a, b, m in found]
        yield doc, examples


def stance_in(signs: dict, number: int, outside: set[str], source: str, target: str) -> int:
    """The row of STANCES that the annotation of a sentence says.

    Those outside the list are annotated too, without their name: known is what they think where the sentence has no
    stance of any of them, or where only one of them is met in it.
    """
    ends = [seesaw.OUTSIDE if name in outside else name for name in (source, target)]
    here = signs.get((number, *ends), {0})
    vague = here != {0} and seesaw.OUTSIDE in ends and len(outside) > 1
    return UNKNOWN if outside >= {source, target} or vague or len(here) > 1 else SIGN_ROWS[min(here)]


def made_up_examples(number: int, nlp) -> Iterator[tuple[Doc, list[Example]]]:
    """Sentences of stance_sentences.py, as far as the pipeline finds their names."""
    for sentence in stance_sentences.sentences(number, SEED):
        doc = nlp(sentence.text)
        mentions, names = mentions_of(doc), {}
        for name in sentence.names:
            at = sentence.text.lower().find(name.lower())
            names |= {c: name for a, b, c in mentions if at <= doc[a].idx < at + len(name)} if at >= 0 else {}
        bounds = [(sent.start, sent.end) for sent in doc.sents]
        sign = lambda one, other, s=sentence, n=names: SIGN_ROWS[s.signs.get((n[one], n[other]), 0)]  # noqa: E731
        found = meetings(bounds, mentions, said_by(doc))
        yield (
            doc,
            [
                Example(0, m, (sign(a, b), sign(b, a)))
                for a, b, m in found
                if {a, b} <= names.keys() and names[a] != names[b]
            ],
        )


def news_examples(corpora: Path, nlp) -> Iterator[tuple[Doc, list[Example]]]:
    """Every meeting in half of en-worldwide-newswire's articles; what the stances are is for a teacher to say."""
    folder = corpora / "en-worldwide-newswire" / "original_articles"
    for file in sorted(folder.glob("*.txt"))[::2]:
        doc = nlp(file.read_text("utf-8"))
        bounds = [(sent.start, sent.end) for sent in doc.sents]
        found = meetings(bounds, mentions_of(doc), said_by(doc))
        yield doc, [Example(0, m, (UNKNOWN, UNKNOWN), ("?" + a, "?" + b)) for a, b, m in found]


def read(examples: Iterator[tuple[Doc, list[Example]]], nlp) -> Read:
    out = Read([], [], [])
    for number, (doc, some) in enumerate(examples):
        out.words.append([token.text for token in doc])
        out.vectors.append(doc._.attribution_vectors)
        out.examples.extend(one._replace(doc=number) for one in some)
    return out


def main(corpora: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    nlp = load_pipeline()
    nlp.disable_pipe(COMPONENT)
    parts = {
        f"{name}-{split}": of(corpora, split, nlp)
        for name, of in (("sentences", sentence_examples), ("seesaw", seesaw_examples))
        for split in ("valid", "train")
    } | {"made-up": made_up_examples(MADE_UP, nlp), "news": news_examples(corpora, nlp)}
    for name, examples in parts.items():
        part = read(examples, nlp)
        (out / f"{name}.pickle").write_bytes(pickle.dumps(part, protocol=5))
        print(f"{name}: {len(part.words)} texts, {len(part.examples)} meetings", flush=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
