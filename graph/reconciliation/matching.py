"""A batch of queries to candidates: found by name, register number and website, then scored and ranked.

The number of SQL statements depends on what is asked for, not on how many queries or candidates there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.index import Index
from graph.index.database import IN, many
from graph.index.shaping import Shaper
from graph.names import similarity
from graph.reconciliation import describing, entities, facts, forms, given, names, scoring
from graph.reconciliation.entities import Entity
from graph.reconciliation.facts import Facts
from graph.reconciliation.given import Given
from graph.reconciliation.names import Hit
from graph.reconciliation.queries import Query
from graph.reconciliation.scoring import Likeness, Scored
from graph.reconciliation.types import KINDS, Type, named

Json = dict[str, Any]
Pair = tuple[str, int]

_SPARE = 10
"""Candidates by name beyond those that are shown: properties may bring a later one to the front."""
_PREFIXES = {"enterpriseNumber": "be/", "lei": "lei/"}
_WEB = ("https://www.{}", "https://{}", "http://www.{}", "http://{}", "www.{}", "{}")
"""How sources write the address of a website, each with and without a slash at its end."""


@dataclass(frozen=True)
class Candidate:
    """A thing that a query may mean.

    Attributes:
        types: that it has, those that matter most first.
        match: whether it is the one beyond doubt.
        description: a line that tells it from others of the same name.
    """

    entity: Entity
    types: tuple[Type, ...]
    scored: Scored
    match: bool
    description: str

    def told(self, lang: str) -> Json:
        """As the specification writes a candidate."""
        told: Json = {
            "id": self.entity.id,
            "name": self.entity.name,
            "score": self.scored.score,
            "match": self.match,
            "features": self.scored.features(),
            "type": [{"id": each.id, "name": each.told(lang)["name"]} for each in self.types],
        }
        return {**told, "description": self.description} if self.description else told


def match(
    index: Index, queries: Sequence[Query], lang: str, today: date | None = None
) -> list[list[Candidate]]:
    """The candidates of each query, best first."""
    shaper = index.shaper(lang, today)
    said = given.read(shaper, queries)
    found = _by_name(index, queries)
    for own, more in zip(found, _by_value(shaper, queries, said), strict=True):
        for pair in more:
            own.setdefault(pair, None)
    pairs = {pair for own in found for pair in own}
    things, known = entities.load(shaper, pairs), facts.load(shaper, pairs)
    ranked = [
        _ranked(query, values, own, (things, known))
        for query, values, own in zip(queries, said, found, strict=True)
    ]
    shown = {(each.kind, each.number): each for own in ranked for each, _, _ in own}
    words = describing.describe(shaper, list(shown.values()))
    return [_candidates(query, own, words) for query, own in zip(queries, ranked, strict=True)]


Found = dict[Pair, Hit | None]
"""Things by kind and number, with how they were found by name; None: in another way."""


def _kinds(query: Query) -> tuple[str, ...]:
    """The kinds of things that a query may mean."""
    if not query.typed or query.strict == "should":
        return KINDS
    return tuple(dict.fromkeys(each.kind for each in query.types))


def _by_name(index: Index, queries: Sequence[Query]) -> list[Found]:
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, query in enumerate(queries):
        if query.text and (kinds := _kinds(query)):
            groups[kinds].append(place)
    found: list[Found] = [{} for _ in queries]
    for kinds, places in groups.items():
        limit = max(queries[place].limit for place in places) + _SPARE
        hits = names.find(index, [queries[place].text for place in places], kinds, limit)
        for place, own in zip(places, hits, strict=True):
            found[place] = {(hit.kind, hit.number): hit for hit in own}
    return found


def _by_value(shaper: Shaper, queries: Sequence[Query], said: Sequence[Given]) -> list[list[Pair]]:
    """Organizations with the register number or the website that a query gives."""
    wanted: list[set[str]] = []
    for query, values in zip(queries, said, strict=True):
        able = "organization" in _kinds(query)
        wanted.append(set(_addresses(values)) if able else set())
    every = {text for own in wanted for text in own}
    if not every:
        return [[] for _ in queries]
    numbers = _organizations(shaper, every)
    return [sorted({("organization", n) for text in own for n in numbers.get(text, ())}) for own in wanted]


def _addresses(values: Given) -> Iterable[str]:
    for name, prefix in _PREFIXES.items():
        yield from (f"{prefix}{value}".casefold() for value in values.get(name, ()))
    for name in ("website", "emailDomain"):
        for value in values.get(name, ()):
            for form in _WEB:
                yield from (form.format(value), form.format(value) + "/")


def _organizations(shaper: Shaper, texts: set[str]) -> dict[str, set[int]]:
    """Organizations by an alias or a website: two statements."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    bound = many(texts)
    for sql in (
        f"SELECT ref, organization FROM alias WHERE ref {IN}",
        f"SELECT value, organization FROM statement WHERE property = 'website' AND value {IN}",
    ):
        for text, number in shaper.db.rows(sql, (bound,)):
            found[text].add(number)
    return found


def _ranked(
    query: Query, values: Given, found: Found, graph: tuple[dict[Pair, Entity], dict[Pair, Facts]]
) -> list[tuple[Entity, tuple[Type, ...], Scored]]:
    things, known = graph
    rows = []
    for pair, hit in found.items():
        thing = things.get(pair)
        if thing is None:
            continue
        types = named(thing.kind, thing.code, partner=bool(known[pair].get("isPartner")))
        fits = any(each in query.types for each in types) if query.typed else None
        if fits is False and query.strict != "should":
            continue
        scored = _scored(query, values, (thing, hit), known[pair], fits)
        if scored.score >= scoring.LEAST:
            rows.append((thing, types, scored))
    rows.sort(key=lambda row: (-row[2].score, -(row[2].name or 0), row[0].name, row[0].id))
    return rows


def _scored(
    query: Query, values: Given, found: tuple[Entity, Hit | None], known: Facts, fits: bool | None
) -> Scored:
    thing, hit = found
    if not query.text:
        return scoring.score(Likeness(), values, known, fits)
    theirs = hit.matched if hit else thing.name
    name = hit.score if hit else similarity(query.text, thing.name)
    if name < scoring.CLOSE:
        return scoring.score(Likeness(name), values, known, fits)
    foreign = thing.kind == "organization" and (
        forms.differ(query.text, theirs)
        or any(forms.contradict(query.text, str(code)) for code in known.get("countryCode", ()))
    )
    like = Likeness(name, foreign, scoring.slips(query.text, theirs))
    return scoring.score(like, values, known, fits)


def _candidates(
    query: Query, ranked: list[tuple[Entity, tuple[Type, ...], Scored]], words: dict[Pair, str]
) -> list[Candidate]:
    sure = scoring.is_match(query.text, [scored for _, _, scored in ranked])
    return [
        Candidate(thing, types, scored, sure and place == 0, words.get((thing.kind, thing.number), ""))
        for place, (thing, types, scored) in enumerate(ranked[: query.limit])
    ]


def results(index: Index, queries: dict[str, Query], lang: str, today: date | None = None) -> Json:
    """The answer to a batch, as the specification writes it."""
    found = match(index, list(queries.values()), lang, today)
    return {
        key: {"result": [each.told(lang) for each in own]} for key, own in zip(queries, found, strict=True)
    }
