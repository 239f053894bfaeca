"""The page of exporters, put together from the index: sentence, filters with counts, rows, orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.deps import Context
from api.pages import listing
from api.pages.face import Face
from api.pages.render import alternates
from api.pages.serve import Model
from api.pages.views import exporters as view
from api.pages.views import filters
from api.parameters import ExporterQuery, split
from graph.index import Index
from graph.index.text import fold

ORDERS = ("name", "status", "municipality", "lastAttested")
"""The orders that the page offers, as the columns stand."""

Named = dict[str, tuple[str, str]]
"""What each value as it was written means: its code and its label."""


def model(ctx: Context, index: Index, face: Face, query: ExporterQuery) -> Model:
    """What the page shows."""
    answer, request = listing.find(ctx, index, "exporters", query, facets=True)
    markets = _markets(index, query.market, face.lang)
    named = {
        "market": {text: (str(m["code"]), str(m["label"])) for text, m in markets.items()},
        **_named(index, face, answer.facets, query),
    }
    asked = _asked(face, named, query)
    sentence = view.sentence(face, asked, list(markets.values()), answer.total)
    return {
        "section": "exporters",
        "data": alternates(face, "/v1/exporters", listing.without_page(ctx.request.query_params)),
        "sentence": sentence,
        "plain_sentence": sentence.striptags(),
        "asked": asked,
        "ended": query.include_ended,
        "with_ended": next((each["count"] for each in answer.facets.get("includeEnded", ())), None),
        "rows": view.rows(answer.items),
        "page": listing.pager(face, answer, request),
        "hidden": [pair for pair in face.query if pair[0] not in filters.FORM and pair[1]],
        "tags": filters.tags(face, _tags(face, named, query)),
        "orders": {order["name"]: order for order in filters.orders(face, ORDERS, split(query.sort))},
        "boxes": {
            name: filters.choices(answer.facets, name, dict(named[name].values())) for name in filters.BOXES
        },
        "wider": face.here(**dict.fromkeys(filters.FORM - {"market", "includeEnded"})),
    }


def _markets(index: Index, texts: Iterable[str], lang: str) -> dict[str, Mapping[str, Any]]:
    """The markets by what was written, in its order."""
    shaper = index.shaper(lang)
    found: dict[str, Mapping[str, Any]] = {}
    for text in texts:
        known = shaper.catalogue.find(("country", "region"), text, "market")
        found[text] = shaper.market(known) or {}
    return found


def _named(index: Index, face: Face, facets: Mapping[str, Any], query: ExporterQuery) -> dict[str, Named]:
    """The other filters: as the facets call them, else as they were written."""
    found: dict[str, Named] = {}
    for name in ("sector", "product", "municipality"):
        known = {fold(str(v[key])): v for v in facets.get(name) or () for key in ("label", "value")}
        found[name] = {
            text: (str(v["value"]), str(v["label"])) if (v := known.get(fold(text))) else (text, text)
            for text in getattr(query, name)
        }
    for name, texts in (("hasPresenceIn", query.has_presence_in), ("partnerCountry", query.partner_country)):
        places = _markets(index, texts, face.lang)
        found[name] = {text: (str(m["code"]), str(m["label"])) for text, m in places.items()}
    found["status"] = {code: (code, face.word("status", code)) for code in query.status}
    found["areaMembership"] = {word: (word, str(face.t(f"area.{word}"))) for word in _members(query)}
    return found


def _members(query: ExporterQuery) -> list[str]:
    """Which memberships of the area are asked for; with the area alone, its members."""
    return list(query.area_membership) or (["yes"] if query.area else [])


def _asked(face: Face, named: Mapping[str, Named], query: ExporterQuery) -> dict[str, Any]:
    """The labels of what is asked, for the sentence."""

    def called(name: str) -> list[str]:
        return [label for _, label in named[name].values()]

    inside = _members(query) == ["yes"]
    return {
        "status": query.status,
        "area": inside,
        "membership": [] if inside else called("areaMembership"),
        "presence": called("hasPresenceIn"),
        "partner": called("partnerCountry"),
        **{name: called(name) for name in ("sector", "product", "municipality")},
        "q": query.q,
        "day": query.as_of.isoformat() if query.as_of else None,
    }


def _tags(face: Face, named: Mapping[str, Named], query: ExporterQuery) -> dict[str, dict[str, str]]:
    """What is chosen, in words, by what was written."""
    found = {name: {text: label for text, (_, label) in each.items()} for name, each in named.items()}
    found["hasPresenceIn"] = {
        text: str(face.t("filters.tag.presence", market=label))
        for text, label in found["hasPresenceIn"].items()
    }
    found["partnerCountry"] = {
        text: str(face.t("filters.tag.partner", market=label))
        for text, label in found["partnerCountry"].items()
    }
    if query.q:
        found["q"] = {query.q: str(face.t("sentence.quoted", text=query.q))}
    if query.as_of:
        day = query.as_of.isoformat()
        found["asOf"] = {day: str(face.t("filters.tag.day", day=face.day(day)))}
    found["area"] = {query.area: str(face.t("area.yes"))} if query.area else {}
    ended = str(face.t("filters.ended")) if query.include_ended else ""
    found["includeEnded"] = dict.fromkeys(("true", "1", "on", "yes"), ended)
    return found
