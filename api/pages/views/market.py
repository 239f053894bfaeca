"""A market: who stands on which rung, who is known only for a region around it, who is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from api.pages import catalogue
from api.pages.face import Face
from api.pages.views.facts import RUNGS, disputed

Item = Mapping[str, Any]


def counts(item: Item) -> dict[str, int]:
    """Companies by status of a market; markets by status of a company."""
    given = item.get("counts") or item.get("markets") or {}
    return {str(status): int(number or 0) for status, number in given.items()}


def standings(exporters: Iterable[Item]) -> list[dict[str, Any]]:
    """One entry a company: where it stands in the one market asked.

    Args:
        exporters: items of the list of exporters, asked for exactly one market.
    """
    found = []
    for item in exporters:
        for market in item.get("markets") or ():
            engagements = list(market.get("engagements") or ())
            named = {e["market"]["code"]: str(e["market"]["label"]) for e in engagements if e.get("market")}
            elsewhere = [label for code, label in named.items() if code != market["market"]["code"]]
            found.append(
                {
                    "company": item,
                    "status": market["status"],
                    "over": bool(market.get("ended")) or market["status"] == "withdrawn",
                    "regional": bool(market.get("regionLevel")),
                    "region": ", ".join(elsewhere),
                    "facts": engagements,
                    "presence": market.get("presence") or [],
                    "partners": market.get("partners") or [],
                }
            )
    return found


def rungs(standing: Iterable[Item]) -> list[dict[str, Any]]:
    """The ladder with names on each rung, strongest first; what is over stands last."""
    held = list(standing)
    found = []
    for status in (*RUNGS[:-1], "over"):
        companies = [s for s in held if ("over" if s["over"] else s["status"]) == status]
        if companies:
            found.append({"status": status, "companies": companies})
    return found


def groups(standing: Iterable[Item]) -> list[dict[str, Any]]:
    """All statements, those of one company together."""
    return [
        {"company": s["company"], "facts": s["facts"], "dispute": disputed(s["facts"])}
        for s in standing
        if s["facts"]
    ]


def headline(face: Face, market: Item, counted: Mapping[str, int]) -> Markup:
    """`13 bedrijven exporteren naar China, 1 wil het`; names the market alone where nothing is known.

    Args:
        face: the reader.
        market: its MarketRef.
        counted: companies by their strongest status there; those known only for a region around it are none.
    """
    exporting = counted.get("active", 0) + counted.get("leading", 0)
    steps = (
        ("exports", exporting),
        ("entering", counted.get("entering", 0)),
        ("targets", counted.get("targets", 0)),
    )
    parts = [face.t(f"headline.{key}", n=number) for key, number in steps if number]
    if not parts:
        return face.t("headline.none", market=market["label"])
    return face.t("headline.market", market=market["label"], parts=catalogue.join(face.lang, parts, "and"))


def presence(found: Iterable[Item]) -> list[Item]:
    """Branches, subsidiaries and sites there; not the place of a branch that stands there itself."""
    held = list(found)
    named = {each["organization"]["iri"] for each in held if each.get("organization")}
    return [each for each in held if each.get("organization") or each["company"]["iri"] not in named]


SUBREGIONS = (
    "EUROPE",
    "SOUTHEAST_ASIA",
    "EASTERN_ASIA",
    "CENTRAL_ASIA",
    "SOUTHERN_ASIA",
    "WESTERN_ASIA",
    "NORTHERN_AFRICA",
    "EASTERN_AFRICA",
    "MIDDLE_AFRICA",
    "SOUTHERN_AFRICA",
    "WESTERN_AFRICA",
    "NORTHERN_AMERICA",
    "CENTRAL_AMERICA",
    "CARIBBEAN",
    "SOUTH_AMERICA",
    "AUSTRALIA_AND_NEW_ZEALAND",
    "MELANESIA",
    "MICRONESIAN_REGION",
    "POLYNESIA",
)
"""The parts of the world (UN M49) among whose countries a country is shown; Europe as a whole."""


def neighbourhood(market: Item) -> str | None:
    """The code of the part of the world that a country lies in."""
    around = {str(each["code"]) for each in market.get("partOf") or ()}
    return next((code for code in SUBREGIONS if code in around), None)


def sectors(face: Face, found: Iterable[Item], code: str, most: int = 12) -> list[dict[str, Any]]:
    """Companies by sector, most first, each with the address of who they are and its share of the most."""
    held = list(found)[:most]
    longest = max((int(each["count"]) for each in held), default=1)
    return [
        {
            **each,
            "href": face.href("exporters", market=code, sector=each["value"]),
            "width": round(100 * int(each["count"]) / longest, 1),
        }
        for each in held
    ]


def sections(face: Face, model: Mapping[str, Any]) -> list[tuple[str, Markup]]:
    """The parts of the page that have something in them, for the list at its top."""
    parts = (
        ("statements", "market.statements", model["rungs"]),
        ("regional", "market.regional", model["regional"]),
        ("presence", "market.presence", model["presence"]),
        ("partners", "market.partners", model["partners"]),
        ("brokers", "market.brokers", model["brokers"]),
        ("sectors", "market.sectors", model["sectors"]),
        ("statistics", "nav.statistics", model["statistics"]),
        ("missions", "nav.missions", model["missions"]),
    )
    return [(name, face.t(key)) for name, key, there in parts if there]
