"""Thousands of broken and hostile requests to one server: it answers each, tells nothing of itself, and is as it was."""

from __future__ import annotations

import math
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import pytest

from tests.bench.watch import family, memory
from tests.hostile.conftest import Target
from tests.hostile.corpus import corpus
from tests.hostile.wire import CUT, GONE, LEAKS, Hostile, Listener, Told, ask

CLIENTS = 6
DEADLINE = 30.0
"""Most seconds of any answer; those of the server are 1 to 2, after a queue of 8."""
LARGE = {"packed", "huge", "huge update", "graph body", "deep update", "content type"}
"""Families of which all are sent in the first round: what they make a process allocate, it keeps and uses again."""
MORE = 1.1
"""Memory afterwards, in terms of what it was before the round."""
ROUNDS = 3
"""Looks at the memory: once warm, after a round, and after another one where the first took more."""
FINE = {501, 503, 504, 507}
"""What the server may say of itself; 500 and 502 would be a fault."""
SHORTEST = 0.15
"""Seconds before which no answer may break off: the least deadline that is asked for is 0.2."""
REFUSED = {"service", "load"}
"""What would open a connection: 403, or 503 where there is no room."""
WHOLE = os.environ.get("VERRE_TEST_HOSTILE") == "all"
"""Whether all of the corpus is sent; else `SHARE` of each family but those that would open a connection."""
SHARE = 0.58


@dataclass
class Findings:
    """What came, and what should not have."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, request: Hostile, told: Told, home: str) -> None:
        """Counts an answer, and looks at it."""
        self.counts[request.family, told.status] += 1
        for fault in faults(request, told, home):
            asked = f"{request.method} {request.target[:300]} {request.headers!s:.200} {request.raw or request.body!r:.300}"
            self.wrong.append(
                f"{fault}: {request.family}: {asked} -> {told.status} {told.kind} {told.seconds:.1f} s {told.body[:400]!r}"
            )

    def __str__(self) -> str:
        lines = [f"{kind:20} {status:7} {n}" for (kind, status), n in sorted(self.counts.items())]
        return "\n".join([f"{len(self.wrong)} wrong", *self.wrong[:40], *lines])


def faults(request: Hostile, told: Told, home: str) -> Iterator[str]:
    """What is wrong with an answer."""
    if told.status == GONE:
        if request.family != "hardly HTTP":
            yield "no answer"
        return
    if told.status == CUT:
        if told.seconds < SHORTEST:
            yield "cut"
        return
    code = int(told.status)
    if code >= 500 and code not in FINE:
        yield "a fault of the server"
    if request.family in REFUSED and code not in (403, 503):
        yield "not refused"
    if told.seconds > DEADLINE:
        yield "past its deadline"
    if home.encode() in told.body or (code >= 400 and LEAKS.search(told.body)):
        yield "a leak"
    if (
        code >= 400
        and told.kind not in ("application/problem+json", "text/html")
        and request.family != "hardly HTTP"
    ):
        yield "an error of another shape"


def send(target: Target, requests: Sequence[Hostile]) -> Findings:
    """Sends them all, by several clients at once."""
    found, home = Findings(), str(target.server.home)

    def one(request: Hostile) -> None:
        try:
            told = ask(target.server.url, request, target.key)
        except OSError as error:
            told = Told(GONE, "", repr(error).encode(), 0)
            found.wrong.append(f"{error!r}: {request.family}: {request.target[:300]} {request.body[:300]!r}")
        found.note(request, told, home)

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(one, requests))
    return found


@contextmanager
def lookups(url: str) -> Iterator[list[tuple[int, float]]]:
    """Asks for exporters all the while; the answers with their seconds."""
    done, found = threading.Event(), list[tuple[int, float]]()

    def look() -> None:
        with httpx.Client(base_url=url, timeout=DEADLINE) as client:
            while not done.wait(0.1):
                began = time.monotonic()
                try:
                    status = client.get("/v1/exporters", params={"market": "CN"}).status_code
                except httpx.HTTPError:
                    status = 0
                found.append((status, time.monotonic() - began))

    with ThreadPoolExecutor(1) as one:
        looking = one.submit(look)
        try:
            yield found
        finally:
            done.set()
    looking.result()


def settled(pid: int, goal: float, seconds: float = 40) -> int:
    """Bytes that the processes hold, once they are no more than `goal`, or when the time is over."""
    until = time.monotonic() + seconds
    while (held := memory(family(pid))) > goal and time.monotonic() < until:
        time.sleep(0.5)
    return held


def sample(requests: Sequence[Hostile]) -> list[Hostile]:
    """The part that is sent where not all is asked for: evenly out of each family, in the same order."""
    passed, kept = Counter[str](), list[Hostile]()
    for each in requests:
        before = passed[each.family] * SHARE
        passed[each.family] += 1
        if each.family in REFUSED or math.floor(before) < math.floor(before + SHARE):
            kept.append(each)
    return kept


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def test_the_corpus_is_large_and_the_same_every_time() -> None:
    made = corpus("http://127.0.0.1:9/")
    assert made == corpus("http://127.0.0.1:9/")
    assert len(set(sample(made))) >= 2_000
    assert {each.family for each in sample(made)} == {each.family for each in made}


def test_what_is_wrong_is_seen() -> None:
    asked = Hostile("broken query", "GET", "/sparql")

    def seen(
        status: str, body: bytes = b"{}", kind: str = "application/problem+json", seconds: float = 0
    ) -> list[str]:
        return list(faults(asked, Told(status, kind, body, seconds), "/var/verre"))

    assert seen("400") == seen("503") == seen(CUT, seconds=1) == []
    assert seen(CUT) == ["cut"]
    assert list(
        faults(Hostile("load", "POST", "/update"), Told("400", "application/problem+json", b"", 0), "/x")
    ) == ["not refused"]
    assert seen("500") == seen("502") == ["a fault of the server"]
    assert seen(GONE) == ["no answer"]
    assert seen("200", seconds=DEADLINE + 1) == ["past its deadline"]
    assert seen("200", b"in /var/verre/releases") == seen("400", b'File "x"') == ["a leak"]
    assert seen("400", kind="text/plain") == ["an error of another shape"]


def test_the_listener_notices_a_call(listener: Listener) -> None:
    assert listener.calls() == 0
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://127.0.0.1:{listener.port}/", timeout=0.2)
    assert listener.calls() == 1


def test_nothing_that_is_sent_harms(target: Target, listener: Listener) -> None:
    made = corpus(f"http://127.0.0.1:{listener.port}/")
    requests = made if WHOLE else sample(made)
    pid = target.server.process.pid
    with lookups(target.server.url) as looked:
        warm = send(target, [each for n, each in enumerate(requests) if n % 6 == 0 or each.family in LARGE])
        assert not warm.wrong, str(warm)
        held = [settled(pid, 0, 5)]
        # What is allocated the first time is no leak; what leaks grows with every round
        while len(held) < ROUNDS and (len(held) == 1 or held[-1] > held[-2] * MORE):
            found = send(target, requests)
            assert not found.wrong, str(found)
            held.append(settled(pid, held[-1] * MORE))
    assert listener.calls() == 0
    assert {status for status, _ in looked} == {200}
    assert max(seconds for _, seconds in looked) < DEADLINE
    assert held[-1] <= held[-2] * MORE, f"MiB after each round: {[size >> 20 for size in held]}"
    said = (target.server.home / "server.log").read_text("utf-8", "replace")
    assert "Traceback" not in said, said[-8_000:]
