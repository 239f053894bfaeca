"""What is measured, engine beside engine: questions, throughput, a mixed load, an edit."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from tests.bench.clients import Ask, Client, Crowd, Driven, Hostile, Reply
from tests.bench.edits import Edited
from tests.bench.engines import ROOT, Engine
from tests.bench.indexing import Cost
from tests.bench.questions import HOSTILE, MIX, QUESTIONS, Pools, Question, company_path, exporters_path
from tests.bench.search import SearchLoad
from tests.bench.timings import Timings
from tests.bench.watch import Watched, free_port

LOOKUP = "exporters by /v1, first 50"
COMPANY = "a company by /v1"
BROKEN = "no answer"
WARM = 1
"""Answers that are not counted, of each question."""
LEAST = 5
"""Values that are asked of each question even where the time is up: one heavy value is not the question."""
MOST_FAILED = 2
"""With more failures than that a question is given up."""


@dataclass(frozen=True)
class Effort:
    """How long to look.

    Attributes:
        seconds: most of one question at one engine, and of each throughput.
        values: most values of one question.
        clients: numbers of clients of the throughput.
        deadline: seconds that an engine may give a question.
        hostile: the same under the mixed load.
    """

    seconds: float = 3.0
    values: int = 200
    clients: tuple[int, ...] = (1, 8, 32)
    deadline: float = 10.0
    hostile: float = 2.0


@dataclass
class Timed:
    """One question at one engine: latencies of good answers, failures, rows by number of the value."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    why: str = ""
    rows: dict[int, int] = field(default_factory=dict)


@dataclass
class Results:
    """Everything that a run found; keys are names of engines, then of questions or numbers of clients."""

    questions: dict[str, dict[str, Timed]] = field(default_factory=dict)
    rates: dict[str, dict[int, Driven]] = field(default_factory=dict)
    lists: dict[str, dict[int, Driven]] = field(default_factory=dict)
    mixed: dict[str, Driven] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    serving: dict[str, tuple[int, float]] = field(default_factory=dict)
    edits: dict[str, list[Edited]] = field(default_factory=dict)
    search: list[SearchLoad] = field(default_factory=list)
    matches: dict[str, Timings] = field(default_factory=dict)
    network: Timings | None = None
    pages: dict[str, Timings] = field(default_factory=dict)
    index: Cost | None = None


def one_question(url: str, asks: Sequence[Ask], effort: Effort) -> Timed:
    """Asks value after value on one connection, until the values or the seconds are used up."""
    client, timed = Client(url, effort.deadline + 2), Timed()
    until = time.monotonic() + effort.seconds
    for number, ask in enumerate([*asks[:WARM], *asks], -WARM):
        reply = client.ask(ask)
        if number < 0 and reply.status:
            until = time.monotonic() + effort.seconds
            continue
        if reply.good:
            timed.seconds.append(reply.seconds)
            timed.rows[number] = rows(reply.body)
        else:
            timed.failed += 1
            timed.why = timed.why or why(reply)
        late = time.monotonic() > until and number >= LEAST - 1
        if late or timed.failed > MOST_FAILED or reply.status == 0:
            break
    client.close()
    return timed


def why(reply: Reply) -> str:
    """What was wrong with an answer that is none."""
    if reply.status == 200:
        return f"200, but the answer breaks off after {len(reply.body)} bytes"
    return f"{reply.status or BROKEN}: {reply.body[:300].decode(errors='replace')}"


def rows(body: bytes) -> int:
    """How many solutions or items an answer has."""
    answer = orjson.loads(body)
    found = answer.get("results", {}).get("bindings", answer.get("items", ()))
    return len(found)


def agreement(ours: Timed, theirs: Timed) -> tuple[int, int]:
    """To how many of the values that both answered they gave as many rows, and how many these are."""
    both = ours.rows.keys() & theirs.rows.keys()
    return sum(ours.rows[n] == theirs.rows[n] for n in both), len(both)


def asked(question: Question, engine: Engine, pools: Pools, values: int) -> list[Ask]:
    """The requests of a question."""
    return [engine.ask(question.text(pools, number)) for number in range(values)]


def questions(engines: Sequence[Engine], pools: Pools, effort: Effort) -> dict[str, dict[str, Timed]]:
    """Every question at every engine, the engines in turn, so that a busy moment of the machine is shared."""
    found: dict[str, dict[str, Timed]] = {engine.name: {} for engine in engines}
    for question in QUESTIONS:
        for engine in engines:
            asks = asked(question, engine, pools, effort.values)
            timed = one_question(engine.url, asks, effort)
            found[engine.name][question.name] = timed
            if timed.why.startswith(BROKEN):
                engine.renew(effort.deadline)
    for engine in engines:
        for name, paths in lookups(pools).items() if engine.ours else ():
            found[engine.name][name] = one_question(engine.url, paths[: effort.values], effort)
    return found


def lookups(pools: Pools) -> dict[str, list[Ask]]:
    """What Verre answers from its index."""
    return {
        LOOKUP: [Ask(exporters_path(market)) for market in pools["market"]],
        COMPANY: [Ask(company_path(company)) for company in pools["company"]],
    }


def mix(engine: Engine, pools: Pools, values: int) -> list[Ask]:
    """Short questions in turn, each with another value."""
    return [engine.ask(question.text(pools, number)) for number in range(values) for question in MIX]


def throughput(crowd: Crowd, url: str, asks: Sequence[Ask], effort: Effort) -> dict[int, Driven]:
    """Answers a second, for each number of clients."""
    return {n: crowd.drive(url, asks, n, effort.seconds) for n in effort.clients}


def mixed(crowd: Crowd, engine: Engine, asks: Sequence[Ask], effort: Effort) -> Driven:
    """Four clients with short questions, while one hostile question a second comes in."""
    hostile = [engine.ask(text) for text in HOSTILE]
    with Hostile(engine.url, hostile, effort.hostile + 30):
        return crowd.drive(engine.url, asks, 4, effort.seconds * 3)


def state(engine: Engine) -> str:
    """How an engine is after the hostile questions: it answers, it does not, or it is gone."""
    assert engine.server is not None
    if engine.server.stopped_for:
        return engine.server.stopped_for
    if not engine.server.alive():
        return "ended by itself"
    client = Client(engine.url, 5)
    good = client.ask(engine.ask("ASK {}")).good
    client.close()
    return "answers" if good else "does not answer within 5 s"


def floor(crowd: Crowd, folder: Path, body: bytes, effort: Effort) -> dict[int, Driven]:
    """The same framework with ready bytes of the size of a company's page."""
    (folder / "body").write_bytes(body)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.bench.floor", str(port), str(folder / "body")]
    server = Watched(["env", f"PYTHONPATH={ROOT}", *command], folder / "log", 2**31)
    try:
        client = Client(url, 5)
        while not client.ask(Ask("/")).good:
            if not server.alive() or time.monotonic() > server.began + 60:
                raise RuntimeError(f"the floor did not start: {server.tail()}")
            time.sleep(0.05)
        client.close()
        return throughput(crowd, url, [Ask("/v1/companies/x")], effort)
    finally:
        server.stop()
