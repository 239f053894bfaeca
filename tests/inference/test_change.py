"""What is derived from a change is what is derived from scratch, on any small graph and any day."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.inference import change as inference_change
from graph.inference import infer, infer_change
from graph.inference.bound import BATCH, batches
from graph.inference.touched import MOST_DAYS, days_between
from graph.model.iris import Minter
from graph.model.namespaces import CV, ORG, RDF, REFNIS, SCHEMA, SKOS, VERRE
from graph.model.statuses import RANK
from graph.model.terms import Literal, NamedNode, Quad, Triple
from graph.store.change import Change
from graph.store.view import Graphs, GraphView, memory_view
from tests.graphs import LIMBURG, TODAY, World, market, when

MINTER = Minter()
DAYS = (date(2017, 12, 31), date(2018, 6, 15), date(2018, 6, 16), date(2019, 1, 1), TODAY)
DATES = (None, "2017", "2018", "2018-06", "2018-06-15", "2019")
ORGANIZATIONS = 5

organizations = st.integers(0, ORGANIZATIONS - 1)
dates = st.sampled_from(DATES)
engagements = st.tuples(
    organizations, st.sampled_from(("CN", "ASIA")), st.sampled_from([*RANK]), dates, dates
)
ties = st.tuples(
    organizations,
    organizations,
    st.sampled_from(("partner", "subsidiary", "subsidiary", "acquisition", "investment")),
    dates,
)
sites = st.tuples(
    organizations,
    st.sampled_from(("main", "seat", "production")),
    st.sampled_from((None, "Genk", "Vilvoorde", "Tokyo")),
    st.sampled_from((None, "BE", "NL")),
    st.booleans(),
)
facts = st.tuples(st.lists(engagements, max_size=4), st.lists(ties, max_size=6), st.lists(sites, max_size=4))


def world_of(stated: tuple[list, list, list]) -> World:  # type: ignore[type-arg]
    """Relations get the same IRIs in every world, so that two worlds together contradict each other."""
    world = World()
    orgs = [
        world.org(f"o{number}", country=(None, "BE", "NL")[number % 3]) for number in range(ORGANIZATIONS)
    ]
    for company, where, status, until, attested in stated[0]:
        world.engagement(orgs[company], where, status, until=until, attested=attested)
    for a, b, kind, until in stated[1]:
        if kind == "partner":
            world.partnership(orgs[a], orgs[b], until=until)
        else:
            world.ownership(orgs[a], orgs[b], kind, until=until)
    for org, function, place, country, outside in stated[2]:
        world.site(orgs[org], function, place, country=country, outside=outside)
    return world


def quads_of(graphs: Graphs) -> set[Quad]:
    return {Quad(t.subject, t.predicate, t.object, name) for name, triples in graphs.items() for t in triples}


def graphs_of(quads: Iterable[Quad]) -> Graphs:
    graphs: Graphs = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, set()).add(quad.triple)  # type: ignore[arg-type]
    return graphs


def between(old: set[Quad], new: set[Quad], before: date | None = TODAY) -> Change:
    return Change(added=frozenset(new - old), removed=frozenset(old - new), before=before)


def with_inferred(quads: set[Quad], inferred: set[Triple]) -> GraphView:
    return memory_view({**graphs_of(quads), MINTER.inferred: inferred})


def from_scratch(quads: set[Quad], day: date) -> set[Triple]:
    return infer(memory_view(graphs_of(quads)), MINTER, day)


def by_change(old: set[Quad], new: set[Quad], days: tuple[date, date] = (TODAY, TODAY)) -> set[Triple]:
    """What is inferred of the new quads by way of the change."""
    inferred = from_scratch(old, days[0])
    found = infer_change(with_inferred(new, inferred), MINTER, days[1], between(old, new, days[0]))
    assert found is not None
    more, less = found
    assert less <= inferred
    assert not more & inferred
    return (inferred | more) - less


BIG = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
some = st.sets(st.integers(0, 10**6), max_size=40)


@BIG
@given(
    stated=st.tuples(facts, facts),
    left_out=st.tuples(some, some),
    days=st.tuples(*[st.sampled_from(DAYS)] * 2),
)
def test_a_change_gives_what_deriving_from_scratch_gives(
    stated: tuple[object, object], left_out: tuple[set[int], set[int]], days: tuple[date, date]
) -> None:
    pool = sorted(
        {q for each in stated for q in quads_of(world_of(each).graphs)},  # type: ignore[arg-type]
        key=str,
    )
    fixed = {q for q in pool if q.predicate == SKOS.broader}
    old, new = ({q for n, q in enumerate(pool) if n not in at(each, pool)} | fixed for each in left_out)
    assert by_change(old, new, days) == from_scratch(new, days[1])


def at(numbers: set[int], pool: list[Quad]) -> set[int]:
    return {number % len(pool) for number in numbers}


@pytest.fixture
def full() -> World:
    world = World()
    a, b, c = world.org("a", place="Genk"), world.org("b", country="CN"), world.org("c")
    world.engagement(a, "CN", "active", since="2018", until="2024-06-01")
    world.partnership(a, b)
    world.ownership(b, a)
    world.ownership(c, b)
    return world


def test_nothing_changed_and_no_day_passed_gives_nothing(full: World) -> None:
    quads = quads_of(full.graphs)
    view = with_inferred(quads, from_scratch(quads, TODAY))
    assert infer_change(view, MINTER, TODAY, Change(before=TODAY)) == (set(), set())


def test_an_end_that_passes_changes_what_nobody_wrote(full: World) -> None:
    quads = quads_of(full.graphs)
    inferred = from_scratch(quads, TODAY)
    exports = Triple(MINTER.organization("a"), VERRE.exportsTo, market("CN"))
    view = with_inferred(quads, inferred)
    tomorrow = TODAY + timedelta(days=1)
    assert infer_change(view, MINTER, tomorrow, Change(before=TODAY)) == (set(), {exports})
    view = with_inferred(quads, inferred - {exports})
    assert infer_change(view, MINTER, TODAY, Change(before=tomorrow)) == ({exports}, set())


def test_what_a_source_says_in_the_words_of_a_rule_is_not_taken_for_derived(full: World) -> None:
    """The merge says it either way; the inferred graph is held to its own."""
    a, b = MINTER.organization("a"), MINTER.organization("b")
    old = quads_of(full.graphs)
    own = Quad(a, VERRE.partnerOf, b, MINTER.source_graph("s1"))
    ended = Quad(a, VERRE.parentOf, a, MINTER.source_graph("s1"))
    new = old | {own, ended, *quads_of(changed(full).graphs)}
    assert by_change(old | {own}, new) == from_scratch(new, TODAY)
    assert by_change(new, old | {own}) == from_scratch(old | {own}, TODAY)


def changed(world: World) -> World:
    other = World(graphs={name: set(triples) for name, triples in world.graphs.items()}, _made=50)
    a, c = MINTER.organization("a"), MINTER.organization("c")
    other.partnership(c, a)
    other.ownership(a, c)
    other.site(a, "seat", "Vilvoorde")
    return other


def test_a_whole_family_gets_its_new_head() -> None:
    world = World()
    orgs = [world.org(f"o{number}") for number in range(6)]
    for owner, owned in itertools.pairwise(orgs):
        world.ownership(owner, owned)
    old = quads_of(world.graphs)
    world.ownership(orgs[0], orgs[1])
    new = quads_of(world.graphs)
    found = by_change(old, new)
    assert {t.subject for t in found if t.predicate == VERRE.ultimateParent and t.object == orgs[0]} == set(
        orgs[1:]
    )
    assert found == from_scratch(new, TODAY)
    assert by_change(new, old) == from_scratch(old, TODAY)


def test_an_address_moves_its_organization(full: World) -> None:
    old = quads_of(full.graphs)
    place = next(q for q in old if q.predicate == CV.adminUnit)
    new = (old - {place}) | {Quad(place.subject, CV.adminUnit, REFNIS["23088"], place.graph_name)}
    found = by_change(old, new)
    assert Triple(MINTER.organization("a"), VERRE.notMemberOfArea, LIMBURG) in found
    assert found == from_scratch(new, TODAY)


def test_the_whole_is_asked_for_where_a_part_does_not_do(
    full: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = quads_of(full.graphs)
    view = with_inferred(old, from_scratch(old, TODAY))
    wider = Quad(market("CN"), SKOS.broader, market("EUROPE"), MINTER.meta)
    assert infer_change(view, MINTER, TODAY, between(old, old | {wider})) is None
    assert infer_change(view, MINTER, TODAY, between(old | {wider}, old)) is None
    assert infer_change(view, MINTER, TODAY, Change(before=None)) is None
    long_ago = TODAY - timedelta(days=MOST_DAYS + 1)
    assert infer_change(view, MINTER, TODAY, Change(before=long_ago)) is None
    monkeypatch.setattr(inference_change, "MOST_NODES", 1)
    dates = {
        Quad(NamedNode(f"https://example.org/{name}"), SCHEMA.startDate, when("2018"), MINTER.meta)
        for name in "ab"
    }
    assert infer_change(view, MINTER, TODAY, between(old, old | dates)) is None


def test_a_family_that_is_too_large_is_derived_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    orgs = [world.org(f"o{number}") for number in range(9)]
    for owner, owned in itertools.pairwise(orgs[1:]):
        world.ownership(owner, owned)
    old = quads_of(world.graphs)
    world.ownership(orgs[0], orgs[1])
    new = quads_of(world.graphs)
    view = with_inferred(new, from_scratch(old, TODAY))
    for most, enough in ((8, False), (9, True)):
        monkeypatch.setattr(inference_change, "MOST_NODES", most)
        assert (infer_change(view, MINTER, TODAY, between(old, new)) is not None) is enough


def test_days_and_batches() -> None:
    first = date(2024, 2, 28)
    assert days_between(first, first) == []
    assert days_between(first, date(2024, 3, 1)) == [first, date(2024, 2, 29)]
    assert days_between(date(2024, 3, 1), first) == [first, date(2024, 2, 29)]
    nodes = [NamedNode(f"https://example.org/{number}") for number in range(BATCH + 1)]
    assert sorted(map(len, batches(nodes))) == [1, BATCH]


def test_many_nodes_are_asked_about_in_several_queries() -> None:
    world = World()
    for number in range(BATCH + 20):
        iri = NamedNode(f"https://example.org/org/{number}")
        world.fact(iri, (RDF.type, ORG.Organization), (VERRE.country, market("CN")))
        world.fact(iri, (SCHEMA.startDate, Literal("2018")))
    new = quads_of(world.graphs)
    old = quads_of(World().graphs)
    assert by_change(old, new) == from_scratch(new, TODAY)
    assert by_change(new, old) == from_scratch(old, TODAY)
