"""A company's head, family and partners, and its network with what is over marked."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.face import Face
from api.pages.views import company
from api.pages.views.shares import share
from tests.pages.samples import LUMINEX, OTHER, Json, engagement, market, source

NL = Face("nl")


def stated(name: str, value: str, ref: str = "s001") -> Json:
    return {"property": name, "value": value, "label": value, "language": None, "sources": [source(ref)]}


def pairs(thing: Json) -> dict[str, Any]:
    return {str(pair["label"]): pair for pair in company.heading(NL, thing)}


def texts(pair: Json) -> list[str]:
    return [str(value["text"]) for value in pair["values"]]


def test_an_enterprise_number_is_written_with_dots_and_a_lei_as_it_is() -> None:
    found = pairs(
        {
            "identifiers": [
                {"scheme": "be-bce_kbo", "value": "0429593895"},
                {"scheme": "xi-lei", "value": "529900T8BM49AURSDO55"},
            ]
        }
    )
    assert texts(found["Ondernemingsnummer"]) == ["0429.593.895"]
    assert texts(found["LEI"]) == ["529900T8BM49AURSDO55"]


def test_what_sources_agree_on_is_told_once_and_without_them() -> None:
    found = pairs({"statements": [stated("founded", "2002"), stated("founded", "2002", "s002")]})
    assert texts(found["Opgericht"]) == ["2002"]
    assert not found["Opgericht"]["dispute"]


def test_what_sources_disagree_on_is_told_with_them() -> None:
    found = pairs({"statements": [stated("founded", "1985-12-31"), stated("founded", "1986", "s002")]})
    assert texts(found["Opgericht"]) == ["31 december 1985", "1986"]
    assert found["Opgericht"]["dispute"]
    assert [v["sources"][0]["id"] for v in found["Opgericht"]["values"]] == ["s001", "s002"]


def test_the_country_is_told_only_where_sources_disagree() -> None:
    assert "Land" not in pairs({"statements": [stated("country", "België")]})
    assert texts(
        pairs({"statements": [stated("country", "België"), stated("country", "Nederland")]})["Land"]
    ) == [
        "België",
        "Nederland",
    ]


def test_the_name_itself_is_no_other_name() -> None:
    found = pairs({"name": "Luminex", "names": [{"name": "Luminex"}, {"name": "LNI"}, {"name": "LNI"}]})
    assert texts(found["Ook gekend als"]) == ["LNI"]


def test_only_web_addresses_are_links() -> None:
    found = pairs(
        {"statements": [stated("website", "https://luminex.be"), stated("website", "javascript:alert(1)")]}
    )
    assert texts(found["Website"]) == [
        '<a href="https://luminex.be" rel="noreferrer external">https://luminex.be</a>',
        "javascript:alert(1)",
    ]


@pytest.mark.parametrize(
    ("site", "words"),
    [
        (
            {"municipality": {"label": "Genk"}, "country": {"label": "België"}, "functionLabel": "zetel"},
            "Genk, België (zetel)",
        ),
        ({"place": "Tokyo", "country": {"label": "Japan"}}, "Tokyo, Japan"),
        ({"outsideArea": {"label": "Limburg"}, "function": "seat"}, "buiten Limburg (seat)"),
        ({"municipality": "Genk", "ended": True, "functionLabel": "kantoor"}, "Genk (kantoor, beëindigd)"),
        ({"municipality": "Genk", "ended": True}, "Genk (beëindigd)"),
    ],
)
def test_a_site_in_words(site: Json, words: str) -> None:
    assert company.site(NL, site) == words


@pytest.mark.parametrize(
    ("area", "member"),
    [
        ({"member": "yes", "seat": "no", "site": "yes"}, "elsewhere"),
        ({"member": "yes", "seat": "yes", "site": "yes"}, "yes"),
        ({"member": "unknown", "seat": "unknown", "site": "unknown"}, "unknown"),
    ],
)
def test_a_seat_elsewhere_is_told_apart(area: Json, member: str) -> None:
    assert company.place({"area": area})["member"] == member


def test_one_sentence_of_what_matters() -> None:
    facts = [
        engagement("JP", "leading"),
        engagement("US", "entering"),
        engagement("CN", "targets"),
        engagement("ASIA", "active", ended=True),
    ]
    assert company.going(NL, {**LUMINEX, "engagements": facts}) == (
        "Luminex exporteert naar Japan, een topmarkt, zet eerste stappen in de Verenigde Staten en wil exporteren naar China."
    )


def test_no_sentence_where_nothing_goes_on() -> None:
    assert company.going(NL, {**LUMINEX, "engagements": [engagement("JP", "active", ended=True)]}) is None


def owned(owner: Json, thing: Json, kind: str, **more: Any) -> Json:
    return {"owner": owner, "owned": thing, "kind": kind, "sources": [source()], **more}


@pytest.mark.parametrize(
    ("kind", "owns", "owned_by"),
    [
        ("subsidiary", "dochterbedrijf", "moederbedrijf"),
        ("acquisition", "overgenomen", "overnemer"),
        ("investment", "deelneming", "investeerder"),
    ],
)
def test_ownership_is_seen_from_the_company(kind: str, owns: str, owned_by: str) -> None:
    ties = [owned(LUMINEX, OTHER, kind), owned(OTHER, LUMINEX, kind)]
    rows = company.family(NL, {**LUMINEX, "ownerships": ties})
    assert [(row["other"]["id"], str(row["words"])) for row in rows] == [("other", owns), ("other", owned_by)]


def test_branches_head_office_and_memberships() -> None:
    tie = {"organization": OTHER, "sources": []}
    rows = company.family(
        NL, {**LUMINEX, "branches": [tie, {"organization": None}], "branchOf": [tie], "memberOf": [tie]}
    )
    assert [str(row["words"]) for row in rows] == ["vestiging", "hoofdzetel", "lid van"]


@pytest.mark.parametrize(
    ("tie", "words"),
    [
        ({"share": 96.85}, "aandeel 96,85%"),
        ({"shareMin": 25, "shareMax": 50}, "aandeel 25% tot 50%"),
        ({"shareMin": 50}, "aandeel minstens 50%"),
        ({"shareMax": 10}, "aandeel hoogstens 10%"),
        ({}, None),
    ],
)
def test_a_share_is_exact_or_a_range(tie: Json, words: str | None) -> None:
    assert share(NL, tie) == words


def test_partners_that_go_on_come_first() -> None:
    def tie(other: Json, *, ended: bool) -> Json:
        return {
            "principal": LUMINEX,
            "partner": other,
            "role": "customer",
            "roleLabel": "klant",
            "ended": ended,
        }

    first = {**OTHER, "name": "Zeta"}
    rows = company.partners(
        NL, {**LUMINEX, "partnerships": [tie(OTHER, ended=True), tie(first, ended=False)]}
    )
    assert [row["other"]["name"] for row in rows] == ["Zeta", "Other"]


def test_who_has_the_role_is_said() -> None:
    tie = {"principal": OTHER, "partner": LUMINEX, "role": "customer", "roleLabel": "klant"}
    (row,) = company.partners(NL, {**LUMINEX, "partnerships": [tie]})
    assert str(row["words"]) == "Luminex is klant"


def near(**edge: Any) -> Json:
    nodes = [
        {**LUMINEX, "label": "Luminex", "kind": "company"},
        {"iri": "urn:market:JP", "id": "JP", "label": "Japan", "kind": "market"},
        {"iri": "urn:award", "id": "a", "label": "Prijs", "kind": "award"},
    ]
    base = {
        "source": LUMINEX["iri"],
        "target": "urn:market:JP",
        "kind": "engagement",
        "label": "x",
        "status": "active",
    }
    return {"nodes": nodes, "edges": [{**base, "sources": [source()], **edge}], "truncated": False}


def test_the_table_of_ties_links_what_has_a_page() -> None:
    (row,) = company.ties(NL, near())
    assert (row["start"]["path"], row["stop"]["path"]) == ("/companies/luminex", "/markets/JP")
    (row,) = company.ties(NL, near(target="urn:award", kind="award", status=None))
    assert row["stop"]["path"] is None


def test_roles_of_a_person_are_rows() -> None:
    held = [{"id": "p", "name": "P", "roles": [{"role": "CEO"}, {"role": "CFO"}]}]
    assert [(r["name"], r["role"]) for r in company.people({"people": held})] == [("P", "CEO"), ("P", "CFO")]


def test_what_it_does_has_its_language() -> None:
    thing = {
        "activity": "Makes",
        "statements": [{"property": "activity", "value": "Makes", "language": "en"}],
    }
    assert company.activity(thing) == {"text": "Makes", "lang": "en"}
    assert company.activity({"activity": None}) is None


def test_markets_of_a_network_have_our_words() -> None:
    assert company.statuses(NL)["targets"] == "wil exporteren"
    assert market("JP")["code"] == "JP"
