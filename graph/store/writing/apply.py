"""One write, done to a release in the making."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad

from graph.errors import InputError, Issue, NotFound, QueryFailed, QuerySyntaxError
from graph.model.terms import Triple
from graph.store import nesting
from graph.store.update import Guard, Request, Using, delta, read
from graph.store.writer import Writer
from graph.store.writes import Write, Written
from graph.store.writing.body import read_body
from graph.store.writing.guard import GraphGuard

NO_GRAPH = "this would write the default graph, which is the merge of all graphs and kept by the store itself; name a graph"


@dataclass(frozen=True)
class Applier:
    """Does writes to a writer; each is a step of its own that can be taken back.

    Attributes:
        writer: of the release in the making.
        base_iri: the base of the installation's IRIs.
        bare: the engine runs updates as they are, and the default graph is a graph like any other.
        brackets: most that may be open in an update at the same time.
    """

    writer: Writer
    base_iri: str
    bare: bool = False
    brackets: int = 500

    def apply(self, write: Write) -> Written:
        """Does one write.

        Returns:
            What it changed; the name of the release is not known yet.

        Raises:
            VerreError: as `Writes.write` says; part of it may have been done.
        """
        if write.kind == "update":
            created = False
            self._update(write)
        else:
            created = self._graph_store(write)
        return Written(release="", created=created)

    def _update(self, write: Write) -> None:
        nesting.check(write.text, self.brackets)
        request = read(write.text, write.base_iri).over(_using(write))
        if self.bare:
            self._run(request)
            return
        guard = self._guard()
        for operation in request.operations:
            step = delta(operation, self.writer.engine(), request.base_iri, guard)
            self._change(step.removed - step.added, step.added)

    def _run(self, request: Request) -> None:
        """The engine does it, in a bare store."""
        self.writer.touch()
        try:
            for text in request.texts():
                self.writer.engine().update(text, base_iri=request.base_iri)
        except SyntaxError as error:
            raise QuerySyntaxError(str(error)) from error
        except (
            RuntimeError
        ) as error:  # a graph that is there already, or is not; a function that does not exist
            kind = QuerySyntaxError if "custom function" in str(error) else InputError
            raise kind(str(error)) from error
        except OSError as error:
            raise QueryFailed(str(error)) from error

    def _graph_store(self, write: Write) -> bool:
        graph = self._graph(write)
        held = set(self.writer.engine().quads_for_pattern(None, None, None, graph))
        there = bool(held) or (self.bare and self._known(graph))
        if write.kind == "delete":
            if not there:
                raise NotFound(f"there is no graph <{write.graph}>")
            self._change(held, ())
            self._forget(graph)
            return False
        if write.body is None:
            raise InputError("there is no body", issues=(Issue("body", "triples of the graph"),))
        triples = read_body(write.body, write.media_type, write.base_iri, bare=self.bare)
        new = _quads(triples, graph)
        self._change(held - new if write.kind == "put" else (), new - held)
        if self.bare and isinstance(graph, NamedNode):
            self.writer.touch()
            self.writer.engine().add_graph(graph)
        return not there

    def _graph(self, write: Write) -> NamedNode | DefaultGraph:
        if write.graph is None:
            if not self.bare:
                raise InputError(NO_GRAPH, issues=(Issue("graph", NO_GRAPH),))
            return DefaultGraph()
        try:
            graph = NamedNode(write.graph)
        except ValueError as error:
            detail = f"a graph is named by an IRI: {error}"
            raise InputError(detail, issues=(Issue("graph", detail, write.graph),)) from error
        if not self.bare:
            self._guard()(graph)
        return graph

    def _known(self, graph: NamedNode | DefaultGraph) -> bool:
        return isinstance(graph, DefaultGraph) or self.writer.engine().contains_named_graph(graph)

    def _forget(self, graph: NamedNode | DefaultGraph) -> None:
        if self.bare and isinstance(graph, NamedNode):
            self.writer.touch()
            self.writer.engine().remove_graph(graph)

    def _guard(self) -> Guard:
        base = self.writer.base
        return GraphGuard(self.base_iri, base.manifest.built_graphs if base else ())

    def _change(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        self.writer.remove(removed)
        self.writer.add(added)


def _quads(triples: Iterable[Triple], graph: NamedNode | DefaultGraph) -> set[Quad]:
    return {Quad(t.subject, t.predicate, t.object, graph) for t in triples}


def _using(write: Write) -> list[Using]:
    """The protocol's dataset as clauses; the IRIs are checked, since they become part of a text."""
    found: list[Using] = []
    for named, iris in ((False, write.using or ()), (True, write.using_named or ())):
        for iri in dict.fromkeys(iris):
            try:
                found.append(Using(str(NamedNode(iri)), named))
            except ValueError as error:
                name = "using-named-graph-uri" if named else "using-graph-uri"
                detail = f"a graph is named by an IRI: {error}"
                raise InputError(detail, issues=(Issue(name, detail, iri),)) from error
    return found
