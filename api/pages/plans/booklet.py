"""The booklet of a delegation as data for its template: cover, programme, one page a company, network, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
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
    "programme", "programme-lead", "wants", "does", "around", "there", "agenda", "days", "day", "hour", "place", "whom",
    "standing", "elsewhere", "why", "meet", "nomeet", "persons", "unknown", "notes", "network", "network-lead", "ties",
    "sources",
)  # fmt: skip
"""What the template says itself."""

FOOT = 90
"""Letters of the title at the foot of a page: one line."""
PERSONS, MEET, TIES, THERE, MISSIONS = 6, 3, 60, 8, 4
"""Lines that fit a page: people of a company, whom to meet of a kind in a destination, relations, who is there, missions."""


def job(ctx: Context, index: Index, face: Face, plan: Plan) -> Job:
    """The booklet, ready to be set."""
    numbered = Numbered()
    found = delegation.network(ctx, index, face, plan)
    data = {
        **paper(ctx, face, str(words.title(face, plan).striptags())),
        "kicker": str(face.t("booklet.kicker" if plan.known is None else "booklet.kicker.known")),
        "when": words.when(face, plan),
        **_cover(ctx, face, plan, numbered),
        "legend": [{"status": each, "text": face.word("status", each)} for each in RUNGS],
        "made": str(face.t("booklet.made", date=face.day(ctx.today.isoformat()), release=ctx.release)),
        "words": {
            **said(face, "booklet", WORDS),
            "missions": str(face.t("booklet.missions" if plan.known is None else "booklet.missions.known")),
        },
        "programme": [_destination(ctx, index, face, (plan, each, numbered)) for each in plan.drawn.markets],
        "days": words.calendar(face, plan),
        "companies": [_company(ctx, index, face, (each, numbered)) for each in plan.drawn.participants],
        "picture": bool(found.number_of_edges()),
        "picture-alt": str(face.t("booklet.network-alt", name=words.title(face, plan))),
        "ties": _ties(face, found, numbered),
    }
    pictures = {"network": svg(found).decode("utf-8")} if found.number_of_edges() else {}
    return Job("booklet", {**data, "sources": numbered.listed(face)}, pictures)


def _cover(ctx: Context, face: Face, plan: Plan, numbered: Numbered) -> dict[str, Any]:
    """What the cover tells: who went, as far as sources say, and who could go; that none of these was asked."""
    went: list[dict[str, Any]] = []
    if plan.known is not None and words.past(plan, ctx.today.isoformat()):
        guests = [str(each["organization"]["name"]) for each in plan.known["participants"]]
        told = (
            face.t("booklet.went", names=words.listed(face, guests)) if guests else face.t("mission.nobody")
        )
        went = [{"text": _capital(told.unescape()), "sources": plan.known["sources"] if guests else []}]
    return {
        "went": numbered.lines(went),
        "lead": str(face.t("plan.who.past" if went else "plan.who")),
        "summary": str(words.summary(face, plan).striptags()),
        "note": str(face.t("plan.note").striptags()),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def paper(ctx: Context, face: Face, title: str) -> dict[str, Any]:
    """What every paper of ours has."""
    return {
        "lang": face.lang,
        "title": title,
        "keywords": ["Verre", ctx.release],
        "foot": f"{title if len(title) <= FOOT else title[:FOOT] + '…'} · Verre, {face.day(ctx.today.isoformat())}",
    }


def said(face: Face, family: str, names: Iterable[str]) -> dict[str, str]:
    """Words of the catalogue, for a template."""
    return {name: str(face.t(f"{family}.{name}").striptags()) for name in names}


def _destination(ctx: Context, index: Index, face: Face, at: tuple[Plan, Json, Numbered]) -> dict[str, Any]:
    plan, market, numbered = at
    found = index.market(market["code"], face.lang, ctx.today)
    wants: list[dict[str, Any]] = []
    does: list[dict[str, Any]] = []
    around: list[dict[str, Any]] = []
    for each in plan.drawn.participants:
        stand = next(s for s in each["stands"] if s["market"]["code"] == market["code"])
        shown = words.standing(face, stand)
        if stand["status"] and not shown["over"]:
            region = str(stand["statedFor"]["label"]) if stand["regional"] else ""
            name = each["organization"]["name"]
            entry = {"status": stand["status"], "name": name, "region": region, "sources": stand["sources"]}
            (around if stand["regional"] else wants if stand["status"] == "targets" else does).append(entry)
    for entry in (*wants, *does, *around):  # in the order of the paper
        entry["sources"] = numbered.of(entry["sources"])
    there = words.once(face, _there(face, found, {p["organization"]["id"] for p in plan.drawn.participants}))
    itself = plan.known["id"] if plan.known else None
    missions = [each for each in found["missionsThere"] if each["id"] != itself]
    return {
        "name": str(market["label"]),
        "wants": wants,
        "does": does,
        "around": around,
        "none": str(face.t("booklet.none", into=face.into(market)).striptags()),
        "nobody": str(face.t("plan.nopartners", into=face.into(market)).striptags()),
        "there": numbered.lines([*there[:THERE], *_rest(face, len(there) - THERE)]),
        "missions": numbered.lines(
            [*(mission(face, each) for each in missions[:MISSIONS]), *_rest(face, len(missions) - MISSIONS)]
        ),
    }


def _there(face: Face, market: Json, participants: Set[str]) -> list[dict[str, Any]]:
    """Partners in a destination, those of participants first, and who has a place there, in a line each."""
    lines = []

    def tied(each: Json) -> bool:
        return not {each["partner"]["id"], each["principal"]["id"]} & participants

    for each in sorted(market["partnerships"], key=tied):
        if not each.get("ended"):
            role = face.word("role", each.get("role"), each.get("roleLabel"))
            names = {"name": each["partner"]["name"], "role": role, "other": each["principal"]["name"]}
            lines.append({"text": face.t("booklet.partner", **names).unescape(), "sources": each["sources"]})
    going_on = [each for each in market["presenceThere"] if not each.get("ended")]
    named = {each["organization"]["id"] for each in going_on if each.get("organization")}
    lines += [
        {"text": _presence(face, each), "sources": each["sources"]}
        for each in going_on
        if each.get("organization") or (each.get("company") or {}).get("id") not in named
    ]
    return lines


def _presence(face: Face, each: Json) -> str:
    """A branch or subsidiary and whose it is, or a place of a company."""
    of = str((each.get("company") or {}).get("name") or "")
    if not each.get("organization"):
        return face.t("booklet.site", name=of, place=each.get("place") or "?").unescape()
    names = {"name": each["organization"]["name"], "kind": face.word("presence", each["kind"]), "other": of}
    return face.t("booklet.presence", **names).unescape()


def _rest(face: Face, more: int) -> list[dict[str, Any]]:
    """How many more there are, where not all are told."""
    return [{"text": str(face.t("booklet.more", n=more).striptags()), "sources": []}] if more > 0 else []


def pair(face: Face, label: object, value: str) -> str:
    """A label and what it has, as the language writes a colon."""
    return face.t("plan.pair", label=label, value=value).unescape()


def mission(face: Face, told: Json) -> dict[str, Any]:
    """A mission in a line: when, who organized it, who is known to have gone."""
    start, end = told["start"], told.get("end")
    undated = str(face.t("when.undated"))
    days = (
        face.fromto(start, end) if start and end and start != end else face.day(start) if start else undated
    )
    hosts = words.listed(face, (str(each["name"]) for each in told["organizers"]))
    parts = [face.t("booklet.hosts", names=hosts) if hosts else face.t("booklet.nohost")]
    guests = words.listed(face, (str(each["organization"]["name"]) for each in told["participants"]))
    if guests:
        parts.append(face.t("booklet.went", names=guests))
    said_ = parted(face, (each.unescape() for each in parts))
    return {"text": f"{told['label']}, {days}, {said_}", "sources": told["sources"]}


def parted(face: Face, parts: Iterable[str]) -> str:
    """Parts of a sentence with semicolons, as the language sets them."""
    return ("\u202f; " if face.lang == "fr" else "; ").join(parts)


def _company(ctx: Context, index: Index, face: Face, at: tuple[Json, Numbered]) -> dict[str, Any]:
    each, numbered = at
    found = index.company(each["organization"]["iri"], face.lang, ctx.today)
    activity = company_view.activity(found)
    markets = [stand["market"] for stand in each["stands"]]
    stated = company_view.statements(found)
    return {  # in the order of the template: sources are numbered as they are first named
        "name": str(found["name"]),
        "kicker": kicker(face, found),
        "activity": activity["text"] if activity else "",
        "activity-sources": numbered.of(s for one in stated.get("activity", []) for s in one["sources"]),
        "pairs": pairs(face, found, numbered),
        "standing": [_standing(stand, numbered) for stand in words.stands(face, each["stands"])],
        "elsewhere": _elsewhere(face, found, each["stands"], numbered),
        "reasons": numbered.lines(
            words.once(face, (r for r in each["reasons"] if r["feature"] != "standing"), markets)
        ),
        "against": numbered.lines(words.once(face, each["counterReasons"], markets)),
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


PAIRS: Mapping[str, Sequence[str]] = {
    "company.identifier.kbo": (),
    "company.identifier.lei": (),
    "company.founded": ("founded",),
    "company.website": ("website",),
}
"""What a paper tells of a company in pairs, and the properties whose statements name the sources."""


def pairs(face: Face, company: Json, numbered: Numbered) -> list[dict[str, Any]]:
    """Identifiers, founding and website, each with who says so."""
    wanted = {str(face.t(key)): properties for key, properties in PAIRS.items()}
    stated = company_view.statements(dict(company))
    return [
        {
            "label": str(pair["label"]),
            "value": parted(face, (_plain(value["text"]) for value in pair["values"])),
            "sources": numbered.of(
                s
                for name in wanted[str(pair["label"])]
                for each in stated.get(name, ())
                for s in each.get("sources") or ()
            ),
        }
        for pair in company_view.heading(face, dict(company))
        if str(pair["label"]) in wanted
    ]


def _plain(text: Any) -> str:
    return str(text.striptags()) if hasattr(text, "striptags") else str(text)


def _standing(shown: Json, numbered: Numbered) -> dict[str, Any]:
    told = {name: shown[name] for name in ("status", "over", "word", "note")}
    return {**told, "market": str(shown["where"]["label"]), "sources": numbered.of(shown["sources"])}


def _elsewhere(face: Face, company: Json, stands: Iterable[Json], numbered: Numbered) -> list[dict[str, Any]]:
    """Where else it goes: a line a rung, with its mark; not what stands above it already."""
    shown = {s[name]["code"] for s in stands for name in ("market", "statedFor") if s[name]}
    told = []
    for rung in facts.ladder(company.get("engagements") or ()):
        rest = [fact for fact in rung["facts"] if fact["market"]["code"] not in shown]
        if rest and rung["status"] != "over":
            told.append(
                {
                    "status": rung["status"],
                    "word": face.word("status", rung["status"]),
                    "markets": ", ".join(_market(face, fact["market"]) for fact in rest),
                    "sources": numbered.of(source for fact in rest for source in fact["sources"]),
                }
            )
    return told


def _market(face: Face, market: Json) -> str:
    """A market by name; of a region it is said that it is one."""
    label = str(market["label"])
    return f"{label} ({face.t('market.region')})" if market["kind"] == "region" else label


def staff(face: Face, company: Json) -> list[dict[str, Any]]:
    """People of a company in their business roles, in a line each."""
    lines = []
    for each in company_view.people(company):
        if not each.get("ended"):
            parts = [f"{each['name']}, {each['role']}"]
            if each.get("attested"):
                parts.append(face.t("when.attested", date=face.day(each["attested"])).unescape())
            lines.append({"text": parted(face, parts), "sources": each["sources"]})
    return lines


def _unknown(face: Face, each: Json, company: Json) -> list[str]:
    markets = [meeting["market"] for meeting in each["meet"]]
    told = words.once(face, ({"text": text} for text in words.missing(each)), markets)
    lacking = [str(one["text"]) for one in told]
    alone = [meeting["market"] for meeting in each["meet"] if not meeting["partners"]]
    if alone:
        lacking.append(str(face.t("booklet.nopartner", into=words.where_in(face, alone)).unescape()))
    if not company.get("people"):
        lacking.append(str(face.t("booklet.noperson").unescape()))
    return [text if text.endswith(".") else f"{text}." for text in lacking][:8]


def _ties(face: Face, found: Any, numbered: Numbered) -> list[dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for row in page.table(found, face):
        line = {"text": _tie(face, row), "status": row["status"], "over": row["ended"], "sources": []}
        told.setdefault(line["text"], line)["sources"] += row["sources"]
    lines = [{**line, "sources": numbered.of(line["sources"])} for line in list(told.values())[:TIES]]
    if len(told) > TIES:
        text = str(face.t("booklet.moreties", n=len(told) - TIES).striptags())
        lines.append({"text": text, "status": "", "over": False, "sources": []})
    return lines


def _tie(face: Face, row: Json) -> str:
    """A relation in words: who is what of whom, or who stands how in a market."""
    start, stop = str(row["start"]["label"]), str(row["stop"]["label"])
    ended = f" ({face.t('status.ended')})" if row["ended"] else ""
    if row["status"]:
        return f"{start} – {face.word('status', row['status'])}{ended} – {stop}"
    return face.t("booklet.partner", name=stop, role=f"{row['label']}{ended}", other=start).unescape()
