"""What plans say in words, in the three languages: wanting, selling, a region, and what nobody says."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.face import Face
from api.pages.plans import words
from api.pages.plans.asked import Plan, PlanQuery
from graph.matching.mission import Drawn
from tests.pages.samples import Json, market, source

EN = Face("en")
LANGS = ("nl", "en", "fr")


def stand(code: str, status: str | None, lang: str = "en", **more: Any) -> Json:
    told = {"market": market(code, lang), "statedFor": market(code, lang), "regional": False, "ended": False}
    return {**told, "status": status, "sources": [source()], **more}


def plan(*stands: Json, lang: str = "en", codes: tuple[str, ...] = ("CN", "US"), **more: Any) -> Plan:
    each = [{"organization": {"id": "a", "name": "A"}, "stands": [one], "meet": []} for one in stands]
    return Plan(PlanQuery(), Drawn([market(c, lang) for c in codes], [], [], each, len(each)), **more)


@pytest.mark.parametrize(
    ("lang", "title", "wants", "nothing"),
    [
        ("nl", "Handelsmissie naar China en de Verenigde Staten", "wil exporteren", "niets bekend"),
        ("en", "Trade mission to China and the United States", "wants to export", "nothing known"),
        ("fr", "Mission commerciale en Chine et aux États-Unis", "veut exporter", "rien de connu"),
    ],
)
def test_titles_and_standings_in_each_language(lang: str, title: str, wants: str, nothing: str) -> None:
    face = Face(lang)
    assert words.title(face, plan(lang=lang)).unescape() == title
    assert words.standing(face, stand("CN", "targets", lang))["word"] == wants
    assert words.standing(face, stand("CN", None, lang))["word"] == nothing


def test_a_name_that_is_markup_is_escaped_in_titles() -> None:
    hostile = {"label": '<script>"&', "start": None, "end": None, "missionType": "outbound"}
    assert words.title(EN, plan(known=hostile)) == "&lt;script&gt;&#34;&amp;"
    evil = {**market("CN", "en"), "label": "<b>"}
    assert "<b>" not in words.where_to(EN, [evil, evil])


def test_where_to_of_nowhere_is_nothing() -> None:
    assert words.where_to(EN, []) == ""
    assert words.where_to(EN, [market("JP", "en")]) == "to Japan"


@pytest.mark.parametrize("lang", LANGS)
def test_wanting_and_selling_have_words_of_their_own(lang: str) -> None:
    face = Face(lang)
    said = [
        words.standing(face, stand("CN", status, lang))["word"]
        for status in ("targets", "entering", "active", "leading", "withdrawn", None)
    ]
    assert len(set(said)) == 6


def test_who_left_is_over_and_so_is_what_ended() -> None:
    told = [
        words.standing(EN, stand("CN", status, ended=ended))["over"]
        for status, ended in (("withdrawn", False), ("targets", True), ("active", True), ("targets", False))
    ]
    assert told == [True, True, True, False]


def test_of_a_region_the_mark_stands_at_the_region_with_a_note() -> None:
    shown = words.standing(EN, stand("JP", "active", regional=True, statedFor=market("ASIA", "en")))
    assert (shown["where"]["code"], shown["status"]) == ("ASIA", "active")
    assert shown["note"] == "no source speaks of exports to Japan by name"


def test_what_differs_of_a_region_is_not_put_together() -> None:
    around: Json = {"regional": True, "statedFor": market("ASIA", "en")}
    shown = words.stands(EN, [stand("CN", "active", **around), stand("JP", "targets", **around)])
    assert [(each["word"], each["note"]) for each in shown] == [
        ("exports", "no source speaks of exports to China by name"),
        ("wants to export", "no source speaks of exports to Japan by name"),
    ]


def test_a_summary_counts_each_participant_once() -> None:
    one = {"organization": {"id": "a"}, "stands": [stand("CN", "targets"), stand("US", "active")], "meet": []}
    both = Plan(PlanQuery(), Drawn([market("CN", "en")], [], [], [one], 1))
    assert words.summary(EN, both) == "Of Limburg: 1 company exports there."
    assert (
        words.summary(EN, plan(stand("CN", "targets"), stand("CN", "targets"), stand("CN", "entering")))
        == "Of Limburg: 2 companies want to export there and 1 company is taking first steps."
    )


def test_nobody_is_said_plainly() -> None:
    assert (
        words.summary(EN, plan(codes=("JP",)))
        == "No source names a company of Limburg that exports or wants to export to Japan."
    )


def a_market(**more: Any) -> Json:
    empty = dict.fromkeys(("partnerships", "presenceThere", "missionsThere", "statistics"), ())
    return {**market("JP", "en"), **empty, **more}


def test_what_no_source_says_of_a_destination_is_listed() -> None:
    assert words.unknowns(EN, a_market()) == [
        "No source names a partner in Japan.",
        "No source names a branch or subsidiary of a Limburg company in Japan.",
        "No source names an earlier mission to Japan.",
        "No source gives a figure on trade in Japan.",
    ]
    full: Json = {name: [{}] for name in ("partnerships", "presenceThere", "missionsThere", "statistics")}
    for name in full:
        assert len(words.unknowns(EN, a_market(**{name: [{}]}))) == 3, name
    assert words.unknowns(EN, a_market(**full)) == []


def test_what_differs_in_its_market_only_is_said_once_with_all_its_sources() -> None:
    markets = [market("CN", "en"), market("JP", "en")]
    told = [
        {"text": "A sells nothing yet: China", "sources": [source("s1")]},
        {"text": "Same sector: steel", "sources": [source("s2")]},
        {"text": "A sells nothing yet: Japan", "sources": [source("s1"), source("s3")]},
        {"text": "Same sector: steel", "sources": [source("s4")]},
    ]
    found = words.once(EN, told, markets)
    assert [(each["text"], [s["id"] for s in each["sources"]]) for each in found] == [
        ("A sells nothing yet: China and Japan", ["s1", "s3"]),
        ("Same sector: steel", ["s2", "s4"]),
    ]
    assert words.once(Face("fr"), [{"text": "A & <b>\u00a0: Chine"}], [market("CN", "fr")])[0]["text"] == (
        "A & <b>\u00a0: Chine"
    )


def test_a_direct_tie_is_not_told_beside_the_tie_itself() -> None:
    def told(features: tuple[str, ...], steps: int) -> list[str]:
        reasons = [{"feature": each, "text": each, "sources": []} for each in features]
        return [each["text"] for each in words.reasons({"reasons": reasons, "chain": [{}] * steps})]

    assert told(("there", "introduction", "bond"), 1) == ["there", "bond"]
    assert told(("there", "introduction", "bond"), 2) == ["there", "introduction", "bond"]
    assert told(("introduction",), 1) == ["introduction"]


def test_the_days_of_a_planned_mission_have_a_row_each() -> None:
    def days(lang: str, start: str, end: str, **more: Any) -> list[str]:
        query = PlanQuery.model_validate({"start": start, "end": end})
        return words.calendar(Face(lang), Plan(query, Drawn([], [], [], [], 0), **more))

    assert days("nl", "2027-03-08", "2027-03-09") == ["maandag 8 maart", "dinsdag 9 maart"]
    assert days("fr", "2027-03-08", "2027-03-08") == ["lundi 8 mars"]
    assert len(days("en", "2027-03-01", "2027-03-14")) == words.DAYS
    assert days("en", "2027-03-01", "2027-03-15") == []
    assert days("en", "2027-03-01", "2027-03-02", known={"start": "2018", "end": None}) == []


def test_what_is_missing_is_said_once_in_its_order() -> None:
    item = {"missing": [{"text": "b"}, {"text": "a"}, {"text": "b"}]}
    assert words.missing(item) == ["b", "a"]


def test_a_mission_without_its_organization_is_nobody_to_meet() -> None:
    nobody: Json = {"organization": None, "reasons": [], "counterReasons": []}
    meeting = {"market": market("CN", "en"), "gateways": [nobody], "partners": [], "peers": []}
    assert words.met(EN, [meeting]) == []


@pytest.mark.parametrize(
    ("lang", "days", "none"),
    [
        ("nl", ["8 maart 2027", "12 maart 2027"], "Nog zonder datum"),
        ("fr", ["8 mars 2027", "12 mars 2027"], "Pas encore de date"),
    ],
)
def test_days_in_each_language(lang: str, days: list[str], none: str) -> None:
    said = words.when(Face(lang), plan(known={"start": "2027-03-08", "end": "2027-03-12"}))
    assert [said.count(day) for day in days] == [1, 1]
    assert said.index(days[0]) < said.index(days[1])
    assert words.when(Face(lang), plan()) == none


def test_a_day_that_is_known_at_one_end_only() -> None:
    assert words.when(EN, plan(known={"start": None, "end": "2018-05"})) == "May 2018"
    assert words.when(EN, plan(known={"start": "2018", "end": None})) == "2018"
