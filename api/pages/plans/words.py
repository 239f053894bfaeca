"""What pages and papers say of a plan in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from babel.dates import format_date
from markupsafe import Markup

from api.pages import catalogue, places
from api.pages.face import Face
from api.pages.plans.asked import Plan
from graph.model.statuses import EXPORTS

Json = Mapping[str, Any]

KINDS = ("gateways", "partners", "peers")
"""Whom to meet, in the order in which it is told."""

MOST = 4
"""Organizations of a kind, over all destinations."""

DAYS = 14
"""Days of a mission that a booklet has a row for."""


def where_to(face: Face, markets: Sequence[Json]) -> Markup:
    """`naar Thailand en Vietnam`."""
    return _placed(face, [face.to(each) for each in markets[:1]], markets)


def where_in(face: Face, markets: Sequence[Json]) -> Markup:
    """`in Thailand en Vietnam`."""
    return _placed(face, [face.into(each) for each in markets[:1]], markets)


def _placed(face: Face, first: list[str], markets: Sequence[Json]) -> Markup:
    """The first with its preposition, the others as each language names a second."""
    names = [*first, *(places.bare(market, face.lang) for market in markets[1:])]
    return catalogue.join(face.lang, [Markup.escape(name) for name in names], "and")


def title(face: Face, plan: Plan) -> Markup:
    """What the mission is called: as sources call it, else by where it goes."""
    if plan.known is not None:
        return Markup.escape(plan.known["label"])
    return face.t("plan.title", to=where_to(face, plan.drawn.markets))


def when(face: Face, plan: Plan) -> str:
    """Its days in words."""
    start, end = plan.start, plan.end
    if start and end and start != end:
        return face.fromto(start, end)
    return face.day(start or end) if start or end else str(face.t("plan.nodate"))


def calendar(face: Face, plan: Plan) -> list[str]:
    """The days of a mission that is planned, one by one; none where it has no days, or more than `DAYS`."""
    start, end = plan.query.start, plan.query.end
    if plan.known is not None or start is None or end is None or (end - start).days >= DAYS:
        return []
    locale = catalogue.LOCALES[face.lang]
    return [
        str(format_date(start + timedelta(number), "EEEE d MMMM", locale=locale))
        for number in range((end - start).days + 1)
    ]


def past(plan: Plan, today: str) -> bool:
    """Whether it took place already, as far as its date says, or came from there to us."""
    if plan.known is None:
        return False
    last = plan.end or plan.start
    return plan.known["missionType"] == "inbound" or (last is not None and last < today[: len(last)])


def summary(face: Face, plan: Plan) -> Markup:
    """`2 bedrijven willen erheen exporteren, 1 exporteert erheen en 2 zijn alleen voor een ruimere regio bekend.`"""
    counts = dict.fromkeys(("targets", "entering", "exports", "regional"), 0)
    for each in plan.drawn.participants:
        counts[_rung(each)] += 1
    keys = {
        "targets": "headline.targets",
        "entering": "headline.entering",
        "exports": "headline.exports",
        "regional": "plan.regional",
    }
    parts = [face.t(key, n=counts[name]) for name, key in keys.items() if counts[name]]
    if not parts:
        return face.t("plan.nobody", to=where_to(face, plan.drawn.markets))
    return face.t("plan.summary", parts=catalogue.join(face.lang, parts, "and"))


def _rung(participant: Json) -> str:
    """What a participant is counted as: the strongest that is said of a destination itself, else of a region."""
    own = {s["status"] for s in participant["stands"] if s["status"] and not s["regional"] and not s["ended"]}
    if own & EXPORTS:
        return "exports"
    return next((name for name in ("entering", "targets") if name in own), "regional")


def standing(face: Face, stand: Json) -> dict[str, Any]:
    """How a company stands: the mark, the word on it, and of which market that is said.

    What is known of Asia only is shown as said of Asia, with a note that nobody speaks of Thailand itself.
    """
    if not stand["status"]:
        return _stood(stand["market"], "", str(face.t("plan.notknown")))
    over = bool(stand["ended"]) or stand["status"] == "withdrawn"
    word = face.word("status", stand["status"])
    if stand["ended"]:
        word = f"{word} ({face.t('status.ended')})"
    if not stand["regional"]:
        return _stood(stand["market"], stand["status"], word, over=over)
    note = only_region(face, [stand["market"]])
    return _stood(stand["statedFor"], stand["status"], word, over=over, note=note)


def only_region(face: Face, markets: Sequence[Json]) -> str:
    """That of these themselves nobody speaks."""
    return face.t("plan.onlyregion", to=where_to(face, markets)).unescape()


def _stood(where: Json, status: str, word: str, *, over: bool = False, note: str = "") -> dict[str, Any]:
    return {"where": where, "status": status, "over": over, "word": word, "note": note}


def unknowns(face: Face, market: Json) -> list[str]:
    """What no source says of a destination, plainly."""
    lacking = []
    for key, name in (("plan.nopartners", "partnerships"), ("plan.nopresence", "presenceThere")):
        if not market[name]:
            lacking.append(face.t(key, into=face.into(market)))
    if not market["missionsThere"]:
        lacking.append(face.t("plan.nomission", to=face.to(market)))
    if not market["statistics"]:
        lacking.append(face.t("plan.nofigures", into=face.into(market)))
    return [str(each.striptags()) for each in lacking]


def missing(item: Json) -> list[str]:
    """What is not known of a result, each once."""
    return list(dict.fromkeys(str(each["text"]) for each in item["missing"]))


def facts(items: Iterable[Json]) -> list[dict[str, Any]]:
    """Sentences with their sources."""
    return [{"text": str(each["text"]), "sources": each["sources"]} for each in items]


def reasons(item: Json) -> list[dict[str, Any]]:
    """Why to meet somebody; that the tie is direct is left out where the tie itself is told."""
    told = {each.get("feature") for each in item["reasons"]}
    direct = "bond" in told and len(item.get("chain") or ()) == 1
    return facts(each for each in item["reasons"] if not (direct and each.get("feature") == "introduction"))


def once(face: Face, told: Iterable[Json], markets: Iterable[Json] = ()) -> list[dict[str, Any]]:
    """Each sentence once, with all its sources; those that differ only in the market at their end as one."""
    names = [str(each["label"]) for each in markets]
    ends: dict[str, dict[str, None]] = {}
    sources: dict[str, dict[str, Json]] = {}
    for each in told:
        text = str(each["text"])
        end = next((name for name in names if text.endswith(f": {name}")), "")
        begin = text.removesuffix(end)
        ends.setdefault(begin, {})[end] = None
        sources.setdefault(begin, {}).update({str(s["id"]): s for s in each.get("sources") or ()})
    return [
        {"text": begin + listed(face, filter(None, found)), "sources": list(sources[begin].values())}
        for begin, found in ends.items()
    ]


def listed(face: Face, names: Iterable[str]) -> str:
    """Names as a sentence lists them, where nothing is markup."""
    return catalogue.join(face.lang, [Markup.escape(name) for name in names], "and").unescape()


def met(face: Face, meetings: Iterable[Json]) -> list[dict[str, Any]]:
    """Whom to meet, by kind; who matters in several destinations stands there once, with all that is said."""
    found, meetings = [], list(meetings)
    markets = [meeting["market"] for meeting in meetings]
    for kind in KINDS:
        people: dict[str, dict[str, Any]] = {}
        for meeting in meetings:
            for each in meeting[kind]:
                if each["organization"] is not None:
                    _add(people, each, str(meeting["market"]["label"]))
        if people:
            title = str(face.t(f"plan.{kind}"))
            held = [
                {
                    **one,
                    "where": str(face.t("plan.for", markets=listed(face, one["where"])).unescape()),
                    "what": title,
                    "reasons": once(face, one["reasons"], markets),
                    "against": once(face, one["against"], markets),
                }
                for one in list(people.values())[:MOST]
            ]
            found.append({"kind": kind, "title": title, "people": held})
    return found


def _add(people: dict[str, dict[str, Any]], each: Json, where: str) -> None:
    one = people.setdefault(
        str(each["organization"]["id"]),
        {
            "name": str(each["organization"]["name"]),
            "id": str(each["organization"]["id"]),
            "where": [],
            "reasons": [],
            "against": [],
        },
    )
    one["where"].append(where)
    one["reasons"] += reasons(each)
    one["against"] += facts(each["counterReasons"])


def stands(face: Face, found: Sequence[Json]) -> list[dict[str, Any]]:
    """How a company stands in each destination; what is said of one region for several stands there once."""
    told: list[dict[str, Any]] = []
    regions: dict[tuple[str, str], list[Json]] = {}
    for stand in found:
        shown = {**standing(face, stand), "sources": stand["sources"]}
        if not stand["regional"]:
            told.append(shown)
            continue
        same = regions.setdefault((str(shown["where"]["code"]), shown["word"]), [])
        same.append(stand["market"])
        if len(same) == 1:
            told.append(shown)
    for shown in told:
        about = regions.get((str(shown["where"]["code"]), shown["word"]))
        if about and shown["note"]:
            shown["note"] = only_region(face, about)
    return told
