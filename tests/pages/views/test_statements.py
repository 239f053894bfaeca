"""Every fact of a company with who says it, and contradictions with their sides."""

from __future__ import annotations

from typing import Any

from api.pages.face import Face
from api.pages.views import facts, statements, strip
from tests.pages.samples import Json, engagement, market, source

NL = Face("nl")


def stated(name: str, value: str, ref: str = "s001", **more: Any) -> Json:
    return {
        "property": name,
        "value": value,
        "label": value,
        "language": None,
        "sources": [source(ref)],
        **more,
    }


def test_each_value_stands_with_its_sources_in_the_order_of_the_page() -> None:
    company = {
        "statements": [
            stated("sector", "elektronica"),
            stated("name", "Luminex"),
            stated("founded", "2002-03"),
        ],
        "identifiers": [{"scheme": "be-bce_kbo", "value": "0429593895", "sources": [source("s002")]}],
        "sites": [{"municipality": {"label": "Genk"}, "sources": [source()]}],
    }
    found = statements.rows(NL, company)
    told = [
        (row["label"], str(row["values"][0]["text"]), row["values"][0]["sources"][0]["id"]) for row in found
    ]
    assert told == [
        ("Naam", "Luminex", "s001"),
        ("Opgericht", "maart 2002", "s001"),
        ("Sector", "elektronica", "s001"),
        ("Ondernemingsnummer", "0429.593.895", "s002"),
        ("Plaatsen", "Genk", "s001"),
    ]


def test_only_what_has_one_value_by_nature_can_contradict_itself() -> None:
    company = {
        "statements": [
            stated("founded", "1985"),
            stated("founded", "1986", "s002"),
            stated("sector", "a"),
            stated("sector", "b"),
        ]
    }
    assert [(row["label"], row["dispute"]) for row in statements.rows(NL, company)] == [
        ("Opgericht", True),
        ("Sector", False),
    ]


def test_contradictions_stand_side_by_side_each_with_who_says_it() -> None:
    groups = facts.by_market(
        [
            engagement("JP", "targets", sources=[source("s001")]),
            engagement("JP", "active", sources=[source("s002")]),
            engagement("JP", "active", iri="urn:again", sources=[source("s003")]),
            engagement("JP", "entering", ended=True, sources=[source("s004")]),
            engagement("CN", "active"),
        ]
    )
    measure = {"measureLabel": "werknemers", "period": "2019", "unit": "number"}
    figures = facts.figure_groups(
        [
            {**measure, "value": 20, "sources": [source("s001")]},
            {**measure, "value": 25, "sources": [source("s002")]},
        ]
    )
    rows = statements.rows(NL, {"statements": [stated("founded", "1985"), stated("founded", "1986", "s002")]})
    found = statements.contradictions(NL, groups, figures, rows)
    sides = [
        (str(x["about"]), [(str(s["text"]), [each["id"] for each in s["sources"]]) for s in x["sides"]])
        for x in found
    ]
    assert sides == [
        ("<bdi>Japan</bdi>", [("exporteert", ["s002", "s003"]), ("wil exporteren", ["s001"])]),
        ("werknemers, 2019", [("20", ["s001"]), ("25", ["s002"])]),
        ("Opgericht", [("1985", ["s001"]), ("1986", ["s002"])]),
    ]
    assert [side["status"] for side in found[0]["sides"]] == ["active", "targets"]


def test_markets_stand_by_continent_and_wider_regions_last() -> None:
    asia = market("ASIA")
    rungs = facts.ladder(
        [
            engagement("CN", "targets"),
            engagement("JP", "leading"),
            engagement("ASIA", "active"),
            engagement("WORLD", "active"),
            engagement("US", "active", ended=True),
        ]
    )
    americas = {"code": "AMERICAS", "label": "Amerika"}
    rows = strip.strip(NL, rungs, {"CN": asia, "JP": asia, "ASIA": asia, "US": americas})
    told = [
        (row["label"], [(m["market"]["code"], m["status"], m["over"]) for m in row["marks"]]) for row in rows
    ]
    assert told == [
        ("Azië", [("JP", "leading", False), ("CN", "targets", False)]),
        ("Amerika", [("US", "active", True)]),
        ("Ruimere gebieden", [("ASIA", "active", False), ("WORLD", "active", False)]),
    ]


def test_plans_are_offered_first_for_where_it_wants_to_go() -> None:
    rungs = facts.ladder(
        [
            engagement("JP", "leading"),
            engagement("CN", "targets"),
            engagement("ASIA", "targets"),
            engagement("US", "active", ended=True),
        ]
    )
    assert [m["code"] for m in strip.planned(rungs)] == ["CN", "JP"]
