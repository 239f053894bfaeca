"""The page of a mission: the document that grows from where and when to whom they would meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from api.deps import Context
from api.pages.face import Face
from api.pages.plans import delegation, words
from api.pages.plans.asked import Plan
from api.pages.serve import Model
from api.pages.views import maps
from api.pages.views.search import path
from graph.index import Index
from graph.network import Network
from graph.network.drawing import svg

Json = Mapping[str, Any]

FILES = (
    ("booklet.pdf", "application/pdf", "plan.take.booklet"),
    (
        "participants.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "plan.take.xlsx",
    ),
    ("network.gexf", "application/gexf+xml", "plan.take.gexf"),
    ("network.svg", "image/svg+xml", "plan.take.svg"),
    ("network.png", "image/png", "plan.take.png"),
    ("plan.json", "application/json", "plan.take.json"),
)
"""What a mission is taken along as."""


def model(ctx: Context, index: Index, face: Face, plan: Plan) -> Model:
    """What the template shows of a mission."""
    markets = [index.market(each["code"], face.lang, ctx.today) for each in plan.drawn.markets]
    found = delegation.network(ctx, index, face, plan)
    return {
        "section": "missions",
        "name": words.title(face, plan),
        "when": words.when(face, plan),
        "past": words.past(plan, ctx.today.isoformat()),
        "summary": words.summary(face, plan),
        "plan": plan,
        "participants": [
            _participant(face, each, number) for number, each in enumerate(plan.drawn.participants, 1)
        ],
        "more": plan.drawn.total - len(plan.drawn.participants),
        "map": maps.of_mission(face, markets),
        "destinations": [_destination(face, market) for market in markets],
        "ties": [_tie(face, row) for row in delegation.ties(found)],
        "truncated": found.graph["truncated"],
        "drawn": len(found),
        "drawing": delegation.inline(svg(found)) if found.number_of_edges() else None,
        "files": files(face, plan),
    }


def file(face: Face, plan: Plan, name: str) -> str:
    """The address of a file of a mission, in the language of the page."""
    reader = replace(face, chosen=True)
    query = plan.query
    if plan.known is not None:
        return reader.href("missions", plan.known["id"], name, **_asked(query))
    markets = [each["code"] for each in plan.drawn.markets]
    return reader.href(
        "missions", "plan", name, market=markets, start=query.start, end=query.end, **_asked(query)
    )


def _asked(query: Any) -> dict[str, Any]:
    """What a mission is asked with beside its destinations, as far as it was asked."""
    most = query.participants if "participants" in query.model_fields_set else None
    return {"sector": query.sector, "company": query.company, "participants": most, "asOf": query.as_of}


def files(face: Face, plan: Plan) -> list[dict[str, str]]:
    """What the page is taken along as, for its foot and for programs."""
    return [
        {"href": file(face, plan, name), "type": media_type, "name": str(face.t(key))}
        for name, media_type, key in FILES
    ]


def _participant(face: Face, each: Json, number: int) -> dict[str, Any]:
    ref = each["organization"]["id"]
    return {
        "number": number,
        "org": each["organization"],
        "stands": words.stands(face, each["stands"]),
        "reasons": each["reasons"],
        "against": each["counterReasons"],
        "missing": words.missing(each),
        "meet": words.met(face, each["meet"]),
        "plans": [
            {
                "label": meeting["market"]["label"],
                "path": face.href("companies", ref, "plan", market=meeting["market"]["code"]),
            }
            for meeting in each["meet"]
        ],
    }


def _destination(face: Face, market: Json) -> dict[str, Any]:
    """Who is in a destination, which missions went there, and what is not known of it."""
    partners = [each for each in market["partnerships"] if not each.get("ended")]
    return {
        "market": market,
        "partners": [
            {**each, "words": face.word("role", each.get("role"), each.get("roleLabel"))} for each in partners
        ],
        "presence": [each for each in market["presenceThere"] if not each.get("ended")],
        "missions": market["missionsThere"],
        "unknown": words.unknowns(face, market),
    }


def _tie(face: Face, row: Json) -> dict[str, Any]:
    def end(node: Json) -> dict[str, Any]:
        kind = node["kind"] if node["kind"] in ("person", "market", "mission") else "company"
        return {"label": node["label"], "path": path(face, kind, str(node["ref"]))}

    return {
        "start": end(row["start"]),
        "stop": end(row["stop"]),
        "label": row.get("label") or row["kind"],
        "status": row.get("status") or "",
        "ended": bool(row.get("ended")),
        "sources": row.get("sources") or [],
    }


def table(found: Network, face: Face) -> list[dict[str, Any]]:
    """The relations of a network, as the page shows them."""
    return [_tie(face, row) for row in delegation.ties(found)]
