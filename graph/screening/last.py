"""The last screening of each organization of the graph: kept beside the releases, never in them.

One JSON file an organization, at `screening/last/` in `VERRE_HOME`, named by the hash of its IRI and
replaced in one step. It holds what was answered, so that the page of a partner can show it, with the
lists and the day; it is no statement of the graph, and nobody can ask for it by SPARQL.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from graph.screening import lists
from graph.screening.lists import Version
from graph.screening.records import Json
from graph.settings import Settings
from graph.store.layout import write_durably
from graph.store.parts import PARTS, Part


def _path(home: Path, iri: str, part: Part) -> Path:
    name = hashlib.sha256(iri.encode()).hexdigest()
    return home / "screening" / "last" / part / name[:2] / f"{name}.json"


def keep(home: Path, answer: Json, part: Part) -> None:
    """Keeps what an answer says of organizations of the graph, where it screened them.

    Args:
        part: what of the graph was asked; owners that not everyone may see stay with those who may.

    Raises:
        OSError: the disk does not take it.
    """
    common = {name: answer[name] for name in ("screenedAt", "threshold", "lists", "warnings", "notice")}
    for response in answer["responses"].values():
        ref = response["organization"]
        if ref is not None and answer["lists"]:
            path = _path(home, ref["iri"], part)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, orjson.dumps({**common, **response}))


def forget(home: Path, iris: Iterable[str]) -> int:
    """Removes what is kept of organizations, and what is kept of those that they own; how many went.

    A screening that followed an owner holds its name; so all that mention one of these go.
    """
    words = [orjson.dumps(iri) for iri in iris]
    gone = 0
    for path in (home / "screening" / "last").glob("*/*/*.json"):
        told = path.read_bytes()
        if any(word in told for word in words):
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def recall(settings: Settings, iri: str, part: Part, now: datetime) -> Json | None:
    """The last screening of an organization, and what has become of it since; `None`: never screened.

    Returns:
        What was answered, with `age` in days, `old`, and why it should be done again: `reasons` and `outdated`.
    """
    found = [_read(_path(settings.home, iri, each)) for each in (PARTS if part == "whole" else (part,))]
    kept = max((each for each in found if each), key=lambda each: str(each["screenedAt"]), default=None)
    if kept is None:
        return None
    age = (now - datetime.fromisoformat(kept["screenedAt"])).days
    reasons = [_reason("age")] if age > settings.screening_age else []
    reasons += _since(kept["lists"], {version.name: version for version in lists.loaded(settings.home)})
    outdated = [_TOLD[each["code"]].format(age=age, most=settings.screening_age, **each) for each in reasons]
    return {**kept, "age": age, "old": bool(outdated), "outdated": outdated, "reasons": reasons}


_TOLD = {
    "age": "screened {age} days ago; more than {most} (VERRE_SCREENING_AGE) is old",
    "removed": "list {list} has been removed since",
    "newer": "list {list} has been loaded again since: it is of {date} now",
    "added": "list {list} was not loaded then",
}
"""Why a screening should be done again, by code."""


def _reason(code: str, name: str | None = None, dated: str | None = None) -> Json:
    return {"code": code, "list": name, "date": dated}


def _read(path: Path) -> Json | None:
    try:
        told: Json = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    return told


def _since(used: list[dict[str, Any]], there: Mapping[str, Version]) -> list[Json]:
    """What changed about the lists since."""
    told = []
    for each in used:
        now = there.get(each["name"])
        if now is None:
            told.append(_reason("removed", each["name"]))
        elif now.sha256[:12] != each["version"]:
            told.append(_reason("newer", each["name"], now.dated))
    names = {each["name"] for each in used}
    return told + [
        _reason("added", name, version.dated) for name, version in there.items() if name not in names
    ]
