"""A network as a picture: sign by colour and line style, size by articles, labels that keep out of each other's way."""

import itertools

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from ..networks.build import Graph, part_of, ties, undirected

LINES = {1: ("#0072b2", "-", "for"), -1: ("#d55e00", "--", "against"), 0: ("#888888", "-", "neither")}
TYPES = {"PERSON": "#56b4e9", "ORG": "#009e73", "GPE": "#e69f00", "LOC": "#e69f00", "NORP": "#cc79a7"}
NAMES = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "NORP": "people",
    "group": "described group",
}
OTHER = "#bbbbbb"
PLACES = [(0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)]


def draw_network(graph: Graph, *, title: str, seed: int, top_n: int = 40, ax: Axes | None = None) -> Axes:
    """A network with at most `top_n` actors, those with most weight; the caption counts the rest.

    A node's area grows with the actor's articles and its colour shows its type; a tie's width grows with its weight,
    blue and whole is for, orange and dashed against, grey neither; an arrow shows a tie's direction. Places come from a
    spring layout (Fruchterman & Reingold 1991) and mean nothing by themselves: near actors tend to be tied.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(9.0, 7.0), layout="constrained")
    weights = dict(graph.degree(weight="weight"))
    chosen = sorted(weights, key=lambda node: (-weights[node], node))[:top_n]
    shown = part_of(graph, chosen)
    shown = part_of(shown, [node for node in chosen if shown.degree(node) > 0 or len(chosen) == 1])
    places = _places(shown, seed)
    ax.set(title=title, xlim=(-1.25, 1.25), ylim=(-1.15, 1.15), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.set_xlabel(_caption(graph, shown))
    if len(shown):
        _draw_ties(shown, places, ax)
        _legend(shown, ax)
        _draw_actors(shown, places, ax)
    return ax


def _caption(graph: Graph, shown: Graph) -> str:
    drawn = len(ties(shown))
    rest = f"not drawn: {len(graph) - len(shown)} actors, {len(ties(graph)) - drawn} ties"
    return f"{len(shown)} actors and {drawn} ties; {rest}"


def _places(shown: Graph, seed: int) -> dict[str, np.ndarray]:
    """Spring layout with a weak tie from everyone to a hub, lest unconnected parts drift apart."""
    ordered = nx.Graph()
    ordered.add_nodes_from([*sorted(shown), ("hub",)])
    ordered.add_edges_from((a, b, {"weight": 1.0}) for a, b in sorted(map(sorted, undirected(shown).edges)))
    ordered.add_edges_from((node, ("hub",), {"weight": 0.15}) for node in sorted(shown))
    places = nx.spring_layout(ordered, k=3 / np.sqrt(len(ordered)), iterations=400, seed=seed)
    places.pop(("hub",))
    if not places:
        return {}
    spots = np.array(list(places.values()))
    spots = (spots - spots.min(axis=0)) / np.maximum(np.ptp(spots, axis=0), 1e-9) * 2 - 1
    return dict(zip(places, spots, strict=True))


def _size(data: dict) -> float:
    return 40 + 22 * data.get("articles", 0)


def _draw_ties(shown: Graph, places: dict, ax: Axes) -> None:
    scale = max([4, *(data["weight"] for *_, data in shown.edges(data=True))])
    sizes = [_size(data) for _, data in shown.nodes(data=True)]
    for sign, (colour, style, _) in LINES.items():
        edges = [(a, b) for a, b, data in shown.edges(data=True) if data["sign"] == sign]
        widths = [0.8 + 2.4 * shown.edges[edge]["weight"] / scale for edge in edges]
        arrows = {"arrowsize": 9, "node_size": sizes} if shown.is_directed() else {}
        if edges:
            nx.draw_networkx_edges(
                shown,
                places,
                edgelist=edges,
                width=widths,
                edge_color=colour,
                style=style,
                alpha=0.75,
                ax=ax,
                **arrows,
            )


def _draw_actors(shown: Graph, places: dict, ax: Axes) -> None:
    nodes = list(shown)
    spots = np.array([places[node] for node in nodes])
    sizes = np.array([_size(shown.nodes[node]) for node in nodes])
    colours = [TYPES.get(shown.nodes[node]["type"], OTHER) for node in nodes]
    ax.scatter(*spots.T, s=sizes, c=colours, edgecolors="white", linewidths=0.8, zorder=3)
    ax.figure.draw_without_rendering()
    renderer, pixels = ax.figure.canvas.get_renderer(), ax.transData.transform(spots)
    radii = np.sqrt(sizes / np.pi) * ax.figure.dpi / 72
    taken = [Bbox.from_extents(*(spot - r), *(spot + r)) for spot, r in zip(pixels, radii, strict=True)]
    for i in sorted(range(len(nodes)), key=lambda i: (-sizes[i], nodes[i])):
        text = ax.text(0, 0, nodes[i], fontsize=8, ha="center", va="center", zorder=4, parse_math=False)
        text.set_path_effects([withStroke(linewidth=2, foreground="white")])
        box = text.get_window_extent(renderer)
        spot, far = _free(pixels[i], radii[i], box, taken, ax.get_window_extent(renderer))
        text.set_position(ax.transData.inverted().transform(spot))
        taken.append(_box(spot, box))
        if far:
            ends = ax.transData.inverted().transform([pixels[i], spot])
            ax.plot(*ends.T, color="#999999", linewidth=0.5, zorder=2)


def _box(centre: np.ndarray, box: Bbox) -> Bbox:
    width, height = box.width + 6, box.height + 2  # a little air
    return Bbox.from_bounds(centre[0] - width / 2, centre[1] - height / 2, width, height)


def _free(
    at: np.ndarray, radius: float, box: Bbox, taken: list[Bbox], frame: Bbox
) -> tuple[np.ndarray, bool]:
    """The nearest centre for a label around a node that covers nothing, and whether it needs a line to its node."""
    best = None
    for distance, (x, y) in itertools.product(range(2, 160, 6), PLACES):
        reach = np.array([radius + distance + box.width / 2, radius + distance + box.height / 2])
        centre = at + np.array([x, y]) * reach
        place = _box(centre, box)
        inside = (
            frame.x0 <= place.x0 and place.x1 <= frame.x1 and frame.y0 <= place.y0 and place.y1 <= frame.y1
        )
        hidden = place.count_overlaps(taken) + 10 * (not inside)
        if best is None or hidden < best[0]:
            best = hidden, centre, distance > 14
        if hidden == 0:
            break
    return best[1], best[2]


def _legend(shown: Graph, ax: Axes) -> None:
    types = {data["type"] for _, data in shown.nodes(data=True)}
    signs = {data["sign"] for *_, data in shown.edges(data=True)}
    kinds = {NAMES.get(name, "other"): TYPES.get(name, OTHER) for name in sorted(types, key=str)}
    handles = [
        Line2D([], [], marker="o", linestyle="", color=colour, label=name)
        for name, colour in sorted(kinds.items())
    ]
    if signs != {0}:
        handles += [
            Line2D([], [], color=colour, linestyle=style, label=name)
            for sign, (colour, style, name) in LINES.items()
            if sign in signs
        ]
    ax.legend(handles=handles, frameon=False, loc="upper left", bbox_to_anchor=(1, 1), fontsize=8)
