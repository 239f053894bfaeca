"""What the pages of single things show, put together from the index."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from api.deps import Context
from api.pages import listing, network
from api.pages.face import Face
from api.pages.render import alternates
from api.pages.serve import Model
from api.pages.views import company as company_view
from api.pages.views import facts, sources, statements, statistics, strip, timeline
from api.pages.views import home as home_view
from api.pages.views import market as market_view
from api.pages.views import matches as matches_view
from api.pages.views.screening import NOTHING, Seen, shown
from graph.errors import NotFound, UnknownValue
from graph.index import Index


def single(face: Face, name: str, ref: str) -> list[dict[str, str]]:
    """The data of a single thing, in every format."""
    return alternates(face, f"/v1/{name}/{quote(ref, safe='~')}")


def _markets(index: Index, codes: tuple[str, ...], lang: str) -> dict[str, dict[str, Any]]:
    found = {}
    for code in codes:
        try:
            found[code] = index.market(code, lang)
        except (NotFound, UnknownValue):
            continue
    return found


def home(ctx: Context, index: Index, face: Face) -> Model:
    """The first page."""
    exporters = listing.everything(ctx, index, "exporters")
    figures = listing.everything(ctx, index, "statistics", area=["limburg"])
    counts = index.counts(ctx.today)
    markets = [
        {**item, "counts": market_view.counts(item)}
        for item in listing.everything(ctx, index, "markets", known=True).items
    ]
    return {
        "data": alternates(face, "/v1/exporters"),
        "headline": face.t(
            "home.headline",
            companies=face.t("count.companies", n=counts["companies"]),
            countries=face.t("count.countries", n=counts["countries"]),
            sources=face.t("count.sources", n=counts["sources"]),
        ),
        "questions": home_view.questions(face, _markets(index, (*home_view.FOUR, "JP", "ASEAN"), face.lang)),
        "certificates": home_view.certificates(face, figures.items),
        "markets": home_view.most_known(markets),
        "latest": home_view.latest(face, exporters.items),
        "counts": counts,
    }


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
        "groups": groups,
        "group": index.group(found["iri"], face.lang, ctx.today),
        "family": company_view.family(face, found),
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


def market(ctx: Context, index: Index, face: Face, code: str) -> Model:
    """A market."""
    found = index.market(code, face.lang, ctx.today)
    answer = listing.everything(ctx, index, "exporters", market=[code], include_ended=True)
    standing = market_view.standings(answer.items)
    own = [s for s in standing if not s["regional"]]
    partners = [
        {
            **each,
            "other": each["partner"],
            "words": face.word("role", each.get("role"), each.get("roleLabel")),
        }
        for each in found.get("partnerships") or ()
    ]
    return {
        "section": "markets",
        "data": single(face, "markets", code),
        "m": found,
        "shown": len(answer.items) if answer.total > len(answer.items) else 0,
        "broader": found.get("partOf") or [],
        "headline": market_view.headline(face, found, standing),
        "rungs": market_view.rungs(own),
        "groups": market_view.groups(own),
        "regional": market_view.groups(s for s in standing if s["regional"] and not s["over"]),
        "presence": market_view.presence(found.get("presenceThere") or ()),
        "partners": partners,
        "missions": found.get("missionsThere") or [],
        "statistics": statistics.by_indicator(found.get("statistics") or ()),
    }


def source(ctx: Context, index: Index, face: Face, ref: str) -> Model:
    """A source, with what it says as sentences."""
    found = index.source(ref, face.lang)
    mentions = found.get("organizations") or []
    companies = [index.company(org["iri"], face.lang, ctx.today) for org in mentions[:100]]
    return {
        "section": "sources",
        "data": single(face, "sources", found["id"]),
        "s": found,
        "web": sources.web_address(found.get("url")),
        "mentions": mentions,
        "statistics": statistics.by_indicator(found.get("statistics") or ()),
        "facts": sources.said(face, found["id"], companies),
    }
