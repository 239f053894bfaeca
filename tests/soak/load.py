"""Minutes of mixed load: lookups, SPARQL, a writer that makes release after release, hostile questions."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.bench.clients import Ask, Crowd, Driven, Hostile, drive
from tests.bench.questions import HOSTILE
from tests.soak.service import Service
from tests.soak.writing import LOAD, Told, Writing

LOOKUPS = (
    *(Ask(f"/v1/exporters?market={market}") for market in ("CN", "TH", "VN", "KR", "JP", "ASEAN")),
    *(Ask(f"/v1/companies?q={quote(q)}") for q in ("lum", "pow", "genk")),
    Ask("/v1/markets/CN"),
    Ask("/v1/search?q=luminex"),
)
QUERIES = tuple(
    Ask("/sparql", text.encode(), "application/sparql-query", "application/sparql-results+json")
    for text in (
        "PREFIX verre: <https://w3id.org/verre/ns#> SELECT ?c ?m { ?c verre:targets ?m }",
        "PREFIX org: <http://www.w3.org/ns/org#> SELECT (COUNT(*) AS ?n) { ?o a org:Organization }",
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT * { ?s rdfs:label ?l } LIMIT 20",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?c } } GROUP BY ?g",
    )
)
FLAT = 1.10
"""Times that the floor of the last fifth may be that of the second: the first is for warming up."""


@dataclass
class Soaked:
    """What came of it.

    Attributes:
        lookups, queries: what the clients saw.
        told: what the writer was told.
        memory: bytes, a look a second.
        releases: most releases that were kept at one look, and at the end.
        hostile: how many hostile questions were sent.
        faults: what is wrong; empty is good.
    """

    lookups: Driven = field(default_factory=Driven)
    queries: Driven = field(default_factory=Driven)
    told: Told = field(default_factory=Told)
    memory: list[int] = field(default_factory=list)
    releases: tuple[int, int] = (0, 0)
    hostile: int = 0
    faults: list[str] = field(default_factory=list)


def soak(service: Service, key: str, seconds: float, keep: int, pause: float = 2.0) -> Soaked:
    """Asks and writes for so long.

    Args:
        service: running.
        key: of a steward.
        seconds: how long.
        keep: releases that the service keeps.
        pause: seconds between two releases.
    """
    outcome, done = Soaked(), threading.Event()
    crowd, writing = Crowd(), Writing(service.url, key, pause, LOAD)
    most = 0

    def look() -> None:
        nonlocal most
        while not done.wait(1.0):
            outcome.memory.append(service.memory())
            most = max(most, kept(service))

    looking = threading.Thread(target=look)
    looking.start()
    writing.start()
    asks = [Ask("/sparql", text.encode(), "application/sparql-query") for text in HOSTILE]
    try:
        with Hostile(service.url, asks, 70) as hostile, ThreadPoolExecutor(1) as others:
            asking = others.submit(drive, service.url, QUERIES, 2, seconds)
            outcome.lookups = crowd.drive(service.url, LOOKUPS, 8, seconds)
            outcome.queries = asking.result()
            outcome.hostile = hostile.sent
    finally:
        done.set()
        looking.join()
        outcome.told = writing.finish()
        crowd.close()
    time.sleep(3)
    outcome.releases = (most, kept(service))
    outcome.faults = _faults(outcome, keep)
    return outcome


def kept(service: Service) -> int:
    """How many releases there are on disk."""
    return sum(1 for _ in (service.home / "releases").iterdir())


def _faults(outcome: Soaked, keep: int) -> list[str]:
    said = []
    if outcome.lookups.failed or not outcome.lookups.seconds:
        said.append(f"{outcome.lookups.failed} of the lookups failed")
    if outcome.told.refused or outcome.told.open or not outcome.told.kept:
        said.append(f"writes: {outcome.told.refused or outcome.told.open or 'none'}")
    if outcome.releases[1] > keep + 2:
        said.append(f"{outcome.releases[1]} releases are kept, {keep} were to be")
    early, late = fifths(outcome.memory)
    if late > early * FLAT:
        said.append(f"memory grew from {early / 2**20:.0f} to {late / 2**20:.0f} MiB")
    return said


def fifths(memory: Sequence[int]) -> tuple[float, float]:
    """What was held at the quieter tenth of looks in the second and in the last fifth.

    A leak lifts the floor; a hostile question that fills its reader before it is stopped lifts the peaks,
    the more the faster the machine is just then.
    """
    fifth = max(1, len(memory) // 5)
    return _floor(memory[fifth : 2 * fifth] or memory), _floor(memory[-fifth:])


def _floor(memory: Sequence[int]) -> float:
    return sorted(memory)[len(memory) // 10]


def report(outcome: Soaked) -> str:
    """What came of it, for people."""
    early, late = fifths(outcome.memory)
    lines = [
        _line("lookups", outcome.lookups.seconds, outcome.lookups.failed),
        _line("SPARQL", outcome.queries.seconds, outcome.queries.failed),
        _line("writes, until acknowledged", outcome.told.seconds, len(outcome.told.refused)),
        f"hostile questions: {outcome.hostile}",
        f"memory: {early / 2**20:.0f} MiB at first, {late / 2**20:.0f} MiB at last, {max(outcome.memory) / 2**20:.0f} at most",
        f"releases kept: {outcome.releases[0]} at most, {outcome.releases[1]} at last",
        *(f"WRONG: {fault}" for fault in outcome.faults),
    ]
    return "\n".join(lines)


def _line(name: str, seconds: Sequence[float], failed: int) -> str:
    if not seconds:
        return f"{name}: none, {failed} failed"
    ranked = sorted(seconds)
    at = [1000 * ranked[min(len(ranked) - 1, int(len(ranked) * share))] for share in (0.5, 0.95, 0.99)]
    return f"{name}: {len(ranked)}, {failed} failed, p50 {at[0]:.1f} p95 {at[1]:.1f} p99 {at[2]:.1f} ms"
