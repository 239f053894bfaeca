"""What follows from stated facts, rule by rule."""

from __future__ import annotations

from datetime import date

import pytest

from graph.inference import RULES, infer
from graph.inference.ownership import ultimate
from graph.model.namespaces import ORG, RDF, REFNIS, SCHEMA, SKOS, VERRE
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.view import memory_view
from tests.graphs import LIMBURG, TODAY, World, market, when


def derived(world: World, today: date = TODAY) -> set[Triple]:
    return infer(memory_view(world.graphs), world.minter, today)


def test_wanting_to_sell_is_not_selling() -> None:
    world = World()
    luminex = world.org("luminex")
    world.engagement(luminex, "CN", "targets")
    world.engagement(luminex, "KR", "entering")
    world.engagement(luminex, "JP", "leading")
    world.engagement(luminex, "JP", "active")
    found = derived(world)
    assert Triple(luminex, VERRE.targets, market("CN")) in found
    assert Triple(luminex, VERRE.entersMarket, market("KR")) in found
    assert Triple(luminex, VERRE.exportsTo, market("JP")) in found
    assert Triple(luminex, VERRE.exportsTo, market("CN")) not in found
    assert {t.predicate for t in found if t.object == market("JP") and t.subject == luminex} == {
        VERRE.exportsTo
    }


@pytest.mark.parametrize(
    ("until", "going_on"),
    [("2023", False), ("2024", True), ("2024-05", False), ("2024-06-01", True), (None, True)],
)
def test_a_fact_ends_after_the_last_day_that_its_end_can_mean(until: str | None, going_on: bool) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "CN", "active", until=until)
    assert (Triple(company, VERRE.exportsTo, market("CN")) in derived(world, date(2024, 6, 1))) is going_on


@pytest.mark.parametrize(
    ("sold", "left", "sells"),
    [("2018", "2019", False), ("2019", "2018", True), ("2019-06", "2019", True), ("2019", "2019-06", True)],
)
def test_a_withdrawal_attested_later_outweighs(sold: str, left: str, sells: bool) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "PL", "active", attested=sold)
    world.engagement(company, "PL", "withdrawn", attested=left)
    assert (Triple(company, VERRE.exportsTo, market("PL")) in derived(world)) is sells


def test_a_withdrawal_from_one_market_leaves_the_others() -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "PL", "withdrawn", attested="2023")
    world.engagement(company, "NL", "active", attested="2018")
    assert Triple(company, VERRE.exportsTo, market("NL")) in derived(world)


def test_partners_are_partners_both_ways_until_it_ends() -> None:
    world = World()
    a, b, c = world.org("a"), world.org("b"), world.org("c")
    world.partnership(a, b)
    world.partnership(a, c, until="2020")
    world.partnership(a, a)
    found = {t for t in derived(world) if t.predicate == VERRE.partnerOf}
    assert found == {Triple(a, VERRE.partnerOf, b), Triple(b, VERRE.partnerOf, a)}


def test_an_investment_makes_no_parent_and_an_ended_ownership_none_either() -> None:
    world = World()
    lrm, gimv, punch, yinyi = (world.org(each) for each in ("lrm", "gimv", "punch", "yinyi"))
    world.ownership(yinyi, punch)
    world.ownership(lrm, punch, "investment")
    world.ownership(gimv, punch, "acquisition", until="2016")
    found = derived(world)
    assert {t.subject for t in found if t.predicate == VERRE.parentOf} == {yinyi}
    assert {t.subject for t in found if t.object == VERRE.Subsidiary} == {punch}
    assert {t.predicate for t in found if t.object == VERRE.Subsidiary} == {RDF.type}


def node(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


def test_ultimate_parents_of_a_chain_of_two_ends_and_of_circles() -> None:
    pairs = {(node(a), node(b)) for a, b in ("ab", "bc", "xc", "pq", "qp", "qr", "zz", "zy")}
    found = {(org.value[-1] + top.value[-1]) for org, top in ultimate(pairs)}
    assert found == {"ba", "ca", "cx", "pq", "qp", "rp", "rq", "yz"}


def test_the_chain_of_wider_markets_is_closed_and_a_circle_is_survived() -> None:
    world = World()
    world.put(world.minter.graph("reference/regions"), market("WORLD"), [(SKOS.broader, market("ASIA"))])
    wide = {
        t.object
        for t in derived(world)
        if t.predicate == SKOS.broaderTransitive and t.subject == market("CN")
    }
    assert wide == {market("EASTERN_ASIA"), market("ASIA"), market("WORLD")}


def places(world: World, org: NamedNode) -> set[str]:
    return {
        t.predicate.value.rpartition("#")[2]
        for t in derived(world)
        if t.subject == org and t.object == LIMBURG
    }


def test_a_company_with_a_municipality_in_limburg_is_a_member() -> None:
    world = World()
    assert places(world, world.org("a", country="BE", place="Genk")) == {
        "memberOfArea",
        "siteInArea",
        "seatInArea",
    }


def test_a_site_in_limburg_and_a_seat_elsewhere() -> None:
    world = World()
    belorta = world.org("belorta", country="BE")
    world.site(belorta, "production", "Genk", country="BE")
    world.site(belorta, "seat", outside=True)
    assert places(world, belorta) == {"memberOfArea", "siteInArea", "seatOutsideArea"}


def test_an_explicit_seat_counts_before_the_main_site() -> None:
    world = World()
    org = world.org("a", country="BE", place="Genk")
    world.site(org, "seat", "Vilvoorde", country="BE")
    assert places(world, org) == {"memberOfArea", "siteInArea", "seatOutsideArea"}


@pytest.mark.parametrize("abroad", ["CN", "NL"])
def test_who_is_only_known_abroad_is_no_member(abroad: str) -> None:
    world = World()
    assert places(world, world.org("a", country=abroad)) == {"notMemberOfArea"}


def test_a_municipality_elsewhere_is_no_member() -> None:
    world = World()
    org = world.org("a", country="BE", place="Vilvoorde")
    world.site(org, "production", "Tokyo", country="JP")
    assert places(world, org) == {"notMemberOfArea", "seatOutsideArea"}


def test_nothing_is_said_of_who_is_only_known_to_be_belgian() -> None:
    world = World()
    org = world.org("tessenderlo-group", country="BE")
    world.site(org, "production", "Wenzhou", country="CN")
    bare = world.org("bare")
    assert places(world, org) == set()
    assert places(world, bare) == set()


def test_sources_that_disagree_on_the_country_leave_a_belgian_place_open() -> None:
    world = World()
    org = world.org("bosal", country="BE")
    world.says("s2")
    world.org("bosal", country="NL")
    assert places(world, org) == set()


def test_partial_dates_get_the_days_they_can_mean() -> None:
    world = World()
    fact = world.engagement(
        world.org("a"), "CN", "active", since="2018", until="2020-02", attested="2019-03-04"
    )
    found = {t.predicate: t.object for t in derived(world) if t.subject == fact}
    assert {p.value.rpartition("#")[2]: o.value for p, o in found.items() if isinstance(o, Literal)} == {
        "notBefore": "2018-01-01",
        "notAfter": "2020-02-29",
        "attestedFrom": "2019-03-04",
        "attestedTo": "2019-03-04",
    }


def test_of_several_dates_the_widest_period_and_the_latest_attestation_hold() -> None:
    world = World()
    fact = world.engagement(world.org("a"), "CN", "active", since="2018", until="2020", attested="2019")
    world.fact(
        fact,
        (SCHEMA.startDate, when("2017-05")),
        (SCHEMA.endDate, when("2021-02")),
        (VERRE.attested, [when("2018-01-01"), when("2019-12")]),
    )
    found = {
        t.predicate.value.rpartition("#")[2]: t.object.value
        for t in derived(world)
        if t.subject == fact and isinstance(t.object, Literal)
    }
    assert found == {
        "notBefore": "2017-05-01",
        "notAfter": "2021-02-28",
        "attestedFrom": "2019-12-01",
        "attestedTo": "2019-12-31",
    }


def test_what_is_no_date_is_left_to_the_shapes() -> None:
    world = World()
    fact = world.engagement(world.org("a"), "CN", "active")
    world.fact(fact, (SCHEMA.startDate, Literal("soon")), (SCHEMA.endDate, REFNIS["1"]))
    assert not [t for t in derived(world) if t.predicate in {VERRE.notBefore, VERRE.notAfter}]


def full() -> World:
    world = World()
    a, b = world.org("a", place="Genk"), world.org("b", country="CN")
    world.engagement(a, "CN", "active", since="2018")
    world.partnership(a, b)
    world.ownership(b, a)
    return world


def test_every_rule_finds_something_and_only_what_it_is_asked_for() -> None:
    view = memory_view(full().graphs)
    sizes = {name: len(rule(view, TODAY)) for name, rule in RULES.items()}
    assert all(sizes.values()), sizes
    assert len(derived(full())) == sum(sizes.values())


def test_what_was_derived_before_changes_nothing() -> None:
    world = full()
    first = derived(world)
    again = infer(memory_view({**world.graphs, world.minter.inferred: first}), world.minter, TODAY)
    assert again == first


def test_an_old_inferred_graph_is_not_believed() -> None:
    world = full()
    a = world.minter.organization("a")
    wrong = {Triple(a, VERRE.parentOf, a), Triple(a, VERRE.exportsTo, market("JP"))}
    found = infer(memory_view({**world.graphs, world.minter.inferred: wrong}), world.minter, TODAY)
    assert found == derived(world)
    assert not found & wrong


def test_org_terms_are_read_from_the_merge_of_sources() -> None:
    world = World()
    org = world.org("a", country="BE")
    world.says("s2")
    world.site(org, "main", "Hasselt", country="BE")
    assert "memberOfArea" in places(world, org)
    assert ORG.hasSite in {t.predicate for t in memory_view(world.graphs).triples()}
