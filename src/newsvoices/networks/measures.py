"""What a network looks like: its backbone, communities, central actors, balance and camps, and how stable it is."""

import networkx as nx
import numpy as np
import pandas as pd

from ..schema import Tables
from .build import Graph, ties, undirected


def backbone(graph: Graph, *, alpha: float = 0.05) -> Graph:
    """The ties that carry more of an actor's weight than chance would give them, and the actors that they tie.

    The disparity filter (Serrano, Boguñá & Vespignani 2009): if an actor's weight were spread over its k ties at
    random, a share p or more would fall on one tie with probability (1 - p)^(k - 1). A tie below `alpha` at either end
    stays, with this probability as its attribute alpha.

    Limitation: an actor with one tie only cannot keep it by itself.
    """
    out, back = _degrees(graph)
    kept = graph.__class__(**graph.graph)
    for a, b, data in graph.edges(data=True):
        by_chance = min(_by_chance(data["weight"], *out[a]), _by_chance(data["weight"], *back[b]))
        if by_chance < alpha:
            kept.add_edge(a, b, **data, alpha=by_chance)
    kept.add_nodes_from((node, graph.nodes[node]) for node in list(kept))
    return kept


def _degrees(graph: Graph) -> tuple[dict, dict]:
    """Number and weight of the ties that go out from each actor, and of those that come in."""
    sides = (graph.succ, graph.pred) if graph.is_directed() else (graph.adj, graph.adj)
    return tuple(
        {node: (len(ends), sum(data["weight"] for data in ends.values())) for node, ends in side.items()}
        for side in sides
    )


def _by_chance(weight: float, number: int, total: float) -> float:
    return (1 - weight / total) ** (number - 1) if number > 1 else 1.0


def communities(graph: Graph, *, seed: int) -> pd.DataFrame:
    """One row per actor: actor and community, numbered from 1 by size.

    Louvain's method (Blondel et al. 2008) on the weights, direction and sign left aside.

    Limitation: near-equal partitions exist; another seed may move actors between communities.
    """
    parts = (
        nx.community.louvain_communities(undirected(graph), weight="weight", seed=seed) if len(graph) else []
    )
    parts = sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part))
    rows = [(actor, number) for number, part in enumerate(parts, 1) for actor in part]
    return pd.DataFrame(rows, columns=["actor", "community"])


def centralities(graph: Graph, *, seed: int, sample: int = 100) -> pd.DataFrame:
    """One row per actor: actor, type, articles, quotes, ties, weight, weight in and out, betweenness; heaviest first.

    Betweenness (Freeman 1977) is the share of shortest paths between others that run through the actor, each tie of
    length one, estimated from `sample` actors where there are more (Brandes & Pich 2007).
    """
    out, back = _degrees(graph)
    between = nx.betweenness_centrality(graph, k=min(sample, len(graph)), seed=seed) if len(graph) else {}
    rows = [
        {
            "actor": node,
            **{name: data.get(name) for name in ("type", "articles", "quotes")},
            "ties": graph.degree(node),
            "weight": graph.degree(node, weight="weight"),
            "weight in": back[node][1],
            "weight out": out[node][1],
            "betweenness": between[node],
        }
        for node, data in graph.nodes(data=True)
    ]
    columns = "actor,type,articles,quotes,ties,weight,weight in,weight out,betweenness".split(",")
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["weight", "ties", "actor"], ascending=[False, False, True], ignore_index=True)


def balance(graph: Graph) -> pd.DataFrame:
    """One row per triangle of signed ties: its actors, the three signs, and whether it is balanced.

    Balanced is a triangle with an even number of negative ties: a friend's enemy is an enemy (Heider 1946; Cartwright
    & Harary 1956). The mean of the column balanced is the share of balanced triangles.
    """
    flat = undirected(graph)
    signed = nx.Graph((a, b, data) for a, b, data in flat.edges(data=True) if data["sign"])
    rows = []
    for a, b in sorted(map(sorted, signed.edges)):
        for c in sorted(set(signed[a]) & set(signed[b])):
            if c > b:
                signs = [signed.edges[pair]["sign"] for pair in ((a, b), (a, c), (b, c))]
                rows.append((a, b, c, *signs, bool(np.prod(signs) > 0)))
    return pd.DataFrame(rows, columns=["a", "b", "c", "a-b", "a-c", "b-c", "balanced"])


def camps(graph: Graph, *, seed: int, tries: int = 50) -> pd.DataFrame:
    """One row per actor with a signed tie: actor, part, camp (1 or 2) and against, its ties that cross the camps' line.

    Each part of the network that hangs together is split in two so that as few ties as can be found are against the
    line: positive ones across it, negative ones within (Doreian & Mrvar 1996), by moving single actors from `tries`
    random starts.

    Limitation: camp 1 of one part has nothing to do with camp 1 of another, and there may be more than two camps.
    """
    flat = undirected(graph)
    signed = nx.Graph((a, b, data) for a, b, data in flat.edges(data=True) if data["sign"])
    random = np.random.default_rng(seed)
    parts = sorted(map(sorted, nx.connected_components(signed)), key=lambda part: (-len(part), part))
    rows = []
    for number, part in enumerate(parts, 1):
        side = min(
            (_split(signed, part, random) for _ in range(tries)), key=lambda side: _against(signed, side)
        )
        for actor in part:
            wrong = sum(_strain(signed, actor, other, side) for other in signed[actor])
            rows.append((actor, number, 1 if side[actor] == side[part[0]] else 2, wrong))
    return pd.DataFrame(rows, columns=["actor", "part", "camp", "against"])


def _strain(signed: nx.Graph, a: str, b: str, side: dict[str, int]) -> int:
    return int(signed.edges[a, b]["sign"] * side[a] * side[b] < 0)


def _against(signed: nx.Graph, side: dict[str, int]) -> int:
    return sum(_strain(signed, a, b, side) for a, b in signed.subgraph(side).edges)


def _split(signed: nx.Graph, part: list[str], random: np.random.Generator) -> dict[str, int]:
    side = dict(zip(part, random.choice([-1, 1], len(part)).tolist(), strict=True))
    moved = True
    while moved:
        moved = False
        for actor in part:
            pull = sum(signed.edges[actor, other]["sign"] * side[other] for other in signed[actor])
            if pull * side[actor] < 0:
                side[actor], moved = -side[actor], True
    return side


def stability(
    graph: Graph, *, tables: Tables, seed: int, samples: int = 200, minimum: int = 1
) -> pd.DataFrame:
    """One row per tie, as `ties` gives them, with the share of resampled corpora that it survives in.

    As many articles as there are are drawn with replacement, `samples` times (the bootstrap, Efron 1979; on
    networks, Snijders & Borgatti 1999); a tie survives where its weight is `minimum` or more. A tie of one row survives
    in about 63 % of samples: less is not to be had.

    Limitation: it says how much hangs on single articles, not whether the tie is read rightly.
    """
    table = ties(graph)
    source = getattr(tables, graph.graph["table"])["article_id"]
    articles = pd.Index(tables.articles["article_id"])
    held = np.zeros((len(articles), len(table)), dtype=np.int32)
    for number, rows in enumerate(table["rows"]):
        np.add.at(held[:, number], articles.get_indexer(source.loc[list(map(int, rows.split(";")))]), 1)
    drawn = np.random.default_rng(seed).multinomial(
        len(articles), [1 / max(len(articles), 1)] * len(articles), samples
    )
    return table.assign(survives=(drawn @ held >= minimum).mean(axis=0) if len(table) else 0.0)
