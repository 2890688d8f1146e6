import networkx as nx
import pytest

from newsvoices import backbone, balance, camps, communities


def signed(*edges):
    graph = nx.Graph()
    graph.add_weighted_edges_from([(a, b, 1) for a, b, _ in edges])
    nx.set_edge_attributes(graph, {(a, b): sign for a, b, sign in edges}, "sign")
    return graph


def test_the_backbone_keeps_what_chance_would_not_give():
    graph = nx.Graph()
    graph.add_weighted_edges_from([("hub", f"n{i}", 1) for i in range(20)] + [("hub", "friend", 40)])
    kept = backbone(graph, alpha=0.05)
    assert list(kept.edges) == [("hub", "friend")]
    assert kept.edges["hub", "friend"]["alpha"] == pytest.approx((1 - 40 / 60) ** 20)


def test_communities_are_numbered_by_size():
    graph = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(5))
    nx.set_edge_attributes(graph, 1, "weight")
    table = communities(graph, seed=1)
    assert table["community"].tolist() == [1] * 5 + [2] * 3


def test_balance_of_triangles():
    graph = signed(("a", "b", 1), ("b", "c", -1), ("a", "c", -1), ("c", "d", 1), ("a", "d", 1), ("b", "d", 0))
    table = balance(graph)
    assert table[["a", "b", "c", "balanced"]].to_numpy().tolist() == [
        ["a", "b", "c", True],
        ["a", "c", "d", False],
    ]


def test_camps_split_friends_from_foes_and_count_what_does_not_fit():
    graph = signed(("a", "b", 1), ("b", "c", -1), ("c", "d", 1), ("a", "d", -1), ("x", "y", -1))
    table = camps(graph, seed=1).set_index("actor")
    assert (
        table.loc["a", "camp"] == table.loc["b", "camp"] != table.loc["c", "camp"] == table.loc["d", "camp"]
    )
    assert table.loc["x", "part"] == 2
    assert table["against"].sum() == 0
