"""Networks of actors from the tables; every tie knows the rows that show it."""

import difflib
import itertools
import json
from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

from ..schema import Tables, spans_cell
from ..sentences import evidence, sentence_bounds

MUTUAL = {"meets", "allies"}
STANCES = ("allies", "criticises", "fights", "leads", "meets", "supports")
KINDS = ("speaks about", "mentioned together", "stands to", *STANCES)
TIES = ["source", "target", "relation", "sign", "weight", "articles", "rows"]

Graph = nx.Graph | nx.DiGraph


class TieRow(NamedTuple):
    """One row behind a tie: where its two actors stand in which article, as in “0-3;8-10”, and what it says of them."""

    article_id: str
    spans: str
    relation: str
    sign: int
    certainty: float = 1.0


def rows_of(cell: str) -> list[TieRow]:
    """The rows behind a tie, from its attribute `rows`, which holds them as JSON so that every file format keeps it.

    >>> rows_of('[["a", "0-3;8-10", "criticises", -1, 0.8]]')
    [TieRow(article_id='a', spans='0-3;8-10', relation='criticises', sign=-1, certainty=0.8)]
    """
    return [TieRow(*row) for row in json.loads(cell)]


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
        only described), articles, quotes and words (spoken). Edges have weight (number of rows, those with a certainty
        by it), articles, sign (of the sum of the rows' signs, weighed alike), relation and rows (see `rows_of`). Nobody is tied to themselves, and "same as" is no
        tie.

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
    both_ways = kind == "mentioned together" or kind in MUTUAL
    graph = nx.Graph() if both_ways else nx.DiGraph()
    graph.graph["kind"] = kind
    graph.add_nodes_from(_actors(tables, keep))
    if both_ways:
        ends = np.sort(rows[["source", "target"]].to_numpy(dtype=str), axis=1)
        rows = rows.assign(source=ends[:, 0], target=ends[:, 1])
    for name in sorted({*rows["source"], *rows["target"]} - set(graph)):
        graph.add_node(name, label=name, type="group", articles=0, quotes=0, words=0)
    for (source, target), part in rows.groupby(["source", "target"], sort=True):
        graph.add_edge(source, target, **_tie(part))
    if kind != "speaks about":
        graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph


def _tie(rows: pd.DataFrame) -> dict[str, object]:
    relations = rows["relation"].value_counts()
    order = sorted(relations.index, key=lambda name: (-relations[name], name))
    return {
        "weight": _weight(rows["certainty"].sum()),
        "articles": int(rows["article_id"].nunique()),
        "sign": int(np.sign((rows["sign"] * rows["certainty"]).sum().round(6))),
        "relation": ", ".join(order),
        "rows": json.dumps(rows[list(TieRow._fields)].to_numpy().tolist(), ensure_ascii=False),
    }


def _weight(certainties: float) -> float:
    """To two places, and whole where nothing is uncertain."""
    rounded = round(float(certainties), 2)
    return int(rounded) if rounded.is_integer() else rounded


def _related(relations: pd.DataFrame, kind: str) -> pd.DataFrame:
    wanted = STANCES if kind == "stands to" else (kind,)
    rows = relations[relations["relation"].isin(wanted) & (relations["source"] != relations["target"])]
    at = rows[["source_start", "source_end", "target_start", "target_end"]].to_numpy().tolist()
    spans = [spans_cell([(a, b), (c, d)]) for a, b, c, d in at]
    rows = rows.assign(spans=spans, certainty=rows["certainty"].fillna(1.0))
    rows = rows[["source", "target", *TieRow._fields]].reset_index(drop=True)
    if kind != "stands to":
        return rows
    back = rows[rows["relation"].isin(MUTUAL)].rename(columns={"source": "target", "target": "source"})
    return pd.concat([rows, back]).sort_index(kind="stable")


def _together(tables: Tables, within: str) -> pd.DataFrame:
    """One row per two actors and sentence or paragraph, with where each is mentioned first in it."""
    articles = tables.articles.set_index("article_id")
    rows = []
    mentions = tables.mentions[(tables.mentions["actor"] != "") & (tables.mentions["kind"] != "role")]
    for article_id, part in mentions.groupby("article_id"):
        article = articles.loc[article_id]
        sentences = article.get("sentences", "") if within == "sentence" else ""
        starts = [start for start, _ in sentence_bounds(article["text"], sentences)]
        passages = [bisect_right(starts, start) for start in part["start"]]
        for _, passage in part.groupby(passages):
            first = passage.drop_duplicates("actor")[["actor", "start", "end"]].to_numpy().tolist()
            for (a, *at), (b, *there) in itertools.combinations(first, 2):
                rows.append((a, b, article_id, spans_cell([at, there]), "together", 0, 1.0))
    return pd.DataFrame(rows, columns=["source", "target", *TieRow._fields])


def _actors(tables: Tables, keep: Collection[str]) -> Iterable[tuple[str, dict[str, object]]]:
    mentions = tables.mentions[tables.mentions["article_id"].isin(keep) & (tables.mentions["actor"] != "")]
    quotes = tables.quotes[tables.quotes["article_id"].isin(keep)]
    words = quotes["text"].str.split().str.len().groupby(quotes["actor"]).agg(["size", "sum"])
    labels = tables.actors.set_index("actor")["label"]  # of all articles, not those kept
    for actor, part in mentions.groupby("actor"):
        said, spoken = words.loc[actor] if actor in words.index else (0, 0)
        n = int(part["article_id"].nunique())
        facts = {"articles": n, "quotes": int(said), "words": int(spoken)}
        yield actor, {"label": actor, "type": labels[actor], **facts}


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
    """One row per row behind a tie: what `evidence` gives for it, and the relation.

    Returns:
        article_id, outlet, date; sentence: the sentence or sentences that both actors stand in; marks: where, in the
        sentence; relation: what it says of them ("together" where they are only mentioned).

    Raises:
        KeyError: there is no such tie, or `tables` lack one of its articles.
    """
    if not graph.has_edge(source, target):
        raise KeyError(f"no tie from {source!r} to {target!r}; ties(graph) lists them")
    rows = pd.DataFrame(rows_of(graph.edges[source, target]["rows"]))
    return evidence(rows, tables.articles).assign(relation=rows["relation"])


def undirected(graph: Graph) -> nx.Graph:
    """One edge per two actors, with all rows of both directions; a relation that holds both ways counts once.

    Edges have weight (number of rows, those with a certainty by it) and sign (of the sum of their signs, weighed alike).
    """
    if not graph.is_directed():
        return graph.copy()
    flat = nx.Graph(**graph.graph)
    flat.add_nodes_from(graph.nodes(data=True))
    for a, b, data in graph.edges(data=True):
        known = flat.get_edge_data(a, b, {"weight": 0, "stance": 0})
        rows = [row for row in rows_of(data["rows"]) if not (known["weight"] and row.relation in MUTUAL)]
        weight = _weight(known["weight"] + sum(row.certainty for row in rows))
        stance = round(known["stance"] + sum(row.sign * row.certainty for row in rows), 6)
        flat.add_edge(a, b, weight=weight, stance=stance, sign=int(np.sign(stance)))
    return flat


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


def compare_networks(one: Graph, other: Graph, *, names: tuple[str, str] = ("one", "other")) -> pd.DataFrame:
    """One row per tie of either network: source, target, its weight in each, and which of them has it.

    Args:
        one: a network.
        other: another one.
        names: what the two are called, such as two outlets.

    Returns:
        source, target; the two names: the tie's weight in each, 0 where there is none; found_in: one of the names, or
        "both". Ties that only one network has come first, the heaviest on top.
    """
    both = ties(one).merge(ties(other), on=["source", "target"], how="outer", suffixes=("_one", "_other"))
    weights = both[["weight_one", "weight_other"]].fillna(0).astype(int).set_axis(list(names), axis=1)
    missing = [weights[names[1]] == 0, weights[names[0]] == 0]
    table = both[["source", "target"]].join(weights).assign(found_in=np.select(missing, names, "both"))
    table = table.assign(shared=table["found_in"] == "both", weight=weights.sum(axis=1))
    order = ["shared", "weight", "source", "target"]
    return table.sort_values(order, ascending=[True, False, True, True], ignore_index=True).drop(
        columns=["shared", "weight"]
    )
