"""Results as JSON: sentences in the language of the reader, and for each part the statements and sources it rests on.

Whatever the results of one answer need is read together, with a fixed number of statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from graph.index.catalogue import Json, best
from graph.index.database import IN, many
from graph.index.shaping import Shaper
from graph.matching.features import Feature, feature
from graph.matching.scoring import Fact, Link, Match, Part, Say
from graph.matching.words import sentence

_NODES = {
    "engagement": "SELECT id, iri FROM engagement WHERE id",
    "partnership": "SELECT id, iri FROM partnership WHERE id",
    "ownership": "SELECT id, iri FROM ownership WHERE id",
    "membership": "SELECT id, iri FROM membership WHERE id",
    "mission": "SELECT id, iri FROM mission WHERE id",
    "participation": "SELECT id, iri FROM participation WHERE id",
    "branch": "SELECT item, iri FROM presence WHERE kind = 'branch' AND item",
}
_STATED = ("sector", "country", "activity")
STATEMENTS = 10
"""Statements that one part names."""


class Teller:
    """Tells some results.

    Args:
        shaper: the index, and the language and day of the answer.
        matches: all that will be told.
    """

    def __init__(self, shaper: Shaper, matches: Iterable[Match]) -> None:
        self._shaper = shaper
        listed = list(matches)
        parts = [part for match in listed for part in match.parts]
        links = [link for match in listed for link in match.chain]
        facts = [fact for part in parts for fact in part.facts[:STATEMENTS]]
        self._stated = self._find_stated({fact.org for fact in facts if fact.org is not None})
        items = {fact.item for fact in facts if fact.item is not None} | {link.item for link in links}
        self._nodes = self._find_nodes(items)
        self._sources = shaper.sources(items | {row[0] for rows in self._stated.values() for row in rows})
        self._things = self._find_things(listed, parts, links)

    def _find_nodes(self, items: set[int]) -> dict[int, tuple[str, str]]:
        asked = many(sorted(items))
        sql = " UNION ALL ".join(
            f"SELECT '{kind}', x.* FROM ({query} {IN}) x" for kind, query in _NODES.items()
        )
        rows = self._shaper.db.rows(sql, (asked,) * len(_NODES))
        # A branch is no node of its own: what ties it stands under its IRI and that of its head office
        return {number: (kind, iri.partition(" ")[0]) for kind, number, iri in rows}

    def _find_stated(self, orgs: set[int]) -> dict[tuple[int, str], list[tuple[int, int | None]]]:
        rows = self._shaper.db.rows(
            f"""SELECT organization, property, id, concept FROM statement WHERE organization {IN}
                AND property IN ('{"', '".join(_STATED)}') ORDER BY id""",
            (many(sorted(orgs)),),
        )
        found: defaultdict[tuple[int, str], list[tuple[int, int | None]]] = defaultdict(list)
        for org, name, number, concept in rows:
            found[org, name].append((number, concept))
        return found

    def _find_things(self, matches: list[Match], parts: list[Part], links: list[Link]) -> dict[int, Json]:
        """Organizations, persons and missions that are named anywhere, as references."""
        says = [part.say for part in parts if part.say is not None]
        orgs = {number for say in says for number in say.orgs.values()} | {m.org for m in matches if m.org}
        orgs |= {end for link in links for end in (link.start, link.stop)}
        orgs |= {fact.org for part in parts for fact in part.facts[:STATEMENTS] if fact.org is not None}
        found = self._shaper.organizations(orgs)
        rest = orgs - found.keys()
        rest |= {number for say in says for number in say.missions.values()}
        rest |= {m.mission for m in matches if m.mission}
        for number, iri, ref, name in self._shaper.db.rows(
            f"SELECT id, iri, ref, name FROM person WHERE id {IN}", (many(sorted(rest)),)
        ):
            found[number] = {"iri": iri, "id": ref, "name": name}
        for number, iri, ref, *labels in self._shaper.db.rows(
            f"SELECT id, iri, ref, nl, en, fr FROM mission WHERE id {IN}", (many(sorted(rest)),)
        ):
            name = best(tuple(labels), self._shaper.lang) or ref
            found[number] = {"iri": iri, "id": ref, "name": name}
        return found

    def match(self, match: Match) -> Json:
        """One result."""
        told = [(feature(match.kind, part.feature), part) for part in match.parts]
        return {
            "kind": match.kind,
            "organization": self._things.get(match.org or 0),
            "market": self._shaper.market(match.market),
            "mission": self._things.get(match.mission or 0),
            "score": round(match.score, 4),
            "parts": [self._part(each, part) for each, part in told],
            "reasons": [self._reason(p) for f, p in told if p.value and not f.counter and p.say],
            "counterReasons": [self._reason(p) for f, p in told if p.value and f.counter and p.say],
            "missing": [
                {"feature": p.feature, "text": self.say(p.say)} for _, p in told if not p.value and p.say
            ],
            "chain": [self._link(link) for link in match.chain],
        }

    def _part(self, each: Feature, part: Part) -> Json:
        return {
            "feature": part.feature,
            "label": best(each.label, self._shaper.lang),
            "counter": each.counter,
            "weight": each.weight,
            "value": None if part.value is None else round(part.value, 4),
            "statements": list(self._statements(part.facts)),
            "sources": self._of(part.facts),
        }

    def _reason(self, part: Part) -> Json:
        return {
            "feature": part.feature,
            "text": self.say(part.say) if part.say else "",
            "sources": self._of(part.facts),
        }

    def _numbers(self, fact: Fact) -> list[int]:
        if fact.item is not None:
            return [fact.item]
        rows = self._stated.get((fact.org or 0, fact.property), [])
        return [number for number, concept in rows if fact.value is None or concept == fact.value]

    def _statements(self, facts: Iterable[Fact]) -> Iterator[Json]:
        for fact in list(facts)[:STATEMENTS]:
            if fact.item is not None and fact.item in self._nodes:
                kind, iri = self._nodes[fact.item]
                yield {"kind": kind, "iri": iri}
            elif fact.org is not None and fact.org in self._things and self._numbers(fact):
                yield {"kind": fact.property, "iri": self._things[fact.org]["iri"]}

    def _of(self, facts: Iterable[Fact]) -> list[Json]:
        found: dict[str, Json] = {}
        for fact in list(facts)[:STATEMENTS]:
            for number in self._numbers(fact):
                for source in self._sources.get(number, []):
                    found[source["iri"]] = source
        return sorted(found.values(), key=lambda source: str(source["id"]))

    def _link(self, link: Link) -> Json:
        return {
            "from": self._things.get(link.start),
            "to": self._things.get(link.stop),
            "relation": link.kind,
            "label": self._shaper.label(link.label) or link.kind,
            "sources": self._sources.get(link.item, []),
        }

    def say(self, say: Say) -> str:
        """A sentence with names in it."""
        gaps: dict[str, Any] = {gap: self._shaper.label(number) or "" for gap, number in say.concepts.items()}
        for numbers in (say.orgs, say.missions):
            gaps |= {gap: self._things[n]["name"] if n in self._things else "?" for gap, n in numbers.items()}
        return sentence(say.key, self._shaper.lang, {**gaps, **say.texts})
