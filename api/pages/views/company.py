"""A company: its head, its family, its partners and people, and the table beside its network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from api.pages import catalogue, places
from api.pages.face import Face
from api.pages.network import status_of
from api.pages.views import facts
from api.pages.views.exporters import tie
from api.pages.views.search import path
from api.pages.views.shares import share
from api.pages.views.sources import web_address
from graph.model.identifiers import dotted

Thing = Mapping[str, Any]


def place(company: Thing) -> dict[str, Any]:
    """Membership of Limburg in a word: a site there with the seat elsewhere is told apart."""
    area = company.get("area") or {}
    elsewhere = area.get("seat") == "no" and area.get("site") == "yes"
    return {**area, "member": "elsewhere"} if elsewhere else dict(area)


def going(face: Face, company: Thing) -> Markup | None:
    """One sentence of what matters most: its strongest market and what it wants."""
    parts = []
    for rung in facts.ladder(company.get("engagements") or ()):
        if rung["status"] == "over":
            continue
        first, *others = rung["facts"]
        places = [face.to(first["market"]) if rung["status"] != "entering" else face.into(first["market"])]
        names = [Markup.escape(places[0])] + [Markup.escape(_bare(face, f)) for f in others[:7]]
        where = catalogue.join(face.lang, names, "and")
        parts.append(face.t(f"fact.{rung['status']}", to=where, into=where, market=where))
    if not parts:
        return None
    return face.t("company.going", name=company["name"], facts=catalogue.join(face.lang, parts, "and"))


def _bare(face: Face, fact: Thing) -> str:
    return places.bare(fact["market"], face.lang)


def heading(face: Face, company: Thing) -> list[dict[str, Any]]:
    """What the head of the page tells in pairs: label, values, and sources where they disagree."""
    stated = statements(company)
    found = [
        _pair(face.t("company.names"), _names(company)),
        _pair(face.t("company.form"), _values(face, stated.get("legalForm", []))),
        *(_identifier(face, each) for each in company.get("identifiers") or ()),
        _pair(face.t("company.sectors"), [str(s["label"]) for s in company.get("sectors") or ()]),
        _pair(face.t("company.founded"), _values(face, stated.get("founded", []), dates=True)),
        _pair(face.t("company.country"), _values(face, stated.get("country", []), single=False)),
        _pair(face.t("company.sites"), [site(face, each) for each in company.get("sites") or ()]),
        _pair(face.t("company.website"), [link(s["value"]) for s in stated.get("website", [])]),
    ]
    return [pair for pair in found if pair["values"]]


def _pair(label: Any, values: list[Any]) -> dict[str, Any]:
    told = [value if isinstance(value, dict) else {"text": value} for value in values]
    return {"label": label, "values": told, "dispute": any(value.get("sources") for value in told)}


def statements(company: Thing) -> dict[str, list[Thing]]:
    """What is stated of an organization, by property."""
    found: dict[str, list[Thing]] = {}
    for each in company.get("statements") or ():
        found.setdefault(str(each["property"]), []).append(each)
    return found


def _values(face: Face, stated: list[Thing], *, dates: bool = False, single: bool = True) -> list[Any]:
    """The values of a property that has one by nature; several are told with who says which."""
    texts = {str(each.get("label") or each["value"]): each for each in stated}
    if len(texts) < 2:
        return [face.day(text) if dates else text for text in texts] if single else []
    return [
        {"text": face.day(text) if dates else text, "sources": list(each.get("sources") or ())}
        for text, each in texts.items()
    ]


def _names(company: Thing) -> list[str]:
    names = dict.fromkeys(str(each["name"]) for each in company.get("names") or ())
    return [name for name in names if name != company.get("name")]


def _identifier(face: Face, each: Thing) -> dict[str, Any]:
    value, scheme = str(each.get("value") or ""), str(each.get("scheme") or "")
    if "lei" in scheme:
        return _pair(face.t("company.identifier.lei"), [value])
    return _pair(face.t("company.identifier.kbo"), [dotted(value) if len(value) == 10 else value])


def link(url: str) -> Markup | str:
    """A web address that a browser may follow, as a link; anything else as text."""
    address = web_address(url)
    return Markup('<a href="{}" rel="noreferrer external">{}</a>').format(address, url) if address else url


def activity(company: Thing) -> dict[str, str] | None:
    """What it does, with the language in which that is known."""
    text = company.get("activity")
    said = next((s for s in statements(company).get("activity", []) if s["value"] == text), None)
    return {"text": str(text), "lang": str((said or {}).get("language") or "")} if text else None


def site(face: Face, each: Thing) -> str:
    """A place in words: `Genk (hoofdvestiging)`, `buiten Limburg (zetel)`."""
    town = each.get("municipality")
    name = town.get("label") if isinstance(town, Mapping) else town
    country = (each.get("country") or {}).get("label")
    parts = [
        part for part in (each.get("label") or each.get("name"), name or each.get("place"), country) if part
    ]
    outside = each.get("outsideArea")
    if not parts and outside:
        parts = [str(face.t("area.outside", name=outside.get("label") or ""))]
    function = each.get("functionLabel") or each.get("function")
    text = ", ".join(dict.fromkeys(str(part) for part in parts))
    if each.get("ended"):
        function = f"{function}, {face.t('status.ended')}" if function else face.t("status.ended")
    return f"{text} ({function})" if function else text


def family(face: Face, company: Thing) -> list[dict[str, Any]]:
    """Owners, what it owns, branches, head office, memberships: one row each, seen from the company."""
    own = company["iri"]
    rows = [_ownership(face, each, own) for each in company.get("ownerships") or ()]
    for key, word in (("branches", "branch"), ("branchOf", "head"), ("memberOf", "membership")):
        rows += [
            {**each, "other": each["organization"], "words": face.t(f"family.{word}")}
            for each in company.get(key) or ()
            if each.get("organization")
        ]
    return rows


def _ownership(face: Face, held: Thing, own: str) -> dict[str, Any]:
    kind = str(held.get("kind") or "")
    owns = held["owner"]["iri"] == own
    word = {
        "acquisition": ("acquired", "acquirer"),
        "investment": ("investment", "investor"),
    }.get(kind, ("subsidiary", "parent"))[0 if owns else 1]
    other = held["owned"] if owns else held["owner"]
    return {
        **held,
        "other": other,
        "country": other.get("country"),
        "words": face.t(f"family.{word}"),
        "share": share(face, held),
    }


def partners(face: Face, company: Thing) -> list[dict[str, Any]]:
    """Partnerships seen from the company: the other party, and who is what to whom."""
    rows = []
    for partnership in company.get("partnerships") or ():
        seen = tie(partnership, company)
        role = face.word("role", seen.get("role"), seen.get("roleLabel"))
        words = face.t("partners.own", name=company["name"], role=role) if seen["own"] else role
        rows.append({**seen, "words": words})
    return sorted(rows, key=lambda row: (bool(row.get("ended")), str(row["other"]["name"])))


def people(company: Thing) -> list[dict[str, Any]]:
    """One row a role, the latest said first within a person."""
    return [
        {**role, "id": person["id"], "name": person["name"]}
        for person in company.get("people") or ()
        for role in person.get("roles") or ()
    ]


def ties(face: Face, found: Thing) -> list[dict[str, Any]]:
    """The table beside the picture of a network: the same edges, in words, with their sources."""
    nodes = {
        node["iri"]: {"label": node["label"], "path": path(face, page_kind(node["kind"]), str(node["id"]))}
        for node in found["nodes"]
    }
    rows = [
        {
            "start": nodes[edge["source"]],
            "stop": nodes[edge["target"]],
            "label": edge.get("label") or edge["kind"],
            "status": status_of(edge),
            "ended": edge.get("ended"),
            "sources": edge.get("sources") or [],
        }
        for edge in found["edges"]
        if edge["source"] in nodes and edge["target"] in nodes
    ]
    return sorted(rows, key=lambda row: (str(row["start"]["label"]), str(row["stop"]["label"])))


def page_kind(kind: str) -> str:
    """The kind of page that a node of a network has; an award has none."""
    return kind if kind in {"person", "market", "mission", "source", "award"} else "company"


def statuses(face: Face) -> dict[str, str]:
    """Status code -> word, for the markets of a network."""
    return {status: face.word("status", status) for status in facts.RUNGS}


def sections(face: Face, model: Mapping[str, Any]) -> list[tuple[str, Markup]]:
    """The parts of the page that have something in them, for the list at its top."""
    parts: Iterable[tuple[str, str, Any]] = (
        ("markets", "company.markets", model["rungs"]),
        ("family", "company.family", model["family"]),
        ("partners", "company.partners", model["partners"]),
        ("matches", "company.matches", model.get("fits") or model.get("fit")),
        ("people", "company.people", model["people"]),
        ("figures", "company.figures", model["figures"]),
        ("more", "company.more", model["awards"] or model["missions"] or model["plans"]),
        ("network", "company.network", model["drawing"]),
        ("screening", "company.screening", model.get("screening")),
        ("contradictions", "company.contradictions", model.get("contradictions")),
        ("sources", "company.sources", True),
    )
    return [(name, face.t(key)) for name, key, there in parts if there]
