"""Worlds and changes between them, for the tests of an index that takes a change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from graph.errors import NotFound
from graph.index import Index
from graph.index.build import build
from graph.index.change import build_change
from graph.inference import infer
from graph.model.iris import Minter
from graph.model.terms import NamedNode, Quad
from graph.store.change import Change
from graph.store.view import Graphs, GraphView, memory_view
from tests.graphs import TODAY
from tests.index.list_fixtures import LISTS, ask, facets

MINTER = Minter()


def quads_of(graphs: Graphs) -> set[Quad]:
    """Graphs as quads."""
    return {Quad(t.subject, t.predicate, t.object, name) for name, triples in graphs.items() for t in triples}


def graphs_of(quads: Iterable[Quad]) -> Graphs:
    """Quads as graphs."""
    graphs: Graphs = {}
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        graphs.setdefault(quad.graph_name, set()).add(quad.triple)
    return graphs


class State:
    """What a release says, with what follows from it."""

    def __init__(self, quads: set[Quad], day: date = TODAY) -> None:
        stated = graphs_of(quads)
        self.graphs = {**stated, MINTER.inferred: infer(memory_view(stated), MINTER, day)}
        self.quads = quads_of(self.graphs)

    def view(self) -> GraphView:
        """A view of it."""
        return memory_view(self.graphs)

    def since(self, before: State) -> Change:
        """What it says otherwise."""
        return Change(
            added=frozenset(self.quads - before.quads), removed=frozenset(before.quads - self.quads)
        )


def whole(state: State, path: Path, release: str = "whole") -> Index:
    """An index made at once."""
    build(state.view(), path, release)
    return Index(path)


def changed(states: Iterable[State], folder: Path) -> Index | None:
    """An index of the last state, by way of all before; None where a change was refused."""
    folder.mkdir(exist_ok=True)
    base, before = None, None
    for number, state in enumerate(states):
        path = folder / f"{number}.sqlite"
        if base is None or before is None:
            build(state.view(), path, f"r{number}")
        elif not build_change(base, state.view(), state.since(before), path, f"r{number}"):
            return None
        base, before = path, state
    assert base is not None
    return Index(base)


def answers(index: Index) -> dict[str, object]:
    """Whatever can be asked of an index, by what was asked; orders count, numbers do not show."""
    found: dict[str, object] = {"counts": index.counts(TODAY)}
    for name in LISTS:
        for ended in (False, True) if name in {"exporters", "partners", "people"} else (None,):
            f = {} if ended is None else {"include_ended": ended}
            page = ask(index, name, page=(1, 500), lang="nl", **f)
            found[f"{name} {ended}"] = (page.total, page.items)
        found[f"{name} facets"] = facets_of(index, name)
    for item in ask(index, "companies", page=(1, 500)).items:
        found[item["iri"]] = index.company(item["iri"], "en", TODAY)
        around = index.neighbourhood(item["iri"], 2, 500, "en", TODAY)
        found[f"around {item['iri']}"] = [sorted(map(repr, around[part])) for part in ("nodes", "edges")]
    for name, one in (("people", index.person), ("missions", index.mission), ("sources", index.source)):
        for item in ask(index, name, page=(1, 500)).items:
            found[f"{name} {item['iri']}"] = one(item["iri"], "en")
    for code in ("CN", "JP", "ASIA", "WORLD"):
        found[f"market {code}"] = index.market(code, "en", TODAY)
        found[f"exporters {code}"] = ask(index, "exporters", markets=(code,), include_ended=True).items
        found[f"then {code}"] = ask(index, "exporters", markets=(code,), as_of=date(2018, 6, 1)).items
    found |= names_of(index)
    for text in ("a", "o", "0", "mission", "steel"):
        found[f"search {text}"] = index.search(text, "en", 100)
        found[f"named {text}"] = ask(index, "companies", q=text).items
    for text in ("o0", "x/o1", "0400000002", "be/0400000000", "0400.000.001", "none"):
        found[f"resolve {text}"] = resolved(index, text)
    return found


def names_of(index: Index) -> dict[str, object]:
    """The names that search looks in, and how many have each piece; pieces with numbers of concepts aside."""
    db = index._db
    spellings = db.rows("SELECT kind, text, folded, bare, sound FROM spelling ORDER BY 1, 2, 3")
    counts = db.rows("SELECT gram, names FROM gram_count WHERE gram NOT LIKE '@%' ORDER BY gram")
    return {"spellings": spellings, "pieces": counts}


def resolved(index: Index, text: str) -> object:
    """What a reference means, or the error."""
    try:
        return index.resolve(text)
    except NotFound as error:
        return str(error)


def facets_of(index: Index, name: str) -> object:
    """The facets of a whole list."""
    return facets(index, name)
