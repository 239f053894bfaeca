"""What a release says of itself, and the pointer that names the current one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import StoreError
from graph.store.layout import write_durably

HISTORY = 1000
"""Events that the pointer remembers."""


class Size(BaseModel):
    """How much one part of a release holds.

    Attributes:
        quads: statements in named graphs; one that three sources make counts three times.
        triples: triples of the default graph, where it counts once.
        graphs: named graph → its triples.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    quads: int
    triples: int
    graphs: dict[str, int]


class Manifest(Size):
    """What a release holds and how it came about.

    `quads`, `triples` and `graphs` are those of the public part.

    Attributes:
        number: counts up from 1, never used twice.
        name: the number in six digits: its folder, and what `release=` takes.
        created: when, in universal time, to the second.
        kind: what made it: `build`, `load`, `edit`, `erase`, …
        parent: the release that it was made from.
        whole: of the part that holds everything; None where nothing is restricted.
        restricted_graphs: the graphs that are in the whole part only, by name. Only the server reads this.
        built_graphs: the graphs that the last build gave, which the next one may replace.
        inputs: file that the last build read → its SHA-256.
        base_iri: where this installation's things live.
        today: the day for which "going on" was derived.
        bare: made without a merge: its default graph is a graph like any other.
        versions: of what made it; a release by other versions is made anew.
    """

    number: int = Field(ge=1)
    name: str
    created: str
    kind: str
    parent: str | None
    whole: Size | None = None
    restricted_graphs: list[str] = Field(default_factory=list)
    built_graphs: list[str]
    inputs: dict[str, str]
    base_iri: str
    today: date
    bare: bool = False
    versions: dict[str, str]

    def write(self, path: Path) -> None:
        """Writes it; a folder sync by the caller makes it durable."""
        path.write_text(self.model_dump_json(indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Reads it.

        Raises:
            FileNotFoundError: there is no such release (any more).
            StoreError: the file is damaged.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise StoreError(f"{path} is damaged: {error.error_count()} faults") from error


class Event(BaseModel):
    """One switch of the pointer."""

    model_config = ConfigDict(frozen=True)

    at: str
    action: Literal["publish", "rollback", "erase"]
    release: str


class Pointer(BaseModel):
    """Which release answers. Publishing is one rename of this file: that is what makes it atomic.

    Attributes:
        current: the release that answers; `None` before the first.
        published: all releases that may be asked for; a folder beside them was never finished.
        last: the highest number ever given.
        history: what happened, oldest first.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    current: str | None = None
    published: tuple[str, ...] = ()
    last: int = 0
    history: tuple[Event, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Pointer:
        """Reads it; before the first release there is none, which is the empty one.

        Raises:
            StoreError: the file is damaged.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return cls()
        except ValidationError as error:
            raise StoreError(f"{path} is damaged: {error.error_count()} faults") from error

    def write(self, path: Path) -> None:
        """Switches to it, durably."""
        write_durably(path, (self.model_dump_json(indent=1) + "\n").encode())

    def publish(self, number: int, name: str, action: Literal["publish", "erase"] = "publish") -> Pointer:
        """The pointer after a new release."""
        return self._switched(action, name, published=(*self.published, name), last=number)

    def roll_back(self, name: str) -> Pointer:
        """The pointer after going back to `name`."""
        return self._switched("rollback", name, published=self.published, last=self.last)

    def without(self, names: set[str]) -> Pointer:
        """The pointer once these releases are deleted."""
        kept = tuple(name for name in self.published if name not in names)
        return self.model_copy(update={"published": kept})

    def _switched(
        self,
        action: Literal["publish", "rollback", "erase"],
        name: str,
        *,
        published: tuple[str, ...],
        last: int,
    ) -> Pointer:
        event = Event(at=now(), action=action, release=name)
        history = (*self.history, event)[-HISTORY:]
        return Pointer(current=name, published=published, last=last, history=history)


def now() -> str:
    """This moment in universal time, to the second, as in `2018-02-19T08:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
