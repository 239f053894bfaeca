"""What plans say in words, apart from any graph: standings, whom to meet, numbers of sources, days."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.datastructures import QueryParams

from api.pages.face import Face
from api.pages.plans import asked, booklet, words
from api.pages.plans.asked import Plan, PlanQuery
from api.pages.plans.numbered import Numbered
from graph.errors import InputError
from graph.matching.mission import Drawn
from tests.pages.samples import Json, market, source

EN, FR = Face("en"), Face("fr")


def stand(code: str, status: str | None, **more: Any) -> Json:
    told = {"market": market(code, "en"), "statedFor": market(code, "en"), "regional": False, "ended": False}
    return {**told, "status": status, "sources": [source()], **more}


def participant(*stands: Json, **more: Any) -> Json:
    return {
        "organization": {"iri": "urn:a", "id": "a", "name": "A"},
        "stands": list(stands),
        "meet": [],
        **more,
    }


def plan(*participants: Json, known: Json | None = None, **query: Any) -> Plan:
    drawn = Drawn([market("CN", "en"), market("JP", "en")], [], [], list(participants), len(participants))
    return Plan(PlanQuery(**query), drawn, known)


def met(name: str, *texts: str, against: tuple[str, ...] = ()) -> Json:
    def facts(said: tuple[str, ...]) -> list[Json]:
        return [{"text": text, "sources": [source()]} for text in said]

    org = {"iri": f"urn:{name}", "id": name, "name": name.title()}
    return {"organization": org, "reasons": facts(texts), "counterReasons": facts(against), "missing": []}


def meeting(code: str, **kinds: list[Json]) -> Json:
    return {"market": market(code, "en"), **{kind: kinds.get(kind, []) for kind in words.KINDS}}


@pytest.mark.parametrize(
    ("given", "word", "over"),
    [
        (stand("CN", "targets"), "wants to export", False),
        (stand("CN", "active"), "exports", False),
        (stand("CN", "active", ended=True), "exports (ended)", True),
        (stand("CN", None), "nothing known", False),
    ],
)
def test_a_standing_in_a_word(given: Json, word: str, over: bool) -> None:
    shown = words.standing(EN, given)
    assert (shown["word"], shown["over"], shown["where"]["code"]) == (word, over, "CN")
    assert shown["note"] == ""


def test_what_is_said_of_a_region_stands_there_once() -> None:
    around = {"regional": True, "statedFor": market("ASIA", "en")}
    own = stand("US", "targets")
    shown = words.stands(EN, [stand("CN", "active", **around), own, stand("JP", "active", **around)])
    assert [each["where"]["code"] for each in shown] == ["ASIA", "US"]
    assert shown[0]["note"] == "no source speaks of exports to China and Japan by name"


def test_who_matters_in_two_destinations_is_told_once_with_all_reasons() -> None:
    found = words.met(
        EN,
        [
            meeting("CN", gateways=[met("tokyo", "Near", "Direct")]),
            meeting(
                "JP",
                gateways=[met("tokyo", "There", "Direct", against=("It left",))],
                peers=[met("peer", "Sells")],
            ),
        ],
    )
    assert [group["kind"] for group in found] == ["gateways", "peers"]
    (tokyo,) = found[0]["people"]
    assert tokyo["where"] == "for China and Japan"
    assert [each["text"] for each in tokyo["reasons"]] == ["Near", "Direct", "There"]
    assert [each["text"] for each in tokyo["against"]] == ["It left"]


def test_no_more_than_a_few_of_a_kind() -> None:
    many = [met(f"p{number}", "Sells") for number in range(words.MOST + 3)]
    (group,) = words.met(EN, [meeting("CN", peers=many)])
    assert len(group["people"]) == words.MOST


def test_a_company_counts_as_the_strongest_that_is_said_of_a_destination_itself() -> None:
    around = {"regional": True, "statedFor": market("ASIA", "en")}
    told = plan(
        participant(stand("CN", "targets"), stand("JP", "active")),
        participant(stand("CN", "targets"), stand("JP", "active", **around)),
        participant(stand("CN", "active", **around), stand("JP", None)),
        participant(stand("CN", "active", ended=True), stand("JP", "entering")),
    )
    said = str(words.summary(EN, told))
    for part in (
        "1 company wants to export there",
        "1 company exports there",
        "1 is known only for a wider region",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("known", "past"),
    [
        (None, False),
        ({"start": "2018-05", "end": None, "missionType": "outbound"}, True),
        ({"start": "2026", "end": None, "missionType": "outbound"}, False),
        ({"start": "2026-05", "end": "2026-06-02", "missionType": "outbound"}, False),
        ({"start": None, "end": None, "missionType": "outbound"}, False),
        ({"start": None, "end": None, "missionType": "inbound"}, True),
    ],
)
def test_a_mission_is_over_when_its_date_says_so(known: Json | None, past: bool) -> None:
    assert words.past(plan(known=known), "2026-06-01") is past


def test_days_in_words() -> None:
    assert words.when(EN, plan(start="2027-03-08", end="2027-03-12")) == "8 March 2027 to 12 March 2027"
    assert words.when(EN, plan(start="2027-03-08", end="2027-03-08")) == "8 March 2027"
    assert words.when(EN, plan()) == "No date yet"


def test_sources_are_numbered_as_they_are_first_named() -> None:
    numbered = Numbered()
    assert numbered.of([source("s9"), source("s2")]) == [1, 2]
    assert numbered.of([source("s2"), source("s2"), source("s5")]) == [2, 3]
    assert numbered.of(None) == []
    listed = numbered.listed(EN)
    assert [(each["n"], each["line"]) for each in listed][:1] == [(1, "Blad, 19 February 2018, s9")]
    assert not listed[0]["web"]
    hostile = {**source("s7"), "url": "javascript:alert(1)", "access": "restricted"}
    numbered.of([hostile])
    assert numbered.listed(EN)[-1]["web"] is False
    assert "not public" in numbered.listed(EN)[-1]["line"]


def test_a_colon_is_written_as_the_language_does() -> None:
    assert booklet.pair(EN, "Organizer", "<b>") == "Organizer: <b>"
    assert booklet.pair(FR, "Organisateur", "<b>") == "Organisateur\u00a0: <b>"


def test_parameters_are_read_strictly() -> None:
    query = asked.read(QueryParams("market=TH&market=&market=VN&sector=&start=2027-03-08"))
    assert query.market == ["TH", "VN"]
    assert query.sector == []
    for wrong in ("markt=TH", "start=soon", "participants=0", "start=2027-03-08&end=2027-03-07"):
        with pytest.raises(InputError):
            asked.read(QueryParams(wrong))
