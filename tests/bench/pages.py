"""Pages over HTTP, none asked twice: how long the server takes to make each kind."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Mapping
from urllib.parse import quote

import httpx

from tests.bench.matches import companies
from tests.bench.timings import Timings

MOST = 0.2
"""Seconds that the p95 of a page may take at 10 million quads."""

LANGUAGES = ("nl", "en", "fr")
FILTERS = ("", "&status=active", "&status=targets", "&sort=name", "&page=3", "&area=limburg")


def pages(url: str, each: int = 100, seed: int = 1) -> dict[str, Timings]:
    """Asks a running server for pages of every kind, one after another.

    Args:
        url: of the server, as `http://127.0.0.1:8000`.
        each: pages of each kind, as far as there are so many.
        seed: of the companies and markets.
    """
    found = {}
    with httpx.Client(base_url=url, timeout=60.0) as client:
        codes = [item["code"] for item in client.get("/v1/markets?pageSize=300").json()["items"]]
        random.Random(seed).shuffle(codes)
        for kind, paths in addresses(codes, companies(client, seed)).items():
            found[kind] = Timings()
            for path in paths[:each]:
                found[kind].ask(client, path)
    return found


def addresses(codes: list[str], refs: list[str]) -> dict[str, list[str]]:
    """Paths by the kind of page; of the first page there is one in each language."""
    return {
        "home": [f"/?lang={lang}" for lang in LANGUAGES],
        "exporters": [
            f"/exporters?market={quote(code)}{FILTERS[number % len(FILTERS)]}&lang={LANGUAGES[number % 3]}"
            for number, code in enumerate(codes)
        ],
        "company": [f"/companies/{quote(ref)}?lang={LANGUAGES[n % 3]}" for n, ref in enumerate(refs)],
        "market": [f"/markets/{quote(code)}?lang={LANGUAGES[n % 3]}" for n, code in enumerate(codes)],
    }


def lines(loads: Mapping[str, Timings]) -> Iterable[str]:
    """One line a kind, in milliseconds."""
    for kind, load in loads.items():
        yield (
            f"{kind}: {len(load.seconds)} pages, p50 {load.p50 * 1000:.1f} ms, p95 {load.p95 * 1000:.1f} ms "
            f"(at most {MOST * 1000:.0f}), {load.failed} failed; slowest {load.slowest}"
        )


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(pages(sys.argv[1]))) + "\n")
