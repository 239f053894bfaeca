"""The index answers what the stored queries answer: on any small graph, and on the real data."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.index import ExporterFilter, Index, PageRequest, PartnerFilter
from graph.index.build import build
from graph.model.dates import PartialDate
from graph.model.namespaces import XSD, code
from graph.model.statuses import RANK, Stated, strongest
from graph.model.terms import Literal, NamedNode, Term
from graph.queries import load
from graph.store.view import GraphView
from tests.graphs import World, market
from tests.real import TODAY as REAL_TODAY
from tests.real import real_view
from tests.reference_graphs import COUNTRIES, REGIONS

MARKETS = ("CN", "KR", "TH", "NL", "EASTERN_ASIA", "ASIA", "ASEAN", "EUROPE", "WORLD")
DATES = (None, "2016", "2018", "2018-06", "2018-06-15", "2019", "2020-01")
DAYS = tuple(
    date(year, month, day) for year in (2016, 2018, 2019, 2020) for month, day in ((1, 1), (6, 15), (12, 31))
)

Answer = set[tuple[str, str, str, bool, bool]]
"""(company, market asked for, status, region-level, ended)"""


@dataclass(frozen=True)
class Fact:
    company: int
    market: str
    status: str
    since: str | None
    until: str | None
    attested: str | None
    source: int


facts = st.lists(
    st.builds(
        Fact,
        company=st.integers(0, 3),
        market=st.sampled_from(MARKETS),
        status=st.sampled_from([*RANK, "withdrawn", "active"]),
        since=st.sampled_from(DATES),
        until=st.sampled_from(DATES),
        attested=st.sampled_from(DATES),
        source=st.integers(0, 2),
    ),
    max_size=14,
)


def world_of(stated: Iterable[Fact]) -> World:
    world = World()
    companies = [world.org(f"c{number}", f"Company {number}") for number in range(4)]
    for fact in stated:
        world.says(f"undated-{fact.source}")
        world.engagement(
            companies[fact.company],
            fact.market,
            fact.status,
            since=fact.since,
            until=fact.until,
            attested=fact.attested,
        )
    return world


def asked_of_index(index: Index, f: ExporterFilter) -> Answer:
    page = index.exporters(f, PageRequest(size=500), "en")
    assert page.total == len(page.items) == len({item["iri"] for item in page.items})
    assert all(item["markets"] for item in page.items), "who is listed has an entry that says why"
    return {
        (item["iri"], entry["market"]["iri"], entry["status"], entry["regionLevel"], entry["ended"])
        for item in page.items
        for entry in item["markets"]
    }


def asked_in_sparql(view: GraphView, f: ExporterFilter, iri: Callable[[str], NamedNode] = market) -> Answer:
    values: dict[str, Sequence[Term]] = {
        "market": [iri(each) for each in f.markets],
        "status": [code("engagement-status", each) for each in f.statuses],
        "includeEnded": [Literal(f.include_ended)],
        "today": [Literal(f.today.isoformat(), datatype=XSD.date)],
        "asOf": [Literal(f.as_of.isoformat(), datatype=XSD.date)] if f.as_of else [],
    }
    found: Answer = set()
    for row in view.select(load("exporters").bind(values)):
        company, _, where, status, region_level, ended = (getattr(term, "value", "") for term in row[:6])
        found.add((company, where, status.rpartition("/")[2], region_level == "true", ended == "true"))
    return found


filters = st.builds(
    ExporterFilter,
    today=st.sampled_from(DAYS),
    markets=st.lists(st.sampled_from([*COUNTRIES, *REGIONS]), min_size=1, max_size=3, unique=True).map(tuple),
    statuses=st.lists(st.sampled_from(list(RANK)), max_size=3, unique=True).map(tuple),
    include_ended=st.booleans(),
    as_of=st.none() | st.sampled_from(DAYS),
)


def with_index(view: GraphView, use: Callable[[Index], None]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "index.db"
        build(view, path, "r1")
        index = Index(path)
        try:
            use(index)
        finally:
            index.close()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(stated=facts, asked=st.lists(filters, min_size=4, max_size=8))
def test_exporters_are_those_of_the_stored_query(stated: list[Fact], asked: list[ExporterFilter]) -> None:
    view = world_of(stated).view()

    def compare(index: Index) -> None:
        for f in asked:
            assert asked_of_index(index, f) == asked_in_sparql(view, f), f

    with_index(view, compare)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    stated=facts,
    day=st.sampled_from(DAYS),
    statuses=st.lists(st.sampled_from(list(RANK)), max_size=2, unique=True),
)
def test_without_a_market_the_strongest_status_of_each_stated_one(
    stated: list[Fact], day: date, statuses: list[str]
) -> None:
    """The rule as `graph.model.statuses` has it, on the facts themselves."""
    expected = set()
    for company, where in itertools.product(range(4), MARKETS):
        own = [read(fact) for fact in stated if (fact.company, fact.market) == (company, where)]
        best = strongest(own, day)
        if best is not None and (best in statuses if statuses else best != "withdrawn"):
            expected.add((f"c{company}", where, best))

    def compare(index: Index) -> None:
        f = ExporterFilter(today=day, statuses=tuple(statuses))
        found = index.exporters(f, PageRequest(size=500), "en")
        assert found.total == len(found.items)
        assert {
            (item["id"], entry["market"]["code"], entry["status"])
            for item in found.items
            for entry in item["markets"]
        } == expected

    with_index(world_of(stated).view(), compare)


def read(fact: Fact) -> Stated:
    end, attested = (PartialDate.parse(text) if text else None for text in (fact.until, fact.attested))
    return Stated(fact.status, end, attested)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stated=facts, f=filters)
def test_a_page_of_stored_and_of_computed_standings_is_the_same(
    stated: list[Fact], f: ExporterFilter
) -> None:
    """The table of standings holds what the engagements themselves give."""
    undated = [
        Fact(each.company, each.market, each.status, None, each.until, None, each.source) for each in stated
    ]

    def compare(index: Index) -> None:
        pages = [
            index.exporters(
                ExporterFilter(today=f.today, markets=f.markets, statuses=f.statuses, as_of=as_of),
                PageRequest(),
                "en",
            )
            for as_of in (None, f.today)
        ]
        assert [item["id"] for item in pages[0].items] == [item["id"] for item in pages[1].items]
        assert pages[0].total == pages[1].total

    with_index(world_of(undated).view(), compare)


CASES = [
    ExporterFilter(today=REAL_TODAY, markets=markets, statuses=statuses, include_ended=ended, as_of=as_of)
    for markets in (
        ("CN", "TH", "VN", "KR"),
        ("ASIA",),
        ("EUROPE", "ASEAN"),
        ("WORLD",),
        ("SG", "JP", "FR", "CO"),
    )
    for statuses in ((), ("active", "leading"), ("withdrawn",))
    for ended in (False, True)
    for as_of in (None, date(2007, 6, 1), date(2018, 3, 1))
]


def real_market(index: Index, text: str) -> NamedNode:
    return NamedNode(index.market(text, "en", REAL_TODAY)["iri"])


def test_the_real_data_gives_the_same_either_way() -> None:
    view = real_view()

    def compare(index: Index) -> None:
        for f in CASES:
            assert asked_of_index(index, f) == asked_in_sparql(view, f, partial(real_market, index)), f

    with_index(view, compare)


def column(view: GraphView, name: str, values: dict[str, Sequence[Term]], place: int) -> set[str]:
    return {getattr(row[place], "value", "") for row in view.select(load(name).bind(values))}


def test_other_lists_are_those_of_their_stored_queries() -> None:
    view = real_view()
    today: Sequence[Term] = [Literal(REAL_TODAY.isoformat(), datatype=XSD.date)]

    def compare(index: Index) -> None:
        counts = {
            row[0].value: int(row[1].value)
            for row in view.select(load("counts").text)
            if isinstance(row[0], Literal) and isinstance(row[1], Literal)
        }
        assert {name: number for name, number in index.counts(REAL_TODAY).items() if name in counts} == counts
        for where, ended in itertools.product((None, "CN", "ASIA", "GB", "EUROPE"), (False, True)):
            there: dict[str, Sequence[Term]] = {"market": [real_market(index, where)]} if where else {}
            f = PartnerFilter(REAL_TODAY, markets=(where,) if where else (), include_ended=ended)
            page = index.partners(f, PageRequest(size=500), "en")
            expected = column(
                view, "partners", {**there, "includeEnded": [Literal(ended)], "today": today}, 0
            )
            assert {item["iri"] for item in page.items} == expected
            assert page.total == len(expected)
        compare_presence(view, index)

    with_index(view, compare)


def compare_presence(view: GraphView, index: Index) -> None:
    """Presence as every company's page has it, against the stored query."""
    expected = set()
    for company, kind, there, country, _ in view.select(load("presence").bind({})):
        member = None if getattr(kind, "value", "") == "site" else getattr(there, "value", "")
        expected.add(
            (
                getattr(company, "value", ""),
                getattr(kind, "value", ""),
                member,
                getattr(country, "value", None),
            )
        )
    found = set()
    for iri in {row[0] for row in expected}:
        for entry in index.company(iri, "en", REAL_TODAY)["presence"]:
            member = entry["organization"]["iri"] if entry["organization"] else None
            country = entry["country"]["iri"] if entry["country"] else None
            found.add((iri, entry["kind"], member, country))
    assert found == expected


def test_neighbours_are_those_of_the_stored_query() -> None:
    view = real_view()

    def compare(index: Index) -> None:
        for key in ("luminex", "punch-powertrain", "bfv", "voka-limburg", "sabca", "xpt"):
            iri = index.resolve(key).iri
            expected = {
                (getattr(kind, "value", ""), getattr(other, "value", ""))
                for _, kind, _, other in view.select(
                    load("neighbourhood").bind({"company": [NamedNode(iri)]})
                )
            }
            found = index.neighbourhood(key, 1, 500, "en")
            edges = {
                (edge["kind"], edge["target"] if edge["source"] == iri else edge["source"])
                for edge in found["edges"]
            }
            assert edges == expected, key

    with_index(view, compare)
