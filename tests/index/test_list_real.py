"""The project's own tables: what the lists answer is what the rows say, read beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from graph.errors import UnknownValue
from graph.index import Index
from tests.data.tables import split, table
from tests.graphs import TODAY
from tests.index.list_fixtures import LISTS, ask, facets, ids, keys, real_file

RANK = {"withdrawn": 0, "targets": 1, "entering": 2, "active": 3, "leading": 4}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    made = Index(real_file(tmp_path_factory.mktemp("real")))
    yield made
    made.close()


def by_key(index: Index, org_id: str) -> str:
    """The `id` of the organization with a key of the tables."""
    return index.resolve(org_id).id


def going_on(market: str) -> dict[str, str]:
    """Organization → strongest status in one market by the table, of the rows without an end."""
    found: dict[str, str] = {}
    for row in table("markets"):
        if row["market"] == market and not row["until"] and row["status"] != "withdrawn":
            seen = found.get(row["org_id"], row["status"])
            found[row["org_id"]] = max(seen, row["status"], key=RANK.__getitem__)
    return found


@pytest.mark.parametrize("market", ["CN", "JP", "KR", "TH", "VN", "IN", "DE", "ZA"])
def test_own_facts_of_a_country_are_those_of_its_rows(index: Index, market: str) -> None:
    found = {
        item["id"]: item["markets"][0]["status"]
        for item in ask(index, "exporters", markets=(market,)).items
        if not item["markets"][0]["regionLevel"]
    }
    assert found == {by_key(index, org): status for org, status in going_on(market).items()}


@pytest.mark.parametrize("market", ["CN", "KR", "TH", "VN"])
def test_who_only_wants_to_sell_there_is_no_exporter_there(index: Index, market: str) -> None:
    selling = ids(ask(index, "exporters", markets=(market,), statuses=("active", "leading")))
    wanting = [by_key(index, org) for org, status in going_on(market).items() if status == "targets"]
    assert "luminex" in wanting
    assert not set(wanting) & set(selling)
    assert set(wanting) <= set(ids(ask(index, "exporters", markets=(market,), statuses=("targets",))))


def test_a_company_of_asia_stands_in_for_china_only_without_a_row_on_china(index: Index) -> None:
    china = {row["org_id"] for row in table("markets") if row["market"] == "CN"}
    asia = {row["org_id"] for row in table("markets") if row["market"] == "ASIA" and not row["until"]}
    items = ask(index, "exporters", markets=("CN",)).items
    level = {item["id"] for item in items if item["markets"][0]["regionLevel"]}
    assert asia - china
    assert level == {by_key(index, org) for org in asia - china}


def test_what_ended_is_there_only_when_asked_for(index: Index) -> None:
    rows = [
        row
        for row in table("markets")
        if row["until"] and (row["org_id"], row["market"]) == ("punch-powertrain", "KR")
    ]
    assert len(rows) == 1
    assert "punch-powertrain" not in ids(ask(index, "exporters", markets=("KR",)))
    found = ask(index, "exporters", markets=("KR",), include_ended=True)
    (entry,) = next(item for item in found.items if item["id"] == "punch-powertrain")["markets"]
    (fact,) = entry["engagements"]
    assert (entry["ended"], fact["since"], fact["until"]) == (True, rows[0]["since"], rows[0]["until"])
    assert keys(fact["sources"]) == [rows[0]["source_id"]]


def test_a_withdrawal_is_found_by_its_name(index: Index) -> None:
    rows = [
        row["org_id"] for row in table("markets") if row["status"] == "withdrawn" and row["market"] == "PL"
    ]
    found = ask(index, "exporters", markets=("Polen",), statuses=("withdrawn",))
    assert sorted(ids(found)) == sorted(by_key(index, org) for org in rows)


def test_every_row_of_markets_is_an_engagement_with_its_source_and_note(index: Index) -> None:
    wanted: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in table("markets"):
        wanted[row["org_id"]].append(
            (row["market"], row["status"], row["since"], row["until"], row["note"], row["source_id"])
        )
    for org, rows in wanted.items():
        found = [
            (
                e["market"]["code"],
                e["status"],
                e["since"] or "",
                e["until"] or "",
                e["note"] or "",
                *keys(e["sources"]),
            )
            for e in index.company(org, "en", TODAY)["engagements"]
        ]
        assert sorted(found) == sorted(rows), org


def test_counts_are_the_rows_that_are_different(index: Index) -> None:
    counts = index.counts(TODAY)
    assert counts["organizations"] == len({row["org_id"] for row in table("organizations")})
    named = {row["org_id"] for row in table("organizations") if row["kind"] == "company"}
    assert counts["companies"] == len(named)
    assert counts["sources"] == len({row["source_id"] for row in table("sources")})
    assert counts["missions"] == len({row["mission_id"] for row in table("missions")})
    assert counts["people"] == len(
        {row["person_id"] or (row["name"], row["org_id"]) for row in table("people")}
    )
    assert counts["needs"] == len(table("needs"))
    assert counts["programmes"] == len(table("programmes"))
    branches = {(r["from_org"], r["to_org"]) for r in table("relations") if r["relation"] == "branch_of"}
    assert counts["branches"] == len(branches)


@pytest.mark.parametrize(
    "spelling", ["europower", "be/0429593895", "0429.593.895", "BE 0429.593.895", "BE0429593895"]
)
def test_all_spellings_of_an_enterprise_number(index: Index, spelling: str) -> None:
    found = index.company(spelling, "nl", TODAY)
    assert (found["name"], found["municipality"]["label"]) == ("Europower Generators", "Nieuwerkerken")
    awards = {(row["year"], row["result"]) for row in table("awards") if row["org_id"] == "europower"}
    assert {(g["award"]["edition"], g["result"]) for g in found["awards"]} == awards


def test_luminex_as_its_two_pages_tell_it(index: Index) -> None:
    found = index.company("luminex", "nl", TODAY)
    assert (found["country"]["label"], found["municipality"]["label"]) == ("België", "Genk")
    assert found["area"] == {"id": "limburg", "member": "yes", "seat": "yes", "site": "yes"}
    rows = [
        row for row in table("relations") if row["relation"] == "branch_of" and row["to_org"] == "luminex"
    ]
    assert {(b["organization"]["id"], b["country"]["code"], b["since"]) for b in found["branches"]} == {
        (row["from_org"], row["country"], row["since"] or None) for row in rows
    }
    (person,) = found["people"]
    roles = {row["role_nl"] for row in table("people") if row["org_id"] == "luminex"}
    assert {role["role"] for role in person["roles"]} == roles
    named = {
        row["source_id"]
        for name, column in (
            ("organizations", "org_id"),
            ("markets", "org_id"),
            ("people", "org_id"),
            ("awards", "org_id"),
        )
        for row in table(name)
        if row[column] == "luminex"
    }
    assert named <= set(keys(found["mentionedIn"]))


@pytest.mark.parametrize("source", ["s001", "s003", "s149"])
def test_a_source_says_who_it_names(index: Index, source: str) -> None:
    named: set[str] = set()
    for name in (
        "organizations",
        "names",
        "sites",
        "markets",
        "people",
        "awards",
        "mission_participants",
        "needs",
    ):
        named |= {row["org_id"] for row in table(name) if row["source_id"] == source}
    for row in table("relations"):
        if row["source_id"] == source:
            named |= {row["from_org"], row["to_org"]}
    named |= {row["awarder"] for row in table("awards") if row["source_id"] == source and row["awarder"]}
    found = {each["id"] for each in index.source(source, "en")["organizations"]}
    assert {by_key(index, org) for org in named} <= found
    assert found


def test_a_mission_of_two_rows_is_one_with_both_sources(index: Index) -> None:
    rows = [row for row in table("missions") if row["mission_id"] == "m-japan"]
    found = index.mission("m-japan", "fr")
    assert sorted(keys(found["sources"])) == sorted(row["source_id"] for row in rows)
    assert {m["code"] for m in found["destinations"]} == {
        code for row in rows for code in split(row["markets"])
    }
    assert (found["start"], found["end"]) == ("2022-12-05", "2022-12-09")
    assert found["label"] == "Mission princière au Japon"


@pytest.mark.parametrize("year", ["2013", "2019", "2020"])
def test_awards_of_a_year_are_those_of_its_rows(index: Index, year: str) -> None:
    rows = {(r["org_id"], r["award"], r["result"]) for r in table("awards") if r["year"] == year}
    found = ask(index, "awards", years=(year,), lang="nl")
    assert {(g["recipient"]["id"], g["award"]["label"], g["result"]) for g in found.items} == {
        (by_key(index, org), award, result) for org, award, result in rows
    }


def test_statistics_of_limburg_are_those_of_its_rows(index: Index) -> None:
    rows = [row for row in table("statistics") if row["area"] == "limburg"]
    found = ask(index, "statistics", areas=("limburg",))
    assert found.total == len(rows)
    assert sorted(str(float(item["value"])) for item in found.items if item["value"] is not None) == sorted(
        str(float(row["value"])) for row in rows if row["value"]
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Zuid-Korea", "KR"),
        ("États-Unis", "US"),
        ("Midden-Oosten", "MIDDLE_EAST"),
        ("germany", "DE"),
        ("ITA", "IT"),
    ],
)
def test_markets_by_name(index: Index, name: str, code: str) -> None:
    assert index.find_market(name) == code


@pytest.mark.parametrize("text", ["Guine", "Korae", "Sint Maarte", "Amerca"])
def test_suggestions_are_three_names_at_most_each_once(index: Index, text: str) -> None:
    with pytest.raises(UnknownValue) as caught:
        index.find_market(text)
    hint = caught.value.issues[0].detail.partition("did you mean ")[2].rstrip("?")
    names = ("countries", "regions", "market_names")
    labels = {label for name in names for row in table(name) for label in row.values() if label}
    found = hint.split(", ")
    assert 1 <= len(found) <= 3
    assert len(set(found)) == len(found)
    assert set(found) <= labels


def test_markets_in_french_are_in_the_order_of_a_french_list(index: Index) -> None:
    labels = [
        item["label"] for item in ask(index, "markets", kinds=("country",), page=(1, 500), lang="fr").items
    ]
    places = [labels.index(label) for label in ("Danemark", "Équateur", "États-Unis", "Fidji", "Zimbabwe")]
    assert places == sorted(places)


@pytest.mark.parametrize("what", LISTS)
def test_every_list_counts_what_it_gives(index: Index, what: str) -> None:
    found = ask(index, what, page=(1, 1000))
    assert len(found.items) == found.total > 0
    for name, counts in facets(index, what).items():
        assert all(count > 0 for count in counts.values()), name


def test_nothing_is_labelled_by_its_address(index: Index) -> None:
    for item in ask(index, "exporters", page=(1, 1000), lang="nl").items:
        for entry in item["markets"]:
            assert entry["market"]["label"] != entry["market"]["code"]
            assert not entry["statusLabel"].startswith("http")
            assert entry["engagements"]
            assert all(fact["sources"] for fact in entry["engagements"])
