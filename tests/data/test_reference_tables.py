"""The reference tables: complete, in three languages, and equal to where they come from."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pycountry
import pytest
from babel import Locale

from graph.sources.refresh import COLUMNS
from tests.data.tables import REFERENCE, read, table

LANGUAGES = ("nl", "en", "fr")
GROUPS = frozenset(
    ["ASEAN", "EU", "EEA", "EFTA", "BENELUX", "GCC", "MIDDLE_EAST", "G7", "BRICS", "NORDIC_COUNTRIES"]
)
"""Regions that M49 does not have."""

SECOND_GROUPING = frozenset({"NORTH_AMERICA"})
"""M49 has it beside its tree of continents and sub-regions."""


@cache
def countries() -> dict[str, dict[str, str]]:
    return {row["iso2"]: row for row in table("countries")}


@cache
def members() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("region_members"):
        found[row["region"]].add(row["member"])
    return found


def inside(region: str) -> set[str]:
    """The countries of a region, however deep."""
    below = (inside(one) if one in members() else {one} for one in members()[region])
    return set().union(*below)


def test_names_of_countries_are_the_librarys() -> None:
    for language in LANGUAGES:
        names = Locale(language).territories
        assert {iso2: row[language] for iso2, row in countries().items()} == {
            iso2: names[iso2] for iso2 in countries()
        }


def test_codes_of_countries_are_those_of_iso_3166() -> None:
    official = {c.alpha_2: (c.alpha_3, c.numeric) for c in pycountry.countries}
    ours = {iso2: (row["iso3"], row["m49"]) for iso2, row in countries().items() if iso2 != "XK"}
    assert ours == official


def test_authority_codes_are_iso_3_save_for_kosovo() -> None:
    different = {i: row["eu_code"] for i, row in countries().items() if row["eu_code"] != row["iso3"]}
    assert different == {"XK": "1A0"}


def test_authority_codes_exist_at_the_eu(shared: Path) -> None:
    text = (shared / "samples/belgif-vocab/territory.nt").read_text(encoding="utf-8")
    official = set(re.findall(r"authority/country/(\w+)>", text))
    assert official
    assert official - {row["eu_code"] for row in countries().values()} == set()


def test_m49_is_as_the_united_nations_have_it(shared: Path) -> None:
    """Each country directly in the smallest region, those in the next, up to the world."""
    code = {row["m49"]: row["code"] for row in table("regions") if row["m49"]}
    known = {(row["region"], row["member"]) for row in table("region_members")}
    with (shared / "samples/countries/country-codes.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        columns = ("Region Code", "Sub-region Code", "Intermediate Region Code")
        chain = ["001", *(row[column].zfill(3) for column in columns if row[column])]
        steps = [*(code[number] for number in chain), row["ISO3166-1-Alpha-2"]]
        assert set(pairwise(steps)) <= known, row["CLDR display name"]


def test_every_country_belongs_to_one_sub_region_of_m49() -> None:
    leaves = set(members()) - GROUPS - SECOND_GROUPING - {"WORLD"}
    counts = Counter(member for region in leaves for member in members()[region] if member in countries())
    assert set(counts.values()) == {1}
    assert set(countries()) - set(counts) == {"AQ"}
    assert "AQ" in members()["WORLD"]


def test_regions_have_members_and_members_exist() -> None:
    codes = {row["code"] for row in table("regions")}
    assert set(members()) == codes
    assert set().union(*members().values()) <= codes | set(countries())
    assert codes & set(countries()) == set()


def test_no_region_is_inside_itself() -> None:
    def climb(region: str, seen: tuple[str, ...]) -> None:
        assert region not in seen, (*seen, region)
        for member in members().get(region, ()):
            climb(member, (*seen, region))

    climb("WORLD", ())


def test_the_world_holds_everything() -> None:
    assert inside("WORLD") == set(countries())


@pytest.mark.parametrize(
    ("region", "count"),
    [
        ("ASEAN", 11),
        ("EU", 27),
        ("EEA", 30),
        ("EFTA", 4),
        ("BENELUX", 3),
        ("GCC", 6),
        ("G7", 7),
        ("BRICS", 10),
        ("NORDIC_COUNTRIES", 8),
    ],
)
def test_number_of_countries_in_a_group(region: str, count: int) -> None:
    assert len(inside(region)) == count


def test_groups_say_who_they_are() -> None:
    assert inside("BENELUX") == {"BE", "NL", "LU"}
    assert inside("ASEAN") == inside("SOUTHEAST_ASIA")
    assert "TL" in inside("ASEAN")
    assert inside("EEA") - inside("EU") == {"IS", "LI", "NO"}
    assert inside("EFTA") - inside("EEA") == {"CH"}
    assert "GB" not in inside("EU")
    assert {"TR", "CY"} & inside("MIDDLE_EAST") == set()
    assert inside("GCC") | {"EG", "IR", "IL"} <= inside("MIDDLE_EAST")
    assert inside("NORTH_AMERICA") == (
        inside("NORTHERN_AMERICA") | inside("CENTRAL_AMERICA") | inside("CARIBBEAN")
    )


def test_regions_say_what_they_rest_on() -> None:
    rows = table("regions")
    assert {row["code"] for row in rows if not row["m49"]} == GROUPS
    assert all(row["note"] for row in rows if row["code"] in GROUPS)
    assert {row["origin"] for row in rows if row["m49"]} == {"UN M49"}


def test_every_region_word_of_the_facts_is_a_region() -> None:
    words = {row["market"] for name in ("markets", "statistics") for row in table(name)} - {""}
    assert {word for word in words if len(word) > 2} <= {row["code"] for row in table("regions")}


@pytest.mark.parametrize("name", ["countries", "regions", "areas", "municipalities", "nace", "terms"])
def test_names_are_there_in_three_languages(name: str) -> None:
    for row in table(name):
        assert all(row[language] for language in LANGUAGES), row


def test_belgium_has_565_municipalities_and_limburg_38() -> None:
    rows = table("municipalities")
    areas = {row["nis"] for row in table("areas")}
    assert len(rows) == 565
    assert len([row for row in rows if row["province_nis"] == "70000"]) == 38
    assert {row["province_nis"] for row in rows} < areas
    assert all(re.fullmatch(r"\d{5}", row["nis"]) for row in rows)


def test_areas_are_provinces_regions_and_the_country() -> None:
    rows = {row["nis"]: row for row in table("areas")}
    assert Counter(row["level"] for row in rows.values()) == {"province": 10, "region": 3, "country": 1}
    assert (rows["70000"]["key"], rows["70000"]["parent"]) == ("limburg", "02000")
    assert (rows["02000"]["key"], rows["02000"]["parent"]) == ("flanders", "01000")
    assert {row["parent"] for row in rows.values()} - set(rows) == {""}


def test_municipalities_are_those_of_statbel(shared: Path) -> None:
    entries = json.loads((shared / "samples/geo/be-municipalities.json").read_text(encoding="utf-8"))
    official = {entry["id"]: (entry["name"]["nl"], entry["province"] or entry["region"]) for entry in entries}
    assert {r["nis"]: (r["nl"], r["province_nis"]) for r in table("municipalities")} == official


def test_postcodes_are_limburgs_and_all_of_them(shared: Path) -> None:
    entries = json.loads((shared / "samples/geo/be-postal-codes.json").read_text(encoding="utf-8"))
    limburg = {row["nis"] for row in table("municipalities") if row["province_nis"] == "70000"}
    official = {(e["postalCode"], e["municipality"]) for e in entries if e["municipality"] in limburg}
    assert {(row["postcode"], row["nis"]) for row in table("postcodes")} == official
    assert {row["nis"] for row in table("postcodes")} == limburg


def test_names_of_parts_are_no_names_of_whole_municipalities() -> None:
    whole = {row["nl"]: row["nis"] for row in table("municipalities")}
    parts = {row["name"]: row["nis"] for row in table("municipality_names")}
    assert set(whole) & set(parts) == set()
    assert set(parts.values()) <= set(whole.values())
    assert parts["Kuringen"] == whole["Hasselt"]
    assert parts["Paal"] == whole["Beringen"]
    assert parts["Borgloon"] == whole["Tongeren-Borgloon"]
    for row in table("postcodes"):
        assert row["nis"] in {parts.get(row["name"]), whole.get(row["name"])}, row


def test_nace_is_eurostats(shared: Path) -> None:
    with (shared / "samples/nace21/NACE_Rev2.1_Heading_All_Languages.tsv").open(
        encoding="utf-8-sig", newline=""
    ) as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if len(row["NACE_CODE"].strip()) < 3]
    official = {row["NACE_CODE"].strip(): row["NL_DESC"].strip().casefold() for row in rows}
    assert {row["code"]: row["nl"].casefold() for row in table("nace")} == official


def test_nace_divisions_lie_in_sections() -> None:
    rows = table("nace")
    assert Counter(row["level"] for row in rows) == {"section": 22, "division": 87}
    sections = {row["code"] for row in rows if row["level"] == "section"}
    assert sections == set("ABCDEFGHIJKLMNOPQRSTUV")
    assert {row["parent"] for row in rows if row["level"] == "division"} == sections


def test_hs_has_sections_and_chapters_with_the_titles_that_the_source_gives() -> None:
    rows = table("hs")
    chapters = [row["code"] for row in rows if row["level"] == "chapter"]
    assert chapters == [f"{number:02d}" for number in range(1, 98) if number != 77]
    sections = [row["code"] for row in rows if row["level"] == "section"]
    assert (len(sections), sections[0], sections[-1]) == (21, "I", "XXI")
    assert {row["parent"] for row in rows if row["level"] == "chapter"} == set(sections)
    assert all(row["en"] for row in rows)
    assert {row["nl"] + row["fr"] for row in rows} == {""}


def test_every_table_has_an_origin_and_a_licence() -> None:
    rows = table("origins")
    assert {row["table"] for row in rows} == set(REFERENCE) - {"origins"}
    assert all(row["origin"] and row["licence"] for row in rows)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row["retrieved"]) for row in rows)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_refreshed_tables_have_the_columns_that_refresh_writes(name: str) -> None:
    assert tuple(table(name)[0]) == COLUMNS[name]


def test_reading_a_table_that_is_not_there_fails(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.csv")
