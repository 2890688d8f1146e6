"""Who is for or against whom, against SEESAW and directed-sentiment: their valid parts, which chose between models.

Usage: python benchmarks/stance.py CORPORA [--out FILE]
SEESAW, end to end: a pair is an actor, another one and the sign, once an article, as in the gold; only pairs whose two
ends are in the article's own list of actors count. A pair is as certain as the most certain row of the table; of both
signs the more certain one counts. directed-sentiment: with the ends given, and from running text, where the ends are
mentions that overlap the given ones (a pronoun or a speaker outside the sentence does not count). Beside it: every
speaker against everybody named within the quote, and the relations of the table that rules find.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import directed_sentiment
import numpy as np
import seesaw
from spacy.tokens import Doc

from en_newsvoices.stances.component import ACTORS, mentions_of, quotes_of_named_speakers
from en_newsvoices.stances.meetings import Meeting, Span, meetings
from en_newsvoices.stances.network import read_stances
from newsvoices import load_pipeline
from newsvoices.tables import relations

DRAWN = 0.4  # certainty from which on a row is in the table
THRESHOLDS = (0.15, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)
FAVOUR = 2.0  # of a stance over none in directed-sentiment, where signed micro F1 is the highest
DRAWS = 1000
COMPONENT = "newsvoices_stances"

Pair = tuple[str, str, str, int]  # article, source, target, sign


def tokens(doc: Doc, start: int, end: int) -> Span:
    """The tokens that characters are in."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.start, span.end


def said_by(doc: Doc) -> list[tuple[str, list[Span]]]:
    """(speaker, content in tokens) of each quote of a named speaker."""
    return [(quote.speaker, quote.content) for quote in quotes_of_named_speakers(doc)]


# --- SEESAW, end to end


def joined(doc: Doc, actors: list[str]) -> dict[str, str]:
    """For each chain that is an actor of the article's list, which one."""
    names = defaultdict(set)
    for span in doc.spans["mentions"]:
        if span.label_ in ACTORS:
            names[span.id_] |= {span.text} if span.kb_id_ == "name" else set()
    return seesaw.linked(actors, names)


def pairs_of(article: seesaw.Article, doc: Doc) -> tuple[dict[Pair, float], set[Pair], set[Pair]]:
    """Those of the table: learned ones with their certainty, by rules; and every speaker against whom a quote names."""
    actor_of, learned, by_rules, by_quotes = joined(doc, article.actors), {}, set(), set()
    for row in relations(doc).itertuples():
        source, target = actor_of.get(row.source), actor_of.get(row.target)
        if source and target and source != target:
            pair = article.name, source, target, row.sign
            if row.certainty > 0:
                learned[pair] = max(row.certainty, learned.get(pair, 0.0))
            elif row.sign:
                by_rules.add(pair)
            elif row.relation == "speaks about":
                by_quotes.add((*pair[:3], -1))
    return one_sign(learned), by_rules, by_quotes


def one_sign(certainty: dict[Pair, float]) -> dict[Pair, float]:
    """Of both signs the more certain one."""
    return {
        pair: value for pair, value in certainty.items() if value > certainty.get((*pair[:3], -pair[3]), 0.0)
    }


def score(found: Iterable[Pair], gold: set[Pair]) -> dict[str, float]:
    found = set(found)
    right, met = len(found & gold), len({pair[:3] for pair in found} & {pair[:3] for pair in gold})
    p, r = right / max(len(found), 1), right / len(gold)
    values = {
        "precision": p,
        "recall": r,
        "f1": 2 * p * r / max(p + r, 1e-9),
        "sign right": right / max(met, 1),
    }
    return {"found": len(found)} | {name: round(100 * value, 1) for name, value in values.items()}


def score_seesaw(folder: Path, nlp) -> dict:
    articles = list(seesaw.read(folder, "valid"))
    gold = {
        (a.name, source, target, sign)
        for a in articles
        for _, source, sign, target in a.stances
        if seesaw.OUTSIDE not in (source, target)
    }
    component, (certainty, by_rules, by_quotes), seconds = (
        nlp.get_pipe(COMPONENT),
        ({}, set(), set()),
        Counter(),
    )
    component.threshold = min(THRESHOLDS)
    for article in articles:
        with nlp.select_pipes(disable=COMPONENT):
            begun = time.process_time()
            doc = nlp(article.text)
        between = time.process_time()
        doc = component(doc)
        seconds.update(pipeline=between - begun, stances=time.process_time() - between)
        learned, rules, said = pairs_of(article, doc)
        certainty, by_rules, by_quotes = certainty | learned, by_rules | rules, by_quotes | said
    learned = {t: {pair for pair, value in certainty.items() if value >= t} for t in THRESHOLDS}
    at = {t: score(pairs | by_rules, gold) for t, pairs in learned.items()}
    return {
        "articles": len(articles),
        "gold": len(gold),
        "the table": {"threshold": DRAWN, **at[DRAWN]},
        "the table, by threshold": {str(t): values for t, values in at.items()},
        "by rules alone": score(by_rules, gold),
        "learned alone": score(learned[DRAWN], gold),
        "everybody against whom they speak about": score(by_quotes, gold),
        "the component's share of CPU time": round(100 * seconds["stances"] / seconds.total(), 1),
    }


# --- directed-sentiment


def label_of(both: np.ndarray, turned: bool, favour: float) -> int:
    """The row of LABELS: the likeliest of neither and the four where one has a stance and the other none."""
    (no, pro, against), (back_no, back_pro, back_against) = both[::-1] if turned else both
    signed = pro * back_no, no * back_pro, against * back_no, no * back_against
    return int(np.argmax([no * back_no, *(favour * value for value in signed)]))


def given_ends(sentence: directed_sentiment.Sentence, doc: Doc) -> tuple[Meeting, bool]:
    """The two given ends as a meeting, and whether the second comes first."""
    ends = tokens(doc, *sentence.first), tokens(doc, *sentence.second)
    mentions, said = mentions_of(doc), said_by(doc)
    own = chains_at(doc, mentions, sentence)
    spans, says = [], []
    for end, mine in zip(ends, own, strict=True):
        more = [(a, b) for a, b, c in mentions if c in mine and not any(a < y and x < b for x, y in ends)]
        spans.append(tuple(sorted([end, *more])))
        says.append(tuple(span for c, some in said if c in mine for span in some))
    turned = spans[1][0] < spans[0][0]
    order = slice(None, None, -1 if turned else 1)
    return Meeting(0, len(doc), *spans[order], *says[order]), turned


def chains_at(doc: Doc, mentions: list, sentence: directed_sentiment.Sentence) -> tuple[set[str], set[str]]:
    """The chains whose mentions overlap the first end, and the second; those at both are neither's.

    An end within an office is who holds it: "Halvian" in "Halvian President Edda Marlow".
    """
    offices = [(span.start, span.end, span.id_) for span in doc.spans["mentions"] if span.kb_id_ == "role"]
    first, second = (
        {c for a, b, c in [*mentions, *offices] if a < end and start < b}
        for start, end in (tokens(doc, *sentence.first), tokens(doc, *sentence.second))
    )
    return first - second, second - first


def label_found(sentence: directed_sentiment.Sentence, doc: Doc, X: np.ndarray, model) -> int:
    """The row of LABELS by the meetings of the two that the pipeline finds; neither, where it finds none."""
    mentions = mentions_of(doc)
    first, second = chains_at(doc, mentions, sentence)
    bounds = [(sent.start, sent.end) for sent in doc.sents]
    for one, other, meeting in meetings(bounds, mentions, said_by(doc)):
        for turned, mine, its in ((False, first, second), (True, second, first)):
            if one in mine and other in its and meeting.first and meeting.second:
                label = label_of(read_stances(model, X, [meeting])[0], turned, FAVOUR)
                if label:
                    return label
    return 0


def score_sentences(path: Path, nlp) -> dict:
    gold, given, found, model = [], [], [], nlp.get_pipe(COMPONENT).model
    for sentence in directed_sentiment.read(path):
        with nlp.select_pipes(disable=COMPONENT):
            doc = nlp(sentence.text)
        X = doc._.attribution_vectors
        meeting, turned = given_ends(sentence, doc)
        gold.append(sentence.label)
        given.append(label_of(read_stances(model, X, [meeting])[0], turned, FAVOUR))
        found.append(label_found(sentence, doc, X, model))
    return {
        "sentences": len(gold),
        "ends given": label_scores(given, gold) | intervals(given, gold),
        "ends found by the pipeline": label_scores(found, gold) | intervals(found, gold),
        "every first against the second": label_scores([3] * len(gold), gold),
    }


def label_scores(found: list[int], gold: list[int]) -> dict[str, float]:
    found, gold = np.array(found), np.array(gold)
    f1 = [
        2 * ((found == n) & (gold == n)).sum() / max(1, (found == n).sum() + (gold == n).sum())
        for n in range(5)
    ]
    right = ((found == gold) & (gold > 0)).sum()
    p, r = right / max((found > 0).sum(), 1), right / max((gold > 0).sum(), 1)
    values = {
        "macro F1": np.mean(f1),
        "signed micro F1": 2 * p * r / max(p + r, 1e-9),
        "signed precision": p,
        "signed recall": r,
    }
    values |= dict(zip(directed_sentiment.LABELS, f1, strict=True))
    return {name: round(100 * float(value), 1) for name, value in values.items()}


def intervals(found: list[int], gold: list[int]) -> dict[str, tuple[float, float]]:
    """95 per cent intervals of both F1, over sentences drawn anew: the rarest label has 29."""
    labels, rng = np.array([found, gold]), np.random.default_rng(2026)
    drawn = [label_scores(*labels[:, rng.integers(len(gold), size=len(gold))]) for _ in range(DRAWS)]
    return {
        f"{name}, 95 %": tuple(
            np.percentile([scores[name] for scores in drawn], [2.5, 97.5]).round(1).tolist()
        )
        for name in ("macro F1", "signed micro F1")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "stance.json")
    options = parser.parse_args()
    nlp = load_pipeline()
    result = {
        "SEESAW, valid": score_seesaw(options.corpora / "SEESAW", nlp),
        "directed-sentiment, valid": score_sentences(
            options.corpora / "directed-sentiment" / "valid.txt", nlp
        ),
    }
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
