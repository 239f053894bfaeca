"""Which media type a client gets: `Accept` with q-values and wildcards (RFC 9110, 12.5.1), or `format=`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.errors import NotAcceptable, suggestion
from graph.errors import InputError, Issue


@dataclass(frozen=True)
class Format:
    """A representation that can be asked for.

    Attributes:
        name: its value in `format=`.
        media_type: what `Content-Type` says, without parameters.
        aliases: other media types in `Accept` that mean it.
        other_names: other values of `format=` that mean it.
        charset: whether `Content-Type` names UTF-8.
    """

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    charset: bool = False

    @property
    def content_type(self) -> str:
        """The value of `Content-Type`."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


JSON = Format("json", "application/json")
CSV = Format("csv", "text/csv", charset=True)
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
TURTLE = Format(
    "ttl", "text/turtle", ("application/x-turtle", "text/n3", "text/rdf+n3"), ("turtle", "n3"), True
)
JSONLD = Format("jsonld", "application/ld+json", other_names=("json-ld",))
NTRIPLES = Format("nt", "application/n-triples", other_names=("ntriples", "n-triples"))
RDFXML = Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"), ("rdfxml", "rdf+xml"))
TRIG = Format("trig", "application/trig", charset=True)
NQUADS = Format("nq", "application/n-quads", other_names=("nquads", "n-quads"))
HTML = Format("html", "text/html", ("application/xhtml+xml",), charset=True)

SPARQL_JSON = Format("json", "application/sparql-results+json", ("application/json",), ("srj",))
SPARQL_XML = Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"), ("srx",))
SPARQL_CSV = Format("csv", "text/csv", charset=True)
SPARQL_TSV = Format("tsv", "text/tab-separated-values", charset=True)

DATA = (JSON, CSV, XLSX, TURTLE, JSONLD)
"""What lists and single things of `/v1` come as; JSON where nothing is asked."""
DOCUMENT = (TURTLE, JSONLD, NTRIPLES, RDFXML, HTML)
"""What `/doc` and its kin come as."""
SOLUTIONS = (SPARQL_JSON, SPARQL_XML, SPARQL_CSV, SPARQL_TSV)
GRAPHS = (TURTLE, NTRIPLES, RDFXML, JSONLD, TRIG, NQUADS)


REMEMBERED = 300
"""Characters of an `Accept` header up to which it is remembered what it gets."""


@dataclass(frozen=True)
class _Range:
    kind: str
    subtype: str
    quality: float

    def fit(self, media_type: str) -> int:
        """0: does not match; else the more specific, the higher."""
        kind, _, subtype = media_type.partition("/")
        if self.kind == "*":
            return 1
        if self.kind != kind:
            return 0
        return 2 if self.subtype == "*" else 3 if self.subtype == subtype else 0


def quality(text: str) -> float | None:
    """A q-value between 0 and 1; None if it is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def _ranges(accept: str) -> list[_Range]:
    """The readable parts of an `Accept` header; an unreadable part is passed over."""
    found = []
    for part in accept.split(",")[:64]:
        media, *parameters = (piece.strip() for piece in part.split(";"))
        kind, slash, subtype = media.lower().partition("/")
        if not slash or not kind or not subtype or (kind == "*" and subtype != "*"):
            continue
        weight: float | None = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                weight = quality(value.strip())
        if weight is not None:
            found.append(_Range(kind, subtype, weight))
    return found


def _rank(offer: Format, ranges: Sequence[_Range]) -> tuple[float, int]:
    """The quality of an offer, by the most specific range that fits it, and how specific that is."""
    fits = [
        (asked.fit(media_type), asked.quality)
        for asked in ranges
        for media_type in (offer.media_type, *offer.aliases)
    ]
    fit, weight = max(((f, q) for f, q in fits if f), default=(0, 0.0))
    return weight, fit


def accepted(accept: str | None, offers: Sequence[Format]) -> Format | None:
    """The best of `offers` for an `Accept` header, or None where none will do.

    The higher quality wins, then what was named more exactly, then what we offer first.
    """
    asked = accept or "*/*"
    # A client sends the same header with every request
    return (_remembered if len(asked) <= REMEMBERED else _best)(asked, tuple(offers))


def _best(accept: str, offers: tuple[Format, ...]) -> Format | None:
    ranges = _ranges(accept)
    if not ranges:
        return offers[0]
    ranked = [(_rank(offer, ranges), -place) for place, offer in enumerate(offers)]
    (weight, _), place = max(ranked)
    return offers[-place] if weight > 0 else None


_remembered = lru_cache(512)(_best)


def named(name: str, offers: Sequence[Format]) -> Format | None:
    """The offer that `format=` means."""
    return next((offer for offer in offers if name.lower() in (offer.name, *offer.other_names)), None)


def choose(name: str | None, accept: str | None, offers: Sequence[Format]) -> Format:
    """What a request gets: `format=` before `Accept`.

    Raises:
        InputError: `format=` names none of the offers.
        NotAcceptable: `Accept` admits none of them.
    """
    if name is not None:
        found = named(name, offers)
        if found is None:
            raise unknown_format(name, offers)
        return found
    best = accepted(accept, offers)
    if best is None:
        kinds = ", ".join(dict.fromkeys(offer.media_type for offer in offers))
        issue = Issue("Accept", f"this comes as {kinds}", accept)
        raise NotAcceptable("Nothing that is accepted can be made here.", issues=(issue,))
    return best


def unknown_format(name: str, offers: Sequence[Format]) -> InputError:
    """The error for a `format=` that names none of the offers."""
    names = list(dict.fromkeys(offer.name for offer in offers))
    nearest = suggestion(name, names)
    hint = f"did you mean {nearest}?" if nearest else f"use one of {', '.join(names)}"
    return InputError("There is no such format here.", issues=(Issue("format", hint, name),))


def prefers_html(accept: str | None) -> bool:
    """Whether a person with a browser asks: HTML is named and wanted at least as much as JSON."""
    return bool(accept) and "html" in str(accept) and accepted(accept, (JSON, HTML)) is HTML
