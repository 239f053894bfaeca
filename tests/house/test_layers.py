"""Who may import whom, and how big a file may grow (design, sections 4 and 7)."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "graph").rglob("*.py")) + sorted((ROOT / "api").rglob("*.py"))
ENGINE_DOORS = ("graph/store/", "graph/model/terms.py")
WEB_FRAMEWORKS = {"api", "fastapi", "starlette", "uvicorn"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _module(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _needed(path: Path, modules: Set[str]) -> Iterator[str]:
    """The modules of ours that must be loaded before this one.

    `from graph.index import nodes` needs `graph.index.nodes`; what the package itself gathers from its
    modules is not asked for.
    """
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.module in modules:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in modules else node.module for name in inner)


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_each_module_stays_in_its_layer(path: Path) -> None:
    roots = {name.split(".")[0] for name in _imports(path)}
    name = _name(path)
    # The command line starts the server: the one place of `graph` that knows of `api`, and only by name.
    if name.startswith("graph/") and name != "graph/cli/serve.py":
        assert not roots & WEB_FRAMEWORKS
    if not name.startswith(ENGINE_DOORS):
        assert "pyoxigraph" not in roots


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_file_is_two_rooms(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_no_module_imports_itself_round_a_corner() -> None:
    modules = {_module(path): path for path in SOURCES}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, path in modules.items():
        graph.add_edges_from((name, other) for other in _needed(path, modules.keys()))
    assert [sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1] == []


def test_tests_are_at_least_as_long_as_what_they_test() -> None:
    def lines(paths: list[Path]) -> int:
        return sum(len(path.read_text("utf-8").splitlines()) for path in paths)

    assert lines(sorted((ROOT / "tests").rglob("*.py"))) >= lines(SOURCES)
