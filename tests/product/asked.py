"""Everything that the application can be asked by GET: every route, public things and restricted ones, every parameter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI

from api import openapi
from tests.product.restricted import BASE, HIDDEN, WORD

REFS = (
    "acme", "0403170701", "0403.170.701", "lumen", "bolt", "s1", "s2", "fair", "edited", "CN", "MX", "exporters", "acmi", "lumem",
    "qwyxcorp", "x/qwyxcorp", "0429593895", "BE0429593895", "acmee", "s9", "m-qwyx", "qwyxedit", "qwyxcrop", "qwyx", "Mexico",
)  # fmt: skip
"""What paths are filled with: public things, misspelt ones, restricted ones."""
KINDS = ("organization", "source", "mission")
PATHS = {
    "ref": REFS,
    "code": REFS,
    "name": ("exporters", "company", "counts", "sources", "nosuch"),
    "kind": (*KINDS, "entity"),
    "path": ("source/s1", "meta", "edit/desk", "inferred", "void", "engagement-status", "restricted/source/s9", "restricted/meta",
             "restricted/edit/desk", "restricted", "restricted/source/s8", "source/s9"),
    "file": ("verre.css", "nosuch.css"),
    "ending": ("json", "nosuch"),
}  # fmt: skip
VALUES: dict[str, tuple[str, ...]] = {
    "market": ("VN", "CN", "MX", "KR", "TH", "ASIA", "Mexcio"),
    "status": ("targets", "active", "leading", "withdrawn"),
    "sector": ("lamps", "qwyxery"),
    "product": ("lamps", "qwyxgoods"),
    "municipality": ("Genk", "Hasselt"),
    "area": ("limburg",),
    "areaMembership": ("yes", "no", "unknown"),
    "partnerCountry": ("JP", "BE", "MX"),
    "hasPresenceIn": ("BE", "MX"),
    "includeEnded": ("true", "false"),
    "asOf": ("2018-02-19", "2031-06-01"),
    "kind": ("company", "foreign-partner", "country"),
    "country": ("BE", "MX"),
    "organization": ("acme", "lumen", "qwyxcorp", "acmee", "qwyxcrop", "acmi"),
    "role": ("distributor", "supplier"),
    "year": ("2018", "2019", "2030", "2031"),
    "result": ("winner",),
    "missionType": ("fair", "outbound"),
    "publisher": ("The Paper", "Qwyx Press", "Qwyx Pres"),
    "language": ("en", "fr"),
    "indicator": ("certificates-of-origin", "qwyx-exports"),
    "period": ("2017", "2031"),
    "q": ("acm", "qwyx", "Jan", "Quentin", "office", "e"),
    "known": ("true", "false"),
    "sort": ("name", "-name", "date"),
    "pageSize": ("1", "2"),
    "page": ("2",),
    "depth": ("1", "3"),
    "limit": ("1", "2", "100"),
    "lang": ("nl", "fr"),
    "facets": ("true",),
    "run": ("true",),
    "example": ("counts",),
    "default": ("",),
    "id": (
        "organization/be/0403170701",
        "organization/be/0429593895",
        "organization/x/qwyxcorp",
        "market/MX",
        "sector/qwyxery",
    ),
    "prefix": ("acm", "qwyx", "Jan"),
    "type": ("Company", "Partner", "Person"),
    "cursor": ("1",),
    "queries": (
        '{"a": {"query": "acme"}, "b": {"query": "qwyxcorp"}, "c": {"properties": [{"pid": "enterpriseNumber", "v": "0429593895"}]}}',
        '{"a": {"query": "Jan", "type": "Person"}, "b": {"query": "qwyxgoods", "type": "Product"}, "c": {"query": "Mexico"}}',
    ),
    "extend": (
        '{"ids": ["acme", "lumen", "qwyxcorp", "market/MX"], "properties": [{"id": "source"}, {"id": "targets"}, {"id": "exportsTo"},'
        ' {"id": "partner"}, {"id": "parent"}, {"id": "ultimateParent"}, {"id": "otherName"}, {"id": "sector"}, {"id": "presence"}]}',
    ),
    "graph": (f"{BASE}graph/source/s1", f"{HIDDEN}source/s9", f"{HIDDEN}meta", f"{HIDDEN}nosuch"),
}
"""What parameters are given; the others are left out."""
S9 = f"<{HIDDEN}source/s9>"
QUERIES = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT ?g WHERE { GRAPH ?g {} } ORDER BY ?g",
    "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY ?p",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'https://w3id.org/verre/id/')) }",
    f"SELECT * WHERE {{ ?s ?p ?o FILTER(CONTAINS(LCASE(CONCAT(STR(?s), STR(?p), STR(?o))), '{WORD}')) }}",
    f"SELECT * FROM {S9} WHERE {{ ?s ?p ?o }}",
    f"SELECT * FROM NAMED {S9} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT * FROM <{BASE}graph/meta> FROM <{HIDDEN}meta> WHERE {{ ?s ?p ?o }} ORDER BY ?s ?p ?o",
    f"ASK {{ GRAPH {S9} {{ ?s ?p ?o }} }}",
    f"ASK {{ GRAPH {S9} {{}} }}",
    f"SELECT ?s WHERE {{ VALUES ?g {{ {S9} }} GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT * WHERE {{ <{BASE}id/source/s9> ?p ?o }}",
    f"DESCRIBE <{BASE}id/organization/be/0403170701>",
    f"DESCRIBE <{BASE}id/organization/be/0429593895>",
    f"SELECT ?x WHERE {{ ?x (<{BASE}ns#partnerOf>|^<{BASE}ns#partnerOf>)+ ?y }} ORDER BY ?x",
    f"SELECT ?c ?m WHERE {{ ?c <{BASE}ns#exportsTo>|<{BASE}ns#targets> ?m }} ORDER BY ?c ?m",
    "SELECT (SUM(?v) AS ?sum) WHERE { ?f <https://w3id.org/verre/ns#value> ?v }",
    "SELECT nonsense",
)


def routes(app: FastAPI) -> Iterator[tuple[str, set[str]]]:
    """Every path of the application with its methods, those that no document tells of too."""
    waiting = list(app.router.routes)
    while waiting:
        route: Any = waiting.pop(0)
        inner = getattr(route, "original_router", None)
        if inner is not None:
            waiting += inner.routes
        else:
            yield route.path, set(route.methods or ())


def filled(path: str) -> Iterator[str]:
    """A path with each value for each of its parameters."""
    names = re.findall(r"\{(\w+)(?::path)?\}", path)
    for values in product(*(PATHS[name] for name in names)):
        found = path
        for name, value in zip(names, values, strict=True):
            found = re.sub(rf"\{{{name}(:path)?\}}", quote(value, safe="/"), found)
        yield found


def parameters(app: FastAPI, path: str) -> Iterable[str]:
    """The names of the query parameters of a path, or of its page's list under `/v1`."""
    told = openapi.document(app)["paths"]
    plain = re.sub(r":path\}", "}", path)
    operation = told.get(plain, told.get(f"/v1{plain}", {})).get("get", {})
    return [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]


LISTS = (
    "exporters",
    "companies",
    "markets",
    "partners",
    "people",
    "awards",
    "missions",
    "sources",
    "statistics",
)
NETWORKS = (
    "neighbourhood?depth=3&includeEnded=true&of=",
    "relations?of=",
    "view?expand=lumen&to=lumen&of=",
    "view?of=lumen&includeEnded=true&expand=",
    "paths?through=market&through=organization&from=lumen&to=",
    "centrality?depth=3&of=",
    "communities?depth=3&of=",
    "centrality?market=",
    "brokers?market=",
)
"""Routes of `/v1/network`, to be given one thing."""
PLANS = (
    "companies/{}/plan?market=MX",
    "companies/{}/plan.json?market=MX",
    "companies/{}/plan.json?market=CN&lang=fr",
    "missions/plan?market=MX&market=CN&company={}",
    "missions/plan/plan.json?market=MX&market=CN&company={}",
    "missions/plan/network.gexf?market=MX&market=CN&company={}",
    "missions/plan/network.svg?market=MX&market=CN&company={}",
    "network?depth=2&of={}",
    "network?of=lumen&to={}",
)
"""Plans and the pages of networks, to be given one thing; PDF and workbooks are made of the same as their JSON."""
UNASKED = {"/metrics", "/sparql/", "/store/{path:path}"}
"""Counts of what was asked; the same route twice; graphs named by this server's own address."""


def _of_route(app: FastAPI, path: str) -> Iterator[str]:
    """A route about every thing, and about the first with each parameter and in each form."""
    yield from filled(path)
    first = next(filled(path))
    for name in parameters(app, path):
        yield from (f"{first}?{urlencode({name: value})}" for value in VALUES.get(name, ()))
    yield from (f"{first}?format={form}" for form in ("csv", "ttl", "jsonld", "xlsx", "nt", "rdf"))


def corpus(app: FastAPI) -> list[str]:
    """What is asked by GET."""
    found: list[str] = []
    for path, methods in routes(app):
        if "GET" in methods and path not in UNASKED:
            found += _of_route(app, path)
    for name in LISTS:
        found += [f"/v1/{name}?facets=true&pageSize=1", f"/v1/{name}?format=csv&q={WORD}"]
    found += [
        f"/{plan.format(ref)}" for plan, ref in product(PLANS, ("0403170701", "lumen", "qwyxcorp", "nosuch"))
    ]
    for ref, form in product(("0403170701", "lumen", "qwyxcorp"), ("csv", "ttl", "jsonld")):
        found.append(f"/v1/companies/{ref}?format={form}")
    for asked, ref in product(
        NETWORKS, ("acme", "bolt", "qwyxcorp", "0429593895", "m-qwyx", "qwyxcrop", "MX", "Mexcio")
    ):
        found.append(f"/v1/network/{asked}{ref}")
    for ref, form in product(("acme", "MX"), ("gexf", "graphml", "cyjs", "csv", "svg")):
        found.append(f"/v1/network/neighbourhood?of={ref}&format={form}")
    found += [f"/sparql?{urlencode({'query': asked})}" for asked in QUERIES]
    for name in ("default-graph-uri", "named-graph-uri"):
        found.append(f"/sparql?{urlencode({'query': QUERIES[0], name: f'{HIDDEN}source/s9'})}")
    found += ["/v1/queries/exporters?market=MX", "/v1/queries/exporters?market=CN&format=csv"]
    return list(dict.fromkeys([*found, "/v1/queries/company?company=qwyxcorp"]))
