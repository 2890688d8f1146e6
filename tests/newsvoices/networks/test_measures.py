import networkx as nx
import pytest

from newsvoices import backbone, communities


def test_the_backbone_keeps_what_a_random_spread_would_not_give():
    graph = nx.Graph()
    graph.add_weighted_edges_from([("hub", f"n{i}", 1) for i in range(20)] + [("hub", "friend", 40)])
    kept = backbone(graph, alpha=0.05)
    assert list(kept.edges) == [("hub", "friend")]
    assert kept.edges["hub", "friend"]["alpha"] == pytest.approx((1 - 40 / 60) ** 20)


def test_a_backbone_has_a_backbone():
    graph = nx.Graph()
    graph.add_weighted_edges_from([("hub", f"n{i}", 1) for i in range(20)] + [("hub", "friend", 40)])
    once = backbone(graph, alpha=0.99)
    assert list(backbone(once, alpha=0.05).edges) == [("hub", "friend")]


def test_communities_are_numbered_by_size():
    graph = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(5))
    nx.set_edge_attributes(graph, 1, "weight")
    table = communities(graph, seed=1)
    assert table["community"].tolist() == [1] * 5 + [2] * 3
