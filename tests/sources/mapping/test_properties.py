"""Properties of the mapping on random rows: order makes no difference, and no two rows share a node."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model.dates import PartialDate
from graph.model.namespaces import COUNTRY, ORG, PROV, QB, RDF, VERRE, region
from graph.model.terms import BlankNode, Literal, NamedNode, Triple
from graph.sources import records as r
from graph.sources.codes import CODES
from graph.sources.keys import DUPLICATE_KEYS
from graph.sources.mapping import build_context, map_record, map_records
from graph.sources.periods import Period
from graph.store.view import Graphs
from tests.sources.sheets import MINTER, reference

ORGS = st.sampled_from(["a", "b", "c"])
SOURCES = st.sampled_from(["s1", "s2"])
MARKETS = st.sampled_from([COUNTRY.CHN, COUNTRY.VNM, COUNTRY.BEL, region("ASIA")])
COUNTRIES = st.none() | st.sampled_from([COUNTRY.BEL, COUNTRY.JPN])
DATES = st.none() | st.sampled_from([PartialDate(2018), PartialDate(2018, 2), PartialDate(2018, 2, 1)])
SHARES = st.none() | st.decimals(0, 100, places=2)
WORDS = st.sampled_from(["", "ab", "c", "a", "bc"])
NUMBERS = st.sampled_from(["", "", "0403170701", "0429593895"])


def code(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(CODES[name])


TIMES = {"since": DATES, "until": DATES, "as_of": DATES}

RECORDS: dict[type[r.Record], st.SearchStrategy[Any]] = {
    r.Organization: st.builds(
        r.Organization,
        source_id=SOURCES,
        org_id=ORGS,
        name=WORDS,
        kind=code("organization-kind"),
        enterprise_number=NUMBERS,
        country=COUNTRIES,
        municipality=st.sampled_from(["", "Genk", "Hasselt"]),
        sector=st.lists(st.sampled_from(["food", "zeppelins"]), unique=True).map(tuple),
    ),
    r.Site: st.builds(
        r.Site, source_id=SOURCES, org_id=ORGS, function=code("site-function"), name=WORDS, country=COUNTRIES
    ),
    r.Market: st.builds(
        r.Market,
        source_id=SOURCES,
        org_id=ORGS,
        market=MARKETS,
        status=code("engagement-status"),
        product=WORDS,
        share_percent=SHARES,
        share_of=st.sampled_from(["", *CODES["share-of"]]),
        **TIMES,
    ),
    r.Relation: st.builds(
        r.Relation,
        source_id=SOURCES,
        from_org=ORGS,
        relation=code("relation").filter(lambda word: word != "branch_of"),
        to_org=ORGS,
        country=st.none() | MARKETS,
        share_percent=SHARES,
        **TIMES,
    ),
    r.Person: st.builds(
        r.Person,
        source_id=SOURCES,
        name=WORDS,
        org_id=ORGS,
        person_id=WORDS,
        role_nl=WORDS,
        role_en=WORDS,
        **TIMES,
    ),
    r.Award: st.builds(
        r.Award,
        source_id=SOURCES,
        org_id=ORGS,
        award=WORDS,
        category=WORDS,
        result=code("award-result"),
        year=st.none() | st.just(PartialDate(2019)),
    ),
    r.Figure: st.builds(
        r.Figure,
        source_id=SOURCES,
        subject=ORGS,
        measure=st.sampled_from(["employees", "turnover"]),
        unit=st.sampled_from(["number", "EUR"]),
        value=st.just(Decimal(1)),
        period=DATES,
    ),
    r.Statistic: st.builds(
        r.Statistic,
        source_id=SOURCES,
        area=code("area"),
        indicator=st.sampled_from(["export", "import"]),
        period=st.none() | st.sampled_from(["2017", "2021-H1"]).map(Period.parse),
        market=st.none() | MARKETS,
        value=st.just(Decimal(1)),
    ),
    r.Participant: st.builds(
        r.Participant, source_id=SOURCES, mission_id=st.sampled_from(["m", "n"]), org_id=ORGS
    ),
}

NODES = {
    r.Market: VERRE.ExportEngagement,
    r.Person: ORG.Membership,
    r.Award: VERRE.AwardGrant,
    r.Figure: VERRE.Figure,
    r.Statistic: QB.Observation,
    r.Participant: VERRE.MissionParticipation,
}
"""Class of record -> the class of the node that is its own."""

RELATION_NODES = (VERRE.Partnership, VERRE.Ownership, ORG.Membership)

SOURCE_ROWS: list[r.Record] = [
    r.Source(source_id="s1", publisher="P", title="T", date=PartialDate(2018, 2, 19)),
    r.Source(source_id="s2", publisher="P", title="T"),
]


def mapped(records: list[r.Record]) -> Graphs:
    graphs: Graphs = defaultdict(set)
    for graph, triples in map_records(records, build_context(records, MINTER, reference())):
        graphs[graph].update(triples)
    return dict(graphs)


def own_node(record: r.Record, records: list[r.Record]) -> NamedNode:
    _, triples = map_record(record, build_context(records, MINTER, reference()))
    kinds = [NODES[type(record)]] if type(record) in NODES else RELATION_NODES
    (node,) = {t.subject for t in triples if t.predicate == RDF.type and t.object in kinds}
    assert isinstance(node, NamedNode)
    return node


@settings(deadline=None)
@given(
    st.lists(st.one_of(*RECORDS.values()), max_size=12).flatmap(
        lambda rows: st.tuples(st.just(rows), st.permutations(rows))
    )
)
def test_the_same_rows_in_any_order_give_the_same_quads(rows: tuple[list[r.Record], list[r.Record]]) -> None:
    first, second = rows
    assert mapped([*SOURCE_ROWS, *first]) == mapped([*second, *SOURCE_ROWS])


def neighbours(kind: type[r.Record]) -> st.SearchStrategy[tuple[r.Record, r.Record]]:
    """Two rows that differ in one field at most."""
    names = [field.name for field in dataclasses.fields(kind)]

    def pair(one: r.Record, other: r.Record, name: str) -> tuple[r.Record, r.Record]:
        return one, dataclasses.replace(one, **{name: getattr(other, name)})

    return st.builds(pair, RECORDS[kind], RECORDS[kind], st.sampled_from(names))


@pytest.mark.parametrize("kind", [*NODES, r.Relation], ids=lambda kind: kind.__name__)
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_rows_share_a_node_only_where_they_share_a_key(kind: type[r.Record], data: st.DataObject) -> None:
    pair = data.draw(neighbours(kind))
    one, other = pair
    key = DUPLICATE_KEYS[type(one)]
    same_node = own_node(one, list(pair)) == own_node(other, list(pair))
    assert same_node == (key(one) == key(other))


@settings(deadline=None)
@given(
    RECORDS[r.Market],
    st.sampled_from(
        ["org_id", "market", "status", "product", "since", "until", "as_of", "share_of", "source_id"]
    ),
)
def test_every_part_of_the_key_of_an_engagement_counts(row: r.Market, field: str) -> None:
    others: dict[str, Any] = {
        "org_id": "z",
        "market": COUNTRY.PER,
        "status": "active" if row.status == "targets" else "targets",
        "product": "other",
        "since": PartialDate(1999),
        "until": PartialDate(1999),
        "as_of": PartialDate(1999),
        "share_of": "sales" if row.share_of != "sales" else "exports",
        "source_id": "s3",
    }
    changed = dataclasses.replace(row, **{field: others[field]})
    assert own_node(row, [row]) != own_node(changed, [changed])


@settings(deadline=None)
@given(st.lists(st.one_of(*RECORDS.values()), max_size=12))
def test_things_have_names_and_relations_have_sources(rows: list[r.Record]) -> None:
    triples = {t for graph in mapped([*SOURCE_ROWS, *rows]).values() for t in graph}
    assert not any(isinstance(term, BlankNode) for t in triples for term in (t.subject, t.object))
    sourced = {t.subject for t in triples if t.predicate == PROV.hadPrimarySource}
    relations = {*NODES.values(), *RELATION_NODES} - {VERRE.Figure}
    assert {t.subject for t in triples if t.predicate == RDF.type and t.object in relations} <= sourced


@settings(deadline=None)
@given(st.lists(st.one_of(*RECORDS.values()), max_size=8))
def test_every_organization_that_is_pointed_at_is_mentioned_there(rows: list[r.Record]) -> None:
    for triples in mapped([*SOURCE_ROWS, *rows]).values():
        pointed = {term for t in triples for term in (t.subject, t.object) if is_org(term)}
        assert all(Triple(org, RDF.type, ORG.Organization) in triples for org in pointed)  # type: ignore[arg-type]


def is_org(term: object) -> bool:
    start = f"{MINTER.base}id/organization/"
    return isinstance(term, NamedNode) and term.value.startswith(start) and "/identifier/" not in term.value


@settings(deadline=None)
@given(st.decimals(0, 100, places=4), st.integers(0, 6))
def test_numbers_are_written_in_one_way(value: Decimal, zeros: int) -> None:
    padded = Decimal(format(value, "f") + "0" * zeros)
    row = r.Relation(source_id="s1", from_org="a", relation="subsidiary_of", to_org="b", share_percent=value)
    one, other = mapped([row]), mapped([dataclasses.replace(row, share_percent=padded)])
    assert one == other
    (share,) = {t.object for triples in one.values() for t in triples if t.predicate == VERRE.shareExact}
    assert isinstance(share, Literal)
    assert Decimal(share.value) == value
    assert not share.value.endswith(".")
    assert not ("." in share.value and share.value.endswith("0"))
