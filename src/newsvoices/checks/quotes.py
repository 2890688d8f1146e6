"""Quotes as people found them: corrected, taken out, added, or in dispute."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from ..evaluate import match_quotes
from ..schema import Tables, frame, spans_of
from .places import Problem, find_words, kind_of, problem_of

_TYPES = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
_SAME = ["spans", "kind", "speaker_start", "speaker_end", "speaker_type", "actor"]


class Change(NamedTuple):
    """A quote before and after; None where there was or is none."""

    article_id: str
    old: dict | None
    now: dict | None


def with_quotes(
    tables: Tables, facts: pd.DataFrame, problems: list[Problem]
) -> tuple[pd.DataFrame, list[Change]]:
    """The quotes with the column `checked`, and what has changed."""
    touched = facts[facts["about"].isin(["quote", "article"])]
    if touched.empty:
        return tables.quotes.assign(checked=pd.Series("", tables.quotes.index, dtype="str")), []
    order = {article_id: number for number, article_id in enumerate(tables.articles["article_id"])}
    by_hand = set(touched["article_id"])
    rows = tables.quotes[~tables.quotes["article_id"].isin(by_hand)].assign(checked="").to_dict("records")
    changes: list[Change] = []
    for article_id, said in touched.groupby("article_id"):
        own = tables.quotes[tables.quotes["article_id"] == article_id]
        mentions = tables.mentions[tables.mentions["article_id"] == article_id]
        for old, now, checked in _article(own, mentions, said, problems):
            if now is not None:
                rows.append(now | {"article_id": article_id, "checked": checked})
            if checked in ("corrected", "added"):
                changes.append(Change(article_id, old, now))
    rows.sort(key=lambda row: (order[row["article_id"]], row["start"], -row["end"]))
    quotes = frame(
        "quotes", [{name: row[name] for name in tables.quotes if name in row} for row in map(_plain, rows)]
    )
    return quotes.assign(checked=pd.Series([row["checked"] for row in rows], dtype="str")), changes


def _plain(row: dict) -> dict:
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def _article(
    own: pd.DataFrame, mentions: pd.DataFrame, said: pd.DataFrame, problems: list[Problem]
) -> Iterator[tuple[dict | None, dict | None, str]]:
    """Each quote of an article: as the pipeline has it, as it stands now, and what was said of it."""
    groups = of_one_quote(said[said["about"] == "quote"])
    done = set(said.loc[said["about"] == "article", "coder"])
    places = pd.DataFrame(
        {
            "article_id": own["article_id"].iloc[0] if len(own) else "",
            "spans": [_place(group[0]) for group in groups],
        }
    )
    pairs = match_quotes(own, places)
    matched = dict(zip(pairs["gold"], pairs["found"], strict=True))
    for row in own.index.difference(pairs["found"]):
        old = own.loc[row].to_dict()
        yield (old, None, "corrected") if done else (old, old, "")  # whoever read all of it has none here
    for number, group in enumerate(groups):
        old = own.loc[matched[number]].to_dict() if number in matched else None
        versions = [None if fact["answer"] == "no quote" else _row(fact, old, mentions) for fact in group]
        versions += [None] * len(
            done - {fact["coder"] for fact in group}
        )  # whoever read all of it and has none here
        now = versions[0]
        if len({None if v is None else (v["speaker_type"], v["actor"]) for v in versions}) > 1:
            answers = " or ".join(
                dict.fromkeys(
                    "no quote" if v is None else f"{v['speaker_type']} {v['actor']}".strip() for v in versions
                )
            )
            problems.append(problem_of(group[0], f"coders disagree: {group[0]['words'][:60]!r} is {answers}"))
            yield old, old, "coders disagree"
        elif old is None:
            if now is not None:
                yield (
                    None,
                    now | {"quote_id": f"{group[0]['article_id']}#added-{now['start']}-{now['end']}"},
                    "added",
                )
        else:
            same = now is not None and all(_equal(now[name], old[name]) for name in _SAME)
            yield old, old if same else now, "right" if same else "corrected"


def _equal(one: object, two: object) -> bool:
    return bool(pd.isna(one) and pd.isna(two)) if pd.isna(one) or pd.isna(two) else one == two


def _place(fact: dict) -> str:
    return fact["was"] or fact["spans"]


def of_one_quote(said: pd.DataFrame) -> list[list[dict]]:
    """What coders say of the same quote: places that share half of their characters, one of each coder."""
    groups: list[list[dict]] = []
    for fact in said.sort_values("coder", kind="stable").to_dict("records"):
        for group in groups:
            if fact["coder"] not in {other["coder"] for other in group} and _alike(
                _place(fact), _place(group[0])
            ):
                group.append(fact)
                break
        else:
            groups.append([fact])
    return groups


def _alike(one: str, two: str) -> bool:
    a, b = ({at for span in spans_of(cell) for at in range(*span)} for cell in (one, two))
    return 2 * len(a & b) >= len(a | b)


def _row(fact: dict, old: dict | None, mentions: pd.DataFrame) -> dict:
    """A row of quotes as the fact says; what it leaves open is the pipeline's, or the mention's that speaks."""
    text, spans = fact["text"], spans_of(fact["spans"])
    speaker = spans_of(fact["speaker_spans"])
    start, end = (speaker[0][0], speaker[-1][1]) if speaker else (None, None)
    kept = old is not None and (
        (speaker == [] and old["speaker"] == "")
        or (
            bool(speaker)
            and not pd.isna(old["speaker_start"])
            and old["speaker_start"] < end
            and start < old["speaker_end"]
        )
    )
    name = (
        mentions[(mentions["start"] < end) & (mentions["end"] > start) & (mentions["kind"] != "role")]
        if speaker
        else mentions[:0]
    )
    label, actor = (name["label"].iloc[-1], name["actor"].iloc[-1]) if len(name) else ("", "")
    cue = find_words(text, fact["cue"], near=spans[0][0]) if fact["cue"] else None
    row = {
        "kind": fact["kind"] or kind_of(text, spans),
        "text": " ".join(text[s:e] for s, e in spans),
        "start": spans[0][0],
        "end": spans[-1][1],
        "spans": fact["spans"],
        "cue": fact["cue"],
        "speaker": text[start:end] if speaker else "",
        "speaker_start": start,
        "speaker_end": end,
        "speaker_type": fact["speaker_type"]
        or (
            old["speaker_type"]
            if kept
            else _TYPES.get(label, "none" if not speaker else "person" if actor else "unnamed person")
        ),
        "actor": fact["actor"] or (old["actor"] if kept else actor),
        "how": "checked by hand",
    }
    row |= {"cue_start": cue[0], "cue_end": cue[1]} if cue else {"cue_start": None, "cue_end": None}
    if old is None:
        return row
    return (
        row
        | {"quote_id": old["quote_id"]}
        | ({n: old[n] for n in ("role", "anonymity")} if kept else {})
        | (
            {n: old[n] for n in ("cue", "cue_start", "cue_end")}
            if fact["cue"] == old["cue"] or not fact["cue"]
            else {}
        )
    )
