"""The booklet as data for its template: who wants, who sells, what only a region is known for, and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.deps import Context
from api.pages.face import Face
from api.pages.plans import booklet
from api.pages.plans.numbered import Numbered
from graph.documents import Job
from graph.index import Index
from tests.pages.plans.conftest import NAMES, Draw
from tests.pages.samples import Json, engagement, market, source

EN = Face("en")


@pytest.fixture
def made(ctx: Context, index: Index, drawn: Draw) -> Job:
    """The booklet of a mission to Vietnam and Thailand."""
    return booklet.job(ctx, index, EN, drawn(EN, "VN", "TH"))


def company(job: Job, name: str) -> Json:
    (found,) = [each for each in job.data["companies"] if each["name"] == NAMES[name]]
    return dict(found)


def numbers(value: Any) -> Iterator[int]:
    """Every number of a source in some data, in the order in which the paper names them."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from each if name in ("sources", "activity-sources") else numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each)


def test_wanting_selling_and_a_region_are_never_mixed(made: Job) -> None:
    vietnam, thailand = made.data["programme"]
    assert vietnam["name"] == "Vietnam"
    cited = {each["n"]: each["line"].rpartition(", ")[2] for each in made.data["sources"]}

    def told(rung: str) -> list[tuple[str, str, str, list[str]]]:
        return [
            (each["status"], each["name"], each["region"], [cited[number] for number in each["sources"]])
            for each in vietnam[rung]
        ]

    assert told("wants") == [("targets", NAMES["dreams"], "", ["s1"])]
    assert told("does") == [("active", NAMES["sells"], "", ["s2"])]
    assert told("around") == [("active", "Wide", "Asia", ["s3"])]
    assert (thailand["wants"], thailand["does"]) == ([], [])
    assert thailand["none"] == "No source says anything of these companies in Thailand."


def test_who_is_there_and_which_missions_went_with_their_sources(made: Job) -> None:
    cited = {each["n"]: each["line"] for each in made.data["sources"]}
    vietnam, thailand = made.data["programme"]
    (partner,) = [each for each in vietnam["there"] if each["text"].startswith("Agent")]
    assert partner["text"].endswith(f"of {NAMES['sells']}")
    assert [cited[number] for number in partner["sources"]] == ["+Trends, March 2020, s2"]
    assert [each["text"] for each in vietnam["missions"]] == ["Mission asia, May 2018, organized by Host"]
    assert thailand["there"] == []
    assert thailand["nobody"] == "No source names a partner in Thailand."


def test_sources_are_numbered_without_a_gap_in_the_order_of_the_paper(made: Job) -> None:
    listed = [each["n"] for each in made.data["sources"]]
    assert listed == list(range(1, len(listed) + 1))
    papers = [made.data[name] for name in ("programme", "companies", "ties")]
    assert list(dict.fromkeys(numbers(papers))) == listed
    lines = [each["line"] for each in made.data["sources"]]
    assert len(lines) == len(set(lines))
    first = [each["line"].rpartition(", ")[2] for each in made.data["sources"][:3]]
    assert first == [
        "s1",
        "s2",
        "s3",
    ]  # the programme comes first: who wants, who sells, who is known for Asia


def test_a_page_of_a_company_tells_how_it_stands_and_what_nobody_says(made: Job) -> None:
    dreams = company(made, "dreams")
    assert dreams["kicker"] == "Genk · steel"
    assert [(each["status"], each["word"]) for each in dreams["standing"]] == [
        ("targets", "wants to export"),
        ("", "nothing known"),
    ]
    assert "No source names anybody of this company in a role." in dreams["unknown"]
    assert all("wants to export" not in each["text"] for each in dreams["reasons"])  # it stands there already
    assert dreams["elsewhere"] == []  # Vietnam is where it is asked to go
    wide = company(made, "wide")
    assert [each["text"] for each in wide["persons"]] == ["Ann, CEO; stated: 2021"]
    assert "No source names anybody of this company in a role." not in wide["unknown"]
    assert [(each["status"], each["markets"]) for each in wide["elsewhere"]] == [("active", "Poland")]
    assert all(each["sources"] for each in wide["elsewhere"])
    assert [each["note"] for each in wide["standing"]] == [
        "no source speaks of exports to Vietnam and Thailand by name"
    ]


def test_hostile_names_are_passed_on_as_they_are(made: Job) -> None:
    assert {each["name"] for each in made.data["companies"]} == set(NAMES.values())
    assert not any("&lt;" in str(each) or "&#34;" in str(each) for each in made.data["ties"])
    assert any(NAMES["dreams"] in each["text"] for each in made.data["ties"])
    assert "<b>" not in made.pictures["network"]
    assert "&lt;b&gt;" in made.pictures["network"]


def test_ties_tell_wanting_apart_and_meeting_is_none(made: Job) -> None:
    told = [each["text"] for each in made.data["ties"]]
    assert f"{NAMES['dreams']} – wants to export – Vietnam" in told
    assert f"{NAMES['sells']} – exports – Vietnam" in told
    assert not any(NAMES["dreams"] in text and "Agent" in text for text in told)


@pytest.mark.parametrize(
    ("lang", "title", "kicker", "day"),
    [
        ("nl", "Handelsmissie naar Vietnam", "Boekje voor de delegatie · voorstel", "1 juni 2024"),
        ("en", "Trade mission to Vietnam", "Booklet for the delegation · proposal", "1 June 2024"),
        ("fr", "Mission commerciale au Viêt Nam", "Livret de la délégation · proposition", "1 juin 2024"),
    ],
)
def test_the_cover_in_each_language(
    request: pytest.FixtureRequest, lang: str, title: str, kicker: str, day: str
) -> None:
    face = Face(lang)
    ctx, index, drawn = (request.getfixturevalue(name) for name in ("ctx", "index", "drawn"))
    told = booklet.job(ctx, index, face, drawn(face, "VN")).data
    assert (told["lang"], told["title"], told["kicker"]) == (lang, title, kicker)
    assert f" {day} " in told["made"]
    assert "r9" in told["made"]
    assert told["foot"] == f"{title} · Verre, {day}"


def test_a_mission_that_sources_tell_of_is_called_as_they_do(ctx: Context, index: Index, drawn: Draw) -> None:
    told = booklet.job(ctx, index, EN, drawn(EN, ref="asia")).data
    assert (told["title"], told["when"]) == ("Mission asia", "May 2018")
    assert told["kicker"] == "Booklet for a mission that sources tell of"


def test_a_known_mission_tells_who_went_apart_from_who_could_go(
    ctx: Context, index: Index, drawn: Draw
) -> None:
    told = booklet.job(ctx, index, EN, drawn(EN, ref="asia")).data
    assert [each["text"] for each in told["went"]] == ["No source names a participant."]
    assert told["lead"] == "Who could go to the same markets today, and why"
    assert told["note"].endswith("Nobody here was asked or has registered.")
    assert [each["missions"] for each in told["programme"]] == [[], []]  # it is no other mission of itself
    planned = booklet.job(ctx, index, EN, drawn(EN, "VN")).data
    assert (planned["went"], planned["lead"]) == ([], "Who could come, and why")


def test_a_tie_that_two_sources_tell_stands_there_once(made: Job) -> None:
    told = [each["text"] for each in made.data["ties"]]
    assert len(told) == len(set(told))
    marks = {each["text"]: each["status"] for each in made.data["ties"]}
    assert marks[f"{NAMES['dreams']} – wants to export – Vietnam"] == "targets"
    assert marks[f"Agent: distributor of {NAMES['sells']}"] == ""


def test_partners_of_participants_come_first_and_the_rest_is_counted() -> None:
    def partner(number: int, principal: str) -> Json:
        ends = {
            "partner": {"id": f"p{number}", "name": f"P{number}"},
            "principal": {"id": principal, "name": principal},
        }
        return {**ends, "role": "distributor", "sources": [source(f"s{number}")]}

    site = {"kind": "site", "place": "Hanoi", "company": {"id": "b", "name": "B"}, "sources": []}
    branch = {
        "kind": "branch",
        "organization": {"id": "b", "name": "B"},
        "company": {"id": "a", "name": "A"},
        "sources": [],
    }
    there = {"partnerships": [partner(1, "z"), partner(2, "a")], "presenceThere": [site, branch]}
    assert [each["text"] for each in booklet._there(EN, there, {"a"})] == [
        "P2: distributor of a",
        "P1: distributor of z",
        "B: branch of A",
    ]
    alone = {"partnerships": [], "presenceThere": [site]}
    assert [each["text"] for each in booklet._there(EN, alone, set())] == ["B has a place in Hanoi"]
    assert [each["text"] for each in booklet._rest(EN, 3)] == ["And 3 more, on the page of this market."]
    assert booklet._rest(EN, 0) == []


def test_a_mission_that_nobody_fits_says_so_and_draws_nothing(
    ctx: Context, index: Index, drawn: Draw
) -> None:
    job = booklet.job(ctx, index, EN, drawn(EN, "NL"))
    assert (
        job.data["summary"]
        == "No source names a company of Limburg that exports or wants to export to the Netherlands."
    )
    assert (job.data["companies"], job.data["ties"], job.data["sources"]) == ([], [], [])
    assert (job.data["picture"], job.pictures) == (False, {})


def told_mission(**more: Any) -> Json:
    told = {
        "label": "<i>M</i>",
        "start": "2018-05",
        "organizers": [],
        "participants": [],
        "sources": [source()],
    }
    return {**told, **more}


def test_a_mission_in_a_line_says_what_is_not_known() -> None:
    line = booklet.mission(EN, told_mission(start=None))
    assert line["text"] == "<i>M</i>, undated, organizer not named"
    guests = [{"organization": {"name": "A & B"}}, {"organization": {"name": "C"}}]
    full = booklet.mission(EN, told_mission(organizers=[{"name": "FIT"}], participants=guests))
    assert full["text"] == "<i>M</i>, May 2018, organized by FIT; took part: A & B and C"
    days = booklet.mission(Face("fr"), told_mission(start="2007-06-16", end="2007-06-26"))
    assert days["text"] == "<i>M</i>, du 16 juin 2007 au 26 juin 2007, organisateur non cité"


def test_people_that_no_longer_have_the_role_are_left_out() -> None:
    roles = [
        {"role": "CEO", "ended": False, "attested": "2018-02-19", "sources": [source()]},
        {"role": "CFO", "ended": True, "attested": "2017", "sources": [source()]},
        {"role": "owner", "ended": False, "attested": None, "sources": []},
    ]
    found = booklet.staff(EN, {"people": [{"id": "p", "name": "Ann <b>", "roles": roles}]})
    assert [each["text"] for each in found] == [
        "Ann <b>, CEO; stated: 19 February 2018",
        "Ann <b>, owner",
    ]
    assert booklet.staff(EN, {}) == []


def test_the_line_under_a_name_has_only_what_is_known() -> None:
    assert booklet.kicker(EN, {"municipality": {"label": "Genk"}, "sectors": []}) == "Genk"
    assert (
        booklet.kicker(EN, {"country": market("JP", "en"), "sectors": [{"label": "steel"}]})
        == "Japan · steel"
    )
    assert booklet.kicker(EN, {}) == ""


def test_identifiers_are_plain_text_with_their_sources() -> None:
    site = {"property": "website", "value": "https://example.org/?a=1&b=2", "sources": [source("s4")]}
    given = {
        "iri": "urn:a",
        "name": "A",
        "identifiers": [{"scheme": "kbo", "value": "0403199702"}],
        "statements": [site],
        "engagements": [engagement("CN", "targets")],
    }
    found = booklet.pairs(EN, given, Numbered())
    values = [each["value"] for each in found]
    assert values == ["0403.199.702", "https://example.org/?a=1&b=2"]
