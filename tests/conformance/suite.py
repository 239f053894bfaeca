"""Reads the manifests of the W3C suite."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
"""What the files of the suite are named below."""
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

QUERIES = [
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "exists",
    "functions",
    "grouping",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
    "syntax-query",
    "csv-tsv-res",
    "json-res",
]
UPDATES = [
    "add",
    "basic-update",
    "clear",
    "copy",
    "delete",
    "delete-data",
    "delete-insert",
    "delete-where",
    "drop",
    "move",
    "syntax-update-1",
    "syntax-update-2",
    "update-silent",
]
FEDERATION = ["syntax-fed", "service"]

Node = str
Graph = Mapping[Node, Mapping[str, list[Node]]]


@dataclass(frozen=True)
class Dataset:
    """Graphs, each the file that it is in.

    Attributes:
        default: files that make up the default graph.
        named: graph → file.
    """

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True)
class Case:
    """One test.

    Attributes:
        group: the folder that it is in.
        name: of the test, within its group.
        kind: its class, without namespace.
        file: the query or update.
        before: what the store holds.
        result: the file with what is to be answered, if there is one.
        after: what the store holds afterwards.
    """

    group: str
    name: str
    kind: str
    file: Path | None = None
    before: Dataset = field(default_factory=Dataset)
    result: Path | None = None
    after: Dataset = field(default_factory=Dataset)

    @property
    def id(self) -> str:
        """Names it in reports."""
        return f"{self.group}/{self.name}"

    @property
    def text(self) -> str:
        """The query or update, with the base that its relative IRIs mean."""
        assert self.file is not None
        return f"BASE <{iri_of(self.file)}> " + self.file.read_text("utf-8")


def root() -> Path | None:
    """The folder of the suite, if this machine has it."""
    shared = os.environ.get("VERRE_TEST_SHARED")
    folder = Path(shared) / "conformance/sparql/sparql11" if shared else None
    return folder if folder and folder.is_dir() else None


def iri_of(path: Path) -> str:
    """The IRI of a file of the suite."""
    folder = root()
    assert folder is not None
    return BASE + path.relative_to(folder).as_posix()


def path_of(iri: str) -> Path:
    """The file that an IRI of the suite names."""
    folder = root()
    assert folder is not None
    assert iri.startswith(BASE), iri
    return folder / iri[len(BASE) :]


@cache
def read(name: str) -> Graph:
    """A Turtle file of the suite: subject → predicate → objects; literals begin with a quote."""
    folder = root()
    assert folder is not None
    found: dict[Node, dict[str, list[Node]]] = {}
    path = folder / name
    for quad in parse(path=path, format=RdfFormat.TURTLE, base_iri=BASE + name):
        value = quad.object
        told = value.value if isinstance(value, NamedNode) else str(value)
        if isinstance(value, Literal):
            told = f'"{value.value}'
        subject = quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)
        found.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(told)
    return found


def one(graph: Graph, node: Node, predicate: str) -> Node | None:
    """The only value of a property, if there is one; of a literal its text."""
    values = graph.get(node, {}).get(predicate, [])
    return values[0].removeprefix('"') if values else None


def items(graph: Graph, node: Node | None) -> Iterator[Node]:
    """The members of an RDF list."""
    while node and node != f"{RDF}nil":
        first = one(graph, node, f"{RDF}first")
        if first is not None:
            yield first
        node = one(graph, node, f"{RDF}rest")


def entries(graph: Graph) -> Iterator[Node]:
    """The tests of a manifest, in its order."""
    for properties in graph.values():
        for head in properties.get(f"{MF}entries", []):
            yield from items(graph, head)


def cases(groups: list[str]) -> list[Case]:
    """The tests of some folders; none where this machine has no suite."""
    return [case for group in groups for case in _cases(group)] if root() else []


def _cases(group: str) -> Iterator[Case]:
    graph = read(f"{group}/manifest.ttl")
    for entry in entries(graph):
        kind = (one(graph, entry, f"{RDF}type") or "").rpartition("#")[2]
        name = entry.rpartition("#")[2]
        action, result = one(graph, entry, f"{MF}action"), one(graph, entry, f"{MF}result")
        if action is None:
            continue
        if action not in graph:  # a syntax test: its action is the file itself
            yield Case(group, name, kind, path_of(action))
            continue
        ns = UT if one(graph, action, f"{UT}request") else QT
        file = one(graph, action, f"{UT}request") or one(graph, action, f"{QT}query")
        assert file is not None, name
        whole = result is not None and not result.startswith("_:")
        yield Case(
            group,
            name,
            kind,
            path_of(file),
            dataset(graph, action, ns),
            path_of(result) if result and whole else None,
            dataset(graph, result, UT) if result and not whole else Dataset(),
        )


def dataset(graph: Graph, node: Node, ns: str) -> Dataset:
    """The dataset that an action or a result names."""
    named = []
    for each in graph.get(node, {}).get(f"{ns}graphData", []):
        file = one(graph, each, f"{ns}graph") or each
        named.append((one(graph, each, LABEL) or file, path_of(file)))
    default = tuple(path_of(file) for file in graph.get(node, {}).get(f"{ns}data", []))
    return Dataset(default, tuple(named))
