"""From the parameters of a request to the filters of the list index: names, nothing more.

Codes and names are looked up by the index, which also says what was nearest to an unknown one.
"""

from __future__ import annotations

from datetime import date

from api import parameters as p
from graph.errors import InputError, Issue
from graph.index import filters as f
from graph.settings import Settings


def page(query: p.ListQuery, settings: Settings) -> f.PageRequest:
    """Which part of the list, in what order.

    Raises:
        InputError: more items a page than `VERRE_PAGE_SIZE_MAX`.
    """
    size = query.page_size or settings.page_size
    if size > settings.page_size_max:
        issue = Issue("pageSize", f"at most {settings.page_size_max}", str(size))
        raise InputError("A page cannot be that long.", issues=(issue,), setting="page_size_max")
    return f.PageRequest(query.page, size, p.split(query.sort), query.facets)


def exporters(query: p.ExporterQuery, today: date) -> f.ExporterFilter:
    """`/v1/exporters`."""
    return f.ExporterFilter(
        today=today,
        markets=tuple(query.market),
        statuses=tuple(query.status),
        sectors=tuple(query.sector),
        products=tuple(query.product),
        municipalities=tuple(query.municipality),
        area=query.area,
        area_membership=tuple(query.area_membership),
        partner_countries=tuple(query.partner_country),
        presence_in=tuple(query.has_presence_in),
        q=query.q or "",
        include_ended=query.include_ended,
        as_of=query.as_of,
    )


def companies(query: p.CompanyQuery, today: date) -> f.CompanyFilter:
    """`/v1/companies`."""
    return f.CompanyFilter(
        today=today,
        q=query.q or "",
        kinds=tuple(query.kind),
        sectors=tuple(query.sector),
        municipalities=tuple(query.municipality),
        countries=tuple(query.country),
        area=query.area,
        area_membership=tuple(query.area_membership),
    )


def partners(query: p.PartnerQuery, today: date) -> f.PartnerFilter:
    """`/v1/partners`."""
    return f.PartnerFilter(
        today=today,
        q=query.q or "",
        markets=tuple(query.market),
        roles=tuple(query.role),
        organizations=tuple(query.organization),
        include_ended=query.include_ended,
    )


def people(query: p.PersonQuery, today: date) -> f.PersonFilter:
    """`/v1/people`."""
    return f.PersonFilter(
        today=today,
        q=query.q or "",
        organizations=tuple(query.organization),
        include_ended=query.include_ended,
    )


def awards(query: p.AwardQuery, _: date) -> f.AwardFilter:
    """`/v1/awards`."""
    return f.AwardFilter(
        q=query.q or "",
        organizations=tuple(query.organization),
        results=tuple(query.result),
        years=tuple(query.year),
    )


def missions(query: p.MissionQuery, _: date) -> f.MissionFilter:
    """`/v1/missions`."""
    return f.MissionFilter(
        q=query.q or "",
        markets=tuple(query.market),
        types=tuple(query.mission_type),
        organizations=tuple(query.organization),
        years=tuple(query.year),
    )


def sources(query: p.SourceQuery, _: date) -> f.SourceFilter:
    """`/v1/sources`."""
    return f.SourceFilter(
        q=query.q or "",
        publishers=tuple(query.publisher),
        languages=tuple(query.language),
        organizations=tuple(query.organization),
        years=tuple(query.year),
    )


def statistics(query: p.StatisticQuery, _: date) -> f.StatisticFilter:
    """`/v1/statistics`."""
    return f.StatisticFilter(
        areas=tuple(query.area),
        indicators=tuple(query.indicator),
        periods=tuple(query.period),
        markets=tuple(query.market),
    )


def markets(query: p.MarketQuery, today: date) -> f.MarketFilter:
    """`/v1/markets`."""
    return f.MarketFilter(today=today, q=query.q or "", kinds=tuple(query.kind), known=query.known)
