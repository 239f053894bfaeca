"""Every row of the facts as they were collected is represented in the project's own tables.

The facts were noted freely: a row may have been split (a figure in a note, a founding year of
another page), and words have been mended. These tests would fail if a row were dropped, given
to another source, or changed in what it states.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.data.tables import FACTS, Row, read, table

KIND = {"foreign_partner": "foreign-partner"}
GOVERNMENTS = frozenset({"guangdong", "province-limburg"})
AREA = {"Limburg (BE)": "limburg", "Flanders (BE)": "flanders", "Belgium (BE)": "belgium"}

NO_ACTIVITY = frozenset({"kaasbrik", "ilumen", "euro-serre", "yontec", "uhasselt"})
"""What the facts have there says no word of what they do: an award, which `awards` holds."""

ELSEWHERE = {"globachem-uk": "globachem", "tessenderlo-group": "pb-pingyang", "blomesche": "vandersanden"}
"""Notes of one organization whose other page speaks of another one."""

Check = Callable[[Row], bool]


@pytest.fixture(scope="module")
def facts(shared: Path) -> Path:
    return shared / "facts"


def rows(facts: Path, name: str) -> list[Row]:
    found = read(facts / f"{name}.csv")
    assert found
    return found


def lost(facts: Path, name: str, is_there: Check) -> list[Row]:
    return [row for row in rows(facts, name) if not is_there(row)]


def same(ours: Row, theirs: Row, **columns: str) -> bool:
    """Whether all the named columns (ours=theirs) are equal."""
    return all(ours[mine] == theirs[other] for mine, other in columns.items())


def refines(mine: str, other: str) -> bool:
    """The same date, or one that says more: 2018-01 for 2018."""
    return mine == other or mine.startswith(f"{other}-") or not other


def of(name: str, org_id: str) -> list[Row]:
    column = "subject" if name == "figures" else "org_id"
    return [row for row in table(name) if row[column] == org_id]


def test_organizations(facts: Path) -> None:
    def is_there(fact: Row) -> bool:
        kind = "government" if fact["org_id"] in GOVERNMENTS else KIND.get(fact["kind"], fact["kind"])
        return any(
            same(row, fact, org_id="org_id", source_id="source_id")
            and row["kind"] == kind
            and row["name"] in fact["name"]
            for row in table("organizations")
        )

    assert lost(facts, "organizations", is_there) == []


@pytest.mark.parametrize(
    "column", ["country", "founded", "website", "legal_form", "municipality", "postcode"]
)
def test_what_an_organization_is_and_where(facts: Path, column: str) -> None:
    """In its own row, in one of another page that the note names, or as a site."""

    def is_there(fact: Row) -> bool:
        places = [*of("organizations", fact["org_id"]), *of("sites", fact["org_id"])]
        return not fact[column] or any(fact[column] == row.get(column) for row in places)

    assert lost(facts, "organizations", is_there) == []


def test_activities_and_sectors(facts: Path) -> None:
    def is_there(fact: Row) -> bool:
        (row,) = (r for r in of("organizations", fact["org_id"]) if r["source_id"] == fact["source_id"])
        told = row["activity_en"]
        sectors = ";".join(part.strip() for part in fact["sector_hint"].split(";") if part.strip())
        begins = fact["activity_en"].startswith(told)
        return begins and row["sector"] == sectors and bool(told) != (fact["org_id"] in NO_ACTIVITY)

    assert lost(facts, "organizations", is_there) == []


def test_employees_are_figures(facts: Path) -> None:
    def is_there(fact: Row) -> bool:
        if not fact["employees"]:
            return True
        measure = "jobs-planned" if fact["org_id"] == "cpmc-genk" else "employees"
        return any(
            same(row, fact, value="employees", period="employees_year", source_id="source_id")
            and row["measure"] == measure
            for row in of("figures", fact["org_id"])
        )

    assert lost(facts, "organizations", is_there) == []


def test_sources_named_in_notes_have_a_row_on_that_organization(facts: Path) -> None:
    """`Export gives 73% of turnover (s003)` is a row of s003, not a note of another page."""
    columns = {"organizations": ("org_id",), "markets": ("org_id",), "relations": ("from_org", "to_org")}
    for name, parties in columns.items():
        for fact in rows(facts, name):
            others = set(re.findall(r"\bs\d{3}\b", fact["note"])) - {fact["source_id"]}
            organizations = {fact[party] for party in parties}
            organizations |= {ELSEWHERE.get(one, one) for one in organizations}
            assert sources_of(organizations) >= others, fact


def sources_of(organizations: set[str]) -> set[str]:
    columns = ("org_id", "subject", "from_org", "to_org")
    return {
        row["source_id"]
        for name in FACTS
        for row in table(name)
        if organizations & {row.get(column, "") for column in columns}
    }


def test_markets(facts: Path) -> None:
    def is_there(fact: Row) -> bool:
        return any(
            same(
                row,
                fact,
                org_id="org_id",
                market="country",
                status="status",
                product="product_en",
                since="since",
                until="until",
                source_id="source_id",
                share_percent="share_percent",
            )
            and refines(row["as_of"], fact["as_of"])
            and (row["value"] == fact["value_eur"] or not fact["value_eur"])
            for row in table("markets")
        )

    assert lost(facts, "markets", is_there) == []


def test_no_company_has_a_market_that_the_facts_do_not_give_it(facts: Path) -> None:
    known = {(fact["org_id"], fact["country"], fact["status"]) for fact in rows(facts, "markets")}
    assert {(row["org_id"], row["market"], row["status"]) for row in table("markets")} == known


def test_relations(facts: Path) -> None:
    def is_there(fact: Row) -> bool:
        same_parties = [
            row
            for row in table("relations")
            if same(row, fact, from_org="from_org", relation="relation", to_org="to_org", country="country")
        ]
        stated = any(row["source_id"] == fact["source_id"] for row in same_parties)
        begins = any(refines(row["since"], fact["since"]) for row in same_parties)
        ends = any(refines(row["until"], fact["until"]) for row in same_parties)
        return stated and begins and ends

    assert lost(facts, "relations", is_there) == []


@pytest.mark.parametrize(
    ("parties", "share"),
    [
        ("bcf financed_by lrm", "5"),
        ("pb-pingyang subsidiary_of tessenderlo-group", "80"),
        ("pb-heilongjiang subsidiary_of tessenderlo-group", "86"),
        ("sabca subsidiary_of dassault", "96.85"),
        ("sabca financed_by fokker", "43.57"),
        ("psa-etransmissions financed_by punch-powertrain", "40"),
        ("vcst financed_by gimv", "53"),
        ("vcst financed_by gimv", "80"),
    ],
)
def test_shares_of_the_notes_stand_in_their_column(facts: Path, parties: str, share: str) -> None:
    texts = " ".join(
        " ".join(row.values()) for name in ("organizations", "relations") for row in rows(facts, name)
    )
    assert re.search(rf"\b{re.escape(share)}( to 80)?%", texts)
    from_org, relation, to_org = parties.split()
    assert any(
        (row["from_org"], row["relation"], row["to_org"], row["share_percent"])
        == (from_org, relation, to_org, share)
        for row in table("relations")
    )


def test_people(facts: Path) -> None:
    def is_there(fact: Row) -> bool:
        role = re.sub(r" \((gedelegeerd|afgevaardigd|name) .*\)", "", fact["role"])
        return any(
            same(row, fact, name="name", org_id="org_id", as_of="as_of", source_id="source_id")
            and row["role_en"] == role
            for row in table("people")
        )

    assert lost(facts, "people", is_there) == []


def test_titles_that_a_page_gives_in_dutch_are_kept(facts: Path) -> None:
    for fact in rows(facts, "people"):
        title = re.search(r"\((\w+ bestuurder)\)", fact["role"])
        if title:
            kept = {row["role_nl"] for row in table("people") if row["name"] == fact["name"]}
            assert title[1] in kept


def test_awards(facts: Path) -> None:
    def is_there(fact: Row) -> bool:
        to_whom = fact["category"].startswith("to ")
        return any(
            same(row, fact, org_id="org_id", year="year", result="result", source_id="source_id")
            and fact["award"].startswith(row["award"])
            and (
                row["category"] == fact["category"] or (to_whom and row["note"] == f"T{fact['category'][1:]}")
            )
            for row in table("awards")
        )

    assert lost(facts, "awards", is_there) == []


def test_missions_and_participants(facts: Path) -> None:
    def is_there(fact: Row) -> bool:
        return any(
            same(
                row, fact, mission_id="mission_id", name_en="name", markets="countries", source_id="source_id"
            )
            and refines(row["start_date"], fact["start_date"])
            and fact["organizer"] in row["organizer"]
            for row in table("missions")
        )

    def participates(fact: Row) -> bool:
        return any(
            same(row, fact, mission_id="mission_id", org_id="org_id", source_id="source_id")
            for row in table("mission_participants")
        )

    assert lost(facts, "missions", is_there) == []
    assert lost(facts, "mission_participants", participates) == []


def test_statistics(facts: Path) -> None:
    def is_there(fact: Row) -> bool:
        return any(
            same(
                row,
                fact,
                indicator="indicator",
                period="period",
                market="partner_country",
                value="value",
                unit="unit",
                change_percent="change_percent",
                source_id="source_id",
            )
            and row["area"] == AREA[fact["area"]]
            for row in table("statistics")
        )

    assert lost(facts, "statistics", is_there) == []


@pytest.mark.parametrize("name", ["programmes", "needs", "sources"])
def test_rows_that_came_over_as_they_were(facts: Path, name: str) -> None:
    ours = table(name)
    assert lost(facts, name, lambda fact: any(fact.items() <= row.items() for row in ours)) == []


def test_numbers_of_the_notes_are_not_lost(facts: Path) -> None:
    """Every amount of money and every count of countries in a note is a figure, or still a note."""
    pattern = re.compile(r"(\d[\d.,]*)(?: (million|billion))?(?: (?:euro|dollar|countries))")
    scale = {"": 1, "million": 10**6, "billion": 10**9}
    ours = {row["value"] for name in ("figures", "markets") for row in table(name)}
    notes = " ".join(row.get("note", "") for name in FACTS for row in table(name))
    for name in ("organizations", "markets", "relations"):
        for fact in rows(facts, name):
            for number, unit in pattern.findall(fact["note"]):
                value = str(round(float(number.replace(",", "")) * scale[unit]))
                assert value in ours or f"{number} {unit}" in notes, (fact["org_id"], number, unit)


@pytest.fixture(scope="module")
def texts(facts: Path) -> str:
    """Everything that the facts say, in one string."""
    return " ".join(" ".join(row.values()) for name in FACTS for row in known_rows(facts, name))


def known_rows(facts: Path, name: str) -> list[Row]:
    file = facts / f"{name}.csv"
    return read(file) if file.exists() else []


def test_no_name_is_invented(texts: str) -> None:
    for row in table("names"):
        assert row["name"] in texts, row


def test_no_place_is_invented(texts: str) -> None:
    for row in [*table("organizations"), *table("sites")]:
        assert row["municipality"] in texts, row
        assert row["postcode"] in texts, row


def test_no_number_is_invented(texts: str) -> None:
    """Each figure stands in the facts: in full, in millions, or in words."""
    words = {"5": "Five", "6": "six", "20": "twenty", "40": "Forty", "50": "fifty", "100": "a hundred"}
    plain = texts.replace(",", "")
    for row in table("figures"):
        for value in (row["value"], row["min"], row["max"]):
            if value:
                million = f"{int(value) / 10**6:g}"
                billion = f"{int(value) / 10**9:g} billion"
                assert any(text in plain for text in (value, million, billion, words.get(value, value))), row


def test_other_names_of_the_notes_are_names(facts: Path) -> None:
    """`Earlier Race Productions`, `also named Yinyi/Sensteed Hi-Tech`, … became rows of `names`."""
    names = {(row["org_id"], row["name"]) for row in table("names")}
    pattern = re.compile(
        r"(?:[Ee]arlier|also named|under the name|renamed|former) ((?:[A-Z][\w./-]*(?: |$|;|\)))+)"
    )
    found = 0
    for fact in rows(facts, "organizations"):
        text = f"{fact['name']}; {fact['activity_en']}; {fact['note']}"
        for name in pattern.findall(text):
            plain = name.strip(" ;)")
            kept = {one for org, one in names if org == fact["org_id"]}
            notes = {row["note"] for row in of("organizations", fact["org_id"])}
            activities = {row["activity_en"] for row in of("organizations", fact["org_id"])}
            assert plain in kept or any(plain in text for text in notes | activities), (fact["org_id"], plain)
            found += plain in kept
    assert found >= 6
