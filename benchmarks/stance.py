"""Who is for or against whom, against SEESAW and directed-sentiment: their valid parts, which chose between models.

Usage: python benchmarks/stance.py CORPORA [--out FILE]
SEESAW, end to end: a pair is an actor, another one and the sign, once an article, as in the gold; only pairs whose two
ends are in the article's own list of actors count. How often a stance was met counts too: of several sentences the
probability that one of them is right. directed-sentiment: with the ends given, and from running text, where the ends
are mentions that overlap the given ones (a pronoun or a speaker outside the sentence does not count). Beside it: every speaker against everybody named within the quote, and the
relations supports and criticises of the table.
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

from en_newsvoices.attribution.component import WORDS
from en_newsvoices.attribution.network import words
from en_newsvoices.network.word_pieces import breaks, windows
from en_newsvoices.relations.meetings import Meeting, Span, meetings
from en_newsvoices.relations.stance_network import stance_model, stances
from newsvoices import load_pipeline
from newsvoices.tables import quotes, relations

ACTORS = {"PERSON", "ORG", "GPE", "LOC", "NORP", "MISC"}
DRAWN = 0.4  # certainty from which on a tie is drawn
THRESHOLDS = (0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
FAVOUR = 3.0  # of a stance over none in directed-sentiment, where it makes F1 the best

Pair = tuple[str, str, str, int]  # article, source, target, sign


# --- what the network reads of a Doc


def vectors(doc: Doc, nlp) -> np.ndarray:
    """(tokens, width): the encoder's vectors, and beside them those of attribution's own layers."""
    bounds = windows([1] * len(doc), breaks(doc), WORDS, WORDS)
    return np.concatenate(
        [doc.tensor, words(nlp.get_pipe("newsvoices_attribution").model, doc.tensor, bounds)], axis=1
    )


def mentions_of(doc: Doc) -> list[tuple[int, int, str]]:
    """(start, end, chain) of each mention of a named actor, in tokens."""
    return [
        (span.start, span.end, span.id_)
        for span in doc.spans["mentions"]
        if span.kb_id_ != "role" and span.label_ in ACTORS and span.id_ and not span.id_.startswith("“")
    ]


def said_in(doc: Doc) -> list[tuple[str, list[Span]]]:
    """(chain of the speaker, content in tokens) of each quote."""
    chains = {span.start: span.id_ for span in doc.spans["mentions"] if span.kb_id_ != "role"}
    out = []
    for row in quotes(doc).itertuples():
        unnamed = chains.get(tokens(doc, row.speaker_start, row.speaker_end)[0], "") if row.speaker else ""
        if speaker := row.actor or unnamed:
            spans = (map(int, span.split("-")) for span in row.spans.split(";"))
            out.append((speaker, [tokens(doc, *span) for span in spans]))
    return out


def tokens(doc: Doc, start: int, end: int) -> Span:
    """The tokens that characters are in."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.start, span.end


# --- SEESAW, end to end


def joined(doc: Doc, actors: list[str]) -> dict[str, str]:
    """For each chain that is an actor of the article's list, which one."""
    names = defaultdict(set)
    for span in doc.spans["mentions"]:
        if span.label_ in ACTORS:
            names[span.id_] |= {span.text} if span.kb_id_ == "name" else set()
    return seesaw.linked(actors, names)


def certainties(article: seesaw.Article, doc: Doc, nlp, model) -> dict[Pair, float]:
    """How likely it is that a sentence of the article says so, by the network."""
    actor_of, doubt = joined(doc, article.actors), defaultdict(lambda: 1.0)
    mentions = [(start, end, actor_of.get(chain, "?" + chain)) for start, end, chain in mentions_of(doc)]
    said = [(actor_of.get(chain, "?" + chain), spans) for chain, spans in said_in(doc)]
    found = [
        one
        for one in meetings([(sent.start, sent.end) for sent in doc.sents], mentions, said)
        if "?" not in (one[0][0], one[1][0])
    ]
    for (one, other, _), both in zip(
        found, stances(model, vectors(doc, nlp), [m for *_, m in found]), strict=True
    ):
        for source, target, (_, pro, against) in ((one, other, both[0]), (other, one, both[1])):
            doubt[article.name, source, target, 1] *= 1 - float(pro)
            doubt[article.name, source, target, -1] *= 1 - float(against)
    return {pair: 1 - value for pair, value in doubt.items()}


def one_sign(certainty: dict[Pair, float]) -> dict[Pair, float]:
    """Of both signs the more certain one."""
    return {
        pair: value for pair, value in certainty.items() if value > certainty.get((*pair[:3], -pair[3]), 0.0)
    }


def table_pairs(article: seesaw.Article, doc: Doc) -> tuple[set[Pair], set[Pair]]:
    """Those of the table: supports and criticises; and every speaker against whom a quote names."""
    actor_of = joined(doc, article.actors)
    by_rules, by_quotes = set(), set()
    for row in relations(doc).itertuples():
        source, target = actor_of.get(row.source), actor_of.get(row.target)
        if source and target and source != target:
            if row.relation in ("supports", "criticises", "allies", "fights"):
                by_rules.add((article.name, source, target, row.sign))
            elif row.relation == "speaks about":
                by_quotes.add((article.name, source, target, -1))
    return by_rules, by_quotes


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


def score_seesaw(folder: Path, nlp, model) -> dict:
    articles = list(seesaw.read(folder, "valid"))
    gold = {
        (a.name, source, target, sign)
        for a in articles
        for _, source, sign, target in a.stances
        if seesaw.OUTSIDE not in (source, target)
    }
    certainty, by_rules, by_quotes, seconds = {}, set(), set(), Counter()
    for article in articles:
        begun = time.perf_counter()
        doc = nlp(article.text)
        seconds["pipeline"] += time.perf_counter() - begun
        certainty |= one_sign(certainties(article, doc, nlp, model))
        rules, said = table_pairs(article, doc)
        by_rules, by_quotes = by_rules | rules, by_quotes | said
    at = {t: score((pair for pair, value in certainty.items() if value >= t), gold) for t in THRESHOLDS}
    return {
        "articles": len(articles),
        "gold": len(gold),
        "network, drawn by default": {"threshold": DRAWN, **at[DRAWN]},
        "network, by threshold": {str(t): values for t, values in at.items()},
        "everybody against whom they speak about": score(by_quotes, gold),
        "rules of the table": score(by_rules, gold),
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
    mentions, said = mentions_of(doc), said_in(doc)
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
    """The chains whose mentions overlap the first end, and the second; those at both are neither's."""
    first, second = (
        {c for a, b, c in mentions if a < end and start < b}
        for start, end in (tokens(doc, *sentence.first), tokens(doc, *sentence.second))
    )
    return first - second, second - first


def label_found(sentence: directed_sentiment.Sentence, doc: Doc, X: np.ndarray, model) -> int:
    """The row of LABELS by the meetings of the two that the pipeline finds; neither, where it finds none."""
    mentions = mentions_of(doc)
    first, second = chains_at(doc, mentions, sentence)
    bounds = [(sent.start, sent.end) for sent in doc.sents]
    for one, other, meeting in meetings(bounds, mentions, said_in(doc)):
        for turned, mine, its in ((False, first, second), (True, second, first)):
            if one in mine and other in its and meeting.first and meeting.second:
                label = label_of(stances(model, X, [meeting])[0], turned, FAVOUR)
                if label:
                    return label
    return 0


def score_sentences(path: Path, nlp, model) -> dict:
    gold, given, found = [], [], []
    for sentence in directed_sentiment.read(path):
        doc = nlp(sentence.text)
        X = vectors(doc, nlp)
        meeting, turned = given_ends(sentence, doc)
        gold.append(sentence.label)
        given.append(label_of(stances(model, X, [meeting])[0], turned, FAVOUR))
        found.append(label_found(sentence, doc, X, model))
    return {
        "sentences": len(gold),
        "ends given": label_scores(given, gold),
        "ends found by the pipeline": label_scores(found, gold),
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "stance.json")
    options = parser.parse_args()
    nlp, model = load_pipeline(), stance_model()
    result = {
        "SEESAW, valid": score_seesaw(options.corpora / "SEESAW", nlp, model),
        "directed-sentiment, valid": score_sentences(
            options.corpora / "directed-sentiment" / "valid.txt", nlp, model
        ),
    }
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
