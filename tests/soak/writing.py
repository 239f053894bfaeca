"""A client that writes numbered notes, and remembers what it was told of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

NOTES = "urn:verre:synthetic:soak"
"""The graph that is written."""
PARTS = 5
"""Statements of one note: it must be there with all of them or not at all."""
INSERT = "INSERT DATA {{ GRAPH <{graph}> {{ {body} }} }}"
SELECT = f"SELECT ?note (COUNT(*) AS ?parts) WHERE {{ GRAPH <{NOTES}> {{ ?note ?p ?o }} }} GROUP BY ?note"
LOAD = f"{NOTES}:load"
"""The graph that is written under load: the kills that follow count none of its notes."""


@dataclass
class Told:
    """What became of the notes, by their number.

    Attributes:
        kept: acknowledged: they must be there.
        refused: answered with an error: they must not be there.
        open: the connection broke before an answer: they may be there, whole.
        seconds: until each acknowledgement.
    """

    kept: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)


def note(number: int, graph: str = NOTES) -> str:
    """The IRI of a note."""
    return f"{graph}:{number}"


def update(number: int, graph: str = NOTES) -> str:
    """The update that writes a note into a graph."""
    parts = (
        f'<{note(number, graph)}> <{NOTES}#part{part}> "synthetic note {number}, part {part}" .'
        for part in range(PARTS)
    )
    return INSERT.format(graph=graph, body=" ".join(parts))


class Writing(threading.Thread):
    """Writes one note after the other.

    Args:
        url: of the service.
        key: of a steward.
        pause: seconds between two notes.
        graph: that they are written to.
    """

    def __init__(self, url: str, key: str, pause: float, graph: str = NOTES) -> None:
        super().__init__(daemon=True)
        self.told = Told()
        self._url, self._key, self._pause, self._graph = url, key, pause, graph
        self._done = threading.Event()

    def run(self) -> None:
        """Writes until `finish`."""
        number = 0
        while not self._done.is_set():
            self._one(number)
            number += 1
            self._done.wait(self._pause)

    def finish(self) -> Told:
        """Ends after the note that is under way."""
        self._done.set()
        self.join()
        return self.told

    def _one(self, number: int) -> None:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/sparql-update"}
        began = time.monotonic()
        try:
            answer = httpx.post(
                f"{self._url}/update", content=update(number, self._graph), headers=headers, timeout=60
            )
        except httpx.ConnectError:
            return  # nobody listened: it was never sent
        except httpx.HTTPError:
            self.told.open.add(number)
            return
        if answer.is_success:
            self.told.kept.add(number)
            self.told.seconds.append(time.monotonic() - began)
        else:
            self.told.refused[number] = f"{answer.status_code} {answer.text[:300]}"


def faults(told: Told, found: Mapping[str, int]) -> list[str]:
    """What is lost, what appears that was refused or never sent, and what is there in part.

    Args:
        told: what the writer was told.
        found: IRI of a note → number of its statements in the graph.
    """
    said = [f"lost: {n}" for n in sorted(told.kept) if note(n) not in found]
    allowed = {note(n) for n in told.kept | told.open}
    said += [f"appeared: {iri}" for iri in sorted(found) if iri not in allowed]
    return said + [f"in part ({parts}): {iri}" for iri, parts in sorted(found.items()) if parts != PARTS]
