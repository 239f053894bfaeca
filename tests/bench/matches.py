"""Matches over HTTP: how long each kind takes, and which step takes how much of it."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle
from urllib.parse import quote

import httpx

from tests.bench.timings import Timings

MOST = 0.3
"""Seconds that the p95 of a match may take at 10 million quads."""

KINDS = ("partners", "peers", "gateways", "markets", "suppliers")
MARKETS = ("DE", "NL", "FR", "GB", "US", "CN", "JP", "TH", "VN", "KR", "ASIA", "EU")
"""The largest markets of the synthetic graph among them, which cost most."""

COMPANIES = 500
WARM = 3
"""Answers of each kind that are not counted."""


def matches(url: str, each: int = 100, seed: int = 1) -> dict[str, Timings]:
    """Asks a running server for matches of every kind, one after another, each another question.

    Args:
        url: of the server, as `http://127.0.0.1:8000`.
        each: questions of each kind.
        seed: of the companies.
    """
    with httpx.Client(base_url=url, timeout=60.0) as client:
        refs = companies(client, seed)
        return {kind: _timed(client, questions(kind, refs, each + WARM)) for kind in KINDS}


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


def _timed(client: httpx.Client, asks: Iterable[str]) -> Timings:
    found = Timings()
    for number, ask in enumerate(asks):
        found.ask(client, ask, counted=number >= WARM)
    return found


def lines(loads: Mapping[str, Timings]) -> list[str]:
    """One line a kind, in milliseconds."""
    return [
        f"{kind}: {len(load.seconds)} matches, p50 {load.p50 * 1000:.1f} ms, p95 {load.p95 * 1000:.1f} ms "
        f"(at most {MOST * 1000:.0f}), {load.failed} failed; shares {load.steps}"
        for kind, load in loads.items()
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(matches(sys.argv[1]))) + "\n")
