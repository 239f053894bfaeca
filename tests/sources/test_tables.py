"""Sheets and headings: what is recognised, and that nothing is ambiguous."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.sources import records
from graph.sources.codes import CODES
from graph.sources.headings import HEADINGS, LANGUAGES
from graph.sources.tables import BY_NAME, TABLES, Column, Table, find_table, plain
from graph.sources.values import KINDS

CONTRACT = {
    "organizations": "org_id name kind legal_name legal_form enterprise_number lei country municipality postcode"
    " website founded activity_nl activity_en activity_fr sector nace note source_id",
    "names": "org_id name name_type language source_id",
    "sites": "org_id function name country municipality postcode outside_area since until note source_id",
    "figures": "subject measure value min max unit period precision note source_id",
    "markets": "org_id market status product since until as_of share_percent share_of value currency note source_id",
    "relations": "from_org relation to_org country since until as_of share_percent share_min share_max basis"
    " exclusivity note source_id",
    "people": "name person_id org_id role_nl role_en role_fr since until as_of source_id",
    "awards": "org_id award awarder year category result note source_id",
    "missions": "mission_id name_nl name_en name_fr mission_type organizer start_date end_date markets sector"
    " note source_id",
    "mission_participants": "mission_id org_id state note source_id",
    "statistics": "area indicator period market value unit change_percent precision note source_id",
    "programmes": "programme_id name org_id year aim_nl aim_en aim_fr source_id",
    "needs": "need_id org_id need_nl need_en need_fr as_of source_id",
    "sources": "source_id url publisher date language title access",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_those_agreed(name: str) -> None:
    assert [column.name for column in BY_NAME[name].columns] == CONTRACT[name].split()


def test_there_is_no_other_table() -> None:
    assert set(BY_NAME) == set(CONTRACT)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_record_has_a_field_for_every_column(table: Table) -> None:
    fields = {field.name: field for field in dataclasses.fields(table.record)}
    assert set(fields) == {column.name for column in table.columns}
    for column in table.columns:
        needed = fields[column.name].default is dataclasses.MISSING
        assert needed == column.required, column.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_labels_of_a_table_are_unique(table: Table) -> None:
    claims = Counter(
        word
        for column in table.columns
        for word in {plain(column.name), *map(plain, HEADINGS[column.name].labels.values())}
    )
    assert [word for word, count in claims.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_label_is_read_as_its_column(table: Table, language: str) -> None:
    for column in table.columns:
        label = HEADINGS[column.name].labels[language]
        assert table.headings[plain(label)] is column
        assert table.headings[plain(f" {label.upper()} *")] is column


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_kinds_and_code_lists_exist(table: Table) -> None:
    for column in table.columns:
        assert column.kind in KINDS
        assert (column.kind == "code") == bool(column.codes)
        assert not column.codes or column.codes in CODES
    assert set(table.one_of) <= set(table.by_name)


def test_every_heading_is_used_and_explained() -> None:
    assert set(HEADINGS) == {column.name for table in TABLES for column in table.columns}
    for heading in HEADINGS.values():
        assert set(heading.labels) == set(heading.help) == set(LANGUAGES)
        assert all(heading.help.values())


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("markets", "markets"),
        ("Markten", "markets"),
        ("MARCHÉS", "markets"),
        ("marches", "markets"),
        ("Mission Participants", "mission_participants"),
        ("mission-participants", "mission_participants"),
        ("Deelnemers", "mission_participants"),
        ("Programma's", "programmes"),
        ("Programma’s", "programmes"),
        ("Bedrijven", "organizations"),
        ("markets--members-2024", "markets"),
    ],
)
def test_tables_are_found_by_name(name: str, table: str) -> None:
    assert find_table(name) is BY_NAME[table]


@pytest.mark.parametrize("name", ["notes", "", "market", "2024", "--markets"])
def test_other_sheets_are_no_table(name: str) -> None:
    assert find_table(name) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_sheets_fit_into_a_workbook(language: str) -> None:
    names = [table.labels[language] for table in TABLES]
    assert len(set(map(plain, names))) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_heading_that_two_columns_claim_is_neither() -> None:
    """In relations "to" is short for the second organization in English, and "tot" a date: labels win."""
    relations = BY_NAME["relations"].headings
    assert relations["to"].name == "to_org"
    assert relations["from"].name == "from_org"
    assert relations["tot"].name == "until"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_alias_of_two_columns_is_read(table: Table) -> None:
    labels = {plain(word) for c in table.columns for word in (c.name, *HEADINGS[c.name].labels.values())}
    claims = Counter(
        word
        for c in table.columns
        for word in {plain(alias) for many in HEADINGS[c.name].aliases.values() for alias in many}
    )
    for word, count in claims.items():
        assert (word in table.headings) == (count == 1 or word in labels), word


def test_a_word_that_two_columns_claim_is_read_as_neither() -> None:
    table = Table(
        "t",
        records.Need,
        (Column("need_id", also=("thing", "one")), Column("org_id", also=("thing", "two"))),
        {"nl": "T", "en": "T", "fr": "T"},
    )
    assert "thing" not in table.headings
    assert table.headings["one"].name == "need_id"
    assert table.headings["two"].name == "org_id"


def test_a_market_may_stand_under_country() -> None:
    for word in ("Country", "Land", "Pays"):
        assert BY_NAME["markets"].headings[plain(word)].name == "market"
        assert BY_NAME["organizations"].headings[plain(word)].name == "country"


@settings(deadline=None)
@given(st.text())
def test_plain_is_stable(text: str) -> None:
    assert plain(plain(text)) == plain(text)
