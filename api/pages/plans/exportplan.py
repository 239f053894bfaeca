"""The export plan of a company for a market: one sheet drawn up from the graph, with what is not known.

The page, the PDF and the document to write on in are made of the same parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from api.deps import Context
from api.pages.face import Face
from api.pages.plans import booklet, words
from api.pages.plans.numbered import Numbered
from api.pages.views import facts
from api.pages.views.matches import NEAR
from api.pages.views.screening import Seen, shown
from graph.documents import Job
from graph.index import Index
from graph.matching import Question, match
from graph.matching.mission import MissionQuestion, draw

Json = Mapping[str, Any]

BEST = 5
"""Organizations of a kind, and figures, that a sheet shows."""
WORDS = ("sources", "steps", "steps-lead", "step", "by", "who")
PARTS = ("status", "presence", "partners", "people", "peers", "missions", "figures", "screening")
"""The parts of a sheet, in their order; each has a sentence for where nothing is known."""


@dataclass(frozen=True)
class Part:
    """A part of the sheet: sentences with their sources, organizations with reasons, and what is not known."""

    key: str
    title: str
    lines: list[dict[str, Any]]
    people: list[dict[str, Any]]
    unknown: list[str]
    lead: str = ""


@dataclass(frozen=True)
class Sheet:
    """The whole of it.

    Attributes:
        stand: how the company stands there: mark, word, note.
        sentence: the same in a sentence, which rests on `sources`.
    """

    company: Json
    market: Json
    title: str
    stand: Json
    sentence: str
    sources: list[Json]
    parts: list[Part]


@dataclass(frozen=True)
class Asked:
    """For which company, by IRI, which market, by code, and which day, if any."""

    iri: str
    code: str
    as_of: date | None = None


def make(ctx: Context, index: Index, face: Face, asked: Asked, seen: Seen) -> Sheet:
    """The sheet of a company for a market."""
    iri, code = asked.iri, asked.code
    company = index.company(iri, face.lang, ctx.today)
    market = index.market(code, face.lang, ctx.today)
    question = MissionQuestion((code,), companies=(iri,), as_of=asked.as_of)
    (drawn,) = draw(index, question, face.lang, ctx.today, NEAR).participants
    (stand,) = drawn["stands"]
    found = {kind: _matches(ctx, index, face, (kind, asked)) for kind in words.KINDS}
    maker = _Maker(face, company, market)
    return Sheet(
        company,
        market,
        _text(face, "exportplan.title", name=company["name"], market=market["label"]),
        words.standing(face, stand),
        maker.sentence(stand),
        stand["sources"],
        [
            maker.status(),
            maker.presence(found["gateways"]),
            maker.partners(found["partners"]),
            maker.people(),
            maker.peers(found["peers"]),
            maker.missions(),
            maker.figures(),
            maker.screening(seen),
        ],
    )


def _text(face: Face, key: str, **values: Any) -> str:
    """A sentence for where nothing is markup: a PDF, a document; a page escapes it."""
    return str(face.t(key, **values).unescape())


def _matches(ctx: Context, index: Index, face: Face, at: tuple[str, Asked]) -> list[Json]:
    kind, asked = at
    question = Question(kind, asked.iri, asked.code, limit=3 * BEST, as_of=asked.as_of)
    return list(match(index, question, face.lang, ctx.today, NEAR).items)


@dataclass(frozen=True)
class _Maker:
    """Makes the parts of one sheet."""

    face: Face
    company: Json
    market: Json

    @property
    def _names(self) -> dict[str, Any]:
        return {
            "name": self.company["name"],
            "into": self.face.into(self.market),
            "to": self.face.to(self.market),
        }

    def _part(self, key: str, lines: Iterable[Json], people: Iterable[Json] = (), **more: Any) -> Part:
        """A part; where it is empty it says that, and what for."""
        told, found = [dict(each) for each in lines], [dict(each) for each in people]
        unknown = list(more.get("unknown") or ())
        if not told and not found and not unknown:
            unknown = [_text(self.face, f"exportplan.{key}.none", **self._names)]
        title = _text(self.face, f"exportplan.{key}")
        return Part(key, title, told, found, unknown, str(more.get("lead") or ""))

    def sentence(self, stand: Json) -> str:
        """How the company stands there, in a sentence; never more than a source says."""
        name = self.company["name"]
        if not stand["status"]:
            return _text(self.face, "exportplan.nothing", **self._names)
        if stand["regional"]:
            region = {"region": stand["statedFor"]["label"], "to": self.face.to(self.market)}
            said = facts.sentence(
                self.face, {"status": stand["status"], "market": stand["statedFor"]}
            ).unescape()
            return _text(self.face, "exportplan.regional", name=name, fact=said, **region)
        fact = facts.sentence(self.face, {"status": stand["status"], "market": self.market}).unescape()
        return (
            _text(self.face, "exportplan.ended", name=name, fact=fact)
            if stand["ended"]
            else f"{name} {fact}."
        )

    def status(self) -> Part:
        """Every statement on the company there, or for a region around it."""
        codes = {
            self.market["code"],
            *(each["code"] for each in (*self.market["partOf"], *self.market["parts"])),
        }
        found = [e for e in self.company["engagements"] if e["market"]["code"] in codes - {"WORLD"}]
        found.sort(key=lambda e: (e["market"]["code"] != self.market["code"], facts.over(e)))
        own = [e for e in found if e["market"]["code"] == self.market["code"]]
        lead = _text(self.face, "statements.dispute") if facts.disputed(own) else ""
        return self._part("status", (self._evidence(each) for each in found), lead=lead)

    def _evidence(self, fact: Json) -> dict[str, Any]:
        parts = [str(facts.sentence(self.face, fact).unescape())]
        if fact["market"]["kind"] == "region":
            parts[0] = f"{parts[0]} ({self.face.t('market.region')})"
        if fact.get("product"):
            parts.append(str(fact["product"]["label"]))
        if fact.get("since"):
            parts.append(self.face.since(fact["since"]))
        if fact.get("until"):
            parts.append(_text(self.face, "when.until", until=self.face.day(fact["until"])))
        if not fact.get("since") and not fact.get("until"):
            parts.append(_text(self.face, "when.undated"))
        if fact.get("attested"):
            parts.append(_text(self.face, "when.attested", date=self.face.day(fact["attested"])))
        if facts.over(fact) and fact["status"] != "withdrawn":
            parts.append(_text(self.face, "status.ended"))
        return {"text": ", ".join(parts), "sources": fact["sources"]}

    def presence(self, gateways: Iterable[Json]) -> Part:
        """Its own branches, owners and partners that are there or near."""
        people = [self._met(each, "gateways") for each in gateways if each["mission"] is None]
        return self._part("presence", (), people[:BEST])

    def partners(self, found: list[Json]) -> Part:
        """Who could be a partner there."""
        return self._part("partners", (), [self._met(each, "partners") for each in found[:BEST]])

    def people(self) -> Part:
        """People of the company, in public roles."""
        return self._part("people", booklet.staff(self.face, self.company)[:BEST])

    def peers(self, found: list[Json]) -> Part:
        """Who went before, and who only wants to: their reasons tell which."""
        return self._part("peers", (), [self._met(each, "peers") for each in found[:BEST]])

    def _met(self, item: Json, kind: str) -> dict[str, Any]:
        return {
            "name": str(item["organization"]["name"]),
            "id": str(item["organization"]["id"]),
            "what": _text(self.face, f"plan.{kind}") if kind == "partners" else "",
            "reasons": words.reasons(item),
            "against": words.facts(item["counterReasons"]),
        }

    def missions(self) -> Part:
        """Missions there."""
        return self._part(
            "missions", (booklet.mission(self.face, each) for each in self.market["missionsThere"][:BEST])
        )

    def figures(self) -> Part:
        """What statistics say of trade with the market."""
        lines = []
        for each in self.market["statistics"]:
            value = self.face.figure(each) or _text(self.face, "statistics.novalue")
            area = str((each.get("area") or {}).get("label") or "")
            indicator = str((each.get("indicator") or {}).get("label") or "")
            when = self.face.day(each["period"]) if each.get("period") else _text(self.face, "when.undated")
            told = booklet.pair(self.face, f"{area}, {indicator}, {when}", value)
            lines.append({"text": told, "sources": each["sources"]})
        return self._part("figures", lines[-BEST:])

    def screening(self, seen: Seen) -> Part:
        """What the last screening of the company said, for who may see it."""
        told = shown(self.face, seen)
        if told is None:
            return self._part("screening", ())
        lines = [
            str(told["verdict"].unescape()),
            *([str(told["done"].unescape())] if told.get("done") else []),
        ]
        lines += [str(each.unescape()) for each in told["again"]]
        unknown = [_text(self.face, "exportplan.screening.partners")]
        return self._part("screening", ({"text": each, "sources": []} for each in lines), unknown=unknown)


def job(ctx: Context, face: Face, sheet: Sheet) -> Job:
    """The sheet, ready to be set."""
    numbered = Numbered()
    first = numbered.of(sheet.sources)
    data = {
        **booklet.paper(ctx, face, sheet.title),
        "kicker": booklet.kicker(face, sheet.company),
        "status": sheet.stand["status"],
        "over": sheet.stand["over"],
        "sentence": sheet.sentence,
        "sentence-sources": first,
        "pairs": booklet.pairs(face, sheet.company, numbered),
        "words": booklet.said(face, "exportplan", WORDS),
        "parts": [
            {
                "title": part.title,
                "lead": part.lead,
                "lines": numbered.lines(part.lines),
                "people": [booklet.persons(numbered, each) for each in part.people],
                "unknown": part.unknown,
            }
            for part in sheet.parts
        ],
    }
    return Job("exportplan", {**data, "sources": numbered.listed(face)})


def data(sheet: Sheet) -> bytes:
    """The sheet as data."""
    told = {
        "title": sheet.title,
        "company": {name: sheet.company[name] for name in ("iri", "id", "name")},
        "market": {name: sheet.market[name] for name in ("iri", "code", "label", "kind")},
        "status": sheet.stand["status"] or None,
        "sentence": sheet.sentence,
        "sources": sheet.sources,
        "parts": [
            {
                "key": part.key,
                "title": part.title,
                "statements": part.lines,
                "organizations": part.people,
                "notKnown": part.unknown,
            }
            for part in sheet.parts
        ],
    }
    return orjson.dumps(told)
