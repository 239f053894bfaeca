"""The engagements that were attested last: what a reader who comes back has not seen yet."""

from __future__ import annotations

from graph.index.catalogue import Json
from graph.index.engagements import company_engagements
from graph.index.shaping import Shaper

SCANNED = 400
"""Engagements that are looked at, the newest first: those of few companies may crowd the others out."""


def newest(shaper: Shaper, most: int, each: int = 2) -> list[Json]:
    """Engagements that go on, the last attested first, as `{"company", "engagement"}`.

    Args:
        shaper: of the index, in the language of the answer.
        most: how many.
        each: how many of one company.
    """
    rows = shaper.db.rows(
        """SELECT company, iri FROM engagement WHERE attested IS NOT NULL AND rank > 0 AND last >= ?
           ORDER BY attested_first DESC, id DESC LIMIT ?""",
        (shaper.day, SCANNED),
    )
    held: dict[int, dict[str, Json]] = {}
    kept: list[tuple[int, Json]] = []
    for company, iri in rows:
        if len(kept) == most:
            break
        if company not in held:
            held[company] = {str(fact["iri"]): fact for fact in company_engagements(shaper, company)}
        fact = held[company][iri]
        if not fact["outweighed"] and sum(other == company for other, _ in kept) < each:
            kept.append((company, fact))
    names = shaper.organizations(company for company, _ in kept)
    return [{"company": names[company], "engagement": fact} for company, fact in kept]
