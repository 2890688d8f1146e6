"""Annotations that are there already, as checks: a coder's, another tool's, gold answers."""

from collections.abc import Mapping

import pandas as pd

from .ledger import hash_of, quote_columns


def checks_from(
    quotes: pd.DataFrame, *, articles: pd.DataFrame, coder: str, sample: pd.DataFrame | None = None
) -> list[dict[str, object]]:
    """Lines for add_checks, by which `coder` has read the articles as a whole and found exactly these quotes.

    Args:
        quotes: columns of quotes: article_id, spans; where there are any, text, kind, cue, speaker,
            speaker_start, speaker_end, speaker_type, actor.
        articles: those that were read, with article_id and text.
        coder: who has found them.
        sample: from draw_sample, if the articles were drawn; only its articles are taken.
    """
    texts = articles.set_index("article_id")["text"]
    read = texts.index if sample is None else texts.index[texts.index.isin(sample["article_id"])]
    known = {i: {"coder": coder, "article_id": i, "text_hash": hash_of(texts[i])} for i in read}
    drawn = [] if sample is None else sample[sample["article_id"].isin(read)].to_dict("records")
    lines = [known[row["article_id"]] | sampling_columns(row) for row in drawn]
    lines += [known[i] | {"about": "article", "answer": "checked"} for i in read]
    for quote in quotes[quotes["article_id"].isin(read)].to_dict("records"):
        lines.append(
            known[quote["article_id"]] | {"about": "quote", "answer": "quote"} | quote_columns(quote)
        )
    return lines


def sampling_columns(row: Mapping[str, object]) -> dict[str, object]:
    """How an article was drawn, a row of draw_sample's, in the ledger's columns."""
    design = {name: row[name] for name in ("stratum", "probability", "of")}
    return {"about": "drawn", "answer": "two coders" if row["coders"] == 2 else "one coder"} | design
