import pytest

from newsvoices import Tables, frame
from newsvoices.actors.resolve import actors_table
from newsvoices.checks.ledger import hash_of

TEXT = (
    "Maren speaks\n\n“The bridge is safe,” said Ilse Maren. She said Goran Vasht had lied. "
    "Vasht denied it. A driver said the road was gone. “Lies,” Vasht added."
)


def at(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def quote(number: int, words: str, speaker: str, *, nth: int = 0, **values) -> dict:
    start, end = at(words)
    first, last = at(speaker, nth) if speaker else (None, None)
    return {
        "article_id": "a", "quote_id": f"a#{number}", "kind": "indirect", "text": words, "start": start, "end": end,
        "spans": f"{start}-{end}", "cue": "said", "speaker": speaker, "speaker_start": first, "speaker_end": last,
        "speaker_type": "person", "how": "rule",
    } | values  # fmt: skip


def mention(words: str, chain: str, *, nth: int = 0, kind: str = "name", label: str = "PERSON") -> dict:
    start, end = at(words, nth)
    actor = "" if chain.startswith("“") else chain
    return {
        "article_id": "a", "start": start, "end": end, "text": words, "label": label, "kind": kind, "chain": chain,
        "actor": actor,
    }  # fmt: skip


@pytest.fixture
def tables() -> Tables:
    """One article as a pipeline might have it: three quotes, of which the last has the wrong speaker; one missed."""
    quotes = [
        quote(1, "The bridge is safe,", "Ilse Maren", kind="direct", actor="Ilse Maren"),
        quote(2, "Goran Vasht had lied", "She", actor="Ilse Maren"),
        quote(3, "Lies,", "Vasht", nth=2, kind="direct", actor="Goran Vasht"),
    ]
    names = [
        mention("Maren", "Ilse Maren"), mention("Ilse Maren", "Ilse Maren"), mention("She", "Ilse Maren", kind="pronoun"),
        mention("Goran Vasht", "Goran Vasht"), mention("Vasht", "Goran Vasht", nth=1),
        mention("A driver", "“A driver", kind="nominal"), mention("Vasht", "Goran Vasht", nth=2),
    ]  # fmt: skip
    start, end = at("She said Goran Vasht had lied.")
    spoken = {
        "article_id": "a", "source": "Ilse Maren", "source_start": at("She")[0], "source_end": at("She")[1],
        "target": "Goran Vasht", "target_start": at("Goran Vasht")[0], "target_end": at("Goran Vasht")[1],
        "relation": "speaks about", "sign": 0, "start": start, "end": end, "text": TEXT[start:end],
    }  # fmt: skip
    mentions, said = frame("mentions", names), frame("quotes", quotes)
    articles = frame(
        "articles", [{"article_id": "a", "outlet": "The Morast Courier", "text": TEXT, "n_tokens": 40}]
    )
    return Tables(articles, mentions, said, actors_table(mentions, said), frame("relations", [spoken]))


@pytest.fixture
def fact():
    """A line of the ledger about that article."""

    def line(
        about: str = "quote", answer: str = "quote", words: str = "", coder: str = "Edda", **said
    ) -> dict:
        if words and "spans" not in said and "was" not in said:
            said["spans"] = "..".join(map(str, at(words)))
        known = {
            "coder": coder,
            "article_id": "a",
            "text_hash": hash_of(TEXT),
            "about": about,
            "answer": answer,
        }
        return known | {"words": words} | said

    return line
