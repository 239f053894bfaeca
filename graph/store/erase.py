"""Removing a person or a record for good.

A new release is written from scratch, so that no old file survives in it by a hard link, and every
older release is deleted with its index. What is left of the IRI is its hash (`graph.store.erased`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import InputError, Issue, NotFound
from graph.model.namespaces import FOAF, ORG, RDFS, SKOS, VERRE
from graph.model.terms import Literal, NamedNode, Quad, Triple
from graph.store import backup
from graph.store.erased import Erased
from graph.store.locks import claim, in_use
from graph.store.releases import Releases
from graph.store.view import GraphView
from graph.store.writer import Derive

BELONGS_TO = (
    ORG.member,
    ORG.organization,
    ORG.originalOrganization,
    ORG.siteOf,
    VERRE.acquirer,
    VERRE.award,
    VERRE.exporter,
    VERRE.mission,
    VERRE.owned,
    VERRE.owner,
    VERRE.participant,
    VERRE.partner,
    VERRE.principal,
    VERRE.recipient,
    VERRE.statedBy,
)
"""A node that points by one of these at something erased says something about it, and goes with it."""
NAMES = (FOAF.name, RDFS.label, SKOS.prefLabel)
SHOWN = 10


@dataclass(frozen=True)
class Report:
    """What was erased and what was not.

    Attributes:
        iri: what was asked to go.
        erased: all that went: it, its parts, and the relations that it was a party of.
        release: the new release.
        deleted: older releases, gone with their indexes.
        unreached: where it may still be, one sentence each.
    """

    iri: str
    erased: tuple[str, ...]
    release: str
    deleted: tuple[str, ...]
    unreached: tuple[str, ...]

    def lines(self) -> list[str]:
        """The report for a person, line by line."""
        others = f" and {len(self.erased) - 1} records that belong to it" if len(self.erased) > 1 else ""
        return [
            f"erased: {self.iri}{others}",
            f"release {self.release} is current; deleted: {', '.join(self.deleted) or 'none'}",
            *(f"not reached: {sentence}" for sentence in self.unreached),
        ]


def erase(releases: Releases, iri: str, derive: Derive) -> Report:
    """Removes a thing, its parts and the relations that it is a party of, from every release.

    A source takes along the graph of what it says.

    Args:
        releases: where it is removed from.
        iri: the thing.
        derive: what a release has beside its sources.

    Raises:
        InputError: no IRI.
        NotFound: no release holds it, and it was not erased before.
        Locked: another process is writing.
    """
    try:
        thing = NamedNode(iri)
    except ValueError as error:
        raise InputError(
            "what is erased is named by its IRI", issues=(Issue("iri", str(error), iri),)
        ) from error
    with releases.write() as writer:
        kept = releases.list()
        gone, names = {thing}, set[str]()
        known = False
        for release in kept:
            view = release.open("whole")
            known = known or _known(view, thing)
            gone |= _belongings(view, thing)
            names |= {
                t.object.value
                for t in _about(view, thing)
                if t.predicate in NAMES and isinstance(t.object, Literal)
            }
        if not known and iri not in Erased(releases.layout.erased):
            raise NotFound(f"no release holds {iri}")
        writer.forget(node.value for node in gone)
        erased = Erased(releases.layout.erased)
        for graph in writer.view("whole").graphs():
            if graph.value in erased:
                writer.drop(graph)

        def stays(quad: Quad) -> bool:
            return not erased.hides(quad.triple)

        writer.restart(stays)
        release = writer.commit("erase", derive)
        before = [old.name for old in kept if old.name != release.name]
        unreached = [
            *(
                f"{path} could not be deleted: {why}"
                for path, why in backup.forget(releases.layout.home).items()
            ),
            *_still_read(releases, before),
            *_still_open(releases),
            *_elsewhere(releases, release.manifest.inputs),
        ]
        releases.repair(though_in_use=True)
        for name in before:
            if name in releases.pointer().published:
                releases.delete(name, though_leased=True)
    unreached += _mentions(release.open("whole"), names)
    ordered = tuple(sorted(node.value for node in gone))
    return Report(iri, ordered, release.name, tuple(before), tuple(unreached))


def _known(view: GraphView, thing: NamedNode) -> bool:
    here = f"<{thing.value}>"
    return view.ask(
        f"ASK {{ {{ {here} ?p ?o }} UNION {{ ?s ?p {here} }} UNION {{ GRAPH {here} {{ ?s ?p ?o }} }} }}"
    )


def _about(view: GraphView, thing: NamedNode) -> Iterator[Triple]:
    return view.construct(f"CONSTRUCT WHERE {{ <{thing.value}> ?p ?o }}")


def _belongings(view: GraphView, thing: NamedNode) -> set[NamedNode]:
    """The thing, its parts, what it is a party of, the parts of that; and the graph of a source."""
    links = " ".join(f"<{link.value}>" for link in BELONGS_TO)
    found, todo = set[NamedNode](), {thing}
    while todo:
        node = todo.pop()
        found.add(node)
        for (other,) in view.select(f"SELECT ?n {{ VALUES ?link {{ {links} }} ?n ?link <{node.value}> }}"):
            if isinstance(other, NamedNode):
                todo.add(other)
        for triple in _about(view, node):
            value = triple.object
            part = isinstance(value, NamedNode) and value.value.startswith(node.value + "/")
            if isinstance(value, NamedNode) and (part or triple.predicate == VERRE.graph):
                todo.add(value)
        todo -= found
    return found


def _still_read(releases: Releases, names: list[str]) -> Iterator[str]:
    for name in names:
        with claim(releases.layout.releases / name / "lease") as free:
            if not free:
                yield f"release {name} is deleted but still read by a process; its data go when that lets go of it"


def _still_open(releases: Releases) -> Iterator[str]:
    if any(in_use(folder) for folder in releases.layout.staging.iterdir()):
        yield "a process that writes has the state before open; its files are deleted, and it lets go at its next write"


def _elsewhere(releases: Releases, inputs: dict[str, str]) -> Iterator[str]:
    if inputs:
        files = ", ".join(sorted(inputs)[:SHOWN])
        yield f"the files of the last build ({files}): the next build leaves it out, but it is written there"
    rejects = releases.layout.home / "rejects"
    if rejects.is_dir() and any(rejects.iterdir()):
        yield f"rows set aside in {rejects} were not searched"
    yield "dumps and downloads elsewhere, and backups that were copied or moved"


def _mentions(view: GraphView, names: set[str]) -> Iterator[str]:
    for name in sorted(names):
        text = str(Literal(name.casefold()))
        rows = view.select(
            f"SELECT DISTINCT ?s {{ ?s ?p ?text FILTER(isLiteral(?text) && CONTAINS(LCASE(STR(?text)), {text})) }}"
            f" ORDER BY ?s LIMIT {SHOWN}"
        )
        for (subject,) in rows:
            yield f"a text of {subject} still has the name"
