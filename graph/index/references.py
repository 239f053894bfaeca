"""References to organizations, in any spelling: a slug, a path, a register number, an IRI."""

from __future__ import annotations

from collections.abc import Iterable

from graph.index.database import IN, Database, many
from graph.index.filling import last_part, path_of
from graph.model.identifiers import enterprise_number, lei


def find(db: Database, ref: str) -> tuple[int, bool] | None:
    """The number of an organization, and whether the reference is written as its IRI has it."""
    for spelling in _spellings(ref):
        found = db.row(
            """SELECT o.id, o.iri FROM alias a JOIN organization o ON o.id = a.organization WHERE a.ref = ?
               ORDER BY a.rank, a.organization LIMIT 1""",
            (spelling.casefold(),),
        )
        if found is not None:
            number, iri = found
            return int(number), ref in {iri, path_of(iri), last_part(iri)}
    return None


def find_all(db: Database, refs: Iterable[str]) -> dict[str, int]:
    """The numbers of organizations by reference, as `find` has them, in one statement; unknown ones are left out."""
    wanted = {ref: [spelling.casefold() for spelling in _spellings(ref)] for ref in refs}
    rows = db.rows(
        f"""SELECT a.ref, a.organization FROM alias a JOIN organization o ON o.id = a.organization
            WHERE a.ref {IN} ORDER BY a.rank, a.organization""",
        (many({spelling for own in wanted.values() for spelling in own}),),
    )
    known: dict[str, int] = {}
    for spelling, number in rows:
        known.setdefault(spelling, number)
    found = ((ref, next((known[each] for each in own if each in known), None)) for ref, own in wanted.items())
    return {ref: number for ref, number in found if number is not None}


def _spellings(ref: str) -> list[str]:
    """A reference as given, then as the number that it may be."""
    text = ref.strip().strip("/")
    found = [text]
    last = text.rpartition("/")[2]
    for read, prefix in ((enterprise_number, "be/"), (lei, "lei/")):
        try:
            found.append(f"{prefix}{read(last)}")
        except ValueError:
            continue
    return found
