"""Who is meant: pronouns and names of persons against GUM's coreference, speakers against the sample's gold, and the
persons of SEESAW's articles, whose lists call a person by one name in all of them.

Usage: python benchmarks/resolution.py GUM [POLNEAR_DEV [SEESAW]]
GUM is the folder of UD_English-GUM, POLNEAR_DEV PolNeAR's data/dev. Prints what it measures and writes
benchmarks/results/resolution.json.
"""

import itertools
import json
import random
import re
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

import gum
import pandas as pd
import polnear
import seesaw
from spacy.tokens import Doc, Span

from en_newsvoices.lexicon import column, rows
from en_newsvoices.people.coreference import THIRD
from en_newsvoices.quotes.speakers import Profiles
from newsvoices import alias_candidates, analyse, frame, read_articles, read_gold
from newsvoices.actors.resolve import actor_column, actors_table, resolve_actors
from newsvoices.engine.pipeline import load_pipeline
from newsvoices.evaluate import match_quotes

ROOT = Path(__file__).parents[1]
IPA = re.compile(r"[\u0250-\u02ff()]")
RESULTS = Path(__file__).parent / "results" / "resolution.json"


def names_of(document: gum.Document) -> list[gum.Mention]:
    """Mentions of persons by name, cut to the proper nouns; none that is only a title, or tells the pronunciation."""
    names = []
    for m in document.mentions:
        text = document.text[slice(*m.name)]
        words = re.findall(r"[^\W\d]+", text)
        if m.type == "person" and m.form == "name" and not IPA.search(text) and not all(map(is_title, words)):
            names.append(m._replace(start=m.name[0], end=m.name[1]))
    return sorted({(m.start, m.end): m for m in names}.values())


def is_title(word: str) -> bool:
    return word.lower() in column("titles", "title", "gender") or word.lower() in column(
        "persons", "lemma", "gender"
    )


def annotated(nlp, document: gum.Document, *, given: bool) -> Doc:
    """The document with chains; with `given` the persons' names are the gold ones (trimmed as the pipeline does)."""
    if not given:
        return nlp(document.text)
    with nlp.select_pipes(
        disable=[
            "newsvoices_entity_names",
            "newsvoices_coreference",
            "newsvoices_speakers",
            "newsvoices_relations",
            "newsvoices_stances",
        ]
    ):
        doc = nlp(document.text)
    gold = [doc.char_span(m.start, m.end, "PERSON", alignment_mode="expand") for m in names_of(document)]
    covered = {i for span in gold for i in range(span.start, span.end)}
    others = [e for e in doc.ents if e.label_ != "PERSON" and not covered & set(range(e.start, e.end))]
    doc.ents = spacy_filter([*gold, *others])
    for name in ("entity_names", "coreference"):
        doc = nlp.get_pipe(f"newsvoices_{name}")(doc)
    return doc


def spacy_filter(spans: list[Span]) -> list[Span]:
    from spacy.util import filter_spans

    return filter_spans(spans)


def pronouns(doc: Doc, document: gum.Document) -> tuple[int, int, int]:
    """(right, answered, asked) over he, she, him, her, … that gold links to a person.

    Right: the answer's chain has a name or description whose span overlaps a gold mention (no pronoun) of the
    same entity with the same head words, and of no other person.
    """
    gold = {(m.start, m.end): m.entity for m in document.mentions if m.type == "person"}
    answers = {(s.start_char, s.end_char): s.id_ for s in doc.spans["mentions"] if s.kb_id_ == "pronoun"}
    chain_entity = chains_to_entities(doc, document)
    right = answered = asked = 0
    for (start, end), entity in sorted(gold.items()):
        if document.text[start:end].lower() not in THIRD:
            continue
        asked += 1
        if (start, end) in answers:
            answered += 1
            right += chain_entity.get(answers[start, end]) == entity
    return right, answered, asked


def chains_to_entities(doc: Doc, document: gum.Document) -> dict[str, str]:
    """For each chain the gold entity that most of its names (else descriptions) mention."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    persons = [m for m in document.mentions if m.type == "person" and m.form != "pronoun"]
    for span in doc.spans["mentions"]:
        if span.kb_id_ == "pronoun":
            continue
        head = span.root
        around = [m for m in persons if m.start <= head.idx and head.idx + len(head) <= m.end]
        if around:
            nearest = min(around, key=lambda m: (m.end - m.start, m.start))
            votes[span.id_][nearest.entity] += 1.0 if span.kb_id_ == "name" else 0.01
    return {chain: max(v, key=lambda entity: (v[entity], entity)) for chain, v in votes.items()}


def b_cubed(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """B³ precision, recall and F1 of (predicted chain, gold entity) per mention (Bagga & Baldwin 1998), in per cent."""
    if not pairs:
        return 0.0, 0.0, 0.0
    p = r = 0.0
    for chain, entity in pairs:
        both = sum(other == (chain, entity) for other in pairs)
        p += both / sum(c == chain for c, _ in pairs)
        r += both / sum(e == entity for _, e in pairs)
    p, r = 100 * p / len(pairs), 100 * r / len(pairs)
    return p, r, 2 * p * r / (p + r)


def name_pairs(doc: Doc, document: gum.Document) -> list[tuple[str, str]]:
    """(chain, entity) of each gold name; a name that was not found is a chain of its own."""
    out = []
    for m in names_of(document):
        over = [
            s for s in doc.spans["mentions"]
            if s.kb_id_ == "name" and s.start_char < m.end and m.start < s.end_char
        ]  # fmt: skip
        best = max(
            over, key=lambda s: (min(s.end_char, m.end) - max(s.start_char, m.start), -s.start), default=None
        )
        out.append(
            (
                f"{document.name} {best.id_ if best is not None else f'missed {m.start}'}",
                f"{document.name} {m.entity}",
            )
        )
    return out


def on_gum(nlp, folder: Path, splits: tuple[str, ...]) -> dict:
    counts, pairs = {True: [0, 0, 0], False: [0, 0, 0]}, {True: [], False: []}
    for split in splits:
        for document in gum.read_split(folder, split):
            for given in (True, False):
                doc = annotated(nlp, document, given=given)
                counts[given] = [a + b for a, b in zip(counts[given], pronouns(doc, document), strict=True)]
                pairs[given] += name_pairs(doc, document)
    return {
        ("names_given" if given else "end_to_end"): {
            "pronouns_right_of_answered": 100 * counts[given][0] / max(counts[given][1], 1),
            "pronouns_answered": 100 * counts[given][1] / max(counts[given][2], 1),
            "pronouns": counts[given][2],
            "names_b_cubed": dict(zip(("precision", "recall", "f1"), b_cubed(pairs[given]), strict=True)),
            "names": len(pairs[given]),
        }
        for given in (True, False)
    }


def on_sample(nlp, articles: Path) -> dict:
    """Speakers of the sample's gold quotes → actors, with the gold speaker's span given, and end to end."""
    corpus, gold = read_articles(articles), read_gold(articles, "quotes")
    tables = analyse(corpus, nlp=nlp)
    gold_actor = gold_actors(tables.mentions, read_gold(articles))
    actor = resolve_actors(tables.mentions)
    right = {"all": [], "named": [], "end_to_end": []}
    for article_id, own in gold.groupby("article_id"):
        doc = nlp(corpus.set_index("article_id").loc[article_id, "text"])
        profiles = Profiles(doc)
        for row in own[own["speaker"] != ""].itertuples():
            speaker = doc.char_span(row.speaker_start, row.speaker_end, alignment_mode="expand")
            chain = profiles.of((speaker.start_char, speaker.end_char))["chain"]
            found = gold_actor.get(actor.get((article_id, chain), ""), "")
            right["all"].append((found == row.actor, bool(found)))
            if row.actor and row.speaker.lower() not in THIRD and speaker.root.pos_ == "PROPN":
                right["named"].append((found == row.actor, bool(found)))
    pairs = match_quotes(tables.quotes, gold)
    for ours, theirs in pairs.itertuples(index=False):
        found = gold_actor.get(tables.quotes.loc[ours, "actor"], "")
        right["end_to_end"].append((found == gold.loc[theirs, "actor"], bool(found)))
    share = {name: 100 * sum(r for r, _ in pairs) / max(len(pairs), 1) for name, pairs in right.items()}
    wanted = [a for a, row in zip(right["all"], gold.loc[gold["speaker"] != "", "actor"], strict=True) if row]
    return {
        "speaker_to_actor": share["all"], "where_a_name": share["named"], "abstains": 100 * sum(not f for _, f in wanted) / len(wanted),
        "of_quotes_found": share["end_to_end"], "quotes": len(right["all"]), "names": len(right["named"]),
    }  # fmt: skip


def gold_actors(found: pd.DataFrame, gold: pd.DataFrame) -> dict[str, str]:
    """For each of our actors the gold actor of most of its name mentions."""
    names = found[(found["kind"] == "name") & (found["actor"] != "")]
    both = names.merge(gold, on=["article_id", "start"], suffixes=("", "_gold"))
    votes = both.groupby(["actor", "actor_gold"]).size().rename("n").reset_index()
    votes = votes.sort_values(["n", "actor_gold"], ascending=[False, True]).drop_duplicates("actor")
    return dict(zip(votes["actor"], votes["actor_gold"], strict=True))


def on_polnear(nlp, folder: Path) -> dict:
    """Of gold attributions whose source is a pronoun, how many end at a named actor."""
    ended = asked = 0
    for article in polnear.read_split(folder):
        spans = [a.source for a in article.attributions if len(a.source) == 1]
        spans = [s for (s,) in spans if article.text[slice(*s)].lower() in THIRD]
        if spans:
            doc = nlp(article.text)
            profiles = Profiles(doc)
            voices = [doc.char_span(*span, alignment_mode="expand") for span in spans]
            ended += sum(bool(profiles.of((v.start_char, v.end_char))["chain"]) for v in voices)
            asked += len(voices)
    return {"pronoun_sources": asked, "end_at_a_name": 100 * ended / max(asked, 1)}


def cost(nlp, texts: list[str]) -> dict:
    """Processor time of coreference and speakers over that of attribution and quotes, on the same texts."""
    later = [
        f"newsvoices_{name}"
        for name in ("attribution", "quotes", "coreference", "speakers", "relations", "stances")
    ]
    with nlp.select_pipes(disable=later):
        docs = list(nlp.pipe(texts))
    times = [time.process_time()]
    for some in (later[:2], later[2:4]):
        for name in some:
            docs = [nlp.get_pipe(name)(doc) for doc in docs]
        times.append(time.process_time())
    found, resolution = (b - a for a, b in itertools.pairwise(times))
    return {
        "coreference and speakers / (attribution and quotes)": round(resolution / found, 2),
        "texts": len(texts),
    }


def across_articles(nlp, folder: Path, split: str) -> dict:
    """B³ of the actors of listed persons over all articles: one pair (actor, name in the list) for each of an article."""
    articles = list(seesaw.read(folder, split))
    rows = [{"article_id": f"{n:04}", "text": article.text} for n, article in enumerate(articles)]
    names = analyse(pd.DataFrame(rows), nlp=nlp, cache=None).mentions.query(
        "kind == 'name' and label == 'PERSON'"
    )
    pairs = set()
    for article_id, own in names.groupby("article_id"):
        forms = {chain: set(some["text"]) for chain, some in own.groupby("chain")}
        actor = dict(zip(own["chain"], own["actor"], strict=True))
        for chain, listed in seesaw.linked(articles[int(article_id)].actors, forms).items():
            pairs.add((article_id, actor[chain] or article_id, listed))
    scores = b_cubed([(actor, listed) for _, actor, listed in pairs])
    return {"articles": len(articles), "persons": len(pairs)} | dict(
        zip(("precision", "recall", "f1"), (round(score, 1) for score in scores), strict=True)
    )


def merging(n: int) -> dict:
    """Generated names of n persons, each in two articles, the second time with the surname alone: time and memory."""
    rng = random.Random(0)
    first = [row["name"] for row in rows("first_names")]
    parts = "bar den fel gor hal kem lor mas nev ost pil ran sel tor ved wex".split()
    people = set()
    while len(people) < n:
        people.add(f"{rng.choice(first)} {''.join(rng.choices(parts, k=3)).title()}")
    mentions = [
        {"article_id": f"{side}{i // 5}", "start": 0, "end": 1, "text": name, "label": "PERSON", "kind": "name", "chain": name}
        for i, full in enumerate(sorted(people))
        for side, name in (("a", full), ("b", full.split()[1]))
    ]  # fmt: skip
    table = frame("mentions", mentions)
    begun = time.perf_counter()
    actor = resolve_actors(table)
    merged = time.perf_counter()
    found = actors_table(table.assign(actor=actor_column(table, actor, chain="chain")), frame("quotes"))
    queue = alias_candidates(found)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "persons": n, "actors": len(found), "queue": len(queue), "seconds to merge": round(merged - begun, 1),
        "seconds for table and queue": round(done - merged, 1), "peak MB": round(peak),
    }  # fmt: skip


def main(folder: Path, polnear_dev: Path | None = None, stances: Path | None = None) -> None:
    results = {"merging": merging(10_000)}  # first: its memory is to be its own
    nlp = load_pipeline()
    results |= {"gum": on_gum(nlp, folder, ("dev", "test"))}
    results["sample"] = on_sample(nlp, ROOT / "data" / "sample" / "articles")
    if polnear_dev:
        results["polnear_dev"] = on_polnear(nlp, polnear_dev)
        results["cost"] = cost(nlp, [article.text for article in polnear.read_split(polnear_dev)][:30])
    if stances:
        results["across articles"] = {
            split: across_articles(nlp, stances, split) for split in ("train", "valid")
        }
    print(json.dumps(results, indent=1))
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
