"""Quotes as people found them: corrected, taken out, added, or in dispute."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from ..actors.resolve import TYPES_OF_LABELS
from ..evaluate import match_quotes
from ..schema import UNNAMED, Tables, frame, spans_of
from .places import Problem, find_words, kind_of, problem_of

_SAME = ("spans", "kind", "speaker_start", "speaker_end", "speaker_type", "actor")
Row = dict[str, object]


class CheckedQuote(NamedTuple):
    """A quote as the pipeline has it and as it is now, None where there is none, and what was said of it."""

    old: Row | None
    now: Row | None
    checked: str  # as in the column of that name
    said: tuple[Row, ...] = ()


class Change(NamedTuple):
    """A quote before and after; None where there was or is none."""

    article_id: str
    old: Row | None
    now: Row | None


def with_quotes(
    tables: Tables, facts: pd.DataFrame, problems: list[Problem]
) -> tuple[pd.DataFrame, list[Change]]:
    """The quotes with the column `checked`, and what has changed."""
    said = facts[facts["about"].isin(["quote", "article"])]
    touched = tables.quotes["article_id"].isin(said["article_id"])
    rows = records_of(tables.quotes[~touched].assign(checked=""))
    quotes = dict(list(tables.quotes[touched].groupby("article_id")))
    mentions = dict(list(tables.mentions.groupby("article_id")))
    changes = []
    for article_id, own in said.groupby("article_id"):
        names = records_of(mentions.get(article_id, tables.mentions[:0]))
        judged = checked_quotes(quotes.get(article_id, tables.quotes[:0]), names, own, problems)
        for old, now, checked, _ in judged:
            rows += [] if now is None else [now | {"article_id": article_id, "checked": checked}]
            if checked in ("corrected", "added"):
                changes.append(Change(article_id, old, now))
    order = {article_id: number for number, article_id in enumerate(tables.articles["article_id"])}
    rows.sort(key=lambda row: (order[row["article_id"]], row["start"]))
    checked = pd.Series([row.pop("checked") for row in rows], dtype="str")
    return frame("quotes", rows).assign(checked=checked), changes


def records_of(table: pd.DataFrame) -> list[Row]:
    """A table's rows; what is missing is None."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def checked_quotes(
    own: pd.DataFrame, names: list[Row], said: pd.DataFrame, problems: list[Problem]
) -> Iterator[CheckedQuote]:
    """Each quote of an article, the pipeline's and those that people found.

    Args:
        own: the article's rows of quotes.
        names: its mentions.
        said: the facts about its quotes, and about itself.
        problems: to which those are added about which coders disagree.
    """
    found = dict(zip(own.index, records_of(own), strict=True))
    groups = of_one_quote(said[said["about"] == "quote"])
    done = set(said.loc[said["about"] == "article", "coder"])
    places = [(group[0]["article_id"], _place(group[0])) for group in groups]
    pairs = match_quotes(own, pd.DataFrame(places, columns=["article_id", "spans"]))
    matched = dict(zip(pairs["gold"], pairs["found"], strict=True))
    rows_at = {found[row]["spans"]: [row] for row in matched.values()}  # several where several speak together
    for row in own.index.difference(pairs["found"]):
        old = found[row]
        if old["spans"] in rows_at:
            rows_at[old["spans"]].append(row)
        else:  # whoever read all of it, and names no such quote, has none here
            yield CheckedQuote(old, None, "corrected") if done else CheckedQuote(old, old, "")
    for number, group in enumerate(groups):
        olds = [found[row] for row in rows_at[found[matched[number]]["spans"]]] if number in matched else []
        versions = [_rows(fact, olds, names) for fact in group]
        versions += [[None]] * len(done - {fact["coder"] for fact in group})
        answers = dict.fromkeys(
            "no quote" if v is None else f"{v['speaker_type']} {v['actor']}".strip() for v, *_ in versions
        )
        if len(answers) > 1:
            words = f"coders disagree: {group[0]['words'][:60]!r} is {' or '.join(answers)}"
            problems.append(problem_of(group[0], words))
            yield from (CheckedQuote(old, old, "coders disagree", tuple(group)) for old in olds or [None])
            continue
        for old, now in zip(olds or [None], versions[0], strict=True):
            if old is None and now is not None:
                added = {"quote_id": f"{group[0]['article_id']}#added-{now['start']}-{now['end']}"}
                yield CheckedQuote(None, now | added, "added", tuple(group))
            elif old is not None:
                same = now is not None and all(now[name] == old[name] for name in _SAME)
                yield CheckedQuote(old, old if same else now, "right" if same else "corrected", tuple(group))


def _rows(fact: Row, olds: list[Row], names: list[Row]) -> list[Row | None]:
    """What becomes of the pipeline's rows of one quote, or of none, by what a coder says of it.

    There are several where several speak together, as in a joint statement; another speaker than they speaks alone.
    """
    if fact["answer"] == "no quote":
        return [None] * max(len(olds), 1)
    if len(olds) < 2:
        return [_row(fact, olds[0] if olds else None, names)]
    rows = [_row(fact, old, names) for old in olds]
    if not fact["actor"] and all(rows[0][name] == olds[0][name] for name in ("speaker_start", "speaker_end")):
        return rows
    alone = _row(fact, None, names) | {"quote_id": olds[0]["quote_id"]}
    return [alone, *[None] * (len(olds) - 1)]


def _place(fact: Row) -> str:
    return fact["was"] or fact["spans"]


def of_one_quote(said: pd.DataFrame) -> list[list[Row]]:
    """What coders say of the same quote: places that share half of their characters, one of each coder."""
    groups: list[tuple[list[Row], set[int]]] = []
    for fact in said.sort_values("coder", kind="stable").to_dict("records"):
        here = {at for span in spans_of(_place(fact)) for at in range(*span)}
        for group, there in groups:
            if all(fact["coder"] != other["coder"] for other in group) and 2 * len(here & there) >= len(
                here | there
            ):
                group.append(fact)
                break
        else:
            groups.append(([fact], here))
    return [group for group, _ in groups]


def _row(fact: Row, old: Row | None, names: list[Row]) -> Row:
    """A row of quotes as the fact says; what it leaves open is the pipeline's, or the mention's that speaks."""
    text, spans, speaker = fact["text"], spans_of(fact["spans"]), spans_of(fact["speaker_spans"])
    row = {
        "kind": fact["kind"] or kind_of(text, spans),
        "text": " ".join(text[start:end] for start, end in spans),
        "start": spans[0][0],
        "end": spans[-1][1],
        "spans": fact["spans"],
        "how": "checked by hand",
    }
    if speaker:
        start, end = speaker[0][0], speaker[-1][1]
        row |= {"speaker": text[start:end], "speaker_start": start, "speaker_end": end}
        here = [
            name for name in names if name["start"] < end and start < name["end"] and name["kind"] != "role"
        ]
        spoken = here[-1] if here else dict.fromkeys(("actor", "label", "chain"), "")
        actor, unnamed = spoken["actor"], not here or spoken["chain"].startswith(UNNAMED)
        kept = (
            old is not None
            and bool(old["speaker"])
            and old["speaker_start"] < end
            and start < old["speaker_end"]
        )
        row["speaker_type"] = (
            "unnamed person" if unnamed else TYPES_OF_LABELS.get(spoken["label"], "unnamed person")
        )
    else:
        row |= {"speaker": "", "speaker_start": None, "speaker_end": None, "speaker_type": "none"}
        actor, kept = "", old is not None and not old["speaker"]
    row["actor"] = actor
    if kept:
        row |= {name: old[name] for name in ("speaker_type", "actor", "role", "anonymity")}
    row |= {name: fact[name] for name in ("speaker_type", "actor") if fact[name]}
    if old is not None and fact["cue"] in ("", old["cue"]):
        row |= {name: old[name] for name in ("cue", "cue_start", "cue_end")}
    elif place := find_words(text, fact["cue"], near=spans[0][0]):
        row |= {"cue": text[slice(*place)], "cue_start": place[0], "cue_end": place[1]}
    return row | ({} if old is None else {"quote_id": old["quote_id"]})
