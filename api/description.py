"""The SPARQL 1.1 service description of `/sparql`: what it understands and what it answers in."""

from __future__ import annotations

import orjson
from starlette.responses import Response

from api.answers import conditional
from api.caching import Made
from api.deps import Context
from api.exports import describe
from api.negotiation import GRAPHS, SOLUTIONS

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
VOID = "http://rdfs.org/ns/void#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}


def expanded(endpoint: str, triples: int) -> bytes:
    """The description as expanded JSON-LD.

    Args:
        endpoint: the address of `/sparql`.
        triples: of the default graph: the merge of all public graphs, each triple once.
    """
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#default"
    count = {"@value": str(triples), "@type": "http://www.w3.org/2001/XMLSchema#integer"}
    nodes = [
        {
            "@id": endpoint,
            _TYPE: [{"@id": f"{SD}Service"}],
            f"{SD}endpoint": [{"@id": endpoint}],
            f"{SD}supportedLanguage": [{"@id": f"{SD}SPARQL11Query"}],
            f"{SD}resultFormat": [{"@id": FORMATS + _NAMES[f.media_type]} for f in (*SOLUTIONS, *GRAPHS)],
            f"{SD}defaultDataset": [{"@id": dataset}],
        },
        {"@id": dataset, _TYPE: [{"@id": f"{SD}Dataset"}], f"{SD}defaultGraph": [{"@id": default}]},
        {"@id": default, _TYPE: [{"@id": f"{SD}Graph"}], f"{VOID}triples": [count]},
    ]
    return orjson.dumps(nodes)


async def service_description(ctx: Context) -> Response:
    """The description of this server's endpoint, in Turtle or JSON-LD."""

    async def make() -> Made:
        release = await ctx.in_thread(lambda: ctx.services.releases.get(ctx.release))
        endpoint = f"{ctx.origin or ctx.base.rstrip('/')}/sparql"
        told = expanded(endpoint, release.manifest.triples)
        return Made(await ctx.in_thread(lambda: describe.written(told, ctx.format)))

    return await conditional(ctx, make)
