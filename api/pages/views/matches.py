"""Who fits a company, in short: the best of each kind with reasons, for a market that the reader chooses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.pages.face import Face
from api.pages.views import facts
from graph.index import Index
from graph.index.catalogue import MARKETS
from graph.index.labels import values
from graph.matching import Bounds, Question, match
from graph.model.statuses import RANK

NEAR = Bounds(candidates=60, relations=10, nodes=60)
"""A page looks less far than the API, as it asks several questions at once."""

SHOWN = 4
"""Results of a kind."""

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
        """Its countries, each once: where it wants to go, is entering, and where it is already."""
        going = [
            each
            for each in self.company.get("engagements") or ()
            if each["market"]["kind"] == "country" and not facts.over(each)
        ]
        going.sort(key=lambda each: (RANK.get(str(each["status"]), 0), str(each["market"]["label"])))
        return list({str(each["market"]["code"]): each["market"] for each in going}.values())


def chooser(index: Index, face: Face, asker: Asker, asked: str) -> dict[str, Any] | None:
    """The markets that a reader may choose among, and the one that is chosen: at first one that it wants to go to.

    Raises:
        UnknownValue: `asked` names no market.
    """
    if not asker.exports:
        return None
    own, shaper = asker.aims(), index.shaper(face.lang, asker.day)
    chosen = next(iter(own), None)
    if asked:
        chosen = shaper.market(shaper.catalogue.find(MARKETS, asked, "fit"))
    mine = {"BE", *(each["code"] for each in own)}
    others = [each for each in values(shaper, ["country"]) if each["code"] not in mine]
    if chosen and chosen["kind"] != "country":
        others = [dict(chosen), *others]
    return {"own": own, "others": others, "chosen": chosen}


def groups(index: Index, face: Face, asker: Asker, market: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Groups of results with a title each; those without a result are left out."""
    if not asker.exports:
        return []
    return [group for group in _groups(index, face, asker, market) if group["items"]]


def _groups(
    index: Index, face: Face, asker: Asker, market: Mapping[str, Any] | None
) -> Iterator[dict[str, Any]]:
    ref = str(asker.company["iri"])
    for kind, key in KINDS.items() if market else ():
        question = Question(kind, ref, str((market or {})["iri"]), limit=SHOWN)
        items = match(index, question, face.lang, asker.day, NEAR).items
        yield {
            "title": face.t(key, market=(market or {})["label"]),
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
