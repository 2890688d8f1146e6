"""What a pipeline left on a Doc, or an error that says what it lacks."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, SpanGroup


def numbered(docs: Doc | Iterable[Doc]) -> Iterator[tuple[str, Doc]]:
    """Each Doc with its article_id: that of `doc.user_data`, else its number."""
    for number, doc in enumerate([docs] if isinstance(docs, Doc) else docs):
        yield str(doc.user_data.get("article_id", number)), doc


def spans_in(doc: Doc, group: str) -> SpanGroup:
    """The span group of a Doc.

    Raises:
        ValueError: there is none of this name.
    """
    if group not in doc.spans:
        raise ValueError(f"a Doc carries no {group} (doc.spans[{group!r}]); {_HOW}")
    return doc.spans[group]


def records_in(doc: Doc, name: str) -> list[dict]:
    """What the extension attribute of a Doc lists.

    Raises:
        ValueError: it lists nothing, not even nought.
    """
    records = getattr(doc._, name) if Doc.has_extension(name) else None
    if records is None:
        raise ValueError(f"a Doc carries no {name} (doc._.{name}); {_HOW}")
    return records


_HOW = "make it with a pipeline of load_pipeline(), which finds them"
