"""What a row refers to, and by what it is told from others."""

from __future__ import annotations

import pytest

from graph.model.namespaces import COUNTRY
from graph.sources import records as r
from graph.sources.keys import DUPLICATE_KEYS, ID_COLUMNS, references
from graph.sources.tables import BY_NAME, TABLES

ROWS: list[tuple[r.Record, list[tuple[str, tuple[str, ...], str]]]] = [
    (r.Source(source_id="s1", publisher="P", title="T"), []),
    (
        r.Organization(source_id="s1", org_id="a", name="A", kind="company"),
        [("source_id", ("sources",), "s1")],
    ),
    (
        r.Market(source_id="s1", org_id="a", market=COUNTRY.CHN, status="active"),
        [("source_id", ("sources",), "s1"), ("org_id", ("organizations",), "a")],
    ),
    (
        r.Relation(source_id="s1", from_org="a", relation="partner_of", to_org="b"),
        [
            ("source_id", ("sources",), "s1"),
            ("from_org", ("organizations",), "a"),
            ("to_org", ("organizations",), "b"),
        ],
    ),
    (
        r.Award(source_id="s1", org_id="a", award="X", result="winner", awarder="b"),
        [
            ("source_id", ("sources",), "s1"),
            ("org_id", ("organizations",), "a"),
            ("awarder", ("organizations",), "b"),
        ],
    ),
    (
        r.Award(source_id="s1", org_id="a", award="X", result="winner"),
        [("source_id", ("sources",), "s1"), ("org_id", ("organizations",), "a")],
    ),
    (
        r.Figure(source_id="s1", subject="a", measure="m", unit="number"),
        [("source_id", ("sources",), "s1"), ("subject", ("organizations", "missions"), "a")],
    ),
    (
        r.Mission(source_id="s1", mission_id="m", mission_type="fair", markets=(), organizer=("a", "b")),
        [
            ("source_id", ("sources",), "s1"),
            ("organizer", ("organizations",), "a"),
            ("organizer", ("organizations",), "b"),
        ],
    ),
    (
        r.Participant(source_id="s1", mission_id="m", org_id="a"),
        [
            ("source_id", ("sources",), "s1"),
            ("org_id", ("organizations",), "a"),
            ("mission_id", ("missions",), "m"),
        ],
    ),
    (r.Statistic(source_id="s1", area="limburg", indicator="x"), [("source_id", ("sources",), "s1")]),
]


@pytest.mark.parametrize(("record", "expected"), ROWS, ids=lambda value: type(value).__name__)
def test_references(record: r.Record, expected: list[tuple[str, tuple[str, ...], str]]) -> None:
    found = [(reference.column, reference.tables, reference.key) for reference in references(record)]
    assert found == expected


def test_every_record_has_a_key() -> None:
    assert set(DUPLICATE_KEYS) == {table.record for table in TABLES}


def test_every_column_that_is_a_key_is_followed() -> None:
    """Except those by which a row names itself, or a person."""
    own = {"programme_id", "need_id", "person_id"}
    for table in TABLES:
        followed = {reference.column for record, _ in ROWS for reference in references(record)}
        keys = {column.name for column in table.columns if column.kind == "key"}
        assert keys - own - {ID_COLUMNS.get(table.name, "")} <= followed


def test_tables_that_others_refer_to_have_their_key() -> None:
    for table, column in ID_COLUMNS.items():
        assert BY_NAME[table].by_name[column].required


def test_names_of_people_and_products_differ_by_more_than_capitals() -> None:
    key = DUPLICATE_KEYS[r.Person]
    one = r.Person(source_id="s1", name="An Peeters", org_id="a", role_en="CEO")
    same = r.Person(source_id="s1", name="AN PEETERS", org_id="a", role_en="CEO")
    assert key(one) == key(same)
    product = DUPLICATE_KEYS[r.Market]
    beer, other = (
        r.Market(source_id="s1", org_id="a", market=COUNTRY.CHN, status="active", product=name)
        for name in ("Beer", "beer!")
    )
    assert product(beer) == product(other)
