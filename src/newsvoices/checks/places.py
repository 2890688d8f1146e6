"""Where in a text the words stand that a person wrote down."""

import re

import pandas as pd

from ..check_files.ledger import hash_of
from ..schema import Tables, spans_cell, spans_of

MARKS = '“”„«»"'
_EDGES = MARKS + "‘’'"
Problem = dict[str, str]


def located(facts: pd.DataFrame, tables: Tables) -> tuple[pd.DataFrame, list[Problem]]:
    """The facts about texts that are here, each with its article's id, text and offsets; and the others.

    An article that stands in the corpus twice has each fact twice. One of which a fact cannot be placed does
    not count as read as a whole.
    """
    here = tables.articles[["article_id", "text"]].assign(text_hash=tables.articles["text"].map(hash_of))
    lost = facts[~facts["text_hash"].isin(here["text_hash"]) & (facts["about"] != "drawn")]
    changed = {True: "its text has changed since", False: "it is not among these articles"}
    problems = [
        problem_of(row, changed[row["article_id"] in set(here["article_id"])])
        for row in lost.to_dict("records")
    ]
    rows, half = [], set()
    for row in facts.drop(columns=["article_id", "text"], errors="ignore").merge(here).to_dict("records"):
        if row["about"] not in ("quote", "mention") or _place(row):
            rows.append(row)
        else:
            half.add((row["coder"], row["article_id"]))
            problems.append(
                problem_of(row, f"its text does not say, or more than once: {row['words'][:60]!r}")
            )
    whole = [
        row for row in rows if row["about"] != "article" or (row["coder"], row["article_id"]) not in half
    ]
    return pd.DataFrame(whole, columns=list(dict.fromkeys([*facts.columns, "text"]))), problems


def problem_of(row: dict, problem: str) -> Problem:
    """An entry of the list of what is not applied."""
    return {"article_id": row["article_id"], "line": row["line"], "problem": problem}


def _place(row: dict) -> bool:
    """Fills in the offsets that the words tell; False where they do not."""
    at = spans_of(row["spans"])
    if not at and row["words"]:
        was = spans_of(row["was"])
        found = find_words(row["text"], row["words"], near=was[0][0] if was else None)
        at = [with_final_mark(row["text"], *found)] if found else []
    if not at or at[-1][1] > len(row["text"]):
        return False
    row["spans"] = spans_cell(at)
    if row["speaker"] and not row["speaker_spans"]:
        found = find_words(row["text"], row["speaker"], near=at[0][0])
        row["speaker_spans"] = spans_cell([found] if found else [])
        return found is not None
    return True


def find_words(text: str, words: str, *, near: int | None = None) -> tuple[int, int] | None:
    """Where words stand in a text, whatever the blanks and marks between them.

    Nearest to the offset `near` where they stand more than once; without it they must stand once.

    >>> find_words("It's late. She said: “It’s  late.”", "it's late", near=30)
    (22, 32)
    """
    pattern = r"(?<!\w)" + r"\W+".join(map(re.escape, re.findall(r"\w+", words))) + r"(?!\w)"
    found = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)] if words.strip() else []
    if near is None:
        return found[0] if len(found) == 1 else None
    return min(found, key=lambda span: abs(span[0] - near), default=None)


def with_final_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """With the full stop or comma that stands before a closing mark, as in direct quotes."""
    if re.match(rf"[.,;:!?…]+[{_EDGES}]", text[end:]):
        end += len(re.match(r"[.,;:!?…]+", text[end:])[0])
    return start, end


def kind_of(text: str, spans: list[tuple[int, int]]) -> str:
    """Direct where the whole content stands in quotation marks, mixed where a part does, else indirect."""
    edges = [text[max(start - 1, 0) : start] + text[end : end + 1] for start, end in spans]
    if all(len(edge) == 2 and edge[0] in _EDGES and edge[1] in _EDGES for edge in edges):
        return "direct"
    first, last = spans[0][0], spans[-1][1]
    return "mixed" if any(mark in text[max(first - 1, 0) : last + 1] for mark in MARKS) else "indirect"
