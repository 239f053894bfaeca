"""The tables fit together: keys, references, dates, numbers, words of the code lists."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from graph import resources
from graph.model.dates import PartialDate
from graph.model.identifiers import enterprise_number
from graph.model.statuses import RANK
from graph.model.terms import Literal, parse_turtle
from graph.sources.reference import Reference
from tests.data.tables import FACTS, REFERENCE, Row, path, split, table

KEYS = {
    "organizations": ("org_id", "source_id"),
    "names": ("org_id", "name", "name_type", "source_id"),
    "sites": ("org_id", "function", "country", "municipality", "since", "source_id"),
    "figures": ("subject", "measure", "period", "source_id"),
    "markets": (
        "org_id",
        "market",
        "product",
        "status",
        "since",
        "until",
        "as_of",
        "source_id",
        "share_of",
    ),
    "relations": ("from_org", "relation", "to_org", "since", "source_id"),
    "people": ("org_id", "name", "role_en", "as_of", "source_id"),
    "awards": ("award", "year", "org_id", "category", "source_id"),
    "missions": ("mission_id", "source_id"),
    "mission_participants": ("mission_id", "org_id", "source_id"),
    "statistics": ("area", "indicator", "period", "market", "source_id"),
    "programmes": ("programme_id", "source_id"),
    "needs": ("need_id", "source_id"),
    "sources": ("source_id",),
    "countries": ("iso2",),
    "regions": ("code",),
    "region_members": ("region", "member"),
    "market_names": ("market", "name"),
    "areas": ("nis",),
    "municipalities": ("nis",),
    "municipality_names": ("name", "nis"),
    "postcodes": ("postcode", "nis"),
    "nace": ("code",),
    "terms": ("scheme", "key"),
    "origins": ("table",),
}
"""What makes a row of a table its own, and by what it is sorted (HS keeps its own order)."""

LIST_OF_COLUMN = {
    ("organizations", "kind"): "organization-kind",
    ("names", "name_type"): "name-type",
    ("sites", "function"): "site-function",
    ("figures", "measure"): "measure",
    ("figures", "precision"): "precision",
    ("markets", "status"): "engagement-status",
    ("relations", "exclusivity"): "exclusivity",
    ("relations", "basis"): "relation-basis",
    ("awards", "result"): "award-result",
    ("missions", "mission_type"): "mission-type",
    ("mission_participants", "state"): "participation-state",
    ("statistics", "precision"): "precision",
}
"""Columns whose words are those of a code list."""

REQUIRED = {
    "organizations": ("org_id", "name", "kind"),
    "names": ("org_id", "name", "name_type"),
    "sites": ("org_id", "function"),
    "figures": ("subject", "measure", "unit"),
    "markets": ("org_id", "market", "status"),
    "relations": ("from_org", "relation", "to_org"),
    "people": ("name", "org_id", "role_nl", "role_en", "role_fr"),
    "awards": ("org_id", "award", "result"),
    "missions": ("mission_id", "name_nl", "name_en", "name_fr", "mission_type", "markets"),
    "mission_participants": ("mission_id", "org_id"),
    "statistics": ("area", "indicator"),
    "programmes": ("programme_id", "name", "org_id", "aim_nl", "aim_en", "aim_fr"),
    "needs": ("need_id", "org_id", "need_nl", "need_en", "need_fr"),
    "sources": ("url", "publisher", "title", "language", "access"),
}
DATES = ("since", "until", "as_of", "start_date", "end_date", "founded", "date")
NUMBERS = ("value", "min", "max", "share_percent", "share_min", "share_max", "change_percent")
RELATIONS = frozenset(
    [
        "subsidiary_of",
        "parent_of",
        "branch_of",
        "acquired_by",
        "financed_by",
        "joint_venture_with",
        "distributor_of",
        "customer_of",
        "supplier_of",
        "partner_of",
        "member_of",
    ]
)
OWNERSHIP = frozenset({"subsidiary_of", "parent_of", "acquired_by", "financed_by"})


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference.load(resources.data())


def key(name: str, row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in KEYS[name])


def organizations() -> set[str]:
    return {row["org_id"] for row in table("organizations")}


def test_every_table_in_the_folders_is_one_that_is_checked() -> None:
    assert {file.stem for file in resources.data().glob("*.csv")} == set(FACTS)
    assert {file.stem for file in (resources.data() / "reference").glob("*.csv")} == set(REFERENCE)


@pytest.mark.parametrize("name", FACTS + REFERENCE)
def test_files_are_utf8_with_line_feeds_and_a_last_one(name: str) -> None:
    raw = path(name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    raw.decode("utf-8")


@pytest.mark.parametrize("name", FACTS + REFERENCE)
def test_cells_have_no_blanks_around_them_and_start_no_formula(name: str) -> None:
    for row in table(name):
        for column, cell in row.items():
            assert cell == cell.strip(), (column, cell)
            assert not cell.startswith(("=", "+", "@")), (column, cell)
            assert "  " not in cell, (column, cell)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_no_key_twice(name: str) -> None:
    counts = Counter(key(name, row) for row in table(name))
    assert [k for k, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", sorted(KEYS))
def test_rows_are_sorted_by_key(name: str) -> None:
    keys = [key(name, row) for row in table(name)]
    early = [after for before, after in pairwise(keys) if after < before]
    assert early == [], f"{name}.csv: these rows stand below one that sorts after them"


@pytest.mark.parametrize("name", [name for name in FACTS if name != "sources"])
def test_every_row_has_a_source_that_exists(name: str) -> None:
    known = {row["source_id"] for row in table("sources")}
    assert [row for row in table(name) if row["source_id"] not in known] == []


def test_every_source_is_used() -> None:
    used = {row["source_id"] for name in FACTS if name != "sources" for row in table(name)}
    assert {row["source_id"] for row in table("sources")} - used == set()


def test_no_note_speaks_of_another_source() -> None:
    """What another page says is a row of that page."""
    for name in FACTS:
        for row in table(name):
            texts = [row.get(column, "") for column in ("note", "activity_en", "aim_en")]
            assert not re.search(r"\bs\d{3}\b", " ".join(texts)), (name, row)


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_what_a_row_needs_is_there(name: str) -> None:
    for row in table(name):
        assert all(row[column] for column in REQUIRED[name]), row


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("names", ["org_id"]),
        ("sites", ["org_id"]),
        ("markets", ["org_id"]),
        ("relations", ["from_org", "to_org"]),
        ("people", ["org_id"]),
        ("awards", ["org_id", "awarder"]),
        ("missions", ["organizer"]),
        ("mission_participants", ["org_id"]),
        ("programmes", ["org_id"]),
        ("needs", ["org_id"]),
    ],
)
def test_every_organization_that_is_named_is_described(name: str, columns: list[str]) -> None:
    known = organizations()
    named = {one for row in table(name) for column in columns for one in split(row[column])}
    assert named - known == set()


def test_figures_and_participants_point_at_what_exists() -> None:
    missions = {row["mission_id"] for row in table("missions")}
    assert {row["subject"] for row in table("figures")} - organizations() - missions == set()
    assert {row["mission_id"] for row in table("mission_participants")} <= missions


@pytest.mark.parametrize("column", sorted(LIST_OF_COLUMN))
def test_words_are_those_of_the_code_lists(column: tuple[str, str]) -> None:
    name, field = column
    file = resources.ontologies() / "codelists" / f"{LIST_OF_COLUMN[column]}.ttl"
    notations = {
        t.object.value
        for t in parse_turtle(file.read_bytes())
        if t.predicate.value.endswith("#notation") and isinstance(t.object, Literal)
    }
    used = {row[field] for row in table(name)} - {""}
    assert used - notations == set()


def test_statuses_and_relations_are_those_of_the_model() -> None:
    assert {row["status"] for row in table("markets")} == set(RANK)
    assert {row["relation"] for row in table("relations")} <= RELATIONS


@pytest.mark.parametrize("name", FACTS)
def test_dates_are_dates_and_end_after_they_start(name: str) -> None:
    for row in table(name):
        dates = {column: PartialDate.parse(row[column]) for column in DATES if row.get(column)}
        for start, end in (("since", "until"), ("start_date", "end_date")):
            if start in dates and end in dates:
                assert dates[start].first <= dates[end].last, row


@pytest.mark.parametrize("name", FACTS)
def test_numbers_are_numbers_and_shares_are_shares(name: str) -> None:
    for row in table(name):
        for column in NUMBERS:
            if row.get(column):
                number = Decimal(row[column])
                assert not column.startswith("share") or 0 <= number <= 100, row


def test_a_figure_has_a_value_or_a_range() -> None:
    for row in table("figures"):
        assert bool(row["value"]) != bool(row["min"] or row["max"]), row
        if row["min"] and row["max"]:
            assert Decimal(row["min"]) < Decimal(row["max"]), row


def test_a_statistic_has_a_value_with_its_unit_or_a_change() -> None:
    for row in table("statistics"):
        assert row["value"] or row["change_percent"], row
        assert bool(row["value"]) == bool(row["unit"]), row
        assert row["area"] in {"limburg", "flanders", "belgium"}
        assert re.fullmatch(r"(\d{4}(-\d{2}|-H[12])?)?", row["period"]), row


def test_shares_stand_on_ownerships_only() -> None:
    for row in table("relations"):
        if row["share_percent"] or row["share_min"] or row["share_max"]:
            assert row["relation"] in OWNERSHIP, row


def test_a_share_of_a_market_says_of_what() -> None:
    for row in table("markets"):
        assert bool(row["share_percent"]) == bool(row["share_of"]), row
        assert bool(row["value"]) == bool(row["currency"]), row
        assert row["share_of"] in {"", "turnover", "exports", "sales"}


def test_enterprise_numbers_hold() -> None:
    numbers = {
        row["org_id"]: enterprise_number(row["enterprise_number"])
        for row in table("organizations")
        if row["enterprise_number"]
    }
    assert numbers == {"europower": "0429593895", "hammer-ims": "0648896643"}


def test_markets_are_known(reference: Reference) -> None:
    cells = [row["market"] for row in table("markets")]
    cells += [row["market"] for row in table("statistics") if row["market"]]
    cells += [row["country"] for row in table("relations") if row["country"]]
    cells += [one for row in table("missions") for one in split(row["markets"])]
    for cell in cells:
        assert reference.market(cell).code == cell


@pytest.mark.parametrize("name", ["organizations", "sites"])
def test_places_are_countries_and_municipalities_of_today(name: str, reference: Reference) -> None:
    for row in table(name):
        if row["country"]:
            assert reference.market(row["country"]).is_country
        if row["country"] == "BE" and row["municipality"]:
            town = reference.find_municipality(row["municipality"], row["postcode"])
            assert row["municipality"] in town.labels.values()
        if row["postcode"]:
            assert row["country"] == "BE"


def test_limburg_places_have_limburg_postcodes(reference: Reference) -> None:
    for row in [*table("organizations"), *table("sites")]:
        if row["postcode"]:
            assert row["postcode"] in reference.find_municipality(row["municipality"]).postcodes, row


def test_no_place_is_invented_for_those_without_one() -> None:
    """The pages do not say where these are."""
    unplaced = [
        "doxis",
        "arkite",
        "kaasbrik",
        "lase",
        "gutami",
        "yontec",
        "tessenderlo-group",
        "limelco",
        "greenyard",
        "goodfarmer",
    ]
    for row in table("organizations"):
        if row["org_id"] in {*unplaced, "belorta", "bosal", "psa-etransmissions"}:
            assert row["municipality"] == row["postcode"] == "", row
    assert {row["org_id"] for row in table("sites") if row["municipality"]} & set(unplaced) == set()


def test_no_code_is_invented_where_no_source_gives_one() -> None:
    assert {row["nace"] for row in table("organizations")} == {""}
    assert {row["lei"] for row in table("organizations")} == {""}


def test_every_activity_is_in_three_languages() -> None:
    for row in table("organizations"):
        given = [bool(row[f"activity_{language}"]) for language in ("nl", "en", "fr")]
        assert all(given) or not any(given), row


def test_every_word_has_its_labels(reference: Reference) -> None:
    words = {("product", row["product"]) for row in table("markets") if row["product"]}
    words |= {("sector", one) for row in table("organizations") for one in split(row["sector"])}
    words |= {("indicator", row["indicator"]) for row in table("statistics")}
    words |= {("award", row["award"]) for row in table("awards")}
    words |= {("award-category", row["category"]) for row in table("awards") if row["category"]}
    words |= {("role", row["role_en"]) for row in table("people")}
    assert {word for word in words if set(reference.term(*word)) != {"nl", "en", "fr"}} == set()
    assert set(reference.terms) - words == {
        ("identifier-scheme", "be-bce_kbo"),
        ("identifier-scheme", "xi-lei"),
    }
