"""The first page: one sentence with live figures, questions that are addresses, the newest facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from orjson import dumps

from api.pages.catalogue import messages
from api.pages.charts import line_chart, yearly
from api.pages.face import Face
from api.pages.formats import code_of
from api.pages.views import exporters, facts

Fact = Mapping[str, Any]

CERTIFICATES = "certificates-of-origin"
FOUR = ("CN", "TH", "VN", "KR")
"""The countries that the seed of the graph names: where Luminex wants to sell."""


def questions(face: Face, markets: Mapping[str, Fact]) -> list[dict[str, str]]:
    """The four most useful questions, each a link that is itself the answer's address.

    Args:
        face: the reader.
        markets: MarketRefs by code, for the names of CN, TH, VN, KR, JP and ASEAN.
    """
    four = [markets[code] for code in FOUR if code in markets]
    japan, asean = markets.get("JP"), markets.get("ASEAN")
    found = []
    if four:
        where = exporters.towards(face, four, ())
        href = face.href("exporters", market=list(FOUR))
        found.append({"href": href, "text": face.t("question.any", where=where), "hint": face.t("hint.any")})
    if japan:
        found.append(
            {
                "href": face.href("markets", "JP"),
                "text": face.t("question.market", into=face.into(japan)),
                "hint": face.t("hint.market"),
            }
        )
    if asean:
        href = face.href("exporters", market="ASEAN", status="targets")
        where = exporters.towards(face, [asean], ["targets"])
        text = face.t("question.targets", where=where)
        found.append({"href": href, "text": text, "hint": face.t("hint.targets")})
    found.append(
        {
            "href": face.href("statistics"),
            "text": face.t("question.statistics"),
            "hint": face.t("hint.statistics"),
        }
    )
    return found


def suggesting(face: Face) -> str:
    """The words of the script that searches as one types, as JSON."""
    whole = "suggest."
    return dumps(
        {key.removeprefix(whole): text for key, text in messages(face.lang).items() if key.startswith(whole)}
    ).decode()


def latest(face: Face, found: Iterable[Fact]) -> list[dict[str, Any]]:
    """The newest facts as sentences."""
    return [{**each, "words": facts.sentence(face, each["engagement"])} for each in found]


def is_certificates(fact: Fact) -> bool:
    """Whether a statistic counts certificates of origin."""
    return code_of((fact.get("indicator") or {}).get("iri")) == CERTIFICATES


def certificates(face: Face, statistics: Iterable[Fact]) -> dict[str, Any] | None:
    """The chart of the certificates of origin with its sentence, sources and table; None without two years."""
    found = sorted(
        (fact for fact in statistics if is_certificates(fact)), key=lambda fact: str(fact.get("period") or "")
    )
    wide, narrow = line_chart(found, face.lang), line_chart(found, face.lang, width=320)
    if wide is None or narrow is None:
        return None
    years = yearly(found)
    first, last = min(years), max(years)
    words = {
        "first": str(first),
        "start": face.number(years[first][0]),
        "last": str(last),
        "end": face.number(years[last][0]),
    }
    change = face.change(years[last][1].get("changePercent"))
    key = "certificates.sentence.change" if change else "certificates.sentence"
    return {
        "wide": wide,
        "narrow": narrow,
        "sentence": face.t(key, **words, **({"change": change} if change else {})),
        "label": face.t("certificates.label", **words),
        "sources": facts.sources_of([fact for _, fact in years.values()]),
        "facts": found,
    }


def most_known(markets: Iterable[Fact], most: int = 10) -> list[Fact]:
    """The countries with the most companies that export there or want to; a region only sums them up."""
    known = [m for m in markets if m["kind"] == "country" and sum(m["counts"].values())]
    known.sort(key=lambda m: str(m["label"]))
    return sorted(known, key=lambda m: -sum(m["counts"].values()))[:most]
