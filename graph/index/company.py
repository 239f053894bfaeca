"""Everything known of one organization, with who says so."""

from __future__ import annotations

from graph.index import companies
from graph.index.awards import grants
from graph.index.catalogue import Json, best, language_of
from graph.index.database import Row
from graph.index.engagements import company_engagements
from graph.index.missions import company_missions
from graph.index.people import roles_at
from graph.index.shaping import Shaper, plain

NAME_TYPES = {
    "name": "name",
    "legalName": "legal",
    "alternativeName": "alternative",
    "abbreviation": "abbreviation",
    "tradeName": "trade",
    "formerName": "former",
}


def company(shaper: Shaper, number: int, row: Row) -> Json:
    """The whole dict; the keys are those of the contract of the API."""
    stated = companies.statements(shaper, number)
    first = companies.head(shaper, row)
    owned_by, owns = _ownerships(shaper, number)
    return {
        **first,
        "sectors": shaper.sectors([number]).get(number, []),
        "markets": companies.markets_by_status(shaper, [number]).get(number, {}),
        "names": _names(stated),
        "identifiers": _identifiers(shaper, number),
        "legalForm": _first(stated, "legalForm"),
        "founded": _first(stated, "founded"),
        "website": _first(stated, "website"),
        "statements": [{"property": name, **each} for name, values in stated.items() for each in values],
        "notes": [
            {"note": each["value"], "language": each["language"], "sources": each["sources"]}
            for each in stated.get("note", [])
        ],
        "sites": _sites(shaper, number),
        "figures": shaper.figures([number]).get(number, []),
        "engagements": company_engagements(shaper, number),
        "partnerships": list(
            shaper.partnerships(
                "p.principal = ?1 OR p.partner = ?1", (number,), "p.last DESC, p.iri"
            ).values()
        ),
        "ownerships": owned_by + owns,
        "presence": [entry for _, _, entry in shaper.presence("r.organization = ?", (number,))],
        "branches": [
            entry for _, _, entry in shaper.presence("r.organization = ? AND r.kind = 'branch'", (number,))
        ],
        "branchOf": _heads(shaper, number),
        "parents": _parties(owned_by, "owner"),
        "children": _parties(owns, "owned"),
        "ultimateParents": _tops(shaper, number),
        "changeEvents": _changes(shaper, number),
        "people": roles_at(shaper, number),
        "memberOf": _member_of(shaper, number),
        "awards": grants(shaper, "g.recipient = ?", (number,)),
        "missions": company_missions(shaper, number),
        "programmes": _programmes(shaper, number),
        "needs": _needs(shaper, number),
        "mentionedIn": companies.mentions(shaper, number),
    }


def _first(stated: dict[str, list[Json]], name: str) -> str | None:
    return next((str(each["label"]) for each in stated.get(name, [])), None)


def _names(stated: dict[str, list[Json]]) -> list[Json]:
    """Each name once; a special type says more than `alternative`."""
    special = {
        each["value"] for name in ("abbreviation", "tradeName", "formerName") for each in stated.get(name, [])
    }
    return [
        {"name": each["value"], "type": kind, "language": each["language"], "sources": each["sources"]}
        for name, kind in NAME_TYPES.items()
        for each in stated.get(name, [])
        if not (kind == "alternative" and each["value"] in special)
    ]


def _identifiers(shaper: Shaper, number: int) -> list[Json]:
    rows = shaper.db.rows(
        "SELECT id, iri, scheme, value FROM identifier WHERE organization = ? ORDER BY scheme, value, iri",
        (number,),
    )
    sources = shaper.sources(row[0] for row in rows)
    return [
        {"iri": iri, "scheme": scheme, "value": value, "sources": sources.get(item, [])}
        for item, iri, scheme, value in rows
    ]


def _sites(shaper: Shaper, number: int) -> list[Json]:
    rows = shaper.db.rows(
        """SELECT id, iri, function, label, country, municipality, place, postcode, outside, since, until, last
           FROM site WHERE organization = ? ORDER BY role <> 'main', role <> 'seat', last DESC, iri""",
        (number,),
    )
    sources = shaper.sources(row[0] for row in rows)
    return [
        {
            "iri": iri,
            "function": shaper.catalogue.code(function),
            "functionLabel": shaper.label(function),
            "label": label,
            "country": shaper.market(country),
            "municipality": shaper.ref(municipality),
            "place": place,
            "postcode": postcode,
            "outsideArea": shaper.ref(outside),
            "since": since,
            "until": until,
            "ended": shaper.ended(last),
            "sources": sources.get(item, []),
        }
        for item, iri, function, label, country, municipality, place, postcode, outside, since, until, last in rows
    ]


def _ownerships(shaper: Shaper, number: int) -> tuple[list[Json], list[Json]]:
    """Those in which the organization is owned, and those in which it owns."""
    rows = shaper.db.rows(
        """SELECT id, iri, owner, owned, kind, basis, share, low, high, since, until, attested, last, note
           FROM ownership WHERE owner = ?1 OR owned = ?1 ORDER BY last DESC, first DESC, iri""",
        (number,),
    )
    parties = companies.tied(shaper, {party for row in rows for party in row[2:4]})
    sources = shaper.sources(row[0] for row in rows)
    owned_by: list[Json] = []
    owns: list[Json] = []
    for item, iri, owner, owned, kind, basis, share, low, high, since, until, attested, last, note in rows:
        made = {
            "iri": iri,
            "owner": parties[owner],
            "owned": parties[owned],
            "kind": shaper.catalogue.code(kind),
            "kindLabel": shaper.label(kind),
            "basis": shaper.catalogue.code(basis),
            "basisLabel": shaper.label(basis),
            "share": plain(share),
            "shareMin": plain(low),
            "shareMax": plain(high),
            "since": since,
            "until": until,
            "ended": shaper.ended(last),
            "attested": attested,
            "note": note,
            "sources": sources.get(item, []),
        }
        (owned_by if owned == number else owns).append(made)
    return owned_by, owns


def _parties(ownerships: list[Json], side: str) -> list[Json]:
    """The other sides of ownerships that go on and are no mere investment, each once."""
    found = {
        each[side]["iri"]: each[side]
        for each in ownerships
        if not each["ended"] and each["kind"] != "investment"
    }
    return list(found.values())


def _heads(shaper: Shaper, number: int) -> list[Json]:
    rows = shaper.db.rows(
        "SELECT organization, item, since, until, last FROM presence WHERE member = ? AND kind = 'branch' ORDER BY iri",
        (number,),
    )
    heads, sources = shaper.organizations(row[0] for row in rows), shaper.sources(row[1] for row in rows)
    return [
        {
            "organization": heads[head],
            "since": since,
            "until": until,
            "ended": shaper.ended(last),
            "sources": sources.get(item, []),
        }
        for head, item, since, until, last in rows
    ]


def _tops(shaper: Shaper, number: int) -> list[Json]:
    rows = shaper.db.rows("SELECT top FROM ultimate WHERE organization = ? ORDER BY top", (number,))
    return list(companies.tied(shaper, {top for (top,) in rows}).values())


def _changes(shaper: Shaper, number: int) -> list[Json]:
    rows = shaper.db.rows(
        """SELECT id, iri, type, original, acquirer, date, ownership, note FROM change
           WHERE original = ?1 OR acquirer = ?1 ORDER BY date, iri""",
        (number,),
    )
    parties = shaper.organizations(party for row in rows for party in row[3:5])
    sources = shaper.sources(row[0] for row in rows)
    return [
        {
            "iri": iri,
            "type": shaper.catalogue.code(kind),
            "typeLabel": shaper.label(kind),
            "original": parties.get(original),
            "acquirer": parties.get(acquirer),
            "date": date,
            "ownership": ownership,
            "note": note,
            "sources": sources.get(item, []),
        }
        for item, iri, kind, original, acquirer, date, ownership, note in rows
    ]


def _member_of(shaper: Shaper, number: int) -> list[Json]:
    rows = shaper.db.rows(
        """SELECT id, iri, organization, since, until, last, attested FROM membership
           WHERE member = ? ORDER BY last DESC, iri""",
        (number,),
    )
    hosts, sources = shaper.organizations(row[2] for row in rows), shaper.sources(row[0] for row in rows)
    return [
        {
            "iri": iri,
            "organization": hosts[host],
            "since": since,
            "until": until,
            "ended": shaper.ended(last),
            "attested": attested,
            "sources": sources.get(item, []),
        }
        for item, iri, host, since, until, last, attested in rows
    ]


def _programmes(shaper: Shaper, number: int) -> list[Json]:
    rows = shaper.db.rows(
        """SELECT id, iri, nl, en, fr, aim_nl, aim_en, aim_fr, year FROM programme
           WHERE organization = ? ORDER BY year, iri""",
        (number,),
    )
    sources = shaper.sources(row[0] for row in rows)
    return [
        {
            "iri": row[1],
            "label": best(row[2:5], shaper.lang),
            "aim": best(row[5:8], shaper.lang),
            "aimLanguage": language_of(row[5:8], shaper.lang),
            "year": row[8],
            "sources": sources.get(row[0], []),
        }
        for row in rows
    ]


def _needs(shaper: Shaper, number: int) -> list[Json]:
    rows = shaper.db.rows(
        "SELECT id, iri, nl, en, fr, attested FROM need WHERE organization = ? ORDER BY iri", (number,)
    )
    sources = shaper.sources(row[0] for row in rows)
    return [
        {
            "iri": row[1],
            "label": best(row[2:5], shaper.lang),
            "language": language_of(row[2:5], shaper.lang),
            "attested": row[5],
            "sources": sources.get(row[0], []),
        }
        for row in rows
    ]
