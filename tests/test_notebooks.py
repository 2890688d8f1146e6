"""The notebooks as a reader of any corpus meets them."""

import json
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from newsvoices.__main__ import main

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Numbers that are facts of the method or of a benchmark, not results of the corpus: confidence levels, years, parameters.
FACTS = re.compile(
    r"\(?https?://\S+|\b(1[89]|20)\d\d\b|\b95 %|\b63 %|\b200 times|\b93 to 97 of 100\b|\b60\b|\b100\b|\b03/04/2024\b"
    r"|workers=8|--workers 4|\b\d \u00b7|notebook \d|re3d|tcp://scheduler:8786|top_n|\bn = \d+"
)


def markdown(notebook: Path) -> list[str]:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]


def code(notebook: Path) -> list[list[str]]:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return [cell["source"] for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_prose_names_nobody_and_no_outlet_of_the_sample(notebook):
    actors = pd.read_csv(ROOT / "data/sample/actors.csv", dtype=str, keep_default_na=False)
    names = {
        word for name in actors["name"] for word in re.findall(r"[^\W\d_]{4,}", name) if word[0].isupper()
    }
    names -= {
        "United",
        "Nations",
        "Council",
        "Front",
        "Ministry",
        "Army",
        "Market",
        "Defence",
        "Press",
        "Agency",
        "Harbour",
    }
    names |= {"Lantern", "Meridian", "Halden"}
    told = " ".join(markdown(notebook))
    assert sorted(name for name in names if re.search(rf"\b{name}\b", told)) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_prose_holds_no_number_of_the_samples_results(notebook):
    told = FACTS.sub(" ", " ".join(markdown(notebook)))
    assert re.findall(r"\b\d+[.,]\d+\b|\b\d{2,}\b(?=[^-])", told) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_are_short_and_the_last_but_one_part_says_what_was_found(notebook):
    lengths = sorted(map(len, code(notebook)))
    assert lengths[-1] <= 10
    assert lengths[len(lengths) // 2] <= 4
    headings = [line for cell in markdown(notebook) for line in cell.splitlines() if line.startswith("## ")]
    assert headings[-3:] == ["## What we found", "## How far to trust it", "## What to try next"]
    assert "nv.findings(" in "".join("".join(cell) for cell in code(notebook))


def write(folder: Path, rows: list[dict]) -> Path:
    folder.mkdir(parents=True)
    pd.DataFrame(rows).to_json(folder / "articles.jsonl", orient="records", lines=True, force_ascii=False)
    return folder


def one_silent_article() -> list[dict]:
    """No outlet, no date, nobody named, nobody quoted."""
    return [{"text": "It rained all day.\n\nThe streets were empty, and the market was closed."}]


def forty_outlets_two_centuries_apart() -> list[dict]:
    """Names that matplotlib would take for mathematics or drop from a legend, prices, one article an outlet, no copies."""
    names = [r"$\frac{}$ Post", "$x^{$", "_Courier", "The <b>Echo</b>", *(f"Paper {i}" for i in range(36))]
    said = (
        "“Bread cost $5 in May and $6 in June,” said {0}, a baker in {1}. {0} accused the mayor of silence."
    )
    people = ["Edda Marlow", "Goran Vasht", "Ina $x^{$ Voss", "Tom Reyl"]
    return [
        {
            "text": said.format(people[i % 4], f"Town {i}") + f" It was day {i}.",
            "outlet": name,
            "date": f"{1850 + 4 * i}-03-04",
        }
        for i, name in enumerate(names)
    ]


def two_outlets_one_of_them_french() -> list[dict]:
    """A daily that quotes and one whose language the pipeline does not know; some articles without a date."""
    english = "Mayor Edda Marlow said on day {0} that the bridge would open. “We are ready,” she said. Tom Reyl denied it."
    french = "Le maire a dit le jour {0} que le pont serait ouvert. « Nous sommes prêts », a-t-il dit."
    return [
        {
            "text": text.format(i),
            "outlet": outlet,
            "date": f"2024-05-{i + 1:02d}" if i % 2 else "",
        }
        for outlet, text in (("The Gazette", english), ("Le Courrier", french))
        for i in range(4)
    ]


@pytest.mark.parametrize(
    "corpus", [one_silent_article, forty_outlets_two_centuries_apart, two_outlets_one_of_them_french]
)
def test_every_notebook_runs_through_on_an_odd_corpus(corpus, tmp_path, capfd):
    folder, out = write(tmp_path / "odd", corpus()), tmp_path / "out"
    assert main(["run", str(folder), "--out", str(out), "--notebooks", str(ROOT / "notebooks")]) == 0
    for page in sorted(out.rglob("*.ipynb")):
        for cell in nbformat.read(page, as_version=4).cells:
            for output in cell.get("outputs", []):
                shown = json.dumps(output.get("data", {}).get("text/html", "")) + str(output.get("text", ""))
                assert output["output_type"] != "error"
                assert output.get("name") != "stderr", output
                assert not re.search(r">\s*(nan|NaN|NaT|&lt;NA&gt;|None)\s*<|1970-01-01", shown), (
                    page.name,
                    shown[:500],
                )
