import itertools

import matplotlib.pyplot as plt
import networkx as nx
import pytest

from newsvoices.plots.networks import draw_network


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


@pytest.fixture
def graph():
    graph = nx.gnm_random_graph(60, 120, seed=1, directed=True)
    nx.set_node_attributes(graph, {node: {"type": "PERSON", "articles": node % 5} for node in graph})
    nx.set_edge_attributes(graph, {edge: {"weight": 1, "sign": sum(edge) % 3 - 1} for edge in graph.edges})
    return nx.relabel_nodes(graph, {node: f"Person {node}" for node in graph})


def test_labels_do_not_overlap_and_the_rest_is_counted(graph):
    ax = draw_network(graph, title="Ties (n = 120)", seed=1, top_n=40)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) <= 40
    assert [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)] == []
    shown = len(boxes)
    assert ax.get_xlabel().startswith(f"{shown} actors and ")
    assert f"not drawn: {60 - shown} actors" in ax.get_xlabel()


def test_signs_differ_in_colour_and_style(graph):
    legend = draw_network(graph, title="", seed=1).get_legend()
    lines = {text.get_text(): (line.get_color(), line.get_linestyle())
             for text, line in zip(legend.get_texts(), legend.get_lines(), strict=True)}  # fmt: skip
    assert lines["for"] == ("#0072b2", "-")
    assert lines["against"] == ("#d55e00", "--")


def test_no_ties_and_one_actor_are_drawn():
    graph = nx.DiGraph()
    assert draw_network(graph, title="", seed=1).get_xlabel().startswith("0 actors and 0 ties")
    graph.add_node("Ada", type="PERSON", articles=1)
    assert draw_network(graph, title="", seed=1).texts[0].get_text() == "Ada"
