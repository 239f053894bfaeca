"""Asks matches of small graphs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pytest

from graph.index import Index
from graph.index.catalogue import Json
from graph.matching import Answer, Bounds, Matcher, Question
from tests.graphs import TODAY, World
from tests.index.conftest import indexed

__all__ = ["indexed"]


class Ask(Protocol):
    """Asks a match of a world."""

    def __call__(self, world: World, kind: str, company: str | None = ..., **question: Any) -> Answer: ...


@pytest.fixture
def ask(indexed: Callable[[World], Index]) -> Ask:
    """One match of the index of a world; in English unless `lang` says otherwise."""

    def asked(world: World, kind: str, company: str | None = "asker", **question: Any) -> Answer:
        lang, bounds = question.pop("lang", "en"), question.pop("bounds", Bounds())
        return Matcher(indexed(world), Question(kind, company, **question), lang, TODAY, bounds).answer()

    return asked


def names(answer: Answer) -> list[str]:
    """What was found, the best first."""
    return [_name(item) for item in answer.items]


def _name(item: Json) -> str:
    if item["market"] is not None:
        return str(item["market"]["code"])
    found = item["mission"] or item["organization"]
    return str(found["id"])


def of(answer: Answer, name: str) -> Json:
    """The one result that is this."""
    (found,) = [item for item in answer.items if _name(item) == name]
    return found


def values(item: Json) -> dict[str, float | None]:
    """The value of each part of a result."""
    return {part["feature"]: part["value"] for part in item["parts"]}


def texts(item: Json, what: str) -> dict[str, str]:
    """The sentences of `reasons`, `counterReasons` or `missing`, by feature."""
    return {each["feature"]: each["text"] for each in item[what]}
