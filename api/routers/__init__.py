"""The routes, one module a resource."""

from __future__ import annotations

from api.routers import (
    awards,
    catalog,
    companies,
    docs,
    documents,
    exporters,
    health,
    markets,
    match,
    metrics,
    missions,
    network,
    partners,
    people,
    queries,
    reconcile,
    screenings,
    search,
    sources,
    sparql,
    spreadsheets,
    statistics,
    store,
    update,
)

ROUTERS = tuple(
    module.router
    for module in (
        sparql,  # first: routes are tried in turn, and short questions come often
        update,
        store,
        exporters,
        match,  # before companies, whose path takes everything below it
        screenings,  # before companies, as well
        companies,
        markets,
        partners,
        people,
        awards,
        missions,
        network,
        statistics,
        sources,
        search,
        queries,
        reconcile,
        spreadsheets,
        documents,
        catalog,
        health,
        metrics,
        docs,
    )
)

BARE = tuple(module.router for module in (sparql, update, store, health, metrics))
"""What a plain SPARQL server answers (setting `VERRE_PROFILE=bare`)."""

DIRECT = {("GET", "/sparql"): sparql.answer, ("POST", "/sparql"): sparql.answer}
"""What is asked so often that it goes past the router."""
