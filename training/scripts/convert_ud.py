"""Universal Dependencies treebanks (CoNLL-U, one file a document) to spaCy's binary format.

Usage: python convert_ud.py CORPORA OUT
Reads CORPORA/UD_English-EWT and CORPORA/UD_English-GUM; writes OUT/syntax-{train,test,test-news}.spacy and
OUT/syntax-dev-news.spacy. Only GUM's news and interviews in the dev lists choose between models; the rest
of the dev lists is trained on. GUM, which is nearer to news, counts twice.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

KEPT_SUBTYPES = {
    "nsubj:pass", "aux:pass", "nmod:poss", "acl:relcl", "compound:prt", "obl:agent",
}  # fmt: skip
NEWS_GENRES = ("news", "interview")
SEED = 2026


def read_conllu(path: Path) -> Iterator[tuple[bool, list[list[str]]]]:
    """Yield (starts a paragraph, word rows) per sentence; SpaceAfter of a contraction goes to its last word."""
    paragraph, rows, contraction = False, [], None
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.startswith(("# newpar", "# newdoc")):
            paragraph = True
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            if "-" in columns[0]:
                first, last = columns[0].split("-")
                contraction = (int(first), int(last), "SpaceAfter=No" in columns[9])
            elif "." not in columns[0]:
                glued = "SpaceAfter=No" in columns[9]
                if contraction and int(columns[0]) <= contraction[1]:
                    glued = contraction[2] if int(columns[0]) == contraction[1] else True
                rows.append([*columns[:9], "SpaceAfter=No" if glued else "_"])
        elif not line and rows:
            yield paragraph, rows
            paragraph, rows, contraction = False, [], None


def dependency(label: str) -> str:
    return label if label in KEPT_SUBTYPES else label.split(":")[0]


def to_doc(vocab, sentences: list[tuple[bool, list[list[str]]]], breaks: bool) -> Doc:
    """One Doc of some sentences; between paragraphs a token of two line ends, if `breaks`."""
    words, spaces, tags, pos, morphs, lemmas, heads, deps, starts = ([] for _ in range(9))
    for number, (paragraph, rows) in enumerate(sentences):
        if number and breaks and paragraph:
            spaces[-1] = False
            for column, value in zip(
                (words, spaces, tags, pos, morphs, lemmas, heads, deps, starts),
                ("\n\n", False, "_SP", "SPACE", "", "\n\n", len(words) - 1, "dep", False),
                strict=False,
            ):
                column.append(value)
        offset = len(words)
        for row in rows:
            head = int(row[6])
            words.append(row[1])
            spaces.append("SpaceAfter=No" not in row[9])
            tags.append(row[4])
            pos.append(row[3])
            morphs.append("" if row[5] == "_" else row[5])
            lemmas.append(row[2] if row[2] != "_" else row[1])
            heads.append(offset + head - 1 if head else offset + int(row[0]) - 1)
            deps.append("ROOT" if not head else dependency(row[7]))
            starts.append(row[0] == "1")
        spaces[-1] = True
    return Doc(
        vocab, words=words, spaces=spaces, tags=tags, pos=pos, morphs=morphs,
        lemmas=lemmas, heads=heads, deps=deps, sent_starts=starts,
    )  # fmt: skip


def chunks(sentences: list, rng: random.Random | None) -> Iterator[list]:
    """Cut a document into runs of one to eight sentences, or into its paragraphs without `rng`."""
    run, length = [], rng.randint(1, 8) if rng else 0
    for sentence in sentences:
        if run and (len(run) >= length if rng else sentence[0]):
            yield run
            run, length = [], rng.randint(1, 8) if rng else 0
        run.append(sentence)
    if run:
        yield run


def documents(corpora: Path, split: str) -> Iterator[tuple[Path, bool]]:
    """Yield (file, whether GUM's news or an interview) of a file list; count the files that are not here."""
    for treebank in ("UD_English-EWT", "UD_English-GUM"):
        folder = corpora / treebank
        names = (folder / "file-lists" / f"files.{split}").read_text("utf-8").split()
        paths = [folder / "sources" / (name.removesuffix(".conllu") + ".conllu") for name in names]
        here = [path for path in paths if path.exists()]
        print(f"{treebank} {split}: {len(names)} documents listed, {len(paths) - len(here)} not here")
        for path in here:
            yield path, path.name.startswith(tuple(f"GUM_{genre}_" for genre in NEWS_GENRES))


def main(corpora: Path, out: Path) -> None:
    vocab = spacy.blank("en").vocab
    rng = random.Random(SEED)
    bins = {name: DocBin(store_user_data=True) for name in ("train", "dev-news", "test", "test-news")}
    for split in ("train", "dev", "test"):
        for path, news in documents(corpora, split):
            sentences = list(read_conllu(path))
            if split == "train" or (split == "dev" and not news):
                for _ in range(1 + path.name.startswith("GUM_")):
                    for run in chunks(sentences, rng):
                        bins["train"].add(to_doc(vocab, run, breaks=True))
                continue
            for run in chunks(sentences, None):
                doc = to_doc(vocab, run, breaks=False)
                if split == "test":
                    bins["test"].add(doc)
                if news:
                    bins[f"{split}-news"].add(doc)
    for name, docs in bins.items():
        docs.to_disk(out / f"syntax-{name}.spacy")
        print(f"syntax-{name}: {len(docs)} docs")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
