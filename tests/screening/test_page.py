"""The section of a company's page: only for who may see it, never "clear", always with list and day."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.face import Face
from api.pages.views.screening import NOTHING, Seen, shown

STEP = {
    "owner": {"iri": "https://e/o/stal", "id": "stal", "name": "Stal"},
    "sources": [{"iri": "https://e/s/s1", "id": "s1", "title": "T"}],
}
RESULT: dict[str, Any] = {
    "list": "eu",
    "listDate": "2026-05-01",
    "id": "9101",
    "name": "Phantasie Werft",
    "score": 0.94,
    "match": True,
    "source": "https://lists.example/9101",
    "programs": ["INV"],
    "features": [
        {"feature": "name", "value": 0.94, "weight": 1.0, "query": "Werft", "candidate": "Werft X"},
        {"feature": "country", "value": 0.0, "weight": -0.2, "query": None, "candidate": None},
        {"feature": "date", "value": None, "weight": -0.4, "query": None, "candidate": None},
    ],
}


def kept(**more: Any) -> dict[str, Any]:
    told = {
        "status": "noMatch",
        "screenedAt": "2026-05-03T09:30:00+00:00",
        "threshold": 0.7,
        "lists": [
            {"name": "eu", "title": "EU-lijst", "date": "2026-05-01"},
            {"name": "un", "title": "VN-lijst", "date": "2026-04"},
        ],
        "results": [],
        "owners": [],
        "ownersScreened": 0,
        "ownersTruncated": False,
        "age": 0,
        "reasons": [],
    }
    return {**told, **more}


def section(lang: str, **more: Any) -> dict[str, Any]:
    found = shown(Face(lang), Seen(True, kept(**more)))
    assert found is not None
    return found


def test_who_may_not_see_it_sees_no_section() -> None:
    assert shown(Face("nl"), NOTHING) is None
    assert shown(Face("nl"), Seen(False, kept(status="match"))) is None


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", "Niet gescreend"), ("en", "Not screened"), ("fr", "Non filtrée")],
)
def test_what_was_never_screened_says_so(lang: str, words: str) -> None:
    found = shown(Face(lang), Seen(True))
    assert found is not None
    assert str(found["verdict"]).startswith(words)
    assert found["rows"] == []


@pytest.mark.parametrize(
    ("lang", "status", "words"),
    [
        ("nl", "noMatch", "Geen overeenkomst in EU-lijst van 1 mei 2026 en VN-lijst van april 2026"),
        ("en", "noMatch", "No match in EU-lijst of 1 May 2026 and VN-lijst of April 2026"),
        ("fr", "noMatch", "Aucune correspondance dans EU-lijst du"),
        ("nl", "match", "Lijkt op een vermelding in EU-lijst"),
        ("en", "ownerMatch", "No match of its own, but an owner is like an entry"),
        ("fr", "notScreened", "Non filtrée"),
    ],
)
def test_each_verdict_names_its_lists_and_their_days(lang: str, status: str, words: str) -> None:
    assert words in str(section(lang, status=status)["verdict"])


@pytest.mark.parametrize(("lang", "threshold"), [("nl", "0,7"), ("en", "0.7"), ("fr", "0,7")])
def test_the_threshold_is_written_as_the_reader_does(lang: str, threshold: str) -> None:
    assert threshold in str(section(lang)["verdict"])


def test_no_verdict_calls_anybody_clear() -> None:
    for lang in ("nl", "en", "fr"):
        for status in ("noMatch", "notScreened"):
            told = str(section(lang, status=status)["verdict"]).lower()
            assert not any(word in told for word in ("clear", "in orde", "veilig", "safe", "fiable", "ok"))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ({"code": "age", "list": None, "date": None}, "91 days ago"),
        ({"code": "removed", "list": "eu", "date": None}, "The list eu has been removed"),
        ({"code": "newer", "list": "eu", "date": "2026-06-01"}, "now of 1 June 2026"),
        ({"code": "added", "list": "un", "date": "2026-06-01"}, "The list un was not there then"),
    ],
)
def test_it_says_why_it_should_be_done_again(reason: dict[str, Any], words: str) -> None:
    found = section("en", age=91, reasons=[reason])
    assert words in str(found["again"][0])


def test_a_row_has_its_reasons_and_nothing_that_did_not_count() -> None:
    (row,) = section("en", status="match", results=[RESULT])["rows"]
    assert row["why"] == [
        {"feature": "name", "value": "0.94", "weight": "1", "query": "Werft", "candidate": "Werft X"}
    ]
    assert (row["list"], row["date"], row["id"]) == ("eu", "2026-05-01", "9101")
    assert row["path"] == []


def test_an_owner_s_row_has_its_path_with_sources() -> None:
    owner = {"organization": STEP["owner"], "path": [STEP, STEP], "results": [RESULT]}
    found = section("nl", status="ownerMatch", owners=[owner], ownersScreened=2, ownersTruncated=True)
    (row,) = found["rows"]
    assert [step["owner"]["id"] for step in row["path"]] == ["stal", "stal"]
    assert row["path"][0]["sources"][0]["id"] == "s1"
    assert "2 eigenaars" in str(found["owners"])
    assert found["truncated"]


def test_names_are_escaped() -> None:
    lists = [{"name": "x", "title": "<script>alert(1)</script>", "date": "2026"}]
    assert "<script>" not in str(section("en", lists=lists)["verdict"])
