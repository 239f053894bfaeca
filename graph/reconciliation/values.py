"""What the graph says of things, a property at a time and for many things at once: one or two statements each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from graph.index import engagements
from graph.index.database import IN, many
from graph.index.shaping import Shaper
from graph.index.standings import OVER, Rules, rank_of_score, standings
from graph.model.identifiers import dotted
from graph.model.statuses import RANK
from graph.reconciliation import entities
from graph.reconciliation.entities import Entity

Cell = str | Entity
"""A value: a text, or a thing of its own."""
Rows = Iterator[tuple[int, Cell]]
"""Numbers of things, each with one value, in order."""
Loader = Callable[[Shaper, Sequence[Entity]], Rows]

NAMES = ("legalName", "tradeName", "abbreviation", "formerName", "alternativeName")


def _numbers(things: Iterable[Entity]) -> str:
    return many(each.number for each in things)


def _on_day(sql: str, shaper: Shaper) -> str:
    """SQL of ours, with the day of the answer for `:day`."""
    return sql.replace(":day", str(int(shaper.day)))


def _texts(sql: str, shaper: Shaper, things: Sequence[Entity]) -> Rows:
    """Rows of a number and a text; `sql` is ours and takes the numbers."""
    yield from ((number, str(text)) for number, text in shaper.db.rows(sql, (_numbers(things),)) if text)


def _concepts(sql: str, shaper: Shaper, things: Sequence[Entity]) -> Rows:
    """Rows of a number and a concept, which becomes a thing."""
    for number, concept in shaper.db.rows(_on_day(sql, shaper), (_numbers(things),)):
        made = None if concept is None else entities.concept(shaper, concept)
        if made is not None:
            yield number, made


def _organizations(sql: str, shaper: Shaper, things: Sequence[Entity]) -> Rows:
    """Rows of a number and the organization that belongs to it."""
    rows = shaper.db.rows(_on_day(sql, shaper), (_numbers(things),))
    known = entities.load(shaper, {("organization", other) for _, other in rows})
    yield from ((number, known["organization", other]) for number, other in rows)


def _stated(names: Sequence[str], shaper: Shaper, things: Sequence[Entity]) -> Rows:
    rows = shaper.db.rows(
        f"""SELECT organization, property, value FROM statement WHERE organization {IN} AND property {IN}
            ORDER BY organization, property, value""",
        (_numbers(things), many(names)),
    )
    rows.sort(key=lambda row: (row[0], names.index(row[1])))
    yield from ((number, str(value)) for number, _, value in rows)


def _enterprise_numbers(shaper: Shaper, things: Sequence[Entity]) -> Rows:
    sql = f"""SELECT organization, value FROM identifier WHERE organization {IN} AND scheme = 'be-bce_kbo'
              ORDER BY organization, value"""
    yield from ((number, dotted(str(value))) for number, value in _texts(sql, shaper, things))


def _labels(column: str, shaper: Shaper, things: Sequence[Entity]) -> Rows:
    rows = shaper.db.rows(f"SELECT id, {column} FROM organization WHERE id {IN}", (_numbers(things),))
    yield from ((number, label) for number, concept in rows if (label := shaper.label(concept)))


def _activities(shaper: Shaper, things: Sequence[Entity]) -> Rows:
    rows = shaper.db.rows(
        f"SELECT id, activity_nl, activity_en, activity_fr FROM organization WHERE id {IN}",
        (_numbers(things),),
    )
    yield from ((number, text) for number, *texts in rows if (text := shaper.best(*texts)))


def _sectors(shaper: Shaper, things: Sequence[Entity]) -> Rows:
    sql = f"SELECT organization, sector FROM organization_sector WHERE organization {IN}"
    yield from sorted(
        _concepts(sql, shaper, things), key=lambda row: (row[0], str(getattr(row[1], "name", "")))
    )


def _markets(statuses: Sequence[str], shaper: Shaper, things: Sequence[Entity]) -> Rows:
    """The markets where an organization has one of these statuses on the day; what has ended counts in none."""
    ranks = {RANK[status] for status in statuses}
    loaded = engagements.load(shaper.db, [each.number for each in things])
    for number, own in loaded.items():
        for standing in standings(own, None, Rules(shaper.day)):
            if standing.score < OVER and rank_of_score(standing.score) in ranks:
                made = entities.concept(shaper, standing.market)
                if made is not None:
                    yield number, made


def _sources(shaper: Shaper, things: Sequence[Entity]) -> Rows:
    rows = shaper.db.rows(
        f"""SELECT m.organization, s.title, s.publisher, s.date, s.url FROM mention m JOIN source s ON s.id = m.source
            WHERE m.organization {IN} ORDER BY m.organization, s.first DESC, s.id""",
        (_numbers(things),),
    )
    for number, *parts in rows:
        yield number, ", ".join(str(part) for part in parts if part)


def _iris(_: Shaper, things: Sequence[Entity]) -> Rows:
    yield from ((each.number, each.iri) for each in things)


def _names(_: Shaper, things: Sequence[Entity]) -> Rows:
    yield from ((each.number, each.name) for each in things)


def _years(shaper: Shaper, things: Sequence[Entity]) -> Rows:
    yield from _texts(f"SELECT id, substr(since, 1, 4) FROM mission WHERE id {IN}", shaper, things)


EVERY: Mapping[str, Loader] = {"iri": _iris, "name": _names}

ORGANIZATION: Mapping[str, Loader] = {
    "enterpriseNumber": _enterprise_numbers,
    "lei": partial(
        _texts, f"SELECT organization, value FROM identifier WHERE organization {IN} AND scheme = 'xi-lei'"
    ),
    "country": partial(_concepts, f"SELECT id, country FROM organization WHERE id {IN}"),
    "municipality": partial(
        _concepts,
        f"""SELECT organization, municipality FROM site WHERE organization {IN}
            ORDER BY CASE role WHEN 'main' THEN 0 WHEN 'seat' THEN 1 ELSE 2 END, iri""",
    ),
    "postcode": partial(
        _texts,
        f"""SELECT organization, postcode FROM site WHERE organization {IN}
            ORDER BY CASE role WHEN 'main' THEN 0 WHEN 'seat' THEN 1 ELSE 2 END, iri""",
    ),
    "website": partial(_stated, ("website",)),
    "sector": _sectors,
    "founded": partial(_stated, ("founded",)),
    "otherName": partial(_stated, NAMES),
    "kind": partial(_labels, "kind"),
    "legalForm": partial(_stated, ("legalForm",)),
    "activity": _activities,
    "area": partial(_texts, f"SELECT id, member FROM organization WHERE id {IN}"),
    "exportsTo": partial(_markets, ("leading", "active")),
    "entersMarket": partial(_markets, ("entering",)),
    "targets": partial(_markets, ("targets",)),
    "withdrawnFrom": partial(_markets, ("withdrawn",)),
    "parent": partial(
        _organizations,
        f"""SELECT o.owned, o.owner FROM ownership o LEFT JOIN concept k ON k.id = o.kind
            WHERE o.owned {IN} AND o.last >= :day AND COALESCE(k.code, '') <> 'investment' ORDER BY o.owned, o.owner""",
    ),
    "ultimateParent": partial(
        _organizations, f"SELECT organization, top FROM ultimate WHERE organization {IN} ORDER BY top"
    ),
    "partner": partial(
        _organizations,
        """WITH asked AS (SELECT value AS id FROM json_each(?))
            SELECT p.principal, p.partner FROM asked JOIN partnership p ON p.principal = asked.id
            WHERE p.last >= :day UNION
            SELECT p.partner, p.principal FROM asked JOIN partnership p ON p.partner = asked.id
            WHERE p.last >= :day ORDER BY 1, 2""",
    ),
    "presence": partial(
        _concepts,
        f"SELECT organization, country FROM presence WHERE organization {IN} AND last >= :day "
        "ORDER BY organization, kind, iri",
    ),
    "source": _sources,
}
PERSON: Mapping[str, Loader] = {
    "organization": partial(
        _organizations,
        f"SELECT person, organization FROM membership WHERE person {IN} ORDER BY last DESC, organization",
    ),
}
MISSION: Mapping[str, Loader] = {
    "organization": partial(
        _organizations,
        f"SELECT mission, organization FROM mission_organizer WHERE mission {IN} ORDER BY 1, 2",
    ),
    "destination": partial(
        _concepts, f"SELECT mission, market FROM mission_market WHERE mission {IN} ORDER BY 1, 2"
    ),
    "year": _years,
}
LOADERS: Mapping[str, Mapping[str, Loader]] = {
    "organization": {**EVERY, **ORGANIZATION},
    "person": {**EVERY, **PERSON},
    "mission": {**EVERY, **MISSION},
}
"""Kind of thing -> property -> what loads it; kinds that are not here have `EVERY`."""
