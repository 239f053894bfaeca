"""Terms of RDF as plain values, and readers of every form in which answers come. No engine has a hand in it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree import ElementTree

import rdflib

XSD = "http://www.w3.org/2001/XMLSchema#"
LANG = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_SRX = "{http://www.w3.org/2005/sparql-results#}"
_INTEGERS = frozenset(
    f"{XSD}{name}"
    for name in [
        "integer",
        "long",
        "int",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    ]
)


@dataclass(frozen=True, order=True)
class Term:
    """An IRI, a blank node or a literal.

    Attributes:
        kind: `iri`, `bnode` or `literal`.
        value: the IRI, the label, the lexical form.
        datatype: of a literal.
        language: of a literal, in small letters.
    """

    kind: str
    value: str
    datatype: str = ""
    language: str = ""


Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class Solutions:
    """What a SELECT gives.

    Attributes:
        names: the variables.
        rows: in the order of the answer.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def ordered(self, names: Sequence[str]) -> tuple[Row, ...]:
        """The rows with their columns in another order."""
        places = [self.names.index(name) for name in names]
        return tuple(tuple(row[place] for place in places) for row in self.rows)


def literal(value: str, datatype: str | None = None, language: str | None = None) -> Term:
    """A literal; where its datatype has values, in one form of each: an engine may keep values."""
    kind = LANG if language else datatype or f"{XSD}string"
    return Term("literal", _canonical(value, kind), kind, (language or "").lower())


def _canonical(value: str, datatype: str) -> str:
    try:
        if datatype in _INTEGERS:
            return str(int(value))
        if datatype == f"{XSD}decimal":
            return str(Decimal(value).normalize() + 0)
        if datatype in (f"{XSD}double", f"{XSD}float"):
            return repr(float(value))
    except (ValueError, InvalidOperation):
        return value
    if datatype == f"{XSD}boolean":
        return {"1": "true", "0": "false"}.get(value, value)
    return value


def from_json(raw: bytes) -> Solutions | bool:
    """SPARQL results in JSON."""
    told = json.loads(raw)
    if "boolean" in told:
        assert isinstance(told["boolean"], bool)
        return told["boolean"]
    names = tuple(told["head"]["vars"])
    rows = [
        tuple(_json_term(row[name]) if name in row else None for name in names)
        for row in told["results"]["bindings"]
    ]
    return Solutions(names, tuple(rows))


def _json_term(told: dict[str, Any]) -> Term:
    if told["type"] == "uri":
        return Term("iri", told["value"])
    if told["type"] == "bnode":
        return Term("bnode", told["value"])
    return literal(told["value"], told.get("datatype"), told.get("xml:lang"))


def from_xml(raw: bytes) -> Solutions | bool:
    """SPARQL results in XML."""
    tree = ElementTree.fromstring(raw)  # noqa: S314 - our own server's, or the suite's
    boolean = tree.find(f"{_SRX}boolean")
    if boolean is not None:
        return (boolean.text or "").strip() == "true"
    names = tuple(each.attrib["name"] for each in tree.iter(f"{_SRX}variable"))
    rows = []
    for result in tree.iter(f"{_SRX}result"):
        bound = {each.attrib["name"]: _xml_term(each[0]) for each in result.iter(f"{_SRX}binding")}
        rows.append(tuple(bound.get(name) for name in names))
    return Solutions(names, tuple(rows))


def _xml_term(told: ElementTree.Element) -> Term:
    kind, text = told.tag.removeprefix(_SRX), told.text or ""
    if kind == "literal":
        return literal(text, told.get("datatype"), told.get("{http://www.w3.org/XML/1998/namespace}lang"))
    return Term("iri" if kind == "uri" else "bnode", text)


def from_csv(raw: bytes) -> tuple[tuple[str, ...], ...]:
    """SPARQL results in CSV: they are texts, not terms."""
    return tuple(tuple(row) for row in csv.reader(io.StringIO(raw.decode(), newline="")))


_TSV = re.compile(
    r"""<(?P<iri>[^<>]*)> | _:(?P<bnode>\S+)
      | "(?P<text>(?:[^"\\]|\\.)*)" (?: @(?P<lang>[A-Za-z0-9-]+) | \^\^<(?P<type>[^<>]*)> )?
      | (?P<bool>true|false) | (?P<double>[+-]?[\d.]+[eE][+-]?\d+) | (?P<decimal>[+-]?\d*\.\d+)
      | (?P<integer>[+-]?\d+)""",
    re.VERBOSE,
)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\", "b": "\b", "f": "\f", "'": "'"}


def from_tsv(raw: bytes) -> Solutions:
    """SPARQL results in TSV."""
    head, *lines = raw.decode().removesuffix("\n").split("\n")
    names = tuple(name.removeprefix("?") for name in head.split("\t")) if head else ()
    rows = [tuple(_tsv_term(cell) for cell in line.split("\t")) if names else () for line in lines]
    return Solutions(names, tuple(rows))


def _tsv_term(cell: str) -> Term | None:
    if not cell:
        return None
    found = _TSV.fullmatch(cell)
    assert found, cell
    given = {name: value for name, value in found.groupdict().items() if value is not None}
    if "iri" in given:
        return Term("iri", given["iri"])
    if "bnode" in given:
        return Term("bnode", given["bnode"])
    if "text" in given:
        plain = re.sub(r"\\(.)", lambda each: _ESCAPES[each[1]], given["text"])
        return literal(plain, given.get("type"), given.get("lang"))
    ((name, value),) = given.items()
    return literal(value, XSD + {"bool": "boolean"}.get(name, name))


def graph(raw: bytes, form: str, base: str | None = None) -> frozenset[Row]:
    """The triples of a document, read by rdflib.

    Args:
        form: as rdflib names it.
    """
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        found = rdflib.Graph().parse(data=raw, format=form, publicID=base)
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return frozenset(tuple(map(_rdflib_term, triple)) for triple in found)


def _rdflib_term(told: object) -> Term:
    if isinstance(told, rdflib.Literal):
        return literal(str(told), str(told.datatype) if told.datatype else None, told.language)
    return Term("bnode" if isinstance(told, rdflib.BNode) else "iri", str(told))


def result_set(triples: frozenset[Row]) -> Solutions:
    """Solutions that are written down as RDF (the `rs:` vocabulary)."""
    ns = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
    by: dict[tuple[Term, str], list[Term]] = {}
    for subject, predicate, value in triples:
        assert subject is not None
        assert predicate is not None
        assert value is not None
        by.setdefault((subject, predicate.value.removeprefix(ns)), []).append(value)
    names = sorted(
        value.value for (_, name), values in by.items() if name == "resultVariable" for value in values
    )
    rows = []
    for solution in (s for (_, name), values in by.items() if name == "solution" for s in values):
        bound = {by[b, "variable"][0].value: by[b, "value"][0] for b in by.get((solution, "binding"), [])}
        rows.append(tuple(bound.get(name) for name in names))
    return Solutions(tuple(names), tuple(rows))


READERS: dict[str, Callable[[bytes], Solutions | bool]] = {
    "application/sparql-results+json": from_json,
    "application/sparql-results+xml": from_xml,
}


def blanks(row: Row) -> Iterator[Term]:
    """The blank nodes of a row."""
    return (term for term in row if term is not None and term.kind == "bnode")
