from __future__ import annotations

from typing import Any

import pytest

from graph.index import Index
from graph.index.shaping import Shaper
from graph.reconciliation import describing, entities, extending, suggesting, values
from graph.reconciliation.manifest import manifest
from graph.reconciliation.preview import preview
from graph.reconciliation.properties import PROPERTIES, of_kinds
from graph.reconciliation.queries import Extension
from graph.reconciliation.types import DEFAULT, KINDS, TYPES, VALUES, named, wanted
from graph.settings import Settings

LUMINEX = "organization/x/luminex"


@pytest.fixture(scope="module")
def shaper(index: Index) -> Shaper:
    return index.shaper("en")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (LUMINEX, "Luminex Network Intelligence"),
        ("luminex", "Luminex Network Intelligence"),
        ("x/luminex", "Luminex Network Intelligence"),
        ("https://w3id.org/verre/id/organization/x/luminex", "Luminex Network Intelligence"),
        ("BE 0429.593.895", "Europower Generators"),
        ("organization/be/0429593895", "Europower Generators"),
        ("market/CN", "China"),
        ("market/cn", "China"),
        ("market/ASEAN", "ASEAN"),
        ("http://publications.europa.eu/resource/authority/country/CHN", "China"),
        ("mission/m-japan", "Princely mission to Japan"),
        ("municipality/71016", "Genk"),
    ],
)
def test_a_thing_is_found_by_its_id_and_by_what_else_names_it(shaper: Shaper, text: str, name: str) -> None:
    found = entities.identify(shaper, [text])
    assert found[text].name == name
    assert entities.identify(shaper, [found[text].id])[found[text].id] == found[text]


@pytest.mark.parametrize(
    "text", ["", "/", "nobody", "dragon/x", "market/ZZ", "person/x", "x" * 100_000, "http://x/id/"]
)
def test_what_names_nothing_is_left_out(shaper: Shaper, text: str) -> None:
    assert entities.identify(shaper, [text, LUMINEX]).keys() == {LUMINEX}


def test_every_organization_has_an_id_that_leads_back_to_it(shaper: Shaper) -> None:
    rows = shaper.db.rows("SELECT id, iri FROM organization")
    ids = {entities.organization_id(iri): number for number, iri in rows}
    found = entities.identify(shaper, ids)
    assert {name: each.number for name, each in found.items()} == ids


def test_a_concept_that_nobody_asks_about_is_no_thing(shaper: Shaper) -> None:
    row = shaper.db.row("SELECT id FROM concept WHERE kind = 'unit'")
    assert row is not None
    assert entities.concept(shaper, row[0]) is None


def test_types_name_wider_ones_that_are_there_and_codes_that_the_graph_has(shaper: Shaper) -> None:
    assert set(DEFAULT) <= set(TYPES)
    for each in TYPES.values():
        assert each.kind in KINDS
        assert each.broader is None or TYPES[each.broader].kind == each.kind
        assert all(each.labels)
        assert all(each.description)
    codes = {code for (code,) in shaper.db.rows("SELECT code FROM concept WHERE kind = 'organization-kind'")}
    assert codes == {name.removeprefix("organization-kind/") for name in TYPES if "/" in name}
    labels = {
        (f"organization-kind/{code}", nl, en, fr)
        for code, nl, en, fr in shaper.db.rows(
            "SELECT code, nl, en, fr FROM concept WHERE kind = 'organization-kind'"
        )
    }
    assert labels == {(each.id, *each.labels) for name, each in TYPES.items() if "/" in name}


def test_a_thing_has_the_types_that_its_kind_says() -> None:
    assert [each.id for each in named("organization", "subsidiary", partner=True)] == [
        *("Company", "organization-kind/subsidiary", "Partner", "Organization"),
    ]
    assert [each.id for each in named("organization", "branch")] == [
        "organization-kind/branch",
        "Organization",
    ]
    assert [each.id for each in named("organization", None)] == ["Organization"]
    assert [each.id for each in named("market", "region")] == ["Region", "Market"]
    assert [each.id for each in wanted(["Company", "Dragon", "Person"])] == ["Company", "Person"]


def test_each_property_can_be_told_or_compared_and_leads_to_a_type_that_is_there() -> None:
    for each in PROPERTIES.values():
        loaded = [kind for kind in each.kinds if each.id in values.LOADERS.get(kind, values.EVERY)]
        assert loaded == list(each.kinds) or each.id == "emailDomain"
        assert each.value is None or each.value in {**TYPES, **VALUES}
        assert set(each.meta("fr")) >= {"id", "name"}
    own = {(kind, name) for kind, loaders in values.LOADERS.items() for name in loaders}
    assert all(kind in PROPERTIES[name].kinds for kind, name in own)
    assert {each.id for each in of_kinds(frozenset(("product",)))} == {"iri", "name"}


@pytest.mark.parametrize("name", list(PROPERTIES))
def test_each_property_says_of_luminex_what_the_sources_say(shaper: Shaper, name: str) -> None:
    thing = entities.identify(shaper, [LUMINEX])[LUMINEX]
    told = extending.column(shaper, name, [thing]).get(("organization", thing.number), [])
    texts = [each if isinstance(each, str) else each.id for each in told]
    expected: dict[str, list[str]] = {
        "iri": ["https://w3id.org/verre/id/organization/x/luminex"],
        "name": ["Luminex Network Intelligence"],
        "country": ["market/BE"],
        "municipality": ["municipality/71016"],
        "founded": ["2002"],
        "kind": ["company"],
        "area": ["yes"],
        "enterpriseNumber": [],
        "lei": [],
        "parent": [],
        "withdrawnFrom": [],
    }
    if name in expected:
        assert texts == expected[name]
    if name == "targets":
        assert set(texts) == {"market/CN", "market/TH", "market/VN", "market/KR"}
    if name == "exportsTo":
        assert "market/JP" in texts
    if name == "presence":
        assert {"market/JP", "market/CA"} <= set(texts)
    assert len(texts) == len(set(texts))


def test_owners_are_told_without_minorities(shaper: Shaper) -> None:
    names = ("organization/x/punch-powertrain", "organization/x/bcf")
    found = entities.identify(shaper, names)
    told = extending.column(shaper, "parent", list(found.values()))
    assert "Yinyi Group" in {
        each.name
        for each in extending.column(shaper, "ultimateParent", [found[names[0]]])[
            "organization", found[names[0]].number
        ]
        if isinstance(each, entities.Entity)
    }
    owners = told.get(("organization", found["organization/x/bcf"].number), [])
    assert "LRM" not in [each.name for each in owners if isinstance(each, entities.Entity)]


def test_the_number_of_statements_does_not_grow_with_the_number_of_things(
    index: Index, shaper: Shaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [
        f"organization/{ref}"
        for (ref,) in shaper.db.rows("SELECT 'x/' || key FROM organization WHERE key <> ''")
    ]
    asked: list[str] = []
    rows = shaper.db.rows

    def counted(sql: str, given: Any = ()) -> list[Any]:
        asked.append(sql)
        return rows(sql, given)

    monkeypatch.setattr(shaper.db, "rows", counted)
    counts = []
    for some in (ids[:3], ids[:150]):
        asked.clear()
        extending.extend(index, Extension(tuple(some), tuple((name, {}) for name in PROPERTIES)), "en")
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 3  # a statement that nothing is asked of is not put
    assert counts[1] < 3 * len(PROPERTIES)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, {"id": "market/BE", "name": "Belgium"}),
        ({"content": "label"}, {"str": "Belgium"}),
        ({"content": "iri"}, {"str": "http://publications.europa.eu/resource/authority/country/BEL"}),
        ({"content": "strange", "limit": "x"}, {"id": "market/BE", "name": "Belgium"}),
        ({"limit": "1e999"}, {"id": "market/BE", "name": "Belgium"}),
    ],
)
def test_settings_say_what_values_come_as(index: Index, settings: dict[str, str], told: Any) -> None:
    found = extending.extend(index, Extension((LUMINEX,), (("country", settings),)), "en")
    assert found["rows"][LUMINEX]["country"] == [told]


def test_a_line_tells_things_of_one_name_apart(shaper: Shaper) -> None:
    names = (LUMINEX, "market/CN", "market/ASEAN", "mission/m-japan")
    found = entities.identify(shaper, names)
    lines = describing.describe(shaper, list(found.values()))
    assert [lines[found[name].kind, found[name].number] for name in names] == [
        "company · Genk · Belgium",
        "Country",
        "Region of the world",
        lines["mission", found["mission/m-japan"].number],
    ]
    assert "2022-12-05" in lines["mission", found["mission/m-japan"].number]


def test_suggestions_page_without_doubles(index: Index) -> None:
    seen: list[str] = []
    for cursor in (0, 10, 20):
        seen += [each["id"] for each in suggesting.suggest_entities(index, "group", [], cursor, "en")]
    assert len(seen) == len(set(seen)) > 10
    assert suggesting.suggest_entities(index, " ", [], 0, "en") == []


def test_a_flyout_escapes_what_it_says(index: Index) -> None:
    told = suggesting.flyout("property", "parent", index, "fr")
    assert told is not None
    assert "minorités" in told["html"]
    assert suggesting._html("x", "<b>", "'&")["html"] == "<p><strong>&lt;b&gt;</strong></p><p>&#x27;&amp;</p>"
    assert suggesting.flyout("type", "Dragon", index, "fr") is None


def test_a_preview_tells_wanting_apart_and_cuts_long_lists(index: Index) -> None:
    told = preview(index, LUMINEX, "en")
    assert told is not None
    rows = {row["name"]: row for row in told["rows"]}
    assert "Vietnam" in rows["targets"]["values"]
    assert "Vietnam" not in rows["exportsTo"]["values"]
    assert (len(rows["source"]["values"]), rows["source"]["more"] > 0) == (2, True)
    assert preview(index, "organization/x/nobody", "en") is None
    market = preview(index, "market/CN", "nl")
    assert market is not None
    assert (market["line"], market["rows"]) == ("Land", [])


def test_the_manifest_asks_for_no_larger_batches_than_are_taken() -> None:
    assert manifest("http://x", Settings(reconcile_queries=7), "en")["batchSize"] == 7
    assert manifest("http://x", Settings(), "en")["batchSize"] == 50
