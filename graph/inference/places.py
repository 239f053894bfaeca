"""Whether an organization is in Limburg: yes, no, or unknown (then nothing is said).

A place is *in* (its municipality lies in the area), *out* (another municipality, another country, or
a source says that it lies outside), or *open* (Belgium, and nothing more is known).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from graph.inference.bound import rows
from graph.inference.closure import lies_in, wider
from graph.model.namespaces import COUNTRY, REFNIS, VERRE
from graph.model.terms import NamedNode, Term, Triple
from graph.store.view import GraphView

AREA = REFNIS["70000"]
"""The province of Limburg: the area that Verre is about."""

HOME = COUNTRY.BEL
"""The country of the area."""

_PREFIXES = """
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX verre: <https://w3id.org/verre/ns#>
"""
_SITES = (
    _PREFIXES
    + """
SELECT ?org ?site ?function ?municipality ?country ?outside WHERE {
  ?org org:hasSite ?site .
  OPTIONAL { ?site verre:siteFunction ?function }
  OPTIONAL { ?site org:siteAddress ?address . ?address cv:adminUnit ?municipality }
  OPTIONAL { ?site verre:country ?country }
  OPTIONAL { ?site verre:outsideArea ?outside }
}
"""
)
_COUNTRIES = _PREFIXES + "SELECT ?org ?country WHERE { ?org a org:Organization ; verre:country ?country }"

SAID = frozenset(
    {
        VERRE.memberOfArea,
        VERRE.notMemberOfArea,
        VERRE.seatInArea,
        VERRE.seatOutsideArea,
        VERRE.siteInArea,
    }
)

_IN, _OUT, _OPEN = "in", "out", "open"


@dataclass
class _Site:
    functions: set[str] = field(default_factory=set)
    municipalities: set[Term] = field(default_factory=set)
    countries: set[Term] = field(default_factory=set)
    outside: set[Term] = field(default_factory=set)

    @property
    def at_home(self) -> bool:
        """Whether it tells where in the home country the organization is."""
        return bool(self.municipalities) or AREA in self.outside

    def verdict(self, inside: set[NamedNode]) -> str:
        """In, out or open, for the municipalities inside the area."""
        if self.municipalities & inside:
            return _IN
        if self.municipalities or AREA in self.outside or self.countries - {HOME}:
            return _OUT
        return _OPEN


def _sites(view: GraphView, only: Collection[NamedNode] | None) -> dict[NamedNode, dict[NamedNode, _Site]]:
    sites: defaultdict[NamedNode, defaultdict[NamedNode, _Site]] = defaultdict(lambda: defaultdict(_Site))
    for org, node, function, municipality, country, outside in rows(view, _SITES, "org", only):
        if not (isinstance(org, NamedNode) and isinstance(node, NamedNode)):
            continue
        site = sites[org][node]
        if isinstance(function, NamedNode):
            site.functions.add(function.value.rpartition("/")[2])
        for values, value in (
            (site.municipalities, municipality),
            (site.countries, country),
            (site.outside, outside),
        ):
            if value is not None:
                values.add(value)
    return {org: dict(each) for org, each in sites.items()}


def membership(view: GraphView, _today: date, only: Collection[NamedNode] | None = None) -> set[Triple]:
    """`memberOfArea` or `notMemberOfArea`, `seatInArea`, `seatOutsideArea` and `siteInArea`.

    Args:
        only: of these organizations.
    """
    sites = _sites(view, only)
    inside = _inside(view, sites.values(), everywhere=only is None)
    countries: defaultdict[NamedNode, set[Term | None]] = defaultdict(set)
    for org, country in rows(view, _COUNTRIES, "org", only):
        if isinstance(org, NamedNode):
            countries[org].add(country)
    found: set[Triple] = set()
    for org in {*sites, *countries}:
        own = list(sites.get(org, {}).values())
        predicates = chain(_member(own, countries[org], inside), _seat(own, inside))
        found.update(Triple(org, predicate, AREA) for predicate in predicates)
    return found


def _inside(view: GraphView, sites: Iterable[dict[NamedNode, _Site]], *, everywhere: bool) -> set[NamedNode]:
    """The municipalities inside the area; of those of the sites, unless it is asked everywhere."""
    if everywhere:
        return {AREA} | {place for place, wide in wider(view).items() if AREA in wide}
    named = {place for own in sites for site in own.values() for place in site.municipalities}
    return lies_in(view, {place for place in named if isinstance(place, NamedNode)}, AREA)


def _member(sites: list[_Site], countries: set[Term | None], inside: set[NamedNode]) -> list[NamedNode]:
    known = {site.verdict(inside) for site in sites}
    if _IN in known:
        return [VERRE.memberOfArea, VERRE.siteInArea]
    if countries - {HOME}:
        known.add(_OUT)
    if HOME in countries and not any(site.at_home for site in sites):
        known.add(_OPEN)
    return [VERRE.notMemberOfArea] if known == {_OUT} else []


def _seat(sites: list[_Site], inside: set[NamedNode]) -> list[NamedNode]:
    """By the seat; by the main site where the place of no seat is known."""
    for function in ("seat", "main"):
        known = {site.verdict(inside) for site in sites if function in site.functions}
        found = [VERRE.seatInArea] if _IN in known else []
        if _OUT in known:
            found.append(VERRE.seatOutsideArea)
        if found:
            return found
    return []
