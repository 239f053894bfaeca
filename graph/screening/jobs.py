"""Who is to be screened by which rules, and what came of it, as one process tells another.

Nothing here needs the extra: the process that answers requests never loads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph.screening.lists import Version
from graph.screening.records import Json, Subject


@dataclass(frozen=True)
class Rules:
    """What a screening goes by.

    Attributes:
        threshold: score from which on an entry matches.
        cutoff: score from which on an entry is told, as no match.
        limit: most entries that are told of one subject.
        lists: names of lists; empty: all that are loaded.
    """

    threshold: float
    cutoff: float
    limit: int
    lists: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: Json) -> Rules:
        """The rules that `asdict` made."""
        return cls(**{**told, "lists": tuple(told["lists"])})


@dataclass(frozen=True)
class Found:
    """What came of one subject.

    Attributes:
        results: the entries that were near enough, the nearest first, as answers have them.
        general: the names have only words that thousands of others have: alone they mean nobody.
    """

    results: tuple[Json, ...]
    general: bool

    @property
    def matches(self) -> bool:
        """Whether an entry matched."""
        return any(each["match"] for each in self.results)


def job(subjects: Sequence[Subject], rules: Rules) -> Json:
    """Subjects and rules as JSON, for `graph.screening.screener.run`."""
    return {"subjects": [asdict(each) for each in subjects], "rules": asdict(rules)}


def answer(told: Json) -> tuple[tuple[Version, ...], list[Found]]:
    """What `run` told, as it was."""
    found: list[Any] = told["found"]
    return (
        tuple(Version(**each) for each in told["lists"]),
        [Found(tuple(each["results"]), each["general"]) for each in found],
    )
