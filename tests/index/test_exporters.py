"""Who exports where: the rules of the issue and of the design, one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import InputError, UnknownValue
from graph.index import ExporterFilter, Index, ListAnswer, PageRequest
from graph.model.namespaces import PROV
from tests.graphs import TODAY, World
from tests.index.conftest import Made

FOUR = ("CN", "TH", "VN", "KR")


def ask(index: Index, *markets: str, sort: tuple[str, ...] = (), lang: str = "en", **more: Any) -> ListAnswer:
    f = ExporterFilter(today=more.pop("today", TODAY), markets=markets, **more)
    return index.exporters(f, PageRequest(sort=sort), lang)


def standing(answer: ListAnswer) -> dict[str, dict[str, str]]:
    """Company → market → status, with `~` before what is region-level and `†` before what has ended."""
    return {
        item["id"]: {
            entry["market"]["code"]: "†" * entry["ended"] + "~" * entry["regionLevel"] + entry["status"]
            for entry in item["markets"]
        }
        for item in answer.items
    }


def names(answer: ListAnswer) -> list[str]:
    return [item["id"] for item in answer.items]


def seed() -> World:
    """The companies of the issue, as the sources have them."""
    world = World()
    luminex = world.org("luminex", country="BE", place="Genk", sectors=["electronics"])
    punch = world.org("punch", country="BE", sectors=["automotive"])
    carolus = world.org("carolus", country="BE", place="Hasselt", sectors=["horticulture"])
    grafityp = world.org("grafityp", country="BE", place="Vilvoorde")
    for where in FOUR:
        world.engagement(luminex, where, "targets", product="network equipment")
    world.engagement(luminex, "ASIA", "active")
    world.engagement(luminex, "JP", "leading")
    world.engagement(luminex, "JP", "active", attested="2018-02-20")
    world.branch("luminex-japan", luminex, "JP", "Tokyo", since="2018")
    world.engagement(punch, "CN", "active", product="transmissions", attested="2017")
    world.engagement(punch, "KR", "active", since="2006", until="2008")
    world.engagement(carolus, "ASIA", "active")
    world.engagement(grafityp, "WORLD", "active")
    return world


def test_wants_to_export_and_exports_are_told_apart(indexed: Made) -> None:
    assert standing(ask(indexed(seed()), *FOUR)) == {
        "punch": {"CN": "active"},
        "luminex": dict.fromkeys(FOUR, "targets"),
        "carolus": dict.fromkeys(FOUR, "~active"),
    }


def test_an_ended_fact_comes_only_when_asked_for_and_is_marked(indexed: Made) -> None:
    index = indexed(seed())
    assert standing(ask(index, "KR")) == {"luminex": {"KR": "targets"}, "carolus": {"KR": "~active"}}
    found = ask(index, "KR", include_ended=True)
    assert standing(found)["punch"] == {"KR": "†active"}
    punch = next(item for item in found.items if item["id"] == "punch")
    (fact,) = punch["markets"][0]["engagements"]
    assert (fact["ended"], fact["since"], fact["until"]) == (True, "2006", "2008")


def test_a_region_level_fact_never_stands_in_for_an_own_one(indexed: Made) -> None:
    index = indexed(seed())
    selling = ask(index, *FOUR, statuses=("active", "leading"))
    assert "luminex" not in names(selling)
    assert standing(selling) == {"punch": {"CN": "active"}, "carolus": dict.fromkeys(FOUR, "~active")}


@pytest.mark.parametrize("own", ["ended", "withdrawn"])
def test_an_own_fact_of_any_status_keeps_the_region_out(indexed: Made, own: str) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "ASIA", "active")
    world.engagement(
        company, "CN", "active" if own == "ended" else "withdrawn", until="2010" if own == "ended" else None
    )
    index = indexed(world)
    assert standing(ask(index, "CN")) == {}
    assert standing(ask(index, "TH")) == {"company": {"TH": "~active"}}


def test_a_region_finds_its_parts_and_never_what_is_wider(indexed: Made) -> None:
    index = indexed(seed())
    assert standing(ask(index, "ASEAN")) == {"luminex": {"ASEAN": "targets"}}
    assert standing(ask(index, "EASTERN_ASIA")) == {
        "luminex": {"EASTERN_ASIA": "leading"},
        "punch": {"EASTERN_ASIA": "active"},
    }
    assert set(standing(ask(index, "ASIA"))) == {"luminex", "punch", "carolus"}


@pytest.mark.parametrize("status", ["targets", "active"])
def test_the_strongest_of_several_regions_around_is_the_one_a_status_tests(
    indexed: Made, status: str
) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "ASIA", "active")
    world.engagement(company, "EASTERN_ASIA", "targets")
    found = ask(indexed(world), "CN", statuses=(status,))
    assert standing(found) == ({"company": {"CN": "~active"}} if status == "active" else {})
    assert found.total == len(found.items)


def test_what_is_kept_of_a_region_counts_for_its_own_countries_only(indexed: Made) -> None:
    world = World()
    for number in range(4):
        world.engagement(world.org(f"asian{number}"), "ASIA", "active" if number else "targets")
    world.engagement(world.org("here"), "EASTERN_ASIA", "active")
    for own in ("asian1", "asian2"):
        world.engagement(world.org(own), "CN", "targets")
    index = indexed(world)
    for market, regional in (("TH", 4), ("CN", 3), ("KR", 5), ("TH", 4)):
        found = ask(index, market)
        known = [item for item in found.items if item["markets"][0]["regionLevel"]]
        assert (len(known), found.total) == (regional, len(found.items)), market
    assert [ask(index, "TH", statuses=(status,)).total for status in ("targets", "active")] == [1, 3]
    assert (ask(index, "TH", q="here").total, ask(index, "CN", q="here").total) == (0, 1)


def test_what_has_ended_is_over_and_not_outweighed(indexed: Made) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "PL", "active", until="2019", attested="2018")
    world.engagement(company, "PL", "withdrawn", attested="2020")
    facts = indexed(world).company("company", "en", TODAY)["engagements"]
    assert {(each["status"], each["ended"], each["outweighed"]) for each in facts} == {
        ("active", True, False),
        ("withdrawn", False, False),
    }


def test_worldwide_names_no_country_and_is_found_only_when_asked_for(indexed: Made) -> None:
    index = indexed(seed())
    assert "grafityp" not in names(ask(index, "CN"))
    assert "grafityp" not in names(ask(index, "ASIA"))
    assert standing(ask(index, "WORLD"))["grafityp"] == {"WORLD": "active"}


def test_own_facts_come_first_then_the_strongest_then_names(indexed: Made) -> None:
    world = World()
    for name, where, status in (
        ("zoo", "CN", "targets"),
        ("Éclair", "CN", "active"),
        ("echo", "CN", "active"),
        ("far", "ASIA", "leading"),
        ("best", "CN", "leading"),
        ("near", "EASTERN_ASIA", "entering"),
    ):
        world.engagement(world.org(name.lower().replace("é", "e"), name), where, status)
    assert names(ask(indexed(world), "CN")) == ["best", "echo", "eclair", "zoo", "far", "near"]


def test_a_name_of_a_market_in_any_language_does(indexed: Made) -> None:
    index = indexed(seed())
    for text in (
        "KR",
        "KOR",
        "kor",
        "Zuid-Korea",
        "south korea",
        "Coree du Sud",
        "http://publications.europa.eu/resource/authority/country/KOR",
    ):
        assert names(ask(index, text)) == ["luminex", "carolus"], text
    with pytest.raises(UnknownValue) as caught:
        ask(index, "Sout Korea")
    assert caught.value.issues[0].name == "market"
    assert "South Korea" in caught.value.issues[0].detail
    with pytest.raises(UnknownValue, match="status"):
        ask(index, statuses=("activ",))


def test_a_status_withdrawn_has_to_be_named(indexed: Made) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "PL", "active", attested="2018")
    world.engagement(company, "PL", "withdrawn", attested="2020")
    index = indexed(world)
    assert names(ask(index, "PL")) == []
    assert standing(ask(index, "PL", statuses=("withdrawn",))) == {"company": {"PL": "withdrawn"}}
    found = ask(index, "PL", include_ended=True)
    (entry,) = found.items[0]["markets"]
    assert (entry["status"], entry["lastAttested"]) == ("withdrawn", "2020")
    assert [(e["status"], e["outweighed"]) for e in entry["engagements"]] == [
        ("active", True),
        ("withdrawn", False),
    ]


@pytest.mark.parametrize(("sold", "left"), [("2020", "2018"), ("2018", "2018-06"), (None, "2020")])
def test_a_withdrawal_that_is_not_certainly_later_does_not_outweigh(
    indexed: Made, sold: str | None, left: str
) -> None:
    world = World()
    world.says("undated")
    company = world.org("company")
    world.engagement(company, "PL", "active", attested=sold)
    world.engagement(company, "PL", "withdrawn", attested=left)
    assert standing(ask(indexed(world), "PL")) == {"company": {"PL": "active"}}


def test_what_has_ended_depends_on_the_day_of_the_question_alone(indexed: Made) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "CN", "leading", until="2022-03")
    world.engagement(company, "CN", "targets")
    index = indexed(world)
    assert standing(ask(index, "CN", today=date(2022, 3, 31))) == {"company": {"CN": "leading"}}
    assert standing(ask(index, "CN", today=date(2022, 4, 1))) == {"company": {"CN": "targets"}}


def test_as_of_asks_for_what_held_then(indexed: Made) -> None:
    world = seed()
    dilissen = world.org("dilissen")
    world.engagement(dilissen, "KR", "entering", since="2022-11")
    index = indexed(world)
    then = ask(index, "KR", as_of=date(2007, 1, 1))
    assert standing(then)["punch"] == {"KR": "active"}
    assert "dilissen" not in names(then)
    entries = {item["id"]: item["markets"][0] for item in then.items}
    assert entries["punch"]["dateUnknown"] is False
    assert entries["luminex"]["dateUnknown"] is True
    assert "punch" not in names(ask(index, "KR", as_of=date(2005, 12, 31), include_ended=True))
    assert "dilissen" in names(ask(index, "KR", as_of=date(2022, 11, 1)))


def test_a_withdrawal_attested_after_the_day_asked_about_does_not_outweigh_yet(indexed: Made) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "PL", "active", since="2010", attested="2014")
    world.engagement(company, "PL", "withdrawn", attested="2020")
    index = indexed(world)
    assert standing(ask(index, "PL", as_of=date(2016, 1, 1))) == {"company": {"PL": "active"}}
    assert standing(ask(index, "PL", as_of=date(2021, 1, 1))) == {}


def test_a_product_decides_by_its_own_engagements(indexed: Made) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "CN", "active", product="pears")
    world.engagement(company, "CN", "targets", product="apples")
    world.engagement(company, "ASIA", "leading", product="apples")
    index = indexed(world)
    assert standing(ask(index, "CN")) == {"company": {"CN": "active"}}
    assert standing(ask(index, "CN", products=("apples",))) == {"company": {"CN": "targets"}}
    assert standing(ask(index, "CN", products=("apples",), statuses=("active", "leading"))) == {}
    assert standing(ask(index, products=("apples (fr)",))) == {
        "company": {"ASIA": "leading", "CN": "targets"}
    }


def test_without_a_market_every_stated_one_is_an_entry(indexed: Made) -> None:
    found = standing(ask(indexed(seed())))
    assert found["luminex"] == {"JP": "leading", "ASIA": "active", **dict.fromkeys(FOUR, "targets")}
    assert found["grafityp"] == {"WORLD": "active"}
    assert found["punch"] == {"CN": "active"}


def test_without_a_market_a_status_is_looked_for_in_each(indexed: Made) -> None:
    found = standing(ask(indexed(seed()), statuses=("targets",)))
    assert found == {"luminex": dict.fromkeys(FOUR, "targets")}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"sectors": ("electronics",)}, ["luminex"]),
        ({"sectors": ("electronics (fr)", "horticulture")}, ["luminex", "carolus"]),
        ({"municipalities": ("Genk",)}, ["luminex"]),
        ({"municipalities": ("71022",)}, ["carolus"]),
        ({"area": "limburg"}, ["luminex", "carolus"]),
        ({"area": "Limbourg", "area_membership": ("unknown",)}, ["punch"]),
        ({"area_membership": ("no",)}, []),
        ({"presence_in": ("Japan",)}, ["luminex"]),
        ({"presence_in": ("ASIA",)}, ["luminex"]),
        ({"presence_in": ("VN",)}, []),
        ({"q": "LÚMI"}, ["luminex"]),
        ({"q": "%"}, []),
        ({"q": "_"}, []),
        ({"q": "  "}, ["punch", "luminex", "carolus"]),
    ],
)
def test_filters_on_the_company(indexed: Made, more: dict[str, Any], expected: list[str]) -> None:
    assert names(ask(indexed(seed()), *FOUR, **more)) == expected


def test_a_partner_is_found_by_its_country_or_else_by_the_territory(indexed: Made) -> None:
    world = seed()
    punch, luminex = world.minter.organization("punch"), world.minter.organization("luminex")
    world.partnership(punch, world.org("xpt", country="CN"))
    world.partnership(world.org("somewhere"), luminex, "customer", territory="VN")
    index = indexed(world)
    assert names(ask(index, "CN", partner_countries=("CN",))) == ["punch"]
    assert names(ask(index, "CN", partner_countries=("ASEAN",))) == ["luminex"]
    assert names(ask(index, "CN", partner_countries=("NL",))) == []


def test_an_entry_shows_presence_and_partners_there(indexed: Made) -> None:
    world = seed()
    punch = world.minter.organization("punch")
    world.partnership(punch, world.org("xpt", country="CN"))
    world.partnership(punch, world.org("old", country="CN"), until="2010")
    index = indexed(world)
    item = ask(index, "Japon").items[0]
    (branch,) = item["markets"][0]["presence"]
    assert (branch["organization"]["id"], branch["kind"], branch["place"], branch["since"]) == (
        "luminex-japan",
        "branch",
        "Tokyo",
        "2018",
    )
    assert [s["id"] for s in branch["sources"]] == ["s1"]
    punch_item = next(i for i in ask(index, "CN").items if i["id"] == "punch")
    assert [p["partner"]["id"] for p in punch_item["markets"][0]["partners"]] == ["xpt"]
    with_ended = next(i for i in ask(index, "CN", include_ended=True).items if i["id"] == "punch")
    assert [(p["partner"]["id"], p["ended"]) for p in with_ended["markets"][0]["partners"]] == [
        ("xpt", False),
        ("old", True),
    ]


def test_what_carries_the_status_dates_it(indexed: Made) -> None:
    world = World()
    company = world.org("company")
    world.engagement(company, "CN", "active", since="2015", attested="2016")
    world.engagement(company, "CN", "active", since="2012-04", attested="2014")
    world.engagement(company, "CN", "targets", since="2001", attested="2023")
    (entry,) = ask(indexed(world), "CN").items[0]["markets"]
    assert (entry["since"], entry["lastAttested"], entry["dateUnknown"]) == ("2012-04", "2016", False)
    assert len(entry["engagements"]) == 3


def test_labels_and_area_in_the_language_of_the_answer(indexed: Made) -> None:
    index = indexed(seed())
    item = ask(index, "JP", lang="fr").items[0]
    assert item["markets"][0]["market"] == {
        "iri": "http://publications.europa.eu/resource/authority/country/JPN",
        "code": "JP",
        "label": "Japon",
        "kind": "country",
    }
    assert item["area"] == {"id": "limburg", "member": "yes", "seat": "yes", "site": "yes"}
    assert item["municipality"] == {"iri": "http://vocab.belgif.be/auth/refnis2025/71016", "label": "Genk"}
    assert [each["label"] for each in item["sectors"]] == ["electronics (fr)"]


def test_three_sources_of_one_fact_are_one_fact_with_three_sources(indexed: Made) -> None:
    world = World()
    company = world.org("company")
    fact = world.engagement(company, "CN", "active")
    for key in ("s2", "s3"):
        source = world.says(key)
        world.fact(fact, (PROV.hadPrimarySource, source))
    (entry,) = ask(indexed(world), "CN").items[0]["markets"]
    (shown,) = entry["engagements"]
    assert [s["id"] for s in shown["sources"]] == ["s1", "s2", "s3"]


def many() -> World:
    world = World()
    for number in range(23):
        company = world.org(f"c{number:02}", f"Company {number:02}")
        world.engagement(company, "CN" if number % 2 else "TH", ("targets", "active", "leading")[number % 3])
        if number % 5 == 0:
            world.engagement(company, "CN", "leading")
    return world


@pytest.mark.parametrize("sort", [(), ("name",), ("-name",), ("-status", "name"), ("municipality",)])
@pytest.mark.parametrize("markets", [("CN",), ("CN", "TH"), ()])
def test_pages_put_together_are_the_whole_list(
    indexed: Made, sort: tuple[str, ...], markets: tuple[str, ...]
) -> None:
    index = indexed(many())
    f = ExporterFilter(today=TODAY, markets=markets)
    whole = index.exporters(f, PageRequest(1, 100, sort), "en")
    pages = [index.exporters(f, PageRequest(page, 4, sort), "en") for page in range(1, 8)]
    assert [item["id"] for page in pages for item in page.items] == names(whole)
    assert {page.total for page in pages} == {whole.total} == {len(set(names(whole)))}


def test_other_orders(indexed: Made) -> None:
    index = indexed(seed())
    assert names(ask(index, *FOUR, sort=("name",))) == ["carolus", "luminex", "punch"]
    assert names(ask(index, *FOUR, sort=("-name",))) == ["punch", "luminex", "carolus"]
    assert names(ask(index, *FOUR, sort=("-status",))) == ["carolus", "luminex", "punch"]
    assert names(ask(index, *FOUR, sort=("-municipality",)))[0] == "carolus"
    with pytest.raises(InputError) as caught:
        ask(index, sort=("size",))
    assert caught.value.issues[0].name == "sort"


def test_the_latest_statement_first(indexed: Made) -> None:
    world = World()
    for key, day in (("old", "2010"), ("new", "2020-05"), ("silent", None)):
        world.says(f"s-{key}", issued=day)
        world.engagement(world.org(key), "CN", "active")
    world.says("s-later", issued="2023")
    world.engagement(world.org("old"), "JP", "active")
    index = indexed(world)
    assert names(ask(index, "CN", sort=("-lastAttested",))) == ["new", "old", "silent"]
    assert names(ask(index, sort=("-lastAttested",))) == ["old", "new", "silent"]
