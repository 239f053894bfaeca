"""The article of February 2018 that it all grew from is in, whole."""

from __future__ import annotations

import pytest

from tests.data.tables import table

ARTICLE = "s001"


def of(name: str) -> list[dict[str, str]]:
    return [row for row in table(name) if row["source_id"] == ARTICLE]


def test_it_is_the_article_of_het_belang_van_limburg() -> None:
    (row,) = of("sources")
    assert (row["publisher"], row["date"], row["language"]) == ("Het Belang van Limburg", "2018-02-19", "nl")


@pytest.mark.parametrize(
    ("indicator", "market", "value", "unit", "change", "precision"),
    [
        ("certificates of origin", "WORLD", "22816", "number", "13.43", ""),
        ("goods value under certificates of origin", "WORLD", "865000000", "EUR", "6.73", "just-over"),
        ("share of far export", "CN", "12", "percent", "", "almost"),
    ],
)
def test_figures_of_2017(
    indicator: str, market: str, value: str, unit: str, change: str, precision: str
) -> None:
    (row,) = (r for r in of("statistics") if r["indicator"] == indicator)
    assert (row["area"], row["period"], row["market"]) == ("limburg", "2017", market)
    assert (row["value"], row["unit"], row["change_percent"]) == (value, unit, change)
    assert row["precision"] == precision


def test_notes_that_stay() -> None:
    notes = {row["indicator"]: row["note"] for row in of("statistics")}
    assert notes["certificates of origin"] == "Record"
    assert notes["share of far export"] == "Rank 1"


def test_luminex_wants_to_sell_in_four_countries_and_leads_in_japan() -> None:
    rows = of("markets")
    assert {row["org_id"] for row in rows} == {"luminex"}
    assert {row["market"] for row in rows if row["status"] == "targets"} == {"CN", "TH", "VN", "KR"}
    assert {row["market"] for row in rows if row["status"] == "leading"} == {"JP"}
    assert len(rows) == 5


def test_its_branch_in_japan_is_in_tokyo_by_another_page() -> None:
    (row,) = (r for r in of("relations") if r["from_org"] == "luminex-japan")
    assert (row["relation"], row["to_org"], row["country"], row["since"]) == (
        "branch_of",
        "luminex",
        "JP",
        "2018",
    )
    (branch,) = (r for r in table("organizations") if r["org_id"] == "luminex-japan")
    assert (branch["municipality"], branch["source_id"]) == ("Tokyo", "s002")


def test_both_people_with_their_roles() -> None:
    roles = {(row["name"], row["org_id"]): row["role_nl"] for row in of("people")}
    assert roles == {
        ("Bart Swinnen", "luminex"): "CEO",
        ("Johann Leten", "voka-limburg"): "gedelegeerd bestuurder",
    }


def test_the_action_plan_and_three_worries() -> None:
    (plan,) = of("programmes")
    assert (plan["name"], plan["org_id"], plan["year"]) == ("SALVO-actieplan", "voka-limburg", "2018")
    assert {row["need_id"] for row in of("needs")} == {"people", "screening", "export-plan"}
    assert {row["org_id"] for row in of("needs")} == {"voka-limburg"}


FOUR = {"CN", "TH", "VN", "KR"}


def test_twelve_companies_have_a_fact_of_their_own_on_the_four_countries() -> None:
    own = {row["org_id"] for row in table("markets") if row["market"] in FOUR}
    asia = {row["org_id"] for row in table("markets") if row["market"] == "ASIA"}
    assert len(own) == 12
    assert asia - own == {"carolus-trees", "plastiflex"}


def test_places_that_pages_disagree_on() -> None:
    sites = {(row["org_id"], row["function"]): row for row in table("sites")}
    assert sites["belorta", "site"]["municipality"] == "Tongeren-Borgloon"
    assert sites["belorta", "seat"]["outside_area"] == "limburg"
    assert sites["belorta", "seat"]["municipality"] == ""
    assert sites["bosal", "research"]["municipality"] == "Lummen"
    assert ("bosal", "seat") not in sites
    assert sites["psa-etransmissions", "seat"]["municipality"] == "Brussels"
    countries = {(r["source_id"], r["country"]) for r in table("organizations") if r["org_id"] == "bosal"}
    assert countries == {("s104", "BE"), ("s105", "NL")}


def test_founding_years_that_pages_disagree_on() -> None:
    years = {
        (row["source_id"], row["founded"])
        for row in table("organizations")
        if row["org_id"] == "carolus-trees"
    }
    assert years == {("s057", "1980"), ("s059", "1978")}
