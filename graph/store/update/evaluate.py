"""What an operation changes, found out by queries alone.

The pattern runs as a SELECT of the variables of the templates, on the store as it is; a template is
filled in with each solution; what comes out are the quads to take away and the quads to add, in that
order. Nothing is written here, and no text of an update ever runs as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from graph.errors import InputError, Issue, QueryFailed, QuerySyntaxError
from graph.store.normal import normal_quad
from graph.store.update.operations import Operation, Using
from graph.store.update.template import Solution, Template, TemplateReader, storable

NEVER = "urn:x-verre:never"
STOP = f"DROP GRAPH <{NEVER}> ; "
"""Fails in an empty store, before what follows runs and after it was read."""
_NO_BREAK = re.compile(r"[^\r\n]")
_PLACE = re.compile(r"error at (\d+):(\d+)")

Guard = Callable[[NamedNode], None]
"""Raises InputError for a graph that may not be written."""


@dataclass(frozen=True)
class Delta:
    """What one operation does: first `removed` goes, then `added` comes."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)


@dataclass(frozen=True)
class Request:
    """An update request, cut into operations.

    Attributes:
        text: as it came.
        operations: what it consists of.
        base_iri: what relative IRIs are resolved against.
        dataset: what the patterns see instead of the whole store; by `over`.
    """

    text: str
    operations: tuple[Operation, ...]
    base_iri: str | None = None
    dataset: tuple[Using, ...] = ()

    def check_syntax(self) -> None:
        """Lets the engine read every operation, without running it.

        Raises:
            QuerySyntaxError: the engine cannot read it; line and column are those of the request.
        """
        for run in _runs(self.operations):
            _read_only(self, run)

    def texts(self) -> Iterator[str]:
        """Each operation as an update of its own, with all that is declared before it and its dataset."""
        for one in self.operations:
            text = self.text[one.start : one.end]
            clauses = "".join(f" USING {'NAMED ' if u.named else ''}{u.graph}" for u in self.dataset)
            if one.short and clauses:
                text = f"DELETE {one.pattern}\n{clauses}\nWHERE {one.pattern}"
            elif one.verb == "modify" and clauses:
                begin = one.clauses - one.start
                text = f"{text[:begin]}\n{clauses}\n{text[begin:]}"
            yield one.prologue + text

    def over(self, using: Iterable[Using]) -> Request:
        """The request on another dataset: the protocol's `using-graph-uri` and `using-named-graph-uri`.

        Raises:
            InputError: it says USING or WITH itself, which the protocol forbids (section 2.2.3).
        """
        clauses = tuple(using)
        if not clauses:
            return self
        if any(operation.using or operation.home for operation in self.operations):
            detail = "the parameters using-graph-uri and using-named-graph-uri exclude USING and WITH in the update"
            raise InputError(detail, issues=(Issue("using-graph-uri", detail),))
        changed = (replace(one, using=clauses) if one.verb == "modify" else one for one in self.operations)
        return replace(self, operations=tuple(changed), dataset=clauses)


def _runs(operations: Iterable[Operation]) -> list[list[Operation]]:
    """Operations with no prologue between them: those the engine reads at once."""
    return [list(run) for _, run in groupby(operations, key=lambda one: one.prologue)]


def _read_only(request: Request, run: list[Operation]) -> None:
    """Has the engine read some operations where they stand, with blanks for all earlier ones."""
    begin = run[0].start
    before = request.text[:begin]
    for earlier in request.operations:
        if earlier.start < begin:
            blanks = _NO_BREAK.sub(" ", before[earlier.start : earlier.after])
            before = before[: earlier.start] + blanks + before[earlier.after :]
    try:
        text = before + STOP + request.text[begin : run[-1].end]
        Store().update(text, base_iri=request.base_iri)
    except SyntaxError as error:
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise QuerySyntaxError(_moved(str(error), line, column)) from error
    except RuntimeError:
        return
    raise QuerySyntaxError("this cannot be read as an update")  # what stops it was not seen


def _moved(words: str, line: int, column: int) -> str:
    """The engine's words, with a place behind STOP on its line moved to where it is in the request."""

    def moved(found: re.Match[str]) -> str:
        there = int(found[2])
        if int(found[1]) == line and there > column:
            there = max(there - len(STOP), column)
        return f"error at {found[1]}:{there}"

    return _PLACE.sub(moved, words)


def delta(operation: Operation, store: Store, base_iri: str | None, guard: Guard) -> Delta:
    """What an operation does to a store that holds the state before it.

    Args:
        operation: one of a request that `check_syntax` found readable.
        store: the engine's store; it is only read.
        base_iri: what relative IRIs are resolved against.
        guard: asked for each graph that would be written.

    Raises:
        InputError: the default graph, a guarded graph, or a blank node.
        QuerySyntaxError: a function that does not exist.
        QueryFailed: the engine failed.
    """
    reader = TemplateReader(operation.prologue, base_iri)
    with _engine():
        if operation.verb in {"insert data", "delete data", "modify"}:
            return _Pattern(operation, store, base_iri, guard).delta(reader)
        return _management(operation, store, reader, guard)


@contextmanager
def _engine() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        if "custom function" in str(error):
            raise QuerySyntaxError(str(error)) from error
        raise QueryFailed(str(error)) from error


@dataclass(frozen=True)
class _Pattern:
    """Data, or templates and the pattern that fills them."""

    operation: Operation
    store: Store
    base_iri: str | None
    guard: Guard

    def delta(self, reader: TemplateReader) -> Delta:
        operation, found = self.operation, Delta()
        deletes = reader.templates(operation.delete, operation.home)
        inserts = reader.templates(operation.insert, operation.home)
        passed = {one.graph for one in (*deletes, *inserts) if isinstance(one.graph, NamedNode)}
        for graph in passed:
            self.guard(graph)
        for solution in self._solutions([*deletes, *inserts], reader):
            found.removed.update(self._filled(deletes, solution, passed, wanted=storable))
            found.added.update(self._filled(inserts, solution, passed))
        return found

    def _filled(
        self,
        templates: list[Template],
        solution: Solution,
        passed: set[NamedNode],
        *,
        wanted: Callable[[Quad], bool] | None = None,
    ) -> Iterator[Quad]:
        for template in templates:
            for quad in template.fill(solution):
                if wanted is None or wanted(quad):
                    if quad.graph_name not in passed:
                        self._pass(quad, passed)
                    yield normal_quad(quad)

    def _pass(self, quad: Quad, passed: set[NamedNode]) -> None:
        """Asks for each graph that a solution gives, once, before there are many quads of it."""
        assert isinstance(quad.graph_name, NamedNode)  # noqa: S101 - templates give no other
        self.guard(quad.graph_name)
        passed.add(quad.graph_name)

    def _solutions(self, templates: list[Template], reader: TemplateReader) -> Iterator[Solution]:
        if self.operation.verb != "modify":
            yield {}
            return
        names = sorted(set().union(*(template.names() for template in templates)))
        if not templates:
            return
        home = None if self.operation.home is None else [reader.name(self.operation.home)]
        text = "".join(
            (
                self.operation.prologue,
                f"SELECT DISTINCT {' '.join('?' + name for name in names)}" if names else "ASK",
                *(f" FROM {'NAMED ' if using.named else ''}{using.graph}" for using in self.operation.using),
                f"\nWHERE {self.operation.pattern}",
            )
        )
        dataset = {} if home is None or self.operation.using else {"default_graph": home}
        result = self.store.query(text, base_iri=self.base_iri, **dataset)  # type: ignore[arg-type]
        if isinstance(result, QuerySolutions):
            for row in result:
                yield dict(zip(names, row, strict=True))
        elif result:
            yield {}


def _management(operation: Operation, store: Store, reader: TemplateReader, guard: Guard) -> Delta:
    """CLEAR, DROP, CREATE, ADD, MOVE and COPY.

    A graph is there while it holds triples, so making one changes nothing and none is missing
    (https://www.w3.org/TR/sparql11-update/#graphManagement, for stores that record no empty graphs).
    """
    verb = operation.verb
    if verb in {"clear", "drop", "create"}:
        target = _one_graph(operation, operation.source, reader)
        guard(target)
        return Delta(removed=set() if verb == "create" else _held(store, target))
    target = _one_graph(operation, operation.target, reader)
    guard(target)
    source: NamedNode | None = None
    if operation.source != "DEFAULT" or verb == "move":
        source = _one_graph(operation, operation.source, reader)
    if source == target:
        return Delta()
    added = {
        Quad(quad.subject, quad.predicate, quad.object, target)
        for quad in store.quads_for_pattern(None, None, None, source or DefaultGraph())
    }
    removed = set() if verb == "add" else _held(store, target)
    if verb == "move" and source is not None:
        guard(source)
        removed |= _held(store, source)
    return Delta(removed, added)


def _held(store: Store, graph: NamedNode) -> set[Quad]:
    return set(store.quads_for_pattern(None, None, None, graph))


def _one_graph(operation: Operation, place: str, reader: TemplateReader) -> NamedNode:
    if place in {"DEFAULT", "NAMED", "ALL"}:
        raise InputError(
            f"{operation.verb.upper()} {place} would write the default graph, which is the merge of all graphs, "
            "or graphs that the store makes by itself; name one graph"
        )
    return reader.name(place)
