"""Networks of actors from the tables; every tie knows the rows that show it."""

import difflib
import itertools
from bisect import bisect_right
from collections.abc import Collection, Iterable

import networkx as nx
import numpy as np
import pandas as pd

from .analysis import Tables
from .evidence import BREAK, evidence

MUTUAL = {"meets", "allies"}
STANCES = ("allies", "criticises", "fights", "leads", "meets", "supports")
KINDS = ("speaks about", "mentioned together", "stands to", *STANCES)
TIES = ["source", "target", "relation", "sign", "weight", "articles", "rows"]

Graph = nx.Graph | nx.DiGraph


def network(
    tables: Tables, *, kind: str, within: str = "sentence", articles: Collection[str] | None = None
) -> Graph:
    """The actors of a corpus and the ties between them, as a networkx graph.

    Args:
        tables: as `analyse` gives them.
        kind: "speaks about", "mentioned together", "stands to" (every typed relation) or one relation, such as
            "fights".
        within: "sentence" or "paragraph": where two actors are mentioned together.
        articles: article_ids to keep to; all by default.

    Returns:
        A DiGraph, or a Graph for "mentioned together" and for relations that hold both ways. In a DiGraph such a
        relation runs both ways. Nodes are actors, with label (the name), type (PERSON, …, or "group" for one that is
        only described), articles, quotes and words (spoken). Edges have weight (number of rows), articles, sign (of the
        sum of the rows' signs), relation and rows: row labels of the table named in `graph.graph["table"]`, as in
        "3;17". Nobody is tied to themselves, and "same as" is no tie.

    Raises:
        ValueError: an unknown kind or within.

    Limitation: a tie says that the articles say so, once; see `stability`.
    """
    if kind not in KINDS or within not in ("sentence", "paragraph"):
        known = f"kinds are {', '.join(KINDS)}; within is sentence or paragraph"
        raise ValueError(f"no network of kind {kind!r} within {within!r}; {known}")
    keep = set(tables.articles["article_id"] if articles is None else articles)
    rows = _together(tables, within) if kind == "mentioned together" else _related(tables.relations, kind)
    rows = rows[rows["article_id"].isin(keep)]
    undirected = kind == "mentioned together" or kind in MUTUAL
    graph = nx.Graph() if undirected else nx.DiGraph()
    graph.graph |= {"kind": kind, "table": "mentions" if kind == "mentioned together" else "relations"}
    graph.add_nodes_from(_actors(tables, keep))
    if undirected:
        ends = np.sort(rows[["source", "target"]].to_numpy(dtype=str), axis=1)
        rows = rows.assign(source=ends[:, 0], target=ends[:, 1])
    for name in sorted({*rows["source"], *rows["target"]} - set(graph)):
        graph.add_node(name, label=name, type="group", articles=0, quotes=0, words=0)
    for (source, target), part in rows.groupby(["source", "target"], sort=True):
        graph.add_edge(source, target, **_tie(part))
    graph.remove_nodes_from(
        [node for node, degree in list(graph.degree) if degree == 0 and kind != "speaks about"]
    )
    return graph


def _tie(rows: pd.DataFrame) -> dict[str, object]:
    relations = rows["relation"].value_counts()
    order = sorted(relations.index, key=lambda name: (-relations[name], name))
    return {
        "weight": len(rows),
        "articles": int(rows["article_id"].nunique()),
        "sign": int(np.sign(rows["sign"].sum())),
        "relation": ", ".join(order),
        "rows": ";".join(map(str, rows["row"])),
    }


def _related(relations: pd.DataFrame, kind: str) -> pd.DataFrame:
    wanted = STANCES if kind == "stands to" else (kind,)
    rows = relations[relations["relation"].isin(wanted) & (relations["source"] != relations["target"])]
    rows = rows[["article_id", "source", "target", "relation", "sign"]].assign(row=rows.index)
    back = rows[rows["relation"].isin(MUTUAL)].rename(columns={"source": "target", "target": "source"})
    return pd.concat([rows, back]).sort_values("row", kind="stable") if kind == "stands to" else rows


def _together(tables: Tables, within: str) -> pd.DataFrame:
    """One row per two actors and sentence or paragraph; row is the first one's mention."""
    texts = tables.articles.set_index("article_id")["text"]
    rows = []
    for article_id, part in tables.mentions[tables.mentions["actor"] != ""].groupby("article_id"):
        text = texts[article_id]
        bounds = [m.end() for m in BREAK.finditer(text) if within == "sentence" or m.group() == "\n"]
        units = [bisect_right(bounds, start) for start in part["start"]]
        for _, unit in part.groupby(units):
            first = unit.drop_duplicates("actor")
            pairs = itertools.combinations(zip(first["actor"], first.index, strict=True), 2)
            rows += [(article_id, a, b, "together", 0, row) for (a, row), (b, _) in pairs]
    return pd.DataFrame(rows, columns=["article_id", "source", "target", "relation", "sign", "row"])


def _actors(tables: Tables, keep: Collection[str]) -> Iterable[tuple[str, dict[str, object]]]:
    mentions = tables.mentions[tables.mentions["article_id"].isin(keep) & (tables.mentions["actor"] != "")]
    quotes = tables.quotes[tables.quotes["article_id"].isin(keep)]
    words = quotes["text"].str.split().str.len().groupby(quotes["actor"]).agg(["size", "sum"])
    for actor, part in mentions.groupby("actor"):
        labels = part["label"].value_counts()
        said, spoken = words.loc[actor] if actor in words.index else (0, 0)
        yield (
            actor,
            {
                "label": actor,
                "type": min(labels.index, key=lambda name: (-labels[name], name)),
                "articles": int(part["article_id"].nunique()),
                "quotes": int(said),
                "words": int(spoken),
            },
        )


def ties(graph: Graph) -> pd.DataFrame:
    """One row per tie, the heaviest first: source, target, relation, sign, weight, articles, rows.

    A tie that holds both ways and runs both ways in a DiGraph is one row.
    """
    rows = [
        {"source": a, "target": b, **data}
        for a, b, data in graph.edges(data=True)
        if not (a > b and graph.is_directed() and graph.get_edge_data(b, a) == data)
    ]
    table = pd.DataFrame(rows, columns=TIES)
    order = ["weight", "articles", "source", "target"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def tie_evidence(graph: Graph, source: str, target: str, *, tables: Tables) -> pd.DataFrame:
    """One row per row behind a tie: article_id, outlet, date, relation and the sentence that shows it.

    Raises:
        KeyError: there is no such tie.
    """
    if not graph.has_edge(source, target):
        raise KeyError(f"no tie from {source!r} to {target!r}; ties(graph) lists them")
    rows = getattr(tables, graph.graph["table"]).loc[
        list(map(int, graph.edges[source, target]["rows"].split(";")))
    ]
    found = evidence(rows, tables.articles)
    if "relation" in rows:
        found = found.assign(relation=rows["relation"].to_numpy(), sentence=rows["text"].to_numpy())
    return found


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


def undirected(graph: Graph) -> nx.Graph:
    """One edge per two actors: weights are added up, the sign is that of the sum of weight times sign."""
    if not graph.is_directed():
        return graph.copy()
    flat = nx.Graph(**graph.graph)
    flat.add_nodes_from(graph.nodes(data=True))
    for a, b, data in graph.edges(data=True):
        edge = flat.get_edge_data(a, b, {"weight": 0, "stance": 0})
        stance = edge["stance"] + data["weight"] * data["sign"]
        flat.add_edge(a, b, weight=edge["weight"] + data["weight"], stance=stance, sign=int(np.sign(stance)))
    return flat


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


def ego(graph: Graph, actor: str, *, radius: int = 1) -> Graph:
    """The actor, those at most `radius` ties away in either direction, and the ties among them.

    Raises:
        ValueError: no such actor; names those that are written alike.
    """
    if actor not in graph:
        alike = ", ".join(difflib.get_close_matches(actor, list(graph), cutoff=0.5)) or "none"
        raise ValueError(f"no actor {actor!r} in this network; names written alike: {alike}")
    return part_of(graph, nx.ego_graph(graph, actor, radius=radius, undirected=True))


def part_of(graph: Graph, actors: Collection[str]) -> Graph:
    """Some actors and the ties among them, in the graph's own order: networkx's subgraph has that of a set."""
    part = graph.__class__(**graph.graph)
    part.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in actors)
    part.add_edges_from((a, b, data) for a, b, data in graph.edges(data=True) if a in part and b in part)
    return part


def compare_networks(one: Graph, other: Graph) -> pd.DataFrame:
    """One row per tie of either network: source, target, weight in one and in the other, and who has it.

    `held` is "both", "one" or "other"; ties that only one has come first, the heaviest on top.
    """
    both = ties(one).merge(ties(other), on=["source", "target"], how="outer", suffixes=("_one", "_other"))
    table = both[["source", "target"]].assign(
        one=both["weight_one"].fillna(0).astype(int), other=both["weight_other"].fillna(0).astype(int)
    )
    held = np.select([table["other"] == 0, table["one"] == 0], ["one", "other"], "both")
    table = table.assign(held=held, weight=table["one"] + table["other"], shared=held == "both")
    order = ["shared", "weight", "source", "target"]
    return table.sort_values(order, ascending=[True, False, True, True], ignore_index=True).drop(
        columns=["shared", "weight"]
    )


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
