"""An address of every page there is, taken from the routes: a page without one fails the tests that ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute

from api.pages import router

EXAMPLES = {
    "/companies": "/companies?pageSize=5",
    "/companies/{ref:path}": "/companies/luminex",
    "/companies/{ref:path}/plan": "/companies/luminex/plan?market=VN",
    "/exporters": "/exporters?pageSize=5",
    "/markets": "/markets?pageSize=5",
    "/markets/{code}": "/markets/JP",
    "/missions/plan": "/missions/plan?market=TH&market=VN",
    "/missions/{ref}": "/missions/m-japan",
    "/network": "/network?of=luminex",
    "/people": "/people?pageSize=5",
    "/people/{ref}": "/people/{person}",
    "/queries/{name}": "/queries/exporters",
    "/sources": "/sources?pageSize=5",
    "/sources/{ref}": "/sources/s001",
}
"""What stands for a path with a gap in it, or a question for one that shows little without, and few rows of lists."""

MORE = (
    "/exporters?market=CN&market=TH&market=VN&market=KR&includeEnded=true",
    "/exporters?q=zzzz",
    "/companies?q=zzzz",
    "/companies/punch-powertrain",
    "/markets/ASEAN",
    "/missions/plan",
    "/network",
    "/search?q=jap",
    "/search?q=zzzz",
    "/companies/luminx",
    "/exporters?market=Zuid-Korae",
)
"""Other states of the same pages: full, empty, at fault."""

NO_PAGES = {
    "/network/letters.json",
    "/static/{file}",
    "/search/suggestions",
    "/login",
    "/missions/plan/{name}",
    "/missions/{ref}/{name}",
}
"""Routes of the pages that answer files."""


def routes(held: Any = router) -> Iterator[APIRoute]:
    """Every route of the pages, however deep."""
    for each in held.routes:
        if isinstance(each, APIRoute):
            yield each
        elif isinstance(inner := getattr(each, "original_router", None), APIRouter):
            yield from routes(inner)


def paths() -> list[str]:
    """The paths of pages that are read, as the routes have them."""
    found = {route.path for route in routes() if "GET" in (route.methods or ())} - NO_PAGES
    return sorted(path for path in found if "." not in path)


def every(person: str) -> list[str]:
    """An address of every page.

    Args:
        person: the key of one, for the page of a person.
    """
    lacking = [path for path in paths() if "{" in path and path not in EXAMPLES]
    assert not lacking, f"name an example of {lacking} in EXAMPLES"
    return [EXAMPLES.get(path, path).replace("{person}", person) for path in paths()]
