"""The terms that mappings write, made once, and the small makers that they share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from graph.model.dates import PartialDate
from graph.model.namespaces import (
    ADMS,
    CURRENCY,
    CV,
    DCTERMS,
    FOAF,
    LOCN,
    ORG,
    PROV,
    QB,
    RDF,
    RDFS,
    REFNIS,
    ROV,
    SCHEMA,
    SKOS,
    VERRE,
    XSD,
    code,
)
from graph.model.terms import Literal, NamedNode, Term, Triple
from graph.sources.codes import AREAS, CODES

TYPE = RDF.type
LABEL = RDFS.label
PREF_LABEL = SKOS.prefLabel
ALT_LABEL = SKOS.altLabel
NOTATION = SKOS.notation
CONCEPT = SKOS.Concept
ORGANIZATION = ORG.Organization
FORMAL = ORG.FormalOrganization
UNIT_OF_ORG = ORG.OrganizationalUnit
START = SCHEMA.startDate
END = SCHEMA.endDate
URL = SCHEMA.url
PRIMARY_SOURCE = PROV.hadPrimarySource
ATTESTED = VERRE.attested
NOTE = VERRE.note
KEY = VERRE.key
COUNTRY_OF = VERRE.country
SECTOR = VERRE.sector
FIGURE_OF = VERRE.figure
VALUE = VERRE.value
UNIT = VERRE.unit
PRECISION = VERRE.precision
PERIOD = VERRE.period

_DECIMAL = XSD.decimal

Pair = tuple[NamedNode, Term | None]


def describe(subject: NamedNode, *pairs: Pair) -> list[Triple]:
    """The triples of one subject; a pair without an object says nothing."""
    return [Triple(subject, predicate, value) for predicate, value in pairs if value is not None]


def text(value: str, language: str | None = None) -> Literal | None:
    """A text, in a language where it is known; nothing for an empty one."""
    if not value:
        return None
    return Literal(value, language=language) if language else Literal(value)


def note(value: str) -> Pair:
    """The note of a row: ours, in English."""
    return NOTE, text(value, "en")


def tagged(predicate: NamedNode, nl: str, en: str, fr: str) -> tuple[Pair, Pair, Pair]:
    """One text in the three languages."""
    return (predicate, text(nl, "nl")), (predicate, text(en, "en")), (predicate, text(fr, "fr"))


def labels(predicate: NamedNode, words: Mapping[str, str]) -> list[Pair]:
    """One text in the languages in which it is known."""
    return [(predicate, text(words[language], language)) for language in sorted(words)]


@lru_cache(maxsize=4096)
def date(value: PartialDate | None) -> Literal | None:
    """A date of its own precision."""
    return None if value is None else value.literal()


def times(since: PartialDate | None, until: PartialDate | None) -> tuple[Pair, Pair]:
    """From when until when."""
    return (START, date(since)), (END, date(until))


def plain_number(value: Decimal) -> str:
    """The one way to write a number: no exponent, no zeros at the end, no minus before nought."""
    if not value:
        return "0"
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def number(value: Decimal | None) -> Literal | None:
    """As `xsd:decimal`."""
    return None if value is None else Literal(plain_number(value), datatype=_DECIMAL)


@lru_cache(maxsize=4096)
def coded(scheme: str, value: str) -> NamedNode | None:
    """A concept of a code list; nothing for an empty word."""
    return code(scheme, value) if value else None


@lru_cache(maxsize=512)
def unit(word: str) -> NamedNode | None:
    """A unit of the code list, or a currency of the EU's table."""
    if not word:
        return None
    return code("unit", word) if word in CODES["unit"] else CURRENCY[word]


@lru_cache(maxsize=8)
def area(word: str) -> NamedNode | None:
    """A Belgian area that figures are about."""
    return REFNIS[AREAS[word]] if word else None


def key_of(value: object) -> str:
    """A value as it stands in the key of a node: absent is empty."""
    if value is None:
        return ""
    if isinstance(value, NamedNode):
        return value.value
    return plain_number(value) if isinstance(value, Decimal) else str(value)


__all__ = [
    "ADMS",
    "CV",
    "DCTERMS",
    "FOAF",
    "LOCN",
    "ORG",
    "QB",
    "ROV",
    "SCHEMA",
    "SKOS",
    "VERRE",
]
