"""What the first page and the pages of markets show, put together from the index; what is fetched is bounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from api.deps import Context
from api.pages import listing
from api.pages.charts import line_chart
from api.pages.face import Face
from api.pages.render import alternates
from api.pages.serve import Model
from api.pages.views import brokers, facts, maps, statistics
from api.pages.views import home as home_view
from api.pages.views import market as view
from graph.errors import NotFound, UnknownValue
from graph.index import Index, overview, warming
from graph.index.catalogue import MARKETS
from graph.index.markets import parts
from graph.network.brokers import BrokerLimits
from graph.network.brokers import brokers as find_brokers

SHOWN = 100
"""Companies that the page of a market names; the list of exporters has them all."""
BROKERS = BrokerLimits(top=6, nodes=200)
"""Who connects with a market, in short."""
LISTED = 60
"""Partnerships, branches and missions that the page of a market lists, at most."""

Item = Mapping[str, Any]


def home(ctx: Context, index: Index, face: Face) -> Model:
    """The first page."""
    figures = listing.everything(ctx, index, "statistics", area=["limburg"])
    counts = index.counts(ctx.today)
    known = [{**each, "counts": view.counts(each)} for each in countries(ctx, index, face)]
    return {
        "data": alternates(face, "/v1/exporters"),
        "headline": face.t(
            "home.headline",
            companies=face.t("count.companies", n=counts["companies"]),
            countries=face.t("count.countries", n=counts["countries"]),
            sources=face.t("count.sources", n=counts["sources"]),
        ),
        "questions": home_view.questions(face, named(index, (*home_view.FOUR, "JP", "ASEAN"), face.lang)),
        "certificates": home_view.certificates(face, figures.items),
        "markets": home_view.most_known(known, len(known)),
        "map": index.kept(
            ("map", face.lang, face.chosen, face.pinned, ctx.today),
            lambda: maps.of_markets(face, known, label=face.t("map.home")),
        ),
        "latest": home_view.latest(face, warming.latest(index, face.lang, ctx.today)),
        "counts": counts,
        "suggest": home_view.suggesting(face),
    }


def countries(ctx: Context, index: Index, face: Face) -> list[dict[str, Any]]:
    """Every country that something is known of, with its companies by status."""
    return warming.countries(index, face.lang, ctx.today)


def named(index: Index, codes: Iterable[str], lang: str) -> dict[str, dict[str, Any]]:
    """Markets by their code, without what is known of them; a code that there is not is left out."""
    shaper = index.shaper(lang)
    found: dict[str, dict[str, Any]] = {}
    for code in codes:
        with suppress(UnknownValue):
            found[code] = shaper.market(shaper.catalogue.find(MARKETS, code, "market")) or {}
    return found


def canonical(index: Index, text: str) -> str:
    """The code of a market by its code or name.

    Raises:
        NotFound: there is none; the issue suggests the nearest names.
    """
    try:
        return index.find_market(text)
    except UnknownValue as error:
        raise NotFound(error.detail, issues=error.issues) from error


def market(ctx: Context, index: Index, face: Face, code: str) -> Model:
    """A market: who is there, who wants to go, through whom, and what the figures say."""
    found = overview.market(index.shaper(face.lang, ctx.today), code, LISTED)
    every = listing.some(ctx, index, "exporters", SHOWN, market=[code], include_ended=True)
    standing = view.standings(every.items)
    own = [s for s in standing if not s["regional"]]
    counted = view.counts(found)
    cut = every.total > len(every.items)
    model: Model = {
        "section": "markets",
        "m": found,
        "shown": len(every.items) if cut else 0,
        "broader": found.get("partOf") or [],
        "headline": view.headline(face, found, counted),
        "rungs": view.rungs(own),
        "counted": counted,
        "groups": view.groups(own),
        "regional": view.groups(s for s in standing if s["regional"] and not s["over"]),
        "presence": view.presence(found.get("presenceThere") or ()),
        "partners": _partners(face, found),
        "missions": found.get("missionsThere") or [],
        "sectors": view.sectors(face, _sectors(ctx, index, face, code), code),
        "statistics": [
            _charted(face, group) for group in statistics.by_indicator(found.get("statistics") or ())
        ],
        "brokers": brokers.rows(face, find_brokers(index, code, BROKERS, lang=face.lang, today=ctx.today)),
        "map": _map(ctx, index, face, found),
        "data": alternates(face, f"/v1/markets/{found['code']}"),
    }
    return {**model, "parts": view.sections(face, model)}


def _partners(face: Face, found: Item) -> list[dict[str, Any]]:
    return [
        {
            **each,
            "other": each["partner"],
            "words": face.word("role", each.get("role"), each.get("roleLabel")),
        }
        for each in found.get("partnerships") or ()
    ]


def _sectors(ctx: Context, index: Index, face: Face, code: str) -> list[dict[str, Any]]:
    key = ("sectors", code, face.lang, ctx.today)
    return index.kept(key, lambda: overview.sectors(index.shaper(face.lang, ctx.today), code))


def _charted(face: Face, group: Item) -> dict[str, Any]:
    """Figures of one indicator, with a line where they cover two years or more."""
    wide, narrow = line_chart(group["facts"], face.lang), line_chart(group["facts"], face.lang, width=320)
    if wide is None or narrow is None or len({fact["area"]["label"] for fact in group["facts"]}) > 1:
        return {**group, "chart": None}
    unit = next((str(fact["unitLabel"]) for fact in group["facts"] if fact.get("unitLabel")), "")
    chart = {
        "wide": wide,
        "narrow": narrow,
        "unit": unit,
        "label": face.t("market.chart", name=group["label"], first=wide.dots[0].year, last=wide.last.year),
        "sources": facts.sources_of(group["facts"]),
    }
    return {**group, "chart": chart}


def _map(ctx: Context, index: Index, face: Face, found: Item) -> dict[str, Any] | None:
    """A region's countries; a country among those of the part of the world where it lies."""
    if found["code"] == "WORLD":
        return None
    country = found["kind"] == "country"
    near = view.neighbourhood(found) if country else None
    inside = parts(index.shaper(face.lang), near or str(found["code"]))
    held = [
        {**each, "counts": view.counts(each)}
        for each in countries(ctx, index, face)
        if each["code"] in inside or each["code"] == found["code"]
    ]
    if country and all(each["code"] != found["code"] for each in held):
        held.append({**found, "counts": {}})
    if not any(sum(each["counts"].values()) for each in held):
        return None
    key = "map.market.country" if country else "map.market.region"
    return maps.of_markets(
        face,
        held,
        label=face.t(key, name=found["label"]),
        near=True,
        focus=[str(found["code"])] if country else sorted(inside),
        keep=[str(found["code"])] if country else (),
    )
