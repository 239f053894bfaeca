"""What was erased for good answers 410, so that nobody goes on looking for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from api.deps import Context
from graph.errors import Gone
from graph.model.identifiers import enterprise_number, lei
from graph.model.iris import Minter
from graph.store.erased import Erased


def organizations(minter: Minter, ref: str) -> Iterator[str]:
    """The IRIs that a reference to an organization can mean."""
    yield minter.thing("organization", ref).value
    yield minter.organization(ref).value
    with suppress(ValueError):
        yield minter.organization("", enterprise_number(ref.removeprefix("be/"))).value
    with suppress(ValueError):
        yield minter.organization("", "", lei(ref.removeprefix("lei/"))).value


async def check(ctx: Context, iris: Iterable[str]) -> None:
    """Looks whether one of these was erased; asked only of what was not found.

    Raises:
        Gone: it was.
    """
    path = ctx.services.releases.layout.erased
    erased = await ctx.in_thread(lambda: Erased(path))
    if any(iri in erased for iri in iris):
        raise Gone("This was erased for good.")
