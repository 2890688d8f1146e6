from dataclasses import replace

import pandas as pd
import pytest

from newsvoices import (
    Tables,
    backbone,
    centralities,
    communities,
    compare_networks,
    ego,
    frame,
    network,
    stability,
    tie_evidence,
    ties,
)
from newsvoices.actors.resolve import actors_table
from newsvoices.networks.build import undirected

TEXT = "Ada met Bo. Cy hates Ada.\nBo saw Cy."


def relation(article_id, source, name, target, sign=0):
    at = {"source_start": 0, "source_end": 1, "target_start": 2, "target_end": 3, "start": 0, "end": 11}
    return {"article_id": article_id, "source": source, "relation": name, "target": target, "sign": sign,
            "text": "Ada met Bo.", **at}  # fmt: skip


def mention(article_id, start, actor):
    end = start + len(actor)
    return {
        "article_id": article_id,
        "start": start,
        "end": end,
        "text": actor,
        "label": "PERSON",
        "actor": actor,
    }


@pytest.fixture
def tables():
    articles = [
        {
            "article_id": name,
            "text": TEXT,
            "outlet": "Lantern",
            "n_tokens": 9,
            "sentences": "0-11;12-25;26-36",
        }
        for name in "xy"
    ]
    names = [(0, "Ada"), (8, "Bo"), (12, "Cy"), (21, "Ada"), (26, "Bo"), (33, "Cy")]
    quote = {
        "article_id": "x",
        "quote_id": "x#1",
        "text": "We met them",
        "actor": "Ada",
        "start": 0,
        "end": 9,
    }
    found = [
        relation("x", "Bo", "meets", "Ada"),
        relation("y", "Ada", "meets", "Bo"),
        relation("x", "Cy", "criticises", "Ada", -1),
        relation("y", "Cy", "supports", "rebels", 1),
        relation("x", "Ada", "speaks about", "Bo"),
        relation("x", "Ada", "same as", "the minister"),
        relation("x", "Ada", "fights", "Ada", -1),
    ]
    mentions = frame("mentions", [mention(name, at, actor) for name in "xy" for at, actor in names])
    quotes = frame("quotes", [quote])
    return Tables(
        articles=frame("articles", articles),
        mentions=mentions,
        quotes=quotes,
        actors=actors_table(mentions, quotes),
        relations=frame("relations", found),
    )


def test_who_speaks_about_whom_is_directed_and_keeps_those_of_whom_nobody_speaks(tables):
    graph = network(tables, kind="speaks about")
    assert list(graph.edges) == [("Ada", "Bo")]
    assert graph.nodes["Ada"] == {"label": "Ada", "type": "PERSON", "articles": 2, "quotes": 1, "words": 3}
    assert "Cy" in graph


def test_relations_that_hold_both_ways_are_one_tie(tables):
    graph = network(tables, kind="meets")
    assert not graph.is_directed()
    assert ties(graph).to_dict("records") == [
        {
            "source": "Ada",
            "target": "Bo",
            "relation": "meets",
            "sign": 0,
            "weight": 2,
            "articles": 2,
            "rows": '[["x", "0-1;2-3", "meets", 0, 1.0], ["y", "0-1;2-3", "meets", 0, 1.0]]',
        }
    ]


def test_stances_have_signs_and_leave_out_other_names_and_oneself(tables):
    graph = network(tables, kind="stands to")
    assert {(a, b): data["sign"] for a, b, data in graph.edges(data=True)} == {
        ("Ada", "Bo"): 0,
        ("Bo", "Ada"): 0,
        ("Cy", "Ada"): -1,
        ("Cy", "rebels"): 1,
    }
    assert graph.nodes["rebels"]["type"] == "group"


def test_mentioned_together_in_a_sentence_or_a_paragraph(tables):
    sentence = network(tables, kind="mentioned together")
    assert {tuple(sorted(edge)): sentence.edges[edge]["weight"] for edge in sentence.edges} == {
        ("Ada", "Bo"): 2,
        ("Ada", "Cy"): 2,
        ("Bo", "Cy"): 2,
    }
    paragraph = network(tables, kind="mentioned together", within="paragraph")
    assert paragraph.edges["Bo", "Cy"]["weight"] == 4


def test_a_network_of_some_articles(tables):
    assert list(network(tables, kind="stands to", articles=["y"]).edges) == [
        ("Ada", "Bo"),
        ("Bo", "Ada"),
        ("Cy", "rebels"),
    ]


def test_every_tie_opens_to_its_sentences(tables):
    found = tie_evidence(network(tables, kind="meets"), "Ada", "Bo", tables=tables)
    assert found[["article_id", "relation", "sentence"]].to_numpy().tolist() == [
        ["x", "meets", "Ada met Bo."],
        ["y", "meets", "Ada met Bo."],
    ]
    with pytest.raises(KeyError, match="no tie from 'Ada' to 'Zed'"):
        tie_evidence(network(tables, kind="meets"), "Ada", "Zed", tables=tables)


def test_evidence_is_that_of_the_pair_whatever_rows_are_left_out_or_moved(tables):
    fewer = replace(tables, relations=tables.relations.iloc[[4, 2, 1]].reset_index(drop=True))
    for kind, pair in (("criticises", ("Cy", "Ada")), ("speaks about", ("Ada", "Bo"))):
        found = tie_evidence(network(fewer, kind=kind), *pair, tables=tables)
        assert found["relation"].tolist() == [kind]
    together = network(replace(tables, mentions=tables.mentions.iloc[6:]), kind="mentioned together")
    found = tie_evidence(together, "Bo", "Cy", tables=tables)
    assert found[["article_id", "sentence", "marks"]].to_numpy().tolist() == [["y", "Bo saw Cy.", "0-2;7-9"]]


@pytest.mark.parametrize(
    ("said", "weight", "sign"),
    [
        ([("Ada", "allies", "Bo", 1), ("Ada", "fights", "Bo", -1)], 2, 0),
        ([("Ada", "fights", "Bo", -1)] * 3 + [("Ada", "supports", "Bo", 1)] * 2
         + [("Bo", "supports", "Ada", 1)] * 4, 9, 1),
    ],
)  # fmt: skip
def test_both_directions_in_one_tie_count_each_row_once(tables, said, weight, sign):
    told = frame("relations", [relation("x", *row) for row in said])
    flat = undirected(network(replace(tables, relations=told), kind="stands to"))
    assert flat.edges["Ada", "Bo"] | {"weight": weight, "sign": sign} == flat.edges["Ada", "Bo"]


def test_an_uncertain_row_weighs_what_it_is_certain_and_tells_the_sign_by_that(tables):
    told = [
        ("Ada", "supports", "Bo", 1, 0.9),
        ("Ada", "criticises", "Bo", -1, 0.45),
        ("Bo", "fights", "Ada", -1, None),
    ]
    rows = frame("relations", [relation("x", *row) | {"certainty": c} for *row, c in told])
    graph = network(replace(tables, relations=rows), kind="stands to")
    assert [(d["weight"], d["sign"]) for *_, d in graph.edges(data=True)] == [(1.35, 1), (1, -1)]
    assert undirected(graph).edges["Ada", "Bo"] == {"weight": 2.35, "stance": -0.55, "sign": -1}


@pytest.mark.parametrize("kind", ["speaks about", "mentioned together", "stands to", "fights"])
@pytest.mark.parametrize("n_mentions", [0, 1])
def test_nothing_or_one_actor_gives_empty_answers(tables, kind, n_mentions):
    left = tables.mentions.head(n_mentions)
    actors = actors_table(left, frame("quotes"))
    bare = Tables(tables.articles, left, frame("quotes"), actors, frame("relations"))
    graph = network(bare, kind=kind)
    assert graph.number_of_edges() == 0
    assert len(backbone(graph)) == 0
    assert len(communities(graph, seed=1)) == len(centralities(graph, seed=1)) == len(graph)
    assert stability(graph, tables=bare, seed=1).empty
    assert stability(graph, tables=replace(bare, articles=frame("articles")), seed=1).empty
    assert compare_networks(graph, graph).empty


def test_an_unknown_kind_says_which_there_are(tables):
    with pytest.raises(ValueError, match=r"no network of kind 'hates'.*speaks about, mentioned together"):
        network(tables, kind="hates")


def test_ego_keeps_neighbours_and_names_those_written_alike(tables):
    graph = network(tables, kind="stands to")
    assert sorted(ego(graph, "Cy")) == ["Ada", "Cy", "rebels"]
    with pytest.raises(ValueError, match=r"no actor 'Adda'.*names written alike: Ada"):
        ego(graph, "Adda")


def test_compared_networks_show_first_what_only_one_has(tables):
    nets = [network(tables, kind="stands to", articles=[name]) for name in "xy"]
    table = compare_networks(*nets, names=("Courier", "Lantern"))
    assert table.columns.tolist() == ["source", "target", "Courier", "Lantern", "found_in"]
    assert table.to_numpy().tolist() == [
        ["Cy", "Ada", 1, 0, "Courier"],
        ["Cy", "rebels", 0, 1, "Lantern"],
        ["Ada", "Bo", 1, 1, "both"],
    ]


def test_stability_is_the_share_of_resamples_and_the_same_for_the_same_seed(tables):
    graph = network(tables, kind="stands to")
    table = stability(graph, tables=tables, seed=1, samples=2000).set_index(["source", "target"])
    assert table.loc[("Ada", "Bo"), "survives"] == 1
    assert table.loc[("Cy", "Ada"), "survives"] == pytest.approx(0.75, abs=0.03)
    again = stability(graph, tables=tables, seed=1, samples=2000)
    pd.testing.assert_frame_equal(table.reset_index(), again)


def test_a_sign_is_kept_in_the_resamples_that_say_the_same(tables):
    told = [("x", "criticises", -1, 0.9), ("y", "supports", 1, 0.4)]
    rows = [relation(article, "Ada", name, "Bo", sign) | {"certainty": c} for article, name, sign, c in told]
    two = replace(tables, relations=frame("relations", rows))
    (row,) = stability(network(two, kind="stands to"), tables=two, seed=1, samples=4000).itertuples()
    assert row.survives == 1
    assert row.keeps_sign == pytest.approx(0.75, abs=0.03)  # all but y drawn twice
