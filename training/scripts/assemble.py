"""Join the trained parts into one pipeline.

Usage: python assemble.py SYNTAX ENTITIES ENCODER OUT
All three are pipelines; attribution is ENCODER's. Weights are packed, and of the strings only those in use are kept.
"""

import json
import shutil
import sys
from pathlib import Path

import spacy
import srsly
from spacy.util import compile_infix_regex

import en_newsvoices  # noqa: F401

DASHES = (
    r"(?<=\w)[.,!?…](?=[”\"][—–])", r"[”\"](?=[—–])", r"(?<=[”\"])[—–]+(?=\w)",
    r"(?<=[a-z]{2})[.!?…](?=[—–])", r"(?<=\w[.!?…])[—–]+(?=[\w“\"])", r"(?<=[—–])[“\"](?=\w)",
    r"(?<=[A-Z]\.)-(?=[A-Za-z])",
)  # fmt: skip
"""Where a word, a closing mark and a dash without blanks are cut: late.”—Maren, the U.K.—and, U.S.-backed."""


def strings(nlp) -> set[str]:
    """The strings that the pipeline cannot do without: labels, and what the lemmatizer's trees write."""
    labels = {
        label for _, pipe in nlp.pipeline for label in getattr(pipe, "labels", ()) if isinstance(label, str)
    }
    trees = srsly.msgpack_loads(nlp.get_pipe("trainable_lemmatizer").trees.to_bytes())["trees"]
    hashes = {tree[side] for tree in trees for side in ("orig", "subst") if side in tree}
    return labels | {nlp.vocab.strings[key] for key in hashes}


def main(syntax: Path, entities: Path, encoder: Path, out: Path) -> None:
    nlp = spacy.load(syntax)
    nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *DASHES]).finditer
    nlp.add_pipe("ner", source=spacy.load(entities, vocab=nlp.vocab))
    nlp.add_pipe("newsvoices_entity_names")
    nlp.add_pipe("newsvoices_attribution", source=spacy.load(encoder, vocab=nlp.vocab))
    for name in ("quotes", "coreference", "speakers", "relations", "stances"):
        nlp.add_pipe(f"newsvoices_{name}")
    for model in (nlp.get_pipe("trainable_lemmatizer").model, nlp.get_pipe("ner").model.get_ref("tok2vec")):
        for layer in model.walk():
            layer.attrs["bytes"] = True
    nlp.add_pipe("newsvoices_weights").pack()
    nlp.config["nlp"]["batch_size"] = 2  # articles; more do not fit the processor's cache, and take longer
    nlp.meta.update(
        name="newsvoices", version="0.4.5", license="CC BY-NC-SA 4.0", author="the newsvoices authors",
        description="English news: tags, lemmas, Universal Dependencies, entities, coreference, quotes with their speakers, and relations", performance={},
    )  # fmt: skip
    nlp.meta.pop("sources", None)
    card = (out / "README.md").read_text("utf-8") if (out / "README.md").exists() else ""
    shutil.rmtree(out, ignore_errors=True)
    nlp.to_disk(out)
    (out / "vocab" / "strings.json").write_text(json.dumps(sorted(strings(nlp))) + "\n", "utf-8")
    if card:
        (out / "README.md").write_text(card, "utf-8")
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        if path.stat().st_size > 100_000:
            print(f"{path.relative_to(out)}: {path.stat().st_size / 1e6:.1f} MB")
    print(f"in all {sum(p.stat().st_size for p in out.rglob('*') if p.is_file()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
