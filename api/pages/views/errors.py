"""Errors as pages: what was asked, what was understood, and what would work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from api.pages.face import Face

KNOWN = (400, 401, 403, 404, 405, 406, 410, 413, 429, 503, 504, 507)
"""Statuses with words of their own; others get those of 400 or 500."""

_UNKNOWN = " is not known here"
"""How the index tells of a name that it does not know."""

_MEANT = re.compile(r"did you mean (.+?)\?", re.IGNORECASE)


def model(face: Face, status: int, problem: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of an error shows.

    Args:
        face: the reader.
        status: the HTTP status.
        problem: RFC 9457 members: title, detail, issues, setting, instance.
    """
    kind = status if status in KNOWN else 400 if status < 500 else 500
    issues = [{**issue, "told": told(face, issue)} for issue in problem.get("issues") or ()]
    return {
        "status": status,
        "headline": face.t(f"error.{kind}.title"),
        "explain": face.t(f"error.{kind}.text"),
        "detail": "" if issues else problem.get("detail") or "",
        "issues": issues,
        "setting": problem.get("setting"),
        "instance": problem.get("instance"),
        "suggestions": suggestions(face, status, issues),
        "q": guess(face.path) if status in {404, 410} else "",
    }


def told(face: Face, issue: Mapping[str, Any]) -> str:
    """What an issue says, in the reader's language where it is one of the common ones; else nothing."""
    detail = str(issue.get("detail") or "")
    meant = _MEANT.search(detail)
    parts = [face.t("error.unknown")] if _UNKNOWN in detail else []
    if meant:
        parts.append(face.t("error.meant", names=meant.group(1).replace(" or ", ", ")))
    return Markup("; ").join(parts)


def suggestions(face: Face, status: int, issues: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Addresses that would work: the request with what was meant, then the lists."""
    found = []
    for issue in issues:
        meant = _MEANT.search(str(issue.get("detail") or ""))
        if meant and _mended(face, issue, "") is not None:
            found += [
                {"href": _mended(face, issue, name), "text": face.t("error.with", value=name)}
                for name in re.split(r", | or ", meant.group(1))
            ]
    if status in {400, 404, 410, 405}:
        lists = ("exporters", "companies", "markets")
        found += [{"href": face.href(name), "text": face.t(f"nav.{name}")} for name in lists]
    return found


def _mended(face: Face, issue: Mapping[str, Any], meant: str) -> str | None:
    """The same address with the wrong value replaced by the right one; None where it is not in there."""
    name, wrong = str(issue["name"]), str(issue.get("value") or "")
    parts = face.path.strip("/").split("/")
    if name in dict(face.query):
        kept = [value for key, value in face.query if key == name and wrong and value != wrong]
        return face.here(**{name: [*kept, meant]})
    if wrong and wrong in parts:
        return face.href(*(meant if part == wrong else part for part in parts))
    return None


def guess(path: str) -> str:
    """What to search for instead of a path that leads nowhere: its last part, as words."""
    last = path.rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[\W_]+", " ", last).strip()[:80]
