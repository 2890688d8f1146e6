import pytest

from newsvoices import Tables, frame
from newsvoices.actors.resolve import actors_table
from newsvoices.schema import spans_cell


@pytest.fixture(scope="session")
def corpus() -> Tables:
    """Two outlets, three articles; before the third's first name stands a character outside the first plane."""
    texts = {
        "courier/1": "Talks\n\n“No one is safe,” said Edda Marlow. She left Kell.",
        "courier/2": "Edda Marlow warned that winter was near. Goran Vasht met Marlow.",
        "wire/3": "🌧 rain: “Go,” Goran Vasht told Marlow.",
    }
    outlets = {"courier/1": "The Morast Courier", "courier/2": "The Morast Courier", "wire/3": "Tresk Wire"}
    days = {"courier/1": "2024-03-01", "courier/2": "2024-03-20", "wire/3": "2024-03-31"}
    articles = [
        {
            "article_id": key,
            "text": text,
            "outlet": outlets[key],
            "date": days[key],
            "title": key,
            "n_tokens": 0,
        }
        for key, text in texts.items()
    ]

    def found(key: str, words: str) -> dict:
        start = texts[key].index(words)
        return {"article_id": key, "start": start, "end": start + len(words), "text": words}

    def quote(key: str, kind: str, words: str, speaker: str, cue: str, actor: str) -> dict:
        row = found(key, words)
        for name, text in (("speaker", speaker), ("cue", cue)):
            at = found(key, text)
            row |= {name: text, f"{name}_start": at["start"], f"{name}_end": at["end"]}
        spans = spans_cell([(row["start"], row["end"])])
        about = {"kind": kind, "speaker_type": "person", "actor": actor, "how": "content + cue + source"}
        return row | about | {"quote_id": f"{key}#{words[:2]}", "spans": spans}

    quotes = [
        quote("courier/1", "direct", "No one is safe,", "Edda Marlow", "said", "Edda Marlow"),
        quote("courier/2", "indirect", "winter was near", "Edda Marlow", "warned", "Edda Marlow"),
        quote("wire/3", "direct", "Go,", "Goran Vasht", "told", "Goran Vasht"),
    ]
    names = [
        ("courier/1", "Edda Marlow"), ("courier/1", "She"), ("courier/1", "Kell"), ("courier/2", "Edda Marlow"),
        ("courier/2", "Goran Vasht"), ("wire/3", "Goran Vasht"), ("wire/3", "Marlow"),
    ]  # fmt: skip
    actor_of = {"She": "Edda Marlow", "Marlow": "Edda Marlow"}
    mentions = [
        found(key, words)
        | {"label": "LOC" if words == "Kell" else "PERSON", "kind": "pronoun" if words == "She" else "name"}
        | {"actor": actor_of.get(words, words), "chain": actor_of.get(words, words)}
        for key, words in names
    ]
    meets = found("courier/2", "Goran Vasht met Marlow.") | {"relation": "meets", "sign": 1}
    for end, words, name in (("source", "Goran Vasht", "Goran Vasht"), ("target", "Marlow.", "Edda Marlow")):
        at = found("courier/2", words)
        meets |= {end: name, f"{end}_start": at["start"], f"{end}_end": at["end"]}
    mentioned, quoted = frame("mentions", mentions), frame("quotes", quotes)
    return Tables(
        articles=frame("articles", articles),
        mentions=mentioned,
        quotes=quoted,
        actors=actors_table(mentioned, quoted),
        relations=frame("relations", [meets]),
    )
