"""The lists: each one table of the index, the same for JSON, downloads, triples and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import orjson
from starlette.responses import Response

from api import answers, filters, parameters
from api.answers import Extent
from api.caching import Made
from api.deps import Context
from api.exports import describe, tables
from api.exports.cells import Row
from api.exports.tables import Table
from api.negotiation import CSV, JSON, XLSX
from api.parameters import ListQuery
from graph.index import Index, ListAnswer, PageRequest


@dataclass(frozen=True)
class Resource:
    """A list: its name in paths and in the index, its parameters, its filter, its table."""

    name: str
    query: type[ListQuery]
    filter: Callable[[Any, date], Any]
    table: Table

    def ask(self, ctx: Context, query: ListQuery, page: PageRequest) -> Callable[[Index], ListAnswer]:
        """The question to put to an index."""
        chosen = self.filter(query, ctx.today)

        def question(index: Index) -> ListAnswer:
            found: ListAnswer = getattr(index, self.name)(chosen, page, ctx.lang)
            return found

        return question


RESOURCES: Mapping[str, Resource] = {
    resource.name: resource
    for resource in (
        Resource("exporters", parameters.ExporterQuery, filters.exporters, tables.EXPORTERS),
        Resource("companies", parameters.CompanyQuery, filters.companies, tables.COMPANIES),
        Resource("markets", parameters.MarketQuery, filters.markets, tables.MARKETS),
        Resource("partners", parameters.PartnerQuery, filters.partners, tables.PARTNERS),
        Resource("people", parameters.PersonQuery, filters.people, tables.PEOPLE),
        Resource("awards", parameters.AwardQuery, filters.awards, tables.AWARDS),
        Resource("missions", parameters.MissionQuery, filters.missions, tables.MISSIONS),
        Resource("sources", parameters.SourceQuery, filters.sources, tables.SOURCES),
        Resource("statistics", parameters.StatisticQuery, filters.statistics, tables.STATISTICS),
    )
}


async def ask(ctx: Context, name: str, query: ListQuery) -> ListAnswer:
    """A page of a list, as the pages use it.

    Raises:
        InputError: a value that cannot be used; UnknownValue with suggestions where it is a name.
    """
    resource = RESOURCES[name]
    return await ctx.ask(resource.ask(ctx, query, filters.page(query, ctx.settings)))


async def answer(ctx: Context, name: str, query: ListQuery) -> Response:
    """A list in the form that was negotiated."""
    parameters.check_once(type(query), ctx.request.query_params)
    resource, page = RESOURCES[name], filters.page(query, ctx.settings)
    if ctx.format is JSON:
        return await answers.conditional(ctx, lambda: _json(ctx, resource, query, page))
    if ctx.format in (CSV, XLSX):
        return await answers.conditional(ctx, lambda: _download(ctx, resource, query, page))
    return await answers.conditional(ctx, lambda: _triples(ctx, resource, query, page))


def _next(ctx: Context, page: PageRequest, total: int) -> str | None:
    return answers.next_url(ctx, page.page + 1) if page.offset + page.size < total else None


async def _json(ctx: Context, resource: Resource, query: ListQuery, page: PageRequest) -> Made:
    question = resource.ask(ctx, query, page)

    def made(index: Index) -> bytes:
        found = question(index)
        told: dict[str, Any] = {
            "items": found.items,
            "total": found.total,
            "page": page.page,
            "pageSize": page.size,
            "next": _next(ctx, page, found.total),
        }
        if page.facets:
            told["facets"] = found.facets
        return orjson.dumps(told)

    return Made(await ctx.ask(made))


def _nodes(items: list[dict[str, Any]], base: str) -> list[str]:
    """What a page speaks of: its items, and our own things inside them."""
    return [*(item["iri"] for item in items), *describe.mentioned(items, base)]


async def _triples(ctx: Context, resource: Resource, query: ListQuery, page: PageRequest) -> Made:
    found = await ctx.ask(resource.ask(ctx, query, page))
    body = await answers.things(ctx, "describe", _nodes(found.items, ctx.base))
    following = _next(ctx, page, found.total)
    return Made(body, {"Link": f'<{following}>; rel="next"'} if following else {})


async def _download(ctx: Context, resource: Resource, query: ListQuery, page: PageRequest) -> Made:
    """All rows up to `VERRE_EXPORT_ROWS`, or those of one page where a page was asked for."""
    one_page = bool(query.model_fields_set & {"page", "page_size"})
    whole = replace(page, page=1, size=ctx.settings.page_size_max)
    most = ctx.settings.export_rows

    def made(index: Index) -> Made:
        rows: list[Row] = []
        asked = page if one_page else whole
        while True:
            found = resource.ask(ctx, query, asked)(index)
            rows += [row for item in found.items for row in resource.table.rows(item)]
            if one_page or len(rows) > most or asked.offset + asked.size >= found.total:
                break
            asked = replace(asked, page=asked.page + 1)
        extent = Extent(resource.name, found.total, cut=len(rows) > most)
        return answers.sheet(ctx, resource.table.keys, rows[:most], extent)

    return await ctx.ask(made)
