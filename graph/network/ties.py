"""What is told of the relations of a network: what each is, since when, how close it ties, who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graph.index.catalogue import best
from graph.index.database import Row, many
from graph.index.days import NEVER
from graph.index.shaping import Shaper, plain
from graph.model.statuses import RANK
from graph.network.describe import Attributes, known
from graph.network.limits import Moment
from graph.network.relations import SQL
from graph.network.walk import Tie

LABELS = {
    "branch": ("vestiging", "branch", "succursale"),
    "ownership": ("eigendom", "ownership", "propriété"),
    "partnership": ("partner", "partner", "partenaire"),
    "engagement": ("markt", "market", "marché"),
    "membership": ("functie", "role", "fonction"),
    "mission": ("missie", "mission", "mission"),
    "award": ("prijs", "award", "prix"),
}
"""What a relation is called in nl, en and fr where it has no role or status of its own."""

WEIGHTS = {
    "ownership": 1.0,
    "branch": 1.0,
    "partnership": 0.8,
    "membership": 0.5,
    "mission": 0.3,
    "award": 0.2,
}
STATUS_WEIGHTS = {"withdrawn": 0.1, "targets": 0.2, "entering": 0.4, "active": 0.6, "leading": 0.8}
OVER = 0.5
"""How close a relation ties its two ends, above 0 and at most 1; one that is over counts half."""

_COLUMNS = {
    "branch": "NULL, r.since, r.until, NULL, r.first, r.last",
    "ownership": "r.iri, r.since, r.until, r.attested, r.first, r.last, r.share, r.low, r.high",
    "partnership": "r.iri, r.since, r.until, r.attested, r.first, r.last, r.role, r.territory, r.exclusivity",
    "engagement": "r.iri, r.since, r.until, r.attested, r.first, r.last, r.rank, r.product",
    "membership": "r.iri, r.since, r.until, r.attested, r.first, r.last, r.role_nl, r.role_en, r.role_fr",
    "mission": "COALESCE(p.iri, r.iri), r.since, r.until, NULL, r.first, NULL, p.state",
    "award": "g.iri, r.edition, NULL, g.attested, NULL, NULL, g.result",
}
"""Of the item `e.item`: IRI, start, end, last attested, first and last day, then what is its own."""


def _branch(_: Shaper, __: Row) -> Attributes:
    return {}


def _ownership(_: Shaper, row: Row) -> Attributes:
    share, low, high = map(plain, row)
    return known(share=share, shareMin=low, shareMax=high)


def _partnership(shaper: Shaper, row: Row) -> Attributes:
    role, territory, exclusivity = row
    code = shaper.catalogue.code
    return known(
        role=code(role),
        territory=code(territory),
        territoryLabel=shaper.label(territory),
        exclusivity=code(exclusivity),
    )


def _engagement(shaper: Shaper, row: Row) -> Attributes:
    rank, product = row
    return known(
        status=next(word for word, value in RANK.items() if value == rank), product=shaper.label(product)
    )


def _membership(shaper: Shaper, row: Row) -> Attributes:
    return known(role=shaper.best(*row))


def _event(shaper: Shaper, row: Row) -> Attributes:
    return known(role=shaper.catalogue.code(row[0]))


_OWN: Mapping[str, Callable[[Shaper, Row], Attributes]] = {
    "branch": _branch,
    "ownership": _ownership,
    "partnership": _partnership,
    "engagement": _engagement,
    "membership": _membership,
    "mission": _event,
    "award": _event,
}


def weight(kind: str, status: str | None, *, ended: bool) -> float:
    """How close a relation ties its two ends."""
    found = WEIGHTS[kind] if kind in WEIGHTS else STATUS_WEIGHTS[str(status)]
    return round(found * OVER, 3) if ended else found


def ties(shaper: Shaper, found: Mapping[Tie, int | None], moment: Moment) -> dict[Tie, Attributes]:
    """Relations with their attributes: a bounded number of statements, however many there are."""
    facts: dict[tuple[str, int], Attributes] = {}
    for kind in SQL:
        items = {item for _, _, of, item in found if of == kind}
        if items:
            facts |= {
                (kind, row[0]): _facts(shaper, kind, row[1:]) for row in _rows(shaper, kind, items, moment)
            }
    sources = shaper.sources({item for _, _, _, item in found})
    return {
        tie: _tie(shaper, tie, label, facts.get((tie[2], tie[3]), {})) | {"sources": sources.get(tie[3], [])}
        for tie, label in found.items()
    }


def _rows(shaper: Shaper, kind: str, items: Iterable[int], moment: Moment) -> list[Row]:
    sql = f"""WITH e AS (SELECT value AS item FROM json_each(?1)), given AS (SELECT ?2, ?3)
        SELECT e.item, {SQL[kind].over}, {_COLUMNS[kind]} FROM e {SQL[kind].join}"""
    return shaper.db.rows(sql, [many(items), moment.day, moment.past])


def _facts(shaper: Shaper, kind: str, row: Row) -> Attributes:
    over, iri, since, until, attested, first, _last, *own = row
    return {
        **known(iri=iri, since=since, until=until, attested=attested),
        **_OWN[kind](shaper, tuple(own)),
        "ended": bool(over),
        "dateUnknown": first == NEVER if first is not None else since is None,
    }


def _tie(shaper: Shaper, tie: Tie, label: int | None, facts: Attributes) -> Attributes:
    kind = tie[2]
    word = facts.get("role") if kind == "membership" else None
    return {
        "kind": kind,
        "label": word or shaper.label(label) or best(LABELS[kind], shaper.lang) or kind,
        "weight": weight(kind, facts.get("status"), ended=facts.get("ended", False)),
        **facts,
    }


def edge_key(found: Mapping[str, Any], source: str, target: str) -> str:
    """The key of an edge: its relation's IRI, with both ends where that is of more than one edge or of none."""
    iri = str(found.get("iri") or "")
    if found["kind"] in {"branch", "mission"} or not iri:
        last, other = source.rpartition("/")[2], target.rpartition("/")[2]
        return f"{iri.partition(' ')[0]}#{found['kind']}/{last}/{other}"
    return iri
