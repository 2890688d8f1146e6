import json

import networkx as nx
import pandas as pd
import pytest

from newsvoices import save_network

NODE = {"label": "", "type": "PERSON", "articles": 2, "quotes": 1, "words": 3}
EDGE = {"weight": 2, "articles": 2, "sign": -1, "relation": "fights, meets", "rows": "0;17"}


@pytest.fixture(params=[nx.Graph, nx.DiGraph])
def graph(request):
    graph = request.param(kind="stands to", table="relations")
    names = ['<script>&"Bo"</script>', "Zoë 🗞️ O’Hara", "=cmd|' /C calc'!A0", "alone"]
    graph.add_nodes_from((name, NODE | {"label": name}) for name in names)
    graph.add_edge(names[0], names[1], **EDGE)
    graph.add_edge(names[1], names[2], **EDGE | {"sign": 1})
    return graph


def same(graph, other):
    """Whether both have the same actors and ties with the same attributes, but for the ids that GEXF adds."""
    edges = {
        edge: {key: value for key, value in other.edges[edge].items() if key != "id"} for edge in other.edges
    }
    return (
        type(graph) is type(other)
        and dict(graph.nodes(data=True)) == dict(other.nodes(data=True))
        and all(graph.edges[edge] == data for edge, data in edges.items())
        and len(edges) == graph.number_of_edges()
    )


def test_what_is_written_is_read_again(graph, tmp_path):
    gexf, graphml, data, nodes, edges = save_network(graph, folder=tmp_path / "new", name="net")
    assert same(graph, nx.read_gexf(gexf))
    assert same(graph, nx.read_graphml(graphml))
    assert same(graph, nx.node_link_graph(json.loads(data.read_text("utf-8")), edges="edges"))
    assert pd.read_csv(nodes)["Id"].tolist()[1:] == ["Zoë 🗞️ O’Hara", "'=cmd|' /C calc'!A0", "alone"]
    assert pd.read_csv(edges)["Weight"].tolist() == [2, 2]


def test_the_same_network_gives_the_same_bytes(graph, tmp_path):
    first, second = (save_network(graph, folder=tmp_path / name, name="net") for name in "ab")
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert b"lastmodified" not in first[0].read_bytes()


def test_characters_that_xml_cannot_hold_are_replaced(tmp_path):
    graph = nx.Graph()
    graph.add_node("a\x00b", **NODE | {"label": "a\x00b"})
    gexf, graphml, *_ = save_network(graph, folder=tmp_path, name="net")
    assert list(nx.read_gexf(gexf)) == list(nx.read_graphml(graphml)) == ["a�b"]


def test_names_that_xml_cannot_tell_apart_stay_two_actors(tmp_path):
    graph = nx.Graph()
    for name in ("a\x00b", "a\x01b", "a�b", "a\x02b"):
        graph.add_node(name, **NODE)
    graph.add_edge("a\x00b", "a\x01b", **EDGE)
    gexf, graphml, *_ = save_network(graph, folder=tmp_path, name="net")
    for read in (nx.read_gexf(gexf), nx.read_graphml(graphml)):
        assert list(read) == ["a�b (2)", "a�b (3)", "a�b", "a�b (4)"]
        assert list(read.edges) == [("a�b (2)", "a�b (3)")]


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "", "..", ".", "a\0b", "a\nb", "C:x"])
def test_a_name_that_would_leave_the_folder_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="is no file name"):
        save_network(nx.Graph(), folder=tmp_path / "out", name=name)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_network_gives_files(tmp_path):
    files = save_network(nx.DiGraph(), folder=tmp_path, name="net")
    assert all(file.exists() for file in files)
    assert len(nx.read_gexf(files[0])) == 0
