"""An index that took changes answers what one made at once answers, on any small graph."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from graph.model.namespaces import ORG
from graph.model.statuses import RANK
from graph.model.terms import Literal, NamedNode, Quad
from tests.graphs import World
from tests.index.change_cases import State, answers, changed, quads_of, whole
from tests.index.list_fixtures import Odd

ORGANIZATIONS = 4
NAMES = ("Alpha", "alpha", "Beta", "Émile", "Zeta nv", "Beta")

orgs = st.integers(0, ORGANIZATIONS - 1)
dates = st.sampled_from((None, "2017", "2018-06", "2025"))
organizations = st.tuples(
    orgs,
    st.sampled_from(NAMES),
    st.sampled_from(("company", "branch", "chamber")),
    st.sampled_from((None, "BE", "CN")),
    st.sampled_from((None, "Genk", "Vilvoorde")),
    st.sampled_from(((), ("steel",), ("food", "steel"))),
)
engagements = st.tuples(
    orgs, st.sampled_from(("CN", "JP", "ASIA", "WORLD")), st.sampled_from([*RANK]), dates, dates
)
ties = st.tuples(
    orgs,
    orgs,
    st.sampled_from(("distributor", "customer", "subsidiary", "investment", "unit", "member", "takeover")),
    dates,
)
others = st.tuples(
    orgs, st.sampled_from(("person", "grant", "mission", "figure", "need", "statistic", "site", "programme"))
)
facts = st.tuples(
    st.lists(organizations, min_size=1, max_size=5),
    st.lists(engagements, max_size=4),
    st.lists(ties, max_size=4),
    st.lists(others, max_size=5),
)


def world_of(stated: tuple[list, list, list, list], source: int) -> World:  # type: ignore[type-arg]
    """Relations have the same IRIs in every world, so that two together contradict each other."""
    world = World()
    world.says(f"s{source}", issued="2018-02-19")
    iris = [world.minter.organization(f"o{number}", _kbo(number)) for number in range(ORGANIZATIONS)]
    for number, name, kind, country, place, sectors in stated[0]:
        world.org(
            f"o{number}", name, kind=kind, country=country, place=place, sectors=sectors, kbo=_kbo(number)
        )
    for org, where, status, until, attested in stated[1]:
        world.engagement(iris[org], where, status, until=until, attested=attested, product="pears")
    for a, b, kind, until in stated[2]:
        _tie(world, iris[a], iris[b], kind, until)
    for org, kind in stated[3]:
        _other(world, iris[org], kind)
    return world


def _kbo(number: int) -> str:
    return f"{400_000_000 + number:010}" if number % 2 else ""


def _tie(world: World, a: NamedNode, b: NamedNode, kind: str, until: str | None) -> None:
    odd = Odd(world)
    if kind in {"distributor", "customer"}:
        world.partnership(a, b, kind, territory="JP" if kind == "customer" else None, until=until)
    elif kind == "unit":
        world.fact(a, (ORG.unitOf, b))
    elif kind == "member":
        odd.member(a, b)
    elif kind == "takeover":
        odd.change(a, b, "2018-05-01", world.ownership(b, a, "acquisition"))
    else:
        world.ownership(a, b, kind, until=until)


def _other(world: World, org: NamedNode, kind: str) -> None:
    odd = Odd(world)
    if kind == "person":
        world.person("Jan Peeters", org, "CEO")
    elif kind == "grant":
        world.grant(org, "Prize", "2018")
    elif kind == "mission":
        world.participation(world.mission("m1", ["CN", "TH"], org), org)
    elif kind == "figure":
        world.figure(org, "employees", 12, period="2018")
        world.figure(world.engagement(org, "CN", "active"), "turnover", 13)
    elif kind == "need":
        odd.need(org, Literal("help", language="en"))
    elif kind == "programme":
        odd.programme(org, "Plan", "2018")
    elif kind == "statistic":
        world.statistic("certificates", "2017", 22816, "CN")
    else:
        world.site(org, "seat", "Hasselt", country="BE")


some = st.sets(st.integers(0, 10**6), max_size=30)


def fixed(quad: Quad) -> bool:
    """The reference tables: another of those makes a new index, which is no point here."""
    return "/graph/reference/" in str(quad.graph_name) or "/graph/vocabulary" in str(quad.graph_name)


@settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller case takes minutes to find
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(stated=st.tuples(facts, facts), left_out=st.lists(some, min_size=2, max_size=3))
def test_any_change_gives_the_index_of_the_whole(
    stated: tuple[object, object], left_out: list[set[int]]
) -> None:
    worlds = [world_of(each, number) for number, each in enumerate(stated, 1)]  # type: ignore[arg-type]
    pool = sorted(set().union(*(quads_of(each.graphs) for each in worlds)), key=str)
    free = [quad for quad in pool if not fixed(quad)]
    always = {quad for quad in pool if fixed(quad)}
    states = [
        State({q for n, q in enumerate(free) if n not in {k % len(free) for k in each}} | always)
        for each in left_out
    ]
    with TemporaryDirectory() as folder:
        index = changed(states, Path(folder))
        if index is None:
            event("made again")
            return
        event("changed")
        expected = whole(states[-1], Path(folder) / "whole.sqlite")
        try:
            compare(answers(index), answers(expected))
        finally:
            index.close()
            expected.close()


def compare(found: dict[str, object], expected: dict[str, object]) -> None:
    assert found.keys() == expected.keys()
    for name, answer in found.items():
        assert answer == expected[name], name
