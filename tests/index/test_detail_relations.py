"""One company: its markets, partners, owners, branches, people, awards and missions."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model.namespaces import DCTERMS, ORG, PROV, RDF, SCHEMA, VERRE, code
from graph.model.terms import Literal
from tests.graphs import TODAY, World, number, when
from tests.index.conftest import Made
from tests.index.list_fixtures import Json, Odd, keys, note


def ref(party: Json) -> str:
    return str(party["id"])


# Markets ----------------------------------------------------------------------------------------


def test_an_engagement_holds_what_the_contract_says(indexed: Made) -> None:
    world = World()
    org = world.org("acme")
    fact = world.engagement(org, "CN", "active", since="2015", until="2030", attested="2020", product="pears")
    world.fact(fact, note("Grew"))
    world.figure(fact, "share", 75, unit="percent", period="2017")
    (found,) = indexed(world).company("acme", "fr", TODAY)["engagements"]
    (figure,) = found.pop("figures")
    assert (figure["measure"], figure["value"], figure["unit"]) == ("share", 75, "percent")
    assert keys(found.pop("sources")) == ["s1"]
    assert found == {
        "iri": fact.value,
        "market": {
            "iri": "http://publications.europa.eu/resource/authority/country/CHN",
            "code": "CN",
            "label": "Chine",
            "kind": "country",
        },
        "status": "active",
        "statusLabel": "active (fr)",
        "product": {"iri": "https://w3id.org/verre/id/product/pears", "label": "pears (fr)"},
        "since": "2015",
        "until": "2030",
        "attested": "2020",
        "ended": False,
        "outweighed": False,
        "regionLevel": False,
        "dateUnknown": False,
        "note": "Grew",
    }


def test_an_undated_fact_is_given_no_date(indexed: Made) -> None:
    world = World()
    world.says("undated")
    world.engagement(world.org("acme"), "ASIA", "targets")
    (found,) = indexed(world).company("acme", "en", TODAY)["engagements"]
    assert found["since"] is found["until"] is found["attested"] is found["product"] is found["note"] is None
    assert (found["dateUnknown"], found["market"]["kind"]) == (True, "region")


def test_all_engagements_the_strongest_first_marked_as_they_stand(indexed: Made) -> None:
    world = World()
    org = world.org("acme")
    world.engagement(org, "PL", "active", attested="2018")
    world.engagement(org, "PL", "withdrawn", attested="2020")
    world.engagement(org, "CN", "leading", until="2010")
    world.engagement(org, "JP", "targets")
    found = indexed(world).company("acme", "en", TODAY)
    marks = [(e["market"]["code"], e["status"], e["ended"], e["outweighed"]) for e in found["engagements"]]
    assert marks == [
        ("CN", "leading", True, False),
        ("PL", "active", False, True),
        ("JP", "targets", False, False),
        ("PL", "withdrawn", False, False),
    ]
    assert found["markets"] == {"targets": 1, "withdrawn": 1}


@pytest.mark.parametrize(
    ("day", "markets"), [(date(2010, 12, 31), {"leading": 1}), (date(2011, 1, 1), {"targets": 1})]
)
def test_markets_by_status_on_the_day_asked_about(indexed: Made, day: date, markets: dict[str, int]) -> None:
    world = World()
    org = world.org("acme")
    world.engagement(org, "CN", "leading", until="2010")
    world.engagement(org, "CN", "targets")
    assert indexed(world).company("acme", "en", day)["markets"] == markets


@pytest.mark.parametrize("missing", ["market", "exporter", "engagementStatus"])
def test_an_engagement_without_what_makes_it_one_is_left_out(indexed: Made, missing: str) -> None:
    world = World()
    fact = world.engagement(world.org("acme"), "CN", "active")
    graph = world.graphs[world.minter.source_graph("s1")]
    graph -= {each for each in graph if each.subject == fact and each.predicate == VERRE[missing]}
    assert indexed(world).company("acme", "en", TODAY)["engagements"] == []


def test_an_unknown_status_is_no_status(indexed: Made) -> None:
    world = World()
    world.engagement(world.org("acme"), "CN", "dreaming")
    assert indexed(world).company("acme", "en", TODAY)["engagements"] == []


# Partners ---------------------------------------------------------------------------------------


def test_partnerships_from_either_side_going_on_first(indexed: Made) -> None:
    world = World()
    acme, agent, client = world.org("acme"), world.org("agent"), world.org("client")
    world.partnership(acme, agent, "distributor", until="2001")
    world.partnership(client, acme, "customer")
    world.partnership(client, agent)
    found = indexed(world).company("acme", "en", TODAY)["partnerships"]
    assert [(ref(p["principal"]), ref(p["partner"]), p["role"], p["ended"]) for p in found] == [
        ("client", "acme", "customer", False),
        ("acme", "agent", "distributor", True),
    ]


# Owners -----------------------------------------------------------------------------------------


def family() -> World:
    world = World()
    top, middle, acme = world.org("top"), world.org("middle", country="NL"), world.org("acme")
    child, sold, fund = world.org("child", country="CN"), world.org("sold"), world.org("fund")
    share = world.ownership(top, middle)
    world.fact(
        share, (VERRE.shareExact, number("96.85")), (SCHEMA.startDate, when("2016-12")), note("Bought")
    )
    between = world.ownership(middle, acme, "acquisition")
    world.fact(between, (VERRE.shareMin, number(50)), (VERRE.shareMax, number(75)))
    world.ownership(acme, child)
    world.ownership(acme, sold, until="2010")
    world.ownership(fund, acme, "investment")
    return world


def test_an_ownership_keeps_its_share_or_range(indexed: Made) -> None:
    index = indexed(family())
    (exact,) = index.company("top", "en", TODAY)["ownerships"]
    assert (exact["share"], exact["shareMin"], exact["shareMax"]) == (96.85, None, None)
    assert (exact["since"], exact["until"], exact["note"]) == ("2016-12", None, "Bought")
    assert (exact["basis"], exact["kind"], keys(exact["sources"])) == ("unknown", "subsidiary", ["s1"])
    assert exact["owned"]["country"]["code"] == "NL"
    above = [o for o in index.company("acme", "en", TODAY)["ownerships"] if ref(o["owned"]) == "acme"]
    shares = {ref(o["owner"]): (o["share"], o["shareMin"], o["shareMax"]) for o in above}
    assert shares == {"middle": (None, 50, 75), "fund": (None, None, None)}


def test_parents_and_children_are_those_that_go_on_and_are_more_than_investments(indexed: Made) -> None:
    found = indexed(family()).company("acme", "en", TODAY)
    assert [ref(each) for each in found["parents"]] == ["middle"]
    assert [ref(each) for each in found["children"]] == ["child"]
    assert found["children"][0]["country"]["code"] == "CN"
    assert [ref(each) for each in found["ultimateParents"]] == ["top"]
    assert {ref(o["owned"]) for o in found["ownerships"]} == {"acme", "child", "sold"}
    assert [o["ended"] for o in found["ownerships"] if ref(o["owned"]) == "sold"] == [True]


def test_the_top_has_no_parent_of_its_own(indexed: Made) -> None:
    found = indexed(family()).company("top", "en", TODAY)
    assert found["parents"] == found["ultimateParents"] == []
    assert [ref(each) for each in found["children"]] == ["middle"]


def test_the_ended_one_is_a_child_while_it_lasted(indexed: Made) -> None:
    found = indexed(family()).company("acme", "en", date(2010, 12, 31))
    assert {ref(each) for each in found["children"]} == {"child", "sold"}


def test_two_sources_of_one_parent_make_one_parent(indexed: Made) -> None:
    world = World()
    acme, owner = world.org("acme"), world.org("owner")
    world.ownership(owner, acme)
    world.ownership(owner, acme, "acquisition")
    found = indexed(world).company("acme", "en", TODAY)
    assert [ref(each) for each in found["parents"]] == ["owner"]
    assert len(found["ownerships"]) == 2


def test_a_takeover(indexed: Made) -> None:
    world = World()
    acme, buyer = world.org("acme"), world.org("buyer")
    ownership = world.ownership(buyer, acme, "acquisition")
    event = Odd(world).change(acme, buyer, "2016-12", ownership)
    Odd(world).node("change", "late", ORG.ChangeEvent, (VERRE.acquirer, buyer), (DCTERMS.date, when("2020")))
    index = indexed(world)
    (found,) = index.company("acme", "nl", TODAY)["changeEvents"]
    assert (ref(found["original"]), ref(found["acquirer"])) == ("acme", "buyer")
    assert (found["iri"], found["ownership"], found["date"]) == (event.value, ownership.value, "2016-12")
    assert (found["type"], found["note"], keys(found["sources"])) == ("takeover", None, ["s1"])
    both = index.company("buyer", "nl", TODAY)["changeEvents"]
    assert [(each["date"], each["original"] is None) for each in both] == [("2016-12", False), ("2020", True)]


# Branches and presence --------------------------------------------------------------------------


def test_a_branch_from_both_sides(indexed: Made) -> None:
    world = World()
    head = world.org("head", "Head")
    branch = world.branch("head-japan", head, "JP", "Tokyo", since="2018")
    world.says("s2")
    world.fact(world.named(branch), (ORG.unitOf, head))
    index = indexed(world)
    (found,) = index.company("head", "en", TODAY)["branches"]
    assert (ref(found["organization"]), found["kind"], found["country"]["code"]) == (
        "head-japan",
        "branch",
        "JP",
    )
    assert (found["place"], found["since"], found["until"], found["ended"]) == ("Tokyo", "2018", None, False)
    assert keys(found["sources"]) == ["s1", "s2"]
    assert index.company("head", "en", TODAY)["presence"] == [found]
    (upward,) = index.company("head-japan", "en", TODAY)["branchOf"]
    assert (ref(upward["organization"]), upward["since"], keys(upward["sources"])) == (
        "head",
        "2018",
        ["s1", "s2"],
    )
    assert index.company("head", "en", TODAY)["branchOf"] == []


def test_a_branch_without_a_host_country_is_where_it_says_it_is(indexed: Made) -> None:
    world = World()
    head, unit = world.org("head"), world.org("unit", kind="branch", country="NL")
    world.fact(unit, (ORG.unitOf, head), (SCHEMA.endDate, when("2001")))
    nowhere = world.org("nowhere", kind="branch")
    world.fact(nowhere, (ORG.unitOf, head))
    found = indexed(world).company("head", "en", TODAY)["branches"]
    assert {ref(b["organization"]): (b["country"] or {}).get("code") for b in found} == {
        "unit": "NL",
        "nowhere": None,
    }
    assert {ref(b["organization"]): (b["ended"], b["place"]) for b in found} == {
        "unit": (True, None),
        "nowhere": (False, None),
    }


def test_a_branch_of_what_is_no_organization_is_left_out(indexed: Made) -> None:
    world = World()
    world.fact(world.org("unit", kind="branch"), (ORG.unitOf, world.minter.thing("organization", "x/ghost")))
    assert indexed(world).company("unit", "en", TODAY)["branchOf"] == []


def test_presence_is_branches_sites_and_subsidiaries_but_no_investment(indexed: Made) -> None:
    world = World()
    head = world.org("head", place="Genk")
    world.ownership(head, world.org("daughter", country="CN", place="Hasselt"))
    world.ownership(head, world.org("startup", country="NL"), "investment")
    world.branch("unit", head, "JP", "Tokyo")
    found = indexed(world).company("head", "nl", TODAY)["presence"]
    assert [(p["kind"], (p["country"] or {}).get("code"), p["place"]) for p in found] == [
        ("branch", "JP", "Tokyo"),
        ("site", None, "Genk"),
        ("subsidiary", "CN", "Hasselt"),
    ]
    assert [ref(p["organization"]) if p["organization"] else None for p in found] == [
        "unit",
        None,
        "daughter",
    ]


# People, memberships, awards, missions -----------------------------------------------------------


def test_the_people_of_a_company_with_their_roles_there_only(indexed: Made) -> None:
    world = World()
    acme, other = world.org("acme"), world.org("other")
    world.person("Zoe", acme, "CEO")
    world.person("Änne", acme, "CFO", until="2001")
    world.person("Zoe", other, "adviser")
    Odd(world).member(other, acme)
    found = indexed(world).company("acme", "en", TODAY)["people"]
    assert [(p["name"], [(r["role"], r["ended"]) for r in p["roles"]]) for p in found] == [
        ("Änne", [("CFO", True)]),
        ("Zoe", [("CEO", False)]),
    ]


def test_an_organization_that_is_a_member_of_another(indexed: Made) -> None:
    world = World()
    acme, cluster, old = world.org("acme"), world.org("cluster", "Cluster"), world.org("old")
    fact = Odd(world).member(acme, cluster)
    ended = Odd(world).member(acme, old, "ended")
    world.fact(ended, (SCHEMA.endDate, when("2001")))
    found = indexed(world).company("acme", "en", TODAY)
    assert [(ref(m["organization"]), m["ended"]) for m in found["memberOf"]] == [
        ("cluster", False),
        ("old", True),
    ]
    first = found["memberOf"][0]
    assert (first["iri"], keys(first["sources"])) == (fact.value, ["s1"])
    assert found["people"] == []


def test_awards_and_missions_of_a_company(indexed: Made) -> None:
    world = World()
    acme = world.org("acme")
    world.grant(acme, "Prize", "2019")
    world.grant(world.org("other"), "Prize", "2019", "nominee")
    world.participation(world.mission("guest", ["CN"], world.org("voka"), start="2010"), acme)
    both = world.mission("both", ["JP"], acme, start="2012")
    world.participation(both, acme)
    world.mission("apart", ["JP"], world.org("voka"))
    found = indexed(world).company("acme", "en", TODAY)
    assert [(g["award"]["label"], g["result"]) for g in found["awards"]] == [("Prize", "winner")]
    assert [m["id"] for m in found["missions"]] == ["both", "guest"]


def test_a_relation_without_one_of_its_parties_is_left_out(indexed: Made) -> None:
    world = World()
    acme, odd = world.org("acme"), Odd(world)
    odd.node("partnership", "1", VERRE.Partnership, (VERRE.principal, acme))
    odd.node("ownership", "2", VERRE.Ownership, (VERRE.owner, acme))
    odd.node("membership", "3", ORG.Membership, (ORG.member, acme))
    odd.node("participation", "4", VERRE.MissionParticipation, (VERRE.participant, acme))
    odd.node("need", "5", VERRE.Need, (VERRE.aim, Literal("x")))
    odd.node("programme", "6", VERRE.Programme, (VERRE.aim, Literal("x")))
    world.fact(world.minter.thing("figure", "7"), (RDF.type, VERRE.Figure), (VERRE.value, number(1)))
    index = indexed(world)
    found = index.company("acme", "en", TODAY)
    for key in ("partnerships", "ownerships", "memberOf", "missions", "needs", "programmes", "figures"):
        assert found[key] == [], key
    counts = index.counts(TODAY)
    assert counts["partnerships"] == counts["ownerships"] == counts["needs"] == counts["programmes"] == 0


def test_a_fact_of_two_sources_names_both_in_the_order_of_their_keys(indexed: Made) -> None:
    world = World()
    fact = world.engagement(world.org("acme"), "CN", "active")
    world.fact(fact, (PROV.hadPrimarySource, world.says("s0")), (VERRE.product, code("hs2022", "08")))
    (found,) = indexed(world).company("acme", "en", TODAY)["engagements"]
    assert keys(found["sources"]) == ["s0", "s1"]
    assert found["product"]["label"] == "08"
