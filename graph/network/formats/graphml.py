"""Networks as GraphML (http://graphml.graphdrawing.org/specification.html): Gephi, yEd, Cytoscape, igraph."""

from __future__ import annotations

from io import BytesIO

import networkx as nx

from graph.network.fetch import Network
from graph.network.formats.flat import flat, for_xml


def graphml(network: Network) -> bytes:
    """One `<graph>` with typed attributes; an edge's `id` is its key. XML, UTF-8."""
    out = BytesIO()
    # not `write_graphml`, which takes another library where that is installed
    nx.write_graphml_xml(for_xml(flat(network)), out, named_key_ids=True)
    return out.getvalue()
