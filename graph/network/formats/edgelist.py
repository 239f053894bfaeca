"""A network as a table of its edges: what Gephi imports as a spreadsheet, and what an analyst reads."""

from __future__ import annotations

import csv
import io

from graph.formulas import safe_field
from graph.network.fetch import Network
from graph.network.formats.flat import Scalar, flat

COLUMNS = (
    *("source", "target", "type", "kind", "label", "weight", "status", "role", "product"),
    *("fromLabel", "fromKind", "fromCountry", "toLabel", "toKind", "toCountry"),
    *("since", "until", "attested", "ended", "dateUnknown", "share", "shareMin", "shareMax"),
    *("territory", "exclusivity", "iri", "sources", "sourceTitles", "sourceUrls"),
)
"""`source`, `target`, `type`, `label` and `weight` are the names that Gephi knows."""


def edge_list(network: Network) -> bytes:
    """CSV (RFC 4180, UTF-8, header): a row an edge, with its two ends and its sources; no cell starts a formula."""
    single = flat(network)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for a, b, facts in single.edges(data=True):
        row = {"source": a, "target": b, "type": "Directed", **facts}
        for end, iri in (("from", a), ("to", b)):
            node = single.nodes[iri]
            row |= {f"{end}Label": node.get("label"), f"{end}Kind": node.get("kind")}
            row[f"{end}Country"] = node.get("country")
        writer.writerow([_cell(row.get(name)) for name in COLUMNS])
    return out.getvalue().encode()


def _cell(value: Scalar | None) -> Scalar:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe_field(value) if isinstance(value, str) else value
