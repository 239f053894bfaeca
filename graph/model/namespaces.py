"""The vocabularies in use, and how their terms are written short."""

from __future__ import annotations

from functools import lru_cache

from graph.model.terms import NamedNode


@lru_cache(2048)
def _term(namespace: str, name: str) -> NamedNode:
    """A term; the same few are asked for again and again."""
    return NamedNode(f"{namespace}{name}")


class Namespace(str):
    """The common beginning of a vocabulary's IRIs.

    >>> ORG.hasSite
    <NamedNode value=http://www.w3.org/ns/org#hasSite>
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return _term(self, name)

    def __getitem__(self, name: object) -> NamedNode:  # type: ignore[override]
        return NamedNode(f"{self}{name}")


VERRE = Namespace("https://w3id.org/verre/ns#")
CODE = Namespace("https://w3id.org/verre/code/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
ORG = Namespace("http://www.w3.org/ns/org#")
ROV = Namespace("http://www.w3.org/ns/regorg#")
LEGAL = Namespace("http://www.w3.org/ns/legal#")
CV = Namespace("http://data.europa.eu/m8g/")
LOCN = Namespace("http://www.w3.org/ns/locn#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
PROV = Namespace("http://www.w3.org/ns/prov#")
QB = Namespace("http://purl.org/linked-data/cube#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
SCHEMA = Namespace("https://schema.org/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SH = Namespace("http://www.w3.org/ns/shacl#")
COUNTRY = Namespace("http://publications.europa.eu/resource/authority/country/")
CURRENCY = Namespace("http://publications.europa.eu/resource/authority/currency/")
ACCESS = Namespace("http://publications.europa.eu/resource/authority/access-right/")
REFNIS = Namespace("http://vocab.belgif.be/auth/refnis2025/")
NACE = Namespace("http://data.europa.eu/ux2/nace2.1/")
REGION = Namespace("https://w3id.org/verre/code/region/")
HS = Namespace("https://w3id.org/verre/code/hs2022/")

PREFIXES: dict[str, str] = {
    "verre": VERRE,
    "code": CODE,
    "status": CODE + "engagement-status/",
    "region": REGION,
    "country": COUNTRY,
    "refnis": REFNIS,
    "nace": NACE,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "org": ORG,
    "rov": ROV,
    "legal": LEGAL,
    "cv": CV,
    "locn": LOCN,
    "adms": ADMS,
    "skos": SKOS,
    "prov": PROV,
    "qb": QB,
    "dcterms": DCTERMS,
    "dcat": DCAT,
    "void": VOID,
    "schema": SCHEMA,
    "foaf": FOAF,
}
"""What documentation, editors and serialisers use; `str` values, so that they can be pasted."""


def code(scheme: str, value: str) -> NamedNode:
    """The concept `value` of the code list `scheme`, as in `code("engagement-status", "targets")`."""
    return CODE[f"{scheme}/{value}"]


def region(value: str) -> NamedNode:
    """The region of the world with a code as sheets write it: `region("MIDDLE_EAST")`."""
    return REGION[value.lower().replace("_", "-")]
