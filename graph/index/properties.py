"""What a source can state of an organization."""

from __future__ import annotations

from graph.model.namespaces import RDFS, ROV, SCHEMA, SKOS, VERRE
from graph.model.terms import NamedNode

STATED: dict[str, NamedNode] = {
    "name": RDFS.label,
    "legalName": ROV.legalName,
    "alternativeName": SKOS.altLabel,
    "abbreviation": VERRE.abbreviation,
    "tradeName": VERRE.tradeName,
    "formerName": VERRE.formerName,
    "legalForm": VERRE.legalForm,
    "kind": VERRE.organizationKind,
    "country": VERRE.country,
    "founded": SCHEMA.foundingDate,
    "website": SCHEMA.url,
    "activity": VERRE.activity,
    "sector": VERRE.sector,
    "nace": ROV.orgActivity,
    "note": VERRE.note,
}
"""The properties by the name that the statement has in JSON."""

NAMES = ("name", "legalName", "alternativeName", "abbreviation", "tradeName", "formerName")

BY_IRI = {predicate.value: name for name, predicate in STATED.items()}
