"""The sources of a paper, numbered in the order in which they are first named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.pages.face import Face
from api.pages.views.sources import web_address

Json = Mapping[str, Any]


class Numbered:
    """Gives each source a number."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, Json]] = {}

    def of(self, sources: Iterable[Json] | None) -> list[int]:
        """The numbers of some sources."""
        numbers = []
        for each in sources or ():
            key = str(each["id"])
            number, _ = self._found.setdefault(key, (len(self._found) + 1, each))
            numbers.append(number)
        return sorted(dict.fromkeys(numbers))

    def lines(self, facts: Iterable[Json]) -> list[dict[str, Any]]:
        """Sentences with the numbers of their sources."""
        return [{"text": str(each["text"]), "sources": self.of(each.get("sources"))} for each in facts]

    def listed(self, face: Face) -> list[dict[str, Any]]:
        """All of them, by number."""
        return [
            {
                "n": number,
                "title": str(each.get("title") or each.get("publisher") or each["id"]),
                "line": _line(face, each),
                "url": str(each.get("url") or ""),
                "web": web_address(each.get("url")) is not None,
            }
            for number, each in self._found.values()
        ]


def _line(face: Face, source: Json) -> str:
    parts = [str(source[name]) for name in ("publisher",) if source.get(name)]
    if source.get("date"):
        parts.append(face.day(source["date"]))
    if source.get("access") == "restricted":
        parts.append(str(face.t("source.restricted")))
    return ", ".join([*parts, str(source["id"])])
