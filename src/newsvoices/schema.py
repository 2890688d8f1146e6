"""The contract: every table's columns, and the names of what a pipeline leaves on a Doc."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

MENTIONS = "mentions"
"""doc.spans: label_ is the type of entity, kb_id_ the kind of mention, id_ the coreference chain."""
FULL_NAMES = "full_names"
"""doc.spans, where a pipeline knows any: over a name with a short first name a span for each that it may stand for, id_."""
QUOTES = "quotes"
"""doc._: one dictionary per quote: spans, kind, cue, speaker (offsets or None), speaker_type, chain, role,
anonymity, how, and where the pipeline knows them verb and family (of the cue)."""
RELATIONS = "relations"
"""doc._: one dictionary per relation: relation, sign, source, source_span, target, target_span, span (the sentence's), and
where the pipeline knows them certainty and claimed_by."""
UNNAMED = "“"
"""How the name of a chain begins that no name belongs to."""


class Column(NamedTuple):
    """One column of a table; dtype is pandas', and a text cell is empty rather than missing."""

    name: str
    dtype: str
    meaning: str


_ARTICLE_ID = Column("article_id", "str", "the article the row speaks about")
_ACTOR = Column("actor", "str", "the actor this is resolved to, over all articles; empty where none is")

TABLES: dict[str, tuple[Column, ...]] = {
    "articles": (
        Column("article_id", "str", "unique name of the article: a given id, or its path without the suffix"),
        Column("text", "str", "the text as decoded, headline included; every offset counts its characters"),
        Column("title", "str", "headline"),
        Column("outlet", "str", "who published it"),
        Column("date", "str", "day of publication, YYYY-MM-DD"),
        Column("place", "str", "place named in the dateline"),
        Column("byline", "str", "who wrote it, without “By”"),
        Column("url", "str", "where it was published"),
        Column("source_file", "str", "the file it was read from, relative to the folder read"),
        Column("n_tokens", "int64", "words and punctuation marks by spaCy's English tokenizer"),
        Column(
            "sentences", "str", "where its sentences stand, as in “0-53;54-110”; empty until it is analysed"
        ),
    ),
    "mentions": (
        _ARTICLE_ID,
        Column("start", "int64", "first character of the mention in the article's text"),
        Column("end", "int64", "the character after its last"),
        Column("text", "str", "the mention as it stands: articles.text[start:end]"),
        Column("label", "str", "type of entity: PERSON, ORG, GPE, LOC, NORP, …"),
        Column(
            "kind",
            "str",
            "name, pronoun, nominal (“the minister”) or role (a title or an apposition beside a name, but for “Mr” and the like)",
        ),
        Column(
            "chain",
            "str",
            "mentions of one entity within the article share a chain: its fullest name there, or the first description in “ ” of somebody unnamed",
        ),
        _ACTOR,
        Column(
            "full_name",
            "str",
            "what a name with a short first name may stand for, as in “Robert Maren” for “Bob Maren”; several parted by “; ”",
        ),
    ),
    "quotes": (
        _ARTICLE_ID,
        Column("quote_id", "str", "unique name of the quote"),
        Column("kind", "str", "direct, mixed or indirect"),
        Column("text", "str", "the words quoted"),
        Column("start", "int64", "first character of the quote"),
        Column("end", "int64", "the character after its last"),
        Column("spans", "str", "its parts, as in “120-180;190-220”, quotation marks left out"),
        Column("cue", "str", "the words that attribute it, such as “said”; empty where none do"),
        Column("cue_start", "Int64", "first character of the cue"),
        Column("cue_end", "Int64", "the character after its last"),
        Column(
            "cue_verb", "str", "the cue's verb as in a dictionary, such as “say”; empty where it has none"
        ),
        Column(
            "cue_family",
            "str",
            "what this verb does: neutral, asserting, doubting, conceding, denying, demanding, promising, warning, attacking, praising, manner, thinking or other",
        ),
        Column("speaker", "str", "the speaker as it stands in the text; empty where none is named"),
        Column("speaker_start", "Int64", "first character of the speaker"),
        Column("speaker_end", "Int64", "the character after its last"),
        Column(
            "speaker_type",
            "str",
            "person (named, or told by an office: “the president”), organisation, place, document (a text, or another thing that says something), unnamed person, unnamed group or none",
        ),
        _ACTOR,
        Column(
            "role",
            "str",
            "what the article says the speaker is, such as “US Defence Secretary”; empty where it does not",
        ),
        Column(
            "anonymity",
            "str",
            "why the speaker is not named, in the article's words; empty where it does not say",
        ),
        Column("how", "str", "the rule or path that chose this speaker"),
    ),
    "actors": (
        Column("actor", "str", "the actor's name; unique"),
        Column("label", "str", "type of entity"),
        Column("aliases", "str", "names it goes by in the articles"),
        Column("roles", "str", "roles as the articles give them"),
        Column("n_mentions", "int64", "number of mentions"),
        Column("n_articles", "int64", "number of articles that mention it"),
        Column("n_quotes", "int64", "number of quotes it speaks"),
        Column("n_words_quoted", "int64", "number of words in these quotes"),
    ),
    "relations": (
        _ARTICLE_ID,
        Column("source", "str", "the actor the relation goes out from"),
        Column("source_start", "int64", "first character of its mention in the sentence"),
        Column("source_end", "int64", "the character after its last"),
        Column("target", "str", "the actor it goes to"),
        Column("target_start", "int64", "first character of its mention in the sentence"),
        Column("target_end", "int64", "the character after its last"),
        Column(
            "relation",
            "str",
            "speaks about, meets, allies, fights, criticises, supports, leads or same as",
        ),
        Column("sign", "int64", "-1 against, 0 neither, +1 for"),
        Column(
            "certainty",
            "float64",
            "how likely it is that the sentence says so, 0 to 1, where the pipeline learned it; else empty",
        ),
        Column(
            "claimed_by",
            "str",
            "who is quoted with it, an actor or the words for an unnamed one; empty where the article says it",
        ),
        Column("start", "int64", "first character of the sentence that says so"),
        Column("end", "int64", "the character after its last"),
        Column("text", "str", "the sentence that says so"),
    ),
}


@dataclass(frozen=True)
class Tables:
    """The tables of one corpus; schema.py says what their columns mean."""

    articles: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    actors: pd.DataFrame
    relations: pd.DataFrame


def spans_of(cell: str) -> list[tuple[int, int]]:
    """The offsets in a cell of spans.

    >>> spans_of("120-180;190-220")
    [(120, 180), (190, 220)]
    """
    pairs = (span.split("-") for span in cell.split(";") if span)
    return [(int(start), int(end)) for start, end in pairs]


def spans_cell(spans: Iterable[tuple[int, int]]) -> str:
    """The cell that spans_of reads."""
    return ";".join(f"{start}-{end}" for start, end in spans)


def frame(table: str, rows: Iterable[Mapping[str, object]] = ()) -> pd.DataFrame:
    """One row per mapping in ``rows``, in the columns and dtypes of ``table``; also when there are no rows.

    A text cell that is left out or None is empty (""); an offset that may be missing is <NA>.

    Args:
        table: a table's name, such as "mentions".
        rows: one mapping of column name to value per row.

    Raises:
        KeyError: no such table.
        ValueError: a row has a column the table does not know, or lacks a whole number the table needs.

    >>> frame("mentions", [{"article_id": "a", "start": 0, "end": 5, "text": "Paris"}]).loc[0, "label"]
    ''
    >>> len(frame("mentions"))
    0
    """
    columns = {column.name: column.dtype for column in TABLES[table]}
    rows = list(rows)
    unknown = sorted({name for row in rows for name in row} - set(columns))
    if unknown:
        raise ValueError(f"{table} has no column {', '.join(unknown)}; its columns are {', '.join(columns)}")
    return pd.DataFrame(
        {
            name: _series(table, name, dtype, [row.get(name) for row in rows])
            for name, dtype in columns.items()
        }
    )


def _series(table: str, name: str, dtype: str, values: list[object]) -> pd.Series:
    if dtype == "str":
        return pd.Series(["" if value is None else value for value in values], dtype=dtype)
    if dtype == "int64" and None in values:
        raise ValueError(f"{table}.{name} is missing in row {values.index(None)}")
    return pd.Series(values, dtype=dtype)
