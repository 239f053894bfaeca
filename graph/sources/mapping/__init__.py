"""Records to triples, as `docs/model.md` lays them out: pure functions, one a table.

The same records give the same triples in whatever order they come: what a row needs to know of
others (numbers of organizations, countries of head offices, dates of sources) stands in a `Context`
made from all of them first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from graph.model.terms import NamedNode, Triple
from graph.sources import records as r
from graph.sources.mapping import engagements, figures, organizations, promotion, relations, sources
from graph.sources.mapping.context import Context, build_context

Mapper = Callable[[Any, Context], list[Triple]]

MAPPERS: dict[type[r.Record], Mapper] = {
    r.Organization: organizations.organization,
    r.Name: organizations.name,
    r.Site: organizations.site,
    r.Person: organizations.person,
    r.Figure: figures.figure,
    r.Statistic: figures.statistic,
    r.Market: engagements.engagement,
    r.Relation: relations.relation,
    r.Award: promotion.award,
    r.Mission: promotion.mission,
    r.Participant: promotion.participant,
    r.Programme: promotion.programme,
    r.Need: promotion.need,
    r.Source: sources.source,
}
"""The mapping of each class of record."""


def map_record(record: r.Record, context: Context) -> tuple[NamedNode, list[Triple]]:
    """The graph that a record belongs to, and its triples there.

    Everything goes into the graph of its source; the sources themselves into the meta graph. Of a
    restricted source both are other graphs.
    """
    triples = MAPPERS[type(record)](record, context)
    if isinstance(record, r.Source):
        return context.meta, triples
    return context.graph(record.source_id), triples


def map_records(records: Iterable[r.Record], context: Context) -> Iterator[tuple[NamedNode, list[Triple]]]:
    """`map_record` of each; nothing is held, so any number of records can pass through."""
    for record in records:
        yield map_record(record, context)


__all__ = ["MAPPERS", "Context", "build_context", "map_record", "map_records"]
