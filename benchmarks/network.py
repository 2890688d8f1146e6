"""Time and memory of a network of 5,000 actors and 100,000 ties, and of 200 resamples of the sample's.

Usage: python benchmarks/network.py [--out FILE]
"""

import argparse
import json
import resource
import time
from pathlib import Path

import networkx as nx
import numpy as np

from newsvoices import analyse, read_articles
from newsvoices.networks.build import network
from newsvoices.networks.measures import backbone, centralities, communities, stability

ACTORS, TIES, SEED = 5_000, 100_000, 1


def made_up() -> nx.DiGraph:
    """Ties between actors that are the rarer the lower their rank, with weights of a long tail."""
    random = np.random.default_rng(SEED)
    chance = 1 / np.arange(1, ACTORS + 1) ** 0.6
    graph = nx.DiGraph()
    while graph.number_of_edges() < TIES:
        for a, b in random.choice(
            ACTORS, (TIES - graph.number_of_edges(), 2), p=chance / chance.sum()
        ).tolist():
            if a != b:
                weight = int(random.zipf(2.2))
                rows = json.dumps([["article", "0-1;2-3", "criticises", -1]] * weight)
                graph.add_edge(a, b, weight=weight, sign=-1, rows=rows)
    return graph


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "network.json")
    options = parser.parse_args()
    graph, seconds = made_up(), {}
    steps = {
        "backbone": lambda: backbone(graph),
        "communities": lambda: communities(graph, seed=SEED),
        "centralities": lambda: centralities(graph, seed=SEED),
    }
    for name, step in steps.items():
        begun = time.perf_counter()
        step()
        seconds[name] = round(time.perf_counter() - begun, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tables = analyse(read_articles(Path(__file__).parents[1] / "data" / "sample" / "articles"))
    begun = time.perf_counter()
    for kind in ("speaks about", "mentioned together", "stands to"):
        stability(network(tables, kind=kind), tables=tables, seed=SEED)
    result = {
        "actors": len(graph),
        "ties": graph.number_of_edges(),
        "seconds": seconds | {"all": round(sum(seconds.values()), 1)},
        "peak memory, MB": round(peak),
        "200 resamples of the sample's three networks, seconds": round(time.perf_counter() - begun, 1),
    }
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
