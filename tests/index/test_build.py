"""Making an index file, and opening one."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.errors import QueryFailed, StoreError
from graph.index import ExporterFilter, Index, PageRequest
from graph.index.build import build
from graph.index.database import Cache, Database
from graph.index.days import FOREVER, NEVER, Attested, Period
from graph.index.nodes import nodes
from graph.model.namespaces import RDFS, SCHEMA, VERRE
from graph.model.terms import Literal, NamedNode
from graph.store.view import GraphView, Row, memory_view
from tests.graphs import TODAY, World
from tests.index.list_fixtures import contents


class Counting:
    """A view that counts the queries it is asked."""

    def __init__(self, view: GraphView) -> None:
        self.view = view
        self.queries: list[str] = []

    def select(self, query: str) -> Iterator[Row]:
        self.queries.append(query)
        return self.view.select(query)

    def __getattr__(self, name: str) -> object:
        return getattr(self.view, name)


def world(companies: int) -> World:
    made = World()
    for number in range(companies):
        company = made.org(f"c{number}", place="Genk", sectors=["steel"], kbo=f"{400_000_000 + number:010}")
        made.engagement(company, "CN", "active", until="2020")
        made.person(f"Person {number}", company, "CEO")
        made.figure(company, "employees", 12)
    return made


def test_the_number_of_queries_does_not_grow_with_the_graph(tmp_path: Path) -> None:
    asked = []
    for companies in (1, 30):
        view = Counting(world(companies).view())
        build(view, tmp_path / f"{companies}.db", "r1")  # type: ignore[arg-type]
        asked.append(view.queries)
    assert asked[0] == asked[1]
    assert len(asked[0]) == len(set(asked[0]))


def test_an_empty_graph_makes_an_empty_index(tmp_path: Path) -> None:
    build(memory_view({}), tmp_path / "index.db", "r0")
    index = Index(tmp_path / "index.db")
    assert index.release == "r0"
    assert index.exporters(ExporterFilter(TODAY), PageRequest(), "nl").total == 0
    assert set(index.counts(TODAY).values()) == {0}
    index.close()


def dump(path: Path) -> dict[str, list[object]]:
    raw = sqlite3.connect(path)
    try:
        return contents(raw)
    finally:
        raw.close()


def test_what_ends_between_two_days_changes_nothing_in_the_file(tmp_path: Path) -> None:
    made = world(3)
    for day in (date(2017, 1, 1), date(2030, 1, 1)):
        build(made.view(day), tmp_path / f"{day}.db", "r1")
    assert dump(tmp_path / "2017-01-01.db") == dump(tmp_path / "2030-01-01.db")


def test_a_build_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    build(world(1).view(), path, "r1")
    before = path.read_bytes()

    class Failing(Counting):
        def select(self, query: str) -> Iterator[Row]:
            if "ExportEngagement" in query:
                raise QueryFailed("no")
            return super().select(query)

    with pytest.raises(QueryFailed):
        build(Failing(world(2).view()), path, "r2")  # type: ignore[arg-type]
    assert path.read_bytes() == before
    build(world(2).view(), path, "r2")
    assert not list(tmp_path.glob("*.part"))
    assert Index(path).release == "r2"


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no index"):
        Database(tmp_path / "absent.db")
    (tmp_path / "text.db").write_text("hello " * 1000)
    with pytest.raises(StoreError, match="is no index"):
        Database(tmp_path / "text.db")
    path = tmp_path / "old.db"
    build(memory_view({}), path, "r1")
    raw = sqlite3.connect(path)
    raw.execute("UPDATE meta SET value = '0' WHERE key = 'version'")
    raw.commit()
    raw.close()
    with pytest.raises(StoreError, match="another version"):
        Index(path)


def test_an_index_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "with space?&#.db"
    build(world(1).view(), path, "r1")
    db = Database(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly database"):
        db.rows("DELETE FROM organization")
    db.close()


def test_threads_ask_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    build(world(20).view(), path, "r1")
    index = Index(path)
    found: list[int] = []

    def ask() -> None:
        for size in range(1, 20):
            f = ExporterFilter(today=TODAY, include_ended=True)
            found.append(len(index.exporters(f, PageRequest(size=size), "en").items) - size)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    index.close()
    assert found == [0] * (6 * 19)


def test_the_least_used_answer_goes_first() -> None:
    cache, made = Cache(2), []

    def ask(key: str) -> str:
        return cache.get(key, lambda: made.append(key) or key)  # type: ignore[func-returns-value]

    assert [ask(key) for key in "abacab"] == list("abacab")
    assert made == ["a", "b", "c", "b"]


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (["2018"], ["2018"], ("2018", "2018", date(2018, 1, 1), date(2018, 12, 31))),
        (
            ["2018-02", "2018-01-15"],
            ["2019-02"],
            ("2018-01-15", "2019-02", date(2018, 1, 15), date(2019, 2, 28)),
        ),
        (["2018"], ["2019", "2020-01"], ("2018", "2020-01", date(2018, 1, 1), date(2020, 1, 31))),
    ],
)
def test_the_widest_period(starts: list[str], ends: list[str], expected: tuple[str, str, date, date]) -> None:
    period = Period.of(starts, ends)
    since, until, first, last = expected
    assert (period.since, period.until) == (since, until)
    assert (period.first, period.last) == (first.toordinal(), last.toordinal())


def test_unknown_dates_compare_with_nothing() -> None:
    assert Period.of([], ["soon"]) == Period(None, None, NEVER, FOREVER)
    assert Attested.of(["perhaps"]) == Attested(None, NEVER, FOREVER)
    assert Attested.of(["2018", "2018-02"]).text == "2018"


def test_nodes_come_with_their_values_in_order() -> None:
    iri = NamedNode("https://example.org/a")
    made = World()
    made.fact(
        iri,
        (NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), VERRE.Figure),
        (RDFS.label, [Literal("b"), Literal("a", language="fr")]),
        (VERRE.value, [Literal("many")]),
        (SCHEMA.url, [NamedNode("https://example.org/2"), NamedNode("https://example.org/1")]),
    )
    (node,) = nodes(memory_view(made.graphs), VERRE.Figure)
    assert node.texts(RDFS.label) == ["a", "b"]
    assert node.three(RDFS.label) == ("b", "b", "a")
    assert node.iri_of(SCHEMA.url) == "https://example.org/1"
    assert node.number(VERRE.value) is None
    assert node.number(VERRE.unit) is None


def test_a_node_whose_triples_come_apart_is_told() -> None:
    class Scattered:
        def select(self, _query: str) -> Iterator[Row]:
            a, b, p = (NamedNode(f"https://example.org/{name}") for name in "abp")
            return iter([(a, p, b), (b, p, a), (a, p, p)])

    with pytest.raises(QueryFailed, match="came apart"):
        list(nodes(Scattered(), VERRE.Figure))  # type: ignore[arg-type]
