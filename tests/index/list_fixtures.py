"""What the tests of lists and single things share: odd values, short ways to ask, and a count of statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from graph import resources
from graph.index import (
    AwardFilter,
    CompanyFilter,
    ExporterFilter,
    Index,
    ListAnswer,
    MarketFilter,
    MissionFilter,
    PageRequest,
    PartnerFilter,
    PersonFilter,
    SourceFilter,
    StatisticFilter,
)
from graph.index.build import build
from graph.inference import infer
from graph.model.iris import Minter
from graph.model.namespaces import DCTERMS, ORG, PROV, RDF, RDFS, SCHEMA, VERRE, code
from graph.model.terms import Literal, NamedNode, Triple
from graph.sources.importer import ImportOptions, import_sheets
from graph.sources.reference import Reference
from graph.sources.vocabulary import vocabulary_graphs
from graph.store.view import memory_view
from tests.graphs import TODAY, World, when

Json = dict[str, Any]
Ask = Callable[[Index, Json, PageRequest, str], ListAnswer]

HOSTILE = (
    "<script>alert('x')</script>",
    """'; DROP TABLE organization; --""",
    'quote " and \\ backslash',
    "\u202eright to left\u202c\u200f",
    "%_%",
    "tab\tand\nline",
    "名" * 300,
    "{company} {0} %s ?1 :day",
)
"""Names that a careless program takes for something else."""

_ASKS: dict[str, Ask] = {
    "exporters": lambda i, f, p, lang: i.exporters(ExporterFilter(TODAY, **f), p, lang),
    "companies": lambda i, f, p, lang: i.companies(CompanyFilter(TODAY, **f), p, lang),
    "markets": lambda i, f, p, lang: i.markets(MarketFilter(TODAY, **f), p, lang),
    "partners": lambda i, f, p, lang: i.partners(PartnerFilter(TODAY, **f), p, lang),
    "people": lambda i, f, p, lang: i.people(PersonFilter(TODAY, **f), p, lang),
    "awards": lambda i, f, p, lang: i.awards(AwardFilter(**f), p, lang),
    "missions": lambda i, f, p, lang: i.missions(MissionFilter(**f), p, lang),
    "sources": lambda i, f, p, lang: i.sources(SourceFilter(**f), p, lang),
    "statistics": lambda i, f, p, lang: i.statistics(StatisticFilter(**f), p, lang),
}
LISTS = tuple(_ASKS)
"""The names of all lists of an index."""


def ask(
    index: Index, what: str, *sort: str, page: tuple[int, int] = (1, 100), lang: str = "en", **f: object
) -> ListAnswer:
    """One list of an index; `page` is (number, size), `f` the fields of its filter."""
    return _ASKS[what](index, f, PageRequest(*page, sort=sort), lang)


def facets(index: Index, what: str, lang: str = "en", **f: object) -> dict[str, dict[str, int]]:
    """Facet → value → count."""
    found = _ASKS[what](index, f, PageRequest(size=1, facets=True), lang).facets
    return {name: {each["value"]: each["count"] for each in values} for name, values in found.items()}


def ids(answer: ListAnswer) -> list[str]:
    """The `id` of each item."""
    return [item["id"] for item in answer.items]


def keys(sources: list[Json]) -> list[str]:
    """The keys of sources."""
    return [source["id"] for source in sources]


@contextmanager
def statements(index: Index) -> Iterator[list[str]]:
    """The SQL that the index runs meanwhile, with what it binds written in."""
    ran: list[str] = []
    connection = index._db._held().connection
    connection.set_trace_callback(ran.append)
    try:
        yield ran
    finally:
        connection.set_trace_callback(None)


@dataclass
class Odd:
    """Facts of the model that `World` has no method for; each in the graph of the world's source."""

    world: World

    def node(self, kind: str, key: str, cls: NamedNode, *pairs: tuple[NamedNode, object]) -> NamedNode:
        """A node of a class, in the current source's graph and naming it."""
        iri = self.world.minter.hashed(kind, ("key", key))
        said = (RDF.type, cls), (PROV.hadPrimarySource, self.world.source_iri())
        return self.world.fact(iri, *said, *pairs)

    def change(self, original: NamedNode, acquirer: NamedNode, day: str, ownership: NamedNode) -> NamedNode:
        """A takeover."""
        return self.node(
            "change",
            day,
            ORG.ChangeEvent,
            (VERRE.changeType, code("change-type", "takeover")),
            (ORG.originalOrganization, original),
            (VERRE.acquirer, acquirer),
            (DCTERMS.date, when(day)),
            (VERRE.resultingOwnership, ownership),
        )

    def member(self, member: NamedNode, host: NamedNode, key: str = "member") -> NamedNode:
        """An organization that is a member of another."""
        return self.node(
            "membership",
            key,
            ORG.Membership,
            (ORG.member, member),
            (ORG.organization, self.world.named(host)),
        )

    def need(self, who: NamedNode, *labels: Literal) -> NamedNode:
        """What an organization finds hard."""
        pairs = (VERRE.statedBy, who), (RDFS.label, list(labels)), (VERRE.attested, when("2018-02"))
        return self.node("need", labels[0].value, VERRE.Need, *pairs)

    def programme(self, who: NamedNode, label: str, year: str, *aims: Literal) -> NamedNode:
        """A programme of an organization."""
        pairs = (RDFS.label, Literal(label)), (VERRE.aim, list(aims)), (SCHEMA.startDate, when(year))
        return self.node("programme", label, VERRE.Programme, (VERRE.statedBy, who), *pairs)


def names_of(world: World, *names: str) -> list[NamedNode]:
    """An organization for each name, with the keys o0, o1 …"""
    return [world.org(f"o{number}", name) for number, name in enumerate(names)]


def note(text: str) -> tuple[NamedNode, Literal]:
    """A note of ours."""
    return VERRE.note, Literal(text, language="en")


@cache
def real_file(folder: Path) -> Path:
    """The index of the project's own tables, as the build makes it."""
    minter = Minter()
    reference = Reference.load(resources.data() / "reference")
    options = ImportOptions(minter=minter, reference=reference)
    result = import_sheets([resources.data()], options)
    graphs: dict[NamedNode, set[Triple]] = {
        **vocabulary_graphs(resources.ontologies(), minter),
        **reference.graphs(minter),
        **result.graphs,
    }
    derived = infer(memory_view(graphs), minter, date(2024, 6, 1))
    path = folder / "real.db"
    build(memory_view({**graphs, minter.inferred: derived}), path, "real")
    return path


def contents(db: sqlite3.Connection) -> dict[str, list[object]]:
    """All rows of an index by table; FTS5 tables without content show in the tables they are made of."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    names = [name for (name,) in db.execute(query) if "sqlite_stat" not in name]
    return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}
