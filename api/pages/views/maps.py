"""What the maps of pages show: marks with words, and the same in sentences with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from api.pages import catalogue, worldmap
from api.pages.face import Face
from api.pages.views import facts
from api.pages.worldmap import Mark, Seat

Item = Mapping[str, Any]
Map = dict[str, Any]

COUNTED = ("leading", "active", "entering", "targets")
"""The statuses that a mark of many companies stands for."""


def of_markets(
    face: Face,
    markets: Iterable[Item],
    *,
    label: Markup,
    near: bool = False,
    focus: Sequence[str] = (),
    keep: Sequence[str] = (),
) -> Map | None:
    """The map of how many companies stand where: on the first page, in a region, around a country, on a mission.

    Args:
        face: the reader.
        markets: MarketRefs with `counts` by status; what is no country is left out, and so is a country without
            companies unless it is to be kept.
        label: what the map shows, in a sentence.
        near: whether to look closely at that part of the world.
        focus: codes of the countries that it is about.
        keep: codes of the countries that are named even where nobody is.
    """
    held = [each for each in markets if each["kind"] == "country"]
    counted = [each for each in held if _companies(each) or each["code"] in keep]
    counted.sort(key=lambda each: (-_companies(each), str(each["label"])))
    drawing = worldmap.draw([_counted(face, each) for each in counted], near=near, focus=focus)
    if drawing is None:
        return None
    key = [
        {"status": status, "words": face.t(f"map.key.{status}")}
        for status in ("targets", "entering", "active")
        if any(_told(each, status) for each in counted)
    ]
    return {
        "drawing": drawing,
        "label": label,
        "key": key,
        "note": face.t("map.areas"),
        "markets": counted,
        "near": near and len(drawing.wide) == 1,
    }


def _companies(market: Item) -> int:
    return sum(int((market.get("counts") or {}).get(status) or 0) for status in COUNTED)


def _told(market: Item, status: str) -> bool:
    counts = market["counts"]
    return bool(counts.get(status) or (status == "active" and counts.get("leading")))


def _counted(face: Face, market: Item) -> Mark:
    counts = {status: int(market["counts"].get(status) or 0) for status in COUNTED}
    parts = [
        Markup("{} {}").format(face.word("status", status), face.number(number))
        for status, number in counts.items()
        if number
    ]
    told = Markup(", ").join(parts) if parts else face.number(0)
    return _mark(face, market, told, counts=counts, number=face.number(sum(counts.values())))


def _mark(face: Face, market: Item, told: str, **more: Any) -> Mark:
    """The mark of a country: it says what is told of it, and leads to the page of the market."""
    code, label = str(market["code"]), str(market["label"])
    return Mark(code=code, label=label, href=face.href("markets", code), title=f"{label}: {told}", **more)


def of_mission(face: Face, destinations: Iterable[Item]) -> Map | None:
    """The map of a mission's destinations, with who is there and who wants to be.

    Args:
        face: the reader.
        destinations: markets with `counts`; a region among them has no mark.
    """
    held = [{**each, "counts": each.get("counts") or {}} for each in destinations]
    codes = [str(each["code"]) for each in held]
    return of_markets(face, held, label=face.t("map.mission"), near=True, focus=codes, keep=codes)


def of_company(face: Face, company: Item, rungs: Sequence[Item]) -> Map | None:
    """The map of one company: where it sits, sells and wants to sell, and where its branches stand.

    Args:
        face: the reader.
        company: as the index gives it.
        rungs: its ladder of markets, strongest first (`facts.ladder`).
    """
    units = _units(company)
    marks = [
        _standing(face, fact, rung["status"] == "over", units.get(str(fact["market"]["code"])))
        for rung in rungs
        for fact in rung["facts"]
        if fact["market"]["kind"] == "country"
    ]
    marked = {mark.code for mark in marks}
    marks += [_unit(face, held) for code, held in units.items() if code not in marked]
    drawing = worldmap.draw(marks, seat(face, company))
    if drawing is None:
        return None
    key = [_rung(face, rung) for rung in rungs] + _units_told(face, units)
    label = face.t("map.company", name=company["name"])
    return {"drawing": drawing, "label": label, "key": key, "note": face.t("map.note")}


def seat(face: Face, company: Item) -> Seat | None:
    """Where it sits; None where no source says that."""
    country = company.get("country")
    if not country:
        return None
    town = company.get("municipality")
    place = (town.get("label") if isinstance(town, Mapping) else town) or country["label"]
    limburg = (company.get("area") or {}).get("seat") == "yes"
    return Seat(str(country["code"]), str(place), limburg, str(face.t("map.seat")))


def _units(company: Item) -> dict[str, list[Item]]:
    """Branches, subsidiaries and sites abroad that are there still, by country, each once."""
    home = (company.get("country") or {}).get("code")
    found: dict[str, list[Item]] = {}
    for each in company.get("presence") or ():
        code = (each.get("country") or {}).get("code")
        if code and code != home and not each.get("ended"):
            found.setdefault(str(code), []).append(each)
    return {code: _once(held) for code, held in found.items()}


def _once(units: Iterable[Item]) -> list[Item]:
    """A branch, subsidiary or site once, however many ties speak of it."""
    found: dict[tuple[Any, Any, Any], Item] = {}
    for each in units:
        unit = (each.get("organization") or {}).get("iri")
        found.setdefault((unit, each.get("kind"), each.get("place")), each)
    return list(found.values())


def _standing(face: Face, fact: Item, over: bool, units: list[Item] | None) -> Mark:
    words = face.word("status", "over" if over else fact["status"])
    more = _unit_words(face, units) if units else ""
    told = f"{words}; {more}" if more else words
    status = str(fact["status"])
    return _mark(face, fact["market"], told, status=status, over=over, branch=bool(units), more=more)


def _unit(face: Face, units: list[Item]) -> Mark:
    more = _unit_words(face, units)
    return _mark(face, units[0]["country"], more, branch=True, more=more)


def _unit_words(face: Face, units: list[Item]) -> str:
    """`vestiging in Tokyo`; only how many where there are several."""
    if len(units) > 1:
        return str(face.t("map.units", n=len(units)))
    kind = face.word("presence", units[0].get("kind"))
    place = units[0].get("place")
    return str(face.t("map.unit.place", kind=kind, place=place)) if place else kind


def _rung(face: Face, rung: Item) -> Item:
    """A status with the markets on it, regions too: `wil exporteren: China, Thailand, …`."""
    names = [
        Markup('<a href="{}"><bdi>{}</bdi></a>').format(
            face.href("markets", str(fact["market"]["code"])), fact["market"]["label"]
        )
        for fact in rung["facts"]
    ]
    over = rung["status"] == "over"
    return {
        "status": "withdrawn" if over else rung["status"],
        "over": over,
        "words": face.t(
            "map.row",
            status=face.word("status", rung["status"]),
            names=catalogue.join(face.lang, names, "and"),
        ),
        "sources": facts.sources_of(rung["facts"]),
    }


def _units_told(face: Face, units: Mapping[str, list[Item]]) -> list[Item]:
    """Where it has a branch or subsidiary, each once, in one line."""
    names = [
        Markup("{}, {}").format(_unit_words(face, held), held[0]["country"]["label"])
        for held in units.values()
    ]
    if not names:
        return []
    held = [each for some in units.values() for each in some]
    words = catalogue.join(face.lang, names, "and")
    return [{"unit": True, "words": face.t("map.present", names=words), "sources": facts.sources_of(held)}]
