"""What the mapping knows of all rows, and that mapping alone needs no more than that."""

from __future__ import annotations

from graph.model.dates import PartialDate
from graph.model.namespaces import COUNTRY
from graph.sources import records as r
from graph.sources.mapping import MAPPERS, Context, build_context, map_record
from graph.sources.tables import TABLES
from tests.sources.sheets import BASE, MINTER, reference


def organization(org_id: str, **more: str) -> r.Organization:
    values: dict[str, str] = {"name": "N", "kind": "company", "source_id": "s1", **more}
    return r.Organization(org_id=org_id, **values)  # type: ignore[arg-type]


def test_every_table_has_a_mapping() -> None:
    assert set(MAPPERS) == {table.record for table in TABLES}


def test_where_sources_disagree_on_a_number_the_choice_does_not_depend_on_order() -> None:
    rows = [
        organization("a", enterprise_number="0429593895"),
        organization("a", enterprise_number="0403170701", source_id="s2"),
        organization("a", lei="5493001KJTIIGC8Y1R12", source_id="s3"),
    ]
    for order in (rows, rows[::-1]):
        context = build_context(order, MINTER, reference())
        assert context.org("a").value == f"{BASE}id/organization/be/0403170701"


def test_a_context_of_nothing_names_by_keys() -> None:
    context = Context(MINTER, reference())
    assert context.org("acme").value == f"{BASE}id/organization/x/acme"
    assert context.mission("m").value == f"{BASE}id/mission/m"
    assert context.source("s1").value == f"{BASE}id/source/s1"
    assert context.graph("s1").value == f"{BASE}graph/source/s1"


def test_what_is_collected() -> None:
    rows: list[r.Record] = [
        r.Organization(org_id="a", name="A", kind="company", country=COUNTRY.BEL, source_id="s1"),
        r.Organization(org_id="a", name="A", kind="company", country=COUNTRY.NLD, source_id="s2"),
        r.Relation(from_org="b", relation="branch_of", to_org="a", country=COUNTRY.JPN, source_id="s1"),
        r.Source(source_id="s1", publisher="P", title="T", date=PartialDate(2018)),
        r.Source(source_id="s2", publisher="P", title="T"),
    ]
    context = build_context(rows, MINTER, reference())
    assert context.countries == {"a": {COUNTRY.BEL, COUNTRY.NLD}, "b": {COUNTRY.JPN}}
    assert context.stated == {("a", "s1"): COUNTRY.BEL, ("a", "s2"): COUNTRY.NLD}
    assert context.heads == {"b": {"a"}}
    assert context.dates == {"s1": PartialDate(2018)}


def test_a_mapped_record_knows_its_graph() -> None:
    context = Context(MINTER, reference())
    graph, triples = map_record(organization("a"), context)
    assert graph == MINTER.source_graph("s1")
    assert triples
    graph, _ = map_record(r.Source(source_id="s1", publisher="P", title="T"), context)
    assert graph == MINTER.meta


def test_mapping_is_pure() -> None:
    context = Context(MINTER, reference())
    row = r.Market(org_id="a", market=COUNTRY.CHN, status="active", product="zeppelins", source_id="s1")
    assert map_record(row, context) == map_record(row, context)
