"""What the pages of single things show, put together from the index."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote

from api.deps import Context
from api.pages import listing, network
from api.pages.face import Face
from api.pages.render import alternates
from api.pages.serve import Model
from api.pages.views import company as company_view
from api.pages.views import facts, maps, shares, sources, statements, statistics, strip, timeline
from api.pages.views import matches as matches_view
from api.pages.views.screening import NOTHING, Seen, shown
from graph.index import Index, ListAnswer, PageRequest, PersonFilter

_MENTIONED = 100
"""Organizations of a source on one page, with what it says of them."""
_BESIDE, _COLLEAGUES = 3, 20
"""Organizations of a person whose other people are shown, and how many of those."""


def single(face: Face, name: str, ref: str) -> list[dict[str, str]]:
    """The data of a single thing, in every format."""
    return alternates(face, f"/v1/{name}/{quote(ref, safe='~')}")


def company(ctx: Context, index: Index, face: Face, ref: str, seen: Seen = NOTHING) -> Model:
    """A company, with what its reader may see of its last screening; `fit=` names the market to match for."""
    found = index.company(ref, face.lang, ctx.today)
    rungs = facts.ladder(found.get("engagements") or ())
    groups = facts.by_market(found.get("engagements") or ())
    figures = facts.figure_groups(found.get("figures") or ())
    stated = statements.rows(face, found)
    asker = matches_view.Asker(found, ctx.today)
    fit = matches_view.chooser(index, face, asker, ctx.request.query_params.get("fit", ""))
    near = neighbourhood(ctx, index, face, found)
    drawing = None
    if len(near["nodes"]) > 1:
        drawing = network.draw(near, found["iri"], words=company_view.statuses(face))
    plans = [*(found.get("programmes") or ()), *(found.get("needs") or ())]
    model: Model = {
        "section": "companies",
        "data": single(face, "companies", found["id"]),
        "c": {**found, "area": company_view.place(found)},
        "place": found.get("municipality") or found.get("country"),
        "going": company_view.going(face, found),
        "heading": company_view.heading(face, found),
        "rungs": rungs,
        "strip": strip.strip(
            face,
            rungs,
            index.continents((str(g["market"]["code"]) for g in groups), face.lang),
        ),
        "planned": strip.planned(rungs),
        "map": maps.of_company(face, found, rungs),
        "groups": groups,
        "group": index.group(found["iri"], face.lang, ctx.today),
        "family": company_view.family(face, found),
        "shared": partial(shares.share, face),
        "partners": company_view.partners(face, found),
        "people": company_view.people(found),
        "activity": company_view.activity(found),
        "figures": figures,
        "awards": found.get("awards") or [],
        "missions": found.get("missions") or [],
        "plans": plans,
        "drawing": drawing,
        "truncated": bool(near.get("truncated")),
        "ties": company_view.ties(face, near),
        "fit": fit,
        "fits": matches_view.groups(index, face, asker, fit["chosen"] if fit else None),
        "stated": stated,
        "contradictions": statements.contradictions(face, groups, figures, stated),
        "screening": shown(face, seen),
        "notes": found.get("notes") or [],
        "mentioned": found.get("mentionedIn") or [],
    }
    return {
        **model,
        "timelines": timeline.both(face, model, ctx.today),
        "parts": company_view.sections(face, model),
    }


def neighbourhood(ctx: Context, index: Index, face: Face, company: dict[str, Any]) -> dict[str, Any]:
    """What is around a company."""
    return index.neighbourhood(company["iri"], 1, ctx.settings.network_nodes, face.lang, ctx.today)


def source(ctx: Context, index: Index, face: Face, ref: str) -> Model:
    """A source, with what it says of the organizations of one page, most facts as sentences."""
    query = listing.asked(ctx, "sources")
    page = PageRequest(query.page, _MENTIONED)
    found = index.source(ref, face.lang, page, ctx.today)
    listed, told = found.get("organizations") or [], found["said"]
    return {
        "section": "sources",
        "data": single(face, "sources", found["id"]),
        "s": found,
        "web": sources.web_address(found.get("url")),
        "mentions": listed,
        "page": listing.pager(face, ListAnswer(listed, found["mentions"]), page),
        "statistics": statistics.by_indicator(found.get("statistics") or ()),
        "facts": sources.sentences(face, told["engagements"]),
        "ties": sources.ties(face, told),
        "people": company_view.people(told),
    }


def person(ctx: Context, index: Index, face: Face, ref: str) -> Model:
    """A person in business roles, with who else has a role at the same organizations."""
    found = index.person(ref, face.lang, ctx.today)
    held = {role["organization"]["iri"]: role["organization"] for role in found["roles"]}
    beside = []
    for iri, organization in list(held.items())[:_BESIDE]:
        people = PersonFilter(ctx.today, organizations=(iri,), include_ended=False)
        others = index.people(people, PageRequest(1, _COLLEAGUES), face.lang).items
        rows = [each for each in company_view.people({"people": others}) if each["id"] != found["id"]]
        rows = [each for each in rows if each["organization"]["iri"] == iri]
        if rows:
            beside.append({"organization": organization, "people": rows})
    return {
        "section": "companies",
        "data": single(face, "people", found["id"]),
        "person": found,
        "beside": beside,
    }
