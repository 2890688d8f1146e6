"""What a network looks like: its backbone, communities and central actors, and how stable its ties are."""

import networkx as nx
import numpy as np
import pandas as pd

from ..schema import Tables
from .build import Graph, rows_of, ties, undirected


def backbone(graph: Graph, *, alpha: float = 0.05) -> Graph:
    """The ties that are heavier than a random spread of an actor's weight would make them, and the actors tied.

    The disparity filter (Serrano, Boguñá & Vespignani 2009): if an actor's weight were spread over its k ties at
    random, a share p or more would fall on one tie with probability (1 - p)^(k - 1). A tie stays where this p-value is
    below `alpha` at either end; it is kept as the tie's attribute alpha.

    Limitation: an actor with one tie only cannot keep it by itself.
    """
    out, back = _degrees(graph)
    kept = graph.__class__(**graph.graph)
    for a, b, data in graph.edges(data=True):
        p_value = min(_disparity(data["weight"], *out[a]), _disparity(data["weight"], *back[b]))
        if p_value < alpha:
            kept.add_edge(a, b, **data | {"alpha": p_value})
    kept.add_nodes_from((node, graph.nodes[node]) for node in list(kept))
    return kept


def _degrees(graph: Graph) -> tuple[dict, dict]:
    """Number and weight of the ties that go out from each actor, and of those that come in."""
    sides = (graph.succ, graph.pred) if graph.is_directed() else (graph.adj, graph.adj)
    return tuple(
        {node: (len(ends), sum(data["weight"] for data in ends.values())) for node, ends in side.items()}
        for side in sides
    )


def _disparity(weight: float, number: int, total: float) -> float:
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


def stability(
    graph: Graph, *, tables: Tables, seed: int, samples: int = 200, minimum: int = 1
) -> pd.DataFrame:
    """One row per tie, as `ties` gives them, with the share of resampled corpora that it survives in, and with its sign.

    As many articles as there are are drawn with replacement, `samples` times (the bootstrap, Efron 1979; on
    networks, Snijders & Borgatti 1999); a tie survives where it has `minimum` rows or more. A tie of one row survives
    in about 63 % of samples: less is not to be had. `keeps_sign` is the share of those in which it survives where its
    sign is the same.

    Limitation: it says how much hangs on single articles, not whether the tie is read rightly.
    """
    table = ties(graph)
    if table.empty:
        return table.assign(survives=0.0, keeps_sign=0.0)
    articles = pd.Index(tables.articles["article_id"])
    counts = np.zeros((len(articles), len(table)))  # rows of each tie in each article
    signs = np.zeros_like(counts)
    for number, rows in enumerate(map(rows_of, table["rows"])):
        at = articles.get_indexer([row.article_id for row in rows])
        np.add.at(counts[:, number], at, 1)
        np.add.at(signs[:, number], at, [row.sign * row.certainty for row in rows])
    resamples = np.random.default_rng(seed).multinomial(
        len(articles), [1 / len(articles)] * len(articles), samples
    )
    survives = resamples @ counts >= minimum
    same = np.sign((resamples @ signs).round(6)) == table["sign"].to_numpy()
    return table.assign(
        survives=survives.mean(axis=0),
        keeps_sign=(survives & same).sum(axis=0) / np.maximum(survives.sum(axis=0), 1),
    )
