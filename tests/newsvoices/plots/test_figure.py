import base64
import io
import re
import warnings

import matplotlib.pyplot as plt
import nbformat
import networkx as nx
import pandas as pd
from IPython.display import HTML
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

from newsvoices import figure, plots
from newsvoices.pages import save_page


def shown(monkeypatch, drawn, table):
    outputs = []
    monkeypatch.setattr(
        "newsvoices.plots.figure.display",
        lambda data, *, raw, metadata=None: outputs.append((data, metadata)),
    )
    figure(drawn, table=table, alt="two dots")
    return outputs[0]


def test_a_figure_carries_its_words_and_its_numbers(monkeypatch):
    _, ax = plt.subplots()
    table = pd.DataFrame({"text": ["=1+1"], "n": [1 / 3]})
    data, _ = shown(monkeypatch, ax, table)
    picture = re.fullmatch(
        r'<img src="data:image/png;base64,([^"]+)" width="(\d+)" alt="two dots">', data["text/html"]
    )
    width = Image.open(io.BytesIO(base64.b64decode(picture[1]))).width
    assert width > 1000
    assert int(picture[2]) == width // 2
    assert data["text/csv"] == "text,n\n'=1+1,0.33333\n"
    assert not plt.get_fignums()
    assert data["text/html"] == shown(monkeypatch, plt.subplots()[1], table)[0]["text/html"]


def test_a_run_leaves_figures_with_their_numbers_beside_them(monkeypatch, tmp_path):
    picture, _ = shown(monkeypatch, plt.subplots()[1], pd.DataFrame({"n": [1]}))
    page, _ = shown(monkeypatch, HTML("<b>é</b>"), pd.DataFrame({"n": [2]}))
    outputs = [new_output("display_data", picture)]
    outputs += [new_output("display_data", data) for data in ({"text/html": "<p>a table</p>"}, page)]
    notebook = new_notebook(cells=[new_code_cell("", outputs=outputs)])
    nbformat.write(notebook, tmp_path / "05.ipynb")
    save_page(tmp_path / "05.ipynb")
    figures = {path.name: path for path in (tmp_path / "figures").iterdir()}
    assert sorted(figures) == ["05-1.csv", "05-1.png", "05-2.csv", "05-2.html"]
    assert figures["05-2.csv"].read_text("utf-8") == "n\n2\n"
    assert "<b>é</b>" in figures["05-2.html"].read_text("utf-8")
    assert 'alt="two dots"' in (tmp_path / "05.html").read_text("utf-8")
    assert figures["05-1.png"].read_bytes().startswith(b"\x89PNG")


def test_what_is_written_into_a_figure_afterwards_is_no_mathematics_either(monkeypatch):
    _, ax = plt.subplots()
    ax.set_title(r"$\frac{}$")
    ax.set_ylabel("$x^{$")
    assert shown(monkeypatch, ax, pd.DataFrame({"n": [1]}))[0]["text/plain"] == "two dots"


def test_letters_that_no_font_has_are_no_warnings(monkeypatch):
    graph = nx.Graph()
    graph.add_edge("\ue000新闻", "モラスト", weight=1, sign=0)
    nx.set_node_attributes(graph, {node: {"type": "PERSON", "articles": 1} for node in graph})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown(monkeypatch, plots.draw_network(graph, title="新闻", seed=1), pd.DataFrame({"n": [1]}))
