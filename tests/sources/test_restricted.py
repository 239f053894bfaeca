"""What a restricted source says goes to graphs of its own, and leaves no trace in the public ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model.namespaces import ACCESS, PREFIXES
from graph.model.terms import Literal, NamedNode, Triple
from graph.sources.importer import ImportResult
from graph.store.parts import is_restricted
from graph.store.view import Graphs
from tests.sources.sheets import (
    ACME,
    BASE,
    BOLT,
    FAIR,
    GOOD,
    MINTER,
    SOURCE,
    Table,
    counts_add_up,
    errors,
    run,
    warnings,
    with_world,
)

MEMBERS = {**SOURCE, "source_id": "s2", "title": "Members", "access": "restricted"}
HIDDEN = MINTER.source_graph("s2", restricted=True)
KBO, LEI = "0403170701", "5493001KJTIIGC8Y1R12"


def said(**row: str) -> dict[str, str]:
    return {**row, "source_id": "s2"}


def public(result: ImportResult) -> Graphs:
    return {name: triples for name, triples in result.graphs.items() if not is_restricted(name.value, BASE)}


def with_members(**tables: Table) -> dict[str, Table]:
    """Rows beside WORLD, of which those of `s2` are restricted."""
    return with_world(**{**tables, "sources": [*tables.get("sources", ()), MEMBERS]})


def without(tables: Mapping[str, Table]) -> dict[str, Table]:
    return {name: [row for row in rows if row["source_id"] != "s2"] for name, rows in tables.items()}


def text_of(graphs: Graphs) -> str:
    return " ".join(f"{name} {triple}" for name, triples in graphs.items() for triple in triples)


def test_what_a_restricted_source_says_and_its_record_are_in_graphs_of_their_own(tmp_path: Path) -> None:
    tables = with_members(
        organizations=[said(**{**ACME, "name": "Acme Secret"})], markets=[said(**GOOD["markets"])]
    )
    result = run(tmp_path, tables)
    assert errors(result) == []
    assert result.rows_restricted == 3
    assert set(result.graphs) - set(public(result)) == {HIDDEN, MINTER.restricted_meta}
    acme, source = MINTER.organization("acme"), MINTER.thing("source", "s2")
    label = NamedNode(PREFIXES["rdfs"] + "label")
    assert Triple(acme, label, Literal("Acme Secret")) in result.graphs[HIDDEN]
    meta = result.graphs[MINTER.restricted_meta]
    assert {t.subject for t in meta} == {source}
    assert Triple(source, NamedNode(PREFIXES["verre"] + "graph"), HIDDEN) in meta
    assert Triple(source, NamedNode(PREFIXES["dcterms"] + "accessRights"), ACCESS.RESTRICTED) in meta
    assert "Secret" not in text_of(public(result))
    assert "s2" not in text_of(public(result))
    assert counts_add_up(result)


CASES: dict[str, dict[str, Table]] = {
    "numbers, which decide on IRIs": {
        "organizations": [said(**ACME, enterprise_number=KBO), said(**BOLT, lei=LEI)]
    },
    "a country, which decides on what a branch is": {
        "organizations": [
            {**ACME, "org_id": "cog", "kind": "branch", "country": ""},
            said(**{**ACME, "org_id": "cog", "kind": "branch", "country": "JP"}),
        ],
        "relations": [
            {"from_org": "cog", "relation": "branch_of", "to_org": "acme", "source_id": "s1"},
        ],
    },
    "a head office": {
        "organizations": [{**ACME, "org_id": "cog", "kind": "branch", "country": "JP"}],
        "relations": [said(from_org="cog", relation="branch_of", to_org="bolt")],
    },
    "a mission of which a public source has no row": {
        "missions": [said(**{**FAIR, "mission_id": "visit"})],
        "mission_participants": [{"mission_id": "visit", "org_id": "acme", "source_id": "s1"}],
    },
    "a mission with the key of an organization": {
        "missions": [said(**{**FAIR, "mission_id": "acme"})],
        "figures": [GOOD["figures"]],
    },
    "an organization of which a public source has no row": {
        "organizations": [said(**{**ACME, "org_id": "cog", "name": "Cog"})],
        "markets": [{**GOOD["markets"], "org_id": "cog"}],
        "relations": [{"from_org": "bolt", "relation": "distributor_of", "to_org": "cog", "source_id": "s1"}],
    },
    "a person with a public key": {
        "people": [{**GOOD["people"], "person_id": "an"}, said(**{**GOOD["people"], "person_id": "an"})]
    },
    "words of its own": {"organizations": [said(**{**ACME, "sector": "secret gears"})]},
}


@pytest.mark.parametrize("tables", CASES.values(), ids=CASES.keys())
def test_public_graphs_are_the_same_without_it(tmp_path: Path, tables: dict[str, Table]) -> None:
    whole = with_members(**tables)
    result = run(tmp_path / "with", whole)
    alone = run(tmp_path / "without", without(whole))
    assert public(result) == alone.graphs
    aside = [(p.sheet, p.column) for p in errors(alone)]
    assert [(p.sheet, p.column) for p in errors(result)] == aside
    assert result.graphs[HIDDEN]


ROWS = st.lists(
    st.one_of(
        st.builds(
            lambda org, number, lei, country, kind, source: (
                "organizations",
                {
                    "org_id": org,
                    "name": org.title(),
                    "kind": kind,
                    "enterprise_number": number,
                    "lei": lei,
                    "country": country,
                    "source_id": source,
                },
            ),
            st.sampled_from(["acme", "bolt", "cog"]),
            st.sampled_from(["", KBO]),
            st.sampled_from(["", LEI]),
            st.sampled_from(["", "BE", "JP"]),
            st.sampled_from(["company", "branch"]),
            st.sampled_from(["s1", "s2"]),
        ),
        st.builds(
            lambda one, relation, other, source: (
                "relations",
                {"from_org": one, "relation": relation, "to_org": other, "source_id": source},
            ),
            st.sampled_from(["acme", "bolt", "cog"]),
            st.sampled_from(["branch_of", "distributor_of", "subsidiary_of"]),
            st.sampled_from(["acme", "bolt", "cog"]),
            st.sampled_from(["s1", "s2"]),
        ),
        st.builds(
            lambda subject, source: ("figures", {**GOOD["figures"], "subject": subject, "source_id": source}),
            st.sampled_from(["acme", "fair", "cog"]),
            st.sampled_from(["s1", "s2"]),
        ),
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_no_rows_of_it_change_a_public_graph(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, dict[str, str]]]
) -> None:
    tables: dict[str, list[dict[str, str]]] = {}
    for table, row in rows:
        tables.setdefault(table, []).append(row)
    whole = with_members(**tables)
    folder = tmp_path_factory.mktemp("sheets")
    result = run(folder / "with", whole)
    assert public(result) == run(folder / "without", without(whole)).graphs
    assert counts_add_up(result)


def test_things_keep_the_iris_that_public_rows_give_them(tmp_path: Path) -> None:
    tables = with_members(
        organizations=[
            said(**ACME, enterprise_number=KBO),
            said(**{**ACME, "org_id": "cog", "enterprise_number": "0429593895"}),
        ],
        markets=[said(**GOOD["markets"])],
    )
    hidden = run(tmp_path, tables).graphs[HIDDEN]
    subjects = {t.subject for t in hidden}
    assert MINTER.organization("acme") in subjects
    assert MINTER.organization("acme", KBO) not in subjects
    assert MINTER.organization("cog", "0429593895") in subjects


def test_a_row_that_leans_on_a_restricted_one_is_told_why_it_is_set_aside(tmp_path: Path) -> None:
    tables = with_members(
        organizations=[said(**{**ACME, "org_id": "cog"})], markets=[{**GOOD["markets"], "org_id": "cog"}]
    )
    (problem,) = errors(run(tmp_path, tables))
    assert (problem.sheet, problem.column) == ("markets", "org_id")
    assert "only a restricted source" in problem.detail


def test_a_restricted_row_may_lean_on_public_ones(tmp_path: Path) -> None:
    tables = with_members(
        mission_participants=[said(mission_id="fair", org_id="acme")], markets=[said(**GOOD["markets"])]
    )
    assert errors(run(tmp_path, tables)) == []


def test_of_two_rows_on_one_source_the_stricter_counts(tmp_path: Path) -> None:
    tables = with_world(sources=[{**MEMBERS, "access": "public"}, MEMBERS], markets=[said(**GOOD["markets"])])
    result = run(tmp_path, tables)
    (problem,) = errors(result)
    assert (problem.sheet, problem.row) == ("sources", 3)
    assert "duplicate key" in problem.detail
    assert HIDDEN in result.graphs
    assert "s2" not in text_of(public(result))


def test_a_row_that_may_have_meant_restricted_keeps_the_source_out(tmp_path: Path) -> None:
    tables = with_world(
        sources=[{**MEMBERS, "access": "public"}, {**MEMBERS, "access": "restircted"}],
        markets=[said(**GOOD["markets"])],
    )
    result = run(tmp_path, tables)
    assert [problem.sheet for problem in errors(result)] == ["markets", "sources", "sources"]
    assert "mend that one first" in errors(result)[1].detail
    assert "s2" not in text_of(result.graphs)


def test_a_source_that_becomes_restricted_leaves_the_public_graphs(tmp_path: Path) -> None:
    before = run(
        tmp_path / "a",
        with_world(sources=[{**MEMBERS, "access": "public"}], markets=[said(**GOOD["markets"])]),
    )
    after = run(tmp_path / "b", with_members(markets=[said(**GOOD["markets"])]))
    assert MINTER.source_graph("s2") in before.graphs
    assert before.rows_restricted == 0
    assert MINTER.source_graph("s2") not in after.graphs
    assert warnings(after) == []
