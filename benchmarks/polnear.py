"""PolNeAR (Newell, Margolin & Ruths 2018): reading its standoff files, and scoring attributions against it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

Spans = tuple[tuple[int, int], ...]
LINE = re.compile(r"([TE]\d+)\t(.+)")
ROLES = ("source", "cue", "content")


class Attribution(NamedTuple):
    """One attribution: the pieces of each part, as character offsets; a part may be empty."""

    source: Spans
    cue: Spans
    content: Spans


class Article(NamedTuple):
    name: str
    text: str
    attributions: list[Attribution]


def read_split(folder: Path) -> Iterator[Article]:
    """Yield the articles of `folder` (with `text` and `attributions`), one annotator's copy of each (the first by name)."""
    for path in sorted((folder / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        copies = sorted((folder / "attributions").glob(f"{glob_escape(path.stem)}_*.ann"))
        yield Article(path.stem, text, list(_attributions(copies[0])) if copies else [])


def glob_escape(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)


def _attributions(path: Path) -> Iterator[Attribution]:
    spans, events = {}, []
    for line in path.read_text("utf-8").splitlines():
        if match := LINE.match(line):
            name, value = match[1], match[2].split("\t")[0]
            if name[0] == "T":
                pieces = value.split(" ", 1)[1].split(";")
                spans[name] = [tuple(map(int, piece.split())) for piece in pieces]
            else:
                events.append(value.split())
    for event in events:
        parts = {role: [] for role in ROLES}
        for argument in event:
            role, name = argument.split(":")
            role = role.rstrip("0123456789").lower()
            if role in parts:
                parts[role] += spans.get(name, [])
        if parts["content"] or parts["cue"]:
            yield Attribution(*(merged(parts[role]) for role in ROLES))


def merged(pieces: list[tuple[int, int]]) -> Spans:
    """Pieces in order, touching or overlapping ones joined."""
    out = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def joined(text: str, spans: Spans) -> Spans:
    """Pieces with nothing but white space between them are one."""
    out: list[tuple[int, int]] = []
    for start, end in merged(spans):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def letters(text: str, spans: Spans) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def f1(right: int, predicted: int, gold: int) -> dict[str, float]:
    p, r = right / max(predicted, 1), right / max(gold, 1)
    return {"precision": 100 * p, "recall": 100 * r, "f1": 100 * 2 * p * r / max(p + r, 1e-9)}


def counted(counts: list[int], predicted: set, gold: set) -> None:
    """Adds to the numbers of right, predicted and gold ones."""
    for i, some in enumerate((predicted & gold, predicted, gold)):
        counts[i] += len(some)


def matched(text: str, predicted: list[Attribution], gold: list[Attribution]) -> list[tuple[int, int]]:
    """One-to-one pairs (predicted, gold) whose contents' letters and digits have IoU ≥ 0.5, best first."""
    P, G = [letters(text, a.content) for a in predicted], [letters(text, a.content) for a in gold]
    pairs = []
    for i, p in enumerate(P):
        for j, g in enumerate(G):
            common = len(p & g) if p and g else 0
            if common and common / len(p | g) >= 0.5:
                pairs.append((-common / len(p | g), i, j))
    used_p, used_g, out = set(), set(), []
    for _, i, j in sorted(pairs):
        if i not in used_p and j not in used_g:
            used_p.add(i)
            used_g.add(j)
            out.append((i, j))
    return out


def has_marks(text: str, spans: Spans) -> bool:
    return any(re.search(r"[“”\"«»]|``|''", text[max(0, s - 2) : e + 2]) for s, e in spans)


def score(articles: list[tuple[str, list[Attribution], list[Attribution]]]) -> dict:
    """Scores over (text, predicted, gold) triples.

    Exact F1 of the source, cue and content spans, all pieces the same; of their pieces, each for itself, as published
    systems count that label token by token; attribution: contents matched
    one to one with IoU ≥ 0.5 of their letters and digits; who said what: as before, and the predicted
    source shares a letter with the gold source (so never where gold has none); recall of attributions with and
    without quotation marks in or around their content.
    """
    exact, by_piece = ({role: [0, 0, 0] for role in ROLES} for _ in range(2))
    content, who = [0, 0, 0], [0, 0, 0]
    marks = {True: [0, 0], False: [0, 0]}
    for text, predicted, gold in articles:
        for k, role in enumerate(ROLES):
            p, g = ({joined(text, a[k]) for a in side if a[k]} for side in (predicted, gold))
            counted(exact[role], p, g)
            counted(by_piece[role], *({piece for spans in side for piece in spans} for side in (p, g)))
        predicted, gold = [a for a in predicted if a.content], [a for a in gold if a.content]
        pairs = matched(text, predicted, gold)
        same = sum(bool(letters(text, predicted[i].source) & letters(text, gold[j].source)) for i, j in pairs)
        content = [x + y for x, y in zip(content, (len(pairs), len(predicted), len(gold)), strict=True)]
        who = [x + y for x, y in zip(who, (same, len(predicted), len(gold)), strict=True)]
        found = {j for _, j in pairs}
        for j, a in enumerate(gold):
            marks[has_marks(text, a.content)][0] += j in found
            marks[has_marks(text, a.content)][1] += 1
    return {
        "exact": {role: f1(*counts) for role, counts in exact.items()},
        "exact by piece": {role: f1(*counts) for role, counts in by_piece.items()},
        "attribution": f1(*content),
        "who_said_what": f1(*who),
        "recall_with_marks": 100 * marks[True][0] / max(marks[True][1], 1),
        "recall_without_marks": 100 * marks[False][0] / max(marks[False][1], 1),
    }
