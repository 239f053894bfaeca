"""Networks in the forms that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from graph.network.drawing import svg
from graph.network.fetch import Network
from graph.network.formats.edgelist import edge_list
from graph.network.formats.gexf import gexf
from graph.network.formats.graphml import graphml
from graph.network.formats.jsons import cytoscape, node_link

Writer = Callable[[Network], bytes]

WRITERS: Mapping[str, Writer] = {
    "json": node_link,
    "cyjs": cytoscape,
    "graphml": graphml,
    "gexf": gexf,
    "gexf12": partial(gexf, version="1.2"),
    "csv": edge_list,
    "svg": svg,
}
"""By the name in `format=` and the ending of a file; the first is what comes unless something is asked."""
