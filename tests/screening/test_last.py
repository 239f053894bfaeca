"""What is kept of a screening, who sees it, when it is old, and how it goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.screening import last
from graph.screening.answer import NOTICE, Asked, Plan, Query, answer
from graph.screening.jobs import Found, Rules, job
from graph.screening.lists import Version
from graph.screening.owners import Family, Owner, Party
from graph.screening.records import Entry, Json, Subject
from graph.settings import Settings
from graph.store.parts import Part

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
IRI = "https://w3id.org/verre/id/organization/x/verzonnen"
OWNER = "https://w3id.org/verre/id/organization/x/stal"
RULES = Rules(0.7, 0.7, 20)


def version(**more: Any) -> Version:
    told = {
        "name": "eu",
        "title": "Invented",
        "dated": "2026-05-01",
        "basis": "file",
        "format": "eu-xml",
        "file": "eu.xml",
        "sha256": "a" * 64,
        "entries": 2,
        "names": 3,
        "loaded": "2026-05-02T08:00:00+00:00",
    }
    return Version(**{**told, **more})


def found(*scores: float, general: bool = False) -> Found:
    results = [{"id": f"e{n}", "score": score, "match": score >= 0.7} for n, score in enumerate(scores)]
    return Found(tuple(results), general)


def plan(owners: int = 0) -> Plan:
    path = ({"owner": {"iri": OWNER, "name": "Stal"}, "sources": []},)
    above = tuple(Owner(10 + n, {"iri": OWNER, "id": "stal", "name": "Stal"}, path) for n in range(owners))
    party = Party(1, {"iri": IRI, "id": "verzonnen", "name": "Verzonnen"}, above)
    everyone = Family({"verzonnen": party}, {n: Subject(("X",)) for n in (1, *(o.number for o in above))})
    asked = Asked({"a": Query(organization="verzonnen"), "b": Query(Subject(("Bank",)))}, RULES)
    return Plan.of(asked, everyone)


def told(*, own: Found, other: Found, owner: Found | None = None, versions: tuple[Version, ...]) -> Json:
    results = [other, own, *([owner] if owner else [])]
    return answer(plan(1 if owner else 0), versions, results, Settings(), NOW)


def test_each_status_has_its_sentence() -> None:
    none = told(own=found(), other=found(), versions=())
    assert {each["status"] for each in none["responses"].values()} == {"notScreened"}
    assert none["responses"]["a"]["statement"] == "not screened: no sanctions list is loaded"
    some = told(own=found(0.9, 0.5), other=found(general=True), versions=(version(),))["responses"]
    assert some["a"]["status"] == "match"
    assert some["a"]["statement"] == "1 match in list eu of 2026-05-01 at threshold 0.7"
    assert some["b"]["status"] == "notScreened"
    assert "only words that thousands of others have" in some["b"]["statement"]
    owned = told(own=found(), other=found(), owner=found(0.8), versions=(version(),))["responses"]
    assert owned["a"]["status"] == "ownerMatch"
    assert owned["a"]["statement"].endswith("its owner Stal (1 step up) matches")
    assert owned["b"]["statement"] == "no match in list eu of 2026-05-01 at threshold 0.7"
    below = told(own=found(), other=found(), owner=found(0.5), versions=(version(),))["responses"]
    assert below["a"]["status"] == "noMatch"
    assert below["a"]["owners"][0]["match"] is False


def test_an_old_list_is_warned_of() -> None:
    old = told(own=found(), other=found(), versions=(version(dated="2026-05"), version(name="un")))
    assert [each["old"] for each in old["lists"]] == [False, False] or old["warnings"]
    older = told(own=found(), other=found(), versions=(version(dated="2025"),))
    assert older["lists"][0]["old"]
    assert "516 days old" in older["warnings"][0]
    assert older["notice"] == NOTICE


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def keep(settings: Settings, part: Part = "public", moment: datetime = NOW) -> None:
    kept = told(own=found(), other=found(), owner=found(0.8), versions=(version(),))
    kept["screenedAt"] = moment.isoformat()
    last.keep(settings.home, kept, part)


def test_it_is_kept_for_who_may_see_it(settings: Settings) -> None:
    assert last.recall(settings, IRI, "whole", NOW) is None
    keep(settings, "whole")
    assert last.recall(settings, IRI, "public", NOW) is None
    keep(settings, "public", NOW - timedelta(days=3))
    public, whole = (last.recall(settings, IRI, part, NOW) for part in ("public", "whole"))
    assert public is not None
    assert whole is not None
    assert (public["age"], whole["age"]) == (3, 0)
    assert public["status"] == "ownerMatch"


def test_names_that_are_not_of_the_graph_are_not_kept(settings: Settings) -> None:
    keep(settings)
    (file,) = (settings.home / "screening" / "last").glob("*/*/*.json")
    assert b"Bank" not in file.read_bytes()
    assert not list(file.parent.glob(".*"))


def test_without_a_list_nothing_is_kept(settings: Settings) -> None:
    last.keep(settings.home, told(own=found(), other=found(), versions=()), "public")
    assert not (settings.home / "screening").exists()


def test_it_says_when_it_is_old(settings: Settings) -> None:
    keep(settings)
    later = last.recall(settings, IRI, "public", NOW + timedelta(days=91))
    assert later is not None
    assert [each["code"] for each in later["reasons"]] == ["age", "removed"]
    assert later["old"]
    assert "screened 91 days ago" in later["outdated"][0]
    soon = last.recall(settings, IRI, "public", NOW + timedelta(days=90))
    assert soon is not None
    assert [each["code"] for each in soon["reasons"]] == ["removed"]


def test_what_is_erased_goes_also_as_an_owner_of_others(settings: Settings) -> None:
    keep(settings)
    assert last.forget(settings.home, ["https://w3id.org/verre/id/organization/x/st"]) == 0
    assert last.forget(settings.home, [OWNER]) == 1
    assert last.recall(settings, IRI, "public", NOW) is None


def test_subjects_rules_and_entries_survive_as_json() -> None:
    subject = Subject(("A", "B"), "person", ("be",), ("1960",), ("1",))
    as_json = job([subject], RULES)
    assert Subject.of(as_json["subjects"][0]) == subject
    assert Rules.of(as_json["rules"]) == RULES
    entry = Entry("e", "Company", "A", names=("A",), weak=("B",), source="https://lists.example/")
    assert Entry.of(entry.as_json()) == entry
