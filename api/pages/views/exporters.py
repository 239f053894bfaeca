"""The page of exporters: the sentence that the filters make, the filters with counts, the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from api.pages import catalogue, places
from api.pages.face import Face
from api.pages.views.facts import RUNGS

Item = Mapping[str, Any]


def sentence(face: Face, asked: Mapping[str, Any], markets: Sequence[Item], total: int) -> Markup:
    """`Bedrijven van Limburg die exporteren of willen exporteren naar China of Japan: 14`.

    Args:
        face: the reader.
        asked: the labels of the filters by name: status, sector, product, municipality, membership,
            presence, partner; and `area`, `q`, `day`.
        markets: the MarketRefs asked for.
        total: how many were found.
    """
    statuses = [code for code in RUNGS if code in asked.get("status", ())]
    where = towards(face, markets, statuses)
    key = _verb(statuses)
    words = catalogue.join(
        face.lang,
        [face.t("sentence.quoted", text=face.word("status", s)) for s in statuses],
        "or",
    )
    return face.t(
        f"sentence.{key}",
        who=_who(face, asked),
        where=where,
        statuses=words,
        total=Markup('<span class="howmany">{}</span>').format(face.number(total)),
    )


def _verb(statuses: Sequence[str]) -> str:
    if not statuses:
        return "any"
    if set(statuses) == {"targets"}:
        return "targets"
    if set(statuses) == {"active", "leading"}:
        return "exports"
    return "statuses"


def towards(face: Face, markets: Sequence[Item], statuses: Sequence[str]) -> Markup:
    """` naar China, Thailand of Vietnam`; empty where no market is asked."""
    if not markets:
        return Markup("")
    lead = face.to if _verb(statuses) != "statuses" else face.into
    names = [Markup.escape(lead(markets[0]))]
    names += [Markup.escape(places.bare(market, face.lang)) for market in markets[1:]]
    return Markup(" ") + catalogue.join(face.lang, names, "or")


def _who(face: Face, asked: Mapping[str, Any]) -> Markup:
    """Who is meant, without where to: `Bedrijven van Limburg in de sector elektronica met “lum” in de naam`."""
    who = face.t("who.limburg" if asked.get("area") else "who.all")
    for name in ("membership", "sector", "product", "municipality", "presence", "partner"):
        labels = [Markup("<bdi>{}</bdi>").format(label) for label in asked.get(name) or ()]
        if labels:
            who += Markup(" ") + face.t(f"who.{name}", names=catalogue.join(face.lang, labels, "or"))
    if asked.get("q"):
        who += Markup(" ") + face.t("who.q", q=Markup("<bdi>{}</bdi>").format(asked["q"]))
    if asked.get("day"):
        who += face.t("who.day", day=face.day(asked["day"]))
    return who


def rows(items: Iterable[Item]) -> list[dict[str, Any]]:
    """One group a company, one line a market; products, presence and partners beside it."""
    return [
        {"company": item, "lines": [line(market, item) for market in item.get("markets") or ()]}
        for item in items
    ]


def line(market: Item, company: Item) -> dict[str, Any]:
    """One market of a company, as the table shows it."""
    engagements = market.get("engagements") or ()
    products = {p["iri"]: p["label"] for e in engagements if (p := e.get("product"))}
    sources = {s["id"]: s for e in engagements for s in e.get("sources") or ()}
    named = {e["market"]["code"]: e["market"] for e in engagements if e.get("market")}
    own = market["market"]["code"] in named
    return {
        **market,
        "company_name": company["name"],
        "products": list(products.values()),
        "sources": [sources[key] for key in sorted(sources)],
        "known_for": [] if own else list(named.values()),
        "presence": _places(market.get("presence") or ()),
        "partners": _once(tie(each, company) for each in market.get("partners") or ()),
    }


def tie(partnership: Item, company: Item) -> dict[str, Any]:
    """A partnership seen from one of its parties: `other` is the other one, `own` whether it has the role itself."""
    own = partnership["partner"]["iri"] == company["iri"]
    return {**partnership, "other": partnership["principal"] if own else partnership["partner"], "own": own}


def _places(presence: Iterable[Item]) -> list[Item]:
    """A branch, subsidiary or site once, however many sources and ties speak of it."""
    found: dict[tuple[Any, ...], Item] = {}
    for each in presence:
        unit = (each.get("organization") or {}).get("iri")
        found.setdefault((unit, each.get("kind"), each.get("place"), bool(each.get("ended"))), each)
    return list(found.values())


def _once(partners: Iterable[Item]) -> list[Item]:
    """What several sources say of the same partner in the same role, once; their page has all of it."""
    found = {(p["other"]["iri"], p.get("role"), p["own"], bool(p.get("ended"))): p for p in partners}
    return list(found.values())
