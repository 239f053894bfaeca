"""Partnerships: who works with whom, in which role and where."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import InputError, UnknownValue
from graph.index import PageRequest, PartnerFilter
from graph.model.namespaces import SCHEMA, VERRE, code
from tests.graphs import World, market, when
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, Json, ask, facets, ids, keys, note


def cast() -> World:
    world = World()
    punch = world.org("punch", "Punch", country="BE", kbo="0429593895")
    luminex = world.org("luminex", "Luminex", country="BE")
    xpt, agent, zeta = world.org("xpt", "XPT", country="CN"), world.org("agent", "Agent"), world.org("zeta")
    full = world.partnership(punch, xpt, "distributor", territory="KR")
    world.fact(full, (VERRE.exclusivity, code("exclusivity", "sole")), note("Gearboxes"))
    world.fact(full, (SCHEMA.startDate, when("2018-05")))
    world.partnership(punch, zeta, "customer", until="2010")
    world.partnership(luminex, agent, "customer", territory="ASEAN")
    world.partnership(luminex, xpt, "distributor")
    return world


def pairs(items: list[Json]) -> list[str]:
    return [f"{item['principal']['id']}>{item['partner']['id']}" for item in items]


P_XPT, P_ZETA, L_AGENT, L_XPT = "0429593895>xpt", "0429593895>zeta", "luminex>agent", "luminex>xpt"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [L_AGENT, L_XPT, P_XPT]),
        ({"include_ended": True}, [L_AGENT, L_XPT, P_XPT, P_ZETA]),
        ({"roles": ("distributor",)}, [L_XPT, P_XPT]),
        ({"roles": ("customer (nl)",), "include_ended": True}, [L_AGENT, P_ZETA]),
        ({"roles": ("customer", "distributor")}, [L_AGENT, L_XPT, P_XPT]),
        ({"markets": ("CN",)}, [L_XPT, P_XPT]),
        ({"markets": ("KR",)}, [P_XPT]),
        ({"markets": ("ASEAN",)}, [L_AGENT]),
        ({"markets": ("Azië",)}, [L_XPT, P_XPT]),
        ({"markets": ("TH",)}, []),
        ({"markets": ("Belgique",)}, [L_AGENT, L_XPT, P_XPT]),
        ({"markets": ("NL",)}, []),
        ({"organizations": ("xpt",)}, [L_XPT, P_XPT]),
        ({"organizations": ("x/agent", "punch")}, [L_AGENT, P_XPT]),
        ({"organizations": ("be/0429593895",), "include_ended": True}, [P_XPT, P_ZETA]),
        ({"organizations": ("BE 0429.593.895",)}, [P_XPT]),
        ({"organizations": ("0429.593.895",)}, [P_XPT]),
        ({"q": "pun"}, [P_XPT]),
        ({"q": "xpt"}, [L_XPT, P_XPT]),
        ({"q": " \t"}, [L_AGENT, L_XPT, P_XPT]),
        ({"q": "%"}, []),
        ({"q": "lumi", "roles": ("distributor",), "markets": ("CN",)}, [L_XPT]),
    ],
)
def test_filters(indexed: Made, asked: dict[str, Any], expected: list[str]) -> None:
    found = ask(indexed(cast()), "partners", **asked)
    assert sorted(pairs(found.items)) == sorted(expected)
    assert found.total == len(expected)


def test_by_the_partner_then_the_principal(indexed: Made) -> None:
    found = ask(indexed(cast()), "partners", include_ended=True)
    assert pairs(found.items) == [L_AGENT, L_XPT, P_XPT, P_ZETA]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (("-partner",), [P_ZETA, L_XPT, P_XPT, L_AGENT]),
        (("principal", "-partner"), [L_XPT, L_AGENT, P_ZETA, P_XPT]),
        (("role",), [L_AGENT, P_ZETA, L_XPT, P_XPT]),
        (("-since",), [P_XPT, L_AGENT, L_XPT, P_ZETA]),
    ],
)
def test_orders(indexed: Made, sort: tuple[str, ...], expected: list[str]) -> None:
    assert pairs(ask(indexed(cast()), "partners", *sort, include_ended=True).items) == expected


def test_an_item_holds_what_the_contract_says(indexed: Made) -> None:
    (item,) = ask(indexed(cast()), "partners", markets=("KR",), lang="nl").items
    assert keys(item.pop("sources")) == ["s1"]
    assert item.pop("iri").startswith("https://w3id.org/verre/id/partnership/")
    assert item == {
        "principal": {
            "iri": "https://w3id.org/verre/id/organization/be/0429593895",
            "id": "0429593895",
            "name": "Punch",
        },
        "partner": {"iri": "https://w3id.org/verre/id/organization/x/xpt", "id": "xpt", "name": "XPT"},
        "role": "distributor",
        "roleLabel": "distributor (nl)",
        "territory": {"iri": market("KR").value, "code": "KR", "label": "Zuid-Korea", "kind": "country"},
        "exclusivity": "sole",
        "exclusivityLabel": "sole",
        "since": "2018-05",
        "until": None,
        "ended": False,
        "attested": "2018-02-19",
        "note": "Gearboxes",
    }


def test_what_is_not_stated_is_not_there(indexed: Made) -> None:
    world = World()
    world.says("undated")
    world.partnership(world.org("a"), world.org("b"))
    (item,) = ask(indexed(world), "partners").items
    for key in ("territory", "exclusivity", "exclusivityLabel", "since", "until", "attested", "note"):
        assert item[key] is None, key


def test_ended_is_marked_by_the_day_of_the_question(indexed: Made) -> None:
    index = indexed(cast())
    found = index.partners(PartnerFilter(today=date(2010, 12, 31)), PageRequest(), "en")
    assert [item["ended"] for item in found.items if item["partner"]["id"] == "zeta"] == [False]
    later = index.partners(PartnerFilter(today=date(2011, 1, 1)), PageRequest(), "en")
    assert P_ZETA not in pairs(later.items)
    with_ended = ask(index, "partners", include_ended=True, q="zeta")
    assert [item["ended"] for item in with_ended.items] == [True]


def test_facets_count_each_partnership_once(indexed: Made) -> None:
    index = indexed(cast())
    assert facets(index, "partners") == {
        "role": {"distributor": 2, "customer": 1},
        "market": {"BE": 3, "CN": 2, "ASEAN": 1, "KR": 1},
    }
    assert facets(index, "partners", roles=("customer",)) == {
        "role": {"distributor": 2, "customer": 1},
        "market": {"ASEAN": 1, "BE": 1},
    }
    assert facets(index, "partners", markets=("KR",), include_ended=True)["role"] == {"distributor": 1}


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"roles": ("distributer",)}, "role"),
        ({"markets": ("Chinaa",)}, "market"),
        ({"organizations": ("nobody",)}, "organization"),
    ],
)
def test_an_unknown_value_names_its_parameter(indexed: Made, asked: dict[str, Any], parameter: str) -> None:
    with pytest.raises(UnknownValue) as caught:
        ask(indexed(cast()), "partners", **asked)
    assert caught.value.issues[0].name == parameter
    with pytest.raises(InputError):
        ask(indexed(cast()), "partners", "territory")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_are(indexed: Made, name: str) -> None:
    world = World()
    fact = world.partnership(world.org("a", name), world.org("b", "Plain"))
    world.fact(fact, note(name))
    (item,) = ask(indexed(world), "partners", q=name).items
    assert (item["principal"]["name"], item["partner"]["name"], item["note"]) == (name, "Plain", name)


def test_a_partner_of_itself_is_one_partnership(indexed: Made) -> None:
    world = World()
    same = world.org("same", country="NL")
    world.partnership(same, same)
    found = ask(indexed(world), "partners", organizations=("same",), markets=("NL",))
    assert pairs(found.items) == ["same>same"]


def test_an_exporter_is_found_by_a_partner_that_it_still_has(indexed: Made) -> None:
    world = World()
    for key, until in (("now", None), ("then", "2010")):
        org = world.org(key)
        world.engagement(org, "CN", "active")
        world.partnership(org, world.org(f"{key}-partner", country="JP"), until=until)
    index = indexed(world)
    assert ids(ask(index, "exporters", partner_countries=("JP",))) == ["now"]
    assert ids(ask(index, "exporters", partner_countries=("JP",), as_of=date(2010, 1, 1))) == ["now", "then"]


def test_an_exporter_is_found_by_a_presence_that_it_still_has(indexed: Made) -> None:
    world = World()
    for key, until in (("now", None), ("then", "2010")):
        org = world.org(key)
        world.engagement(org, "CN", "active")
        world.ownership(org, world.org(f"{key}-daughter", country="JP"), until=until)
    index = indexed(world)
    assert ids(ask(index, "exporters", presence_in=("JP",))) == ["now"]
    assert ids(ask(index, "exporters", presence_in=("ASIA",), as_of=date(2010, 1, 1))) == ["now", "then"]
