"""GUM (Zeldes 2017): running text and gold coreference from its CoNLL-U files."""

import re
from pathlib import Path
from typing import NamedTuple

GENRES = ("bio", "interview", "news", "speech")
BRACKET = re.compile(r"\((\d+)-([a-z]+)[^()]*(\)?)|(\d+)\)")


class Mention(NamedTuple):
    """One mention of an entity; `form` is name, pronoun or nominal by its head word."""

    start: int
    end: int
    entity: str
    type: str
    form: str
    name: tuple[int, int]  # of a name the proper nouns alone


class Document(NamedTuple):
    name: str
    text: str
    mentions: list[Mention]


def read_split(folder: Path, split: str) -> list[Document]:
    """The documents of a file list (train, dev or test) that belong to GENRES."""
    names = (folder / "file-lists" / f"files.{split}").read_text("utf-8").split()
    paths = [folder / "sources" / f"{name}.conllu" for name in names if name.split("_")[1] in GENRES]
    return [read_document(path) for path in paths if path.exists()]


def read_document(path: Path) -> Document:
    text, words, opened, mentions = "", [], {}, []
    paragraph, glued_until = False, (0, False)
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newpar"):
            paragraph = True
        if not line:
            glued_until = (0, False)
        columns = line.split("\t")
        if line.startswith("#") or len(columns) < 10 or "." in columns[0]:
            continue
        glued = "SpaceAfter=No" in columns[9]
        if "-" in columns[0]:
            glued_until = (int(columns[0].split("-")[1]), glued)
            continue
        number = int(columns[0])
        if number <= glued_until[0]:
            glued = glued_until[1] if number == glued_until[0] else True
        if paragraph and text:
            text = text.rstrip() + "\n\n"
        paragraph = False
        start = len(text)
        text += columns[1]
        words.append((start, len(text), number, int(columns[6]), columns[3], columns[1]))
        entity = next((part[7:] for part in columns[9].split("|") if part.startswith("Entity=")), "")
        for match in BRACKET.finditer(entity):
            if match[1]:
                opened.setdefault(match[1], []).append((len(words) - 1, match[2]))
            if match[3] or match[4]:
                first, kind = opened[match[1] or match[4]].pop()
                mentions.append(_mention(words[first:], match[1] or match[4], kind))
        text += "" if glued else " "
    return Document(path.stem, text.rstrip(), sorted(mentions))


def _mention(words: list[tuple], entity: str, kind: str) -> Mention:
    """The head is the word whose own head lies outside the span."""
    numbers = {word[2] for word in words}
    pos = next((word[4] for word in words if word[3] not in numbers), words[0][4])
    form = {"PROPN": "name", "PRON": "pronoun", "DET": "pronoun"}.get(pos, "nominal")
    return Mention(
        words[0][0], words[-1][1], entity, kind, form, _proper(words) if form == "name" else (0, 0)
    )


def _proper(words: list[tuple]) -> tuple[int, int]:
    """The run of proper nouns around the head, with hyphens and full stops between them."""
    numbers = {word[2] for word in words}
    head = next((i for i, word in enumerate(words) if word[3] not in numbers), 0)
    first = last = head
    while first > 0 and (words[first - 1][4] == "PROPN" or words[first - 1][5] in "-."):
        first -= 1
    while last + 1 < len(words) and (words[last + 1][4] == "PROPN" or words[last + 1][5] in "-."):
        last += 1
    while words[first][4] != "PROPN":
        first += 1
    while words[last][4] != "PROPN":
        last -= 1
    return words[first][0], words[last][1]
