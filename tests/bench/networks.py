"""Neighbourhoods over HTTP: how long they take, and which step takes how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import httpx

from tests.bench.timings import Timings

MOST = 0.3
"""Seconds that the p95 of a neighbourhood may take at 10 million quads."""

PLACES = 40
HUBS = ("CN", "US", "DE", "FR", "GB", "NL", "JP", "KR")
SHAPES = ("", "&depth=2", "&depth=3", "&includeEnded=true&depth=2", "&asOf=2016-01-01&depth=2")
FORMS = ("json", "json", "json", "gexf", "svg")
"""What is asked, in turn: mostly what a page asks for, sometimes a file or a drawing."""


def neighbourhoods(url: str, rounds: int = 1, places: int = PLACES) -> Timings:
    """Asks a running server for neighbourhoods of companies, partners and large markets, one after another.

    Every question is another one, so that no answer comes from a cache; those with the most relations are
    among them, as they are what a hub costs.

    Args:
        url: of the server, as `http://127.0.0.1:8000`.
        rounds: how often each is asked, each time with another limit of nodes.
        places: companies and partners that are asked for.
    """
    with httpx.Client(base_url=url, timeout=60.0) as client:
        refs = [*_organizations(client, places), *(f"market:{code}" for code in HUBS)]
        asks = [
            f"/v1/network/neighbourhood?of={quote(ref)}{shape}&nodes={_nodes(form) - turn}&format={form}"
            for turn in range(rounds)
            for place, ref in enumerate(refs)
            for shape, form in zip(SHAPES, _turned(FORMS, place), strict=True)
        ]
        return _timed(client, asks)


def _nodes(form: str) -> int:
    return 40 if form == "svg" else 150


def _turned(values: Sequence[str], by: int) -> list[str]:
    at = by % len(values)
    return [*values[at:], *values[:at]]


def _organizations(client: httpx.Client, places: int) -> list[str]:
    """Some companies, and the partners that come first: in the synthetic graph those are the popular ones."""
    found = [item["id"] for item in client.get(f"/v1/companies?pageSize={places}").json()["items"]]
    parties = client.get(f"/v1/partners?pageSize={places}").json()["items"]
    return list(dict.fromkeys([*found, *(item["partner"]["id"] for item in parties)]))


def _timed(client: httpx.Client, asks: Sequence[str]) -> Timings:
    found = Timings()
    for ask in asks:
        found.ask(client, ask)
    return found


if __name__ == "__main__":
    import sys

    told = neighbourhoods(sys.argv[1])
    sys.stdout.write(
        f"{len(told.seconds)} neighbourhoods: p50 {told.p50 * 1000:.1f} ms, p95 {told.p95 * 1000:.1f} ms "
        f"(at most {MOST * 1000:.0f}), {told.failed} failed\nshares: {told.steps}\nslowest: {told.slowest}\n"
    )
