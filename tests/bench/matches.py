"""Matches over HTTP: how long each kind takes, and which step takes how much of it."""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles
from urllib.parse import quote

import httpx

MOST = 0.3
"""Seconds that the p95 of a match may take at 10 million quads."""

KINDS = ("partners", "peers", "gateways", "markets", "suppliers")
MARKETS = ("DE", "NL", "FR", "GB", "US", "CN", "JP", "TH", "VN", "KR", "ASIA", "EU")
"""The largest markets of the synthetic graph among them, which cost most."""

COMPANIES = 500
WARM = 3
"""Answers of each kind that are not counted."""

_STEP = re.compile(r"([a-z]+);dur=([0-9.]+)")


@dataclass
class MatchLoad:
    """Of one kind: latencies of good answers in seconds, the share of each step, and how many were no good answer."""

    kind: str
    seconds: list[float] = field(default_factory=list)
    steps: dict[str, float] = field(default_factory=dict)
    failed: int = 0

    @property
    def p50(self) -> float:
        """The latency of the answer in the middle."""
        return median(self.seconds) if self.seconds else float("inf")

    @property
    def p95(self) -> float:
        """The latency that 95 of 100 answers stay under."""
        return quantiles(self.seconds, n=20)[18] if len(self.seconds) > 1 else float("inf")


def matches(url: str, each: int = 100, seed: int = 1) -> list[MatchLoad]:
    """Asks a running server for matches of every kind, one after another, each another question.

    Args:
        url: of the server, as `http://127.0.0.1:8000`.
        each: questions of each kind.
        seed: of the companies.
    """
    with httpx.Client(base_url=url, timeout=60.0) as client:
        refs = companies(client, seed)
        return [_timed(client, kind, questions(kind, refs, each + WARM)) for kind in KINDS]


def companies(client: httpx.Client, seed: int) -> list[str]:
    """Companies that export, from several pages of the list, in a seeded order."""
    found: list[str] = []
    for page in (1, 5, 20):
        reply = client.get(f"/v1/exporters?pageSize={COMPANIES // 5}&page={page}")
        found += [item["id"] for item in reply.json()["items"]]
    found = list(dict.fromkeys(found))
    random.Random(seed).shuffle(found)
    return found


def questions(kind: str, refs: Sequence[str], count: int) -> list[str]:
    """Questions of a kind, company after company and market after market; none comes twice."""
    asks = []
    for number, (ref, market) in enumerate(zip(cycle(refs), cycle(MARKETS), strict=False)):
        where = "" if kind == "markets" else f"&market={market}"
        more = f"&product=synthetic-product-{number % 50:04d}" if kind == "suppliers" else ""
        limit = 10 + number // len(refs)
        asks.append(f"/v1/companies/{quote(ref)}/matches?kind={kind}{where}{more}&limit={limit}")
        if len(asks) == count:
            break
    return asks


def _timed(client: httpx.Client, kind: str, asks: Iterable[str]) -> MatchLoad:
    found = MatchLoad(kind)
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for number, ask in enumerate(asks):
        reply = client.get(ask)
        lasted = reply.elapsed.total_seconds()
        if reply.status_code != 200:
            found.failed += 1
        elif number >= WARM:
            found.seconds.append(lasted)
            for name, share in steps(reply.headers.get("Server-Timing", ""), lasted):
                shares[name].append(share)
    found.steps = {name: round(median(values), 3) for name, values in shares.items()}
    return found


def steps(header: str, seconds: float) -> list[tuple[str, float]]:
    """The share of each step of `Server-Timing` in the time that the client waited."""
    return [(name, float(told) / 1000 / seconds) for name, told in _STEP.findall(header)]


def lines(loads: Iterable[MatchLoad]) -> list[str]:
    """One line a kind, in milliseconds."""
    return [
        f"{load.kind}: {len(load.seconds)} matches, p50 {load.p50 * 1000:.1f} ms, p95 {load.p95 * 1000:.1f} ms "
        f"(at most {MOST * 1000:.0f}), {load.failed} failed; shares {load.steps}"
        for load in loads
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(matches(sys.argv[1]))) + "\n")
