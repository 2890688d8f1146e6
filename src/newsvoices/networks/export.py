"""Networks to files that Gephi, R and a spreadsheet open."""

import itertools
import json
import re
from pathlib import Path

import networkx as nx
import pandas as pd

from ..files.saving import without_formulas
from .build import Graph

NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def save_network(graph: Graph, *, folder: str | Path, name: str) -> list[Path]:
    """Writes name.gexf, name.graphml, name.json, name-nodes.csv and name-edges.csv into ``folder``.

    All attributes are kept; characters that XML knows no way to write become “�”, and names that are alike for it get
    a number, as in “a�b (2)”. The CSV files have the columns that Gephi's import expects (Id, Label; Source, Target,
    Weight) and an apostrophe before what a spreadsheet would take for a formula, as in `save_tables`.

    Returns:
        The files' paths, in this order.

    Raises:
        ValueError: a name that is no beginning of a file's name, such as one with a folder in it.
    """
    if not name.isprintable() or not name.strip(". ") or re.search(r'[\\/:*?"<>|]', name):
        raise ValueError(
            f"{name!r} is no file name; name= is how the files' names begin, the folder is folder="
        )
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}{end}" for end in (".gexf", ".graphml", ".json", "-nodes.csv", "-edges.csv")]
    clean = _clean(graph)
    # networkx notes the day of writing; without it the same network gives the same bytes
    gexf = re.sub(r' lastmodifieddate="[^"]*"', "", "\n".join(nx.generate_gexf(clean)))
    files[0].write_text(gexf + "\n", encoding="utf-8")
    files[1].write_text("\n".join(nx.generate_graphml(clean)) + "\n", encoding="utf-8")
    data = nx.node_link_data(graph, edges="edges")
    files[2].write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    nodes = pd.DataFrame([{"Id": node, **data} for node, data in graph.nodes(data=True)])
    edges = pd.DataFrame([{"Source": a, "Target": b, **data} for a, b, data in graph.edges(data=True)])
    edges = edges.rename(columns={"weight": "Weight"})
    for file, table in zip(files[3:], (nodes.rename(columns={"label": "Label"}), edges), strict=True):
        without_formulas(table).to_csv(file, index=False, encoding="utf-8", lineterminator="\n")
    return files


def _clean(graph: Graph) -> Graph:
    """A copy whose texts XML can hold."""
    names: dict[str, str] = {}
    for node in graph:
        name = clean = NO_XML.sub("�", node)
        for number in itertools.count(2):
            if name not in names and (name == node or name not in graph):
                break
            name = f"{clean} ({number})"
        names[name] = node
    copy = nx.relabel_nodes(graph, {node: name for name, node in names.items()})
    for data in [*(data for _, data in copy.nodes(data=True)), *(data for *_, data in copy.edges(data=True))]:
        data |= {key: NO_XML.sub("�", value) for key, value in data.items() if isinstance(value, str)}
    return copy
