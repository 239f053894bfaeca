"""Who fits a company, in short: the best of each kind with reasons, for the markets that it wants to go to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.pages.face import Face
from graph.index import Index
from graph.matching import Bounds, Question, match

NEAR = Bounds(candidates=60, relations=10, nodes=60)
"""A page looks less far than the API, as it asks several questions at once."""

SHOWN = 3
"""Results of a kind."""
AIMS = 2
"""Markets that the company wants to go to, for which the page says more."""

KINDS = {"peers": "fit.peers", "gateways": "fit.gateways", "partners": "fit.partners"}


@dataclass(frozen=True)
class Asker:
    """Whose page it is: its facts, and the day of the answer."""

    company: Mapping[str, Any]
    day: date

    @property
    def exports(self) -> bool:
        """Whether it sells abroad or wants to; others are asked nothing."""
        return bool(self.company.get("engagements"))

    def aims(self) -> list[Mapping[str, Any]]:
        """The countries that it wants to go to or is entering, each once."""
        found: dict[str, Mapping[str, Any]] = {}
        for each in self.company.get("engagements") or ():
            over = each.get("ended") or each.get("outweighed")
            if each["status"] in ("targets", "entering") and each["market"]["kind"] == "country" and not over:
                found.setdefault(str(each["market"]["code"]), each["market"])
        return list(found.values())[:AIMS]


def groups(index: Index, face: Face, asker: Asker) -> list[dict[str, Any]]:
    """Groups of results with a title each; those without a result are left out."""
    if not asker.exports:
        return []
    return [group for group in _groups(index, face, asker) if group["items"]]


def _groups(index: Index, face: Face, asker: Asker) -> Iterator[dict[str, Any]]:
    ref = str(asker.company["iri"])
    for market in asker.aims():
        for kind, key in KINDS.items():
            question = Question(kind, ref, str(market["iri"]), limit=SHOWN)
            items = match(index, question, face.lang, asker.day, NEAR).items
            yield {
                "title": face.t(key, market=market["label"]),
                "items": [_told(face, each) for each in items],
            }
    items = match(index, Question("markets", ref, limit=SHOWN), face.lang, asker.day, NEAR).items
    yield {"title": face.t("fit.markets"), "items": [_told(face, each) for each in items]}


def _told(face: Face, item: Mapping[str, Any]) -> dict[str, Any]:
    """A result with its page, the score in percent and the sentences."""
    label, path = _named(face, item)
    return {
        "label": label,
        "path": path,
        "score": round(100 * float(item["score"])),
        "reasons": _sourced(item["reasons"]),
        "against": _sourced(item["counterReasons"]),
        "missing": [each["text"] for each in item["missing"]],
    }


def _named(face: Face, item: Mapping[str, Any]) -> tuple[str, str]:
    if item["mission"] is not None:
        return str(item["mission"]["name"]), face.href("missions", item["mission"]["id"])
    if item["market"] is not None:
        return str(item["market"]["label"]), face.href("markets", item["market"]["code"])
    return str(item["organization"]["name"]), face.href("companies", item["organization"]["id"])


def _sourced(reasons: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"text": each["text"], "sources": each["sources"]} for each in reasons]
