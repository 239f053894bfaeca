"""What one source says, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from api.pages.face import Face
from api.pages.views.facts import sentence
from api.pages.views.shares import share

Item = Mapping[str, Any]


def web_address(url: object) -> str | None:
    """The address if a browser may follow it: http or https with a host; None for anything else."""
    text = str(url or "")
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.netloc else None


def sentences(face: Face, engagements: Iterable[Item]) -> list[dict[str, Any]]:
    """Engagements of a source, one sentence each."""
    return [{"company": f["company"], "engagement": f, "words": sentence(face, f)} for f in engagements]


def ties(face: Face, told: Item) -> list[dict[str, Any]]:
    """What a source says of two organizations: who is what to whom, with its dates."""
    found = [
        {**tie, "first": tie["partner"], "second": tie["principal"], "words": _role(face, tie)}
        for tie in told["partnerships"]
    ]
    found += [
        {
            **tie,
            "first": tie["owned"],
            "second": tie["owner"],
            "words": face.word("tree", tie["kind"] or "subsidiary", tie["kindLabel"]),
            "share": share(face, tie),
        }
        for tie in told["ownerships"]
    ]
    return found


def _role(face: Face, tie: Item) -> str:
    return face.word("role", tie.get("role"), tie.get("roleLabel"))
