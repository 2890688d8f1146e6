"""What a reader gives of an article: its fields, the text among them."""

import re
from collections.abc import Iterable, Mapping

Fields = dict[str, str]
"""Columns of the table "articles" and what archives say beside them; in transit also the article's number and place in
its file, whether it has a body, and what is to be noted of it or keeps it from being read."""


def article(fields: Mapping[str, str], paragraphs: Iterable[str]) -> Fields:
    """An article cut out of a larger file: its text is the headline and the paragraphs."""
    body = [text for paragraph in paragraphs if (text := paragraph.strip())]
    text = "\n\n".join(filter(None, [fields.get("title", ""), *body]))
    return {**fields, "text": text, "has_body": "yes" if body else ""}


def without_by(byline: str) -> str:
    """A byline without its “By”, in the languages that have one.

    >>> without_by("By EDDA MARLOW")
    'EDDA MARLOW'
    """
    return re.sub(r"^(?:by|von|par|por|di|door|af|av)\s+(?=\S)", "", byline.strip(), flags=re.IGNORECASE)


def one_line(paragraph: str) -> str:
    """The paragraph with single blanks for all white space."""
    return " ".join(paragraph.split())
