"""The clients: plain HTTP on connections that are kept, latencies taken at the client."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import count, cycle, islice
from multiprocessing import get_context
from urllib.parse import urlsplit

import orjson

BROKEN = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Ask:
    """A request: GET where there is no body."""

    path: str
    body: bytes = b""
    content_type: str = ""
    accept: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reply:
    """An answer. `status` is 0 where the connection broke or the time was up; `seconds` to its last byte."""

    status: int
    body: bytes
    seconds: float

    @property
    def good(self) -> bool:
        """Whether it is a whole answer: some engines stop at their deadline with 200 and half of the JSON."""
        return self.status == 200 and self.whole

    @property
    def whole(self) -> bool:
        """Whether the body is JSON to its end; looked at after the clock has stopped."""
        try:
            orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return False
        return True


@dataclass
class Driven:
    """What clients saw.

    Attributes:
        seconds: latency of each good answer.
        failed: how many were none.
        lasted: how long they asked, in seconds.
    """

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.seconds) / self.lasted if self.lasted else 0.0


class Client:
    """One connection, kept as long as the server keeps it."""

    def __init__(self, url: str, timeout: float) -> None:
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)

    def ask(self, ask: Ask) -> Reply:
        """Asks, and reads the whole answer; never raises."""
        headers = {"Accept": ask.accept, **dict(ask.headers)}
        if ask.body:
            headers["Content-Type"] = ask.content_type
        began = time.perf_counter()
        try:
            self._connection.request("POST" if ask.body else "GET", ask.path, ask.body or None, headers)
            answer = self._connection.getresponse()
            body = answer.read()
        except BROKEN:
            self.close()
            return Reply(0, b"", time.perf_counter() - began)
        return Reply(answer.status, body, time.perf_counter() - began)

    def close(self) -> None:
        """Ends the connection; the next question opens another."""
        self._connection.close()


def drive(url: str, asks: Sequence[Ask], clients: int, seconds: float, timeout: float = 30.0) -> Driven:
    """Clients that ask one after the other, each as soon as it has its answer, all in this process."""
    results = [Driven() for _ in range(clients)]
    began = time.perf_counter()
    until = began + seconds

    def work(number: int, seen: Driven) -> None:
        client = Client(url, timeout)
        # Each client begins elsewhere in the list, so that they do not march in step
        for ask in islice(cycle(asks), number * 7919 % len(asks), None):
            if time.perf_counter() >= until:
                break
            reply = client.ask(ask)
            if reply.good:
                seen.seconds.append(reply.seconds)
            else:
                seen.failed += 1
                # A server that is down fails at once: leave it some rest
                time.sleep(0.01)
        client.close()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(results)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Driven(
        [second for seen in results for second in seen.seconds],
        sum(seen.failed for seen in results),
        time.perf_counter() - began,
    )


class Crowd:
    """Clients in two processes of their own, so that Python's lock is not what is measured."""

    PROCESSES = 2

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(self.PROCESSES, mp_context=get_context("spawn"))
        list(self._pool.map(abs, range(self.PROCESSES * 4)))

    def drive(self, url: str, asks: Sequence[Ask], clients: int, seconds: float) -> Driven:
        """As `drive`, with the clients spread over the processes."""
        share = [clients // self.PROCESSES + (n < clients % self.PROCESSES) for n in range(self.PROCESSES)]
        jobs = [self._pool.submit(drive, url, asks, part, seconds) for part in share if part]
        parts = [job.result() for job in jobs]
        return Driven(
            [second for part in parts for second in part.seconds],
            sum(part.failed for part in parts),
            max(part.lasted for part in parts),
        )

    def close(self) -> None:
        """Ends the processes."""
        self._pool.shutdown()


class Hostile:
    """Sends one hostile question a second, and waits for none of the answers."""

    def __init__(self, url: str, asks: Sequence[Ask], timeout: float) -> None:
        self.sent = 0
        self.waiting: list[threading.Thread] = []
        self._url, self._asks, self._timeout = url, asks, timeout
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._send, daemon=True)

    def __enter__(self) -> Hostile:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _send(self) -> None:
        for number in count():
            ask = self._asks[number % len(self._asks)]
            waiting = threading.Thread(target=self._one, args=(ask,), daemon=True)
            waiting.start()
            self.waiting.append(waiting)
            self.sent += 1
            if self._done.wait(1.0):
                return

    def _one(self, ask: Ask) -> None:
        client = Client(self._url, self._timeout)
        client.ask(ask)
        client.close()
