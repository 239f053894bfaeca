"""The last screening of a company, as its page shows it: never more than what was said, and always of when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from api.pages import catalogue
from api.pages.face import Face

Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """What a reader may see of screenings.

    Attributes:
        visible: whether screenings are shown to this reader at all.
        kept: the last one; `None`: there was none.
    """

    visible: bool = False
    kept: Kept | None = None


NOTHING = Seen()


def shown(face: Face, seen: Seen) -> dict[str, Any] | None:
    """What the section shows; `None` where this reader does not see one."""
    if not seen.visible:
        return None
    if seen.kept is None:
        return {"status": "notScreened", "verdict": face.t("screening.never"), "rows": [], "again": []}
    kept = seen.kept
    return {
        "status": kept["status"],
        "verdict": _verdict(face, kept),
        "done": face.t("screening.done", date=face.day(str(kept["screenedAt"])[:10])),
        "again": [_again(face, kept, reason) for reason in kept["reasons"]],
        "rows": _rows(face, kept),
        "owners": face.t("screening.owners", n=kept["ownersScreened"]) if kept["ownersScreened"] else None,
        "truncated": kept["ownersTruncated"],
    }


def _verdict(face: Face, kept: Kept) -> Markup:
    """One sentence, with the lists, their dates and the threshold."""
    lists = [
        face.t("screening.list", name=each["title"], date=face.day(each["date"])) for each in kept["lists"]
    ]
    where = catalogue.join(face.lang, lists, "and")
    return face.t(f"screening.{kept['status']}", lists=where, threshold=face.number(kept["threshold"]))


def _again(face: Face, kept: Kept, reason: Mapping[str, Any]) -> Markup:
    """Why it should be done again."""
    name, dated = str(reason["list"] or ""), reason["date"]
    return face.t(
        f"screening.again.{reason['code']}", n=kept["age"], list=name, date=face.day(dated) if dated else ""
    )


def _rows(face: Face, kept: Kept) -> list[dict[str, Any]]:
    """Every entry that was near, of the company itself first, then of its owners with their path."""
    rows = [_row(face, result, ()) for result in kept["results"]]
    for owner in kept["owners"]:
        rows += [_row(face, result, owner["path"]) for result in owner["results"]]
    return rows


def _row(face: Face, result: Mapping[str, Any], path: Any) -> dict[str, Any]:
    why = [each for each in result["features"] if each["value"]]
    return {
        "name": result["name"],
        "id": result["id"],
        "list": result["list"],
        "date": result["listDate"],
        "score": face.number(result["score"]),
        "match": result["match"],
        "source": result["source"],
        "programs": ", ".join(result["programs"]),
        "path": [{"owner": step["owner"], "sources": step["sources"]} for step in path],
        "why": [
            {
                "feature": face.t(f"screening.feature.{each['feature']}"),
                "value": face.number(each["value"]),
                "weight": face.number(each["weight"]),
                "query": each["query"],
                "candidate": each["candidate"],
            }
            for each in why
        ],
    }
