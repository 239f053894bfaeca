"""Search under load beside a fixed answer of the same server: how much dearer is it to find a name?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import orjson

from tests.bench.clients import Ask, Client, Crowd, Driven
from tests.bench.timings import percentile

FIXED = "/healthz"
"""A route whose answer is always the same."""

MOST = 5.0
"""How many times the p95 of the fixed answer a search may take."""

NAMES = 500
VARIANTS = 4


@dataclass(frozen=True)
class SearchLoad:
    """Latencies of good answers in seconds at one number of clients, and how many were none."""

    clients: int
    fixed: Driven
    search: Driven

    @property
    def p95(self) -> tuple[float, float]:
        """Of the fixed answer and of search, in seconds."""
        return percentile(self.fixed.seconds, 0.95), percentile(self.search.seconds, 0.95)

    @property
    def ratio(self) -> float:
        """How many times the fixed answer a search takes."""
        fixed, search = self.p95
        return search / fixed if fixed else float("inf")


def searches(url: str, crowd: Crowd, seconds: float = 3.0, clients: int = 8, seed: int = 1) -> SearchLoad:
    """Measures p95 of `/v1/search` under load beside that of `FIXED`, in turn, on a server that runs.

    Names of companies of the graph are asked for as people type them: whole, without their end, with two
    letters swapped or one left out; thousands of texts, so that kept answers do not decide.

    Args:
        url: of the server, as `http://127.0.0.1:8000`.
        crowd: the clients.
        seconds: how long each is asked.
        clients: how many ask at the same time.
        seed: of the errors.
    """
    asks = [Ask(f"/v1/search?q={quote(text)}&limit=10") for text in typed(_names(url), seed)]
    fixed = [Ask(FIXED)]
    for each in (fixed, asks):  # not counted: connections, caches of the engine
        crowd.drive(url, each, clients, min(1.0, seconds))
    return SearchLoad(
        clients, crowd.drive(url, fixed, clients, seconds), crowd.drive(url, asks, clients, seconds)
    )


def typed(names: Sequence[str], seed: int) -> list[str]:
    """Names as people type them."""
    rng = random.Random(seed)
    found = []
    for name in names:
        found.append(name)
        for _ in range(VARIANTS):
            at = rng.randrange(1, max(2, len(name) - 1))
            found += [
                name[: max(3, len(name) - at // 2)],
                name[: at - 1] + name[at : at + 1] + name[at - 1 : at] + name[at + 1 :],
                name[:at] + name[at + 1 :],
            ]
    found = list(dict.fromkeys(found))
    rng.shuffle(found)
    return found


def _names(url: str) -> list[str]:
    client = Client(url, 30.0)
    reply = client.ask(Ask(f"/v1/companies?pageSize={NAMES}"))
    client.close()
    return [item["name"] for item in orjson.loads(reply.body)["items"]]
