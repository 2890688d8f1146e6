from collections.abc import Callable

import pytest

from newsvoices import load_pipeline, tables


@pytest.fixture(scope="session")
def rows() -> Callable[[str], list[dict]]:
    """The quotes that the bundled pipeline finds in a text, true to it and with marks and brackets in pairs."""
    nlp = load_pipeline()

    def found(text: str) -> list[dict]:
        table = tables.quotes(nlp(text))
        for row in table.itertuples():
            pieces = [tuple(map(int, span.split("-"))) for span in row.spans.split(";")]
            assert row.text == " ".join(text[start:end] for start, end in pieces)
            assert row.speaker.count("(") == row.speaker.count(")")
        return table.to_dict("records")

    return found
