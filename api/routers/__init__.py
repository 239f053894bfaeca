"""The routes, one module a resource."""

from __future__ import annotations

from api.routers import (
    awards,
    companies,
    docs,
    documents,
    exporters,
    health,
    markets,
    missions,
    partners,
    people,
    queries,
    search,
    sources,
    sparql,
    statistics,
)

ROUTERS = tuple(
    module.router
    for module in (
        exporters,
        companies,
        markets,
        partners,
        people,
        awards,
        missions,
        statistics,
        sources,
        search,
        queries,
        sparql,
        documents,
        health,
        docs,
    )
)
