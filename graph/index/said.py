"""What one source says of some organizations: markets, partners, owners and people, each fact marked as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from graph.index.catalogue import Json
from graph.index.companies import tied
from graph.index.database import IN, many
from graph.index.engagements import engagement_dicts, load
from graph.index.people import roles
from graph.index.shaping import Shaper, plain
from graph.index.standings import Rules

_STATED = "EXISTS (SELECT 1 FROM evidence v WHERE v.item = {item} AND v.source = ?)"


def said(shaper: Shaper, source: int, organizations: Iterable[int]) -> Json:
    """The facts of a source about organizations, in a handful of statements whatever their number."""
    listed = list(organizations)
    return {
        "engagements": _engagements(shaper, source, listed),
        "partnerships": _partnerships(shaper, source, listed),
        "ownerships": _ownerships(shaper, source, listed),
        "people": _people(shaper, source, listed),
    }


def _engagements(shaper: Shaper, source: int, listed: list[int]) -> list[Json]:
    """By company and market; what outweighs them may be said by others."""
    held = load(shaper.db, listed)
    every = [each for own in held.values() for each in own]
    rows = shaper.db.rows(
        f"SELECT item FROM evidence WHERE item {IN} AND source = ?", (many(each.id for each in every), source)
    )
    stated = {item for (item,) in rows}
    told = [each for each in every if each.id in stated]
    dicts, companies = engagement_dicts(shaper, told), shaper.organizations(each.company for each in told)
    rules = Rules(shaper.day)
    for each in told:
        dicts[each.id] |= {
            "company": companies[each.company],
            "ended": shaper.ended(each.last),
            "outweighed": each.rank > 0 and rules.outweighed(each, held[each.company]),
        }
    told.sort(key=lambda each: (each.company, str(dicts[each.id]["market"]["label"]), each.iri))
    return [dicts[each.id] for each in told]


def _partnerships(shaper: Shaper, source: int, listed: list[int]) -> list[Json]:
    where = f"(p.principal {IN} OR p.partner {IN}) AND {_STATED.format(item='p.id')}"
    asked = (many(listed), many(listed), source)
    return list(shaper.partnerships(where, asked, "p.principal, p.partner, p.iri").values())


def _ownerships(shaper: Shaper, source: int, listed: list[int]) -> list[Json]:
    rows = shaper.db.rows(
        f"""SELECT id, iri, owner, owned, kind, share, low, high, since, until, attested, last, note FROM ownership
            WHERE (owner {IN} OR owned {IN}) AND {_STATED.format(item="ownership.id")} ORDER BY owner, owned, iri""",
        (many(listed), many(listed), source),
    )
    parties = tied(shaper, {party for row in rows for party in row[2:4]})
    return [
        {
            "iri": iri,
            "owner": parties[owner],
            "owned": parties[owned],
            "kind": shaper.catalogue.code(kind),
            "kindLabel": shaper.label(kind),
            "share": plain(share),
            "shareMin": plain(low),
            "shareMax": plain(high),
            "since": since,
            "until": until,
            "attested": attested,
            "ended": shaper.ended(last),
            "note": note,
        }
        for _, iri, owner, owned, kind, share, low, high, since, until, attested, last, note in rows
    ]


def _people(shaper: Shaper, source: int, listed: list[int]) -> list[Json]:
    where = f"organization {IN} AND {_STATED.format(item='membership.id')}"
    return roles(shaper, where, (many(listed), source))
