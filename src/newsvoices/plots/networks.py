"""A network as a picture: sign by colour and line style, size by articles, every label under its own dot."""

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from ..networks.build import Graph, part_of, ties
from .style import axes, empty_figure, legend, styled, wrap_text

LINES = {1: ("#0072b2", "-", "for"), -1: ("#d55e00", "--", "against"), 0: ("#888888", "-", "neither")}
TYPES = {"PERSON": "#56b4e9", "ORG": "#009e73", "GPE": "#e69f00", "LOC": "#e69f00", "NORP": "#cc79a7"}
NAMES = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "NORP": "people",
    "group": "described group",
}  # fmt: skip
OTHER = "#bbbbbb"
FONT, GAP, AIR = 9.5, 1.5, 7.0  # points: of labels, between a dot and its label, and around both


@styled
def draw_network(graph: Graph, *, title: str, seed: int, top_n: int = 30, ax: Axes | None = None) -> Axes:
    """A network with at most `top_n` actors, those with most weight; the caption counts the rest.

    A dot's area grows with the actor's articles and its colour shows its type; a tie's width grows with its weight,
    blue and whole is for, orange and dashed against, grey neither; an arrow shows a tie's direction. Places come from a
    spring layout (Fruchterman & Reingold 1991), spread over the picture until no dot or label touches another one; they
    mean nothing by themselves: near actors tend to be tied.
    """
    weights = dict(graph.degree(weight="weight"))
    chosen = sorted(weights, key=lambda node: (-weights[node], node))[:top_n]
    shown = part_of(graph, chosen)
    shown = part_of(shown, [node for node in chosen if shown.degree(node) > 0 or len(chosen) == 1])
    if not len(shown):
        ax = empty_figure(title, "Nothing to show: no two actors are tied.", ax)
        ax.set_xlabel(_caption(graph, shown))
        return ax
    grown = max(1.0, (len(shown) / 30) ** 0.5)
    ax = axes(ax, title=title, width=9.0 * grown, height=7.0 * grown)
    ax.set(xticks=[], yticks=[], xlabel=_caption(graph, shown))
    ax.spines[:].set_visible(False)
    sizes = _sizes(shown)
    _legend(shown, sizes, ax)
    spots = _places(shown, sizes, ax, seed=seed)
    _draw_ties(shown, spots, sizes, ax)
    _draw_actors(shown, spots, sizes, ax)
    return ax


def _caption(graph: Graph, shown: Graph) -> str:
    drawn = len(ties(shown))
    rest = f"not drawn: {len(graph) - len(shown)} actors, {len(ties(graph)) - drawn} ties"
    return f"{len(shown)} actors and {drawn} ties; {rest}"


def _sizes(shown: Graph) -> dict[str, float]:
    """The area of each actor's dot, in square points."""
    articles = {node: data.get("articles", 0) for node, data in shown.nodes(data=True)}
    most = max(8, *articles.values(), 0)
    return {node: 50 + 350 * n / most for node, n in articles.items()}


def _places(shown: Graph, sizes: dict[str, float], ax: Axes, *, seed: int) -> dict[str, np.ndarray]:
    """The centre of each dot, in points, which become the units of `ax`: no dot or label touches another one."""
    ax.figure.draw_without_rendering()
    scale = 72 / ax.figure.dpi
    frame = ax.get_window_extent()
    canvas = np.array([frame.width, frame.height]) * scale
    ax.set(xlim=(0, canvas[0]), ylim=(0, canvas[1]))
    diameters, boxes = np.sqrt([sizes[node] for node in shown]), []
    for node in shown:
        label = ax.text(0, 0, wrap_text(node, 20), fontsize=FONT)
        extent = label.get_window_extent()
        boxes.append((extent.width * scale, extent.height * scale))
        label.remove()
    labels = np.array(boxes)
    extents = np.column_stack(
        [np.maximum(labels[:, 0], diameters) + AIR, labels[:, 1] + diameters + GAP + AIR]
    )
    middles = _without_overlaps(
        _spring_layout(shown, seed) * (canvas - extents) + extents / 2, extents, canvas
    )
    middles[:, 1] += (labels[:, 1] + GAP) / 2  # from the middle of dot and label to that of the dot
    return dict(zip(shown, middles, strict=True))


def _spring_layout(shown: Graph, seed: int) -> np.ndarray:
    """Places between 0 and 1 by a spring layout, with a weak tie to a hub, lest unconnected parts drift apart.

    Half of a place is its rank, so that the crowd in the middle has more room than a spring layout gives it.
    """
    ordered = nx.Graph()
    ordered.add_nodes_from([*sorted(shown), ("hub",)])
    ordered.add_edges_from((a, b, {"weight": 1.0}) for a, b in sorted(map(sorted, nx.Graph(shown).edges)))
    ordered.add_edges_from((node, ("hub",), {"weight": 0.15}) for node in sorted(shown))
    found = nx.spring_layout(ordered, k=3 / np.sqrt(len(ordered)), iterations=400, seed=seed)
    spots = np.array([found[node] for node in shown])
    spots = (spots - spots.min(axis=0)) / np.maximum(np.ptp(spots, axis=0), 1e-9)
    ranks = spots.argsort(axis=0, kind="stable").argsort(axis=0) / max(len(spots) - 1, 1)
    return (spots + ranks) / 2 if len(spots) > 1 else np.full((1, 2), 0.5)


def _without_overlaps(
    middles: np.ndarray, extents: np.ndarray, canvas: np.ndarray, *, rounds: int = 2000
) -> np.ndarray:
    """Rectangles moved until none overlaps another, each pair along the side on which it overlaps less."""
    middles, least = middles.copy(), (extents[:, None] + extents[None]) / 2
    order = np.sign(np.arange(len(middles))[:, None] - np.arange(len(middles))[None])
    for _ in range(rounds):
        between = middles[:, None] - middles[None]
        overlap = least - np.abs(between)
        np.einsum("iik->ik", overlap)[:] = 0
        both = (overlap > 1e-6).all(axis=2)
        if not both.any():
            break
        along = np.argmin(overlap, axis=2)[..., None] == np.arange(2)
        away = np.where(between, np.sign(between), order[..., None])
        moved = middles + 0.3 * (np.where(both[..., None] & along, overlap, 0) * away).sum(axis=1)
        middles = np.clip(moved, extents / 2, np.maximum(canvas - extents / 2, extents / 2))
    return middles


def _draw_ties(shown: Graph, spots: dict, sizes: dict[str, float], ax: Axes) -> None:
    heaviest = max([4, *(data["weight"] for *_, data in shown.edges(data=True))])
    for sign, (colour, style, _) in LINES.items():
        edges = [(a, b) for a, b, data in shown.edges(data=True) if data["sign"] == sign]
        widths = [1.0 + 3.0 * shown.edges[edge]["weight"] / heaviest for edge in edges]
        look = {"width": widths, "edge_color": colour, "style": style, "alpha": 0.7}
        if shown.is_directed():
            look |= {"arrowsize": 10, "node_size": [sizes[node] for node in shown]}
        if edges:
            nx.draw_networkx_edges(shown, spots, edgelist=edges, ax=ax, **look)


def _draw_actors(shown: Graph, spots: dict, sizes: dict[str, float], ax: Axes) -> None:
    colours = [TYPES.get(shown.nodes[node]["type"], OTHER) for node in shown]
    centres, areas = np.array([spots[node] for node in shown]), [sizes[node] for node in shown]
    ax.scatter(*centres.T, s=areas, c=colours, edgecolors="white", linewidths=0.8, zorder=3, clip_on=False)
    for node, (x, y), area in zip(shown, centres, areas, strict=True):
        place = {"ha": "center", "va": "top", "zorder": 4}
        label = ax.text(x, y - area**0.5 / 2 - GAP, wrap_text(node, 20), fontsize=FONT, **place)
        label.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def _legend(shown: Graph, sizes: dict[str, float], ax: Axes) -> None:
    types = {data["type"] for _, data in shown.nodes(data=True)}
    kinds = {NAMES.get(kind, "other"): TYPES.get(kind, OTHER) for kind in types}
    marks = [(name, {"marker": "o", "color": kinds[name], "markersize": 8}) for name in sorted(kinds)]
    signs = {data["sign"] for *_, data in shown.edges(data=True)}
    for sign, (colour, line, name) in LINES.items() if signs != {0} else ():
        marks += [(name, {"color": colour, "linestyle": line})] * (sign in signs)
    articles = {data.get("articles", 0): sizes[node] for node, data in shown.nodes(data=True)}
    look = {"marker": "o", "color": "#999999", "markeredgewidth": 0}
    for n in sorted({min(articles), max(articles)}):
        marks.append((f"in {n} article{'' if n == 1 else 's'}", look | {"markersize": articles[n] ** 0.5}))
    legend(ax, marks)
