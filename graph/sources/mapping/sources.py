"""The sources themselves, for the meta graph."""

from __future__ import annotations

from graph.model.namespaces import ACCESS, PROV
from graph.model.terms import NamedNode, Triple
from graph.sources import records as r
from graph.sources.mapping.context import Context
from graph.sources.mapping.terms import DCTERMS, KEY, TYPE, URL, VERRE, date, describe, text


def source(row: r.Source, c: Context) -> list[Triple]:
    """A page, a paper or a sheet: what it is, and in which graph stands what it says."""
    return describe(
        c.source(row.source_id),
        (TYPE, VERRE.Source),
        (TYPE, PROV.Entity),
        (DCTERMS["title"], text(row.title, row.language or None)),
        (DCTERMS.publisher, text(row.publisher)),
        (DCTERMS.issued, date(row.date)),
        (DCTERMS.language, text(row.language)),
        (URL, NamedNode(row.url) if row.url else None),
        (VERRE.graph, c.graph(row.source_id)),
        (KEY, text(row.source_id)),
        (DCTERMS.accessRights, ACCESS[row.access.upper()]),
    )
