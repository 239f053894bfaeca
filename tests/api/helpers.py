"""Reads what the API writes."""

from __future__ import annotations

import orjson
from pyld import jsonld
from rdflib import Graph


def turtle(raw: bytes) -> Graph:
    """The triples of Turtle."""
    return Graph().parse(data=raw, format="turtle")


def from_jsonld(raw: bytes) -> Graph:
    """The triples of JSON-LD, expanded by PyLD; a remote context would fail."""
    return Graph().parse(
        data=jsonld.to_rdf(orjson.loads(raw), {"format": "application/n-quads"}), format="nt"
    )
