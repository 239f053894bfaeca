"""`kill -9` of a worker, of the writer in the middle of a write, and of the service, at random."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx

from tests.soak.service import PATIENCE, Service, verre
from tests.soak.writing import SELECT, Told, Writing, faults

VICTIMS = ("worker", "writer", "service", "reader")
"""Whom to kill, in turn; so each is killed about as often as the others."""
CSV = "text/csv"
SEEN = 5.0
"""Seconds within which every worker answers from the newest release, also on a busy machine."""
TWICE = (
    "SELECT (COUNT(*) AS ?n) WHERE { { SELECT (COUNT(*) AS ?all) { ?s ?p ?o } }"
    " { SELECT (COUNT(*) AS ?once) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } } } FILTER(?all != ?once) }"
)
"""1 where the merge is not what the named graphs say, each triple once."""


@dataclass
class Killed:
    """What came of it.

    Attributes:
        kills: how often each kind was killed.
        told: what the writer was told.
        faults: what is wrong afterwards; empty is good.
    """

    kills: Counter[str] = field(default_factory=Counter)
    told: Told = field(default_factory=Told)
    faults: list[str] = field(default_factory=list)


def rampage(service: Service, key: str, kills: int, seed: int, pause: float = 0.05) -> Killed:
    """Kills again and again while a client writes; then looks what is there.

    Args:
        service: running; it runs again afterwards.
        key: of a steward.
        kills: how often.
        seed: of the choice of victims and moments.
        pause: seconds that the writer leaves between two notes.
    """
    chance, outcome = random.Random(seed), Killed()
    writing = Writing(service.url, key, pause)
    writing.start()
    while sum(outcome.kills.values()) < kills:
        _wait_for_one(writing)
        # From a moment in which nothing was asked yet to the middle of a write
        time.sleep(chance.uniform(0.0, 0.6))
        victim = VICTIMS[sum(outcome.kills.values()) % len(VICTIMS)]
        if not service.kill(victim, chance):
            if not service.answers(5):
                outcome.faults.append(f"no {victim} to kill, and no answer either")
                break
            continue
        outcome.kills[victim] += 1
        if victim == "service":
            service.start()
        elif not service.answers():
            outcome.faults.append(f"no answer after the kill of a {victim}")
            break
    outcome.told = writing.finish()
    outcome.faults += _afterwards(service, key, outcome.told)
    return outcome


def _wait_for_one(writing: Writing) -> None:
    """Until another note was acknowledged: otherwise only restarts would be killed."""
    before, until = len(writing.told.kept), time.monotonic() + PATIENCE
    while len(writing.told.kept) == before and time.monotonic() < until:
        time.sleep(0.02)


def _afterwards(service: Service, key: str, told: Told) -> list[str]:
    """What is wrong once everything has come to rest."""
    if not service.answers():
        return ["it does not answer any more"]
    said, until = faults(told, _notes(service.url)), time.monotonic() + SEEN
    while said and time.monotonic() < until:
        # Another worker sees a release within a second; what is lost stays lost
        time.sleep(0.5)
        said = faults(told, _notes(service.url))
    last = Writing(service.url, key, 0)
    last._one(10**6)
    if not last.told.kept:
        said.append(f"it takes no write any more: {last.told}")
    answer = _ask(service.url, TWICE)
    if answer.split() != ["n", "0"]:
        said.append(f"the merge is not the union of the graphs: {answer}")
    service.stop()
    try:
        verre(service.home, "verify")
    except RuntimeError as error:
        said.append(str(error))
    said += [f"left in staging: {name}" for name in _left_over(service)]
    service.start()
    return said


def _left_over(service: Service) -> set[str]:
    """What the next write does not clear up; its own warm copy is the next one's to clear."""
    before = {path.name for path in (service.home / "staging").glob("*")}
    text = "INSERT DATA { GRAPH <urn:verre:synthetic:last> { <urn:a> <urn:b> <urn:c> } }"
    (service.home / "last.ru").write_text(text, "utf-8")
    verre(service.home, "update", str(service.home / "last.ru"))
    return before & {path.name for path in (service.home / "staging").glob("*")}


def _notes(url: str) -> dict[str, int]:
    lines = _ask(url, SELECT).split()[1:]
    return {iri: int(parts) for iri, _, parts in (line.partition(",") for line in lines)}


def _ask(url: str, query: str) -> str:
    """The answer as CSV, however busy the machine is.

    Raises:
        RuntimeError: there is none; says what came instead.
    """
    why, until = "nothing", time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            answer = httpx.get(f"{url}/sparql", params={"query": query}, headers={"Accept": CSV}, timeout=90)
        except httpx.HTTPError as error:
            why = repr(error)
        else:
            if answer.status_code == 200:
                return answer.text
            why = answer.text[:500]
        time.sleep(0.5)
    raise RuntimeError(f"no answer to {query[:60]}: {why}")
