import io
import itertools

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pytest
from matplotlib.backends.backend_svg import FigureCanvasSVG

from newsvoices.plots.networks import draw_network

LONG = "the Northern Seas Council for the Reconstruction of Harbours"


def made(n, seed, *, directed=True):
    graph = nx.gnm_random_graph(n, 2 * n, seed=seed, directed=directed)
    nx.set_node_attributes(graph, {node: {"type": "PERSON", "articles": (7 * node) % 23} for node in graph})
    nx.set_edge_attributes(
        graph, {edge: {"weight": 1 + edge[0] % 4, "sign": sum(edge) % 3 - 1} for edge in graph.edges}
    )
    names = {node: LONG if node == 3 else f"Person {node}" for node in graph}
    return nx.relabel_nodes(graph, names)


def distances(ax):
    """Pixels from each label to each dot (below nought: they overlap), and the dots' radii."""
    ax.figure.canvas.draw()
    dots = ax.collections[-1]
    centres = ax.transData.transform(dots.get_offsets())
    radii = np.sqrt(dots.get_sizes()) / 2 * ax.figure.dpi / 72
    boxes = [text.get_window_extent() for text in ax.texts]
    corners = np.array([[box.x0, box.y0, box.x1, box.y1] for box in boxes])
    nearest = np.clip(centres[None], corners[:, None, :2], corners[:, None, 2:])
    return np.linalg.norm(nearest - centres[None], axis=2) - radii[None], centres, radii, boxes


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("n", [2, 30, 60])
def test_every_label_touches_its_own_dot_and_none_is_nearer_to_another(n, seed):
    ax = draw_network(made(n, seed, directed=seed % 2 == 0), title="Ties", seed=seed)
    apart, centres, radii, boxes = distances(ax)
    own = np.diag(apart)
    assert (own < 4).all()
    assert (apart + np.diag([np.inf] * len(own)) > own[:, None]).all()
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
    between = np.linalg.norm(centres[:, None] - centres[None], axis=2) + np.diag([np.inf] * len(own))
    assert (between > radii[:, None] + radii[None]).all()


def test_at_most_thirty_actors_are_drawn_over_the_whole_canvas_and_the_rest_is_counted():
    ax = draw_network(made(60, 1), title="Ties (n = 120)", seed=1)
    n = len(ax.texts)
    assert n <= 30
    assert ax.get_xlabel().startswith(f"{n} actors and ")
    assert f"not drawn: {60 - n} actors" in ax.get_xlabel()
    _, centres, _, _ = distances(ax)
    frame = ax.get_window_extent()
    assert (np.ptp(centres, axis=0) > 0.8 * np.array([frame.width, frame.height])).all()


def test_signs_differ_in_colour_and_style_and_sizes_are_in_the_legend():
    legend = draw_network(made(60, 1), title="", seed=1).get_legend()
    lines = {text.get_text(): line for text, line in zip(legend.get_texts(), legend.get_lines(), strict=True)}
    assert (lines["for"].get_color(), lines["for"].get_linestyle()) == ("#0072b2", "-")
    assert (lines["against"].get_color(), lines["against"].get_linestyle()) == ("#d55e00", "--")
    sizes = [name for name in lines if name.startswith("in ")]
    assert len(sizes) == 2


def test_the_same_seed_gives_the_same_places():
    one, two = (draw_network(made(30, 1), title="", seed=2) for _ in range(2))
    assert [text.get_position() for text in one.texts] == [text.get_position() for text in two.texts]


def test_names_are_no_mathematics_and_other_backends_draw_as_well():
    graph = nx.relabel_nodes(made(5, 1), {"Person 1": r"$\frac{}$", "Person 2": "_Courier"})
    figure, ax = plt.subplots()
    FigureCanvasSVG(figure)
    drawn = draw_network(graph, title="$x^{$", seed=1, ax=ax)
    figure.savefig(io.BytesIO(), format="svg")
    assert {r"$\frac{}$", "_Courier"} <= {text.get_text() for text in drawn.texts}


def test_no_ties_and_one_actor_are_drawn():
    graph = nx.DiGraph()
    ax = draw_network(graph, title="", seed=1)
    assert ax.get_xlabel().startswith("0 actors and 0 ties")
    assert ax.texts[0].get_text() == "Nothing to show: no two actors are tied."
    graph.add_node("Ada", type="PERSON", articles=1)
    assert draw_network(graph, title="", seed=1).texts[0].get_text() == "Ada"
