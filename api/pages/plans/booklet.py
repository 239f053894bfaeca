"""The booklet of a delegation as data for its template: cover, programme, one page a company, network, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.deps import Context
from api.pages.face import Face
from api.pages.plans import delegation, page, words
from api.pages.plans.asked import Plan
from api.pages.plans.numbered import Numbered
from api.pages.views import company as company_view
from api.pages.views import facts
from graph.documents import Job
from graph.index import Index
from graph.network.drawing import svg

Json = Mapping[str, Any]

RUNGS = ("targets", "entering", "active", "leading", "withdrawn")
WORDS = (
    "programme", "programme-lead", "wants", "does", "around", "there", "missions", "agenda", "standing", "why", "meet",
    "nomeet", "persons", "unknown", "notes", "network", "network-lead", "ties", "sources",
)  # fmt: skip
"""What the template says itself."""

PERSONS, MEET, TIES = 6, 3, 60
"""Lines that fit a page: people of a company, whom to meet of a kind in a destination, relations."""


def job(ctx: Context, index: Index, face: Face, plan: Plan) -> Job:
    """The booklet, ready to be set."""
    numbered = Numbered()
    found = delegation.network(ctx, index, face, plan)
    data = {
        **paper(ctx, face, str(words.title(face, plan).striptags())),
        "kicker": str(face.t("booklet.kicker" if plan.known is None else "booklet.kicker.known")),
        "when": words.when(face, plan),
        "summary": str(words.summary(face, plan).striptags()),
        "legend": [{"status": each, "text": face.word("status", each)} for each in RUNGS],
        "made": str(face.t("booklet.made", date=face.day(ctx.today.isoformat()), release=ctx.release)),
        "words": said(face, "booklet", WORDS),
        "programme": [_destination(ctx, index, face, (plan, each, numbered)) for each in plan.drawn.markets],
        "companies": [_company(ctx, index, face, (each, numbered)) for each in plan.drawn.participants],
        "picture": bool(found.number_of_edges()),
        "picture-alt": str(face.t("booklet.network-alt", name=words.title(face, plan))),
        "ties": _ties(face, found, numbered),
    }
    pictures = {"network": svg(found).decode("utf-8")} if found.number_of_edges() else {}
    return Job("booklet", {**data, "sources": numbered.listed(face)}, pictures)


def paper(ctx: Context, face: Face, title: str) -> dict[str, Any]:
    """What every paper of ours has."""
    return {
        "lang": face.lang,
        "title": title,
        "keywords": ["Verre", ctx.release],
        "foot": f"{title} · Verre, {face.day(ctx.today.isoformat())}",
    }


def said(face: Face, family: str, names: Iterable[str]) -> dict[str, str]:
    """Words of the catalogue, for a template."""
    return {name: str(face.t(f"{family}.{name}").striptags()) for name in names}


def _destination(ctx: Context, index: Index, face: Face, at: tuple[Plan, Json, Numbered]) -> dict[str, Any]:
    plan, market, numbered = at
    found = index.market(market["code"], face.lang, ctx.today)
    wants: list[Json] = []
    does: list[Json] = []
    around: list[Json] = []
    for each in plan.drawn.participants:
        stand = next(s for s in each["stands"] if s["market"]["code"] == market["code"])
        shown = words.standing(face, stand)
        if stand["status"] and not shown["over"]:
            region = str(stand["statedFor"]["label"]) if stand["regional"] else ""
            entry = {"status": stand["status"], "name": each["organization"]["name"], "region": region}
            (around if stand["regional"] else wants if stand["status"] == "targets" else does).append(entry)
    return {
        "name": str(market["label"]),
        "wants": wants,
        "does": does,
        "around": around,
        "none": str(face.t("booklet.none", into=face.into(market)).striptags()),
        "nobody": str(face.t("plan.nopartners", into=face.into(market)).striptags()),
        "there": numbered.lines(_there(face, found)),
        "missions": numbered.lines(mission(face, each) for each in found["missionsThere"][:4]),
    }


def _there(face: Face, market: Json) -> list[dict[str, Any]]:
    """Partners in a destination, and who has a place there, in a line each."""
    lines = []
    for each in market["partnerships"]:
        if not each.get("ended"):
            role = face.word("role", each.get("role"), each.get("roleLabel"))
            names = {"name": each["partner"]["name"], "role": role, "other": each["principal"]["name"]}
            lines.append({"text": face.t("booklet.partner", **names).unescape(), "sources": each["sources"]})
    for each in market["presenceThere"]:
        if not each.get("ended"):
            name = (each.get("organization") or {}).get("name") or each.get("place") or ""
            kind = face.word("presence", each["kind"])
            of = str((each.get("company") or {}).get("name") or "")
            told = face.t("booklet.presence", name=name, kind=kind, other=of).unescape()
            lines.append({"text": told, "sources": each["sources"]})
    return lines[:8]


def pair(face: Face, label: object, value: str) -> str:
    """A label and what it has, as the language writes a colon."""
    return face.t("plan.pair", label=label, value=value).unescape()


def mission(face: Face, told: Json) -> dict[str, Any]:
    """A mission in a line: when, who organized it, who is known to have gone."""
    days = face.day(told["start"]) if told["start"] else str(face.t("when.undated"))
    hosts = ", ".join(str(each["name"]) for each in told["organizers"]) or str(face.t("unknown"))
    parts = [f"{told['label']}, {days}", pair(face, face.t("col.organizer"), hosts)]
    guests = ", ".join(str(each["organization"]["name"]) for each in told["participants"])
    if guests:
        parts.append(pair(face, face.t("mission.participants"), guests))
    return {"text": "; ".join(parts), "sources": told["sources"]}


def _company(ctx: Context, index: Index, face: Face, at: tuple[Json, Numbered]) -> dict[str, Any]:
    each, numbered = at
    found = index.company(each["organization"]["iri"], face.lang, ctx.today)
    activity = company_view.activity(found)
    stated = company_view.statements(found)
    return {  # in the order of the template: sources are numbered as they are first named
        "name": str(found["name"]),
        "kicker": kicker(face, found),
        "activity": activity["text"] if activity else "",
        "activity-sources": numbered.of(s for one in stated.get("activity", []) for s in one["sources"]),
        "pairs": pairs(face, found, numbered),
        "standing": [_standing(stand, numbered) for stand in words.stands(face, each["stands"])],
        "elsewhere": _elsewhere(face, found, {s["market"]["code"] for s in each["stands"]}),
        "reasons": numbered.lines(r for r in each["reasons"] if r["feature"] != "standing"),
        "against": numbered.lines(each["counterReasons"]),
        "meet": [
            {"title": group["title"], "people": [persons(numbered, one) for one in group["people"][:MEET]]}
            for group in words.met(face, each["meet"])
        ],
        "persons": numbered.lines(staff(face, found)[:PERSONS]),
        "unknown": _unknown(face, each, found),
    }


def persons(numbered: Numbered, one: Json) -> dict[str, Any]:
    """Somebody to meet, with the numbers of sources."""
    return {
        "name": one["name"],
        "what": one.get("where") or one["what"],
        "reasons": numbered.lines(one["reasons"]),
        "against": numbered.lines(one["against"]),
    }


def kicker(face: Face, company: Json) -> str:
    """Where it is and what it does, in a line."""
    town, country = company.get("municipality"), company.get("country")
    place = (town or {}).get("label") if isinstance(town, Mapping) else town
    sectors = [str(each["label"]) for each in company.get("sectors") or ()]
    return " · ".join(
        str(part) for part in (place or (country or {}).get("label"), ", ".join(sectors)) if part
    )


def pairs(face: Face, company: Json, numbered: Numbered) -> list[dict[str, Any]]:
    """Identifiers and website."""
    wanted = ("company.identifier.kbo", "company.identifier.lei", "company.website", "company.founded")
    labels = {str(face.t(key)) for key in wanted}
    return [
        {
            "label": str(pair["label"]),
            "value": "; ".join(_plain(value["text"]) for value in pair["values"]),
            "sources": numbered.of(s for value in pair["values"] for s in value.get("sources") or ()),
        }
        for pair in company_view.heading(face, company)
        if str(pair["label"]) in labels
    ]


def _plain(text: Any) -> str:
    return str(text.striptags()) if hasattr(text, "striptags") else str(text)


def _standing(shown: Json, numbered: Numbered) -> dict[str, Any]:
    told = {name: shown[name] for name in ("status", "over", "word", "note")}
    return {**told, "market": str(shown["where"]["label"]), "sources": numbered.of(shown["sources"])}


def _elsewhere(face: Face, company: Json, asked: set[str]) -> str:
    """Where else it goes, by rung, in a line."""
    told = []
    for rung in facts.ladder(company.get("engagements") or ()):
        names = [str(f["market"]["label"]) for f in rung["facts"] if f["market"]["code"] not in asked]
        if names and rung["status"] != "over":
            told.append(pair(face, face.word("status", rung["status"]), ", ".join(names)))
    return str(face.t("booklet.elsewhere", markets="; ".join(told)).unescape()) if told else ""


def staff(face: Face, company: Json) -> list[dict[str, Any]]:
    """People of a company in their business roles, in a line each."""
    lines = []
    for each in company_view.people(company):
        if not each.get("ended"):
            said_ = (
                f" ({face.t('when.attested', date=face.day(each['attested']))})"
                if each.get("attested")
                else ""
            )
            lines.append({"text": f"{each['name']}, {each['role']}{said_}", "sources": each["sources"]})
    return lines


def _unknown(face: Face, each: Json, company: Json) -> list[str]:
    lacking = words.missing(each)
    for meeting in each["meet"]:
        if not meeting["partners"]:
            into = face.into(meeting["market"])
            lacking.append(str(face.t("booklet.nopartner", into=into).striptags()))
    if not company.get("people"):
        lacking.append(str(face.t("booklet.noperson").striptags()))
    return list(dict.fromkeys(lacking))[:8]


def _ties(face: Face, found: Any, numbered: Numbered) -> list[dict[str, Any]]:
    rows = page.table(found, face)
    told = []
    for row in rows[:TIES]:
        label = face.word("status", row["status"]) if row["status"] else str(row["label"])
        ended = f" ({face.t('status.ended')})" if row["ended"] else ""
        text = f"{row['start']['label']} – {label}{ended} – {row['stop']['label']}"
        told.append({"text": text, "sources": row["sources"]})
    if len(rows) > TIES:
        told.append({"text": str(face.t("booklet.moreties", n=len(rows) - TIES).striptags()), "sources": []})
    return numbered.lines(told)
